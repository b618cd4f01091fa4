"""A language in, the words by which its newspapers say who spoke out: `names/say_words.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pipelines.querylang import tokens


@dataclass(frozen=True, slots=True)
class SayWords:
    """What the table has on one language, in forms of `pipelines.querylang.tokens`."""

    verbs: frozenset[str]
    according: frozenset[tuple[str, ...]]
    by: frozenset[tuple[str, ...]]
    fillers: frozenset[str]
    he: frozenset[str]
    governing: frozenset[str]
    articles: frozenset[str]
    this: frozenset[str]
    that: frozenset[str]
    relative: frozenset[str]
    titles: frozenset[str]
    endings: tuple[str, ...]
    documents: frozenset[str]
    works: frozenset[str]
    closes: frozenset[tuple[str, ...]]
    leads: frozenset[tuple[str, ...]]
    bodies: frozenset[str]
    plain: frozenset[str]
    goes_on: frozenset[str]
    order: str  # how a sentence says who spoke, see `find_marked`
    drops: bool  # a verb may stand without its subject: "dijo"
    capital_nouns: bool  # all nouns are written with a capital

    @property
    def small(self) -> frozenset[str]:
        """Return the words that may begin a sentence with a capital and belong to no name."""
        return self.fillers | self.governing | self.articles | self.that | self.relative | self.he

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
        return frozenset(map(_form, table.get(key, "").split()))

    def phrases(key: str) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(map(_form, one.split("+"))) for one in table.get(key, "").split())

    endings = tuple(table.get("endings", "").split())

    return SayWords(
        verbs=words("verbs"),
        according=phrases("according"),
        by=phrases("by"),
        fillers=words("fillers"),
        he=words("he"),
        governing=words("governing"),
        articles=words("articles"),
        this=words("this"),
        that=words("that"),
        relative=words("relative"),
        titles=words("titles"),
        documents=words("documents"),
        works=words("works"),
        closes=phrases("closes"),
        leads=phrases("leads"),
        bodies=words("bodies"),
        plain=words("plain"),
        goes_on=words("goes_on"),
        order=table.get("order", "beside"),
        drops="drops" in table,
        endings=endings,
        capital_nouns=bool(endings),  # German, which makes one word of "foreign minister"
    )


def _form(word: str) -> str:
    """Return how texts are compared with a word: Arabic has several spellings of one."""
    parts = tokens(word)
    return parts[0].form if len(parts) == 1 else word
