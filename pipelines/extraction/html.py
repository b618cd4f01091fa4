"""Read a whole HTML page: a capture in, a `Document` out.

The body is found in `body/bodies.py`, what stands around it in `around/margins.py`. Byline, tags,
language and dates are the page's claims (`claims/metadata.py`); a title that comes with the capture
wins.
"""

from collections.abc import Sequence
from dataclasses import replace

from lxml import html as lxml_html

from pipelines.article import Capture, Document, Zone
from pipelines.errors import NoArticle
from pipelines.extraction.around.margins import with_margins
from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.body.bodies import find_body
from pipelines.extraction.body.overlays import without_overlays
from pipelines.extraction.claims.metadata import PageClaims, read_metadata
from pipelines.extraction.claims.second_opinion import second_opinion
from pipelines.extraction.claims.text_dates import find_dates
from pipelines.extraction.decoding import decode
from pipelines.extraction.fragment import plain_title
from pipelines.extraction.zones import (
    Part,
    partition,
    tags_part,
    with_headline,
    with_lede,
)


def extract_page(capture: Capture, *, fast: bool = False) -> Document:
    """Return the document of a page; raise NoArticle where it has neither text nor title.

    With `fast` the body is found by our own reading alone, and banners of consent stay in the page.
    """
    raw, tree = _parsed(decode(capture.content, capture.encoding), fast=fast)
    if tree is None:
        claims, found = PageClaims(), []
    else:
        claims = read_metadata(tree, capture.url)
        url = claims.url or capture.url
        known = replace(claims, title=_title(capture, [], claims), url=url)
        body = find_body(raw, tree, claims.body, fast=fast)
        found = with_margins(tree, body, known)
    title = _title(capture, found, claims)
    if not found and not title:
        raise NoArticle(f"reading {capture.locator}: the page has neither article text nor title")
    parts = with_headline(found, title)
    text, zones = partition(with_lede([*parts, *tags_part(capture.tags or claims.tags)]))
    dates = [*claims.dates, *find_dates([p.text for p in parts if p.zone is Zone.BODY])]
    return Document(
        text=text,
        zones=zones,
        raw_text="\n".join(part.text for part in found),
        title=title,
        author=capture.author or claims.author,
        url=claims.url,
        site_name=claims.site_name,
        language=capture.language or claims.language,
        dates=(*dates, *second_opinion(raw, capture.fetched_at, dates)),
    )


def _parsed(raw: str, *, fast: bool) -> tuple[str, lxml_html.HtmlElement | None]:
    # Finding overlays takes more than half as long as the fast reading of a body.
    return (raw, parse_html(raw)) if fast else without_overlays(raw)


def _title(capture: Capture, parts: Sequence[Part], claims: PageClaims) -> str:
    """Return the title that comes with the capture, else the one over the body, else the claim."""
    shown = next((part.text for part in parts if part.zone is Zone.HEADLINE), "")
    return plain_title(capture.title) or shown or claims.title
