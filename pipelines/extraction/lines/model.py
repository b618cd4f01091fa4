"""Settle the zones of a dump's lines: lines as the rules zone them in, the same lines out.

The rules of `clipping.py` know a line by its shape and neighbours, and were made with sixty pages
in view. Here each line is described by numbers, what the rules say of it and of its neighbours
among them (`features.py`), and trees weigh them for each zone (`forest.py`). The zones of a
dump are those whose odds, and whose moves from each line to the next, are together the likeliest
(Viterbi, 1967). Trees, words and moves are fitted to labelled dumps, and to what the reader of
pages finds in the markup of many more (`tests/quality/fit_lines.py`; docs/lines-model.md).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipelines.article import COUNTED_ZONES, Zone
from pipelines.extraction.forest import Forest, read_forests
from pipelines.extraction.lines.features import FEATURES, features_of
from pipelines.extraction.lines.roles import (
    Line,
    Role,
    ends_sentence,
    is_credit,
    n_words,
    offers_the_house,
    points_on,
    says_read_also,
)
from pipelines.extraction.lines.run import second_article
from pipelines.extraction.lines.words import ZONES, places_of, word_numbers, word_scores

Numbers = NDArray[np.float64]
TREES_FILE = Path(__file__).with_name("forest_lines.csv")
MOVES_FILE = Path(__file__).with_name("line_moves.csv")
# What is shorter or longer is left to the rules: with fewer lines the trees are no better, and no
# article has more.
_LINES = range(60, 5001)
_OFF = (Zone.RELATED, Zone.FURNITURE)
_IDLE = (Role.FURNITURE, Role.BOUNDARY, Role.COMMENTS)
_COUNTED = [at for at, zone in enumerate(ZONES) if zone in COUNTED_ZONES]
_WITHIN = [at for at, zone in enumerate(ZONES) if zone not in _OFF]
_NEVER = -1000.0
# Headlines of other stories between paragraphs are where most mentions off the article stood: held
# out on 184 dumps 188 such mentions became 138, and of 6,850 on the article 37 were lost; F1 rose
# from .9129 to .9148, that of what counts from .9683 to .9691. At 1.0 there are 149, at 2.0 138.
# (By the fit before the one in force.)
_LINKED = 1.5
_ASIDE_WORDS = 50
_FAR = 15  # lines that do not count
_LITTLE = 0.1  # of the article's words


def settle(lines: Sequence[Line], start: int, end: int) -> list[Line]:
    """Return the lines in their zones; the rules have the body from `start` to `end`.

    A second article in full stays related: markup rarely names it, so trees have not learned it.
    """
    if len(lines) not in _LINES:
        return [
            replace(x, zone=Zone.FURNITURE) if x.zone in COUNTED_ZONES and _is_aside(x.text) else x
            for x in lines
        ]
    scores = word_scores([places_of(line.text) for line in lines], word_numbers())
    odds = odds_of(features_of(lines, start, end, scores), _forests())
    zones = likeliest(lines, odds, _moves())
    for at in far_from_the_article(lines, zones):
        zones[at] = Zone.RELATED if lines[at].zone is Zone.RELATED else Zone.FURNITURE
    for at in second_article(lines[end:]):
        zones[end + at] = Zone.RELATED
    return [replace(line, zone=zone) for line, zone in zip(lines, zones, strict=True)]


def odds_of(rows: Numbers, forests: Sequence[Forest]) -> Numbers:
    """Return the log odds of each line, one column for each of `ZONES`."""
    return np.array([forest.log_odds(rows) for forest in forests]).T


def likeliest(lines: Sequence[Line], odds: Numbers, moves: Numbers) -> list[Zone]:
    """Return the likeliest zone of each line, in what the rules are sure of.

    A button, a credit, the heading of a box or an offer never counts; a line that sends to another
    article is another article's or furniture. What the rules call another story's, and is no
    sentence, counts only where the trees are sure of it.
    """
    odds = odds.copy()
    for at, line in enumerate(lines):
        if line.role in _IDLE or _is_aside(line.text):
            odds[at, _COUNTED] = _NEVER
        elif says_read_also(line.text) and n_words(line.text) <= _ASIDE_WORDS:
            odds[at, _WITHIN] = _NEVER
        elif line.zone is Zone.RELATED and not ends_sentence(line.text):
            odds[at, _COUNTED] -= _LINKED
    return [ZONES[zone] for zone in best_path(odds, moves)]


def _is_aside(text: str) -> bool:
    return is_credit(text) or offers_the_house(text) or points_on(text)


def far_from_the_article(lines: Sequence[Line], zones: Sequence[Zone]) -> list[int]:
    """Return where lines count far from the article, with little text around them.

    What is above it and has a headline is kept.
    """
    groups = _groups([at for at, zone in enumerate(zones) if zone in COUNTED_ZONES])
    told = [
        sum(n_words(lines[at].text) for at in group if zones[at] is Zone.BODY) for group in groups
    ]
    article = told.index(max(told)) if told else 0
    far: list[int] = []
    for n, group in enumerate(groups):
        headed = n < article and any(zones[at] is Zone.HEADLINE for at in group)
        if not headed and told[n] < _LITTLE * told[article]:
            far += group
    return far


def _groups(counted: Sequence[int]) -> list[list[int]]:
    """Return the lines that count in groups with many others between them."""
    groups: list[list[int]] = []
    for before, at in pairwise([-_FAR - 1, *counted]):
        if at - before > _FAR:
            groups.append([])
        groups[-1].append(at)
    return groups


def best_path(odds: Numbers, moves: Numbers) -> list[int]:
    """Return the number of the best zone of each line.

    `moves` says what it is worth to go from a zone (row) to another (column). Of two zones that
    are worth the same the first is taken.
    """
    worth = odds[0]
    came_from = []
    for own in odds[1:]:
        ways = worth[:, np.newaxis] + moves
        came_from.append(ways.argmax(axis=0))
        worth = ways.max(axis=0) + own
    best = [int(worth.argmax())]
    for before in reversed(came_from):
        best.append(int(before[best[-1]]))
    return best[::-1]


@cache
def _forests() -> list[Forest]:
    found = read_forests(TREES_FILE, FEATURES)
    return [found[zone] for zone in ZONES]


@cache
def _moves() -> Numbers:
    return np.loadtxt(MOVES_FILE, delimiter=",")
