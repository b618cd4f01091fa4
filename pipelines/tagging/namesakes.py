"""Countries named in an article in, those of ambiguous names decided by the rest of it out.

The rules, which an analyst can review:

- "Birmingham, Alabama" settles Birmingham for the whole article.
- A name of `names/namesakes.csv` is in the first country listed there, unless the article names
  nothing else in that country and names another listed one (of the US: a state or city).
- Georgia is what it is listed with: a country beside Ukraine or Armenia, a state beside Ohio. Else
  it is the country where the article names something else Georgian or a neighbour in the Caucasus,
  the state where it names other places or parties of the US, and otherwise the country.
- Turkey, Chile, Chad and Jersey are none where the article writes the word small too ("turkeys")
  and names nothing else of that country.
- Congo is the Democratic Republic, unless the article names only the other one.

`why` says what else the name could have been.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from pipelines.article import Mention
from pipelines.tagging.gazetteer import read_table, split_names
from pipelines.tagging.places import CITY, METONYM, NAME, REGION, kind_of

_GEORGIA, _CONGO = "georgia", frozenset({"congo", "congolese"})
_CAUCASUS = frozenset({"AM", "AZ"})
_AROUND = frozenset({"RU", "UA", "MD", "BY", "TR"})
_ALSO_WORDS = frozenset({"Turkey", "Chile", "Chad", "Jersey"})
_SMALL = re.compile(r"(?<![\w/.@#-])(turkey|chile|chad|jersey)s?(?![\w/@-])")
_UNTELLING = frozenset({"new york"})  # presidents of Georgia speak there too
_LIST = re.compile(r", |,? (?:and|or|&) ")
_PARTIES = re.compile(
    r"\b(?:Republicans?|Democrats?|GOP|Senator|Congress(?:man|woman)|Rep\.|Sen\.|Gov\.|Electoral"
    r" College|runoff)\b"
)


@cache
def namesakes() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the countries where there is such a place, the usual one first."""
    rows = read_table("namesakes.csv")
    return MappingProxyType(
        {row["name"].casefold(): tuple(split_names(row["codes"])) for row in rows}
    )


def resolved(mentions: list[Mention], settled: Mapping[str, str], text: str) -> list[Mention]:
    """Return the mentions with ambiguous names decided.

    `settled` are names, in small letters, with the country that the article itself puts them in.
    """
    mentions = _without_words(mentions, text)
    names = [one.surface.casefold() for one in mentions]
    for name in dict.fromkeys(names):
        if name in settled:
            decided = (settled[name], "the article says in which")
        elif name in namesakes():
            decided = _usual(name, namesakes()[name], _others(mentions, name))
        elif name in _CONGO:
            decided = _congo(_others(mentions, *_CONGO))
        elif name == _GEORGIA:
            mentions = _with_georgia(mentions, text)
            continue
        else:
            continue
        mentions = [
            _decided(one, *decided) if one.surface.casefold() == name else one for one in mentions
        ]
    return mentions


def _without_words(mentions: list[Mention], text: str) -> list[Mention]:
    """Return the mentions without those of names that are a word in this article."""
    if _ALSO_WORDS.isdisjoint(one.surface for one in mentions):
        return mentions
    small = {word.capitalize() for word in _SMALL.findall(text)}
    told = {one.tag for one in mentions if one.surface not in small}
    return [one for one in mentions if one.surface not in small or one.tag in told]


def _others(mentions: Sequence[Mention], *names: str) -> list[Mention]:
    return [one for one in mentions if one.surface.casefold() not in names]


def _decided(mention: Mention, code: str, reason: str) -> Mention:
    kind = kind_of(mention.why)
    if kind == METONYM and code != mention.tag:
        kind = CITY
    return replace(mention, tag=code, why=f"{kind}; {reason}")


def _usual(name: str, codes: Sequence[str], others: Sequence[Mention]) -> tuple[str, str]:
    usual = codes[0]
    rest = ", ".join(code for code in codes if code != usual)
    if any(one.tag == usual for one in others):
        return usual, f"{name.title()} in {rest}: {usual} is named otherwise"
    for code in codes[1:]:
        telling = (REGION, CITY) if code == "US" else (NAME, REGION, CITY, METONYM)
        if any(one.tag == code and kind_of(one.why) in telling for one in others):
            return code, f"{name.title()} in {usual}: only {code} is named otherwise"
    return usual, f"{name.title()} in {rest}: nothing else there is named"


def _congo(others: Sequence[Mention]) -> tuple[str, str]:
    named = {one.tag for one in others} & {"CD", "CG"}
    if named == {"CG"}:
        return "CG", "the Democratic Republic: only the other Congo is named in full"
    return "CD", "the Republic of the Congo: not the only one named in full"


def _with_georgia(mentions: Sequence[Mention], text: str) -> list[Mention]:
    elsewhere = _georgia(_others(mentions, _GEORGIA), text)
    found = list(mentions)
    for place, one in enumerate(mentions):
        if one.surface.casefold() == _GEORGIA:
            found[place] = _decided(one, *(_listed_with(mentions, place, text) or elsewhere))
    return found


def _listed_with(mentions: Sequence[Mention], place: int, text: str) -> tuple[str, str] | None:
    """Return which Georgia it is by the neighbours in a list, None where there is no list."""
    one = mentions[place]
    for other in (*mentions[max(place - 1, 0) : place], *mentions[place + 1 : place + 2]):
        first, second = (one, other) if one.start < other.start else (other, one)
        if not _LIST.fullmatch(text[first.end : second.start]):
            continue
        kind = kind_of(other.why)
        if other.tag == "US" and kind in (REGION, CITY):
            return "US", f"the country: listed with {other.surface}"
        if kind == NAME and other.tag != "US":
            return "GE", f"Georgia the US state: listed with {other.surface}"
    return None


def _georgia(others: Sequence[Mention], text: str) -> tuple[str, str]:
    tags = {one.tag for one in others}
    if "GE" in tags or tags & _CAUCASUS:
        return "GE", "Georgia the US state: the Caucasus is named"
    places = [
        one.surface
        for one in others
        if one.tag == "US"
        and kind_of(one.why) in (REGION, CITY)
        and one.surface.casefold() not in _UNTELLING
    ]
    if places and not tags & _AROUND:
        return "US", f"the country: {places[0]} is named"
    if party := _PARTIES.search(text):
        return "US", f"the country: {party[0]} is named"
    return "GE", "Georgia the US state: no US place in the article"
