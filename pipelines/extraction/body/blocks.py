"""Turn an HTML tree into paragraphs with zones: one block of the page, one part.

Headings become subheads, figure captions captions, everything else body. Two line breaks end a
paragraph. Scripts, buttons, pictures and comments leave nothing behind.
"""

import re
from typing import Protocol

from lxml import etree
from lxml import html as lxml_html

from pipelines.article import Zone
from pipelines.errors import Quarantined
from pipelines.extraction.zones import Part

MAX_DEPTH = 250  # nested deeper, extractors and the parser itself give up or recurse too far
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "dl"}
    | {"li", "dt", "dd", "blockquote", "pre", "table", "tr", "td", "th", "figure", "figcaption"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "body", "html", "center", "summary"}
    | {"head", "item", "list", "quote", "row", "cell", "code"}  # trafilatura's own names
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})
SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "button", "select"}
    | {"object", "embed", "video", "audio", "canvas", "math", "title", "img", "graphic"}
)
_BREAKS = frozenset({"br", "lb"})
_TOO_DEEP = etree.XPath("/*" * (MAX_DEPTH + 1))  # .14 to .19 ms a page; walking the tree took .63
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_html(markup: str) -> lxml_html.HtmlElement | None:
    """Return the tree of a page; None where there is nothing to parse.

    Raises Quarantined for nesting that no page written by people has.
    """
    text = markup.replace("\x00", "") if "\x00" in markup else markup
    if (declaration := _XML_DECLARATION.match(text)) is not None:
        text = text[declaration.end() :]
    if not text or text.isspace():
        return None
    try:
        tree = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError):  # a comment and nothing else
        return None
    if _TOO_DEEP(tree):
        raise Quarantined(f"reading HTML: its elements are nested more than {MAX_DEPTH} deep")
    return tree


def parts_of(tree: etree._Element) -> list[Part]:
    """Return the paragraphs under an element in reading order."""
    walk = _Walk()
    traverse(tree, walk)
    walk.end_paragraph()
    return walk.parts


class Walk(Protocol):
    """What is told of elements and running text in reading order."""

    def open(self, node: etree._Element) -> None:
        """Begin an element."""

    def close(self, node: etree._Element) -> None:
        """End an element."""

    def add(self, text: str | None) -> None:
        """Add running text."""


def traverse(tree: etree._Element, walk: Walk) -> None:
    """Tell `walk` of everything under an element, in reading order."""
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            walk.open(node)
        else:
            if event == "end":
                walk.close(node)
            if node is not tree:
                walk.add(node.tail)


class _Walk:
    """The paragraphs found so far, and where in the tree we are."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._buffer: list[str] = []
        self._zones = [Zone.BODY]
        self._breaks = 0  # line breaks since the last word
        self._silent = 0  # depth below an element that leaves nothing behind

    def open(self, node: etree._Element) -> None:
        """Begin an element: a block ends the paragraph before it, so does a second line break."""
        tag = str(node.tag)
        if self._silent or tag in SILENT:
            self._silent += 1
            return
        if tag in _BREAKS:
            self._breaks += 1
            self._buffer.append(" ")
        if tag in BLOCKS or self._breaks == 2:
            self.end_paragraph()
        if tag in BLOCKS:
            self._zones.append(_zone(tag, self._zones[-1]))
        self.add(node.text)

    def close(self, node: etree._Element) -> None:
        """End an element; a block ends its paragraph."""
        if self._silent:
            self._silent -= 1
        elif node.tag in BLOCKS:
            self.end_paragraph()
            self._zones.pop()

    def add(self, text: str | None) -> None:
        """Add running text."""
        if self._silent or not text:
            return
        self._buffer.append(text)
        if text.strip():
            self._breaks = 0

    def end_paragraph(self) -> None:
        """Make a part of the running text, if there is any."""
        folded = " ".join("".join(self._buffer).split())
        if folded:
            self.parts.append(Part(folded, self._zones[-1]))
        self._buffer, self._breaks = [], 0


def _zone(tag: str, outer: Zone) -> Zone:
    if tag in _HEADINGS:
        return Zone.SUBHEAD
    return Zone.CAPTION if tag == "figcaption" else outer
