"""What the name of a place stands for: a country and the kind of name."""

from dataclasses import dataclass

NAME, ADJECTIVE, REGION, CITY, METONYM = "name", "adjective", "region", "city", "metonym"


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for: a code ("" for no country) and the kind of name."""

    code: str
    kind: str


def kind_of(why: str) -> str:
    """Return the kind of name from the `why` of a country's mention ("city; also ...")."""
    return why.partition(";")[0]
