"""Choose the blocks that are the article's: blocks with their features in, paragraphs out.

Decision trees (`forest.py`) make of a row of features the log odds of being the article's; one
forest knows the features alone, one also how much of a block and of its neighbours trafilatura
took. A block is the article's from even odds on. Text that stands in the page twice (in a hidden
copy, in a summary for a pop-up) is kept once, where it is visible and in the smaller pieces.
"""

import re
from collections.abc import Sequence

from pipelines.article import Zone
from pipelines.extraction.body.page_blocks import Block
from pipelines.extraction.forest import Forest
from pipelines.extraction.zones import Part

Shingle = tuple[str, ...]
OTHER = ("trafilatura", "trafilatura beside")
_SIZE = 4  # words of a shingle
_WORD = re.compile(r"\w+")
_SUBHEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REPEATABLE = 60  # characters: shorter lines may stand twice in an article
_SAID_BEFORE = 0.8  # share of a block's shingles


def choose(blocks: Sequence[Block], rows: Sequence[Sequence[float]], forest: Forest) -> list[Part]:
    """Return the paragraphs that are the article's, in reading order; empty rows never are."""
    asked = [(block, row) for block, row in zip(blocks, rows, strict=True) if row]
    odds = forest.log_odds([row for _, row in asked])
    chosen = [block for (block, _), odd in zip(asked, odds, strict=True) if odd >= 0]
    again = _said_before(chosen)
    return [Part(block.text, _zone(block)) for n, block in enumerate(chosen) if n not in again]


def beside_other(
    blocks: Sequence[Block], rows: Sequence[Sequence[float]], other: Sequence[Part]
) -> list[list[float]]:
    """Return the rows lengthened by what another extractor took, in the order of OTHER."""
    there = {shingle for part in other for shingle in line_shingles(part.text)}
    shares = []
    for block in blocks:
        shingles = line_shingles(block.text)
        shares.append(sum(shingle in there for shingle in shingles) / len(shingles))
    return [
        [*row, shares[number], _beside(shares, number)] if row else []
        for number, row in enumerate(rows)
    ]


def line_shingles(text: str) -> list[Shingle]:
    """Return the runs of four words of a line; of a shorter line the whole."""
    words = _WORD.findall(text)
    if len(words) < _SIZE:
        return [tuple(words)]
    return [tuple(words[at : at + _SIZE]) for at in range(len(words) - _SIZE + 1)]


def _beside(shares: Sequence[float], number: int) -> float:
    """Return the mean of the shares of the two neighbours."""
    before = shares[number - 1] if number else 0.0
    after = shares[number + 1] if number + 1 < len(shares) else 0.0
    return (before + after) / 2


def _said_before(chosen: Sequence[Block]) -> set[int]:
    """Return which of the chosen blocks only say what others say."""
    said: set[Shingle] = set()
    again = set()
    order = sorted(
        (n for n, block in enumerate(chosen) if len(block.text) >= _REPEATABLE),
        key=lambda n: ("hidden" in chosen[n].within.marks, len(chosen[n].text)),
    )
    for number in order:
        shingles = line_shingles(chosen[number].text)
        if sum(shingle in said for shingle in shingles) > _SAID_BEFORE * len(shingles):
            again.add(number)
        else:
            said.update(shingles)
    return again


def _zone(block: Block) -> Zone:
    if block.within.tag in _SUBHEADS:
        return Zone.SUBHEAD
    return Zone.CAPTION if block.within.tag == "figcaption" else Zone.BODY
