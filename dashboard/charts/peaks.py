"""Peaks and usual ranges go in, marks over a chart and bands behind its lines come out.

A mark stands above the point of its bucket, and its shape says how real the peak is: a full
triangle is solid, an empty one thin, a cross suspicious. The words are in the hover, in the table
and in the text alternative. A mark carries what a point carries, so selecting it opens the same
articles.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.charts.attention import largest_series, on_the_line, values
from dashboard.escape import escape_html
from pipelines.query import Measure, Query, Unit

SHAPES = {"solid": "triangle-up", "thin": "triangle-up-open", "suspicious": "x-thin-open"}
SIGNS = {"solid": "▲ solid", "thin": "△ thin", "suspicious": "× suspicious"}
_ABOVE = 0.055  # of the axis, so that the mark does not hide the point
_BAND = "rgba(128,128,128,0.10)"
_TOLD = ["series", "query", "date", "bucket_end", "badge", "how_often", "why"]
Part = dict[str, Any]


def times_usual(peaks: pd.DataFrame) -> list[str]:
    """Return how many times the usual each peak is, in words where hardly any is usual."""
    return [
        f"{times:,.1f} times" if usual >= 0.5 else "hardly any usual"
        for times, usual in zip(peaks["times_usual"], peaks["expected"], strict=True)
    ]


def with_peaks(chart: Part, peaks: pd.DataFrame, frame: pd.DataFrame, query: Query) -> Part:
    """Return the parts of the attention `frame`'s chart with a mark for each drawn series' peak."""
    if peaks.empty:
        return chart
    told = peaks[_TOLD].assign(times=times_usual(peaks))  # of the forty columns only these
    shown = placed_peaks(told, frame, query, top=float(chart["layout"]["yaxis"]["range"][1]))
    rows = shown.to_dict("records")  # a frame of ten rows costs more than what is done with it
    badges = sorted({str(row["badge"]) for row in rows})
    marks = [_marks([row for row in rows if row["badge"] == badge], badge) for badge in badges]
    return {"data": [*chart["data"], *marks], "layout": chart["layout"]}


def placed_peaks(
    peaks: pd.DataFrame, frame: pd.DataFrame, query: Query, *, top: float
) -> pd.DataFrame:
    """Return the peaks of drawn series with the height `y` of their marks; `top` is the axis'."""
    buckets = on_the_line(frame)
    drawn = set(largest_series(frame))
    names, days = (buckets[name].to_numpy(dtype=object) for name in ("series", "date"))
    heights = dict(zip(zip(names, days, strict=True), values(buckets, query.measure), strict=True))
    found = [
        heights.get((series, day), np.nan) if series in drawn else np.nan
        for series, day in zip(peaks["series"], peaks["date"], strict=True)
    ]
    shown = peaks.assign(y=np.asarray(found, np.float64) + _ABOVE * top)
    return shown[shown["y"].notna()]


def _marks(rows: Sequence[Part], badge: str) -> Part:
    words = [
        f"<b>Peak, {badge}: {escape_html(row['query'])}</b><br>{row['date']}<br>{row['times']}, by "
        f"chance {row['how_often']}<br>{escape_html(row['why'])}"
        for row in rows
    ]
    ink = "rgba(128,128,128,1)"
    look: Part = {"symbol": SHAPES[badge], "size": 10, "color": ink, "opacity": 1}
    full: Part = {"marker": {"opacity": 1}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([str(row["date"]) for row in rows], dtype=object),
        "y": np.array([row["y"] for row in rows], dtype=np.float64),
        "name": badge,
        "meta": "peak",
        "marker": look | {"line": {"width": 2, "color": ink}},
        "customdata": np.array([[row["series"], row["bucket_end"]] for row in rows], dtype=object),
        "text": np.asarray(words, dtype=object),
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
        "selected": full,
        "unselected": full,
    }


def shows_ranges(query: Query) -> bool:
    """Return whether a chart of the query can show the usual range: it is of distinct texts."""
    return query.unit is Unit.TEXTS


def with_ranges(chart: Part, ranges: pd.DataFrame, query: Query) -> Part:
    """Return the parts of a chart with the usual range of each of its series behind the lines.

    `ranges` are those of `usual_ranges`. The ends are thin lines of the series' colour, the band
    between them grey (a filled colour would hide the lines); where they reach above the axis they
    are cut.
    """
    marks = [trace for trace in chart["data"] if trace["meta"] == "marks"]
    bands = [
        part
        for one in marks
        for part in _band(
            ranges[ranges["series"] == one["legendgroup"]], query, one["marker"]["color"]
        )
    ]
    return {"data": [*bands, *chart["data"]], "layout": chart["layout"]}


def _band(rows: pd.DataFrame, query: Query, colour: str) -> list[Part]:
    if rows.empty:
        return []
    whole = rows["all_texts"].to_numpy(float) if query.measure is Measure.SHARE else 1.0
    days = rows["date"].astype(str).to_numpy(dtype=object)
    edge = {"width": 1, "color": colour, "dash": "1px,2px"}
    base: Part = {"type": "scatter", "x": days, "mode": "lines", "line": edge}
    base |= {"hoverinfo": "skip", "showlegend": False, "meta": "usual"}
    low, high = (rows[name].to_numpy(float) / whole for name in ("usual_low", "usual_high"))
    filled: Part = {"fill": "tonexty", "fillcolor": _BAND}
    return [base | {"y": low}, base | {"y": high} | filled]
