"""Fit trees that choose among several classes: rows and classes in, one list of trees a class out.

Gradient boosting with Newton's steps on the softmax (Friedman, 2001): trees are added one by one,
each fitted to what those before it left wrong, for one class after the other. A tree asks three
questions of a share of the features, and is fitted to a share of the rows, drawn for it (Friedman,
2002). Thresholds cut the values of a feature into up
to sixteen parts, so that a question is chosen from sums by part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.forest import DEPTH, Forest, Tree, make_forest

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Parts = NDArray[np.uint8]
Cuts = Sequence[Numbers]
_CUTS = 15
_PENALTY = 5.0
_LEAST = 1e-4  # bend of a row, as a share of its weight, below which it has nothing left to teach


@dataclass(frozen=True, slots=True)
class Boosting:
    """Trees a class, how much of its answer a tree gives, what share of features it may ask.

    `rows` is the share of the rows that the trees of one round are fitted to.
    """

    trees: int
    pace: float
    share: float
    rows: float = 1.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """The trees of each class, and its log odds before them."""

    trees: list[list[Tree]]
    starts: list[float]
    features: tuple[str, ...]

    def forests(self) -> list[Forest]:
        """Return the trees as they are used."""
        pairs = zip(self.trees, self.starts, strict=True)
        return [make_forest(trees, start, self.features) for trees, start in pairs]


def fit_classes(
    rows: Numbers, classes: Places, weight: Numbers, features: tuple[str, ...], how: Boosting
) -> Fitted:
    """Return the trees that tell the classes of rows, numbered from 0; drawn by a fixed seed."""
    cuts = cuts_of(rows)
    parts = np.stack([np.searchsorted(cuts[f], rows[:, f]) for f in range(rows.shape[1])])
    fitting = _Fitting(parts.astype(np.uint8), cuts, features, how)
    weight = weight / weight.mean()
    n_classes = int(classes.max()) + 1
    shares = np.bincount(classes, weight, n_classes) / weight.sum()
    starts = np.round(np.log(shares + 1e-9), 3)
    odds = np.tile(starts, (len(classes), 1))
    right = np.eye(n_classes)[classes]
    drawn = np.random.default_rng(0)
    trees: list[list[Tree]] = [[] for _ in range(n_classes)]
    for _ in range(how.trees):
        likely = np.exp(odds - odds.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        some = drawn.random(len(classes)) < how.rows
        for k in range(n_classes):
            slope = weight * (right[:, k] - likely[:, k])
            bend = weight * likely[:, k] * (1 - likely[:, k])
            tree, given = fitting.tree(slope, bend, some & (bend > _LEAST * weight), drawn)
            trees[k].append(tree)
            odds[:, k] += given
    return Fitted(trees, starts.tolist(), features)


def cuts_of(rows: Numbers) -> list[Numbers]:
    """Return up to fifteen places that cut the values of each feature into equal parts."""
    found = []
    for column in rows.T:
        values = np.unique(column)
        places = (values[:-1] + values[1:]) / 2
        if len(values) > _CUTS:
            places = np.unique(np.quantile(column, np.linspace(0, 1, _CUTS + 2)[1:-1]))
        # As they are written down, so that who reads them asks the same.
        rounded = np.unique(np.round(places, 3))
        found.append(rounded[rounded < values[-1]])
    return found


@dataclass(frozen=True, slots=True)
class _Fitting:
    """The parts that the values of rows are in, features by rows, and where the parts end."""

    parts: Parts
    cuts: Cuts
    features: tuple[str, ...]
    how: Boosting

    def tree(
        self, slope: Numbers, bend: Numbers, used: NDArray[np.bool_], drawn: np.random.Generator
    ) -> tuple[Tree, Numbers]:
        """Return the tree that fits these slopes best, and what it gives each row."""
        able = [f for f in range(len(self.features)) if len(self.cuts[f])]
        chosen = np.sort(drawn.choice(able, max(int(len(able) * self.how.share), 1), replace=False))
        rows = np.flatnonzero(used)
        some = self.parts[chosen][:, rows]
        asked: list[tuple[int, int]] = []
        leaf = np.zeros(len(rows), dtype=np.intp)
        for depth in range(DEPTH):
            best = _questions(some, leaf, 1 << depth, slope[rows], bend[rows])
            questions = [(int(chosen[f]), part) for f, part in best]
            asked += questions
            leaf = _next(self.parts[:, rows], leaf, questions)
        leaves = 1 << DEPTH
        slopes, bends = (np.bincount(leaf, x[rows], leaves) for x in (slope, bend))
        worth = np.round(self.how.pace * slopes / (bends + _PENALTY), 3)
        return self._written(asked, worth), worth[self._leaf_of_all(asked)]

    def _leaf_of_all(self, asked: Sequence[tuple[int, int]]) -> Places:
        leaf = np.zeros(self.parts.shape[1], dtype=np.intp)
        for depth in range(DEPTH):
            leaf = _next(self.parts, leaf, asked[(1 << depth) - 1 : (2 << depth) - 1])
        return leaf

    def _written(self, asked: Sequence[tuple[int, int]], worth: Numbers) -> Tree:
        return Tree(
            tuple(self.features[feature] for feature, _ in asked),
            tuple(float(self.cuts[feature][part]) for feature, part in asked),
            tuple(worth.tolist()),
        )


def _questions(
    parts: Parts, node: Places, n_nodes: int, slope: Numbers, bend: Numbers
) -> list[tuple[int, int]]:
    """Return for each node the feature and part after which to cut, by place among `parts`."""
    best = np.full(n_nodes, -1.0)
    asked = [(0, 0)] * n_nodes
    width = _CUTS + 1
    for feature, part in enumerate(parts):
        cell = node * width + part
        slopes, bends = (
            np.bincount(cell, x, n_nodes * width).reshape(n_nodes, width).cumsum(axis=1)
            for x in (slope, bend)
        )
        last = max(int(part.max()) if len(part) else 0, 1)  # a cut after the last part cuts nothing
        no = slopes[:, :last] ** 2 / (bends[:, :last] + _PENALTY)
        yes = (slopes[:, -1:] - slopes[:, :last]) ** 2
        gain = no + yes / (bends[:, -1:] - bends[:, :last] + _PENALTY)
        at = gain.argmax(axis=1)
        for n in range(n_nodes):
            if gain[n, at[n]] > best[n]:
                best[n], asked[n] = gain[n, at[n]], (feature, int(at[n]))
    return asked


def _next(parts: Parts, node: Places, asked: Sequence[tuple[int, int]]) -> Places:
    """Return the node of each row after its question: twice the number, and one more for a yes."""
    features = np.array([feature for feature, _ in asked])
    after = np.array([part for _, part in asked])
    rows = np.arange(parts.shape[1])
    return 2 * node + (parts[features[node], rows] > after[node])
