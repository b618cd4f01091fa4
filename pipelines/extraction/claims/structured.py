"""Read a page's JSON-LD: the tree of a page in, its main article's claims out.

Pages carry several objects (the site, the list of related stories, the article itself). The main
article is the one whose address is the page's own; failing that, the one whose headline the page
shows; failing that, the first article that is not an entry of a list, and no video or review.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from pipelines.extraction.zones import same_line_key
from pipelines.urls import canonical

Node = dict[str, object]
_ARTICLE = re.compile(r"(?:article|blogposting|report|review|liveblogposting|videoobject)$", re.I)
_BESIDE = re.compile(r"(?:review|videoobject)$", re.I)
_PAGE = re.compile(r"(?:webpage|itempage)$", re.I)
_JUNK = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.S
)
_MOST_NODES = 500
_MOST_HEADLINES = 6
_SHORTEST_HEADLINE = 10  # letters and digits


def main_article(tree: etree._Element, url: str = "") -> Node:
    """Return the JSON-LD object of the page's article; empty where there is none."""
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is(node, _ARTICLE)]
    here = canonical(url)
    own = [node for node in articles if here and here in map(canonical, _addresses(node))]
    likeliest = own or _shown(tree, articles) or _told(articles) or articles
    dated = [node for node in likeliest if text_of(node.get("datePublished"))]
    pages = [node for node in nodes if _is(node, _PAGE)]
    for candidates in (dated, likeliest, pages):
        if candidates:
            return candidates[0]
    return {}


def _shown(tree: etree._Element, articles: Sequence[Node]) -> list[Node]:
    """Return the articles whose headline is the window's title, or one of the first headings."""
    lines = (" ".join(map(str, one.itertext())) for one in tree.iter("title", "h1"))
    shown = [same_line_key(line) for line in islice(lines, _MOST_HEADLINES)]
    keys = [(node, same_line_key(text_of(node.get("headline")))) for node in articles]
    return [
        node
        for node, key in keys
        if len(key) >= _SHORTEST_HEADLINE and any(key in line for line in shown)
    ]


def _told(articles: Sequence[Node]) -> list[Node]:
    """Return the articles that are no video and no review, of which a page may hold many."""
    return [node for node in articles if not _is(node, _BESIDE)]


def text_of(value: object) -> str:
    """Return the text of a JSON-LD value: itself, its name or the first of a list."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return next(filter(None, map(text_of, value[:20])), "")
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or "")
    return ""


def texts_of(value: object) -> list[str]:
    """Return the texts of a JSON-LD value that may be one, many, or a comma-separated string."""
    values = value if isinstance(value, list) else [value]
    texts = [text for item in values[:60] if (text := text_of(item))]
    if len(texts) == 1 and isinstance(value, str | list):
        return [piece.strip() for piece in texts[0].split(",") if piece.strip()]
    return texts


def type_of(node: Node) -> str:
    """Return the (first) type of an object, such as `NewsArticle`."""
    return text_of(node.get("@type"))


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(t, str) and kind.search(t)
        for t in (types if isinstance(types, list) else [types])
    )


def _addresses(node: Node) -> Sequence[str]:
    page = node.get("mainEntityOfPage")
    of_page = page.get("@id") if isinstance(page, dict) else page
    return [
        value for value in (node.get("url"), node.get("@id"), of_page) if isinstance(value, str)
    ]


def _nodes(tree: etree._Element) -> Iterator[Node]:
    """Yield the objects of all scripts, graphs opened, entries of lists left out."""
    pending = [
        _load(script.text or "")
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    pending.reverse()
    for _ in range(_MOST_NODES):
        if not pending:
            return
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            pending.extend(item[key] for key in ("mainEntity", "@graph") if key in item)


def _load(text: str) -> object:
    """Return the parsed script; None where it is no JSON even after known repairs."""
    for attempt in (text, _JUNK.sub("", text)):
        try:
            loaded: object = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return loaded
    return None
