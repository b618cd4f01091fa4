"""Turn an HTML tree into paragraphs with zones: one block of the page, one part.

Headings become subheads, figure captions captions, everything else body. Two line breaks end a
paragraph. Scripts, forms, pictures and comments leave nothing behind.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from pipelines.article import Zone
from pipelines.errors import Quarantined
from pipelines.extraction.zones import Part

MAX_DEPTH = 250  # nested deeper, extractors and the parser itself give up or recurse too far
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "dl"}
    | {"li", "dt", "dd", "blockquote", "pre", "table", "tr", "td", "th", "figure", "figcaption"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "body", "html", "center", "summary"}
    | {"head", "item", "list", "quote", "row", "cell", "code"}  # trafilatura's own names
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "form", "button", "select"}
    | {"object", "embed", "video", "audio", "canvas", "math", "title", "img", "graphic"}
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_html(markup: str) -> lxml_html.HtmlElement | None:
    """Return the tree of a page; None where there is nothing to parse.

    Raises Quarantined for nesting that no page written by people has.
    """
    text = _XML_DECLARATION.sub("", markup.replace("\x00", ""))
    if not text.strip():
        return None
    try:
        tree = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError):  # a comment and nothing else
        return None
    if _depth(tree) > MAX_DEPTH:
        raise Quarantined(f"reading HTML: its elements are nested more than {MAX_DEPTH} deep")
    return tree


def parts_of(tree: etree._Element) -> list[Part]:
    """Return the paragraphs under an element in reading order."""
    parts = []
    for text, zone in _paragraphs(tree):
        folded = " ".join(text.split())
        if folded:
            parts.append(Part(folded, zone))
    return parts


def _paragraphs(tree: etree._Element) -> Iterator[tuple[str, Zone]]:
    """Yield runs of inline text and the zone of the block they stand in."""
    buffer: list[str] = []
    zones = [Zone.BODY]
    breaks = 0
    silent = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if silent or tag in _SILENT:
                silent += 1
                continue
            breaks = breaks + 1 if tag in ("br", "lb") else breaks
            if tag in _BLOCKS or breaks == 2:
                yield "".join(buffer), zones[-1]
                buffer, breaks = [], 0
            if tag in _BLOCKS:
                zones.append(_zone(tag, zones[-1]))
            buffer.append(" " if tag in ("br", "lb") else "")
            buffer.append(node.text or "")
            breaks = 0 if (node.text or "").strip() else breaks
        elif event == "end":
            if silent:
                silent -= 1
            elif tag in _BLOCKS:
                yield "".join(buffer), zones.pop()
                buffer, breaks = [], 0
        if event != "start" and not silent and node is not tree:
            buffer.append(node.tail or "")
            breaks = 0 if (node.tail or "").strip() else breaks
    yield "".join(buffer), zones[-1]


def _zone(tag: str, outer: Zone) -> Zone:
    if tag in _HEADINGS:
        return Zone.SUBHEAD
    return Zone.CAPTION if tag == "figcaption" else outer


def _depth(tree: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
