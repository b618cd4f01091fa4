"""An attention frame goes in, the table of a chart comes out."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.query import Measure, Query


def attention_table(frame: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return the rows of the chart: line, from, to, count, of all, measure, remark."""
    table = pd.DataFrame(
        {
            "Line": frame["query"],
            "From": frame["date"],
            "To": frame["bucket_end"].astype("string"),
            str(query.unit).capitalize(): pd.to_numeric(frame["count"], errors="coerce"),
            "Of all": pd.to_numeric(frame["total_count"], errors="coerce"),
            "Share": 100 * pd.to_numeric(frame["ratio"], errors="coerce"),
            **_made_of_it(frame, query.measure),
            **(_before(frame) if query.previous else {}),
            "Remark": _remarks(frame),
        }
    )
    return table if query.measure.is_share else table.drop(columns="Share")


def _made_of_it(frame: pd.DataFrame, measure: Measure) -> "dict[str, pd.Series[Any]]":
    """Return the columns of a measure from behind "More"; per cent and index with one decimal."""
    columns = {
        Measure.ADJUSTED: {"Adjusted share, %": "adjusted_ratio", "Missing, %": "missing_ratio"},
        Measure.INDEX: {"Index": "index"},
    }
    times = 100 if measure.is_share else 1
    return {
        title: (times * pd.to_numeric(frame[name], errors="coerce")).round(1)
        for title, name in columns.get(measure, {}).items()
    }


def _before(frame: pd.DataFrame) -> "dict[str, pd.Series[Any]]":
    """Return the columns of the span before: the bucket at the same place, and its count."""
    count = pd.to_numeric(frame["previous_count"], errors="coerce")
    return {"Before, from": frame["previous_date"].astype("string"), "Before": count}


def _remarks(frame: pd.DataFrame) -> "pd.Series[Any]":
    coverage = pd.to_numeric(frame["coverage"], errors="coerce")
    count = pd.to_numeric(frame["count"], errors="coerce")
    whole = frame["complete"].astype("boolean").fillna(True).to_numpy(dtype=bool)
    cases = [count.isna().to_numpy(), (coverage < 1).to_numpy(), ~whole]
    words = ["nothing collected", "collected in part", "not complete"]
    return pd.Series(np.select(cases, words, default=""), index=frame.index)
