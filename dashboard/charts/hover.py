"""What the pointer shows of a mark, and what a selected mark opens, in few bytes.

A chart of two years has 730 marks a line. The words that all marks of a line share stand once, in
its template; a mark has only what is its own.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.escape import escape_html
from pipelines.analysis.buckets import bucket_end
from pipelines.query import Interval, Measure, Query, Unit

Floats = npt.NDArray[np.float64]
Part = dict[str, Any]

UNITS = {Unit.ARTICLES: "Articles", Unit.MENTIONS: "Mentions", Unit.TEXTS: "Distinct texts"}
_DRAWN = {Measure.ADJUSTED: "<br>adjusted share {:.1%}", Measure.INDEX: "<br>index {:.0f}"}


def hover(rows: pd.DataFrame, query: Query, drawn: Floats) -> Part:
    """Return the properties of marks that say what the pointer shows; `drawn` are their heights."""
    by_day = query.interval in (None, Interval.DAY)
    when = "%{x|%Y-%m-%d}" + ("" if by_day else " to %{customdata}")
    head = f"<b>{escape_html(str(rows['query'].iloc[0]))}</b><br>{when}<br>"
    part: Part = {"legendgroup": str(rows["series"].iloc[0])}
    if not by_day:
        part["customdata"] = rows["bucket_end"].astype(str).to_numpy(dtype=object)
    lines, own = _lines(rows, query, drawn)
    if (remarks := _remarks(rows)) is not None:
        own = [text + remark for text, remark in zip(own or [""] * len(rows), remarks, strict=True)]
    if own is None:
        return part | {"hovertemplate": f"{head}{lines}<extra></extra>"}
    shown = {"text": np.asarray(own, dtype=object)}
    return part | shown | {"hovertemplate": f"{head}{lines}%{{text}}<extra></extra>"}


def _lines(rows: pd.DataFrame, query: Query, drawn: Floats) -> tuple[str, list[str] | None]:
    """Return what the template says of a bucket, and what each mark adds; None: nothing."""
    unit, share = UNITS[query.unit].lower(), numbers(rows["ratio"])
    shares = _written(share, "{:.1%}")
    of_all = "<br>share of all: "
    if not np.isfinite(share).any():
        shares, of_all = [""] * len(rows), ""
    if query.measure is Measure.COUNT:
        return f"%{{y:,.0f}} {unit}{of_all}", shares if of_all else None
    counts = _written(numbers(rows["count"]), "{:,.0f}")
    made = _written(drawn, _DRAWN.get(query.measure, ""), missing="")
    each = zip(counts, shares, made, strict=True)
    return "", [f"{count} {unit}{of_all}{part}{more}" for count, part, more in each]


def _written(found: Floats, form: str, *, missing: str = "-") -> list[str]:
    return [missing if np.isnan(one) else form.format(one) for one in found]


def numbers(column: "pd.Series[Any]") -> Floats:
    """Return a column as floats, NaN where it is empty."""
    if column.dtype == object:
        column = pd.to_numeric(column, errors="coerce")
    return np.asarray(column.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)


def _remarks(rows: pd.DataFrame) -> list[str] | None:
    """Return what is to be said of each bucket beside its numbers; None where nothing is."""
    coverage, whole = numbers(rows["coverage"]), rows["complete"].astype(bool).to_numpy()
    if whole.all() and not (coverage < 1).any():
        return None
    return [
        ("" if done else "<br>bucket not complete")
        + (f"<br>collected in part ({part:.0%})" if part < 1 else "")
        for done, part in zip(whole, coverage, strict=True)
    ]


def selected(
    points: Sequence[Mapping[str, Any]], interval: Interval | None
) -> tuple[str, str, str] | None:
    """Return series, first and last day of the bucket of the first point that stands for one.

    The mark of a peak has the series and the last day itself, one of a line's in its group.
    """
    for point in points:
        first, own = str(point["x"])[:10], point.get("customdata")
        if isinstance(own, list):
            return str(own[0]), first, str(own[1])
        if series := point.get("legendgroup"):
            last = bucket_end(date.fromisoformat(first), interval or Interval.DAY)
            return str(series), first, last.isoformat()
    return None
