"""The places of two operands of NEAR in, those that have one of the other within reach out.

- Reach is counted in words between, within one paragraph, on either side; two places that share a
  word are not near each other, they are one.
- A NEAR may be an operand of a NEAR, as in `a NEAR/5 b NEAR/5 c`. Its places are those it found;
  the other operand must be within reach of one of them. What it was found with is marked too: the
  nearest of the other operand on either side.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from pipelines.querylang.spans import Mark

# Where an operand stands (first and last word), and what is marked if it is found there.
Hits: TypeAlias = Mapping[tuple[int, int], frozenset[Mark]]


def hits_of(marks: Sequence[Mark]) -> Hits:
    """Return the marks of words and phrases as places of an operand."""
    hits: dict[tuple[int, int], frozenset[Mark]] = {}
    for mark in marks:
        place = mark[0], mark[1]
        hits[place] = hits.get(place, frozenset()) | {mark}
    return hits


def near(left: Hits, right: Hits, distance: int, paragraphs: Sequence[int]) -> Hits:
    """Return the places of both that have the other within `distance` words, with companions."""
    found: dict[tuple[int, int], frozenset[Mark]] = {}
    for these, those in ((left, right), (right, left)):
        others = _Others(those, distance, paragraphs)
        for place, marks in these.items():
            companions = list(others.beside(*place))
            if companions:
                found[place] = found.get(place, frozenset()).union(marks, *companions)
    return found


class _Others:
    """The places of the other operand, to be asked which are nearest."""

    def __init__(self, hits: Hits, distance: int, paragraphs: Sequence[int]) -> None:
        self.hits = hits
        self.distance = distance
        self.paragraphs = paragraphs
        self.by_first = sorted(hits)
        self.by_last = sorted(hits, key=lambda place: (place[1], place[0]))
        self.firsts = [first for first, _ in self.by_first]
        self.lasts = [last for _, last in self.by_last]

    def beside(self, first: int, last: int) -> Iterator[frozenset[Mark]]:
        """Yield the marks of the nearest before and after; several where they are as near."""
        after = bisect_right(self.firsts, last)
        if after < len(self.firsts) and self.reaches(last, self.firsts[after]):
            for number in range(after, bisect_right(self.firsts, self.firsts[after])):
                yield self.hits[self.by_first[number]]
        before = bisect_left(self.lasts, first) - 1
        if before >= 0 and self.reaches(self.lasts[before], first):
            for number in range(bisect_left(self.lasts, self.lasts[before]), before + 1):
                yield self.hits[self.by_last[number]]

    def reaches(self, end: int, begin: int) -> bool:
        """Return whether few enough words lie between, and no border of a paragraph."""
        between = begin - end - 1
        return between <= self.distance and self.paragraphs[end] == self.paragraphs[begin]
