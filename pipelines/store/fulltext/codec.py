"""Sorted lists of positions in, packed bytes out, and back; many lists at a time.

Each list is coded after Elias and Fano: of every number the low bits as they are, the high bits as
a row of ones, each as far along as its number is high. That takes about two bits and the logarithm
of the mean distance for a number. How many low bits there are follows from the length of the list
and the universe its numbers are below, so only lengths are kept. Every list begins at a byte.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int64]
Bytes: TypeAlias = npt.NDArray[np.uint8]

PADDING = 8  # bytes behind the low bits, since they are read eight bytes at a time


class Layout(NamedTuple):
    """For each list: low bits of a number, bytes of all low bits, bytes of the high bits."""

    widths: Numbers
    low_bytes: Numbers
    high_bytes: Numbers


def layout(counts: Numbers, universe: int) -> Layout:
    """Return how lists of these lengths, with numbers below `universe`, are laid out."""
    mean = np.maximum(universe // np.maximum(counts, 1), 1)
    widths = np.frexp(mean.astype(np.float64))[1].astype(np.int64) - 1
    low_bytes = (counts * widths + 7) >> 3
    high_bytes = (counts + (universe >> widths) + 1 + 7) >> 3
    return Layout(widths, low_bytes, high_bytes)


def _before(sizes: Numbers) -> Numbers:
    """Return for each size the sum of those before it."""
    return np.cumsum(sizes) - sizes


def _ranks(counts: Numbers, total: int) -> Numbers:
    """Return for every number its place in its own list."""
    return np.arange(total) - np.repeat(_before(counts), counts)


def encode(values: Numbers, counts: Numbers, universe: int) -> tuple[Bytes, Bytes]:
    """Return the low and the high bytes of lists that stand end to end in `values`."""
    widths, low_bytes, high_bytes = layout(counts, universe)
    ranks = _ranks(counts, len(values))
    width = np.repeat(widths, counts)
    at = np.repeat(_before(low_bytes) * 8, counts) + ranks * width
    low = _packed(values & ((1 << width) - 1), at, int(low_bytes.sum()))
    ones = np.repeat(_before(high_bytes) * 8, counts) + (values >> width) + ranks
    bits = np.zeros(int(high_bytes.sum()) * 8, np.uint8)
    bits[ones] = 1
    return low, np.packbits(bits, bitorder="little")


def _packed(values: Numbers, at: Numbers, size: int) -> Bytes:
    """Return `size` bytes with each value written from bit `at` on; none overlap."""
    shifted = values << (at & 7)
    whole = np.zeros(size, np.int64)
    for byte in range(5):  # a value of up to 32 bits, shifted by up to 7, touches five
        part = (shifted >> (8 * byte)) & 255
        here = np.flatnonzero(part)
        if len(here):
            # sums of bytes that share no bit are exact as floats
            sums = np.bincount((at[here] >> 3) + byte, weights=part[here], minlength=size)
            whole += sums.astype(np.int64)
    return whole.astype(np.uint8)


def decode(
    low: Bytes, high: Bytes, counts: Numbers, universe: int, *, low_at: int = 0, high_at: int = 0
) -> Numbers:
    """Return the lists, end to end, that lie one behind the other from `low_at` and `high_at` on.

    `low` has `PADDING` bytes at its end.
    """
    widths, low_bytes, high_bytes = layout(counts, universe)
    total = int(counts.sum())
    bits = np.unpackbits(high[high_at : high_at + int(high_bytes.sum())], bitorder="little")
    ones: Numbers = np.flatnonzero(bits)
    words: npt.NDArray[np.uint64] = np.ndarray(
        (len(low) - PADDING + 1,), "<u8", buffer=low, strides=(1,)
    )
    if len(counts) == 1:  # most often; no list has to be told from the next
        ranks, width = np.arange(total), widths
        at = ranks * width + low_at * 8
        highs = ones - ranks
    else:
        ranks, width = _ranks(counts, total), np.repeat(widths, counts)
        at = np.repeat((low_at + _before(low_bytes)) * 8, counts) + ranks * width
        highs = ones - np.repeat(_before(high_bytes) * 8, counts) - ranks
    lows = (words[at >> 3] >> (at & 7).view(np.uint64)).view(np.int64) & ((1 << width) - 1)
    found: Numbers = (highs << width) | lows
    return found
