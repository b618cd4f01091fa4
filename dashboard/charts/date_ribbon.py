"""Counts of sure, likely and guessed dates go in, a thin strip below the lines comes out.

Each bucket is as high as the strip, divided by how many of its articles have which certainty; a
bucket without an article is empty. The strip shares the time axis of the chart.
"""

from typing import Any

import numpy as np
import pandas as pd

Part = dict[str, Any]

# Seen on a light and on a dark page, and told apart by lightness alone as well.
KINDS = {"sure": "#4C93C4", "likely": "#E3B23C", "guess": "#D55E00"}
STRIP, GAP = 0.06, 0.04  # parts of the height of the plot
_MORE_HEIGHT = 26  # pixels, so that the lines keep theirs


def with_ribbon(chart: Part, frame: pd.DataFrame) -> Part:
    """Return the parts of a chart over time with the strip of dates below it.

    `frame` is that of `analysis/date_ribbon.py`.
    """
    layout: Part = dict(chart["layout"])
    floor = STRIP + GAP
    layout["yaxis"] = layout["yaxis"] | {"domain": [floor, 1]}
    layout["yaxis2"] = {
        "domain": [0, STRIP],
        "range": [0, 1],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "automargin": False,
        "tickvals": [0.5],
        "ticktext": ["dates"],
    }
    layout["xaxis"] = layout["xaxis"] | {"anchor": "y2"}
    layout |= {"barmode": "stack", "bargap": 0, "height": layout["height"] + _MORE_HEIGHT}
    layout["annotations"] = [_raised(note, floor) for note in layout["annotations"]]
    return {"data": [*chart["data"], *_bars(frame)], "layout": layout}


def _raised(note: Part, floor: float) -> Part:
    """Return the name of a line where its end now is; other notes stand above the plot."""
    is_name = note.get("yanchor") == "middle"
    return note | {"y": floor + note["y"] * (1 - floor)} if is_name else note


def _bars(frame: pd.DataFrame) -> list[Part]:
    days, ends = (frame[name].astype(str).to_numpy(dtype=object) for name in ("date", "bucket_end"))
    bars = []
    for kind, part in parts_of(frame).items():
        words = [
            f"{first if first == last else f'{first} to {last}'}<br>{kind} dates: {one:.0%}"
            for first, last, one in zip(days, ends, part, strict=True)
        ]
        bar: Part = {"type": "bar", "x": days, "y": part, "yaxis": "y2", "meta": kind}
        look = {"marker": {"color": KINDS[kind], "line": {"width": 0}}, "showlegend": False}
        bars.append(
            bar | look | {"hovertext": words, "hovertemplate": "%{hovertext}<extra></extra>"}
        )
    return bars


def parts_of(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return for each certainty the part of each bucket's articles, NaN where there is none."""
    total = frame[list(KINDS)].sum(axis=1).to_numpy(np.float64)
    whole = np.where(total > 0, total, np.nan)
    return {kind: np.asarray(frame[kind].to_numpy(np.float64) / whole) for kind in KINDS}
