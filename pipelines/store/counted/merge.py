"""A list in order, what goes from it and what comes into it: arrays of both in, one array out.

Each array is read once from one end to the other, a part at a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipelines.store.counted.columns import Column

Arrays: TypeAlias = Mapping[str, Column]  # by the names that `columns.py` lists

PART = 1_000_000  # places at a time


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of a list: which of its `count` places go, and before which new ones come."""

    count: int
    gone: Column  # ascending
    before: Column  # for each new one, ascending; `count` is behind the last

    @property
    def new_places(self) -> Column:
        """Return where the new ones stand then."""
        gone_before = np.searchsorted(self.gone, self.before)
        places: Column = self.before - gone_before + np.arange(len(self.before))
        return places.astype(np.int32)

    def old_places(self) -> Column:
        """Return where each of the earlier ones stands then, -1 for one that is gone."""
        steps = np.zeros(self.count + 1, np.int32)
        np.add.at(steps, self.before, 1)
        np.add.at(steps, self.gone + 1, -1)
        places: Column = np.cumsum(steps[: self.count], dtype=np.int32)
        places += np.arange(self.count, dtype=np.int32)
        places[self.gone] = -1
        return places

    def kept(self, old: Column) -> Iterator[Column]:
        """Yield what an array has of the earlier ones that stay."""
        for part, gone, _, _ in self._parts():
            yield np.delete(old[part], gone)

    def values(
        self, old: Column, new: Column, kind: npt.DTypeLike | None = None
    ) -> Iterator[Column]:
        """Yield what one array has of the earlier and another of the new ones, merged."""
        for part, gone, places, which in self._parts():
            kept = np.delete(old[part], gone).astype(kind or old.dtype, copy=False)
            yield np.insert(kept, places, new[which])

    def mapped(self, old: Column, table: Column, new: Column) -> Iterator[Column]:
        """Yield the same, where the earlier ones have what `table` says of their number."""
        for part, gone, places, which in self._parts():
            yield np.insert(table[np.delete(old[part], gone)], places, new[which])

    def _parts(self) -> Iterator[tuple[slice, Column, Column, slice]]:
        """Yield for each part of the earlier list its slice, what to leave out, and what comes in.

        To leave out are places in the part, and then new ones come in before places of what is
        left; last is which of the new ones.
        """
        for first in range(0, max(self.count, 1), PART):
            last = min(first + PART, self.count)
            end = last + 1 if last == self.count else last
            gone = self.gone[slice(*np.searchsorted(self.gone, [first, last]))] - first
            new = slice(*np.searchsorted(self.before, [first, end]).tolist())
            places = self.before[new] - first
            yield slice(first, last), gone, places - np.searchsorted(gone, places), new


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of codes of the earlier and of the new ones, and which of all codes occur then.

    `tables` say for the codes of each what they stand for among all.
    """

    merge: Merge
    old: Column
    new: Column
    tables: tuple[Column, Column]

    def occurs(self, size: int) -> Column:
        """Return which of all codes, `size` many, one has at least."""
        counts = _counted(self.new, self.tables[1], size)
        for part in self.merge.kept(self.old):
            counts += _counted(part, self.tables[0], size)
        found: Column = counts > 0
        return found

    def narrowed(self, wanted: Column, most: int) -> Iterator[Column]:
        """Yield the codes, numbered anew among those wanted, in the narrowest type for `most`."""
        numbers = (np.cumsum(wanted) - 1).astype(np.min_scalar_type(most))
        old, new = (numbers[table] for table in self.tables)
        return self.merge.mapped(self.old, old, new[self.new])


def _counted(codes: Column, table: Column, size: int) -> Column:
    found = np.zeros(size, np.int64)
    np.add.at(found, table, np.bincount(codes, minlength=len(table)))
    return found
