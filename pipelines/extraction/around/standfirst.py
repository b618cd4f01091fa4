"""Find the standfirst among the first paragraphs of a body: its blocks in, elements out.

A body's reader takes the summary over the running text for its first paragraph. It is none where

- it stands in a `header` or `hgroup` that holds no other paragraph, or
- it is set apart (in a container of its own, in a class of its own, in bold) and its element is
  named as a summary, or the page describes itself in the very same words, or
- it is in bold inside an element of such a name, or
- it is one of a few points in a list over the running text.

What begins with a dateline is none.

No single sign is enough: pages describe themselves by their first paragraph, wrap it to set
it large, and name its class "first".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml import etree

from pipelines.extraction.around.page_lines import Block, key_of
from pipelines.extraction.around.story_links import HEADINGS
from pipelines.extraction.around.surroundings import kind_of
from pipelines.extraction.lines.roles import ends_sentence, n_words
from pipelines.extraction.zones import has_dateline

_FEWEST_WORDS = 5
_MOST = 0.6  # share of the body's paragraphs that stand in its own container
_FIRST = 8  # paragraphs that are asked
_POINTS = range(2, 9)  # of an article in brief
_PARAGRAPHS = 4  # that such an article has
_BOLD = re.compile(r"(?:^|[\s:])font-(?:medium|semibold|bold)\b|(?:^|[\s_-])bold\b")
_NAMED = re.compile(
    r"(?:^|[a-z0-9]-|_)(?:intro|lead|preface|summary|abstract|strapline|ingress|manchete?|bajada"
    r"|copete|chapeau|einleitung|description|teaser)(?:[_-]*(?:text|list))?$",
    re.IGNORECASE,
)
_NO_SUMMARY = re.compile(r"speakable|caption|image|picture|title$", re.IGNORECASE)


def standfirst(own: Sequence[Block], described: Sequence[str]) -> frozenset[etree._Element]:
    """Return the elements of a body's first blocks that are its standfirst.

    `described` is how the page describes itself in its metadata.
    """
    body = _Body(own, frozenset(map(key_of, described)))
    found = list(takewhile(body.is_standfirst, own[:_FIRST]))
    found += _in_brief(own[len(found) :])
    # Without running text below it, a summary is all there is to read.
    return frozenset(block.element for block in found) if len(found) < len(own) else frozenset()


def is_named_summary(element: etree._Element) -> bool:
    """Say whether an element is named as what sums the article up."""
    return any(map(_NAMED.search, _names(element)))


def _in_brief(own: Sequence[Block]) -> list[Block]:
    """Return the list of points that a body begins with, and its heading if it has one."""
    headed = int(bool(own) and own[0].element.tag in HEADINGS)
    points = list(takewhile(lambda block: block.element.tag == "li", own[headed:]))
    told = [block for block in own if block.element.tag != "li" and ends_sentence(block.text)]
    brief = len(points) in _POINTS and all(n_words(b.text) >= _FEWEST_WORDS for b in points)
    return [*own[:headed], *points] if brief and len(told) >= _PARAGRAPHS else []


class _Body:
    """The paragraphs of a body, and what most of them have in common."""

    def __init__(self, own: Sequence[Block], described: frozenset[str]) -> None:
        self._described = described
        self._all = len(own)
        self._kinds = Counter(_kind(block) for block in own)
        self._within = Counter(
            node for block in own for node in (block.element, *block.element.iterancestors())
        )
        around = Counter(block.element.getparent() for block in own)
        container, most = max(around.items(), key=lambda item: item[1], default=(None, 0))
        self._container = container if most >= _MOST * len(own) else None

    def is_standfirst(self, block: Block) -> bool:
        """Say whether a paragraph at the beginning is no running text."""
        if n_words(block.text) < _FEWEST_WORDS or block.linked > 0.8 or has_dateline(block.text):
            return False
        nodes = list(self._of_its_own(block))
        headed = any(node.tag in ("header", "hgroup") for node in nodes)
        return headed or self._is_set_apart_and_told(block, nodes)

    def _is_set_apart_and_told(self, block: Block, nodes: Sequence[etree._Element]) -> bool:
        names = [name for node in nodes for name in _names(node)]
        if any(map(_NO_SUMMARY.search, names)):
            return False
        told, bold = block.key in self._described, _is_strong(block, nodes)
        named = any(map(_NAMED.search, names))
        if told or named:
            wrapped = told or len(nodes) > 1
            return (bold and wrapped) or self._is_apart(block)
        return bold and self._is_apart(block)

    def _of_its_own(self, block: Block) -> Iterator[etree._Element]:
        """Yield the elements around a block that hold no other paragraph of another kind.

        What holds all paragraphs is around the article, not around this one.
        """
        alike = self._kinds[_kind(block)]
        for node in (block.element, *block.element.iterancestors()):
            if self._within[node] > max(1, alike) or self._within[node] == self._all > 1:
                return
            yield node

    def _is_apart(self, block: Block) -> bool:
        """Say whether a paragraph is of a kind of its own, or not where most of the others are."""
        if block.element.tag == "li":
            return True
        nodes = (block.element, *block.element.iterancestors())
        outside = self._container is not None and self._container not in nodes
        return outside or self._kinds[_kind(block)] == 1


def _kind(block: Block) -> str:
    return kind_of(block.element)[0]


def _names(node: etree._Element) -> list[str]:
    return f"{node.get('class') or ''} {node.get('id') or ''}".split()


def _is_strong(block: Block, nodes: Sequence[etree._Element]) -> bool:
    return is_bold(block) or any(node.tag in ("b", "strong") for node in nodes)


def is_bold(block: Block) -> bool:
    """Say whether all of a block is set in bold."""
    if _BOLD.search(block.element.get("class") or ""):
        return True
    nodes = block.element.iter("b", "strong")
    bold = "".join(str(text) for node in nodes for text in node.itertext())
    return len(key_of(bold)) >= 0.9 * len(block.key)
