"""Attention over time: how many articles name a series, out of how many, and how sure that is.

- A bucket of which something was collected, or that holds an article, has a count; nothing found is
  a true 0. A bucket without an article and without known collection has none: a gap is not a zero.
- The share is count / total_count under the same corpus filters, and is left out below a total of
  20. Its interval is Wilson's for 95 % (Wilson 1927), taking the distinct texts as the number of
  independent cases, since copies are not; it describes usual variation, nothing is sampled.
- Articles without a place on the axis stand in one row each for undated, too coarse and guess.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.analysis.buckets import bucket_ends, bucket_starts
from pipelines.analysis.coverage import collected
from pipelines.analysis.labels import filters_in_words, series_names
from pipelines.analysis.period import MEDIAN_DENOMINATOR, useful_period
from pipelines.query import Placement, Query, Unit
from pipelines.store import Store
from pipelines.store.asking.select import series_of

_Floats = npt.NDArray[np.float64]
_Days = npt.NDArray[np.datetime64]
T = TypeVar("T", pd.Series, _Floats)

COLUMNS = [
    "series",
    "query",
    "date",
    "count",
    "total_count",
    "ratio",
    "ratio_low",
    "ratio_high",
    "unit",
    "mentions",
    "articles",
    "texts",
    "copies",
    "coverage",
    "weak_date_share",
    "complete",
    "bucket_end",
    "tz",
    "filters",
    "as_of",
]
_NUMBERS = ["articles", "mentions", "texts", "weak"]
_UNPLACED = (Placement.UNDATED, Placement.TOO_COARSE, Placement.GUESS)


def attention_over_time(store: Store, query: Query) -> pd.DataFrame:
    """Return one row per series and bucket, then one per series for each kind of unplaced article.

    `date` is the bucket's first day as text, or "undated", "too coarse", "guess". Open ends and
    interval of the query are filled in by `useful_period`. A store without a dated article gives
    the unplaced rows only.
    """
    query = useful_period(store, query)
    grid, names = bucket_grid(store, query), series_names(store, query)
    series = [one for one, _, _ in series_of(query)]
    rows = _Rows(grid["bucket"].to_numpy("datetime64[D]"))
    counts = rows.filled(store.counts(query), _NUMBERS, series)
    totals = rows.filled(store.totals(query), ["articles", "texts"])
    _empty_gaps(counts, totals, grid["coverage"].to_numpy(np.float64))
    each, again = len(rows.names), len(series)
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.array(series, dtype=object), each),
            "query": np.repeat(np.array([names[one] for one in series], dtype=object), each),
            "date": np.tile(np.array(rows.names, dtype=object), again),
            **_measured(counts, totals, query),
            "unit": query.unit.value,
            "coverage": np.tile(_followed(grid["coverage"].to_numpy(np.float64), np.nan), again),
            "complete": pd.array(
                np.tile(_followed(grid["complete"].to_numpy(object), pd.NA), again), "boolean"
            ),
            "bucket_end": pd.array(
                np.tile(_followed(_written(grid["bucket_end"]), None), again), "str"
            ),
            "tz": query.tz,
            "filters": filters_in_words(store, query),
            "as_of": store.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
    )
    return frame[COLUMNS]


def bucket_grid(store: Store, query: Query) -> pd.DataFrame:
    """Return bucket (first day), coverage, complete, bucket_end: one row per bucket of a period."""
    if query.start is None or query.end is None or query.interval is None:
        nothing = pd.DataFrame({"bucket": pd.DatetimeIndex([]), "coverage": [], "complete": []})
        return nothing.assign(bucket_end=pd.DatetimeIndex([]))
    starts = bucket_starts(query.start, query.end, query.interval)
    ends = bucket_ends(starts, query.interval)
    known = collected(store, query)
    # Without a log, the day the store was written is still going on, as far as anybody knows.
    today = store.as_of.astimezone(ZoneInfo(query.tz)).date()
    last = min(known.last_day(query.tz) or today - timedelta(days=1), query.end)
    complete = (starts >= pd.Timestamp(query.start)) & (ends <= pd.Timestamp(last))
    coverage = _bucket_coverage(known.by_day, starts, query.start, query.end)
    return pd.DataFrame(
        {"bucket": starts, "coverage": coverage, "complete": complete, "bucket_end": ends}
    )


def _bucket_coverage(
    by_day: pd.DataFrame, starts: pd.DatetimeIndex, start: date, end: date
) -> np.ndarray:
    """Return collected / expected of each bucket's days within the period; NaN: nothing was due."""
    if by_day.empty:
        return np.full(len(starts), np.nan)
    days = by_day["day"].to_numpy("datetime64[D]")
    inside = (days >= np.datetime64(start)) & (days <= np.datetime64(end))
    firsts = starts.to_numpy().astype("datetime64[D]")
    places = np.searchsorted(firsts, days[inside], side="right") - 1
    collected_days, due = (
        np.bincount(places, by_day[name].to_numpy(np.float64)[inside], len(starts))
        for name in ("collected", "expected")
    )
    return np.asarray(collected_days / np.where(due > 0, due, np.nan), dtype="float64")


class _Rows:
    """Where a number stands among the rows of one series: the buckets, then the unplaced."""

    def __init__(self, starts: _Days) -> None:
        """Take the first days of the buckets, in order."""
        self._starts = starts
        self.names = [*map(str, starts), *_UNPLACED]

    def filled(
        self, found: pd.DataFrame, columns: Sequence[str], series: Sequence[str] = ("",)
    ) -> _Floats:
        """Return (series, row, column) of the numbers of `found`, zero where it has none."""
        numbers = np.zeros((len(series), len(self.names), len(columns)))
        days = found["bucket"].to_numpy("datetime64[D]")
        place = np.searchsorted(self._starts, days)
        known = place < len(self._starts)
        known[known] = self._starts[place[known]] == days[known]
        kinds = found["placement"].to_numpy(dtype=object)
        for at, kind in enumerate(_UNPLACED, len(self._starts)):
            place[kinds == kind] = at
            known[kinds == kind] = True
        line = np.zeros(len(found), np.int64)
        if "series" in found:
            of_name = {name: at for at, name in enumerate(series)}
            line = np.array([of_name[name] for name in found["series"]], np.int64)
        values = np.column_stack([found[name].to_numpy(np.float64) for name in columns])
        numbers[line[known], place[known]] = values[known]
        return numbers


def _empty_gaps(counts: _Floats, totals: _Floats, coverage: _Floats) -> None:
    """Take the numbers out of buckets of which nothing is known: a gap is not a zero."""
    buckets = slice(len(coverage))
    gap = (totals[0, buckets, 0] == 0) & ~(coverage > 0)
    counts[:, buckets][:, gap] = np.nan
    totals[:, buckets][:, gap] = np.nan


def _followed(buckets: npt.NDArray[Any], unplaced: object) -> npt.NDArray[Any]:
    return np.concatenate([buckets, np.full(len(_UNPLACED), unplaced, dtype=buckets.dtype)])


def _written(days: pd.Series) -> npt.NDArray[Any]:
    written: npt.NDArray[Any] = np.datetime_as_string(days.to_numpy("datetime64[D]"))
    return written.astype(object)


def _measured(counts: _Floats, totals: _Floats, query: Query) -> dict[str, Any]:
    """Return count, total_count, share with interval, copies and weak share, by column.

    `counts` is (series, row, one of _NUMBERS), `totals` (1, row, articles or texts); the count is
    in the query's unit.
    """
    articles, mentions, texts, weak = np.moveaxis(counts, -1, 0)
    every, every_text = (np.broadcast_to(one, articles.shape) for one in np.moveaxis(totals, -1, 0))
    count = {Unit.ARTICLES: articles, Unit.MENTIONS: mentions, Unit.TEXTS: texts}[query.unit]
    total = every_text if query.unit is Unit.TEXTS else every
    usable = np.where(total >= MEDIAN_DENOMINATOR, total, np.nan)
    if query.unit is Unit.MENTIONS:
        usable = np.full_like(usable, np.nan)
    ratio = count / usable
    cases = np.where(~np.isnan(usable) & (every_text > 0), every_text, np.nan)
    low, high = wilson(ratio * cases, cases)
    shares = {"ratio": ratio, "ratio_low": low, "ratio_high": high}
    shares["weak_date_share"] = weak / np.where(articles > 0, articles, np.nan)
    numbers = {"count": count, "total_count": total, "mentions": mentions}
    numbers |= {"articles": articles, "texts": texts, "copies": articles - texts}
    return {name: one.ravel() for name, one in shares.items()} | {
        name: _whole(one.ravel()) for name, one in numbers.items()
    }


def _whole(numbers: _Floats) -> "pd.api.extensions.ExtensionArray":
    gone = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(gone, 0, numbers).astype(np.int64), gone)


def wilson(count: T, total: T) -> tuple[T, T]:
    """Return the ends of Wilson's 95 % interval of count / total (JASA 22, 1927, p. 209)."""
    z = 1.959964
    share = count / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return (middle - half).clip(0, 1), (middle + half).clip(0, 1)
