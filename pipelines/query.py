"""What an analyst asks: one frozen, hashable `Query`, the cache key of the dashboard, and its link.

Corpus filters (period, outlets, outlet countries, languages) make the denominator; topics, entities
and `text` are series of their own; `mentioned`, `about`, `dateline` and `within` narrow every one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Interval(StrEnum):
    """Width of a bucket. Weeks start on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Unit(StrEnum):
    """What is counted."""

    ARTICLES = "articles"
    MENTIONS = "mentions"
    TEXTS = "texts"  # distinct texts: copies collapsed


class Measure(StrEnum):
    """Whether a number is a count, or what is made of it."""

    COUNT = "count"
    SHARE = "share"  # of all articles under the same corpus filters
    ADJUSTED = "adjusted"  # the share, had every source been collected
    INDEX = "index"  # the count, 100 in the first complete bucket

    @property
    def is_share(self) -> bool:
        """Return whether it is a part of all articles."""
        return self in (Measure.SHARE, Measure.ADJUSTED)

    def of(self, unit: Unit) -> "Measure":
        """Return itself, or what means something for `unit` in its place.

        Mentions have no share; the adjusted one adds up sources, which distinct texts do not.
        """
        if unit is Unit.MENTIONS and self.is_share:
            return Measure.COUNT
        if unit is Unit.TEXTS and self is Measure.ADJUSTED:
            return Measure.SHARE
        return self


class Placement(StrEnum):
    """Where an article stands on a time axis. For every filter the four add up to the total."""

    PLACED = "placed"
    GUESS = "guess"  # date confidence below .6
    TOO_COARSE = "too coarse"  # known to the month or year only, and the interval is finer
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Query:
    """Filters, series and the way to count. Empty tuples and strings mean: no such condition.

    `start` and `end` are inclusive days in `tz`. `last` ("90d") is resolved into start and end by
    whoever knows what today is. `placement` None means: placed articles where a period is given,
    else all.
    """

    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    text: str = ""
    within: str = ""
    outlet_countries: tuple[str, ...] = ()  # ISO alpha-2; "unknown" for none
    mentioned: tuple[str, ...] = ()  # ISO alpha-2
    about: tuple[str, ...] = ()  # ISO alpha-2
    dateline: tuple[str, ...] = ()  # ISO alpha-2: where it says it was filed
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    last: str = ""
    interval: Interval | None = None  # None: the finest useful one
    unit: Unit = Unit.ARTICLES
    measure: Measure = Measure.COUNT
    tz: str = "UTC"
    guesses: bool = False  # place guessed dates too
    previous: bool = False  # lay the same span before beside the period
    placement: Placement | None = None
    snap: int | None = None  # store version

    def to_params(self, *, everything: bool = False) -> list[tuple[str, str]]:
        """Return the link's parameters, repeated keys by name; defaults only with `everything`."""
        pairs = [(key, value) for name, key in _LISTS.items() for value in getattr(self, name)]
        pairs += [(key, getattr(self, name)) for name, key in _TEXTS.items() if getattr(self, name)]
        pairs += [("date", day.isoformat() if day else "") for day in self._period()]
        for name in (*_CHOICES, "tz"):
            if getattr(self, name) != (None if everything else _default(name)):
                pairs.append((name, str(getattr(self, name))))
        return pairs + self._switches_and_pin()

    def _switches_and_pin(self) -> list[tuple[str, str]]:
        pairs = [(name, "1") for name in _SWITCHES if getattr(self, name)]
        return pairs if self.snap is None else [*pairs, ("snap", str(self.snap))]

    def _period(self) -> tuple[date | None, ...]:
        return (self.start, self.end) if self.start or self.end else ()

    def resolve_last(self, today: date) -> "Query":
        """Return the query with `last` turned into `start` and `end`, the latter being `today`.

        "all" stays: which days there are, only the store knows (see `useful_period`).
        """
        if self.last in ("", "all"):
            return self
        return replace(self, start=last_start(self.last, today), end=today, last="")


_LISTS = {
    "topics": "topic",
    "entities": "entity",
    "outlet_countries": "outlet_country",
    "mentioned": "mentioned",
    "about": "about",
    "dateline": "dateline",
    "languages": "lang",
    "outlets": "outlet",
}
_TEXTS = {"text": "q", "within": "within", "last": "last"}
_CHOICES: Mapping[str, type[StrEnum]] = {
    "interval": Interval,
    "unit": Unit,
    "measure": Measure,
    "placement": Placement,
}
_SWITCHES = ("guesses", "previous")
_KEYS = frozenset({*_LISTS.values(), *_TEXTS.values(), *_CHOICES, *_SWITCHES, "date", "tz", "snap"})
_LAST = {"24h": 1, "7d": 7, "30d": 30, "90d": 90, "1y": 365}


def last_start(last: str, today: date) -> date | None:
    """Return the first day of a preset ("90d", "ytd"; "all" is None); ValueError if unknown."""
    if last == "all":
        return None
    if last == "ytd":
        return date(today.year, 1, 1)
    if last not in _LAST:
        raise ValueError(f"unknown period {last!r}: known are {', '.join(_LAST)}, ytd, all")
    return today - timedelta(days=_LAST[last] - 1)


def _default(name: str) -> object:
    return getattr(Query(), name)


def query_from_params(params: Sequence[tuple[str, str]]) -> tuple[Query, list[str]]:
    """Read a link back into a `Query`.

    Unknown keys and bad values are left out, and each leaves a plain sentence in the second result
    so that the interface can show it.
    """
    query, notes = Query(), []
    lists: dict[str, list[str]] = {}
    days: list[str] = []
    for key, value in params:
        if key in _LISTS.values():
            lists.setdefault(key, []).append(value)
        elif key == "date":
            days.append(value)
        elif key not in _KEYS:
            notes.append(f"The link's `{key}` is not known and was left out.")
        else:
            try:
                query = _with(query, key, value)
            except (ValueError, KeyError, OSError):  # the last two: ZoneInfo, unknown or a folder
                notes.append(f"The link's `{key}={value}` cannot be used and was left out.")
    for name, key in _LISTS.items():
        if key in lists:
            query = _set(query, name, tuple(dict.fromkeys(lists[key])))
    return _with_days(query, days, notes), notes


def _set(query: Query, name: str, value: object) -> Query:
    return replace(query, **{name: value})  # type: ignore[arg-type]  # name and value go together


def _with(query: Query, key: str, value: str) -> Query:
    for name, text_key in _TEXTS.items():
        if key == text_key:
            if key == "last":
                last_start(value, date.min + timedelta(days=400))
            return _set(query, name, value)
    if key in _CHOICES:
        return _set(query, key, _CHOICES[key](value))
    if key == "tz":
        ZoneInfo(value)
        return replace(query, tz=value)
    if key in _SWITCHES:
        return _set(query, key, {"1": True, "0": False}[value])
    if not (value.isascii() and value.isdecimal()):
        raise ValueError(f"{value!r} is no version")
    return replace(query, snap=int(value))


def _with_days(query: Query, days: Sequence[str], notes: list[str]) -> Query:
    if not days:
        return query
    try:
        if len(days) != 2:
            raise ValueError("a period has two ends")
        start, end = (date.fromisoformat(day) if day else None for day in days)
    except ValueError:
        notes.append(f"The link's period {' to '.join(days)} cannot be used and was left out.")
        return query
    if start and end and start > end:
        start, end = end, start
        notes.append("The link's period ran backwards and was turned round.")
    return replace(query, start=start, end=end)
