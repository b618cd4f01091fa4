"""Find the paragraphs of a body again among the blocks of its page: keys of both in, places out.

Whoever reads a body out of a page returns text, not places, joins what a line break parts, and
drops words here and there. So, each step between what the steps before it placed:

1. Long keys that both sides have once, as many as stand in the same order, are sure.
2. From these on, forwards and backwards, equal keys follow equal keys (the cells of a table).
3. Other equal keys are taken in order; before the first sure one and after the last only long ones,
   for a word of the navigation may be a paragraph too, and would draw the body up there.
4. A block belongs to a paragraph that it begins or continues, with which it shares a long beginning
   or end, or if one of both holds the other.

The time taken grows with the length of both, not with their product.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LONG = 30  # letters and digits that two texts do not share by chance
_BEGINNING = 2  # the same between two paragraphs that were found
_REACH = 40  # blocks within which a short key is looked for
_AHEAD = 20  # paragraphs that a block is compared with

Pair = tuple[int, int]  # number of a block, number of a paragraph


@dataclass(frozen=True, slots=True)
class _Gap:
    """Blocks and paragraphs between two that were placed; `edge` where one of both is missing."""

    blocks: range
    paragraphs: range
    edge: bool


def place(blocks: Sequence[str], paragraphs: Sequence[str]) -> list[int | None]:
    """Return for each block the number of the paragraph it is (part of), or None."""
    sure = _in_same_order(_once_in_both(blocks, paragraphs))
    pairs = dict(sure)
    for step in (_neighbours, _equal, _parts):
        for gap in _gaps(sorted(pairs.items()), len(blocks), len(paragraphs)):
            pairs.update(step(blocks, paragraphs, gap))
    return [pairs.get(at) for at in range(len(blocks))]


def cut(
    blocks: Sequence[str], paragraphs: Sequence[str], placed: Sequence[int | None]
) -> list[list[int]]:
    """Return for each paragraph the blocks that it is made of, where these are several and all."""
    found: dict[int, list[int]] = defaultdict(list)
    for at, number in enumerate(placed):
        if number is not None and blocks[at]:
            found[number].append(at)
    return [
        ats if len(ats) > 1 and "".join(blocks[at] for at in ats) == key else []
        for number, key in enumerate(paragraphs)
        for ats in (found[number],)
    ]


def _once_in_both(blocks: Sequence[str], paragraphs: Sequence[str]) -> list[Pair]:
    """Return the pairs of long keys that either side has once, in the order of the blocks."""
    times, others = Counter(blocks), Counter(paragraphs)
    places = {key: at for at, key in enumerate(paragraphs) if others[key] == 1}
    return [
        (at, places[key])
        for at, key in enumerate(blocks)
        if len(key) >= _LONG and times[key] == 1 and key in places
    ]


def _in_same_order(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the most pairs that rise on both sides."""
    tops: list[int] = []  # by length of a rising chain, the least paragraph that ends one
    ends: list[int] = []  # the pair that does
    before: list[int | None] = []
    for number, (_, paragraph) in enumerate(pairs):
        length = bisect_left(tops, paragraph)
        before.append(ends[length - 1] if length else None)
        tops[length : length + 1] = [paragraph]
        ends[length : length + 1] = [number]
    chain: list[Pair] = []
    at = ends[-1] if ends else None
    while at is not None:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _gaps(pairs: Iterable[Pair], n_blocks: int, n_paragraphs: int) -> Iterator[_Gap]:
    """Yield what lies between the pairs placed, where both sides have something left."""
    bounds = [(-1, -1), *pairs, (n_blocks, n_paragraphs)]
    for (block, paragraph), (next_block, next_paragraph) in pairwise(bounds):
        gap = range(block + 1, next_block), range(paragraph + 1, next_paragraph)
        if all(gap):
            yield _Gap(*gap, edge=block < 0 or next_block == n_blocks)


def _neighbours(blocks: Sequence[str], paragraphs: Sequence[str], gap: _Gap) -> Iterator[Pair]:
    """Yield equal keys that follow one another from either end of the gap."""
    forwards = list(_run(blocks, paragraphs, gap.blocks, gap.paragraphs))
    backwards = _run(blocks, paragraphs, gap.blocks[::-1], gap.paragraphs[::-1])
    last = forwards[-1] if forwards else (-1, -1)
    if gap.blocks.start:
        yield from forwards
    else:
        last = (-1, -1)
    if gap.blocks.stop < len(blocks):
        yield from (pair for pair in backwards if pair[0] > last[0] and pair[1] > last[1])


def _run(
    blocks: Sequence[str], paragraphs: Sequence[str], places: range, numbers: range
) -> Iterator[Pair]:
    """Yield the equal keys from the start of both on, until two differ; empty ones are passed."""
    lettered = ((at, blocks[at]) for at in places if blocks[at])
    others = ((number, paragraphs[number]) for number in numbers if paragraphs[number])
    for (at, key), (number, other) in zip(lettered, others, strict=False):
        if key != other:
            return
        yield at, number


def _equal(blocks: Sequence[str], paragraphs: Sequence[str], gap: _Gap) -> Iterator[Pair]:
    """Yield equal keys in order, the nearest first; a short one is not looked for far away."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in gap.blocks:
        places[blocks[at]].append(at)
    start = gap.blocks.start
    for number in gap.paragraphs:
        key = paragraphs[number]
        found = places.get(key, []) if len(key) >= (_LONG if gap.edge else 1) else []
        nearest = bisect_left(found, start)
        if nearest < len(found) and (len(key) >= _LONG or found[nearest] - start <= _REACH):
            yield found[nearest], number
            start = found[nearest] + 1


def _parts(blocks: Sequence[str], paragraphs: Sequence[str], gap: _Gap) -> Iterator[Pair]:
    """Yield which blocks are parts of which paragraphs that are missing, in order."""
    least = _LONG if gap.edge else _BEGINNING
    now, used = gap.paragraphs.start, 0  # the paragraph being read, and how much of it was found
    for at in gap.blocks:
        key = blocks[at]
        if key and used and paragraphs[now].startswith(key, used):
            used += len(key)
            yield at, now
            continue
        later = range(now, min(now + _AHEAD, gap.paragraphs.stop)) if len(key) >= least else ()
        number = next((number for number in later if _belongs(key, paragraphs[number])), None)
        if number is not None:
            now, used = number, len(key)
            yield at, number


def _belongs(block: str, paragraph: str) -> bool:
    """Say whether a block begins the paragraph, or whether they share more than chance gives."""
    if paragraph.startswith(block):
        return True
    if min(len(block), len(paragraph)) < _LONG:
        return False
    same_edge = block[:_LONG] == paragraph[:_LONG] or block[-_LONG:] == paragraph[-_LONG:]
    return same_edge or block in paragraph or paragraph in block
