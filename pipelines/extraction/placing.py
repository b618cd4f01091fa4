"""Find the paragraphs of a body again among the blocks of its page: keys of both in, places out.

Whoever reads a body out of a page returns text, not places, joins what a line break parts, and
drops words here and there. So equal keys are matched first, as the longest common runs in the same
order. Between these matches a block belongs to a paragraph that it begins or continues, with which
it shares a long beginning or end, or if one of both holds the other.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_LONG = 30  # letters and digits that two texts do not share by chance
_BEGINNING = 8  # letters and digits of a first line that goes on


def place(blocks: Sequence[str], paragraphs: Sequence[str]) -> list[int | None]:
    """Return for each block the number of the paragraph it is (part of), or None."""
    placed: list[int | None] = [None] * len(blocks)
    anchors = [*_equal(blocks, paragraphs), (len(blocks), len(paragraphs))]
    begin = first = 0
    for end, last in anchors:
        if first < last:
            for at, number in _continue(blocks[begin:end], paragraphs[first:last]):
                placed[begin + at] = first + number
        if end < len(blocks):
            placed[end] = last
        begin, first = end + 1, last + 1
    return placed


def _equal(blocks: Sequence[str], paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of equal keys in order, short ones only between long ones.

    A word of the navigation may be a paragraph too, and would draw the body up there.
    """
    matcher = SequenceMatcher(None, blocks, paragraphs, autojunk=False)
    pairs = [
        (run.a + step, run.b + step)
        for run in matcher.get_matching_blocks()
        for step in range(run.size)
        if blocks[run.a + step]
    ]
    firm = [number for number, (block, _) in enumerate(pairs) if len(blocks[block]) >= _LONG]
    if firm:
        yield from pairs[firm[0] : firm[-1] + 1]


def _continue(blocks: Sequence[str], paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which blocks of a gap are parts of which paragraphs missing there, in order."""
    now, used = 0, 0  # the paragraph being read, and how much of it was found
    for at, key in enumerate(blocks):
        if not key:
            continue
        if used and paragraphs[now].startswith(key, used):
            used += len(key)
            yield at, now
            continue
        found = (at for at in range(now, len(paragraphs)) if _belongs(key, paragraphs[at]))
        if (number := next(found, None)) is not None:
            now, used = number, len(key)
            yield at, number


def _belongs(block: str, paragraph: str) -> bool:
    """Say whether a block begins the paragraph, or whether they share more than chance gives."""
    if not paragraph:
        return False
    if block == paragraph or (len(block) >= _BEGINNING and paragraph.startswith(block)):
        return True
    if min(len(block), len(paragraph)) < _LONG:
        return False
    same_edge = block[:_LONG] == paragraph[:_LONG] or block[-_LONG:] == paragraph[-_LONG:]
    return same_edge or block in paragraph or paragraph in block
