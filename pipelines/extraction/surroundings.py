"""Read where the article is on its page: blocks and the places of its body in, a `Page` out.

1. The *spine* is the chain of elements that hold most of the body. What its elements are called
   says nothing of a single block and is not asked. *Home* is its innermost element, or the
   `<article>` around that.
2. A *story* is a line that is a link to another article. The largest element around it that holds
   no other story is its *card*: teaser, kicker and date are in it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipelines.extraction.lines import Role, n_words, role_of
from pipelines.extraction.page_blocks import Block, key_of
from pipelines.extraction.page_marks import Mark, mark_of

_MOST = 0.6  # share of the body that an element of the spine holds
_CARD_BLOCKS = 8  # a card with more lines than these is a side column with one story in it
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_STORY = frozenset({Role.CLOCK, Role.FURNITURE, Role.COMMENTS, Role.BOUNDARY, Role.BYLINE})
_STORY_LINK = re.compile(
    r"[^/-]+-[^/-]+-[^/]*/?(?:[?#].*)?$|\d{4}|\.(?:s?html?|php|aspx?)\b|[?&]\w*id="
)
_STORY_WORDS = 7  # a line of so many words is a headline whatever its link looks like
_NO_LINK = re.compile(
    r"^(?:#|javascript:|mailto:|tel:|$)|(?:facebook|twitter|whatsapp|t)\.(?:com|me)/"
)


@dataclass(slots=True)
class Page:
    """The blocks of a page, the place of its body in them, and what the elements around say."""

    blocks: Sequence[Block]
    placed: Sequence[int | None]  # for each block the part of the body that it belongs to
    title: str  # its key
    names: frozenset[str]  # keys of the authors' names
    spine: frozenset[etree._Element] = frozenset()
    home: etree._Element | None = None
    beside: frozenset[etree._Element] = frozenset()  # what paragraphs of the body stand in
    _stories: Counter[etree._Element] = field(default_factory=Counter)
    _sizes: Counter[etree._Element] = field(default_factory=Counter)
    _marks: dict[etree._Element, tuple[Mark, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find spine, home and cards."""
        own = [b for b, part in zip(self.blocks, self.placed, strict=True) if part is not None]
        weights: Counter[etree._Element] = Counter()
        for block in own:
            for node in (block.element, *block.element.iterancestors()):
                weights[node] += len(block.text)
        most = _MOST * max(weights.values(), default=0)
        self.spine = frozenset(node for node, weight in weights.items() if weight >= most)
        self.home = _home(self.spine)
        parents = (block.element.getparent() for block in own)
        self.beside = frozenset(node for node in parents if node is not None)
        for block in self.blocks:
            nodes = list(self._around(block.element))
            self._sizes.update(nodes)
            if nodes and self.is_story(block):
                self._stories.update(nodes)

    def marks(self, element: etree._Element) -> tuple[Mark, ...]:
        """Return what the elements from here to the spine are named as, the nearest first."""
        if element in self.spine:
            return ()
        if (known := self._marks.get(element)) is None:
            parent = element.getparent()
            outer = () if parent is None else self.marks(parent)
            own = mark_of(element)
            known = self._marks[element] = outer if own is None else (own, *outer)
        return known

    def is_at_home(self, block: Block) -> bool:
        """Say whether the block stands in the innermost element of the article."""
        around = (block.element, *block.element.iterancestors())
        return self.home is not None and any(node is self.home for node in around)

    def is_story(self, block: Block) -> bool:
        """Say whether a line is a link to another article."""
        if block.linked < 0.8 or len(block.links) != 1 or block.key == self.title:
            return False
        words, marks = n_words(block.text), self.marks(block.element)
        least = 3 if block.element.tag in _HEADINGS else 4
        least += 4 * (Mark.CHROME in marks)  # an entry of a menu is long at times
        if words < least or _NO_LINK.search(block.links[0]):
            return False
        if not (_STORY_LINK.search(block.links[0]) or words >= _STORY_WORDS):
            return False
        if marks and marks[0] in (Mark.TAGS, Mark.BYLINE, Mark.COMMENTS):
            return False
        return role_of(block.text) not in _NO_STORY

    def is_in_card(self, block: Block) -> bool:
        """Say whether a block is a story or stands in the card of one."""
        for node in self._around(block.element):
            if stories := self._stories[node]:
                alone = stories == 1 and self._sizes[node] <= _CARD_BLOCKS
                return alone or self.is_story(block)
        return False

    def is_among_stories(self, block: Block) -> bool:
        """Say whether a story is one of several in its list, or in no list."""
        around = block.element.getparent()
        if block.element.tag != "li" or around is None:
            return True
        return self._stories[around] >= max(2, 0.7 * self._sizes[around])

    def is_named(self, block: Block) -> bool:
        """Say whether an author's name is most of the block."""
        return any(name in block.key and 2 * len(name) > len(block.key) for name in self.names)

    def _around(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield the element and those around it, up to the spine."""
        node: etree._Element | None = element
        while node is not None and node not in self.spine:
            yield node
            node = node.getparent()


def names_in(author: str) -> frozenset[str]:
    """Return the keys of the names in a claimed author."""
    return frozenset(key for name in author.split(",") if len(key := key_of(name)) > 5)


def _home(spine: frozenset[etree._Element]) -> etree._Element | None:
    inmost = max(spine, key=lambda node: sum(1 for _ in node.iterancestors()), default=None)
    if inmost is None:
        return None
    around = (node for node in (inmost, *inmost.iterancestors()) if node.tag == "article")
    return next(around, inmost)
