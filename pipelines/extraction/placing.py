"""Find the paragraphs of a body again among the blocks of its page: keys of both in, places out.

Whoever reads a body out of a page returns text, not places, joins what a line break parts, and
drops words here and there. So equal keys are matched first, as the longest common runs in the same
order. Between these matches a block belongs to a paragraph that it begins or continues, with which
it shares a long beginning or end, or if one of both holds the other.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_LONG = 30  # letters and digits that two texts do not share by chance
_RUN = 4  # short lines in the same order, as in a table, are not alike by chance either
_BEGINNING = 2  # the same between two paragraphs that were found


def place(blocks: Sequence[str], paragraphs: Sequence[str]) -> list[int | None]:
    """Return for each block the number of the paragraph it is (part of), or None."""
    placed: list[int | None] = [None] * len(blocks)
    anchors = [*_equal(blocks, paragraphs), (len(blocks), len(paragraphs))]
    begin = first = 0
    for end, last in anchors:
        if first < last:
            least = _BEGINNING if begin and end < len(blocks) else _LONG
            for at, number in _continue(blocks[begin:end], paragraphs[first:last], least):
                placed[begin + at] = first + number
        if end < len(blocks):
            placed[end] = last
        begin, first = end + 1, last + 1
    return placed


def _equal(blocks: Sequence[str], paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of equal keys in order, short ones only between or beside long ones.

    A word of the navigation may be a paragraph too, and would draw the body up there.
    """
    matcher = SequenceMatcher(None, blocks, paragraphs, autojunk=False)
    pairs: list[tuple[int, int]] = []
    firm: list[int] = []  # where runs begin and end that chance does not give
    for run in matcher.get_matching_blocks():
        equal = [(run.a + step, run.b + step) for step in range(run.size)]
        told = run.size >= _RUN or any(len(blocks[block]) >= _LONG for block, _ in equal)
        firm += [len(pairs), len(pairs) + run.size] if told else []
        pairs += equal
    if firm:
        yield from (pair for pair in pairs[firm[0] : firm[-1]] if blocks[pair[0]])


def _continue(
    blocks: Sequence[str], paragraphs: Sequence[str], least: int
) -> Iterator[tuple[int, int]]:
    """Yield which blocks of a gap are parts of which paragraphs missing there, in order.

    A block without so many letters and digits begins none.
    """
    now, used = 0, 0  # the paragraph being read, and how much of it was found
    for at, key in enumerate(blocks):
        if not key:
            continue
        if used and paragraphs[now].startswith(key, used):
            used += len(key)
            yield at, now
            continue
        later = range(now, len(paragraphs)) if len(key) >= least else ()
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
