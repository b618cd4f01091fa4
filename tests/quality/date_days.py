"""Print how many publication days are right on htmldate's and fundus' pages.

Usage: python -m tests.quality.date_days [../shared/data] [--wrong]

A page clock taken as a date is a wrong day that equals the crawl's day (fundus) or a day that the
page's own clock shows. A true day after the crawl is a mistake of the set (month and day swapped)
and tells nothing about clocks. Six of fundus' truths are midnight to the second: days, not minutes.
Such a page is counted as without the right minute, and left out in the figure "where it is known".
"As exact as the truth" takes the day without a minute for right there, and midnight too.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import process_time

from pipelines.article import Capture, DateSource, Form, Publication
from pipelines.dates import date_in_url, resolve
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from tests.quality.fundus import fundus_gold

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Page:
    """One page with its true day, its true instant if known, and when it was crawled."""

    name: str
    content: bytes
    url: str
    day: date | None
    instant: datetime | None = None
    crawled: datetime | None = None


def htmldate_pages(folder: Path) -> Iterator[Page]:
    """Yield htmldate's pages; gold is a day."""
    for url, entry in json.loads((folder / "eval_default_half.json").read_text("utf-8")).items():
        content = gzip.decompress((folder / "html" / f"{entry['file']}.gz").read_bytes())
        day = date.fromisoformat(entry["date"]) if entry["date"] != "NaN" else None
        yield Page(entry["file"], content, url, day)


def fundus_pages(folder: Path) -> Iterator[Page]:
    """Yield fundus' pages; gold is an instant."""
    for page in fundus_gold(folder):
        if not page.gold.get("publishing_date"):
            continue
        instant = datetime.fromisoformat(page.gold["publishing_date"])
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        when = datetime.fromisoformat(page.crawled).replace(tzinfo=UTC) if page.crawled else None
        yield Page(page.name, page.content, page.url, instant.date(), instant, when)


def publication_of(page: Page, *, with_url: bool = True) -> Publication:
    """Return what extraction and the ladder make of a page."""
    capture = Capture(
        "dates", page.name, Form.PAGE, page.content, url=page.url, fetched_at=page.crawled
    )
    try:
        found = list(extract(capture).dates)
    except CaptureError:
        found = []
    if with_url and (in_url := date_in_url(page.url)):
        found.append(in_url)
    return resolve(found, fetched_at=page.crawled)


def report(name: str, pages: Iterator[Page], *, wrong: bool) -> None:
    """Print the figures of one set."""
    total = right = near = placed = placed_right = clocks = minutes = timed = known = exact = 0
    began = process_time()
    for page in pages:
        publication = publication_of(page)
        day = publication.published_day
        total += 1
        hit = day == page.day
        right += hit
        near += bool(day and page.day and abs(day - page.day) <= timedelta(days=1))
        sure = publication.confidence >= 0.95
        placed += sure
        placed_right += sure and hit
        clocks += not hit and day is not None and is_clock(page, publication)
        if page.instant is not None:
            timed += 1
            minutes += same_minute(page, publication.published_at)
            known += is_timed(page)
            exact += as_exact(page, publication.published_at, day)
        if wrong and not hit:
            print(f"  {page.name[:50]:50} true {page.day} found {day} by {publication.source}")
    spent = process_time() - began
    print(
        f"{name}: {total} pages, day {right / total:.4f}, within a day {near / total:.4f}, "
        f"sure {placed / total:.3f} of which right {placed_right / max(placed, 1):.4f}, "
        f"page clocks taken {clocks}, {total / spent:.1f} pages/s"
        + (f", minute {minutes / timed:.4f}" if timed else "")
        + (f", where it is known {minutes / known:.4f}" if known else "")
        + (f", as exact as the truth {exact / timed:.4f}" if timed else "")
    )


def is_timed(page: Page) -> bool:
    """Say whether the true instant is a time of day; midnight to the second stands for a day."""
    return page.instant is not None and page.instant.time() != time(0)


def same_minute(page: Page, at: datetime | None) -> bool:
    """Say whether the instant found is less than a minute from the true one."""
    return at is not None and page.instant is not None and abs(at - page.instant) < MINUTE


def as_exact(page: Page, at: datetime | None, day: date | None) -> bool:
    """Say whether the minute is right or, where the truth is but a day, that day without a minute.

    Midnight is right there too: a library whose only type is an instant can give nothing else.
    """
    if at is None and page.instant is not None and not is_timed(page):
        return day == page.day
    return same_minute(page, at)


def is_clock(page: Page, publication: Publication) -> bool:
    """Say whether the day found is the page's or the crawl's clock; ask only for wrong days."""
    clocks = {e.day for e in publication.evidence if e.source is DateSource.PAGE_CLOCK}
    crawled = {page.crawled.date()} if page.crawled else set()
    if page.crawled and page.day and page.day > page.crawled.date() + timedelta(days=1):
        return False  # the truth is wrong: nothing is crawled before it is published
    return publication.published_day in clocks | crawled


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    root = Path(arguments[0] if arguments else "../shared/data") / "pages"
    show = "--wrong" in sys.argv
    report("htmldate", htmldate_pages(root / "htmldate-eval"), wrong=show)
    report("fundus", fundus_pages(root / "fundus-parsers"), wrong=show)
