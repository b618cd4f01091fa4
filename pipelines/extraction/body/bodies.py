"""Find the body of a page: its markup and tree in, the article's paragraphs out.

Four voices are asked: trafilatura set to precision, readability, our own reading of the page's
blocks, and our reading once more with trafilatura's answer beside it (`block_choice.py`). The
answer that is most like the other three is the body. Fast mode asks our own reading only; so
do very long pages, where the libraries would take many seconds. Where all of that is little, the
text that the page's JSON-LD states is taken if it says much more.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import trafilatura
from lxml import etree
from readability import Document
from readability.readability import Unparseable

from pipelines.article import Zone
from pipelines.extraction.body.block_choice import (
    OTHER,
    Shingle,
    beside_other,
    choose,
    line_shingles,
)
from pipelines.extraction.body.block_features import FEATURES, features_of
from pipelines.extraction.body.blocks import parse_html, parts_of
from pipelines.extraction.body.page_blocks import blocks_of
from pipelines.extraction.forest import read_forest
from pipelines.extraction.zones import Part

_LITTLE = 250  # characters of body below which the page's JSON-LD is asked
_LONG = 2_000_000  # characters of markup
ALONE_FILE = Path(__file__).with_name("forest_alone.csv")
BESIDE_FILE = Path(__file__).with_name("forest_beside.csv")
_ALONE = read_forest(ALONE_FILE, FEATURES)
_BESIDE = read_forest(BESIDE_FILE, (*FEATURES, *OTHER))
# Both libraries log each page they find odd as an error; we count the outcome instead.
for _name in ("trafilatura", "readability.readability"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def find_body(markup: str, tree: etree._Element, stated: str, *, fast: bool = False) -> list[Part]:
    """Return the article's paragraphs; `stated` is the text that the page's JSON-LD gives."""
    page = blocks_of(tree)
    rows = features_of(page)
    best = choose(page.blocks, rows, _ALONE)
    if not fast and len(markup) <= _LONG:
        precise, readable = precise_body(markup), readable_body(markup)
        longer = beside_other(page.blocks, rows, precise)
        best = most_alike([precise, readable, best, choose(page.blocks, longer, _BESIDE)])
    if _length(best) < _LITTLE:
        claimed = [Part(line, Zone.BODY) for line in stated.splitlines()]
        # It must say much more: what is a little longer is the page's margin.
        if _length(claimed) > 2 * _length(best) and _length(claimed) >= 80:
            return claimed
    return best


def most_alike(answers: Sequence[list[Part]]) -> list[Part]:
    """Return the answer that shares most with the others; of equals the first, never an empty one.

    Two answers share the runs of four words they have in common, as a part of those of both.
    """
    answers = [answer for answer in answers if answer]
    shingles = [
        Counter(s for part in answer for s in line_shingles(part.text)) for answer in answers
    ]
    shared = [
        sum(_shared(mine, other) for other in shingles if other is not mine) for mine in shingles
    ]
    return answers[shared.index(max(shared))] if answers else []


def precise_body(markup: str) -> list[Part]:
    """Return trafilatura's answer, set to precision."""
    # deduplicate=True is stateful: the fourth call on one page returns nothing.
    found = trafilatura.bare_extraction(
        markup, favor_precision=True, include_comments=False, deduplicate=False
    )
    body = getattr(found, "body", None)
    return [] if body is None else parts_of(body)


def readable_body(markup: str) -> list[Part]:
    """Return readability's answer; none where it fails."""
    try:
        summary = Document(markup).summary(html_partial=True)
    except (Unparseable, etree.LxmlError, ValueError):
        return []
    tree = parse_html(summary)
    return [] if tree is None else parts_of(tree)


def _shared(one: Counter[Shingle], other: Counter[Shingle]) -> float:
    """Return the Dice coefficient of two multisets."""
    return 2 * (one & other).total() / (one.total() + other.total())


def _length(parts: Sequence[Part]) -> int:
    return sum(len(part.text) for part in parts if part.zone is Zone.BODY)
