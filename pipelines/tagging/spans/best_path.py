"""Scores of labels for words in, the best labels of each sentence out (Viterbi, 1967).

All sentences of a document are read at once: their first words, then their second words, and so on,
so that numpy has enough to do at a step.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


def best_path(scores: Numbers, lengths: Sequence[int], moves: Numbers) -> list[int]:
    """Return the number of the best label of each word.

    `scores` is words by labels, one sentence after the other, each of at least one word; `lengths`
    are those of the sentences; `moves` says what it is worth to go from a label to another. Of two
    labels that are worth the same the first is taken, as CRFsuite does.
    """
    if not lengths:
        return []
    order, alive = _by_steps(np.array(lengths))
    worth = _worth(np.ascontiguousarray(scores[order].T), alive, moves)
    first = alive[0]  # words with none before them
    before = np.arange(first, len(order)) - np.repeat(np.array(alive[:-1], dtype=int), alive[1:])
    came_from = (worth[:, None, before] + moves[:, :, None]).argmax(axis=0).tolist()
    label = worth.argmax(axis=0).tolist()  # right for the last word of a sentence
    rows = zip(range(len(order) - 1, first - 1, -1), reversed(before.tolist()), strict=True)
    for row, earlier in rows:
        label[earlier] = came_from[label[row]][row - first]
    best = np.empty(len(order), dtype=np.intp)
    best[order] = label
    return best.tolist()


def _by_steps(sizes: Places) -> tuple[Places, list[int]]:
    """Return the places of the words in the order they are read, and how many are at each step."""
    longest_first = np.argsort(-sizes, kind="stable")  # so that those not at their end are first
    starts, ends = (np.cumsum(sizes) - sizes)[longest_first], sizes[longest_first]
    steps = np.arange(ends[0])[:, None]
    going = steps < ends
    return (starts + steps)[going], going.sum(axis=1).tolist()


def _worth(scores: Numbers, alive: Sequence[int], moves: Numbers) -> Numbers:
    """Return what the best path to each word is worth, by the label at its end.

    `scores` is labels by words, and is lost.
    """
    into, start = np.ascontiguousarray(moves[:, :, None]), 0
    for count, stop in zip(alive[1:], np.cumsum(alive[:-1]).tolist(), strict=True):
        scores[:, stop : stop + count] += np.maximum.reduce(
            scores[:, None, start : start + count] + into
        )
        start = stop
    return scores
