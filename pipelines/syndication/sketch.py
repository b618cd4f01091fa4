"""Words in, a sketch out: a small sample of a text's word sequences, the same in every run.

Every sequence of four words has a 32-bit hash. The sketch keeps the distinct sequences whose hash
lies below a limit, and for each its place in the text. The limit is 1/16 of the range, doubled
until at least 32 sequences are kept or all are. As the choice rests on the hash alone, two texts
keep the same of what they share, and the part kept of the shared sequences tells how much they
share, in each of the two (Broder 1997, sampling modulo m). A signature of minima tells only the
likeness of the whole, in which a text cut to a third is hardly like the full one.

The hash of a word is xxHash's, whose values are fixed by its specification; all that follows is
written here. Where any of it changes, `METHOD` must too: stored sketches are then made anew.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_intdigest

from pipelines.article import Sketch

METHOD = 1
PLACES = 256  # a place is told in so many parts of the text
_SEQUENCE = 4
_LEAST, _SPARSEST = 32, 4  # 62 sequences on average, on articles of 780 words
_FACTORS = [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93]
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)


def sketch_of(words: Sequence[str]) -> Sketch:
    """Return the sketch of a text of at least four words."""
    hashes = _sequences(words)
    _, first = np.unique(hashes, return_index=True)
    distinct = hashes[np.sort(first)]
    for level in range(_SPARSEST, -1, -1):
        kept = np.flatnonzero(distinct <= limit(level))
        if len(kept) >= _LEAST or not level:
            break
    places = (kept * PLACES // len(distinct)).astype(np.uint8)
    hashes = distinct[kept].astype("<u4")
    return Sketch(len(distinct), level, hashes.tobytes(), places.tobytes())


def limit(level: int) -> int:
    """Return the highest hash that a sketch of this level keeps."""
    return (1 << (32 - level)) - 1


def _sequences(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the hashes of all sequences of four words, in order."""
    single = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    count = len(words) - _SEQUENCE + 1
    mixed = np.zeros(count, np.uint64)
    for offset, factor in enumerate(_FACTORS):
        mixed += single[offset : offset + count] * np.uint64(factor)  # wraps at 64 bits, as meant
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"))
