"""The day of each document of an index in, which documents to search for the newest articles out.

Documents stand about in the order in which they came, and what came last is mostly newest. So the
blocks of documents that hold the newest days are searched first, then four times as many, until
none of the rest can hold a newer article than those found. An article with a wrong day in the
future costs one block more.
"""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Days: TypeAlias = npt.NDArray[np.int32]
Ranges: TypeAlias = list[tuple[int, int]]  # first document, and the one to stop before

BLOCK = 2_048  # documents
_FIRST = 64  # of so many blocks one is searched first
_TIMES = 4
_MOST_RANGES = 16  # each costs as much as some thousand documents


def newest_first(days: Days, wanted: int) -> Iterator[tuple[Ranges, int]]:
    """Yield documents to search, and the day that no other document is after; more each time.

    Nothing is yielded that cannot hold `wanted` newer articles, and never all documents.
    """
    begins = np.arange(0, len(days), BLOCK)
    if not len(begins):
        return
    latest = np.maximum.reduceat(days, begins)
    order = np.argsort(-latest.astype(np.int64), kind="stable")
    count = max(len(order) // _FIRST, 1)
    while count < len(order):
        ranges = _joined(np.sort(order[:count]), len(days))
        bound = int(latest[order[count]])
        if len(ranges) > _MOST_RANGES:
            return
        if sum(np.count_nonzero(days[a:b] > bound) for a, b in ranges) >= wanted:
            yield ranges, bound
        count *= _TIMES


def _joined(blocks: npt.NDArray[np.int64], end: int) -> Ranges:
    """Return the ranges of some blocks, those in a row as one."""
    rows = np.split(blocks, np.flatnonzero(np.diff(blocks) > 1) + 1)
    return [(int(row[0]) * BLOCK, min((int(row[-1]) + 1) * BLOCK, end)) for row in rows]
