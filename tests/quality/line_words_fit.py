"""Fit the numbers of hashed words that tell zones: lines with zones in, numbers out.

Softmax regression by AdaGrad (Duchi, Hazan and Singer, 2011): a line's odds are the sums of its
places' numbers over the square root of how many they are, as `lines/words.py` scores it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.lines.words import PLACES, ZONES

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
_ROUNDS = 3
_AT_ONCE = 512
_PACE = 0.3
_SHRINK = 2e-6
_FIRST = 0.01  # of squared slopes, so that the first step is no leap


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """The lines of one dump: places of their words, true zones by number, weights."""

    places: Sequence[Sequence[int]]
    true: Places
    weight: Numbers


def fit_words(dumps: Sequence[Said]) -> Numbers:
    """Return a number for each place and each zone but the last, against which they are weighed."""
    lines = [line for dump in dumps for line in dump.places]
    true = np.concatenate([dump.true for dump in dumps])
    weight = np.sqrt(np.concatenate([dump.weight for dump in dumps]))
    weight /= weight.mean()
    numbers = np.zeros((PLACES, len(ZONES)))
    seen = np.full(numbers.shape, _FIRST)
    order = list(range(len(lines)))
    for round_ in range(_ROUNDS):
        Random(round_).shuffle(order)
        for at in range(0, len(order), _AT_ONCE):
            some = order[at : at + _AT_ONCE]
            _step(numbers, seen, [lines[n] for n in some], true[some], weight[some])
    return numbers[:, :-1] - numbers[:, -1:]


def _step(
    numbers: Numbers,
    seen: Numbers,
    lines: Sequence[Sequence[int]],
    true: Places,
    weight: Numbers,
) -> None:
    """Move the numbers a step towards what is right."""
    sizes = np.array([len(line) for line in lines])
    row = np.repeat(np.arange(len(lines)), sizes)
    place = np.fromiter(chain.from_iterable(lines), dtype=np.intp, count=int(sizes.sum()))
    share = 1 / np.sqrt(np.maximum(sizes, 1))
    wrong = _likely(_sums(row, numbers[place], len(lines)) * share[:, np.newaxis])
    wrong[np.arange(len(lines)), true] -= 1
    wrong *= (weight * share)[:, np.newaxis] / _AT_ONCE
    touched, where = np.unique(place, return_inverse=True)
    slope = _sums(where, wrong[row], len(touched)) + _SHRINK * numbers[touched]
    seen[touched] += slope**2 * _AT_ONCE
    numbers[touched] -= _PACE * slope * np.sqrt(_AT_ONCE) / np.sqrt(seen[touched])


def _sums(groups: Places, rows: Numbers, n: int) -> Numbers:
    """Return the sums of the rows of each group."""
    return np.stack([np.bincount(groups, column, n) for column in rows.T], axis=1)


def _likely(odds: Numbers) -> Numbers:
    likely = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True))
