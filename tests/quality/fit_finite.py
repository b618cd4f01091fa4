"""Fit the model of finite verbs: GMB's parts of speech in, two tables of `names/` out.

Usage: python -m tests.quality.fit_finite ../shared/data

`finite_forms.csv` has the forms that GMB has three times and that are finite verbs now and then, or
end like verbs; `finite_weights.csv` the weights of a logistic regression (Adam, four rounds, seed
1). Printed are precision and recall on every fifth sentence, which the fit of the print leaves out.
The same data make the same files.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

from pipelines.article import Zone
from pipelines.querylang import tokens
from pipelines.tagging.gazetteer import Line
from pipelines.tagging.quotes import finite
from tests.quality.names_corpora import running

FOLDER = Path("pipelines/tagging/names")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_STEPS = (
    0.01,
    0.05,
    0.15,
    0.3,
    0.45,
    0.6,
    0.75,
    0.9,
    0.97,
)  # shares at which the next grade begins
_FEWEST = 3
_LEAST = 0.05  # of a weight that is kept
Sentence = tuple[Line, list[bool]]


def sentences(data: Path) -> Iterator[Sentence]:
    """Yield each sentence of GMB once, as a line, and which of its words are finite verbs."""
    path = data / "entities" / "ner" / "gmb" / "ner_dataset.csv.zip"
    with zipfile.ZipFile(path) as archive:
        raw = archive.read("ner_dataset.csv").decode("latin-1")
    read: list[list[tuple[str, str]]] = []
    for row in csv.DictReader(io.StringIO(raw)):
        if row["Sentence #"]:
            read.append([])
        label = "B-V" if row["POS"] in _FINITE else "O"
        read[-1].append((row["Word"], label))
    for one in dict.fromkeys(tuple(tagged) for tagged in read):
        text, verbs = running([one])
        starts = {start for start, _, _ in verbs}
        words = tokens(text)
        forms = [word.form for word in words]
        line = Line(text, 0, Zone.BODY, words, no_capitals=False, all_capitals=False, forms=forms)
        yield line, [word.start in starts for word in line.words]


def grades(read: Sequence[Sentence]) -> dict[str, str]:
    """Return the grade of each form that is worth a row."""
    seen: dict[str, list[int]] = {}
    for line, labels in read:
        for word, label in zip(line.words, labels, strict=True):
            counts = seen.setdefault(word.form, [0, 0])
            counts[0] += label
            counts[1] += 1
    found = {}
    for form, (verbs, number) in sorted(seen.items()):
        grade = sum(verbs / number >= step for step in _STEPS)
        ends = finite.grade_of(form) != "none"
        if number >= _FEWEST and form.isalpha() and (grade or ends):
            found[form] = str(grade)
    return found


def fit(read: Sequence[Sentence]) -> dict[str, float]:
    """Return the weights of the features, those that are next to nothing left out."""
    places: dict[str, int] = {}
    rows, labels = [], []
    for line, verbs in read:
        for word, verb in enumerate(verbs):
            named = finite.features(*finite.surroundings(line, word))
            rows.append([places.setdefault(name, len(places)) for name in named])
            labels.append(verb)
    weights = _descend(np.array(rows), np.array(labels, dtype=float), len(places))
    return {name: weights[place] for name, place in places.items() if abs(weights[place]) > _LEAST}


def _descend(rows: np.ndarray, labels: np.ndarray, size: int) -> np.ndarray:
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    draw = np.random.default_rng(1)
    step = 0
    for _ in range(4):
        order = draw.permutation(len(rows))
        for first in range(0, len(rows), 4096):
            some = order[first : first + 4096]
            off = 1 / (1 + np.exp(-weights[rows[some]].sum(1))) - labels[some]
            slope = np.bincount(rows[some].ravel(), np.repeat(off, rows.shape[1]), size)
            slope = slope / len(some) + 1e-6 * weights
            step += 1
            mean = 0.9 * mean + 0.1 * slope
            square = 0.999 * square + 0.001 * slope**2
            size_now = 0.03 / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            weights -= size_now * mean / (1 - 0.9**step)
    return weights


def _with(table: dict[str, str]) -> object:
    return patch.object(finite, "_grades", lambda: table)


def main(data: Path) -> None:
    """Print how well it does on sentences left out, then write the tables of all."""
    read = list(sentences(data))
    kept = [one for number, one in enumerate(read) if number % 5]
    with patch.object(finite, "_grades", dict):
        known = grades(kept)
    with _with(known):
        weights = fit(kept)
        right = taken = true = 0
        for line, verbs in read[::5]:
            for word, verb in enumerate(verbs):
                score = sum(
                    weights.get(one, 0.0)
                    for one in finite.features(*finite.surroundings(line, word))
                )
                taken, true, right = taken + (score > 0), true + verb, right + (verb and score > 0)
        print(f"left out: precision {right / taken:.4f}, recall {right / true:.4f}")
    with patch.object(finite, "_grades", dict):
        known = grades(read)
    with _with(known):
        weights = fit(read)
    _write("finite_forms.csv", ("form", "grade"), sorted(known.items()))
    rounded = sorted((name, f"{weight:.2f}") for name, weight in weights.items())
    _write("finite_weights.csv", ("feature", "weight"), rounded)
    print(f"{len(known)} forms, {len(rounded)} weights")


def _write(name: str, columns: tuple[str, str], rows: Sequence[tuple[str, str]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerows([columns, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
