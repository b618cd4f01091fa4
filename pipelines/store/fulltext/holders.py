"""Where documents begin in, which of them holds a place out.

It is asked of every place of a search, so it is answered by blocks of places: of each block is
known which document holds its first place, and how far along another begins, if one does. Two
numbers a block are taken and compared for a place, a third of what looking among all documents
takes. Where more than one document begins in a block, the places are looked at one by one.
"""

import numpy as np

from pipelines.store.fulltext.codec import Numbers

_BITS = 7
_SIZE = 1 << _BITS  # places of a block
_NO_BORDER = 255


class Holders:
    """The documents of a row of places; nothing of it changes."""

    def __init__(self, starts: Numbers, end: int) -> None:
        """Take where each document begins, in order, and where the last one ends."""
        self._nexts = np.append(starts[1:], end)
        block = starts >> _BITS
        begun = np.bincount(block, minlength=(end >> _BITS) + 1)
        before = np.cumsum(begun) - begun  # documents that begin before each block
        # a block in which several begin has a number below 0
        self._before = np.where(begun > 1, ~before, before).astype(np.int32)
        self._border = np.full(len(before), _NO_BORDER, np.uint8)
        self._border[block[::-1]] = starts[::-1] & (_SIZE - 1)  # the first of each block comes last

    def of(self, places: Numbers) -> Numbers:
        """Return the number of the document that holds each place."""
        # `take` is asked in place of brackets: it costs two thirds
        block = places >> _BITS
        found: Numbers = self._before.take(block).astype(np.int64)
        unclear = np.flatnonzero(found < 0)
        before = np.maximum(~found.take(unclear) - 1, 0)
        found += (places & (_SIZE - 1)) >= self._border.take(block)
        found -= 1
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
