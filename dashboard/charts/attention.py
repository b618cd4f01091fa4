"""The attention frame goes in, a line chart over time comes out.

How it is to be read: one line per series with its name at its end, at most eight (the largest), the
rest is in the table. Where nothing was collected the line is broken and the band behind it is grey;
a gap is never drawn as zero. A bucket collected in part has a hollow mark. A bucket that is not
finished, or that the period cuts, hangs on a dotted line.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.charts import room
from dashboard.charts.events import event_lines, event_numbers
from dashboard.charts.extras import extra_traces, upper_ends
from dashboard.charts.hover import UNITS, hover, numbers
from dashboard.charts.theme import LIGHT, Look, Palette, looks
from dashboard.charts.ticks import tick_days, tick_words
from dashboard.escape import escape_html
from pipelines.events import Event
from pipelines.query import Interval, Measure, Query

Floats = npt.NDArray[np.float64]
Part = dict[str, Any]  # a part of a figure, as plotly spells it

MOST_SERIES = 8
HEIGHT = 330  # pixels; on a phone the whole chart stands above the fold
_LABEL = 14  # characters of a line of an end label; two lines, then it is cut (the table has all)
_TICKS = 5  # a phone has no room for more
_MARKED = 60  # buckets; beyond it the marks would hide the lines
_PLOT = 250  # pixels of the plot itself, about
_COLUMNS = {
    Measure.COUNT: "count",
    Measure.SHARE: "ratio",
    Measure.ADJUSTED: "adjusted_ratio",
    Measure.INDEX: "index",
}
_WIDTHS = {Interval.DAY: 86_400_000, Interval.WEEK: 7 * 86_400_000}  # milliseconds
PLURAL = {"day": "Days", "week": "Weeks", "month": "Months", "year": "Years"}


@dataclass(frozen=True, slots=True)
class Shared:
    """What charts that stand beside each other have in common, so that they compare."""

    look: Mapping[str, Look]  # of every series of them
    top: float  # of the upright axis
    height: int = HEIGHT  # pixels


def attention_parts(
    frame: pd.DataFrame,
    query: Query,
    *,
    topics: Sequence[str] = (),
    events: Sequence[Event] = (),
    extras: Collection[str] = (),
    palette: Palette = LIGHT,
    shared: Shared | None = None,
) -> Part:
    """Return the chart of an attention frame (the CSV's columns and `series`) as plain parts.

    They are `data` and `layout`; a page draws them unchecked, see `charts/drawn.py`. `query` says
    measure, unit, interval and time zone; `topics` are all topic ids of the store, which fix the
    colours; `events` are marked by number, see `charts/events.py`; `extras` are laid behind the
    lines, see `charts/extras.py`; `shared` is given where several charts are one picture, see
    `charts/beside.py`. The same frame makes the same parts, byte for byte.
    """
    shown = largest_series(frame)
    buckets = drawn_buckets(frame)
    shared = shared or Shared(
        looks(shown, topics=topics, palette=palette), top_of(buckets, query, extras)
    )
    look, top = shared.look, shared.top
    figures = {name: buckets[buckets["series"] == name] for name in shown}
    behind = [extra_traces(rows, query, look[name], extras) for name, rows in figures.items()]
    names = [_traces(rows, query, look[name], palette) for name, rows in figures.items()]
    return {
        "data": [trace for traces in behind + names for trace in traces],
        "layout": _layout(buckets, query, top)
        | {
            "height": shared.height,
            "shapes": gap_bands(buckets, palette) + event_lines(buckets, events, palette),
            "annotations": _end_labels(figures, query.measure, look, top)
            + _left_out(frame, shown, palette)
            + event_numbers(buckets, events, palette),
        },
    }


def on_the_line(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are buckets, without the last rows for undated, too coarse and guess."""
    placed = frame["bucket_end"].notna().to_numpy()
    return frame if placed.all() else frame[placed]


def drawn_buckets(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the buckets of the series that are drawn."""
    buckets = on_the_line(frame)
    drawn = largest_series(frame)
    is_drawn = buckets["series"].isin(drawn).to_numpy()
    return buckets if is_drawn.all() else buckets[is_drawn]


def top_of(buckets: pd.DataFrame, query: Query, extras: Collection[str] = ()) -> float:
    """Return where the upright axis of these buckets ends, with room over the highest."""
    return max(_top(buckets, query.measure), upper_ends(buckets, query, extras) * 1.08)


def largest_series(frame: pd.DataFrame) -> list[str]:
    """Return the ids of the series drawn: the eight largest, in the frame's own order."""
    buckets = on_the_line(frame)
    names: list[str] = buckets["series"].unique().tolist()
    if len(names) <= MOST_SERIES:
        return names
    sums = buckets.groupby("series", sort=True)["count"].sum()
    kept = set(sums.sort_values(ascending=False, kind="stable").head(MOST_SERIES).index)
    return [name for name in names if name in kept]


def gap_bands(buckets: pd.DataFrame, palette: Palette = LIGHT) -> list[Part]:
    """Return one grey rectangle for each run of buckets in which nothing was collected."""
    if buckets["count"].notna().all():
        return []
    one = buckets.drop_duplicates("date").sort_values("date")
    none = (
        buckets["count"].isna().groupby(buckets["date"]).all()
    )  # lines may have gaps of their own
    empty = none.reindex(one["date"]).to_numpy()
    starts, ends = _edges(one["date"].tolist(), one["bucket_end"].tolist())
    bands: list[Part] = []
    for index in np.flatnonzero(empty):
        if index and empty[index - 1]:
            bands[-1]["x1"] = ends[index]
            continue
        band = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        line = {"width": 0}
        ends_at = {"x0": starts[index], "x1": ends[index]}
        bands.append(band | ends_at | {"fillcolor": palette.gap, "line": line, "name": "gap"})
    return bands


def _edges(first: Sequence[str], last: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return both ends of buckets, half a bucket around the marks, by their first and last days."""
    begun, ended = (
        np.array(days, "datetime64[D]").astype("datetime64[m]") for days in (first, last)
    )
    half = (ended - begun + np.timedelta64(1, "D")) / 2
    starts, ends = (np.datetime_as_string(one).tolist() for one in (begun - half, begun + half))
    return [one.replace("T", " ") for one in starts], [one.replace("T", " ") for one in ends]


def values(rows: pd.DataFrame, measure: Measure) -> Floats:
    """Return what is drawn of `rows`: the count or what is made of it, NaN in a gap."""
    return numbers(rows[_COLUMNS[measure]])


def _traces(rows: pd.DataFrame, query: Query, look: Look, palette: Palette) -> list[Part]:
    """Return the dotted connections to unfinished buckets and, over them, the line itself."""
    y = values(rows, query.measure)
    whole = rows["complete"].astype(bool).to_numpy()
    name = str(rows["query"].iloc[0])
    base: Part = {"type": "scatter", "name": escape_html(name), "showlegend": False}
    base |= _days(rows, query)
    near = ~whole  # and the neighbours, to which the dotted line reaches
    near[1:] |= ~whole[:-1]
    near[:-1] |= ~whole[1:]
    dotted = base | {
        "y": np.where(near, y, np.nan),
        "mode": "lines",
        "line": {"color": look.colour, "width": 1.5, "dash": "2px,4px"},
        "hoverinfo": "skip",
        "meta": "unfinished",
    }
    line = base | {
        "y": np.where(whole, y, np.nan),
        "mode": "lines",
        "line": {"color": look.colour, "width": 2, "dash": look.dash},
        "hoverinfo": "skip",
        "meta": "line",
    }
    lines = [line] if whole.all() else [dotted, line]
    *apart, marks = _marks(rows, base | {"y": y, "mode": "markers"}, look)
    return [*lines, *apart, marks | {"meta": "marks"} | hover(rows, query, y)]


def _days(rows: pd.DataFrame, query: Query) -> Part:
    """Return where the buckets stand: those of one width by the first alone."""
    width = _WIDTHS.get(query.interval or Interval.DAY)
    days = rows["date"].astype(str).to_numpy(dtype=object)
    if width is None or len(days) == 0:
        return {"x": days}
    ends = np.array([days[0], days[-1]], "datetime64[ms]").astype(np.int64)
    even = ends[1] - ends[0] == width * (len(days) - 1)
    return {"x0": days[0], "dx": width} if even else {"x": days}


def _marks(rows: pd.DataFrame, base: Part, look: Look) -> list[Part]:
    """Return the marks of a line, last those that answer the pointer.

    Hollow is what was partly collected or is unfinished. Of many buckets only such and lone ones
    are drawn, as a trace of their own: plotly styles each mark twice, seen or not, and answers the
    pointer for marks that it does not draw.
    """
    y = base["y"]
    coverage = numbers(rows["coverage"])
    part = (coverage < 1) | ~rows["complete"].astype(bool).to_numpy()
    gone = np.isnan(y)
    alone = np.concatenate(([True], gone[:-1])) & np.concatenate((gone[1:], [True]))
    look_of: Part = {"color": look.colour, "line": {"width": 1.5, "color": look.colour}}
    full: Part = {"marker": {"opacity": 1}}
    base = base | {"selected": full, "unselected": full, "cliponaxis": False}

    def drawn(at: npt.NDArray[np.bool_]) -> Part:
        return look_of | {
            "size": _short(np.where(part, 7, np.where(alone, 8, 5))[at]),
            "symbol": _short(np.where(part, "circle-open", "circle").astype(object)[at]),
            "opacity": _short(np.where(coverage < 1, 0.6, 1.0)[at]),
        }

    if len(rows) <= _MARKED:
        return [base | {"marker": drawn(np.ones(len(rows), bool))}]
    unseen = base | {"marker": {"color": look.colour, "opacity": 0, "maxdisplayed": 1}}
    if not (seen := (part | alone) & ~gone).any():
        return [unseen]
    days = rows["date"].astype(str).to_numpy(dtype=object)
    place = {"x": days[seen], "y": y[seen], "hoverinfo": "skip", "meta": "apart"}
    rest = {name: one for name, one in base.items() if name not in ("x0", "dx")}
    return [rest | place | {"marker": drawn(seen)}, unseen]


def _short(each: npt.NDArray[Any]) -> object:
    """Return one value for all marks where all have the same."""
    return each.tolist()[0] if len(each) and (each == each[0]).all() else each


def _top(buckets: pd.DataFrame, measure: Measure) -> float:
    y = values(buckets, measure)
    most = float(np.nanmax(y)) if np.isfinite(y).any() else 0.0
    return most * 1.08 or 1.0


def axis_title(query: Query) -> str:
    """Return the title of the upright axis: what is counted, and per what."""
    interval = query.interval.value if query.interval else "bucket"
    unit = UNITS[query.unit]
    match query.measure:
        case Measure.SHARE:
            return f"Share of all {unit.lower()} per {interval}"
        case Measure.ADJUSTED:
            return f"Adjusted share of {unit.lower()} per {interval}"
        case Measure.INDEX:
            return f"{unit} per {interval}, as an index"
    return f"{unit} per {interval}"


def _layout(buckets: pd.DataFrame, query: Query, top: float) -> Part:
    names = (str(name) for name in buckets["query"].unique())
    longest = max((len(line) for name in names for line in label_lines(name)), default=0)
    ticks, left = room.upright_ticks(top, share=query.measure.is_share)
    below = room.below(two_lines=query.interval not in (Interval.MONTH, Interval.YEAR))
    margin = {"l": left, "r": 16 + 7 * longest, "t": 24, "b": below, "pad": 2}
    upright: Part = {"title": {"text": axis_title(query)}, "range": [0, top], "fixedrange": True}
    upright |= {"rangemode": "tozero", "automargin": False} | ticks
    axes = {"xaxis": _time_axis(buckets, query), "yaxis": upright}
    return axes | {"margin": margin} | _BEHAVIOUR


def _time_axis(buckets: pd.DataFrame, query: Query) -> Part:
    kind = query.interval.value if query.interval else ""
    last = dict(zip(buckets["date"], buckets["bucket_end"], strict=True))
    days = sorted(last)
    title = f"{PLURAL.get(kind, 'Time')} ({escape_html(query.tz)})"
    axis: Part = {"type": "date", "title": {"text": title}, "tickangle": 0, "showgrid": False}
    axis |= {"fixedrange": True, "hoverformat": "%Y-%m-%d", "automargin": False}
    if not days:
        return axis
    starts, ends = _edges([days[0], days[-1]], [last[days[0]], last[days[-1]]])
    axis["range"] = [starts[0], ends[-1]]
    interval = query.interval or Interval.DAY
    named = tick_days(days, interval, _TICKS)
    return axis | {"tickvals": named, "ticktext": tick_words(named, interval)}


_BEHAVIOUR: Part = {
    "hovermode": "closest",
    "hoverdistance": 40,  # a click near a mark opens it; a finger is wide
    "clickmode": "event+select",
    "dragmode": False,
    "showlegend": False,
}


def label_lines(name: str) -> list[str]:
    """Return a name on at most two short lines, cut with an ellipsis where it is longer."""
    lines = wrap(name, _LABEL) or [name]
    if len(lines) <= 2:
        return lines
    rest = " ".join(lines[1:])
    return [lines[0], rest[: _LABEL - 1].rstrip() + "…"]


def _end_labels(
    figures: dict[str, pd.DataFrame], measure: Measure, look: Mapping[str, Look], top: float
) -> list[Part]:
    """Return each series' name beside its last value, moved apart so that none covers another."""
    ends = {name: _last(values(rows, measure)) / top for name, rows in figures.items()}
    texts = {name: label_lines(str(rows["query"].iloc[0])) for name, rows in figures.items()}
    heights = [(1 + 16 * len(lines)) / _PLOT for lines in texts.values()]
    places = spread(list(ends.values()), heights)
    return [
        {
            "text": "<br>".join(escape_html(line) for line in texts[name]),
            "font": {"color": look[name].colour, "size": 13, "weight": 600},
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "y": place,
            "xshift": 6,
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "align": "left",
        }
        for name, place in zip(texts, places, strict=True)
    ]


def _last(y: Floats) -> float:
    known = y[np.isfinite(y)]
    return float(known[-1]) if len(known) else 0.0


def spread(places: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the middles of labels near `places` (0 to 1), in their order, none over another.

    They stay within 0 to 1 as far as there is room for all `heights`.
    """
    order = np.argsort(np.asarray(places, dtype=np.float64), kind="stable")
    result = np.asarray(places, dtype=np.float64)
    for before, after in pairwise(order):
        apart = (heights[before] + heights[after]) / 2
        result[after] = max(result[after], result[before] + apart)
    for after, before in pairwise(order[::-1]):
        result[after] = min(result[after], 1.0)
        apart = (heights[before] + heights[after]) / 2
        result[before] = min(result[before], result[after] - apart)
    return [min(float(one), 1.0) for one in result]


def _left_out(frame: pd.DataFrame, shown: Sequence[str], palette: Palette) -> list[Part]:
    more = len(set(frame["series"])) - len(shown)
    if more <= 0:
        return []
    note: Part = {"text": f"{more} more in the table", "font": {"color": palette.muted, "size": 12}}
    return [note | {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left"} | _PLAIN]


_PLAIN: Part = {"yanchor": "bottom", "showarrow": False}
