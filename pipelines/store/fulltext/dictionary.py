"""The keys of a segment in order in, the place of a key's list of positions out.

Keys stand end to end in one file. Where each 64th begins, in it and in the files of positions, is
kept; what lies between follows from the lengths of keys and lists.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.store.fulltext.codec import Numbers, layout

BLOCK = 64  # keys
_MOST_KNOWN = 1_024  # blocks, some 4 MB


class Place(NamedTuple):
    """Where lists lie: the first list's bytes in both files, and the length of each list."""

    low_at: int
    high_at: int
    counts: Numbers


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The keys of one segment; `universe` is what its positions are below."""

    text: bytes | memoryview  # all keys
    lengths: npt.NDArray[np.uint16]
    counts: npt.NDArray[np.uint32]
    blocks: Numbers  # one row a block: offsets into the keys, the low and the high bytes
    firsts: list[bytes]  # the first key of each block
    universe: int
    _known: dict[int, list[bytes]] = field(default_factory=dict)  # keys of blocks asked for

    def first_from(self, key: bytes) -> int:
        """Return the number of the first key that is not before `key`."""
        return self._search(key)[0]

    def find(self, key: bytes) -> int:
        """Return the number of a key, -1 where it is not there."""
        number, found = self._search(key)
        return number if found == key else -1

    def _search(self, key: bytes) -> tuple[int, bytes | None]:
        """Return the number of the first key not before `key`, and that key if its block has it."""
        block = max(bisect_right(self.firsts, key) - 1, 0)
        if block >= len(self.firsts):
            return 0, None
        inside = self._known.get(block)
        if inside is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            inside = self._known[block] = self._keys_of(block)
        place = bisect_left(inside, key)
        return block * BLOCK + place, inside[place] if place < len(inside) else None

    def keys(self) -> Iterable[bytes]:
        """Yield all keys in order."""
        for block in range(len(self.blocks)):
            yield from self._keys_of(block)

    def _keys_of(self, block: int) -> list[bytes]:
        sizes = self.lengths[block * BLOCK : (block + 1) * BLOCK].tolist()
        ends = list(accumulate(sizes, initial=int(self.blocks[block, 0])))
        text = bytes(self.text[ends[0] : ends[-1]])
        return [text[a - ends[0] : b - ends[0]] for a, b in pairwise(ends)]

    def place(self, first: int, last: int) -> Place:
        """Return where the lists of the keys from `first` to before `last` lie."""
        block = first // BLOCK
        before = layout(self.counts[block * BLOCK : first].astype(np.int64), self.universe)
        return Place(
            int(self.blocks[block, 1]) + int(before.low_bytes.sum()),
            int(self.blocks[block, 2]) + int(before.high_bytes.sum()),
            self.counts[first:last].astype(np.int64),
        )


def first_keys(
    text: bytes | memoryview, lengths: npt.NDArray[np.uint16], blocks: Numbers
) -> list[bytes]:
    """Return the first key of each block."""
    sizes = lengths[::BLOCK].tolist()
    return [bytes(text[at : at + n]) for at, n in zip(blocks[:, 0].tolist(), sizes, strict=True)]


def blocks_of(lengths: Numbers, counts: Numbers, universe: int) -> Numbers:
    """Return the rows of `Dictionary.blocks` for all keys of a segment."""
    _, low_bytes, high_bytes = layout(counts, universe)
    columns = [(np.cumsum(sizes) - sizes)[::BLOCK] for sizes in (lengths, low_bytes, high_bytes)]
    return np.stack(columns, axis=1)
