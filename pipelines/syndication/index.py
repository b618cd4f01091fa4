"""Sketches in, for each new one the group it belongs to: the index of all stored texts.

Held as sorted arrays: nine bytes for each sampled sequence and 17 for each text. The newest texts
stand in a dictionary; 1,000 of them become a sorted segment, and segments of like size become one,
so that adding stays cheap. The first segment may be mapped from a file and is never rewritten.

A sequence that the texts of four groups share is furniture or a phrase, and says nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt

from pipelines.article import CopyLevel, Sketch
from pipelines.syndication.matching import FEWEST, Side, judge
from pipelines.syndication.sketch import PLACES, limit

WINDOW = 14  # days between copies, where both are known
UNDATED = 0  # in place of a day's ordinal
_COMMON = 4  # groups
_LOOKED_AT = 64  # the newest texts that have a sequence; more would tell nothing new
_BUFFER = 1000  # texts

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Where sampled sequences stand, sorted by hash, then by row; a row is one text."""

    hashes: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint32]
    places: npt.NDArray[np.uint8]

    def joined(self, newer: "Segment") -> "Segment":
        """Return one segment of this and one of newer texts."""
        return sorted_segment(
            np.concatenate([self.hashes, newer.hashes]),
            np.concatenate([self.rows, newer.rows]),
            np.concatenate([self.places, newer.places]),
        )


@dataclass(frozen=True, slots=True)
class Texts:
    """What is known of each text, by row, in the order of arrival."""

    groups: npt.NDArray[np.int64]
    days: npt.NDArray[np.int32]  # ordinals
    sizes: npt.NDArray[np.uint32]
    levels: npt.NDArray[np.uint8]

    def followed_by(self, other: "Texts") -> "Texts":
        """Return these texts and then others."""
        return Texts(
            np.concatenate([self.groups, other.groups]),
            np.concatenate([self.days, other.days]),
            np.concatenate([self.sizes, other.sizes]),
            np.concatenate([self.levels, other.levels]),
        )


def empty_texts(count: int = 0) -> Texts:
    """Return room for so many texts."""
    return Texts(
        np.zeros(count, np.int64),
        np.zeros(count, np.int32),
        np.zeros(count, np.uint32),
        np.zeros(count, np.uint8),
    )


def sorted_segment(
    hashes: npt.NDArray[np.uint32], rows: npt.NDArray[np.uint32], places: npt.NDArray[np.uint8]
) -> Segment:
    """Return the segment of sequences that come in the order of their rows."""
    order = np.argsort(hashes, kind="stable")
    return Segment(hashes[order], rows[order], places[order])


@dataclass(slots=True)
class _Hits:
    """Shared sequences: which of the newcomer's, in which text, at which place there."""

    which: Ints
    rows: Ints
    places: Ints

    def where(self, wanted: npt.NDArray[np.bool_]) -> "_Hits":
        return _Hits(self.which[wanted], self.rows[wanted], self.places[wanted])


@dataclass(slots=True)
class CopyIndex:
    """All stored texts; `texts` may have room beyond `count`."""

    texts: Texts = field(default_factory=empty_texts)
    count: int = 0
    segments: list[Segment] = field(default_factory=list)
    _newest: dict[int, list[int]] = field(default_factory=dict)  # hash -> row * 256 + place
    _newest_from: int = -1

    def __post_init__(self) -> None:
        """Begin the dictionary after what the segments hold."""
        self._newest_from = self.count

    def add(self, sketch: Sketch, day: date | None, group: int) -> None:
        """Take in the newest text."""
        if self.count == len(self.texts.groups):
            self.texts = self.texts.followed_by(empty_texts(self.count + _BUFFER))
        row, texts = self.count, self.texts
        texts.groups[row], texts.days[row] = group, day.toordinal() if day else UNDATED
        texts.sizes[row], texts.levels[row] = sketch.size, sketch.level
        for value, place in zip(_hashes(sketch).tolist(), sketch.places, strict=True):
            self._newest.setdefault(value, []).append(row * PLACES + place)
        self.count += 1
        if self.count - self._newest_from >= _BUFFER:
            self._seal()

    def find(self, sketch: Sketch, day: date | None) -> tuple[int, CopyLevel] | None:
        """Return the group of which a text with this sketch is a copy, and its level."""
        hits = self._hits(sketch)
        if len(hits.rows) < FEWEST:
            return None
        hits = self._telling(hits, sketch, day)
        best: tuple[int, int] | None = None  # shared, -row: most, then oldest
        found: tuple[int, CopyLevel] | None = None
        for row, shared in self._candidates(hits, sketch.level):
            if best is not None and (shared, -row) <= best:
                continue
            chosen = hits.where(hits.rows == row)
            new = Side(sketch.size, [sketch.places[n] for n in chosen.which.tolist()])
            stored = Side(int(self.texts.sizes[row]), chosen.places.tolist())
            level = judge(new, stored, shared)
            if level is not None:
                best, found = (shared, -row), (int(self.texts.groups[row]), level)
        return found

    def _hits(self, sketch: Sketch) -> _Hits:
        hashes = _hashes(sketch)
        parts = [_looked_up(segment, hashes) for segment in self.segments]
        newest = [
            (which, at)
            for which, value in enumerate(hashes.tolist())
            if value in self._newest
            for at in self._newest[value][-_LOOKED_AT:]
        ]
        if newest:
            which, at = np.array(newest, np.int64).T
            parts.append(_Hits(which, at // PLACES, at % PLACES))
        if not parts:
            return _Hits(*(np.zeros(0, np.int64) for _ in range(3)))
        return _Hits(
            np.concatenate([part.which for part in parts]),
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.places for part in parts]),
        )

    def _telling(self, hits: _Hits, sketch: Sketch, day: date | None) -> _Hits:
        """Return the hits that tell something: not common, near in time, sampled in both."""
        _, group = np.unique(self.texts.groups[hits.rows], return_inverse=True)
        groups = int(group.max()) + 1
        pairs = np.unique(hits.which * groups + group)
        spread = np.bincount(pairs // groups, minlength=len(sketch.places))
        telling = spread[hits.which] < _COMMON
        levels = np.maximum(self.texts.levels[hits.rows], sketch.level).astype(np.int64)
        telling &= _hashes(sketch)[hits.which] <= (limit(0) >> levels)
        if day is not None:
            days = self.texts.days[hits.rows]
            telling &= (days == UNDATED) | (np.abs(days - day.toordinal()) <= WINDOW)
        return hits.where(telling)

    def _candidates(self, hits: _Hits, level: int) -> list[tuple[int, int]]:
        """Return row and shared sequences of the text of each group that shares most.

        Of a group only that text is asked: a story that holds the whole of one short cut of a
        report shares most with the full report, and with that it is compared.
        """
        rows, counts = np.unique(hits.rows, return_counts=True)
        rows, counts = rows[counts >= FEWEST], counts[counts >= FEWEST]
        shared = counts << np.maximum(self.texts.levels[rows], level).astype(np.int64)
        most: dict[int, tuple[int, int, int]] = {}
        columns = (self.texts.groups[rows], shared, self.texts.sizes[rows], -rows)
        for group, *rank in zip(*(c.tolist() for c in columns), strict=True):
            most[group] = max(most.get(group, (0, 0, 0)), (rank[0], rank[1], rank[2]))
        return [(-row, best) for best, _, row in most.values()]

    def _seal(self) -> None:
        """Make a segment of the newest texts, and one of segments of like size."""
        counts = np.fromiter(map(len, self._newest.values()), np.int64, len(self._newest))
        hashes = np.repeat(np.fromiter(self._newest, np.uint32, len(counts)), counts)
        at = np.fromiter(chain.from_iterable(self._newest.values()), np.int64, len(hashes))
        rows, places = (at // PLACES).astype(np.uint32), (at % PLACES).astype(np.uint8)
        self.segments.append(sorted_segment(hashes, rows, places))
        self._newest.clear()
        self._newest_from = self.count
        while len(self.segments) > 2 and _alike(self.segments[-2], self.segments[-1]):
            newer, older = self.segments.pop(), self.segments.pop()
            self.segments.append(older.joined(newer))


def _hashes(sketch: Sketch) -> npt.NDArray[np.uint32]:
    return np.frombuffer(sketch.hashes, "<u4")


def _alike(older: Segment, newer: Segment) -> bool:
    return len(older.hashes) < 2 * len(newer.hashes)


def _looked_up(segment: Segment, hashes: npt.NDArray[np.uint32]) -> _Hits:
    """Return where the hashes stand in a segment, of each the newest texts only."""
    end = np.searchsorted(segment.hashes, hashes, side="right")
    start = np.maximum(np.searchsorted(segment.hashes, hashes, side="left"), end - _LOOKED_AT)
    counts = end - start
    which = np.repeat(np.arange(len(hashes)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = start[which] + within
    return _Hits(which, segment.rows[at].astype(np.int64), segment.places[at].astype(np.int64))
