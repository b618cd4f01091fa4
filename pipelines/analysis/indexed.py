"""Counts as an index, so that lines of different height can be compared: the base bucket is 100.

The base is the first bucket that is complete, was collected whole as far as is known, and in which
every line counts something; it is the same for all lines. Without such a bucket there is no index.
"""

import numpy as np
import pandas as pd

COLUMNS = ["index", "index_base"]


def add_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Return an attention frame with `index` (100 in the base) and `index_base` (its first day)."""
    base = base_of(frame)
    if not base:
        return frame
    at_base = frame[frame["date"] == base].set_index("series")["count"].astype("float64")
    count = frame["count"].to_numpy(np.float64, na_value=np.nan)
    placed = frame["bucket_end"].notna().to_numpy()
    index = 100 * count / frame["series"].map(at_base).to_numpy(np.float64)
    named = pd.Series(base, index=frame.index, dtype="object").where(placed)
    return frame.assign(index=np.where(placed, index, np.nan), index_base=named)


def base_of(frame: pd.DataFrame) -> str:
    """Return the first day of the base bucket, empty where there is none."""
    rows = frame[frame["bucket_end"].notna()]
    coverage = pd.to_numeric(rows["coverage"], errors="coerce")
    fit = (
        rows["complete"].eq(True).fillna(False)
        & ~(coverage < 1)
        & rows["count"].gt(0).fillna(False)
    )
    whole = fit.groupby(rows["date"]).all()
    days = whole.index[whole.to_numpy(dtype=bool)]
    return str(min(days)) if len(days) else ""
