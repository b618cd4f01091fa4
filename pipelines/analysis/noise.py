"""The usual day-to-day variation of a series: the range that 19 of 20 buckets lie in.

All articles are counted, nothing is sampled; the range says how far a bucket lies from another with
nothing behind it. It is of distinct texts, since copies are not independent, and of the outlets
that have a past (`usual.py`). How many buckets do lie in it, over drawn series of many levels,
dispersions, weekly cycles and trends: `python -m tests.quality.peaks`.
"""

import pandas as pd

from pipelines.analysis.deviations import deviations
from pipelines.analysis.tails import usual_range
from pipelines.query import Query
from pipelines.store import Store

COLUMNS = ["series", "date", "texts", "usual", "usual_low", "usual_high", "all_texts"]


def usual_ranges(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns COLUMNS, one row per series and bucket whose past is long enough.

    `date` is the bucket's first day as text; `usual` is what is expected, `usual_low` and
    `usual_high` the ends, both usual, of the middle 95 %. Over `all_texts` they are shares.
    """
    rows = deviations(store, query)
    if rows.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    ends = (rows[name].to_numpy(float) for name in ("expected", "dispersion", "freedom"))
    low, high = usual_range(*ends)
    days = rows["bucket"].dt.strftime("%Y-%m-%d")
    return rows.assign(date=days, usual=rows["expected"], usual_low=low, usual_high=high)[COLUMNS]
