"""A language in, the words by which its newspapers say who spoke out: `names/say_words.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SayWords:
    """What the table has on one language, in forms of `pipelines.querylang.tokens`."""

    verbs: frozenset[str]
    according: frozenset[tuple[str, ...]]
    fillers: frozenset[str]
    he: frozenset[str]
    governing: frozenset[str]
    articles: frozenset[str]
    this: frozenset[str]
    that: frozenset[str]
    relative: frozenset[str]
    titles: frozenset[str]
    endings: tuple[str, ...]
    drops: bool  # a verb may stand without its subject: "dijo"
    capital_nouns: bool  # all nouns are written with a capital

    def is_title(self, form: str) -> bool:
        """Return whether a word before a name tells what the bearer is: "Außenminister"."""
        return form in self.titles or form.endswith(self.endings)


@cache
def say_words() -> Mapping[str, SayWords]:
    """Return what is known of each language, by its two letters."""
    place = files("pipelines.tagging") / "names" / "say_words.toml"
    tables = tomllib.loads(place.read_text(encoding="utf-8"))
    return MappingProxyType({language: _read(table) for language, table in tables.items()})


def _read(table: Mapping[str, str]) -> SayWords:
    def words(key: str) -> frozenset[str]:
        return frozenset(table[key].split())

    endings = tuple(table.get("endings", "").split())

    return SayWords(
        verbs=words("verbs"),
        according=frozenset(tuple(one.split("+")) for one in table["according"].split()),
        fillers=words("fillers"),
        he=words("he"),
        governing=words("governing"),
        articles=words("articles"),
        this=words("this"),
        that=words("that"),
        relative=words("relative"),
        titles=words("titles"),
        drops="drops" in table,
        endings=endings,
        capital_nouns=bool(endings),  # German, which makes one word of "foreign minister"
    )
