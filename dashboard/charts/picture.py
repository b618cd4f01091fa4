"""A frame of attention in, a picture to send out: PNG or SVG, drawn without a browser.

The same lines, gaps and marks as the chart on screen, with all that a reader who sees nothing else
must know in it: the question, what shares are a share of, how old the numbers are and of which
version of the store.
"""

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum
from textwrap import wrap
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter, StrMethodFormatter

from dashboard.charts.attention import (
    PLURAL,
    Floats,
    axis_title,
    gap_bands,
    label_lines,
    largest_series,
    on_the_line,
    spread,
    values,
)
from dashboard.charts.date_ribbon import GAP, KINDS, STRIP, parts_of
from dashboard.charts.events import event_lines, event_numbers
from dashboard.charts.extras import BAND, COPIES, PREVIOUS, band, numbers, shown_extras, upper_ends
from dashboard.charts.peaks import placed_peaks
from dashboard.charts.theme import LIGHT, Look, looks
from dashboard.charts.ticks import tick_days, tick_words
from dashboard.escape import without_isolates
from pipelines.analysis.buckets import bucket_label
from pipelines.events import Event
from pipelines.query import Interval, Measure, Query

matplotlib.rcParams["svg.hashsalt"] = "wirewatch"  # else each SVG has random ids
_INCHES = (10.0, 5.6)
_MOST_DAYS = 7  # named below the axis
_DPI = 160  # 1600 x 896 pixels: a slide, or a page across
_LINE = 165  # characters
_DASH = {"7px,3px": (0, (4, 2)), "12px,4px": (0, (7, 2)), "9px,3px,2px,3px": (0, (5, 2, 1, 2))}
_GREY, _PALE = "#555555", "#e4e4e4"
_PEAK: dict[str, Any] = {"markeredgecolor": _GREY, "markeredgewidth": 1.4, "markersize": 6.5}
_PEAKS = {
    "solid": {**_PEAK, "marker": "^", "markerfacecolor": _GREY},
    "thin": {**_PEAK, "marker": "^", "markerfacecolor": "white"},
    "suspicious": {**_PEAK, "marker": "x"},
}


class Form(StrEnum):
    """What a picture is written as."""

    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around the lines of a picture."""

    title: str
    notes: str  # how the chart is to be read
    source: str  # how old, which version, whose data


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn beside the lines: the user's events by number, and what "More" adds."""

    events: tuple[Event, ...] = ()
    extras: tuple[str, ...] = ()
    ribbon: pd.DataFrame | None = None  # of `analysis/date_ribbon.py`
    peaks: pd.DataFrame | None = None  # of `analysis/peaks.py`


def attention_picture(
    frame: pd.DataFrame,
    query: Query,
    words: Words,
    *,
    topics: list[str],
    form: Form,
    marks: Marks | None = None,
) -> bytes:
    """Return the picture of an attention frame; the same arguments give the same bytes.

    `topics` are the ids of all topics in file order: they give the colours of the screen. A frame
    without a bucket gives a picture that says so.
    """
    buckets = on_the_line(frame)
    shown = largest_series(frame)
    left_out = frame["series"].nunique() - len(shown)
    lines = "1 smaller line is" if left_out == 1 else f"{left_out} smaller lines are"
    notes = f"{words.notes} {lines} left out." if left_out > 0 else words.notes
    figure = Figure(figsize=_INCHES, dpi=_DPI, facecolor="white")
    title = wrap(without_isolates(words.title), 80)[:2]
    below = [*wrap(without_isolates(notes), _LINE), *wrap(words.source, _LINE)]
    bottom = 0.12 + 0.032 * len(below)
    axes = figure.add_axes((0.075, bottom, 0.76, 0.96 - bottom - 0.055 * len(title)))
    figure.text(0.012, 0.975, "\n".join(title), fontsize=14, fontweight="bold", va="top")
    figure.text(
        0.012, 0.02, "\n".join(below), fontsize=8, color=_GREY, va="bottom", linespacing=1.4
    )
    if buckets.empty:
        axes.text(0.5, 0.5, "No article has a place on a line here.", ha="center", color=_GREY)
        axes.set_axis_off()
    else:
        marks = marks or Marks()
        if marks.ribbon is not None:
            _ribbon(figure, axes, marks.ribbon)
        _draw(axes, buckets, query, looks(shown, topics=topics, palette=LIGHT), marks=marks)
    return _written(figure, form)


def _draw(
    axes: Axes, buckets: pd.DataFrame, query: Query, look: dict[str, Look], *, marks: Marks
) -> None:
    figures = {name: buckets[buckets["series"] == name] for name in look}
    heights = values(buckets[buckets["series"].isin(look)], query.measure)
    highest = float(np.nanmax(heights)) if np.isfinite(heights).any() else 0.0
    top = max(highest, upper_ends(buckets, query, marks.extras)) * 1.08 or 1.0
    axes.set_ylim(0, top)
    for name, rows in figures.items():
        _extras(axes, rows, look[name], shown_extras(query, marks.extras))
    for name, rows in figures.items():
        _line(axes, rows, values(rows, query.measure), look[name])
    for gap in gap_bands(buckets):
        left, right = (float(date2num(pd.Timestamp(gap[end]))) for end in ("x0", "x1"))
        axes.axvspan(left, right, color=_PALE, zorder=0, linewidth=0)
    ends = pd.to_datetime(buckets["date"]).min(), pd.to_datetime(buckets["bucket_end"]).max()
    axes.set_xlim(*(float(date2num(end)) for end in ends))  # gaps at the ends are seen too
    _events(axes, buckets, marks.events)
    _peaks(axes, buckets, query, marks.peaks)
    _name_lines(axes, figures, query.measure, look)
    _style(axes, query)
    _date_axis(axes, buckets, query)


def _line(axes: Axes, rows: pd.DataFrame, y: Floats, look: Look) -> None:
    days = pd.to_datetime(rows["date"]).to_numpy()
    whole = rows["complete"].astype(bool).to_numpy()
    coverage = pd.to_numeric(rows["coverage"], errors="coerce").to_numpy(float, na_value=np.nan)
    near = ~whole
    near[1:] |= ~whole[:-1]
    near[:-1] |= ~whole[1:]
    dash = _DASH.get(look.dash, "solid")
    axes.plot(days, np.where(whole, y, np.nan), color=look.colour, linestyle=dash, linewidth=1.8)
    axes.plot(days, np.where(near, y, np.nan), color=look.colour, linestyle=":", linewidth=1.2)
    gone = np.isnan(y)
    alone = np.concatenate(([True], gone[:-1])) & np.concatenate((gone[1:], [True])) & ~gone
    hollow = ((coverage < 1) | ~whole) & ~gone
    rim: dict[str, Any] = {
        "markeredgecolor": look.colour,
        "linestyle": "none",
        "marker": "o",
        "markersize": 5,
    }
    axes.plot(days[hollow], y[hollow], markerfacecolor="white", **rim)
    axes.plot(days[alone & ~hollow], y[alone & ~hollow], markerfacecolor=look.colour, **rim)


def _ribbon(figure: Figure, axes: Axes, ribbon: pd.DataFrame) -> None:
    """Cut a thin strip off the top of the plot and fill it with the certainties of dates."""
    box = axes.get_position()
    strip, gap = STRIP * box.height, GAP * box.height
    axes.set_position((box.x0, box.y0, box.width, box.height - strip - gap))
    above = figure.add_axes((box.x0, box.y0 + box.height - strip, box.width, strip), sharex=axes)
    days = pd.to_datetime(ribbon["date"])
    width = (pd.to_datetime(ribbon["bucket_end"]) - days).dt.days.to_numpy() + 1
    floor = np.zeros(len(ribbon))
    for kind, part in parts_of(ribbon).items():
        high = np.nan_to_num(part)
        above.bar(days, high, width=width, bottom=floor, color=KINDS[kind], linewidth=0)
        floor += high
    above.set_ylim(0, 1)
    above.set_yticks([0.5], ["dates"])
    above.spines[:].set_visible(False)
    above.tick_params(colors=_GREY, length=0, labelbottom=False)


def _extras(axes: Axes, rows: pd.DataFrame, look: Look, shown: list[str]) -> None:
    days = pd.to_datetime(rows["date"]).to_numpy()
    if BAND in shown:
        axes.fill_between(days, *band(rows), color=look.colour, alpha=0.18, linewidth=0)
    if COPIES in shown:
        thin: dict[str, Any] = {"color": look.colour, "linewidth": 1.2, "linestyle": (0, (1, 2))}
        axes.plot(days, numbers(rows["copies"]), **thin)
    if PREVIOUS in shown:
        pale: dict[str, Any] = {"color": look.colour, "linewidth": 1.3, "linestyle": (0, (4, 3))}
        axes.plot(days, numbers(rows["previous"]), alpha=0.5, **pale)


def _events(axes: Axes, buckets: pd.DataFrame, events: tuple[Event, ...]) -> None:
    """Draw the thin numbered lines of the screen; the notes say what the numbers stand for."""
    for line in event_lines(buckets, events):
        place = float(date2num(pd.Timestamp(line["x0"])))
        axes.axvline(place, color=_GREY, linewidth=0.8, linestyle=(0, (1, 3)), zorder=0.5)
    for number in event_numbers(buckets, events):
        place = float(date2num(pd.Timestamp(number["x"])))
        above = axes.get_xaxis_transform()
        axes.text(
            place, 1.01, number["text"], transform=above, ha="center", fontsize=8, color=_GREY
        )


def _peaks(axes: Axes, buckets: pd.DataFrame, query: Query, peaks: pd.DataFrame | None) -> None:
    """Draw the marks of the screen; the notes say what they stand for."""
    if peaks is None or peaks.empty:
        return
    shown = placed_peaks(peaks, buckets, query, top=axes.get_ylim()[1])
    for badge, rows in shown.groupby("badge", sort=True):
        days = pd.to_datetime(rows["date"]).to_numpy()
        axes.plot(days, rows["y"], linestyle="none", clip_on=False, **_PEAKS[str(badge)])


def _name_lines(
    axes: Axes, figures: dict[str, pd.DataFrame], measure: Measure, look: dict[str, Look]
) -> None:
    ends, texts, top = [], [], axes.get_ylim()[1]
    for rows in figures.values():
        y = values(rows, measure)
        known = y[np.isfinite(y)]
        ends.append(float(known[-1]) / top if len(known) else 0.0)
        texts.append("\n".join(label_lines(str(rows["query"].iloc[0]))))
    heights = [0.055 * (1 + text.count("\n")) for text in texts]
    for place, text, one in zip(spread(ends, heights), texts, look.values(), strict=True):
        style: dict[str, Any] = {
            "color": one.colour,
            "fontsize": 10,
            "fontweight": "bold",
            "va": "center",
        }
        axes.text(1.01, place, text, transform=axes.transAxes, parse_math=False, **style)


def _style(axes: Axes, query: Query) -> None:
    axes.set_ylabel(axis_title(query), color=_GREY)
    axes.set_xlabel(f"{PLURAL[str(query.interval or Interval.DAY)]} ({query.tz})", color=_GREY)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(axis="y", color=_PALE, linewidth=0.8)
    axes.tick_params(colors=_GREY, length=0)
    round_steps = [1, 2, 2.5, 5, 10]
    if query.measure.is_share:
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=None))
        axes.yaxis.set_major_locator(MaxNLocator(6, steps=round_steps))
    else:
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True, steps=round_steps))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _date_axis(axes: Axes, buckets: pd.DataFrame, query: Query) -> None:
    """Name first days of buckets, a month or a year by its number."""
    days = sorted(set(buckets["date"].astype(str)))
    interval = query.interval or Interval.DAY
    shown = tick_days(days, interval, _MOST_DAYS)
    whole = [bucket_label(day, interval) for day in shown]  # a year beside each day, too
    places = [float(date2num(pd.Timestamp(day))) for day in shown]
    axes.set_xticks(places, tick_words(shown, interval) if interval is Interval.MONTH else whole)


def _written(figure: Figure, form: Form) -> bytes:
    for text in figure.texts:
        text.set_parse_math(False)  # "$" in a query is a dollar sign
    packed = io.BytesIO()
    canvas = FigureCanvasSVG(figure) if form is Form.SVG else FigureCanvasAgg(figure)
    with warnings.catch_warnings():
        # Of a script that the font does not have, boxes are drawn; the numbers are as they are.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        if form is Form.SVG:
            canvas.print_figure(packed, format="svg", metadata={"Date": None}, dpi=_DPI)
        else:
            canvas.print_figure(packed, format="png", metadata={"Software": None}, dpi=_DPI)
    return packed.getvalue()
