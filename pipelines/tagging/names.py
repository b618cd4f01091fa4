"""An article in, the names that no table knows out: candidates that a user can promote.

The rules, which an analyst can review:

- What is found is for the finder of names to say (`pipelines/tagging/spans/`, setting `names`).
- Where a mention of the curated table lies, the table is right. A place that our tables of
  countries and cities know is left to them.
- A part of a fuller name of the same article stands for that: a surname or given name for a person
  ("Doe" for Jane Doe), the first words for an organisation ("Magna" for Magna International). Of
  several fuller names it is the last one named in full before it, else the first one after it; for
  an organisation, and for a given name, there must be one only.
- Capitals in brackets behind an organisation are its abbreviation, and so are the initials of one:
  "Free Aceh Movement (FAM)". They stand for it everywhere in the article.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.article import Article, Mention, TagKind, Tags, Zone
from pipelines.tagging.gazetteer import Line, lines_of, read_table, split_names
from pipelines.tagging.spans import Span, SpanKind, Spans

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z.&-]*[A-Z]\.?")
_SHORTEST_IN_CAPITALS = 4  # letters; a person in capitals of at least so many is written so
_WORD = re.compile(r"[^\s\-‐‑]+")
_RULE = "names model"


@dataclass(frozen=True, slots=True)
class _Named:
    """One name in the text of the counted lines."""

    span: Span
    start: int  # in the article
    surface: str
    zone: Zone
    words: tuple[str, ...]  # in small letters

    @property
    def person(self) -> bool:
        return self.span.kind is SpanKind.PERSON


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
        named = [
            one
            for one in _placed(text, lines, spans)
            if not any(
                one.start < end and start < one.start + len(one.surface) for start, end in taken
            )
        ]
        longer = _abbreviated(text, named)
        kept = [one for one in named if not _known_place(one)]
        return Tags(tuple(_mention(one, kept, longer) for one in kept))


def _placed(text: str, lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[_Named]:
    """Yield the names with their places in the article; none lies in two lines."""
    number, begins = 0, 0  # the line, and where it begins in `text`
    for span in spans:
        while number < len(lines) - 1 and span.start > begins + len(lines[number].text):
            begins += len(lines[number].text) + 1
            number += 1
        line = lines[number]
        if span.end <= begins + len(line.text):
            surface = text[span.start : span.end]
            words = tuple(word.casefold() for word in _WORD.findall(surface))
            start = line.offset + span.start - begins
            yield _Named(span, start, surface, line.zone, words)


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


def _mention(one: _Named, named: Sequence[_Named], longer: Mapping[str, str]) -> Mention:
    name, why = _fullest(one, named, longer)
    return Mention(
        kind=TagKind.NAME,
        tag=f"{one.span.kind}:{name}",
        start=one.start,
        end=one.start + len(one.surface),
        surface=one.surface,
        zone=one.zone,
        why=why,
    )


def _fullest(one: _Named, named: Sequence[_Named], longer: Mapping[str, str]) -> tuple[str, str]:
    """Return the fullest name that the article has for this one, and why it is that."""
    own = _as_written(one)
    if one.span.kind is SpanKind.ORGANISATION and longer.get(one.surface, own) != own:
        return longer[one.surface], f"{_RULE}, abbreviation of '{longer[one.surface]}'"
    fuller = (
        []
        if one.span.kind is SpanKind.PLACE
        else [
            other
            for other in named
            if other.span.kind is one.span.kind and len(other.words) > len(one.words)
        ]
    )
    part = _part_of(one, fuller)
    if part is None:
        return own, _RULE
    other, what = part
    name = _as_written(other)
    return name, f"{_RULE}, {what} of '{name}'"


def _part_of(one: _Named, fuller: Sequence[_Named]) -> tuple[_Named, str] | None:
    """Return the fuller name that this one is a part of, and which part; None if of none."""
    size = len(one.words)
    if one.person:
        ends = [other for other in fuller if _surname(other.words)[-size:] == _surname(one.words)]
        if ends:
            before = [other for other in ends if other.start < one.start]
            return (before[-1] if before else ends[0]), "surname"
    begins = [other for other in fuller if other.words[:size] == one.words]
    if begins and len({other.words for other in begins}) == 1:
        return begins[0], "given name" if one.person else "first words"
    return None


_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})


def _surname(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without a "Jr." behind."""
    kept = tuple(word.rstrip(",") for word in words)
    return kept[:-1] if len(kept) > 1 and kept[-1] in _SUFFIXES else kept


def _as_written(one: _Named) -> str:
    """Return the name on one line; a person all in capitals as names are written."""
    name = " ".join(one.surface.split())
    letters = sum(letter.isalpha() for letter in name)
    if one.person and name.isupper() and letters >= _SHORTEST_IN_CAPITALS:
        return name.title()
    return name
