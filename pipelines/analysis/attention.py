"""Attention over time: how many articles name a series, out of how many, and how sure that is.

- A bucket of which something was collected, or that holds an article, has a count; nothing found is
  a true 0. A bucket without an article and without known collection has none: a gap is not a zero.
- The share is count / total_count under the same corpus filters, and is left out below a total of
  20. Its interval is Wilson's for 95 % (Wilson 1927), taking the distinct texts as the number of
  independent cases, since copies are not; it describes usual variation, nothing is sampled.
- Articles without a place on the axis stand in one row each for undated, too coarse and guess.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from pipelines.analysis.buckets import bucket_end, bucket_starts
from pipelines.analysis.coverage import coverage_of_log, last_complete_day
from pipelines.analysis.labels import filters_in_words, series_names
from pipelines.analysis.period import MEDIAN_DENOMINATOR, useful_period
from pipelines.query import Placement, Query, Unit
from pipelines.store import Store
from pipelines.store.select import series_of

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
    counts, totals = store.counts(query), store.totals(query)
    grid = bucket_grid(store, query)
    names = series_names(store, query)
    parts = [
        _rows(counts[counts["series"] == series], totals, grid, query).assign(
            series=series, query=names[series]
        )
        for series, _, _ in series_of(query)
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.assign(
        unit=query.unit.value,
        tz=query.tz,
        filters=filters_in_words(store, query),
        as_of=store.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return frame[COLUMNS]


def bucket_grid(store: Store, query: Query) -> pd.DataFrame:
    """Return bucket (first day), coverage, complete, bucket_end: one row per bucket of a period."""
    if query.start is None or query.end is None or query.interval is None:
        nothing = pd.DataFrame({"bucket": pd.DatetimeIndex([]), "coverage": [], "complete": []})
        return nothing.assign(bucket_end=pd.DatetimeIndex([]))
    starts = bucket_starts(query.start, query.end, query.interval)
    ends = [bucket_end(start.date(), query.interval) for start in starts]
    fetches = store.fetches(query)
    # Without a log, the day the store was written is still going on, as far as anybody knows.
    last = last_complete_day(fetches) or store.as_of.date() - timedelta(days=1)
    complete = [
        start.date() >= query.start and end <= query.end and end <= last
        for start, end in zip(starts, ends, strict=True)
    ]
    coverage = _bucket_coverage(coverage_of_log(fetches), starts, query.start, query.end)
    return pd.DataFrame(
        {"bucket": starts, "coverage": coverage, "complete": complete, "bucket_end": ends}
    )


def _bucket_coverage(
    by_day: pd.DataFrame, starts: pd.DatetimeIndex, start: date, end: date
) -> np.ndarray:
    """Return collected / expected of each bucket's days within the period; NaN: nothing was due."""
    inside = by_day[(by_day["day"] >= start) & (by_day["day"] <= end)]
    places = starts.searchsorted(pd.to_datetime(inside["day"]), side="right") - 1
    sums = inside.groupby(places)[["collected", "expected"]].sum()
    ratio = (sums["collected"] / sums["expected"]).astype("float64")
    return np.asarray(ratio.reindex(range(len(starts))), dtype="float64")


def _rows(
    counts: pd.DataFrame, totals: pd.DataFrame, grid: pd.DataFrame, query: Query
) -> pd.DataFrame:
    placed = counts[counts["placement"] == Placement.PLACED].set_index("bucket")[_NUMBERS]
    total = totals[totals["placement"] == Placement.PLACED].set_index("bucket")
    placed.index, total.index = pd.to_datetime(placed.index), pd.to_datetime(total.index)
    rows = grid.join(placed, on="bucket").join(
        total[["articles", "texts"]].rename(columns=lambda name: f"total_{name}"), on="bucket"
    )
    numbers = [*_NUMBERS, "total_articles", "total_texts"]
    rows[numbers] = rows[numbers].fillna(0).astype("float64")
    nothing_known = (rows["total_articles"] == 0) & ~(rows["coverage"] > 0)
    rows.loc[nothing_known, numbers] = np.nan
    rows["date"] = rows["bucket"].dt.strftime("%Y-%m-%d")
    rows["bucket_end"] = pd.to_datetime(rows["bucket_end"]).dt.strftime("%Y-%m-%d")
    return _measured(pd.concat([rows, _unplaced(counts, totals)], ignore_index=True), query)


def _unplaced(counts: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of articles that have no place on the axis, zero where there are none."""
    kinds = list(_UNPLACED)
    mine = counts[counts["placement"].isin(kinds)].set_index("placement")[_NUMBERS]
    every = totals[totals["placement"].isin(kinds)].set_index("placement")[["articles", "texts"]]
    mine, every = (rows.astype("float64").reindex(kinds, fill_value=0) for rows in (mine, every))
    rows = mine.join(every.rename(columns=lambda name: f"total_{name}")).reset_index()
    return rows.rename(columns={"placement": "date"})


def _measured(rows: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Add count, total_count, share with interval, copies and weak share in the query's unit."""
    unit = "articles" if query.unit is Unit.MENTIONS else query.unit.value
    rows["count"] = rows[query.unit.value]
    rows["total_count"] = rows[f"total_{unit}"]
    rows["copies"] = rows["articles"] - rows["texts"]
    rows["weak_date_share"] = rows["weak"] / rows["articles"].where(rows["articles"] > 0)
    usable = rows["total_count"].where(rows["total_count"] >= MEDIAN_DENOMINATOR)
    if query.unit is Unit.MENTIONS:
        usable = usable * np.nan
    rows["ratio"] = rows["count"] / usable
    texts = rows["total_texts"].where(usable.notna() & (rows["total_texts"] > 0))
    rows["ratio_low"], rows["ratio_high"] = wilson(rows["ratio"] * texts, texts)
    for name in ("count", "total_count", "mentions", "articles", "texts", "copies"):
        rows[name] = rows[name].astype("Int64")
    rows["complete"] = rows["complete"].astype("boolean")
    return rows


def wilson(count: pd.Series, total: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the ends of Wilson's 95 % interval of count / total (JASA 22, 1927, p. 209)."""
    z = 1.959964
    share = count / total
    middle = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / (1 + z**2 / total)
    return (middle - half).clip(0, 1), (middle + half).clip(0, 1)
