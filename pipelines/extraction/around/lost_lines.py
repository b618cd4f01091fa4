"""Find what a body's reader left out between its paragraphs: the `Page` and a block in, zones out.

- A paragraph of the kind that the body's are.
- A heading right over a paragraph of the body.
- The cells of a table between paragraphs.
- A quotation set apart, or a post that the article embeds, if the body does not tell it again.
- A caption: the line that shares a small element with a picture and no heading.
"""

import re
from itertools import takewhile

from lxml import etree

from pipelines.article import Zone
from pipelines.extraction.around.margin_words import CAPTION_WORDS
from pipelines.extraction.around.page_lines import Block
from pipelines.extraction.around.page_marks import Mark
from pipelines.extraction.around.story_links import HEADINGS, leads_on
from pipelines.extraction.around.surroundings import Page, kind_of
from pipelines.extraction.lines.roles import Role, n_words, role_of

_SUBHEAD_WORDS = 15
_NO_QUOTATION = frozenset({Mark.COMMENTS, Mark.OFFER, Mark.INDEX, Mark.RELATED, Mark.ARTICLE})
_POST = re.compile(r"twitter-tweet")  # the text above may quote it
_EMPTY_POST = re.compile(r"instagram-media")  # its text comes by script
_FIGURE_BLOCKS = 50  # each of which asks for the quotation in its figure
_CELLS = 6
_PICTURES = ("img", "picture", "video", "amp-img")
_BESIDE_PICTURE = 3  # lines in its element, credit and caption among them


def lost_zone(page: Page, at: int) -> Zone | None:
    """Return the zone of a block among the body's that no name of an element tells."""
    block = page.blocks[at]
    if page.marks(block.element):
        return None
    if _is_heading(page, at):
        return Zone.SUBHEAD
    if _is_cell(page, block):
        return Zone.BODY
    if is_pictured(page, block):
        return Zone.CAPTION
    prose = role_of(block.text) is Role.PROSE and block.linked < 0.5
    lost = prose and block.element.tag == "p" and kind_of(block.element) in page.kinds
    return Zone.BODY if lost else None


def quoted_zone(page: Page, block: Block) -> Zone | None:
    """Return the zone of a block in a quotation inside the article, or of the name below one."""
    quotation = _quotation_around(page, block.element)
    if quotation is None or not block.key or block.linked > 0.8:
        return None
    name = quotation.get("class") or ""
    if _EMPTY_POST.search(name):
        return None
    if _NO_QUOTATION.intersection(page.marks(block.element)):
        return None
    again = page.tells_again(quotation) and not _POST.search(name)
    return Zone.FURNITURE if again else Zone.BODY


def _quotation_around(page: Page, element: etree._Element) -> etree._Element | None:
    """Return the quotation that an element is in, or that stands in its figure."""
    around = (element, *element.iterancestors())
    quotation = next((node for node in around if node.tag == "blockquote"), None)
    figure = next(element.iterancestors("figure"), None)
    if quotation is not None or figure is None or page.size(figure) > _FIGURE_BLOCKS:
        return quotation
    return next(figure.iter("blockquote"), None)


def is_pictured(page: Page, block: Block) -> bool:
    """Say whether a block shares a small element with a picture."""
    if n_words(block.text) < CAPTION_WORDS or block.linked > 0.5:
        return False
    for node in page.around(block.element):
        if page.size(node) > _BESIDE_PICTURE or any(True for _ in node.iter(*HEADINGS)):
            return False
        if any(True for _ in node.iter(*_PICTURES)):
            return True
    return False


def end_of_table(page: Page, last: int) -> int:
    """Return where a table ends that follows the body's last block, else where that stands."""
    following = page.blocks[last + 1 :]
    table = _table(page, following[0]) if following else None
    if table is None:
        return last
    inside = takewhile(lambda block: table in block.element.iterancestors(), following)
    return last + sum(1 for _ in inside)


def _is_heading(page: Page, at: int) -> bool:
    """Say whether a block is a heading, a link to itself at most, and the body goes on after it."""
    block = page.blocks[at]
    around = block.element.getparent()
    headed = block.element.tag in HEADINGS or (around is not None and around.tag in HEADINGS)
    if not headed or n_words(block.text) > _SUBHEAD_WORDS or leads_on(block):
        return False
    short = role_of(block.text) in (Role.TITLE, Role.SHORT, Role.SENTENCE, Role.PROSE)
    return short and at + 1 < len(page.placed) and page.placed[at + 1] is not None


def _is_cell(page: Page, block: Block) -> bool:
    """Say whether a block is of a table that is no list of links."""
    table = _table(page, block)
    return table is not None and block.linked < 0.5 and page.size(table) >= _CELLS


def _table(page: Page, block: Block) -> etree._Element | None:
    return next((node for node in page.around(block.element) if node.tag == "table"), None)
