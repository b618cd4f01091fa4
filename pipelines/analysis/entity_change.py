"""Who is in the news now, and against the time before: entities with change, sparkline, first day.

The time before is as many days, right before the period. A change in per cent is left out where the
time before has fewer than five articles of the name, and for every name where much less was
collected then: a store that begins in the middle of the time before makes everything "rise".
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from pipelines.analysis.entities import named
from pipelines.analysis.period import MEDIAN_DENOMINATOR
from pipelines.query import Placement, Query
from pipelines.store import Store, read_seen, read_tag_buckets

BASE = 5  # articles; a per cent of fewer says nothing
_AS_WELL_COLLECTED = 0.5  # days with articles before, per day with articles now
COLUMNS = ["before", "change", "first_day", "first_article", "trend"]


@dataclass(frozen=True, slots=True)
class EntityChange:
    """The ranking, and what it was compared with.

    `rows` has the columns of `top_entities`, then `before` (articles in the time before), `change`
    ((articles - before) / before), `first_day` and `first_article` (of all dates, under the other
    filters) and `trend` (articles in each bucket of the period that has any article). `before` is
    the query of the time before, None where the query has no period. `days` and `days_before` are
    days on which the corpus has an article.
    """

    rows: pd.DataFrame
    before: Query | None
    days: int
    days_before: int

    @property
    def comparable(self) -> bool:
        """Return whether there is a time before, collected about as well as the period."""
        return self.before is not None and self.days_before >= _AS_WELL_COLLECTED * self.days > 0


def time_before(query: Query) -> Query | None:
    """Return the query of as many days right before its period; None where it has no period."""
    if not query.start or not query.end or query.placement not in (None, Placement.PLACED):
        return None
    length = query.end - query.start + timedelta(days=1)
    return replace(query, start=query.start - length, end=query.start - timedelta(days=1))


def entity_change(store: Store, query: Query, *, per_type: int | None = None) -> EntityChange:
    """Return the entities of a query's articles, most articles first, with their change.

    `per_type` cuts to so many people, organisations and places each. The number of reads does not
    depend on how many there are.
    """
    total = store.article_count(query)
    rows = named(store.tag_counts(query, "entity"), total)
    if per_type is not None:
        rows = rows.groupby("type", sort=False).head(per_type).reset_index(drop=True)
    before = time_before(query)
    found = EntityChange(rows, before, *_days(store, query, before))
    ids = rows["entity_id"].tolist()
    seen = read_seen(store, replace(query, start=None, end=None, placement=None), "entity", ids)
    seen = seen.set_index("tag").reindex(ids)
    rows = rows.assign(
        ratio=rows["ratio"].mask(np.full(len(rows), total < MEDIAN_DENOMINATOR)),
        before=_before(store, before if found.comparable else None, ids),
        first_day=seen["first_day"].to_numpy(),
        first_article=pd.array(seen["first_article"], dtype="Int64"),
        trend=_trends(store, query, ids),
    )
    base = rows["before"].astype("Float64")
    rows.insert(8, "change", ((rows["articles"] - base) / base).where(base >= BASE))
    return replace(found, rows=rows)


def _days(store: Store, query: Query, before: Query | None) -> tuple[int, int]:
    """Return on how many days the corpus has an article, now and in the time before."""
    days = pd.to_datetime(store.days(replace(query, start=(before or query).start))["day"])
    if before is None:
        return len(days), 0
    now = int((days >= pd.Timestamp(query.start)).sum())
    return now, len(days) - now


def _before(store: Store, before: Query | None, ids: list[str]) -> pd.arrays.IntegerArray:
    """Return how many articles name each entity in the time before, missing where none is asked."""
    if before is None:
        return pd.array([pd.NA] * len(ids), dtype="Int64")
    buckets = read_tag_buckets(store, before, "entity", ids)  # no distinct texts: half the time
    counts = buckets.groupby("tag")["articles"].sum()
    return pd.array(counts.reindex(ids).fillna(0), dtype="Int64")


def _trends(store: Store, query: Query, ids: list[str]) -> "pd.Series[object]":
    """Return for each entity a list of counts, one for each bucket that has any article."""
    totals = store.totals(query)
    grid = totals.loc[totals["placement"] == Placement.PLACED, "bucket"]
    counts = read_tag_buckets(store, query, "entity", ids)
    table = counts.pivot_table(index="tag", columns="bucket", values="articles", fill_value=0)
    table = table.reindex(index=ids, columns=grid, fill_value=0).astype("int64")
    return pd.Series(table.to_numpy().tolist(), dtype="object", index=range(len(ids)))
