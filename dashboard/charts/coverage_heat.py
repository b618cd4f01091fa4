"""A frame of sources and days goes in, a picture of what was collected comes out.

How it is to be read: one row per source, those with most missing on top, below all others those of
which nothing is known; blue was collected, yellow
partly, orange with a cross not at all, grey is unknown; an arrow down stands where unusually little
came though it was collected. So a dip of a line over an orange patch is a dip of the collection,
and no news.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.country_matrix import cell_marks
from dashboard.charts.theme import NO_TITLE
from dashboard.charts.ticks import tick_days, tick_words
from dashboard.escape import escape_html
from pipelines.query import Interval

Part = dict[str, Any]

STATES = ("unknown", "nothing", "partly", "collected")
MOST_ROWS = 30
_COLOURS = ("rgba(128,128,128,0.22)", "#D55E00", "#E3B23C", "#4C93C4")
_LOW = "↓"
_SIGNS = {"nothing": "×", "partly": "/"}  # colour is not the only difference
_ROW, _HEADS = 20, 48  # pixels
_WEEK, _MONTH = 6, 30  # days from the first to the last of the longest


def coverage_heat(frame: pd.DataFrame) -> go.Figure:
    """Return the picture of a frame of cells (see `analysis/collection.py`).

    Each cell carries outlet, first and last day as `customdata`.
    """
    sources = worst_first(frame)[:MOST_ROWS]
    shown = frame[frame["source"].isin(sources)]
    days = [str(day) for day in shown["date"].drop_duplicates()]
    heat: Part = {
        "type": "heatmap",
        "z": _grid(shown, sources, shown["state"].map(STATES.index)).astype("float64"),
        "text": _grid(shown, sources, _signs(shown)),
        "texttemplate": "%{text}",
        "textfont": {"color": "#FFFFFF"},
        "hoverinfo": "skip",
        "zmin": -0.5,
        "zmax": len(STATES) - 0.5,
        "colorscale": _steps(),
        "showscale": False,  # the words below it name the colours; on a phone a key was cut
        "xgap": 1,
        "ygap": 2,
    }
    data = [heat, cell_marks(_custom(shown, sources), hover=3)] if sources else []
    spans = pd.to_datetime(shown["bucket_end"]) - pd.to_datetime(shown["date"])
    return go.Figure({"data": data, "layout": _layout(sources, days, spans.dt.days.max())})


def worst_first(frame: pd.DataFrame) -> list[str]:
    """Return the sources of a frame, most days due and not collected first, nothing due last."""
    sums = frame.groupby("source")[["expected", "collected"]].sum().reset_index()
    order = sums.assign(missing=sums["expected"] - sums["collected"], known=sums["expected"] > 0)
    ranks = ["known", "missing", "source"]
    return list(order.sort_values(ranks, ascending=[False, False, True])["source"])


def _grid(shown: pd.DataFrame, sources: list[str], cells: pd.Series) -> npt.NDArray[np.object_]:
    table = shown.assign(cell=cells).pivot(index="source", columns="date", values="cell")
    return np.asarray(table.reindex(sources), dtype=np.object_)


def _signs(shown: pd.DataFrame) -> "pd.Series[Any]":
    return shown["state"].map(_SIGNS).fillna("").where(shown["low_days"] == 0, _LOW)


def _custom(shown: pd.DataFrame, sources: list[str]) -> npt.NDArray[np.object_]:
    """Return for each cell: outlet, first and last day, the sentence for the pointer."""
    words = [
        f"<b>{escape_html(_short(str(row.source), 60))}</b><br>{_days(row.date, row.bucket_end)}: "
        f"{_STATE_WORDS[row.state]}<br>{row.fetches} fetches, {row.failures} failed, "
        f"{row.stored} new articles{_LOW_WORDS if row.low_days else ''}"
        for row in shown.itertuples(index=False)
    ]
    parts = (
        shown["outlet"],
        shown["date"].astype(str),
        shown["bucket_end"].astype(str),
        pd.Series(words, index=shown.index, dtype="object"),
    )
    return np.stack([_grid(shown, sources, part) for part in parts], axis=-1)


_LOW_WORDS = "<br>unusually little for these days of the week"
_STATE_WORDS = {
    "collected": "collected",
    "partly": "collected in part",
    "nothing": "nothing collected, which is not zero",
    "unknown": "unknown",
}


def _days(first: object, last: object) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _steps() -> list[list[object]]:
    """Return a scale without transitions: one colour for each state."""
    n = len(_COLOURS)
    ends = [[(place, colour), (place + 1, colour)] for place, colour in enumerate(_COLOURS)]
    return [[place / n, colour] for pair in ends for place, colour in pair]


def _interval(longest: int) -> Interval:
    """Return of what kind buckets are of which the longest has `longest` days and one."""
    if longest > _WEEK:
        return Interval.YEAR if longest > _MONTH else Interval.MONTH
    return Interval.WEEK if longest == _WEEK else Interval.DAY


def _layout(sources: list[str], days: list[str], longest: int) -> Part:
    still: Part = {"fixedrange": True, "showgrid": False, "zeroline": False} | NO_TITLE
    interval = _interval(longest)
    named = tick_days(days, interval, 3)  # a phone has room for three
    return {
        "height": _HEADS + _ROW * max(len(sources), 2),
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": still
        | {
            "range": [-0.5, len(days) - 0.5],
            "tickvals": [days.index(day) for day in named],
            "ticktext": tick_words(named, interval),
            "tickangle": 0,
        },
        "yaxis": still
        | {
            "range": [len(sources) - 0.5, -0.5],
            "automargin": True,
            "tickvals": list(range(len(sources))),
            "ticktext": [escape_html(_short(name, 22)) for name in sources],
        },
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverdistance": 40,
        "dragmode": False,
    }
