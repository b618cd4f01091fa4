"""Rows of one line go in, what "More" lays beside it comes out: band, copies, the span before.

They are pale, have no marks and answer no pointer: the line stays what is read.
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts.theme import Look
from pipelines.query import Measure, Query, Unit

Floats = npt.NDArray[np.float64]
Part = dict[str, Any]

BAND, COPIES, PREVIOUS = "band", "copies", "previous"
DATES = "dates"  # the strip below the lines, see `charts/date_ribbon.py`


def shown_extras(query: Query, wanted: Collection[str]) -> list[str]:
    """Return which of `wanted` mean something for this measure and unit."""
    fits = {
        BAND: query.measure is Measure.SHARE,
        COPIES: query.measure is Measure.COUNT and query.unit is Unit.ARTICLES,
    }
    shown = [name for name, fit in fits.items() if fit and name in wanted]
    return [*shown, PREVIOUS] if query.previous else shown


def extra_traces(
    rows: pd.DataFrame, query: Query, look: Look, wanted: Collection[str]
) -> list[Part]:
    """Return the traces that stand behind the line of `rows`."""
    shown = shown_extras(query, wanted)
    days = rows["date"].astype(str).to_numpy(dtype=object)
    base: Part = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    traces = []
    if BAND in shown:
        x, y = outline(days, *band(rows))
        fill: Part = {"fill": "toself", "fillcolor": look.colour, "opacity": 0.18, "meta": BAND}
        line = {"width": 0, "color": look.colour}
        traces.append(base | fill | {"x": x, "y": y, "line": line})
    if COPIES in shown:
        line = {"width": 1.2, "color": look.colour, "dash": "1px,3px"}
        traces.append(
            base | {"x": days, "y": numbers(rows["copies"]), "line": line, "meta": COPIES}
        )
    if PREVIOUS in shown:
        line = {"width": 1.4, "color": look.colour, "dash": "5px,4px"}
        before: Part = {"x": days, "y": numbers(rows["previous"]), "line": line, "opacity": 0.5}
        traces.append(base | before | {"meta": PREVIOUS})
    return traces


def upper_ends(buckets: pd.DataFrame, query: Query, wanted: Collection[str]) -> float:
    """Return the highest point of all that is laid beside the lines, 0 where nothing is."""
    columns = {BAND: "ratio_high", COPIES: "copies", PREVIOUS: "previous"}
    ends = [numbers(buckets[columns[name]]) for name in shown_extras(query, wanted)]
    return max((float(np.nanmax(end)) for end in ends if np.isfinite(end).any()), default=0.0)


def band(rows: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return the lower and upper end of the usual variation of the share, NaN in a gap."""
    return numbers(rows["ratio_low"]), numbers(rows["ratio_high"])


def numbers(column: "pd.Series[Any]") -> Floats:
    """Return a column as floats, NaN where it is empty."""
    found = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    return np.asarray(found, dtype=np.float64)


def outline(
    days: npt.NDArray[np.object_], low: Floats, high: Floats
) -> tuple[npt.NDArray[np.object_], Floats]:
    """Return the points around each run of known buckets, runs parted by an empty point."""
    known = np.isfinite(low) & np.isfinite(high)
    x: list[object] = []
    y: list[float] = []
    places = np.flatnonzero(known)
    for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
        if len(run):
            x += [*days[run], *days[run][::-1], None]
            y += [*low[run], *high[run][::-1], np.nan]
    return np.asarray(x, dtype=np.object_), np.asarray(y, dtype=np.float64)
