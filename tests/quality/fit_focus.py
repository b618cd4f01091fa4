"""Fit what tells the countries an article is about beside its main one: labels in, a table out.

Usage: python -m tests.quality.fit_focus [../shared/data]      (about half a minute)

The texts are those of our gold that are not to test with, and the open half of those labelled for
their main country. A logistic regression (Newton's steps, penalty 2 on what is drawn to one spread)
says how likely each other country of a text is among the labelled ones. First it is fitted five
times without a tenth of the texts and asked of it, and F1 of the set is printed beside that of the
table in force; then `names/about_weights.csv` is written. The same data make the same file.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipelines.article import Article
from pipelines.tagging import find_mentions, make_taggers
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.focus import FocusTagger, about_weights, beside, describe, states_of
from tests.quality.countries import CountryScore, f1, news
from tests.quality.main_country import PAGES, TEXTS, labelled
from tests.quality.news_agreement import GOLD

TABLE = Path("pipelines/tagging/names/about_weights.csv")
_PENALTY = 2.0
_PARTS = 10
_SHUFFLINGS = 5
_STEPS = 25
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A text: what it is about, its main country as found, and what is told of each other one."""

    name: str
    about: tuple[str, ...]
    main: str
    told: Mapping[str, Mapping[str, float]]


def read_texts(data: Path) -> Iterator[Read]:
    """Yield what the texts to fit on are about, and what is told of the countries they name."""
    splits = {
        row["id"]: row["split"]
        for row in json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
    }
    taggers, focus = make_taggers(()), FocusTagger(states_of(read_entities()))

    def read(name: str, article: Article, about: Sequence[str]) -> Read:
        named = focus.evidence(article, find_mentions(article, taggers))
        main = focus.main_of(article, named)
        others = (code for code in named if main and code != main)
        told = {code: describe(article, named, main, code) for code in others}
        return Read(name, tuple(about), main, told)

    for one in news(data):
        if splits[one.id] != "test":
            yield read(one.id, one.article, one.about or ())
    for row, article in labelled(data, "open", (*TEXTS, *PAGES), 1):
        yield read(row["id"], article, row["about"])


def fit(texts: Sequence[Read]) -> dict[str, float]:
    """Return the weights of what is told, rounded as they are written."""
    told = [(one, code) for one in texts for code in one.told]
    features = list(told[0][0].told[told[0][1]])
    rows = np.array([[one.told[code][name] for name in features] for one, code in told])
    right = np.array([code in one.about for one, code in told], dtype=float)
    spread = np.where(np.ptp(rows, axis=0) > 0, rows.std(axis=0), 1.0)
    weights = _newton(rows / spread, right) / spread
    return {name: round(float(weight), 2) for name, weight in zip(features, weights, strict=True)}


def _newton(rows: Numbers, right: Numbers) -> Numbers:
    weights = np.zeros(rows.shape[1])
    drawn = np.eye(len(weights)) * _PENALTY
    drawn[0, 0] = 0.0  # what is always there
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - likely) - drawn @ weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + drawn
        weights += np.linalg.solve(bend, slope)
    return weights


def scores(texts: Sequence[Read], weights: Mapping[str, float]) -> list[CountryScore]:
    """Return what the texts are about and what is found with these weights."""
    return [
        CountryScore(
            one.name,
            "develop",
            one.about,
            (one.main, *beside(one.told, weights)) if one.main else (),
        )
        for one in texts
    ]


def held_out(texts: Sequence[Read], shuffling: int) -> list[CountryScore]:
    """Return the scores of all texts, each with weights fitted without its tenth."""
    order = list(texts)
    Random(shuffling).shuffle(order)
    found = []
    for part in range(_PARTS):
        rest = [one for number, one in enumerate(order) if number % _PARTS != part]
        found += scores(order[part::_PARTS], fit(rest))
    return found


def main(data: Path) -> None:
    """Print F1 of the set where texts are held out, then write the table of all."""
    texts = list(read_texts(data))
    for shuffling in range(1, _SHUFFLINGS + 1):
        print(f"held out, {shuffling}: F1 {f1(held_out(texts, shuffling)):.4f}")
    print(f"in force: F1 {f1(scores(texts, about_weights())):.4f}")
    weights = fit(texts)
    print(f"fitted to all: F1 {f1(scores(texts, weights)):.4f}")
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerows([("feature", "weight"), *((n, f"{w:.2f}") for n, w in weights.items())])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
