"""Find where the page's next article begins: blocks and the places of the body in, one place out.

A page that never ends has the next article below the first, in full and with the same elements, so
its paragraphs are of the kind that the body's are. It begins with a heading of the first rank that
is not the article's own, once the body has begun, and soon below stands a date.
"""

from collections.abc import Sequence
from itertools import islice

from pipelines.extraction.around.margin_words import is_stamp
from pipelines.extraction.around.page_lines import Block
from pipelines.extraction.lines.roles import Role, n_words, role_of
from pipelines.extraction.zones import Part

_PARAGRAPHS = 3  # of the body above the heading
_HEADLINE_WORDS = 3
_STAMP_LINES = 8  # below it, in which its date stands
_MOST_BELOW = 0.3  # of the body's words; where more are below, it is no other article's heading


def before_next_article(
    blocks: Sequence[Block], placed: Sequence[int | None], own: Sequence[Part], title: str
) -> tuple[list[Part], list[int | None]]:
    """Return the body without what is below the next article's heading, and where it stands.

    `placed` says for each block which part of the body it is; `title` is the key of the article's.
    """
    same = list(own), list(placed)
    at = _next_headline(blocks, placed, title)
    if at is None:
        return same
    first = min((part for part in placed[at:] if part is not None), default=len(own))
    told = [n_words(part.text) for part in own]
    if sum(told[first:]) > _MOST_BELOW * sum(told):
        return same
    return list(own[:first]), [part if part is None or part < first else None for part in placed]


def _next_headline(blocks: Sequence[Block], placed: Sequence[int | None], title: str) -> int | None:
    body = [at for at, part in enumerate(placed) if part is not None]
    begun = next(islice(body, _PARAGRAPHS, None), len(blocks))
    above = {block.key for block in blocks[:begun]} | {title}
    for at in range(begun, len(blocks)):
        if _is_headline(blocks[at]) and blocks[at].key not in above:
            below = blocks[at + 1 : at + 1 + _STAMP_LINES]
            if any(is_stamp(block.text) or role_of(block.text) is Role.BYLINE for block in below):
                return at
    return None


def _is_headline(block: Block) -> bool:
    around = (block.element, *block.element.iterancestors())
    alone = block.linked < 0.5 and n_words(block.text) >= _HEADLINE_WORDS
    return alone and any(node.tag == "h1" for node in around)
