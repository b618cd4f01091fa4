"""Ask htmldate where a page states no date plainly: a page and its dates in, evidence out.

htmldate is slow, so it is asked only where nothing firm was found. (Asked on other pages too it
raised the share of sure days and lowered that of right ones: it reads the same meta elements.) It
knows days, not times. It may take a page's clock for its date, so the day of the fetch and of a
page clock are no answer, nor is the first of January, which it makes of a copyright's year. What it
reads of 10/05/2015 alone, May or October depending on who wrote it, is said to be read either way.

Of 25-11-09 it takes the first number for the day. In languages that write the year first
(`25.11.09`) that was sixteen years off; there the year is read first, and said to be a guess, as is
what it reads elsewhere with hyphens. In Persian and Thai two digits are a year of another calendar,
and so they are in Japan where one stands first (`R7.11.09`): no answer.
"""

import logging
import re
from collections.abc import Sequence
from datetime import datetime

from htmldate import find_date

from pipelines.article import DateEvidence, DateRole, DateSource
from pipelines.date_evidence import EITHER_WAY, YEAR_FIRST
from pipelines.date_formats import parse_date

_FIRM = frozenset(
    {DateSource.JSON_LD, DateSource.META, DateSource.MICRODATA, DateSource.TIME_TAG}
    | {DateSource.BYLINE}
)
_MONTHS = 12
_LANGUAGE = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_YEAR_FIRST = frozenset({"ja", "ko", "zh", "hu", "mn"})
_OTHER_YEARS = frozenset({"fa", "th"})
# It logs each page that it finds odd as an error; we count the outcome instead.
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def second_opinion(
    markup: str, fetched_at: datetime | None, dates: Sequence[DateEvidence]
) -> list[DateEvidence]:
    """Return htmldate's reading of a page whose `dates` are not firm; empty where it has none."""
    if any(e.source in _FIRM and e.role is DateRole.PUBLISHED for e in dates):
        return []
    latest = fetched_at.date().isoformat() if fetched_at else "2100-01-01"  # its default is today
    try:
        day = find_date(markup, extensive_search=True, original_date=True, max_date=latest)
    except (ValueError, RecursionError):  # pages it cannot parse
        return []
    clocks = [latest, *(e.raw for e in dates if e.source is DateSource.PAGE_CLOCK)]
    if day is None or day.endswith("-01-01") or any(_same_day(day, clock) for clock in clocks):
        return []
    return _judged(markup, day)


def _judged(markup: str, day: str) -> list[DateEvidence]:
    """Return the evidence of what htmldate read; empty where that is no answer."""
    written = _with_short_year(markup, day)
    found = _of_short_year(markup, day, written) if written else (day, _where(markup, day))
    return [DateEvidence(DateSource.FREE_TEXT, found[0], where=found[1])] if found else []


def _where(markup: str, day: str) -> str:
    return f"htmldate, {EITHER_WAY}" if _is_read_either_way(markup, day) else "htmldate"


def _is_read_either_way(markup: str, iso: str) -> bool:
    """Say whether a page writes a day in numbers only, and day and month may be exchanged."""
    year, month, day = map(int, iso.split("-"))
    if day > _MONTHS or day == month:
        return False
    either = rf"(?:0?{day}[/-]0?{month}|0?{month}[/-]0?{day})[/-](?:{year}|{year % 100:02})"
    written = rf"(?<![\d-]){either}(?![\d-])"
    plain = rf"{year}[-/.]?{month:02}[-/.]?{day:02}(?!\d)"
    return bool(re.search(written, markup)) and not re.search(plain, markup)


def _with_short_year(markup: str, iso: str) -> str:
    """Return a day as the page writes it, in numbers with two digits of the year; "" where not."""
    year, month, day = map(int, iso.split("-"))
    numbers = rf"(?:0?{day}[./-]0?{month}|0?{month}[./-]0?{day})[./-]{year % 100:02}"
    found = re.search(rf"(?<![\d./-]){numbers}(?![\d/-])", markup)
    return found[0] if found and str(year) not in markup else ""


def _of_short_year(markup: str, iso: str, written: str) -> tuple[str, str] | None:
    """Return a day whose year has two digits, and how it was read; None for another calendar's."""
    lang = _LANGUAGE.search(markup)
    language = lang[1].lower() if lang else ""
    first = parse_date("20" + re.sub(r"\D", "-", written))
    if language in _OTHER_YEARS or (language in _YEAR_FIRST and first is None):
        return None
    if language in _YEAR_FIRST and first is not None:
        iso = first.day.isoformat()
    elif "-" not in written or first is None:
        return iso, _where(markup, iso)
    return iso, f"htmldate, {YEAR_FIRST}"


def _same_day(day: str, clock: str) -> bool:
    parsed = parse_date(clock)
    return parsed is not None and parsed.day.isoformat() == day
