"""Some articles on an axis in, what they add up to out: for each code of the axis a number."""

import numpy as np

from pipelines.store.counted.axis import Axis
from pipelines.store.counted.columns import UNSURE, Column, Columns, Rows


class Sums:
    """Some articles of an axis, counted by its codes."""

    def __init__(self, columns: Columns, axis: Axis, loose: Rows, settled: Rows) -> None:
        """Find the code of each of the loose ones, and where each bucket of the others begins."""
        self.axis, self._columns = axis, columns
        codes = axis.codes(loose)
        self._codes, self._loose = codes[codes >= 0], loose.where(codes >= 0)
        self._settled, self._bounds = settled, axis.bounds(settled)
        self._in_bucket = np.diff(self._bounds)
        self.articles = self._counted(np.ones(len(self._loose), bool), self._in_bucket)

    def _counted(self, loose: Column, in_bucket: Column) -> Column:
        """Return for each code how many of the loose are marked, and so many of the others."""
        found = np.bincount(self._codes[loose], minlength=self.axis.size)
        found[1 : self.axis.dayless + 1] += in_bucket
        return found

    def mentions(self) -> Column:
        """Return how often all of a code name what is counted."""
        ns = self._settled.ns
        sums = np.zeros(self.axis.size, np.int64)
        if ns is None or self._loose.ns is None:
            return sums
        sums += np.bincount(self._codes, self._loose.ns, self.axis.size).astype(np.int64)
        filled = np.flatnonzero(self._in_bucket)
        if len(filled):
            sums[filled + 1] += np.add.reduceat(ns, self._bounds[filled], dtype=np.int64)
        return sums

    def weak(self) -> Column:
        """Return how many dates are less than sure."""
        standing = self._columns.standing
        weak = np.flatnonzero(self._settled.of(standing) & UNSURE)
        in_bucket = np.diff(np.searchsorted(weak, self._bounds))
        return self._counted(self._loose.of(standing) & UNSURE > 0, in_bucket)

    def texts(self) -> Column:
        """Return how many distinct texts there are: in each code a group of copies counts once."""
        count, shared = self._columns.count, self._columns.shared
        groups = self._loose.of(shared)
        keys = self._codes[groups >= 0].astype(np.int64) * count + groups[groups >= 0]
        texts = self.articles + surplus(keys, count, self.axis.size)
        texts[1 : self.axis.dayless + 1] -= self._repeated()
        placed = np.unique(keys[(keys >= count) & (keys < (self.axis.dayless + 1) * count)])
        if not len(placed) or not len(self._settled):
            return texts
        # Groups that both the loose and the settled ones of a bucket have.
        is_asked = np.zeros(count, bool)
        is_asked[placed % count] = True
        others = self._settled.of(shared)
        at = np.flatnonzero((others >= 0) & is_asked[others])
        codes = np.repeat(np.arange(1, self.axis.dayless + 1), self._in_bucket)[at]
        both = np.intersect1d(placed, codes * count + others[at])
        return texts - np.bincount(both // count, minlength=self.axis.size)

    def _repeated(self) -> Column:
        """Return how many settled articles have a copy before them in their bucket."""
        rows, before = self._settled, self._columns.before
        begins = np.maximum(self.axis.begins()[:-1], rows.first).astype(before.dtype)
        since = np.repeat(begins, self._in_bucket)
        at = np.flatnonzero(rows.of(before) >= since)
        if rows.picked is not None:
            is_picked = rows.marked(self._columns.count)
            copies = copies_before(self._columns, is_picked, rows.picked[at], since[at])
            at = at[copies >= 0]
        return np.diff(np.searchsorted(at, self._bounds))


def copies_before(
    columns: Columns, is_picked: Column, ordinals: Column, since: Column | int = 0
) -> Column:
    """Return for each article the nearest copy before it that is picked, from `since` on; or -1."""
    found = columns.before[ordinals]
    since = np.broadcast_to(since, found.shape)
    at = np.arange(len(found))
    while len(at):  # in each round one copy further back
        gone = found[at] < since[at]
        found[at[gone]] = -1
        at = at[~gone]
        at = at[~is_picked[found[at]]]
        found[at] = columns.before[found[at]]
    return found


def surplus(keys: Column, count: int, size: int) -> Column:
    """Return for each code the distinct keys less all keys; a key is code * count + group."""
    keys = np.sort(keys)
    ends = np.arange(size + 1) * count
    repeated = np.flatnonzero(keys[1:] == keys[:-1]) + 1
    return -np.diff(np.searchsorted(keys[repeated], ends))
