"""The table of verbs of saying in, what each of their forms asks for out.

`names/say_verbs.csv` says what a verb takes: `clause` (a clause, with "that" or without: "said he
would"), `object` (a clause, but also a noun: "announced a plan"), `that` (a clause only behind
"that"), `words` (nothing but words in quotation marks: "quipped"), `label` (the same, and only
behind it: "called it"). Russian clauses always stand behind "что".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from pipelines.querylang import tokens
from pipelines.tagging.gazetteer import read_table, split_names


class Takes(StrEnum):
    """What a verb of saying may be followed by, from most to least."""

    CLAUSE = "clause"
    OBJECT = "object"
    THAT = "that"
    WORDS = "words"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb of saying; `participle` has no subject of its own ("adding")."""

    verb: str
    language: str
    takes: Takes
    to_somebody: bool  # the hearer follows at once: "told reporters that"
    needs_hearer: bool  # the same, always: "told Petrova", where "warned Petrova" may be who spoke
    participle: bool
    impersonal: bool  # "сообщается в заявлении": who says it is in what follows
    gender: str  # "m" or "f" where a Russian form shows who speaks, else ""


@cache
def verbs() -> Mapping[str, Verb]:
    """Return the verbs of saying by their forms as `pipelines.querylang.tokens` compares them."""
    found: dict[str, Verb] = {}
    for row in read_table("say_verbs.csv"):
        for form in split_names(row["forms"]):
            found[tokens(form)[0].form] = Verb(
                verb=row["verb"],
                language=row["language"],
                takes=Takes(row["object"]),
                to_somebody=row["to_somebody"] == "yes",
                needs_hearer=row["to_somebody"] == "yes" and row["verb"] != "warn",
                participle=form.endswith(("ing", "ив", "ав", "ув", "ев", "я")),
                impersonal=row["language"] == "ru" and form.endswith(("ется", "ится")),
                gender=_gender(form) if row["language"] == "ru" else "",
            )
    return MappingProxyType(found)


def _gender(form: str) -> str:
    if form.endswith(("ла", "лась")):
        return "f"
    return "m" if form.endswith(("л", "лся")) else ""
