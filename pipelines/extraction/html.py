"""Read a whole HTML page: a capture in, a `Document` out.

The body is found in `bodies.py`, what stands around it in `margins.py`. Byline, tags, language and
dates are the page's claims (`metadata.py`); a title that comes with the capture wins.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace

from htmldate import find_date

from pipelines.article import Capture, DateEvidence, DateRole, DateSource, Document, Zone
from pipelines.date_formats import parse_date
from pipelines.errors import NoArticle
from pipelines.extraction.blocks import parse_html
from pipelines.extraction.bodies import find_body
from pipelines.extraction.decoding import decode
from pipelines.extraction.fragment import plain_title
from pipelines.extraction.margins import with_margins
from pipelines.extraction.metadata import PageClaims, read_metadata
from pipelines.extraction.text_dates import find_dates
from pipelines.extraction.zones import (
    Part,
    partition,
    tags_part,
    with_headline,
    with_lede,
)

_FIRM = frozenset(
    {DateSource.JSON_LD, DateSource.META, DateSource.MICRODATA, DateSource.TIME_TAG}
    | {DateSource.BYLINE}
)
# It logs each page it finds odd as an error; we count the outcome instead.
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract_page(capture: Capture, *, fast: bool = False) -> Document:
    """Return the document of a page; raise NoArticle where it has neither text nor title."""
    raw = decode(capture.content, capture.encoding)
    tree = parse_html(raw)
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
        dates=(*dates, *_second_opinion(raw, capture, dates)),
    )


def _title(capture: Capture, parts: Sequence[Part], claims: PageClaims) -> str:
    """Return the title that comes with the capture, else the one over the body, else the claim."""
    shown = next((part.text for part in parts if part.zone is Zone.HEADLINE), "")
    return plain_title(capture.title) or shown or claims.title


def _second_opinion(markup: str, capture: Capture, dates: list[DateEvidence]) -> list[DateEvidence]:
    """Return htmldate's reading of a page that states no date plainly.

    It may take a page's clock for its date, so the day of the fetch and of a page clock are no
    answer.
    """
    if any(e.source in _FIRM and e.role is DateRole.PUBLISHED for e in dates):
        return []
    fetched = capture.fetched_at
    latest = fetched.date().isoformat() if fetched else "2100-01-01"  # its default is today
    try:
        day = find_date(markup, extensive_search=True, original_date=True, max_date=latest)
    except (ValueError, RecursionError):  # pages it cannot parse
        return []
    clocks = [latest, *(e.raw for e in dates if e.source is DateSource.PAGE_CLOCK)]
    if day is None or any(_same_day(day, clock) for clock in clocks):
        return []
    return [DateEvidence(DateSource.FREE_TEXT, day, where="htmldate")]


def _same_day(day: str, clock: str) -> bool:
    parsed = parse_date(clock)
    return parsed is not None and parsed.day.isoformat() == day
