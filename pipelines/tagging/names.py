"""An article in, the names that no table knows out: candidates that a user can promote.

The rules, which an analyst can review:

- What is found is for the finder of names to say (`pipelines/tagging/spans/`, setting `names`).
- Where a mention of the curated table lies, the table is right. A place that our tables of
  countries and cities know is left to them.
- A part of a fuller name of the same article stands for that, by the rules of `linking.py`: a
  surname or given name for a person ("Doe" for Jane Doe), initials or last words for a body.
- Capitals in brackets behind an organisation are its abbreviation, and so are the initials of one:
  "Free Aceh Movement (FAM)". They stand for it everywhere in the article.
- Capitals that the article brackets behind a disease, a law, a treaty or a programme are no body
  ("acute respiratory syndrome (SARS)"), nor are Roman numbers. A few others (HIV, GDP) are no name,
  nor are words that only begin a sentence ("Who", "I've", "Oh").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.article import Article, Mention, TagKind, Tags, Zone
from pipelines.tagging.gazetteer import Line, lines_of, read_table, split_names
from pipelines.tagging.linking import Link, NameSpan, link_names
from pipelines.tagging.spans import Span, SpanKind, Spans

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z.&-]*[A-Z]\.?")
_NO_BODY = re.compile(
    r"\b(?i:syndrome|disease|virus|act|bill|law|treaty|pact|agreement|accord|protocol|convention"
    r"|programme|program|plan|visas?|weapons?|missiles?|vehicles?|devices?|aircraft)"
    r"\s?\(([A-Z][A-Za-z]*[A-Z]s?)\)"
)
# Capitals of diseases, measures, weapons and hours: no body is called so.
_NEVER = frozenset(
    split_names(
        "HIV|AIDS|SARS|MERS|COVID|COVID-19|H1N1|H5N1|DNA|RNA|GDP|GNP|WMD|ICBM|IED|UAV|UFO|SUV|GMT"
        "|UTC|PTSD|LGBT|LGBTQ|VIP|MVP|AI|DVD|DRM"
    )
)
_ONLY_BEGINS = frozenset(
    split_names(
        "who|what|which|why|how|i|i've|i'm|i'll|i'd|he|she|it|we|they|you|oh|ah|hey|yes|no|ok|okay"
        "|well|so|and|but"
    )
)
_ROMAN = re.compile(r"[IVX]{2,}")
_SHORTEST_IN_CAPITALS = 4  # letters; a person in capitals of at least so many is written so
_WORD = re.compile(r"[^\s\-‐‑]+")
_RULE = "names model"
_TITLE = 24  # characters before a name in which its title stands


@dataclass(frozen=True, slots=True)
class _Named:
    """One name in the text of the counted lines."""

    span: Span
    start: int  # in the article
    surface: str
    zone: Zone
    words: tuple[str, ...]  # in small letters


class NameTagger:
    """Finds the mentions of people, organisations and places that are in no table."""

    def __init__(self, spans: Spans) -> None:
        """Take what finds the names."""
        self._spans = spans

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions in order of their place; `found` has those of the table."""
        lines = lines_of(article)
        text = "\n".join(line.text for line in lines)
        spans = self._spans.spans(text, article.language)
        taken = [(one.start, one.end) for one in found.mentions if one.kind is TagKind.ENTITY]
        named = [one for one in _placed(text, lines, spans) if not _overlaps(one, taken)]
        longer = _abbreviated(text, named)
        others = frozenset(match.group(1) for match in _NO_BODY.finditer(text))
        kept = [one for one in named if not (_known_place(one) or _no_body(one, others))]
        links = link_names([_name_span(one, article.text) for one in kept], article.text)
        pairs = zip(kept, links, strict=True)
        return Tags(tuple(_mention(one, kept[link.full], link, longer) for one, link in pairs))


def _overlaps(one: _Named, taken: Sequence[tuple[int, int]]) -> bool:
    stop = one.start + len(one.surface)
    return any(one.start < end and start < stop for start, end in taken)


def _placed(text: str, lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[_Named]:
    """Yield the names with their places in the article; none lies in two lines."""
    number, begins = 0, 0  # the line, and where it begins in `text`
    for span in spans:
        while number < len(lines) - 1 and span.start > begins + len(lines[number].text):
            begins += len(lines[number].text) + 1
            number += 1
        line = lines[number]
        if span.end <= begins + len(line.text):
            surface = _without_bracket(text[span.start : span.end])
            words = tuple(word.casefold().replace("\u2019", "'") for word in _WORD.findall(surface))
            start = line.offset + span.start - begins
            if surface not in _NEVER and not _ONLY_BEGINS.issuperset(words):
                yield _Named(span, start, surface, line.zone, words)


def _without_bracket(surface: str) -> str:
    return surface if "(" in surface else surface.rstrip(")")


def _abbreviated(text: str, named: Sequence[_Named]) -> dict[str, str]:
    """Return the organisations by their abbreviations, as the article brackets or spells them."""
    found: dict[str, str] = {}
    bodies = [one for one in named if one.span.kind is SpanKind.ORGANISATION]
    for one in bodies:
        if len(one.words) > 1:
            bracket = re.match(r"\s?\(([^()]{2,12})\)", text[one.span.end : one.span.end + 16])
            if bracket and _ABBREVIATION.fullmatch(bracket.group(1)):
                found.setdefault(bracket.group(1), one.surface)
    for one in bodies:
        if len(one.words) > 2:
            initials = "".join(word[0] for word in one.surface.split() if word[0].isupper())
            if len(initials) > 2:
                found.setdefault(initials, one.surface)
    return found


@cache
def _places() -> frozenset[str]:
    """Return the names of places in the tables of countries and cities, in small letters."""
    rows = [*read_table("countries.csv"), *read_table("places.csv")]
    return frozenset(
        name.casefold() for row in rows for name in [row["name"], *split_names(row["aliases"])]
    )


def _known_place(one: _Named) -> bool:
    return one.span.kind is SpanKind.PLACE and one.surface.casefold() in _places()


def _no_body(one: _Named, others: frozenset[str]) -> bool:
    """Return whether an organisation is a Roman number, or one of the capitals of other things."""
    if one.span.kind is not SpanKind.ORGANISATION:
        return False
    return one.surface in others or _ROMAN.fullmatch(one.surface) is not None


def _name_span(one: _Named, text: str) -> NameSpan:
    before = _WORD.findall(text[max(0, one.start - _TITLE) : one.start])
    title = before[-1].strip(".,") if before else ""
    return NameSpan(one.start, one.start + len(one.surface), one.surface, one.span.kind, title)


def _mention(one: _Named, full: _Named, link: Link, longer: Mapping[str, str]) -> Mention:
    name, why = _as_written(full), f"{_RULE}, {link.why}" if link.why else _RULE
    if one.span.kind is SpanKind.ORGANISATION and longer.get(one.surface, name) != name:
        name = longer[one.surface]
        why = f"{_RULE}, abbreviation of '{name}'"
    return Mention(
        kind=TagKind.NAME,
        tag=f"{one.span.kind}:{name}",
        start=one.start,
        end=one.start + len(one.surface),
        surface=one.surface,
        zone=one.zone,
        why=why,
    )


def _as_written(one: _Named) -> str:
    """Return the name on one line; a person all in capitals as names are written."""
    name = " ".join(one.surface.split())
    letters = sum(letter.isalpha() for letter in name)
    if one.span.kind is SpanKind.PERSON and name.isupper() and letters >= _SHORTEST_IN_CAPITALS:
        return name.title()
    return name
