"""An article in, the countries named in it out, as ISO 3166-1 alpha-2 codes.

The rules, which an analyst can review:

- Names, adjectives ("Syrian"), parts of a country ("Chechnya"), cities ("Sochi") and metonyms
  (capitals and seats of government: "Moscow", "the Kremlin") count for the country; `why` says
  which. Names and adjectives in French, Spanish and German count in articles of that language,
  those in Cyrillic and names in Arabic script in all.
- The longest name wins: Papua New Guinea is not Guinea. `names/phrases.csv` has what looks like a
  country and is none ("Indian Ocean", "French fries") or another one ("New Mexico").
- A place that lends its name to a treaty or a conference is not meant: "Geneva II", "Minsk
  agreements", "Vienna Convention".
- After a given name a country is a surname: "Michael Jordan". A place followed by a comma and a
  part of another country is a namesake there: "Lebanon, Pennsylvania".
- Georgia is the US state where the article names parts of the US and nothing in or around the
  Caucasus. Congo is the Democratic Republic, unless the article names only the other one.
- Within the name of an entity that the table marks so ("Washington Post", "Islamic State of Iraq
  and Syria") no country is meant. Within a person's role one is: "Russian Foreign Minister".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from pipelines.article import Article, Mention, TagKind, Tags
from pipelines.tagging.declension import adjective_forms, variants
from pipelines.tagging.gazetteer import (
    Gazetteer,
    Hit,
    Line,
    Name,
    lines_of,
    read_names,
    read_table,
    split_names,
)

NAME, ADJECTIVE, REGION, CITY, METONYM = "name", "adjective", "region", "city", "metonym"
_LANGUAGES = ("fr", "es", "de")  # Latin script: only in articles of that language
_SCRIPTS = ("ru", "uk", "ar")  # nothing else is written so: in all articles

_NAMED_AFTER = re.compile(
    "conventions?|agreements?|accords?|protocols?|process|format|memorandum|treaty|communiqu[eé]"
    "|declaration|round|framework|pact|consensus|statute|i|ii|iii|iv"
)
_GEORGIA = frozenset({"georgia"})
_CONGO = frozenset({"congo", "congolese"})
_CAUCASUS = frozenset({"GE", "AM", "AZ", "RU", "UA", "MD", "BY", "TR"})
_UNTELLING = frozenset({"new york"})  # presidents of Georgia speak there too


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for: a code ("" for no country) and the kind of name."""

    code: str
    kind: str


@cache
def country_names() -> Mapping[str, str]:
    """Return the English names by ISO 3166-1 alpha-2 code (XK for Kosovo)."""
    return MappingProxyType({row["code"]: row["name"] for row in read_table("countries.csv")})


class CountryTagger:
    """Finds the countries an article names; `hiding` are entities whose names hide a country."""

    def __init__(self, hiding: Sequence[str] = ()) -> None:
        """Read the tables of names; `hiding` are ids of entities."""
        self._hiding = frozenset(hiding)
        self._names = Gazetteer(_names())
        self._foreign = {lang: Gazetteer(_foreign_names(lang)) for lang in _LANGUAGES}
        self._given = frozenset(name.casefold() for name in read_names("given_names.txt").split())

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions in order of their place; `found` has those of entities."""
        hidden = [(one.start, one.end) for one in found.mentions if one.tag in self._hiding]
        foreign = self._foreign.get(article.language)
        mentions = []
        for line in lines_of(article):
            for hit in self._hits(line, foreign):
                place = hit.values[0]
                mention = _mention(line, hit, place)
                if place.code and not _within(mention, hidden):
                    mentions.append(mention)
        return Tags(tuple(_resolved(mentions)))

    def _hits(self, line: Line, foreign: Gazetteer[Place] | None) -> Iterator[Hit[Place]]:
        word = 0
        while word < len(line.words):
            hit = self._names.longest(line, word)
            other = foreign.longest(line, word) if foreign else None
            if other and (hit is None or other.stop > hit.stop):
                hit = other
            if hit is None:
                word += 1
                continue
            if not (self._surname(line, hit) or _named_after(line, hit) or self._abroad(line, hit)):
                yield hit
            word = hit.stop

    def _surname(self, line: Line, hit: Hit[Place]) -> bool:
        if hit.first == 0 or hit.stop - hit.first > 1 or hit.values[0].kind == ADJECTIVE:
            return False
        before = hit.first - 1
        given = line.words[before].form in self._given and line.capital(before)
        return given and line.gap(hit.first) == " "

    def _abroad(self, line: Line, hit: Hit[Place]) -> bool:
        if hit.stop == len(line.words) or line.gap(hit.stop) != ", ":
            return False
        if hit.values[0].kind in (ADJECTIVE, REGION):
            return False
        behind = self._names.longest(line, hit.stop)
        if behind is None or behind.values[0].kind != REGION:
            return False
        return behind.values[0].code != hit.values[0].code


def _named_after(line: Line, hit: Hit[Place]) -> bool:
    """Return whether the place only lends its name, to a treaty or to money ("US$5")."""
    if line.text.startswith("$", line.words[hit.stop - 1].end):
        return True
    if hit.stop == len(line.words) or hit.values[0].kind not in (CITY, METONYM):
        return False
    after = line.words[hit.stop].form
    return bool(_NAMED_AFTER.fullmatch(after)) and line.gap(hit.stop) in (" ", "-")


def _within(mention: Mention, hidden: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in hidden)


def _mention(line: Line, hit: Hit[Place], place: Place) -> Mention:
    return Mention(
        kind=TagKind.COUNTRY,
        tag=place.code,
        start=line.offset + line.words[hit.first].start,
        end=line.offset + line.words[hit.stop - 1].end,
        surface=line.surface(hit.first, hit.stop),
        zone=line.zone,
        why=place.kind,
    )


def _resolved(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with Georgia and Congo decided by the rest of the article."""
    for surfaces, place in ((_GEORGIA, _georgia), (_CONGO, _congo)):
        bare = [one for one in mentions if one.surface.casefold() in surfaces]
        if bare:
            rest = [one for one in mentions if one not in bare]
            code = place(rest)
            mentions = [replace(one, tag=code) if one in bare else one for one in mentions]
    return mentions


def _georgia(rest: Sequence[Mention]) -> str:
    """Return which Georgia it is by the other mentions of the article."""
    american = any(
        one.tag == "US" and one.why in (REGION, CITY) and one.surface.casefold() not in _UNTELLING
        for one in rest
    )
    return "US" if american and not any(one.tag in _CAUCASUS for one in rest) else "GE"


def _congo(rest: Sequence[Mention]) -> str:
    return "CG" if {one.tag for one in rest} & {"CD", "CG"} == {"CG"} else "CD"


def _names() -> Iterator[Name[Place]]:
    for row in read_table("countries.csv"):
        yield from _country(row)
    for row in read_table("places.csv"):
        for text in [row["name"], *split_names(row["aliases"])]:
            yield from (Name(form, Place(row["code"], row["kind"])) for form in variants(text))
    for row in read_table("phrases.csv"):
        yield Name(row["phrase"], Place(row["code"], REGION if row["code"] else NAME))


def _country(row: Mapping[str, str]) -> Iterator[Name[Place]]:
    name, adjective = Place(row["code"], NAME), Place(row["code"], ADJECTIVE)
    cased = set(split_names(row["cased"]))
    for text in dict.fromkeys([row["name"], *split_names(row["aliases"])]):
        yield Name(text, name, cased=text in cased)
    for text in split_names(row["adjectives"]):
        small = not text[0].isupper()  # Russian and Ukrainian write adjectives small
        for form in adjective_forms(text):
            yield Name(form, adjective, cased=text in cased, any_case=small)
    for text in (text for script in _SCRIPTS for text in split_names(row[script])):
        yield from (Name(form, name) for form in variants(text))


def _foreign_names(language: str) -> Iterator[Name[Place]]:
    for row in read_table("countries.csv"):
        for text in split_names(row[language]):
            yield Name(text, Place(row["code"], NAME))
    for row in read_table("adjectives.csv"):
        for text in split_names(row[language]):
            for form in adjective_forms(text, language):
                yield Name(form, Place(row["code"], ADJECTIVE), any_case=True)
