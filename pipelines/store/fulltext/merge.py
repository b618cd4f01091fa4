"""Several segments in, one of the documents that still count out; memory does not grow with them.

The keys of all are gone through in order, a batch of lists at a time: decoded, moved to where their
documents stand in the new segment, and coded again.
"""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.rows import Keys
from pipelines.store.fulltext.segment import Documents, Segment, SegmentWriter

_AT_ONCE = 1 << 21  # positions
FANOUT = 8  # segments of about one size are joined, so an article is moved log8 of all times
_SMALLEST = 1 << 17  # positions; smaller segments are of one size


def due(sizes: Sequence[int]) -> list[int]:
    """Return the places of segments (by their positions) that should be joined; none if few."""
    levels: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        level = 0
        while size >= _SMALLEST * FANOUT**level:
            level += 1
        levels.setdefault(level, []).append(place)
    full = [level for level, places in levels.items() if len(places) >= FANOUT]
    return [place for place, _ in enumerate(sizes) if full and place in levels[min(full)]]


class _Moved(NamedTuple):
    """Where the documents of one segment go."""

    segment: Segment
    kept: npt.NDArray[np.bool_]
    shift: Numbers  # what a document's positions change by

    def lists(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return positions in the new segment, and for each the number of its key."""
        positions, counts = self.segment.lists(first, last)
        owners = np.repeat(np.arange(first, last), counts)
        starts = self.segment.documents.starts
        holder = np.searchsorted(starts, positions.astype(starts.dtype), "right") - 1
        kept = self.kept[holder]
        return (positions + self.shift[holder])[kept], owners[kept]


def join(segments: Sequence[Segment], wanted: Keys, folder: Path) -> Documents | None:
    """Write the documents of `segments` whose keys are in `wanted` as one segment into `folder`.

    Of a key that stands in several one is kept. Returns None, and writes nothing, where none is.
    """
    moved = _placed(segments, wanted)
    documents = _documents(moved)
    if not len(documents.documents):
        return None
    writer = SegmentWriter(folder, documents)
    for batch in _batches(moved):
        _write(writer, moved, batch)
    writer.close()
    return documents


def _placed(segments: Sequence[Segment], wanted: Keys) -> list[_Moved]:
    moved, seen, begin = [], np.zeros(0, np.uint64), 0
    for segment in segments:
        keys = np.asarray(segment.documents.documents)
        first = np.zeros(len(keys), bool)
        first[np.unique(keys, return_index=True)[1]] = True
        kept = first & np.isin(keys, wanted) & ~np.isin(keys, seen)
        seen = np.append(seen, keys[kept])
        starts = segment.documents.starts.astype(np.int64)
        sizes = np.where(kept, np.diff(starts), 0)
        shift = begin + np.cumsum(sizes) - sizes - starts[:-1]
        moved.append(_Moved(segment, kept, shift))
        begin += int(sizes.sum())
    return moved


def _documents(moved: Sequence[_Moved]) -> Documents:
    parts = [_documents_of(one) for one in moved]
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    end = sum(
        int(np.diff(m.segment.documents.starts.astype(np.int64))[m.kept].sum()) for m in moved
    )
    columns[1] = np.append(columns[1], np.uint32(end))
    return Documents(*columns)


def _documents_of(moved: _Moved) -> Documents:
    """Return the kept documents of one segment; `starts` without the end."""
    old, kept = moved.segment.documents, moved.kept
    holder = np.searchsorted(old.starts, old.stretches, "right") - 1
    within = kept[holder]
    starts = (old.starts[:-1].astype(np.int64) + moved.shift)[kept]
    stretches = (old.stretches.astype(np.int64) + moved.shift[holder])[within]
    speaker = np.searchsorted(old.starts, old.said_at, "right") - 1
    said = kept[speaker]
    said_at = (old.said_at.astype(np.int64) + moved.shift[speaker])[said]
    return Documents(
        old.documents[kept],
        starts.astype(np.uint32),
        old.headlines[kept],
        stretches.astype(np.uint32),
        old.zones[within],
        said_at.astype(np.uint32),
        old.said_reach[said],
        old.said_starts[said],
        old.said_sizes[said],
    )


class _Batch(NamedTuple):
    """Keys in a row, and for each segment which of its keys they are."""

    keys: list[bytes]
    ranges: list[list[tuple[int, int]]]  # of a segment: place among `keys`, number of its key


def _batches(moved: Sequence[_Moved]) -> Iterator[_Batch]:
    batch, size = _Batch([], [[] for _ in moved]), 0
    counts = [one.segment.dictionary.counts for one in moved]
    for key, same in groupby(_all_keys(moved), itemgetter(0)):
        for _, which, number in same:
            batch.ranges[which].append((len(batch.keys), number))
            size += int(counts[which][number])
        batch.keys.append(key)
        if size >= _AT_ONCE:
            yield batch
            batch, size = _Batch([], [[] for _ in moved]), 0
    if batch.keys:
        yield batch


def _all_keys(moved: Sequence[_Moved]) -> Iterator[tuple[bytes, int, int]]:
    def _of(which: int, one: _Moved) -> Iterator[tuple[bytes, int, int]]:
        for number, key in enumerate(one.segment.dictionary.keys()):
            yield key, which, number

    return merge(*(_of(which, one) for which, one in enumerate(moved)))


def _write(writer: SegmentWriter, moved: Sequence[_Moved], batch: _Batch) -> None:
    """Write the lists of some keys; a key that lost all its documents is left out."""
    parts = []
    for one, pairs in zip(moved, batch.ranges, strict=True):
        if pairs:
            places, numbers = np.array(pairs, np.int64).T
            positions, owners = one.lists(int(numbers[0]), int(numbers[-1]) + 1)
            parts.append(places[owners - numbers[0]] << 32 | positions)
    joined = np.sort(np.concatenate(parts))
    counts = np.bincount(joined >> 32, minlength=len(batch.keys))
    left = np.flatnonzero(counts)
    writer.add([batch.keys[place] for place in left], counts[left], joined & 0xFFFFFFFF)
