"""What is said in articles written for the tests, where a tagger before has found the names."""

import re
from collections.abc import Mapping
from functools import cache

from pipelines.article import Article, Mention, Quote, QuoteKind, TagKind, Tags, Zone
from pipelines.tagging.quotes import QuoteTagger
from tests.tagging.written import article

NAMES = {
    "Anna Petrova": "person:Anna Petrova",
    "Petrova": "person:Anna Petrova",
    "John Miller": "person:John Miller",
    "Miller": "person:John Miller",
    "Acme Bank": "organisation:Acme Bank",
    "Norland": "place:Norland",
    "Анна Петрова": "person:Анна Петрова",
    "Петрова": "person:Анна Петрова",
    "Иван Орлов": "person:Иван Орлов",
    "Орлов": "person:Иван Орлов",
}


@cache
def tagger() -> QuoteTagger:
    """Return the tagger; reading its tables takes a moment."""
    return QuoteTagger()


def names_of(written: Article, names: Mapping[str, str] = NAMES) -> Tags:
    """Return a mention for each place of each name, the longer name first."""
    mentions: list[Mention] = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"\b{re.escape(name)}\b", written.text):
            start, end = match.span()
            if not any(one.start < end and start < one.end for one in mentions):
                mentions.append(Mention(TagKind.NAME, names[name], start, end, name, Zone.BODY))
    return Tags(tuple(sorted(mentions, key=lambda one: one.start)))


def quotes_in(*parts: str | tuple[Zone, str]) -> list[Quote]:
    """Return the quotes of an article of these paragraphs."""
    written = article(*parts)
    return list(tagger().find(written, names_of(written)).quotes)


def said(*parts: str | tuple[Zone, str]) -> list[tuple[str, str, str]]:
    """Return kind, words and speaker's name of each quote."""
    written = article(*parts)
    quotes = tagger().find(written, names_of(written)).quotes
    return [(one.kind.value, written.text[one.start : one.end], one.speaker_name) for one in quotes]


def direct(*parts: str | tuple[Zone, str]) -> list[tuple[str, str]]:
    """Return words and speaker of the direct quotes."""
    return [(words, name) for kind, words, name in said(*parts) if kind == QuoteKind.DIRECT]


def reported(*parts: str | tuple[Zone, str]) -> list[tuple[str, str]]:
    """Return words and speaker of the reported quotes."""
    return [(words, name) for kind, words, name in said(*parts) if kind == QuoteKind.REPORTED]
