"""Describe the blocks of a page by numbers: blocks in, one row of features for each out.

The numbers say how long a block is, how much of it is links, how it is punctuated, what its
element and those around it are called, how its neighbours look, and how much of the page's prose
its containers hold. No language's words are among them.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.body.page_blocks import PROSE, Block, Container, PageBlocks

_ENDS = re.compile(r"[.!?…。！？؟।:;][\"'”’»«)\]」』]*$")
_POINTS = re.compile(r"[.,;:!?…。，、！？；।،؟]")
_TAGS = {
    **{"p": "p", "h1": "h1", "h2": "heading", "h3": "heading", "h4": "small heading"},
    **{"h5": "small heading", "h6": "small heading", "li": "item", "td": "cell", "th": "cell"},
    **{"blockquote": "quote", "figcaption": "caption", "pre": "pre", "dt": "term", "dd": "term"},
}
_KINDS = (*dict.fromkeys(_TAGS.values()), "other")
_MARKS = (
    *("article", "main", "header", "aside", "form", "figure", "li", "ul", "table", "section"),
    *("details", "margin", "about", "body", "content", "lead", "itemprop", "hidden"),
)
_OWN_MARKS = ("margin", "about", "body", "content", "lead", "hidden")
_RINGS = ("container", "its parent", "its grandparent")
_NEIGHBOUR = ("long", "linked", "ends", "p", "prose", "sibling", "heading", "none")
FEATURES: tuple[str, ...] = (
    *("log length", "short", "middling", "long", "very long", "linked", "all linked"),
    *("all strong", "ends", "points", "upper case", "digits", "starts lower", "after h1"),
    *(f"tag {kind}" for kind in _KINDS),
    *("position", "repeated", "said before", "short and frequent", "before prose"),
    *("after prose", "in best", "steps to best", "directly in best"),
    *(f"in {mark}" for mark in _MARKS),
    *(f"own {mark}" for mark in _OWN_MARKS),
    *(f"{at}: {what}" for at in _RINGS for what in ("prose", "linked", "length", "blocks")),
    *(f"previous: {what}" for what in _NEIGHBOUR),
    *(f"next: {what}" for what in _NEIGHBOUR),
    *("prose near", "prose blocks near"),
)
_HEADINGS = ("heading", "small heading")
_KIND_ROWS = {kind: [float(kind == other) for other in _KINDS] for kind in _KINDS}
_NO_NEIGHBOUR = (*[0.0] * (len(_NEIGHBOUR) - 1), 1.0)
_SHORT = 25  # characters
_START = 60  # characters looked at for capitals and digits
_MOST = 0.6  # share of the page's prose in its best container


@dataclass(frozen=True, slots=True)
class _Own:
    """What a block is by itself, as far as its neighbours look at it."""

    long: float
    linked: float
    all_linked: float
    ends: float
    kind: str
    prose: float


def features_of(page: PageBlocks) -> list[list[float]]:
    """Return a row for each block, in the order of FEATURES.

    A link of a few words outside the container with most prose gets an empty row: two thirds of
    all blocks are such links, and .16 % of the bodies.
    """
    blocks = page.blocks
    prose = sum(block.prose for block in blocks) or 1.0
    best = next((c for c in page.containers if c.prose >= _MOST * prose), None)
    steps = {block.within: _steps(block.within, best) for block in blocks}
    places: dict[Container, list[float]] = {}
    own = [_own(block) for block in blocks]
    on_page = _on_page(blocks)
    rows: list[list[float]] = []
    for number, (block, mine) in enumerate(zip(blocks, own, strict=True)):
        within = block.within
        if mine.all_linked and not mine.long and steps[within] is None:
            rows.append([])
            continue
        if within not in places:
            places[within] = _place(within, steps[within], prose)
        row = [*_alone(block, mine), *on_page[number], *places[within]]
        row += _neighbour(blocks, own, number, number - 1)
        row += _neighbour(blocks, own, number, number + 1)
        row += _near(blocks, number)
        rows.append(row)
    return rows


def _own(block: Block) -> _Own:
    text, linked = block.text, block.linked
    return _Own(
        float(len(text) >= PROSE),
        linked,
        float(linked > 0.8),
        float(_ENDS.search(text[-4:]) is not None),
        _TAGS.get(block.within.tag, "other"),
        float(block.prose > 0),
    )


def _alone(block: Block, mine: _Own) -> list[float]:
    text, length = block.text, len(block.text)
    short = float(length < _SHORT)
    start = text[:_START]
    return [
        math.log(length) / 5,
        short,
        1.0 - mine.long - short,
        mine.long,
        float(length >= 200),
        mine.linked,
        mine.all_linked,
        float(block.strong > 0.8),
        mine.ends,
        min(len(_POINTS.findall(text, 0, 200)) / min(length, 200) * 20, 3.0),
        sum(map(str.isupper, start)) / len(start),
        sum(map(str.isdigit, start)) / len(start),
        float(text[0].islower()),
        float(block.after_heading),
        *_KIND_ROWS[mine.kind],
    ]


def _on_page(blocks: Sequence[Block]) -> list[list[float]]:
    """Return where each block stands in the page, and whether its text stands there twice."""
    total = sum(len(block.text) for block in blocks)
    times = Counter(block.text for block in blocks)
    seen: set[str] = set()
    first = next((n for n, block in enumerate(blocks) if block.prose), 0)
    last = next((n for n in range(len(blocks) - 1, -1, -1) if blocks[n].prose), 0)
    position = 0
    rows = []
    for number, block in enumerate(blocks):
        text, length = block.text, len(block.text)
        rows.append(
            [
                position / total,
                float(length >= _SHORT and times[text] > 1),
                float(length >= _SHORT and text in seen),
                float(length < _SHORT and times[text] > 2),
                float(number < first),
                float(number > last),
            ]
        )
        seen.add(text)
        position += length
    return rows


def _steps(within: Container, best: Container | None) -> int | None:
    """Return how many steps outwards the best container is; None where it is not around this."""
    steps, container = 0, within
    while container is not best:
        if container.parent is None:
            return None
        container, steps = container.parent, steps + 1
    return steps


def _place(within: Container, steps: int | None, prose: float) -> list[float]:
    """Return what is known of a container and the two around it."""
    numbers = [
        float(steps is not None),
        min(steps, 6) / 6 if steps is not None else 1.0,
        float(steps is not None and steps <= 1),
        *_mark_row(within.marks, within.own),
    ]
    outer: Container | None = within
    for _ in range(3):
        if outer is None or not outer.chars:
            numbers += (0.0, 0.0, 0.0, 0.0)
            continue
        numbers += (
            outer.prose / prose,
            outer.linked / outer.chars,
            math.log(outer.chars / outer.blocks) / 5,
            math.log(outer.blocks) / 5,
        )
        outer = outer.parent
    return numbers


@lru_cache(maxsize=4096)
def _mark_row(marks: frozenset[str], own: frozenset[str]) -> tuple[float, ...]:
    return (
        *(float(mark in marks) for mark in _MARKS),
        *(float(mark in own) for mark in _OWN_MARKS),
    )


def _neighbour(
    blocks: Sequence[Block], own: Sequence[_Own], number: int, other: int
) -> Sequence[float]:
    if not 0 <= other < len(blocks):
        return _NO_NEIGHBOUR
    theirs = own[other]
    return (
        theirs.long,
        theirs.linked,
        theirs.ends,
        float(theirs.kind == "p"),
        theirs.prose,
        float(blocks[other].within.parent is blocks[number].within.parent),
        float(theirs.kind in _HEADINGS),
        0.0,
    )


def _near(blocks: Sequence[Block], number: int) -> tuple[float, float]:
    """Return how much prose the three blocks before and after hold, and how many of four do."""
    others = [*blocks[max(0, number - 4) : number], *blocks[number + 1 : number + 5]]
    close = [*blocks[max(0, number - 3) : number], *blocks[number + 1 : number + 4]]
    chars = sum(len(block.text) for block in close if block.prose)
    return math.log1p(chars) / 8, sum(block.prose > 0 for block in others) / 8
