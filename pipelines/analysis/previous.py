"""The same span just before, laid beside a period bucket by bucket.

The span before has as many buckets and ends where the period begins: 30 days before 30 days, three
months before three months, whole weeks before weeks. So days may fall on other weekdays. Buckets
are laid side by side in their order.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from pipelines.analysis.buckets import bucket_end, bucket_start, bucket_starts
from pipelines.query import Interval, Measure, Query

COLUMNS = [
    *("previous_date", "previous_count", "previous_total_count", "previous_coverage", "previous"),
]
_MEASURED = {
    Measure.COUNT: "count",
    Measure.SHARE: "ratio",
    Measure.ADJUSTED: "adjusted_ratio",
    Measure.INDEX: "count",
}


def span_before(query: Query) -> Query:
    """Return the query for the same span just before its period, which must be known."""
    if query.start is None or query.end is None:
        return query
    interval = query.interval or Interval.DAY
    buckets = len(bucket_starts(query.start, query.end, interval))
    start, end = (_earlier(day, buckets, interval) for day in (query.start, query.end))
    if query.end == bucket_end(bucket_start(query.end, interval), interval):
        end = bucket_end(bucket_start(end, interval), interval)  # February ends earlier
    return replace(query, start=start, end=end, previous=False)


def _earlier(day: date, buckets: int, interval: Interval) -> date:
    steps = {
        Interval.DAY: pd.DateOffset(days=buckets),
        Interval.WEEK: pd.DateOffset(weeks=buckets),
        Interval.MONTH: pd.DateOffset(months=buckets),
        Interval.YEAR: pd.DateOffset(years=buckets),
    }
    earlier: date = (pd.Timestamp(day) - steps[interval]).date()
    return earlier


def add_previous(frame: pd.DataFrame, before: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return an attention frame with the columns COLUMNS filled from the one of the span before.

    `previous` is what `measure` draws of the earlier bucket; an index has the base of `frame`.
    """
    earlier = _numbered(before)
    columns = ["date", "count", "total_count", "coverage"]
    beside = earlier[["series", "place", *columns]].assign(previous=earlier[_MEASURED[measure]])
    names = {name: f"previous_{name}" for name in columns}
    found = _numbered(frame)[["series", "place"]].merge(
        beside.rename(columns=names), how="left", on=["series", "place"]
    )
    if measure is Measure.INDEX:
        found["previous"] = _on_the_same_base(frame, found)
    on_line = frame["bucket_end"].notna().to_numpy()
    result = frame.copy()
    for name in COLUMNS:
        column = found[name].astype("object").where(found[name].notna(), None)
        filled = pd.Series([None] * len(frame), index=frame.index, dtype="object")
        filled[on_line] = column.to_numpy()
        result[name] = filled if name == "previous_date" else pd.to_numeric(filled)
    for name in ("previous_count", "previous_total_count"):
        result[name] = result[name].astype("Int64")
    return result


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the buckets of a frame, numbered in the order of each series."""
    rows = frame[frame["bucket_end"].notna()]
    return rows.assign(place=rows.groupby("series").cumcount())


def _on_the_same_base(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    at_base = frame[frame["date"] == frame["index_base"]].set_index("series")["count"]
    base = found["series"].map(at_base).astype("float64")
    return 100 * found["previous_count"].astype("float64") / base.where(base > 0, np.nan)
