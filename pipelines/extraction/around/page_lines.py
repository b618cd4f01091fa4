"""Cut a whole page into the blocks a reader sees: its tree in, a `Block` for each line out.

A block is the running text of a block element; a line break ends it as well. What a browser never
shows (scripts, `hidden`, `display:none`) and what is pressed or chosen (buttons, lists of options)
leaves nothing behind.
"""

import re
from dataclasses import dataclass

from lxml import etree

from pipelines.extraction.body.blocks import BLOCKS, SILENT, traverse

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page, the innermost element that holds all of it, and its links."""

    text: str
    element: etree._Element
    key: str  # its letters and digits, case folded
    linked: float  # share of its characters that are a link's
    links: tuple[str, ...]  # their addresses


def key_of(text: str) -> str:
    """Return the letters and digits of a text, case folded."""
    return "".join(filter(str.isalnum, text.casefold()))


def blocks_of(tree: etree._Element) -> list[Block]:
    """Return the visible blocks under an element in reading order."""
    walk = _Walk(tree)
    traverse(tree, walk)
    walk.end_block()
    return walk.blocks


class _Walk:
    """The blocks found so far, and where in the tree we are."""

    def __init__(self, tree: etree._Element) -> None:
        self.blocks: list[Block] = []
        self._inside = [tree]  # the block elements that are open
        self._text: list[str] = []
        self._linked = 0
        self._links = 0  # depth below a link
        self._link = ""  # address of the link that is open
        self._addresses: dict[str, None] = {}
        self._unseen = 0  # depth below an element that is not shown

    def open(self, node: etree._Element) -> None:
        """Begin an element; a block element or a line break ends the block before it."""
        tag = node.tag
        if self._unseen or tag in SILENT or _is_hidden(node):
            self._unseen += 1
            return
        if tag == "br":
            self.end_block()
        elif tag in BLOCKS:
            self.end_block()
            self._inside.append(node)
        elif tag == "a":
            self._links += 1
            self._link = node.get("href") or ""
        self.add(node.text)

    def close(self, node: etree._Element) -> None:
        """End an element; a block element ends its block."""
        if self._unseen:
            self._unseen -= 1
        elif node.tag in BLOCKS:
            self.end_block()
            self._inside.pop()
        elif node.tag == "a":
            self._links -= 1

    def add(self, text: str | None) -> None:
        """Add running text."""
        if self._unseen or not text:
            return
        self._text.append(text)
        if self._links and (shown := len(text.strip())):
            self._linked += shown
            self._addresses[self._link] = None

    def end_block(self) -> None:
        """Make a block of the running text, if there is any."""
        if self._text:
            text = " ".join("".join(self._text).split())
            if text:
                share = min(1.0, self._linked / len(text))
                links = tuple(self._addresses)
                self.blocks.append(Block(text, self._inside[-1], key_of(text), share, links))
            self._text, self._linked, self._addresses = [], 0, {}


def _is_hidden(node: etree._Element) -> bool:
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and _HIDDEN.search(style))
