"""Hand-made attention frames, as small as the behaviour under test allows."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.attention import attention_parts
from pipelines.query import Query


def attention(
    counts: list[float],
    *,
    series: str = "topic:syria",
    name: str = "Syria",
    start: date = date(2015, 5, 1),
    step: int = 1,
    coverage: list[float] | None = None,
    complete: list[bool] | None = None,
    total: float = 50,
) -> pd.DataFrame:
    """Return an attention frame of one series: one row per bucket and the three last rows."""
    n = len(counts)
    days = [start + timedelta(days=step * i) for i in range(n)]
    y = np.asarray(counts, dtype=float)
    rows = pd.DataFrame(
        {
            "series": series,
            "query": name,
            "date": [day.isoformat() for day in days],
            "count": pd.array(y, dtype="Int64"),
            "total_count": np.where(np.isnan(y), np.nan, total),
            "ratio": y / total,
            "ratio_low": np.nan,
            "ratio_high": np.nan,
            "unit": "articles",
            "mentions": y * 2,
            "articles": y,
            "texts": y,
            "copies": 0.0,
            "coverage": coverage or [0.0 if np.isnan(one) else 1.0 for one in y],
            "weak_date_share": 0.0,
            "complete": complete or [True] * n,
            "bucket_end": [(day + timedelta(days=step - 1)).isoformat() for day in days],
            "tz": "UTC",
            "filters": "",
            "as_of": "2015-06-01T00:00:00Z",
        }
    )
    last = rows.iloc[[0, 0, 0]].assign(
        date=["undated", "too coarse", "guess"],
        count=pd.array([1, 0, 0], dtype="Int64"),
        bucket_end=None,
        coverage=np.nan,
        complete=pd.array([None, None, None], dtype="boolean"),
    )
    rows["complete"] = rows["complete"].astype("boolean")
    return pd.concat([rows, last], ignore_index=True)


def attention_chart(frame: pd.DataFrame, query: Query, **options: object) -> go.Figure:
    """Return the chart of an attention frame as a figure that plotly has checked."""
    return go.Figure(attention_parts(frame, query, **options))
