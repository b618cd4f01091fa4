"""Choose what a chart opens with: the finest useful interval, then the longest range.

Rule (conventions.md calls it the default range): the last day is the last one collected to its end;
among day, week, month and year the first interval wins for which, over some preset length ending
there, the median bucket holds at least 20 articles of the corpus and at most one bucket in ten is
empty; of the presets, the longest that does. Where nothing reaches 20, the whole span is shown at
the first interval that gives at most 60 buckets. "all" asks for the whole span, of the
collection and of articles dated after it; a period without an end goes as far.
"""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.analysis.buckets import bucket_start, bucket_starts
from pipelines.analysis.coverage import collected
from pipelines.query import Interval, Query
from pipelines.store import Store

MEDIAN_DENOMINATOR = 20
_PRESETS = {  # lengths in buckets, longest first; about a year of days is the most a chart shows
    Interval.DAY: (365, 180, 90, 60, 42, 30, 14),
    Interval.WEEK: (260, 156, 104, 52, 26, 13),
    Interval.MONTH: (240, 120, 60, 36, 24, 12, 6),
    Interval.YEAR: (50, 20, 10, 5, 3),
}
_MOST_EMPTY = 0.1  # of the buckets; a longer range would open on weeks before the collection
_MOST_BUCKETS = 60
_DAYS = {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 31, Interval.YEAR: 366}


def useful_period(store: Store, query: Query) -> Query:
    """Return the query with the ends and interval it leaves open filled in.

    A store without a placed article gives the query back with an interval only.
    """
    if query.start and query.end and query.interval:
        return query
    per_day, finest = _per_day(store, query)
    if per_day.empty:
        return replace(query, interval=query.interval or Interval.DAY)
    end = query.end or max(_end(store, query, per_day), query.start or date.min)
    first = query.start or min(per_day.index.min().date(), end)
    if query.last == "all":
        query = replace(query, start=first, last="")
    return _finest(per_day, query, (first, end), finest)


def _finest(per_day: pd.Series, query: Query, span: tuple[date, date], finest: Interval) -> Query:
    """Return the query with the first interval that is useful, over its longest useful period."""
    first, end = span
    intervals = (query.interval,) if query.interval else _from(finest)
    for interval in intervals:
        start = query.start or _longest(per_day, first, end, interval)
        if start and _is_useful(per_day, start, end, interval):
            return replace(query, start=start, end=end, interval=interval)
    coarse = max(finest, _coarse(first, end), key=list(Interval).index)
    return replace(query, start=first, end=end, interval=query.interval or coarse)


def _from(finest: Interval) -> list[Interval]:
    return list(Interval)[list(Interval).index(finest) :]


def _per_day(store: Store, query: Query) -> tuple[pd.Series, Interval]:
    """Return how many articles stand on each day, and the finest interval that places any.

    Articles known to the month only have no place among days: a corpus of nothing else begins with
    months.
    """
    for interval in (query.interval,) if query.interval else tuple(Interval):
        days = store.days(replace(query, start=None, end=None, interval=interval))
        if not days.empty:
            break
    return pd.Series(days["articles"].to_numpy(), index=pd.to_datetime(days["day"])), interval


def _end(store: Store, query: Query, per_day: pd.Series) -> date:
    """Return the last day of a period that names none."""
    end = _last_day(store, query, per_day)
    if query.last != "all" and query.start is None:
        return end
    last: date = per_day.index.max().date()
    return max(end, last)  # a silent end of the collection is shown too


def _last_day(store: Store, query: Query, per_day: pd.Series) -> date:
    """Return the last complete collection day, else the last dated day up to the store's own."""
    today = store.as_of.astimezone(ZoneInfo(query.tz)).date()
    days = per_day.index[per_day.index.date <= today]
    known = collected(store, Query()).last_day(query.tz)
    if known is not None and (days.date <= known).any():
        return min(known, today)
    last: date = (days.max() if len(days) else per_day.index.max()).date()
    return last


def _longest(per_day: pd.Series, first: date, end: date, interval: Interval) -> date | None:
    """Return the start of the longest preset whose median bucket is large enough, if one is."""
    for length in _PRESETS[interval]:
        start = bucket_start(end - timedelta(days=_DAYS[interval] * (length - 1)), interval)
        if start < bucket_start(first, interval):
            continue
        if _is_useful(per_day, start, end, interval):
            return start
    return None


def _is_useful(per_day: pd.Series, start: date, end: date, interval: Interval) -> bool:
    starts = bucket_starts(start, end, interval)
    period = per_day[(per_day.index >= pd.Timestamp(start)) & (per_day.index <= pd.Timestamp(end))]
    places = starts.searchsorted(period.index, side="right") - 1
    totals = period.groupby(places).sum().reindex(range(len(starts)), fill_value=0)
    return bool(totals.median() >= MEDIAN_DENOMINATOR and (totals == 0).mean() <= _MOST_EMPTY)


def _coarse(first: date, end: date) -> Interval:
    days = (end - first).days + 1
    fitting = (i for i in Interval if days / _DAYS[i] <= _MOST_BUCKETS)
    return next(fitting, Interval.YEAR)
