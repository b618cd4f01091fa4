"""How sure dates are, bucket by bucket: of the articles found, how many are sure, likely, guessed.

A guess has a day of its own, though it stands on the line only where that is asked for; here it is
counted on that day. Undated articles and those too coarse for the interval have no bucket.
"""

from dataclasses import replace

import pandas as pd

from pipelines.analysis.buckets import bucket_end, bucket_starts
from pipelines.analysis.period import useful_period
from pipelines.article import LIKELY, SURE
from pipelines.query import Interval, Query
from pipelines.store import Store

COLUMNS = ["date", "bucket_end", "sure", "likely", "guess"]

_CERTAINTY = f"""
WITH narrowed AS ({{narrowed}}), hits AS ({{hits}})
SELECT bucket, count(*) FILTER (date_confidence >= {SURE}) AS sure,
    count(*) FILTER (date_confidence < {SURE} AND date_confidence >= {LIKELY}) AS likely,
    count(*) FILTER (date_confidence < {LIKELY}) AS guess
FROM narrowed WHERE placement = 'placed' AND number IN (SELECT number FROM hits)
GROUP BY bucket
"""


def date_ribbon(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns COLUMNS, one row per bucket of the period; empty without one.

    Articles of all series together, each once, whatever is counted and drawn of them.
    """
    query = useful_period(store, query)
    if query.start is None or query.end is None:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    interval = query.interval or Interval.DAY
    found = store.ask(_CERTAINTY, replace(query, guesses=True, placement=None))
    starts = bucket_starts(query.start, query.end, interval)
    rows = found.set_index(pd.to_datetime(found["bucket"]))[["sure", "likely", "guess"]]
    rows = rows.reindex(starts, fill_value=0).astype("int64").reset_index(drop=True)
    days = [start.date() for start in starts]
    return rows.assign(
        date=[str(day) for day in days],
        bucket_end=[str(bucket_end(day, interval)) for day in days],
    )[COLUMNS]
