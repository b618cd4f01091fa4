"""Attention frames go in, charts that stand beside each other come out: one scale, one look a line.

Two uses: each line of one frame in a small chart of its own, and two frames of other filters beside
each other. Heights compare by eye only where the upright axes are the same, so they are.
"""

from collections.abc import Collection, Sequence

import pandas as pd

from dashboard.charts.attention import (
    HEIGHT,
    Part,
    Shared,
    attention_parts,
    drawn_buckets,
    largest_series,
    on_the_line,
    top_of,
)
from dashboard.charts.room import TITLE_BELOW, TITLE_LEFT
from dashboard.charts.theme import LIGHT, NO_TITLE, Palette, looks
from pipelines.events import Event
from pipelines.query import Query

SMALL = 200  # pixels


def shared_by(
    frames: Sequence[tuple[pd.DataFrame, Query]],
    *,
    topics: Sequence[str] = (),
    extras: Collection[str] = (),
    palette: Palette = LIGHT,
    height: int = HEIGHT,
) -> Shared:
    """Return what the charts of some attention frames have in common.

    The queries must ask for the same unit and measure, see `one_scale`.
    """
    series = dict.fromkeys(name for frame, _ in frames for name in largest_series(frame))
    tops = [top_of(drawn_buckets(frame), query, extras) for frame, query in frames]
    return Shared(looks(list(series), topics=topics, palette=palette), max(tops), height)


def one_scale(one: Query, other: Query) -> bool:
    """Return whether the numbers of two queries can stand on one axis."""
    return (one.unit, one.measure, one.interval) == (other.unit, other.measure, other.interval)


def each_alone(
    frame: pd.DataFrame,
    query: Query,
    *,
    topics: Sequence[str] = (),
    events: Sequence[Event] = (),
    extras: Collection[str] = (),
    palette: Palette = LIGHT,
) -> dict[str, Part]:
    """Return a small chart for each series that `attention_parts` would draw together."""
    shared = shared_by(
        [(frame, query)], topics=topics, extras=extras, palette=palette, height=SMALL
    )
    buckets = on_the_line(frame)
    parts = {
        name: attention_parts(
            buckets[buckets["series"] == name],
            query,
            events=events,
            extras=extras,
            palette=palette,
            shared=shared,
        )
        for name in largest_series(frame)
    }
    return {name: _named_above(part) for name, part in parts.items()}


def _named_above(part: Part) -> Part:
    """Return a small chart without end label and axis titles: its heading says what it is."""
    layout = part["layout"]
    labels = [one for one in layout["annotations"] if one.get("xanchor") != "left"]
    axes = {name: layout[name] | NO_TITLE for name in ("xaxis", "yaxis")}
    wide = layout["margin"]
    margin = wide | {"l": wide["l"] - TITLE_LEFT, "b": wide["b"] - TITLE_BELOW, "r": 16, "t": 20}
    return part | {"layout": layout | axes | {"annotations": labels, "margin": margin}}
