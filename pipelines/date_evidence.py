"""Read raw dates into evidence: a raw string, an address or a fetch in, `DateEvidence` out.

What is read here is not judged: `dates.py` weighs it. A time without a zone counts as UTC in page
metadata and feeds; elsewhere only its day is kept. An address tells a day, else a month.
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote, urlsplit

from pipelines.article import DateEvidence, DatePrecision, DateRole, DateSource
from pipelines.calendars.persian import day_of as persian_day
from pipelines.date_formats import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    MONTHS,
    ParsedDate,
    make_day,
    parse_date,
    parse_in_order,
)

_ASSUMES_UTC = frozenset({DateSource.JSON_LD, DateSource.META, DateSource.FEED})
NO_ZONE = "no zone given, UTC assumed"
DAY_KEPT = "no zone given, day kept"
EITHER_WAY = "day or month first"  # in `where`: what was read may be the other
YEAR_FIRST = "day or year first"  # the same of a year of two digits
# In `where`, before the date of the same file that shows the order (`date_order.py`).
DAY_FIRST, MONTH_FIRST = "day first, as ", "month first, as "
NOT_LATER = "would else lie after the fetch"  # at its end: no other date shows it, but the fetch
_URL_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2}|[a-z]{3,9})/(?P<d>\d{1,2})(?=/|$|[_\-.])",
        r"(?<![\d])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)[-/](?P<d>\d\d)(?!\d)",
        r"/(?P<y>(?:19|20)\d\d)/(?P<m>\d\d)(?P<d>\d\d)(?=/|$)",
        r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        r"(?<![\d-])(?P<d>1[3-9]|2\d|3[01])-(?P<m>\d\d)-(?P<y>(?:19|20)\d\d)(?![\d-]*\d)",
    )
)
_URL_PERSIAN = re.compile(r"/(?P<y>13[7-9]\d|140\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?=/|$)")
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])/(?!\d{1,2}(?:/|$|[_\-.]))")


def date_in_url(url: str) -> DateEvidence | None:
    """Return the day an address carries, else its month (`/2015/06/slug`), as blogs write it."""
    if (day := day_in_url(url)) is not None:
        return day
    match = _URL_MONTH.search(_path(url))
    month = make_day(int(match["y"]), int(match["m"]), 1) if match else None
    if match is None or month is None:
        return None
    raw = match[0].strip("/")
    return DateEvidence(DateSource.URL, raw, day=month, precision=DatePrecision.MONTH, where="url")


def day_in_url(url: str) -> DateEvidence | None:
    """Return the day an address carries (`/2015/06/02/`, `/20150602/`), not a part of an id.

    Or the day of the Persian calendar, `/1404/09/08/`.
    """
    path = _path(url)
    for pattern in _URL_DAYS:
        for match in pattern.finditer(path):
            month = match["m"].casefold()
            number = int(month) if month.isdecimal() else MONTHS.get(month, 0)
            if day := make_day(int(match["y"]), number, int(match["d"])):
                return _of_url(match[0], day)
    persian = _URL_PERSIAN.search(path)
    day = persian and persian_day(int(persian["y"]), int(persian["m"]), int(persian["d"]))
    return _of_url(persian[0], day) if persian and day else None


def _of_url(written: str, day: date) -> DateEvidence:
    raw = written.strip("/")
    return DateEvidence(DateSource.URL, raw, day=day, precision=DatePrecision.DAY, where="url")


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:  # an address with a broken host, "http://[x/"
        return ""


def parse_claim(
    raw: str, source: DateSource, role: DateRole = DateRole.PUBLISHED, where: str = ""
) -> DateEvidence:
    """Return the evidence of one raw date; precision None where it cannot be read one way only."""
    return read(DateEvidence(source, raw, role, where=where))


def read(item: DateEvidence) -> DateEvidence:
    """Return the evidence with day, precision and instant read from its raw string, if possible."""
    if item.precision is not None:
        return _sound(item)
    if item.day or item.instant:  # without a precision they say nothing
        item = replace(item, day=None, instant=None)
    parsed = None if item.role is DateRole.EVENT else _parsed(item)
    if parsed is None:
        return item
    if parsed.precision is DatePrecision.INSTANT and parsed.offset is None:
        if item.source not in _ASSUMES_UTC:
            return replace(item, day=parsed.day, precision=DatePrecision.DAY, note=DAY_KEPT)
        parsed = ParsedDate(parsed.day, parsed.precision, parsed.local, timedelta())
        item = replace(item, note=NO_ZONE)
    return replace(item, day=parsed.day, precision=parsed.precision, instant=parsed.instant)


def is_read_in_order(item: DateEvidence) -> bool:
    """Say whether other dates of its file show in which order day and month of a claim stand."""
    return DAY_FIRST in item.where or MONTH_FIRST in item.where


def as_read(item: DateEvidence) -> str:
    """Return a date as written, with its day where other dates of its file tell it."""
    return f"{item.raw} {read(item).day}" if is_read_in_order(item) else item.raw


def _parsed(item: DateEvidence) -> ParsedDate | None:
    if is_read_in_order(item):
        return parse_in_order(item.raw, day_first=DAY_FIRST in item.where)
    return parse_date(item.raw)


def _sound(item: DateEvidence) -> DateEvidence:
    """Return evidence read elsewhere with its gaps filled; unread where it contradicts itself."""
    instant = item.instant
    if instant is not None and instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    day = item.day or (instant.date() if instant else None)
    if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return replace(item, day=None, instant=None, precision=None)
    if item.precision is DatePrecision.INSTANT and (
        instant is None or not EARLIEST_YEAR <= instant.year <= LATEST_YEAR
    ):
        return replace(item, day=day, instant=None, precision=DatePrecision.DAY)
    return replace(item, day=day, instant=instant)


def fetch_clock(fetched_at: datetime) -> DateEvidence:
    """Return the evidence that an article is no younger than its fetch."""
    return DateEvidence(
        DateSource.FETCH_CLOCK,
        fetched_at.isoformat(),
        DateRole.UPPER_BOUND,
        instant=fetched_at,
        day=fetched_at.astimezone(UTC).date(),
        precision=DatePrecision.INSTANT,
        where="fetch",
    )
