"""What a share would be had every source been collected: the outage-adjusted share.

A source that is missing takes its subjects with it: while the one that writes most of Syria is
down, the share of Syria falls, and nothing happened in Syria. So the articles of each *stratum* (a
source and what it brought) that was not collected on a day are estimated, and the others stay
what they are:

    articles missing   the mean of the source on its collected days of that weekday
    share among them   the source's own usual share, times how many times the usual the topic is in
                       what was collected in the bucket (as if two articles more had been found
                       where two are usual, so that little is not read as none)
    adjusted share     (count + estimated count) / (total_count + estimated articles)

*Usual* is read off the days of the period and of the 90 days before it. A bucket of which nothing
is missing keeps its share exactly. This is post-stratification in which strata without an answer
are imputed by a ratio (Cochran, Sampling Techniques, 1977, chapters 5A and 6; Little and Rubin,
Statistical Analysis with Missing Data, 2002, chapters 3 and 4). Weights fixed for all buckets and
shared out among the strata present, as direct standardisation does, were tried: no better than the
plain share, since what is missing is then taken to be like the rest
(`tests/bench/adjusted_error.py`).

The assumption: the missing sources took up the topic as much more, or less, than usual as those
that were collected. It is left empty where

- the share is (below 20 articles; mentions and distinct texts do not add up over sources),
- more than half of the articles to be expected are missing,
- no source has a log, so that nobody knows what is missing.

A source with fewer than seven collected days has no usual and is not estimated.
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.analysis.buckets import bucket_starts
from pipelines.analysis.coverage import source_spans
from pipelines.query import Interval, Query, Unit
from pipelines.store import Store
from pipelines.store.asking.select import series_of

COLUMNS = ["adjusted_ratio", "missing_ratio"]
LOOK_BACK = timedelta(days=90)
_MOST_MISSING = 0.5
_LEAST_DAYS = 7
_STEADY = 2  # articles at the usual pace; errors by day fell by 1 to 12 %, 5 and more did no better

Floats = npt.NDArray[np.float64]

_TOTALS = """
WITH narrowed AS ({narrowed}), hits AS ({hits})
SELECT 'all' AS series, source, day, count(*) AS articles
FROM narrowed JOIN article USING (article_id)
WHERE placement = 'placed' GROUP BY source, day ORDER BY source, day
"""
_COUNTS = """
WITH narrowed AS ({narrowed}), hits AS ({hits})
SELECT series, source, day, count(*) AS articles
FROM narrowed JOIN hits USING (number) JOIN article USING (article_id)
WHERE placement = 'placed' GROUP BY series, source, day ORDER BY series, source, day
"""


def add_adjusted(store: Store, query: Query, frame: pd.DataFrame) -> pd.DataFrame:
    """Return an attention frame with its columns `adjusted_ratio` and `missing_ratio` filled.

    `query` is the one of the frame, its period and interval known. `missing_ratio` is the part of
    the articles to be expected in a bucket that was not collected, as far as that is estimated.
    """
    if query.start is None or query.end is None or query.unit is not Unit.ARTICLES:
        return frame
    strata = _strata(store, query, query.start, query.end)
    if strata is None:
        return frame
    missing, of_series = strata
    starts = bucket_starts(query.start, query.end, query.interval or Interval.DAY)
    places = dict(zip(starts.strftime("%Y-%m-%d"), range(len(starts)), strict=True))
    place = frame["date"].map(places)
    on_line = place.notna().to_numpy()
    at = place[on_line].to_numpy(dtype=np.int64)
    gone = missing[at]
    rows = frame[on_line]
    extra = np.zeros(len(rows))
    for series, estimates in of_series.items():
        own = (rows["series"] == series).to_numpy()
        extra[own] = estimates[at[own]]
    count, total = (
        rows[name].to_numpy(np.float64, na_value=np.nan) for name in ("count", "total_count")
    )
    due = np.where(total + gone > 0, total + gone, np.nan)
    part, adjusted = gone / due, np.minimum((count + extra) / due, 1)
    usable = rows["ratio"].notna().to_numpy() & (part <= _MOST_MISSING)
    result = frame.copy()
    result.loc[on_line, "missing_ratio"] = part
    result.loc[on_line, "adjusted_ratio"] = np.where(usable, adjusted, np.nan)
    return result


def _strata(
    store: Store, query: Query, start: date, end: date
) -> tuple[Floats, dict[str, Floats]] | None:
    """Return the estimated missing articles by bucket, and of each series; None without a log."""
    days = pd.date_range(start - LOOK_BACK, end, freq="D")
    daily = replace(query, start=days[0].date(), interval=Interval.DAY, placement=None)
    corpus = replace(daily, topics=(), entities=(), text="", within="")
    totals = store.ask(_TOTALS, replace(corpus, mentioned=(), about=(), dateline=()))
    counts = store.ask(_COUNTS, daily)
    spans = source_spans(store.fetches(query))
    if not spans:
        return None
    sources = sorted({*totals["source"], *(source for source, *_ in spans)})
    articles = _grid(totals, sources, days)
    lost = _not_collected(spans, sources, days)
    volume = _usual_volume(articles, lost) * lost
    starts = bucket_starts(start, end, query.interval or Interval.DAY)
    bucket = np.asarray(starts.searchsorted(days, side="right") - 1)
    inside = np.asarray(days >= pd.Timestamp(start))
    by_bucket = np.zeros((len(days), len(starts)))
    by_bucket[np.flatnonzero(inside), bucket[inside]] = 1
    of_series = {}
    for series, _, _ in series_of(query):
        own = _grid(counts[counts["series"] == series], sources, days)
        usual = own.sum(axis=1) / np.maximum(articles.sum(axis=1), 1)
        found, due = own.sum(axis=0) @ by_bucket, (usual @ articles) @ by_bucket
        times = (found + _STEADY) / (due + _STEADY)
        of_series[series] = np.minimum(
            times * ((usual @ volume) @ by_bucket), volume.sum(0) @ by_bucket
        )
    return volume.sum(axis=0) @ by_bucket, of_series


def _grid(rows: pd.DataFrame, sources: list[str], days: pd.DatetimeIndex) -> Floats:
    """Return counts by source and day."""
    grid = np.zeros((len(sources), len(days)))
    places = {source: place for place, source in enumerate(sources)}
    lines = rows["source"].map(places).to_numpy(dtype=np.int64)
    columns = (pd.to_datetime(rows["day"]) - days[0]).dt.days.to_numpy(dtype=np.int64)
    grid[lines, columns] = rows["articles"].to_numpy(dtype=np.float64)
    return grid


def _not_collected(
    spans: list[tuple[str, date, date, bool]], sources: list[str], days: pd.DatetimeIndex
) -> npt.NDArray[np.bool_]:
    """Return by source and day whether it was due and not collected."""
    due, collected = (np.zeros((len(sources), len(days)), bool) for _ in range(2))
    places = {source: place for place, source in enumerate(sources)}
    origin = days[0].date()
    for source, first, last, whole in spans:
        span = slice(max((first - origin).days, 0), max((last - origin).days + 1, 0))
        due[places[source], span] = True
        collected[places[source], span] |= whole
    return due & ~collected


def _usual_volume(articles: Floats, lost: npt.NDArray[np.bool_]) -> Floats:
    """Return the mean of each source on its other days of the same weekday, by source and day.

    Days before its first article do not count, and a source needs seven days to have a usual.
    """
    began = np.cumsum(articles, axis=1) > 0
    known = began & ~lost
    usual = np.zeros_like(articles)
    enough = known.sum(axis=1) >= _LEAST_DAYS
    every = (articles * known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    for weekday in range(7):
        same = known[:, weekday::7]
        n = same.sum(axis=1)
        mean = (articles[:, weekday::7] * same).sum(axis=1) / np.maximum(n, 1)
        usual[:, weekday::7] = np.where(n > 1, mean, every)[:, None]
    return np.asarray(usual * enough[:, None], dtype=np.float64)
