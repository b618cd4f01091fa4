"""Quotes of a text as places in it, and its lines, in; which words stand in each quote out.

A word is in a quote that it stands wholly in, as in `querylang/quoted.py`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pipelines.article import ZoneSpan
from pipelines.querylang.words import scan_lines

MOST = 65535  # words and characters of a quote that the index keeps; the matcher reads longer ones


class Saying(NamedTuple):
    """A quote: its first word in the text, how many there are, and its place in characters."""

    first: int
    words: int  # 0: none that counts
    start: int
    size: int


@dataclass(slots=True)
class Lines:
    """The lines of the zones of a text that count: where each is, and how many words are before."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    words: int = 0  # of all lines

    def add(self, span: ZoneSpan, counts: Iterable[int]) -> None:
        """Take in the next zone and how many words each of its lines has."""
        sizes = list(map(len, self.text[span.start : span.end].split("\n")))
        starts = list(accumulate((size + 1 for size in sizes), initial=span.start))[:-1]
        self.starts += starts
        self.ends += [start + size for start, size in zip(starts, sizes, strict=True)]
        before = list(accumulate(counts, initial=self.words))
        self.words = before.pop()
        self.before += before

    def sayings(self, quotes: Iterable[tuple[int, int]]) -> list[Saying]:
        """Return the words of each quote, given by its start and end."""
        if not self.words:
            return []  # a document without a word has no number of its own
        known: dict[int, tuple[list[int], list[int]]] = {}
        found = []
        for start, end in set(quotes):
            first = self._first(start, known)
            words = max(self._last(end, known) + 1 - first, 0)
            if words <= MOST and end - start <= MOST:
                found.append(Saying(first if words else 0, words, start, end - start))
        return found

    def _first(self, start: int, known: dict[int, tuple[list[int], list[int]]]) -> int:
        """Return the number of the first word that begins at `start` or behind."""
        line = bisect_right(self.starts, start) - 1
        if line < 0:
            return 0
        return self.before[line] + bisect_left(self._scanned(line, known)[0], start)

    def _last(self, end: int, known: dict[int, tuple[list[int], list[int]]]) -> int:
        """Return the number of the last word that ends at `end` or before, -1 for none."""
        line = bisect_right(self.starts, end) - 1
        if line < 0:
            return -1
        return self.before[line] + bisect_right(self._scanned(line, known)[1], end) - 1

    def _scanned(
        self, line: int, known: dict[int, tuple[list[int], list[int]]]
    ) -> tuple[list[int], list[int]]:
        if line not in known:
            ((starts, ends, _),) = scan_lines(self.text, self.starts[line], self.ends[line])
            known[line] = starts, ends
        return known[line]
