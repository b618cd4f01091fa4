"""The frame of pairs goes in, a matrix of names comes out: who is named in the same articles.

How it is to be read: the number is the articles that name both, the darker the more. The diagonal
has all articles of a name and no colour, else it would outshine the pairs. Each cell carries the
ids of its two names, so that it can open its articles.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.theme import LIGHT, NO_TITLE, Palette
from dashboard.escape import escape_html

Part = dict[str, Any]  # a part of a figure, as plotly spells it

_LABEL = 16  # characters of a name on an axis; the hint and the table have all of it
_CELL = 34  # pixels a row
_EDGES = 140  # pixels of the names above the cells
# Over the page's own ground, which is dark or light.
_COLOURS = ((0.0, "rgba(0,114,178,0.04)"), (1.0, "rgba(0,114,178,0.62)"))


def matrix_chart(frame: pd.DataFrame, *, palette: Palette = LIGHT) -> go.Figure:
    """Return the chart of a frame of pairs (the columns of `named_together`)."""
    tags = list(dict.fromkeys(frame["tag"]))
    names = dict(zip(frame["tag"], frame["name"], strict=True))
    labels = dict(zip(tags, short_labels([str(names[tag]) for tag in tags]), strict=True))
    counts = frame.pivot(index="tag", columns="other", values="articles")
    z = counts.reindex(index=tags, columns=tags).to_numpy(dtype=np.float64, na_value=np.nan)
    np.fill_diagonal(z, np.nan)
    axis = [labels[tag] for tag in tags]
    return go.Figure(
        {"data": [_colours(z, axis), _cells(frame, labels, palette)], "layout": _layout(axis)}
    )


def short_labels(names: list[str]) -> list[str]:
    """Return a label for each name, cut to what an axis has room for, no two alike."""
    labels: list[str] = []
    for name in names:
        cut = name if len(name) <= _LABEL else f"{name[: _LABEL - 1].rstrip()}…"
        label = escape_html(cut)
        while label in labels:
            label += "\u200b"  # not seen, but a place of its own on the axis
        labels.append(label)
    return labels


def _colours(z: npt.NDArray[np.float64], axis: list[str]) -> Part:
    known = z[np.isfinite(z)]
    top = float(known.max()) if known.size and known.max() > 0 else 1.0
    return {
        "type": "heatmap",
        "x": axis,
        "y": axis,
        "z": z,
        "zmin": 0,
        "zmax": top,
        "colorscale": [list(step) for step in _COLOURS],
        "showscale": False,
        "hoverinfo": "skip",
        "xgap": 1,
        "ygap": 1,
    }


def _cells(frame: pd.DataFrame, labels: dict[str, str], palette: Palette) -> Part:
    """Return the numbers, which carry the pair: a heat map itself cannot be selected."""
    articles = frame["articles"].to_numpy(dtype=np.int64)
    itself = (frame["tag"] == frame["other"]).to_numpy()
    text = np.where(articles > 0, [_short(int(n)) for n in articles], "·").astype(object)
    # The fourth colour is legible on every cell, in both themes.
    font: Part = {"size": 11, "color": palette.series[3]}
    same: Part = {"marker": {"opacity": 0}, "textfont": {"color": palette.series[3]}}
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": frame["other"].map(labels).to_numpy(dtype=object),
        "y": frame["tag"].map(labels).to_numpy(dtype=object),
        "text": text,
        "textfont": font,
        "marker": {"symbol": "square", "size": 26, "opacity": 0},
        "selected": same,
        "unselected": same,
        "customdata": _carried(frame, itself),
        "hovertemplate": "%{customdata[2]}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _short(number: int) -> str:
    return str(number) if number < 1000 else f"{number / 1000:.1f}k".replace(".0k", "k")


def _carried(frame: pd.DataFrame, itself: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Return what a cell carries: both ids and the hint."""
    columns = ("tag", "other", "name", "other_name", "articles", "lift")
    hints = [
        f"<b>{escape_html(str(name))}</b><br>{n:,} articles"
        if one == other
        else f"<b>{escape_html(str(name))}</b> and <b>{escape_html(str(beside))}</b><br>"
        f"{n:,} articles{f', {lift:.1f} times what chance would give' if n else ''}"
        for one, other, name, beside, n, lift in zip(*(frame[key] for key in columns), strict=True)
    ]
    carried = pd.DataFrame({"tag": frame["tag"], "other": frame["other"], "hint": hints})
    return np.asarray(carried, dtype=np.object_)


def _layout(axis: list[str]) -> Part:
    upright: Part = {
        "dtick": 1,
        "range": [len(axis) - 0.5, -0.5],
        "showgrid": False,
        "zeroline": False,
    }
    level: Part = {
        "side": "top",
        "tickangle": -90,
        "dtick": 1,
        "showgrid": False,
        "zeroline": False,
    }
    shared: Part = {"type": "category", "categoryarray": axis, "fixedrange": True} | NO_TITLE
    return {
        "xaxis": level | shared | {"range": [-0.5, len(axis) - 0.5]},
        "yaxis": upright | shared,
        "height": _EDGES + _CELL * len(axis),
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10, "pad": 2},
        "hovermode": "closest",
        "hoverdistance": 40,
        "clickmode": "event+select",
        "dragmode": False,
        "showlegend": False,
    }
