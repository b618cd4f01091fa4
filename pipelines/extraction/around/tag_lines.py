"""Tell the tags of an article from the menus of its site: blocks of a page in, which are tags out.

- In an element named as tags, each short line is one; the heading of the list is none.
- Under a heading such as "Topics", what is linked and short is tags, up to the first line that is
  not. A list in a menu, or of more entries than an article has topics, is an index of the site.
- Links to pages of topics are tags, and several short links on a line above or below the text.
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.around.page_lines import Block
from pipelines.extraction.around.page_marks import Mark, mark_of
from pipelines.extraction.around.story_links import HEADINGS, leads_on
from pipelines.extraction.around.surroundings import Page
from pipelines.extraction.lines import roles
from pipelines.extraction.lines.roles import n_words

TAG_WORDS = 6
_TAG_LENGTH = 40  # in characters
_MOST_TAGS = 20
_TAG_LINK = re.compile(
    r"/(?:tags?|topics?|themen?|thema|temas?|schlagwort\w*|keywords?|etiquetas?|argomenti"
    r"|mot-cle\w*)[/?=-]",
    re.IGNORECASE,
)
_LABEL_END = re.compile(r"[:：]\s*")


def is_label(block: Block) -> bool:
    """Say whether a line in an element of tags is their heading."""
    headed = block.element.tag in HEADINGS and not leads_on(block)
    return headed or roles.is_tag_label(block.text) or block.text.endswith((":", "："))


def is_tagged(block: Block, marks: Sequence[Mark]) -> bool:
    """Say whether a line is short and its element is named as tags."""
    return marks[:1] == (Mark.TAGS,) and is_brief(block)


def is_brief(block: Block) -> bool:
    """Say whether a line has few words for each of its links."""
    return n_words(block.text) <= TAG_WORDS * max(1, len(block.links))


def says_filed(block: Block) -> bool:
    """Say whether a line begins with the heading of the tags that are linked behind it."""
    label, *rest = _LABEL_END.split(block.text, maxsplit=1)
    told = bool(rest and rest[0]) and roles.is_tag_label(label)
    return told and leads_on(block) and is_brief(block)


def is_linked(block: Block, *, several: bool) -> bool:
    """Say whether a line is links to topics, or `several` of any kind count and it is such."""
    if block.linked < 0.8 or len(block.text) > _TAG_LENGTH * len(block.links):
        return False
    listed = several and len(block.links) > 1 and leads_on(block)
    return listed or all(map(_TAG_LINK.search, block.links))


def listed_tags(page: Page, start: int) -> Iterator[int]:
    """Yield where the tags under a heading stand, from a block on."""
    found: list[int] = []
    listed = False
    for at in range(start, len(page.blocks)):
        block = page.blocks[at]
        if roles.is_tag_label(block.text):
            yield from _few(found)
            found, listed = [], _is_of_article(page, block)
        elif listed and block.key:
            linked = block.linked > 0.8 and n_words(block.text) <= TAG_WORDS
            listed = linked and page.placed[at] is None
            found += [at] if listed else []
    yield from _few(found)


def is_of_index(page: Page, block: Block) -> bool:
    """Say whether an element of tags around a block holds more than an article has."""
    tagged = (node for node in page.around(block.element) if mark_of(node) is Mark.TAGS)
    return any(page.size(node) > _MOST_TAGS for node in tagged)


def _few(found: list[int]) -> list[int]:
    return found if len(found) <= _MOST_TAGS else []


def _is_of_article(page: Page, block: Block) -> bool:
    """Say whether a heading of tags stands in no menu, box of stories or footer of the site."""
    marks = page.marks(block.element)
    return page.is_at_home(block) or not {Mark.CHROME, Mark.RELATED} & set(marks)
