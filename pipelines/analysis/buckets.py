"""The buckets of a time axis: days, weeks from Monday, months, years."""

from calendar import monthrange
from datetime import date, timedelta

import pandas as pd

from pipelines.query import Interval

_FREQUENCY = {Interval.DAY: "D", Interval.WEEK: "W-MON", Interval.MONTH: "MS", Interval.YEAR: "YS"}


def bucket_start(day: date, interval: Interval) -> date:
    """Return the first day of the bucket that holds `day`."""
    match interval:
        case Interval.DAY:
            return day
        case Interval.WEEK:
            return day - timedelta(days=day.weekday())
        case Interval.MONTH:
            return day.replace(day=1)
        case Interval.YEAR:
            return day.replace(month=1, day=1)


def bucket_starts(start: date, end: date, interval: Interval) -> pd.DatetimeIndex:
    """Return the first day of every bucket that touches the days from `start` to `end`."""
    return pd.date_range(bucket_start(start, interval), end, freq=_FREQUENCY[interval])


def bucket_end(start: date, interval: Interval) -> date:
    """Return the last day of the bucket that begins on `start`."""
    match interval:
        case Interval.DAY:
            return start
        case Interval.WEEK:
            return date.fromordinal(min(start.toordinal() + 6, date.max.toordinal()))
        case Interval.MONTH:
            return start.replace(day=monthrange(start.year, start.month)[1])
        case Interval.YEAR:
            return start.replace(month=12, day=31)


def bucket_ends(starts: pd.DatetimeIndex, interval: Interval) -> pd.DatetimeIndex:
    """Return the last day of each bucket that begins on one of `starts`."""
    if interval is Interval.DAY:
        return starts
    return pd.DatetimeIndex([bucket_end(start.date(), interval) for start in starts])


def bucket_label(first: str, interval: Interval | None) -> str:
    """Return what to write for the bucket that begins on `first`: a year or month by its number."""
    return first[: {Interval.YEAR: 4, Interval.MONTH: 7}.get(interval or Interval.DAY, 10)]
