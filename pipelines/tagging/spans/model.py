"""Fitted models in, their weights out: what CRFsuite writes, read as arrays.

CRFsuite's own reader wants each word as a list of strings and looks every one up, for every word
and model anew, which was two fifths of the time of finding names. Its file is simple (`crf1dm` in
its source): a header, the weights, the labels, the attributes. `labels` gives what CRFsuite's own
tagger gives; a test compares them.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.tagging.spans.best_path import best_path

Numbers = npt.NDArray[np.float64]
_HEADER = struct.Struct("<4sI4s9I")  # mark, size, kind, version, 3 counts, 5 places
_STRINGS = struct.Struct("<4s5I")  # mark, size, flag, order of bytes, length and place of the index
_LENGTH = struct.Struct("<II")  # of one string: its number, its bytes with the 0 at the end
_WEIGHTS = struct.Struct("<4sII")
_WEIGHT = np.dtype([("moves", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])


@dataclass(frozen=True, slots=True)
class Model:
    """A linear-chain conditional random field."""

    names: tuple[str, ...]  # of the labels
    attributes: Mapping[str, int]  # by name, the row in `weights`
    weights: Numbers  # of attributes for labels
    moves: Numbers  # from a label to the next

    def labels(self, features: Sequence[Sequence[Sequence[str]]]) -> list[list[str]]:
        """Return the label of each word of each sentence: "O", or "B-" or "I-" and a kind."""
        lengths = [len(words) for words in features]
        scores = np.zeros((sum(lengths), len(self.names)))
        for place, told in enumerate(told for words in features for told in words):
            rows = [self.attributes[one] for one in told if one in self.attributes]
            scores[place] = self.weights[rows].sum(axis=0)
        best = iter(best_path(scores, lengths, self.moves))
        return [[self.names[next(best)] for _ in words] for words in features]


def read_model(content: bytes) -> Model:
    """Return the model whose file holds `content`."""
    _, _, _, _, _, count, attributes, at_weights, at_labels, at_attributes, *_ = (
        _HEADER.unpack_from(content)
    )
    names = _strings(content, at_labels, count)
    known = _strings(content, at_attributes, attributes)
    _, _, size = _WEIGHTS.unpack_from(content, at_weights)
    rows = np.frombuffer(content, _WEIGHT, size, at_weights + _WEIGHTS.size)
    moves, states = rows[rows["moves"] == 1], rows[rows["moves"] == 0]
    weights, between = np.zeros((attributes, count)), np.zeros((count, count))
    weights[states["source"], states["target"]] = states["weight"]
    between[moves["source"], moves["target"]] = moves["weight"]
    return Model(tuple(names), {name: row for row, name in enumerate(known)}, weights, between)


def _strings(content: bytes, start: int, count: int) -> list[str]:
    """Return the first `count` strings of a table in order of their numbers."""
    index = _STRINGS.unpack_from(content, start)[-1]
    found = []
    for place in struct.unpack_from(f"<{count}I", content, start + index):
        first = start + place + _LENGTH.size
        _, size = _LENGTH.unpack_from(content, start + place)
        found.append(content[first : first + size - 1].decode())
    return found
