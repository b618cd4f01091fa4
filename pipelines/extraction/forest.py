"""Weigh rows of numbers by decision trees: rows in, log odds out.

A tree asks three questions, "is this feature above that threshold?", and which one comes next
depends on the answers so far: of question n, question 2n follows a no and 2n + 1 a yes. All trees
have the same shape, so that all rows and trees are weighed at once. A forest is a CSV file: one
tree a line, its seven questions (`feature > threshold`), then the log odds of its eight leaves. A
file of several forests has a line with name and first log odds before the trees of each.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DEPTH = 3  # questions on the way to a leaf
_NODES = 2**DEPTH - 1
Rows = Sequence[Sequence[float]] | NDArray[np.float64]
_AT_ONCE = 1000  # rows; more would take a gigabyte on the longest pages


@dataclass(frozen=True, slots=True)
class Tree:
    """Questions, each a feature and a threshold, and what their answers are worth."""

    features: tuple[str, ...]
    thresholds: tuple[float, ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees laid out as arrays."""

    columns: NDArray[np.intp]  # trees x questions: which feature is asked
    thresholds: NDArray[np.float64]
    leaves: NDArray[np.float64]  # trees x leaves
    start: float  # log odds before any question

    def log_odds(self, rows: Rows) -> list[float]:
        """Return the log odds of each row."""
        odds: list[float] = []
        for at in range(0, len(rows), _AT_ONCE):
            odds += self._of_some(rows[at : at + _AT_ONCE])
        return odds

    def _of_some(self, rows: Rows) -> list[float]:
        # Features are rows here, since whole rows are copied several times as fast as columns.
        asked = np.asarray(rows).T[self.columns]  # trees x questions x rows
        above = asked > self.thresholds[:, :, np.newaxis]
        tree, row = np.ogrid[: len(self.leaves), : len(rows)]
        question = 2 + above[:, 0]
        for _ in range(DEPTH - 1):
            question = 2 * question + above[tree, question - 1, row]
        leaves = self.leaves[tree, question - _NODES - 1]
        found: list[float] = (leaves.sum(axis=0) + self.start).tolist()
        return found


def make_forest(trees: Sequence[Tree], start: float, features: Sequence[str]) -> Forest:
    """Return the trees as a forest for rows in the order of `features`."""
    place = {name: number for number, name in enumerate(features)}
    columns = [[place[name] for name in tree.features] for tree in trees]
    return Forest(
        np.array(columns, dtype=np.intp).reshape(len(trees), _NODES),
        np.array([tree.thresholds for tree in trees]).reshape(len(trees), _NODES),
        np.array([tree.leaves for tree in trees]).reshape(len(trees), _NODES + 1),
        start,
    )


def read_forest(path: Path, features: Sequence[str]) -> Forest:
    """Return the forest of a CSV file; its first line is the log odds before any question."""
    with path.open(encoding="utf-8", newline="") as file:
        first, *lines = csv.reader(file)
    return make_forest([_tree(line) for line in lines], float(first[0]), features)


def read_forests(path: Path, features: Sequence[str]) -> dict[str, Forest]:
    """Return the forests of a CSV file by their names."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    found: dict[str, list[list[str]]] = {}
    starts: dict[str, float] = {}
    name = ""
    for line in lines:
        if len(line) == 2:
            name, starts[line[0]] = line[0], float(line[1])
            found[name] = []
        else:
            found[name].append(line)
    return {
        name: make_forest([_tree(line) for line in trees], starts[name], features)
        for name, trees in found.items()
    }


def _tree(line: Sequence[str]) -> Tree:
    asked = [question.rpartition(" > ") for question in line[:_NODES]]
    return Tree(
        tuple(name for name, _, _ in asked),
        tuple(float(threshold) for _, _, threshold in asked),
        tuple(map(float, line[_NODES:])),
    )


def write_forest(path: Path, trees: Sequence[Tree], start: float) -> None:
    """Write a CSV file that `read_forest` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([start])
        rows.writerows(map(_row, trees))


def write_forests(path: Path, forests: Mapping[str, tuple[Sequence[Tree], float]]) -> None:
    """Write a CSV file that `read_forests` reads: trees and first log odds by name."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        for name, (trees, start) in forests.items():
            rows.writerow([name, start])
            rows.writerows(map(_row, trees))


def _row(tree: Tree) -> list[str | float]:
    asked = zip(tree.features, tree.thresholds, strict=True)
    return [*(f"{name} > {least}" for name, least in asked), *tree.leaves]
