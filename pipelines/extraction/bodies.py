"""Find the body of a page: its markup and tree in, the article's paragraphs out.

The body is trafilatura's, set to precision. Where that is little or nothing, readability and the
page's own JSON-LD are asked too and the longest answer counts.
"""

import logging

import trafilatura
from lxml import etree
from readability import Document as Readability
from readability.readability import Unparseable

from pipelines.article import Zone
from pipelines.extraction.blocks import parse_html, parts_of
from pipelines.extraction.zones import Part

_LITTLE = 250  # characters of body below which a second opinion is asked
# Both libraries log each page they find odd as an error; we count the outcome instead.
for _name in ("trafilatura", "readability.readability"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def find_body(markup: str, tree: etree._Element, stated: str) -> list[Part]:
    """Return the article's paragraphs; `stated` is the text that the page's JSON-LD gives."""
    # deduplicate=True is stateful: the fourth call on one page returns nothing.
    found = trafilatura.bare_extraction(
        markup, favor_precision=True, include_comments=False, deduplicate=False
    )
    body = getattr(found, "body", None)
    best = [] if body is None else parts_of(body)
    if _length(best) < _LITTLE:
        others = (_readable(markup), [Part(line, Zone.BODY) for line in stated.splitlines()])
        # A second opinion must say much more: what is a little longer is the page's margin.
        for other in others:
            if _length(other) > 2 * _length(best) and _length(other) >= 80:
                best = other
    return best


def _readable(markup: str) -> list[Part]:
    try:
        summary = Readability(markup).summary(html_partial=True)
    except (Unparseable, etree.LxmlError, ValueError):
        return []
    tree = parse_html(summary)
    return [] if tree is None else parts_of(tree)


def _length(parts: list[Part]) -> int:
    return sum(len(part.text) for part in parts if part.zone is Zone.BODY)
