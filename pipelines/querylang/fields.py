"""The fields of the query language: their names, and what their values may be.

A zone field (`title:`, `quote:`) narrows where words are looked for; a meta field (`lang:`) asks
for a fact about the article. Names from other tools are accepted. A field that is not there yet is
refused, because an answer of nothing would be read as "no such articles".
"""

import calendar
import difflib
import re
from datetime import date, timedelta
from types import MappingProxyType

from pipelines.errors import QueryError
from pipelines.querylang.refusal import refusal
from pipelines.querylang.tree import Meta
from pipelines.querylang.words import tokens

ZONE_FIELDS = MappingProxyType(
    {
        "title": "title",
        "intitle": "title",
        "headline": "title",
        "lede": "lede",
        "body": "body",
        "tags": "tags",
        "quote": "quote",
    }
)
ASK_FOR_QUOTES = frozenset(["speaker", "quote"])
META_FIELDS = MappingProxyType(
    {
        "outlet": "outlet",
        "source": "outlet",
        "media_name": "outlet",
        "domain": "domain",
        "site": "domain",
        "canonical_domain": "domain",
        "outlet_country": "outlet_country",
        "sourcecountry": "outlet_country",
        "mentioned": "mentioned",
        "mentions": "mentioned",
        "about": "about",
        "lang": "lang",
        "language": "lang",
        "topic": "topic",
        "entity": "entity",
        "speaker": "speaker",
        "published": "published",
        "seen": "seen",
    }
)
LATER = frozenset(["copies"])
_NOT_HERE = MappingProxyType(
    {
        "country": "`outlet_country:`, `about:` or `mentioned:`, which are three things",
        "author": "`outlet:` or `speaker:`; authors cannot be asked for",
        "url": "`domain:`",
    }
)
_KNOWN = (*ZONE_FIELDS, *META_FIELDS)
_DATES = frozenset(["published", "seen"])
_CODES = frozenset(["outlet_country", "mentioned", "about", "lang"])
_BEGUN = frozenset(["outlet", "domain", "topic", "entity", "speaker"])  # may end in `*`
UNKNOWN = "unknown"  # a code field's value for articles without one

_SHOWN = 40  # characters of what was typed, in a message

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")
_DATE_HELP = "a day, month or year such as 2015-06-01, or an interval such as 2015-06-01/2015-06-07"


def unknown_field(name: str, position: int) -> QueryError:
    """Return the error for a field that is not known or not available yet."""
    if name in LATER:
        return refusal(
            f"the field `{name}:` is not available yet; leave it out",
            position,
            "one of " + ", ".join(f"{known}:" for known in _KNOWN),
        )
    near = difflib.get_close_matches(name, _KNOWN, n=1)
    known = f"; the nearest is `{near[0]}:`" if near else ""
    known = f"; there is {_NOT_HERE[name]}" if name in _NOT_HERE else known
    return refusal(
        f"there is no field `{name[:_SHOWN]}:`{known}. To look for the text itself, put it in "
        "quotation marks",
        position,
        "a field's name" if known else "one of " + ", ".join(f"{one}:" for one in _KNOWN),
    )


def meta(name: str, value: str, position: int, *, prefix: bool = False) -> Meta:
    """Return the condition `name:value` (canonical name); QueryError where the value cannot be."""
    if prefix and name not in _BEGUN:
        raise refusal(f"`*` cannot be used with `{name}:`", position, "a whole value")
    if name in _DATES:
        first, last = _interval(value, position)
        return Meta(name, value, first=first, last=last)
    if name in _CODES:
        return Meta(name, _code(name, value, position))
    if "*" in value:
        raise refusal(
            "`*` stands only at the end of a word", position, "a word, or all but its end"
        )
    if not tokens(value):
        raise refusal(f"`{name}:` has no value", position, "a value")
    return Meta(name, " ".join(value.split()), prefix)


def _code(name: str, value: str, position: int) -> str:
    if value.casefold() == UNKNOWN and name not in ("mentioned", "about"):
        return UNKNOWN
    if re.fullmatch("[A-Za-z]{2}", value):
        return value.lower() if name == "lang" else value.upper()
    what = "a language of two letters (ISO 639-1)"
    if name != "lang":
        what = "a country of two letters (ISO 3166-1)"
    raise refusal(f"`{name}:{value}` is not {what}", position, what)


def _interval(value: str, position: int) -> tuple[date | None, date | None]:
    """Return the first and last day of a date or an ISO 8601 interval."""
    left, slash, right = value.partition("/")
    if not slash:
        return _span(value, position)
    if left.startswith("P") and not right:
        raise refusal(
            f"`{value}` counts from today, and a query must not; write both ends, or one end "
            "and the length, such as P1W/2015-06-07",
            position,
            _DATE_HELP,
        )
    try:
        first, last = _ends(left, right, position)
    except (OverflowError, ValueError) as error:
        raise _bad_date(value, position) from error
    if first and last and first > last:
        raise refusal(f"the interval `{value}` ends before it begins", position, _DATE_HELP)
    return first, last


def _ends(left: str, right: str, position: int) -> tuple[date | None, date | None]:
    """Return both ends of an interval, at most one of which is open or a length."""
    if not left and not right:
        raise ValueError("both ends are open")
    if left.startswith("P"):
        last = _end(right, position)
        return _moved(last + timedelta(days=1), left, -1), last
    first = _start(left, position) if left else None
    if first and right.startswith("P"):
        return first, _moved(first, right, 1) - timedelta(days=1)
    return first, _end(right, position) if right else None


def _start(value: str, position: int) -> date:
    return _span(value, position)[0]


def _end(value: str, position: int) -> date:
    return _span(value, position)[1]


def _span(value: str, position: int) -> tuple[date, date]:
    """Return the first and last day of an ISO day, month or year."""
    found = _DAY.fullmatch(value)
    if not found:
        raise _bad_date(value, position)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as error:
        raise _bad_date(value, position) from error


def _moved(day: date, duration: str, direction: int) -> date:
    """Return the day an ISO duration later or earlier; months keep the day where they have it."""
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()):
        raise ValueError(duration)
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    count = day.year * 12 + day.month - 1 + direction * (years * 12 + months)
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    moved = date(year, month + 1, min(day.day, last))
    return moved + direction * timedelta(weeks=weeks, days=days)


def _bad_date(value: str, position: int) -> QueryError:
    hint = "; write an interval as 2015/2016" if value.startswith("[") else ""
    return refusal(f"`{value}` is not a date we can read{hint}", position, _DATE_HELP)
