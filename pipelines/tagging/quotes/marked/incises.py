"""A paragraph in; the same with its quotes parted where dashes say within them who speaks, out.

Newspapers set who speaks between dashes, within the marks or in a line that a dash opens instead of
marks:

- `«Проби відібрали, - розповідає Андрій Чабан. - Чекаємо»` becomes two quotes around the incise.
- `— No habrá acuerdo —dijo Sánchez—. Lo sabemos.` is two, without the dash that opens the line.

An incise begins with a dash and a verb of saying, and ends at the next dash or with the quote. A
line that a dash opens and that has no incise is no quote: it may be an item of a list.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.tagging.quotes.marked.say_words import SayWords
from pipelines.tagging.quotes.paragraphs import Paragraph

_LONGEST = 25  # words of an incise
_DASHES = frozenset("\u2013\u2014-")
_CLOSING = frozenset('\u00bb\u201d"\u201c')
_STOPS = frozenset(",.!?\u2026")
_QUIET = "\u2013\u2014-, \u00a0"  # what parts words from an incise and is no part of them


@dataclass(frozen=True, slots=True)
class Parted:
    """A paragraph, and the offsets in its line where quotes go on behind an incise."""

    paragraph: Paragraph
    going_on: frozenset[int] = frozenset()


def parted(paragraph: Paragraph, words: SayWords) -> Parted:
    """Return the paragraph with its quotes parted, itself where there is nothing to part."""
    line = paragraph.line
    incises = [word for word in range(1, len(line.words)) if _begins_incise(paragraph, word, words)]
    if not incises:
        return Parted(paragraph)
    spans: list[tuple[int, int]] = []
    going_on: set[int] = set()
    for start, end in _stretches(paragraph):
        for number, span in enumerate(_around(paragraph, (start, end), incises)):
            spans.append(span)
            if number:
                going_on.add(span[0])
    made = Paragraph(paragraph.number, line, spans, paragraph.named)
    return Parted(made, frozenset(going_on))


def _begins_incise(paragraph: Paragraph, word: int, words: SayWords) -> bool:
    """Return whether a dash and a verb of saying stand here: ", - розповідає"."""
    if not _has_dash(paragraph, word) or paragraph.has_capital(word):
        return False
    if not words.articles and _STOPS.isdisjoint(paragraph.gap(word)):
        return False  # Slavic languages set a comma before the dash, and a bare dash for "is"
    verb = word
    while paragraph.form(verb) in words.fillers and verb < word + 2:
        verb += 1
    return paragraph.form(verb) in words.verbs


def _has_dash(paragraph: Paragraph, word: int) -> bool:
    """Return whether a dash stands before a word; a hyphen within one is none."""
    gap = paragraph.gap(word)
    return not _DASHES.isdisjoint(gap) and gap != "-"


def _stretches(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Yield what stands between marks, or behind the dash that opens the line."""
    text = paragraph.line.text
    lead = len(text) - len(text.lstrip(_QUIET))
    if not paragraph.marked and lead and text[:1] in _DASHES:
        yield lead, len(text)
    yield from paragraph.marked


def _around(
    paragraph: Paragraph, stretch: tuple[int, int], incises: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield what of a stretch stands before, between and behind its incises."""
    begin, end = stretch
    words = paragraph.line.words
    first = bisect_left(incises, begin, key=lambda word: words[word].start)
    stop = bisect_left(incises, end, key=lambda word: words[word].start)
    for incise in incises[first:stop]:
        if words[incise - 1].start < begin:
            continue
        gap = paragraph.gap(incise)
        said = gap[: next(place for place, mark in enumerate(gap) if mark in _DASHES)]
        if set(said) & _CLOSING:
            continue  # behind the marks: that is the common order
        yield begin, words[incise - 1].end + len(said.rstrip(_QUIET))
        begin = _stop(paragraph, incise, end)
    if begin < end:
        yield begin, end


def _stop(paragraph: Paragraph, incise: int, end: int) -> int:
    """Return the offset at which words go on behind an incise, `end` where they do not."""
    words = paragraph.line.words
    for word in range(incise + 1, min(incise + _LONGEST, len(words))):
        if words[word].start >= end:
            break
        if _has_dash(paragraph, word):
            return words[word].start
    return end
