"""Zones of a text in, marks of the words beside its brackets out.

They decide whether a name and its short form in brackets are one mention (`querylang/spans.py`):
which words stand behind an opening bracket and nothing else, before a closing one, are written in
capitals, or are the initials of the words on the other side.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipelines.article import ZoneSpan
from pipelines.querylang.spans import CLOSES, OPENS
from pipelines.querylang.words import form, scan
from pipelines.store.fulltext import keys

Mark = tuple[bytes, int]  # key, number of the word in its text

_BRACKET = re.compile(r"[(\[（)\]）]")
_OPENING = "([（"
_REOPENS = re.compile(CLOSES.pattern + OPENS.pattern)


def has_brackets(text: str) -> bool:
    """Return whether there may be a mark at all."""
    return _BRACKET.search(text) is not None


def bracket_marks(text: str, zones: Sequence[ZoneSpan]) -> list[Mark]:
    """Return the marks of the words of some zones, which are numbered in order."""
    return sorted(_Bracketed(text, zones).marks())


class _Bracketed:
    """The words of some zones of a text with brackets."""

    def __init__(self, text: str, zones: Sequence[ZoneSpan]) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.breaks: set[int] = set()  # numbers of the words that begin a stretch
        last = None
        for span in zones:
            if last is None or span.zone is not last.zone or span.start != last.end:
                self.breaks.add(len(self.starts))
            last = span
            for token in scan(text, span.start, span.end):
                if token is None:
                    self.breaks.add(len(self.starts))
                    continue
                self.starts.append(token[0])
                self.ends.append(token[1])

    def marks(self) -> set[Mark]:
        """Return the marks beside all brackets."""
        marks: set[Mark] = set()
        for bracket in _BRACKET.finditer(self.text):
            if bracket.group() in _OPENING:
                marks.update(self._opened(bisect_left(self.starts, bracket.start())))
                continue
            place = bisect_right(self.ends, bracket.start()) - 1
            if place >= 0 and CLOSES.match(self.text, self.ends[place]):
                marks.add((keys.CLOSED, place))
        return marks

    def _opened(self, place: int) -> Iterator[Mark]:
        """Yield the marks of the word behind an opening bracket, and of the word before it."""
        if not 0 < place < len(self.starts):
            return
        between = self.ends[place - 1], self.starts[place]
        if _REOPENS.fullmatch(self.text, *between):
            yield keys.REOPENED, place
        if OPENS.fullmatch(self.text, *between):
            yield keys.OPENED_ACROSS if place in self.breaks else keys.OPENED, place
            yield from self._short_forms(place)

    def _short_forms(self, place: int) -> Iterator[Mark]:
        """Yield the marks of the two words beside a bracket that may be short for the others."""
        for short in (place, place - 1):
            written = self.text[self.starts[short] : self.ends[short]]
            size = len(form(written))
            first = place - size if short == place else place
            if written.isupper() and len(written) > 1:
                yield keys.CAPITALS, short
            elif size > 1 and form(written) == self._initials(first, first + size):
                yield keys.INITIALS, short

    def _initials(self, first: int, last: int) -> str:
        """Return the first letters of words from `first` to before `last`; "" past either end."""
        if first < 0 or last > len(self.starts):
            return ""
        places = zip(self.starts[first:last], self.ends[first:last], strict=True)
        return "".join(form(self.text[start:end])[:1] for start, end in places)
