"""Fit the trees that choose the blocks of a page, and measure them on publishers kept apart.

Usage: python -m tests.quality.fit_bodies [../shared/data] [--write]     (about five minutes)

A block is the article's where at least half of its runs of four words stand in the true body; a
shorter one where it continues the true body's words beside it. Each page weighs the same: a block
counts by its share of the body's words. Trees are added one by one, each fitted to what those
before it left wrong (gradient boosting with Newton's steps), on scrapinghub's and fundus' pages
together. Each of three shufflings deals the publishers into five parts; four are fitted, the fifth
is read with these trees. `--write` fits all pages and writes the files that are in force.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipelines.extraction.body.block_choice import OTHER, beside_other, choose
from pipelines.extraction.body.block_features import FEATURES, features_of
from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.body.bodies import (
    ALONE_FILE,
    BESIDE_FILE,
    most_alike,
    precise_body,
    readable_body,
)
from pipelines.extraction.body.page_blocks import Block, blocks_of
from pipelines.extraction.claims.metadata import read_metadata
from pipelines.extraction.decoding import decode
from pipelines.extraction.forest import DEPTH, Forest, Tree, make_forest, write_forest
from pipelines.extraction.zones import Part, with_headline
from pipelines.urls import domain_of
from tests.quality import body_f1, fundus_bodies
from tests.quality.body_f1 import BodyPage, BodyScore, body_pages, f1
from tests.quality.bootstrap import interval
from tests.quality.fundus_bodies import fundus_bodies as pages_of_fundus
from tests.quality.fundus_bodies import words

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
_PARTS = 5
_TREES = 150
_PACE = 0.1  # how much of its answer a tree gives
_PENALTY = 5.0
_CUTS = 15
_HEAVIEST = 3.0  # no block weighs more than three bodies
_SIZE = 4


@dataclass(frozen=True, slots=True)
class Read:
    """A page with its blocks, what they should be, and what two libraries took."""

    page: BodyPage
    of_fundus: bool
    publisher: str
    title: str
    blocks: list[Block]
    alone: list[list[float]]
    beside: list[list[float]]
    right: Numbers
    weight: Numbers
    precise: list[Part]
    readable: list[Part]


def read_pages(data: Path) -> list[Read]:
    """Return the pages of both sets with what the parts of the cascade find in them."""
    pages = [(page, False) for page in body_pages(data / "pages/scrapinghub-aeb")]
    pages += [(page, True) for page in pages_of_fundus(data / "pages/fundus-parsers")]
    return [_read(page, of_fundus) for page, of_fundus in pages]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Trees, the log odds before them, and the features of their rows."""

    trees: list[Tree]
    start: float
    features: tuple[str, ...]

    def forest(self) -> Forest:
        """Return the trees as they are used."""
        return make_forest(self.trees, self.start, self.features)


def fit(rows: Numbers, right: Numbers, weight: Numbers, features: tuple[str, ...]) -> Fitted:
    """Return the trees that tell the right rows from the others."""
    questions = [
        (column, round(float(threshold), 3))
        for column in range(rows.shape[1])
        for threshold in _thresholds(rows[:, column])
    ]
    answers = np.stack([rows[:, c] > t for c, t in questions], axis=1).astype(np.float32)
    weight = weight / weight.mean()
    share = float((weight * right).sum() / weight.sum())
    start = round(float(np.log(share / (1 - share))), 3)
    odds = np.full(len(rows), start)
    trees = []
    for _ in range(_TREES):
        likely = 1 / (1 + np.exp(-odds))
        slope, bend = weight * (right - likely), weight * likely * (1 - likely)
        asked, number = _grow(answers, slope, bend)
        leaves = _worth(number, slope, bend)
        odds += leaves[number]
        trees.append(
            Tree(
                tuple(features[questions[q][0]] for q in asked),
                tuple(questions[q][1] for q in asked),
                tuple(leaves.tolist()),
            )
        )
    return Fitted(trees, start, features)


def fit_both(pages: Sequence[Read]) -> tuple[Fitted, Fitted]:
    """Return the trees for the features alone, and for those beside trafilatura."""
    used = [[bool(row) for row in page.alone] for page in pages]
    right = np.concatenate([page.right[mask] for page, mask in zip(pages, used, strict=True)])
    weight = np.concatenate([page.weight[mask] for page, mask in zip(pages, used, strict=True)])
    alone = np.array([row for page in pages for row in page.alone if row])
    beside = np.array([row for page in pages for row in page.beside if row])
    return (
        fit(alone, right, weight, FEATURES),
        fit(beside, right, weight, (*FEATURES, *OTHER)),
    )


def answers(page: Read, forests: tuple[Forest, Forest]) -> dict[str, list[Part]]:
    """Return what each voice and the cascade find under two forests."""
    own = choose(page.blocks, page.alone, forests[0])
    beside = choose(page.blocks, page.beside, forests[1])
    return {
        "precise": page.precise,
        "readable": page.readable,
        "own": own,
        "own beside": beside,
        "cascade": most_alike([page.precise, page.readable, own, beside]),
    }


def show(name: str, found: Sequence[tuple[Read, dict[str, list[Part]]]]) -> None:
    """Print the F1 of each voice on both sets."""
    for voice in found[0][1]:
        figures = []
        for of_fundus in (False, True):
            scores = [
                _score(page, voices[voice]) for page, voices in found if page.of_fundus is of_fundus
            ]
            figures.append(f"{f1(scores):.4f}")
        print(f"{name:16} {voice:18} scrapinghub {figures[0]}  fundus {figures[1]}")


@dataclass(frozen=True, slots=True)
class Pair:
    """The scores of one page, the cascade's and trafilatura's."""

    publisher: str
    ours: BodyScore
    theirs: BodyScore


def show_lead(name: str, found: Sequence[tuple[Read, dict[str, list[Part]]]]) -> None:
    """Print the 95 % interval of the cascade's lead over trafilatura, by paired bootstrap."""

    def lead(drawn: Sequence[Pair]) -> float:
        return f1([pair.ours for pair in drawn]) - f1([pair.theirs for pair in drawn])

    for of_fundus, pages in ((False, "scrapinghub"), (True, "fundus")):
        pairs = [
            Pair(page.publisher, _score(page, voices["cascade"]), _score(page, voices["precise"]))
            for page, voices in found
            if page.of_fundus is of_fundus
        ]
        low, high = interval(pairs, lead)
        print(f"{name:16} lead on {pages:11} {lead(pairs):+.4f}  {low:+.4f} to {high:+.4f}")


def held_out(pages: Sequence[Read], shuffling: int) -> list[tuple[Read, dict[str, list[Part]]]]:
    """Return the answers for every page under trees fitted without its publisher."""
    publishers = sorted({page.publisher for page in pages})
    Random(shuffling).shuffle(publishers)
    found = []
    for part in range(_PARTS):
        apart = set(publishers[part::_PARTS])
        alone, beside = fit_both([page for page in pages if page.publisher not in apart])
        forests = (alone.forest(), beside.forest())
        found += [(page, answers(page, forests)) for page in pages if page.publisher in apart]
    return found


def _read(page: BodyPage, of_fundus: bool) -> Read:
    markup = decode(page.content)
    tree = parse_html(markup)
    assert tree is not None
    cut = blocks_of(tree)
    alone = features_of(cut)
    precise, readable = precise_body(markup), readable_body(markup)
    beside = beside_other(cut.blocks, alone, precise)
    texts = [words(block.text) for block in cut.blocks]
    right = np.array(_right(texts, words(page.body)))
    size = max(sum(len(text) for text, is_right in zip(texts, right, strict=True) if is_right), 20)
    weight = np.array([min(max(len(text), 1) / size, _HEAVIEST) for text in texts])
    publisher = domain_of(page.url) or page.name.split("_")[0]
    title = read_metadata(tree, page.url).title
    return Read(
        *(
            page,
            of_fundus,
            publisher,
            title,
            cut.blocks,
            alone,
            beside,
            right,
            weight,
            precise,
            readable,
        )
    )


def _thresholds(column: Numbers) -> list[float]:
    """Return up to fifteen places that cut the values of a feature into equal parts."""
    cuts = np.unique(np.quantile(column, np.linspace(0, 1, _CUTS + 2)[1:-1]))
    values = np.unique(column)
    if len(values) <= _CUTS:
        cuts = (values[:-1] + values[1:]) / 2
    return [float(cut) for cut in cuts if cut < values[-1]]


def _grow(answers: NDArray[np.float32], slope: Numbers, bend: Numbers) -> tuple[list[int], Places]:
    """Return the questions that part right from wrong best, and the leaf of each row."""
    number = np.ones(len(slope), dtype=np.intp)
    asked: list[int] = []
    for question in range(1, 2**DEPTH):
        within = np.flatnonzero(number == question)
        both = np.stack([slope[within], bend[within]], axis=1).astype(np.float32)
        yes = (answers[within].T @ both).astype(np.float64)
        no = both.sum(axis=0, dtype=np.float64) - yes
        gain = yes[:, 0] ** 2 / (yes[:, 1] + _PENALTY) + no[:, 0] ** 2 / (no[:, 1] + _PENALTY)
        asked.append(int(gain.argmax()))
        number[within] = 2 * question + (answers[within, asked[-1]] > 0)
    return asked, number - 2**DEPTH


def _worth(number: Places, slope: Numbers, bend: Numbers) -> Numbers:
    """Return what each leaf adds to the log odds."""
    slopes = np.bincount(number, weights=slope, minlength=2**DEPTH)
    bends = np.bincount(number, weights=bend, minlength=2**DEPTH)
    return np.round(_PACE * slopes / (bends + _PENALTY), 3)


def _right(texts: Sequence[Sequence[str]], body: Sequence[str]) -> list[float]:
    """Return for each block 1 where it is the article's, else 0."""
    true = set(_runs(body))
    shares = [
        sum(run in true for run in _runs(text)) / len(_runs(text)) if len(text) >= _SIZE else None
        for text in texts
    ]
    right = [float(share is not None and share >= 0.5) for share in shares]
    for number, text in enumerate(texts):
        if shares[number] is None and text:
            before = [w for n in range(number) if right[n] for w in texts[n][-3:]][-3:]
            after = [w for n in range(number + 1, len(texts)) if right[n] for w in texts[n][:3]][:3]
            runs = [run for run in _runs([*before, *text]) if before]
            runs += [run for run in _runs([*text, *after]) if after]
            right[number] = float(any(run in true for run in runs))
    return right


def _runs(text: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(text[at : at + _SIZE]) for at in range(len(text) - _SIZE + 1)]


def _score(page: Read, parts: Sequence[Part]) -> BodyScore:
    # The reader of pages takes out the headline too.
    text = "\n".join(p.text for p in with_headline(parts, page.title)[bool(page.title) :])
    score = fundus_bodies.score if page.of_fundus else body_f1.score
    return score(page.page, text)


if __name__ == "__main__":
    paths = [argument for argument in sys.argv[1:] if argument != "--write"]
    everything = read_pages(Path(paths[0] if paths else "../shared/data"))
    for number in (1, 2, 3):
        apart = held_out(everything, number)
        show(f"kept apart, {number}", apart)
        show_lead(f"kept apart, {number}", apart)
    if "--write" in sys.argv:
        for path, fitted in zip((ALONE_FILE, BESIDE_FILE), fit_both(everything), strict=True):
            write_forest(path, fitted.trees, fitted.start)
