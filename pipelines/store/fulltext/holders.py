"""Where documents begin in, which of them holds a place out.

It is asked of every place of a search, so it is answered by blocks of places: of each block is
known which document holds its first place, and how far along another begins, if one does. Two
numbers a block are taken and compared for a place, a third of what looking among all documents
takes. Where more than one document begins in a block, the places are looked at one by one.
"""

import numpy as np
import numpy.typing as npt

from pipelines.store.fulltext.codec import Numbers

_BITS = 7
_SIZE = 1 << _BITS  # places of a block
_NO_BORDER = 255


class Holders:
    """The documents of a row of places; nothing of it changes."""

    def __init__(self, starts: Numbers, end: int) -> None:
        """Take where each document begins, in order, and where the last one ends."""
        self._nexts = np.append(starts[1:], end)
        begins = np.arange(0, end + 1, _SIZE)
        holder = np.searchsorted(starts, begins, "right") - 1
        after = np.append(self._nexts, [end, end])[np.maximum(holder, 0)]
        border = np.where(after < begins + _SIZE, after - begins, _NO_BORDER)
        ends = np.searchsorted(starts, begins + _SIZE, "left") - 1  # who holds the last place
        # a block in which several begin has a number below 0
        self._holder = np.where(ends > holder + 1, ~holder, holder).astype(np.int32)
        self._border: npt.NDArray[np.uint8] = border.astype(np.uint8)

    def of(self, places: Numbers) -> Numbers:
        """Return the number of the document that holds each place."""
        # `take` is asked in place of brackets: it costs two thirds
        block = places >> _BITS
        found: Numbers = self._holder.take(block).astype(np.int64)
        unclear = np.flatnonzero(found < 0)
        before = ~found.take(unclear)
        found += (places & (_SIZE - 1)) >= self._border.take(block)
        if len(unclear):
            found[unclear] = self._looked_up(places.take(unclear), before)
        return found

    def _looked_up(self, places: Numbers, found: Numbers) -> Numbers:
        """Return the documents of some places, from one on that begins before each."""
        behind = np.flatnonzero(self._nexts.take(found) <= places)
        while len(behind):
            found[behind] += 1
            further = self._nexts.take(found.take(behind)) <= places.take(behind)
            behind = behind.take(np.flatnonzero(further))
        return found
