"""Make of a page what a person who selects all and copies gets: its visible text, line by line.

The walker is this file's own and imports nothing of Wirewatch, so that a change of ours cannot
change what we are measured on. A line is a block element's running text; `<br>` ends a line too.
What a browser never shows (scripts, styles, templates, `hidden`, `display:none`) is left out; style
sheets are not read, so text that only they hide stays in.
"""

import re

from lxml import etree, html

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "button", "center", "dd", "details"}
    | {"dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "legend", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_UNSEEN = frozenset(
    {"head", "script", "style", "noscript", "template", "iframe", "svg", "math", "select"}
    | {"datalist", "object", "embed", "video", "audio", "canvas"}
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def visible_text(content: bytes) -> str:
    """Return the visible text of a page in UTF-8; empty where there is no page."""
    markup = content.decode("utf-8", errors="replace")
    if not markup.strip():
        return ""
    tree = html.document_fromstring(markup.encode(), parser=html.HTMLParser(encoding="utf-8"))
    pieces: list[str] = []
    _walk(tree, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(tree: etree._Element, pieces: list[str]) -> None:
    unseen = 0  # depth below an element that is not shown
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            unseen += bool(unseen) or _is_unseen(node)
            _add(pieces, node, node.text, seen=not unseen)
            continue
        if event == "end":
            unseen -= bool(unseen)
        _add(pieces, node, node.tail if node is not tree else "", seen=not unseen)


def _add(pieces: list[str], node: etree._Element, text: str | None, *, seen: bool) -> None:
    if seen:
        # Line breaks inside running text are spaces; only elements end a line.
        pieces.append(("\n" if node.tag in _BLOCKS else "") + " ".join((text or "").split("\n")))


def _is_unseen(node: etree._Element) -> bool:
    hidden = node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "")
    return node.tag in _UNSEEN or bool(hidden)
