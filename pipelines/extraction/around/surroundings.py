"""Read where the article is on its page: blocks and the places of its body in, a `Page` out.

1. The *spine* is the chain of elements that hold most of the body. What its elements are called
   says nothing of a single block and is not asked, nor is `<article>` where several hold pieces of
   the body. *Home* is its largest element
   that is not much more than the article, or the `<article>` in it.
2. A *story* is a line that is a link to another article of the site. The largest element around it
   that holds no other story is its *card*: teaser, kicker and date are in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse

from lxml import etree

from pipelines.extraction.around.page_lines import Block, key_of
from pipelines.extraction.around.page_marks import Mark, mark_of, named_mark
from pipelines.extraction.around.story_links import (
    HEADINGS,
    host_of,
    is_linked,
    is_numbered,
    is_numbered_or_worded,
    leads_on,
    least_words,
    looks_like_story,
    owner,
)
from pipelines.extraction.lines.roles import Role, n_words, role_of

_MOST = 0.6  # share of the body that an element of the spine holds
_MUCH, _SOME = 1.5, 25  # how many blocks home has: so many times the body's, and so many more
_CARD_BLOCKS = 8  # a card with more lines than these is a side column with one story in it
_MENU_BLOCKS = 4
_LISTED_WORDS = 5
_ROWS = 3
_ROW_WORDS, _MOST_ROW_WORDS = 9, 80
_NO_ROW = frozenset({Mark.COMMENTS, Mark.OFFER, Mark.INDEX, Mark.TAGS, Mark.BYLINE, Mark.CHROME})
_STORY_LESS = frozenset({Mark.TAGS, Mark.BYLINE, Mark.COMMENTS, Mark.INDEX})
_BOX_BLOCKS = 12
_BEGINNING = 40  # letters of a quotation
_TOLD_LETTERS = 20  # that two texts do not share by chance
_WRAPPED = 2  # articles that hold parts of one body
_NUMBERED = 5  # other articles with a number in their address
_LEAD = 25  # letters before a name: "About the author", "The mayor of the town"
_NO_STORY = frozenset({Role.CLOCK, Role.FURNITURE, Role.COMMENTS, Role.BOUNDARY, Role.BYLINE})
Kind = tuple[str, str]


@dataclass(slots=True)
class Page:
    """The blocks of a page, the place of its body in them, and what the elements around say."""

    blocks: Sequence[Block]
    placed: Sequence[int | None]  # for each block the part of the body that it belongs to
    title: str  # its key
    names: frozenset[str] = frozenset()  # keys of the authors' names
    site: str = ""  # domain of the page
    decks: frozenset[etree._Element] = frozenset()  # what the body begins with and is no body
    spine: frozenset[etree._Element] = frozenset()
    home: etree._Element | None = None
    kinds: frozenset[Kind] = frozenset()  # of the elements that paragraphs of the body are
    address: str = ""
    _owners: list[list[str]] = field(default_factory=list)  # of addresses that are this site's
    _numbered: bool = False  # whether the addresses of articles have numbers here
    _inmost: frozenset[etree._Element] = frozenset()  # the spine without what is the headline's
    _stories: dict[etree._Element, set[str]] = field(default_factory=dict)  # their links
    _sections: frozenset[etree._Element] = frozenset()  # an `<article>` that is a part of this one
    _sizes: Counter[etree._Element] = field(default_factory=Counter)
    _rowed: Counter[Kind] = field(default_factory=Counter)  # longer headings outside the body
    _listed: Counter[etree._Element | None] = field(default_factory=Counter)  # stories in it
    _again: dict[etree._Element, bool] = field(default_factory=dict)  # quotations told twice
    _marks: dict[etree._Element, tuple[Mark, ...]] = field(default_factory=dict)
    _at_home: dict[etree._Element, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find spine, home and cards."""
        own = [b for b, part in zip(self.blocks, self.placed, strict=True) if part is not None]
        self._inmost = _spine(own)
        self.spine = self._inmost | self._around_headline()
        self.kinds = frozenset(kind_of(block.element) for block in own)
        self._sizes = _sizes(self.blocks)
        self.home = self._home(_MUCH * len(own) + _SOME)
        self._sections = self._parts_in_articles(own)
        self._owners = [owner(self.site), *_most_linked(self.blocks)]
        self._numbered = is_numbered(self.address) and _n_numbered(self.blocks) >= _NUMBERED
        self._rowed = Counter(
            kind_of(b.element)
            for b, part in zip(self.blocks, self.placed, strict=True)
            if part is None and b.element.tag in HEADINGS and n_words(b.text) >= _LISTED_WORDS
        )
        for block in self.blocks:
            if self.is_story(block):
                self._listed[block.element.getparent()] += 1
                for node in self.around(block.element):
                    self._stories.setdefault(node, set()).add(block.links[0])
        for node, link in self._rows():
            self._stories.setdefault(node, {link})

    def _parts_in_articles(self, own: Sequence[Block]) -> frozenset[etree._Element]:
        """Return each `<article>` of the page, where two or more of them hold parts of the body.

        Some templates wrap each piece of an article so. One with a headline is another article.
        """
        around = (block.element.iterancestors("article") for block in own)
        holding = {node for nodes in around for node in nodes if node not in self.spine}
        if len(holding) < _WRAPPED or self.home is None:
            return frozenset()
        inside = self.home.iter("article")
        return frozenset(node for node in inside if next(node.iter("h1"), None) is None)

    def _rows(self) -> Iterator[tuple[etree._Element, str]]:
        """Yield elements set like their neighbours, each with a link of its own and a sentence."""
        words: Counter[etree._Element] = Counter()
        links: dict[etree._Element, set[str]] = {}
        free = (b for b, part in zip(self.blocks, self.placed, strict=True) if part is None)
        for block in free:
            count = n_words(block.text)
            leading = block.links if self._may_lead_to_story(block) else ()
            for node in self.around(block.element):
                words[node] += count
                links.setdefault(node, set()).update(leading)
        rows: dict[tuple[etree._Element | None, str], dict[etree._Element, str]] = {}
        for node, own in links.items():
            if len(own) == 1 and _ROW_WORDS <= words[node] <= _MOST_ROW_WORDS:
                rows.setdefault(_row_of(node), {})[node] = next(iter(own))
        for row in rows.values():
            if len(set(row.values())) >= _ROWS:
                yield from row.items()

    def _may_lead_to_story(self, block: Block) -> bool:
        marks = self.marks(block.element)
        if not leads_on(block) or _NO_ROW.intersection(marks):
            return False
        return self.is_like_page(block) and self._is_own(block)

    def _around_headline(self) -> frozenset[etree._Element]:
        """Return the elements around the last heading of the first rank above the body.

        It may stand in an `<article>` of its own, which is no other article then; the last crumb
        of a path is no headline.
        """
        first = next((at for at, part in enumerate(self.placed) if part is not None), 0)
        heads = (block.element for block in self.blocks[first::-1] if _is_ranked(block.element))
        head = next(filterfalse(_is_in_path, heads), None)
        return frozenset() if head is None else frozenset(head.iterancestors())

    def _home(self, most: float) -> etree._Element | None:
        """Return the largest element of the spine with at most so many blocks, or the innermost."""
        if not self._inmost:
            return None
        inmost = max(self._inmost, key=lambda node: sum(1 for _ in node.iterancestors()))
        around = [n for n in (inmost, *inmost.iterancestors()) if n.tag not in ("body", "html")]
        small = [node for node in around if self._sizes[node] <= most]
        articles = [node for node in around if node.tag == "article"]
        return next(iter([*articles[:1], *small[-1:], inmost]))

    def size(self, element: etree._Element) -> int:
        """Return how many blocks an element holds."""
        return self._sizes[element]

    def marks(self, element: etree._Element) -> tuple[Mark, ...]:
        """Return what the elements from here to the spine are named as, the nearest first."""
        if element in self.spine:
            return ()
        if (known := self._marks.get(element)) is None:
            parent = element.getparent()
            outer = () if parent is None else self.marks(parent)
            own = named_mark(element) if element in self._sections else mark_of(element)
            known = self._marks[element] = outer if own is None else (own, *outer)
        return known

    def is_at_home(self, block: Block) -> bool:
        """Say whether the block stands in the article's own element."""
        known = self._at_home.get(block.element)
        if known is None:
            around = (block.element, *block.element.iterancestors())
            known = self.home is not None and any(node is self.home for node in around)
            self._at_home[block.element] = known
        return known

    def tells_of_others(self, block: Block) -> bool:
        """Say whether a related box, another article or a card of a story is around the block."""
        marks = self.marks(block.element)
        if Mark.RELATED in marks or Mark.ARTICLE in marks:
            return True
        return self.is_beside_story(block)

    def is_beside_story(self, block: Block) -> bool:
        """Say whether a story stands in an element around the block."""
        return any(node in self._stories for node in self.around(block.element))

    def is_story(self, block: Block) -> bool:
        """Say whether a line is a link to another article."""
        if block.key == self.title or not is_linked(block):
            return False
        if len(block.links) > 1:  # headlines that run on, one link each
            return n_words(block.text) >= _LISTED_WORDS * len(block.links) and leads_on(block)
        words, marks = n_words(block.text), self.marks(block.element)
        if words < least_words(block, marks) or role_of(block.text) in _NO_STORY:
            return False
        if _STORY_LESS.intersection(marks[:1]):
            return False
        told = looks_like_story(block) and self.is_like_page(block)
        return told and leads_on(block) and self._is_own(block)

    def is_in_card(self, block: Block) -> bool:
        """Say whether a block is a story or stands in the card of one."""
        for node in self.around(block.element):
            if stories := self._stories.get(node):
                in_menu = Mark.CHROME in self.marks(node)
                most = _MENU_BLOCKS if in_menu else _CARD_BLOCKS
                alone = len(stories) == 1 and self._sizes[node] <= most
                return alone or self.is_story(block)
        return False

    def is_among_stories(self, block: Block) -> bool:
        """Say whether a story is one of several in its list, or in no list."""
        around = block.element.getparent()
        if block.element.tag != "li" or around is None:
            return True
        return self._listed[around] >= max(2, 0.7 * self._sizes[around])

    def is_named(self, block: Block) -> bool:
        """Say whether an author's name is most of the block."""
        return any(name in block.key and 2 * len(name) > len(block.key) for name in self.names)

    def is_by_author(self, block: Block) -> bool:
        """Say whether a line begins by naming an author, as biographies do."""
        return any(name in block.key[: len(name) + _LEAD] for name in self.names)

    def tells_again(self, quotation: etree._Element) -> bool:
        """Say whether a paragraph of the body has the beginning of a quotation, if it is long.

        Asked by each line of it, and worked out once: else 4,000 lines took 10 s in place of .8.
        """
        if (known := self._again.get(quotation)) is None:
            key = key_of("".join(map(str, quotation.itertext())))[:_BEGINNING]
            placed = zip(self.blocks, self.placed, strict=True)
            told = any(part is not None and key in block.key for block, part in placed)
            known = self._again[quotation] = told and len(key) >= _TOLD_LETTERS
        return known

    def is_heading_of_row(self, block: Block) -> bool:
        """Say whether a heading is one of several that are set alike, outside the body."""
        headed = block.element.tag in HEADINGS and n_words(block.text) >= _LISTED_WORDS
        return headed and self._rowed[kind_of(block.element)] >= _ROWS

    def is_like_page(self, block: Block) -> bool:
        """Say whether a block's link may be an article's here.

        Where the page's own address has a number, and so have those of other stories, an address
        without a number and without words is an offer or a page of the site.
        """
        return not self._numbered or is_numbered_or_worded(block.links[0])

    def is_in_box_of_author(self, block: Block) -> bool:
        """Say whether a small element around a block names an author."""
        for node in self.around(block.element):
            if self._sizes[node] > _BOX_BLOCKS:
                return False
            text = key_of("".join(map(str, node.itertext())))
            if any(name in text for name in self.names):
                return True
        return False

    def _is_own(self, block: Block) -> bool:
        """Say whether a link leads to this site, or stands in the article; adverts do neither."""
        host = host_of(block.links[0])
        unknown = not (host and self.site)
        return unknown or owner(host) in self._owners or self.is_at_home(block)

    def leads_home(self, block: Block) -> bool:
        """Say whether all links of a block lead to pages of this site."""
        away = [link for link in block.links if not link.startswith("#")]
        hosts = filter(None, map(host_of, away))
        return bool(away) and all(owner(host) in self._owners for host in hosts)

    def around(self, element: etree._Element) -> Iterator[etree._Element]:
        """Yield the element and those around it, up to the spine."""
        node: etree._Element | None = element
        while node is not None and node not in self.spine:
            yield node
            node = node.getparent()


def _is_ranked(element: etree._Element) -> bool:
    around = element.getparent()
    grouped = element.tag == "h2" and around is not None and around.tag == "hgroup"
    return element.tag == "h1" or grouped


def _sizes(blocks: Sequence[Block]) -> Counter[etree._Element]:
    """Return how many blocks each element holds."""
    sizes: Counter[etree._Element] = Counter()
    for element, count in Counter(block.element for block in blocks).items():
        for node in (element, *element.iterancestors()):
            sizes[node] += count
    return sizes


def _most_linked(blocks: Sequence[Block]) -> list[list[str]]:
    """Return who owns the domain that most links lead to; a page may be kept under another's."""
    hosts = Counter(host for block in blocks for link in block.links if (host := host_of(link)))
    host, most = max(hosts.items(), key=lambda item: item[1], default=("", 0))
    return [owner(host)] if most > hosts.total() / 2 else []


def _row_of(node: etree._Element) -> tuple[etree._Element | None, str]:
    """Return what the items of a list have in common: the element around, tag and first class."""
    return node.getparent(), " ".join([str(node.tag), *(node.get("class") or "").split()[:1]])


def _n_numbered(blocks: Sequence[Block]) -> int:
    return len({b.links[0] for b in blocks if b.links and is_numbered(b.links[0])})


def _is_in_path(element: etree._Element) -> bool:
    around = (element, *element.iterancestors())
    return any(n.tag == "nav" or "breadcrumb" in (n.get("class") or "").lower() for n in around)


def _spine(own: Sequence[Block]) -> frozenset[etree._Element]:
    weights: Counter[etree._Element] = Counter()
    for block in own:
        for node in (block.element, *block.element.iterancestors()):
            weights[node] += len(block.text)
    most = _MOST * max(weights.values(), default=0)
    return frozenset(node for node, weight in weights.items() if weight >= most)


def names_in(author: str) -> frozenset[str]:
    """Return the keys of the names in a claimed author."""
    return frozenset(key for name in author.split(",") if len(key := key_of(name)) > 5)


def kind_of(element: etree._Element) -> Kind:
    """Return what paragraphs of one text have in common: their element and the one around it."""
    around = element.getparent()
    outer = "" if around is None else f"{around.tag} {around.get('class') or ''}"
    return f"{element.tag} {element.get('class') or ''}", outer
