"""Find the headline over an article: the `Page` and the first block of its body in, a place out.

It is the claimed title, with or without the name of the site behind it; where that is nowhere, a
heading of the first rank; where there is none either, one of the second in the article's header.
"""

from pipelines.extraction.around.page_lines import Block
from pipelines.extraction.around.page_marks import Mark
from pipelines.extraction.around.strays import has_title, is_headline
from pipelines.extraction.around.surroundings import Page


def headline_at(page: Page, first: int) -> int | None:
    """Return where the headline stands over the first line of the body: the last one that does.

    Where the claimed title is nowhere, a heading of the first rank is what the reader sees; where
    there is none either, one of the second in the article's header.
    """
    above = range(first - 1, -1, -1)
    claimed = next((at for at in above if _is_title(page, page.blocks[at])), None)
    if claimed is not None and page.blocks[claimed].element.tag in ("h1", "h2"):
        return claimed
    shown = next((at for at in above if is_headline(page, page.blocks[at])), None)
    found = max((at for at in (claimed, shown) if at is not None), default=None)
    if found is not None:
        return found
    return next((at for at in above if _is_headed(page, page.blocks[at])), None)


def _is_title(page: Page, block: Block) -> bool:
    """Say whether a line is the claimed title, and no crumb of a path or link to the page.

    A heading may link to what it tells of.
    """
    set_as_title = block.element.tag in ("h1", "h2") and page.is_at_home(block)
    alone = block.linked < 0.5 or (set_as_title and not page.tells_of_others(block))
    return alone and Mark.CHROME not in page.marks(block.element) and has_title(page, block)


def _is_headed(page: Page, block: Block) -> bool:
    """Say whether a block is a heading of the second rank in the header of the article."""
    around = {str(node.tag) for node in block.element.iterancestors()}
    alone = block.linked < 0.5 and not page.marks(block.element)
    return block.element.tag == "h2" and {"header", "article"} <= around and alone
