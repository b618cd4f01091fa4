"""First days of buckets go in, those that the axis names come out, and what it calls them.

The finest of these that leave few enough: each bucket, every other, Mondays, every other Monday,
first days of months (the first Monday where buckets are weeks), of two, three or six months, of
years, of two, three, five, ten and more years. So a reader meets dates known from a calendar, and
years where there are many.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from pipelines.analysis.buckets import bucket_label
from pipelines.query import Interval

_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 3, 5, 10, 20, 50)
_MONDAY = 0


def tick_days(days: Sequence[str], interval: Interval, most: int) -> list[str]:
    """Return at most `most` of the first days of buckets, which are sorted."""
    known = [date.fromisoformat(day) for day in days]
    for is_named in _rules(interval):
        named = [one.isoformat() for one in known if is_named(one)]
        if 2 <= len(named) <= most:
            return named
    return list(days[:: -(-len(days) // most) or 1])


def tick_words(named: Sequence[str], interval: Interval) -> list[str]:
    """Return what the axis calls these days: the year below the day, where it is another."""
    if interval is Interval.MONTH and all(day[5:7] == "01" for day in named):
        return [day[:4] for day in named]
    if interval in (Interval.MONTH, Interval.YEAR):
        return [bucket_label(day, interval) for day in named]
    before = ["", *named]
    return [
        day[5:] if day[:4] == last[:4] else f"{day[5:]}<br>{day[:4]}"
        for last, day in zip(before, named, strict=False)
    ]


def _rules(interval: Interval) -> Iterator[Callable[[date], bool]]:
    """Yield from the finest on which buckets are named."""
    yield lambda _: True
    if interval is Interval.DAY:
        yield lambda day: day.toordinal() % 2 == 0
        yield lambda day: day.weekday() == _MONDAY
    if interval in (Interval.DAY, Interval.WEEK):
        yield lambda day: day.weekday() == _MONDAY and day.toordinal() // 7 % 2 == 0
    last = {Interval.DAY: 1, Interval.WEEK: 7}.get(interval, 31)  # day that begins a month
    for months in _MONTHS if interval is not Interval.YEAR else ():
        yield partial(_begins, last=last, months=months, years=1)
    for years in _YEARS:
        yield partial(_begins, last=last, months=12, years=years)


def _begins(day: date, *, last: int, months: int, years: int) -> bool:
    """Return whether a bucket begins so many months or years, in a year that divides evenly."""
    return day.day <= last and (day.month - 1) % months == 0 and day.year % years == 0
