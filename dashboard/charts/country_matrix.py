"""A frame of pairs goes in, a matrix with a number in each cell comes out.

How it is to be read: one row for the press of a country, one column for a country it names; the
largest of each are drawn. Colour is the share within the row, so that a large press does not drown
a small one. A dash is a true zero: this press has no such article.
"""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.theme import BROWSER_SCALE, NO_TITLE
from dashboard.escape import escape_html
from pipelines.query import Measure

Part = dict[str, Any]

MOST = 12  # rows and columns
_ROW, _HEADS = 30, 110  # pixels


def country_matrix_chart(frame: pd.DataFrame, measure: Measure = Measure.COUNT) -> go.Figure:
    """Return the matrix of a frame of pairs (see `analysis/country_matrix.py`).

    Each cell carries the codes of its row and column as `customdata`.
    """
    cells = largest(frame)
    rows = cells.drop_duplicates("outlet_country")
    columns = (
        cells.groupby(["country", "label"], sort=False)["articles"].sum().reset_index()
    ).sort_values(["articles", "country"], ascending=[False, True])
    table = cells.pivot(index="outlet_country", columns="country", values=["articles", "share"])
    places = {"index": rows["outlet_country"], "columns": columns["country"]}
    articles = _grid(table, "articles", places)
    share = _grid(table, "share", places)
    texts = _texts(articles, share, measure)
    heat: Part = {
        "type": "heatmap",
        "z": np.where(articles > 0, share, np.nan),
        "text": texts,
        "texttemplate": "%{text}",
        "hoverinfo": "skip",
        "colorscale": BROWSER_SCALE,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "zmin": 0,
        "zmax": max(float(share.max()) if share.size else 0.0, 0.01),
    }
    names = [_short(str(name)) for name in rows["outlet_label"]]
    heads = [_short(str(name)) for name in columns["label"]]
    custom = _custom(rows, columns, articles, share)
    data = [heat, cell_marks(custom, hover=2)] if names else []
    return go.Figure({"data": data, "layout": _layout(names, heads)})


def cell_marks(custom: np.ndarray, *, hover: int) -> Part:
    """Return unseen marks, one in the middle of each cell, that a pointer can find and select.

    Plotly selects no cells of a heatmap (it has no `selectPoints`), only points. `custom` has rows,
    columns, and what a mark carries; `hover` is the place of its sentence.
    """
    height, width = custom.shape[:2]
    full: Part = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.tile(np.arange(width), height),
        "y": np.repeat(np.arange(height), width),
        "customdata": custom.reshape(height * width, -1),
        "hovertemplate": f"%{{customdata[{hover}]}}<extra></extra>",
        "marker": {"size": 14, "opacity": 0, "symbol": "square"},
        "selected": full,
        "unselected": full,
        "showlegend": False,
    }


def largest(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of the outlet countries and countries with the most articles."""
    rows = frame.drop_duplicates("outlet_country").nlargest(MOST, "row_total")["outlet_country"]
    kept = frame[frame["outlet_country"].isin(rows)]
    columns = kept.groupby("country", sort=True)["articles"].sum().nlargest(MOST).index
    return kept[kept["country"].isin(columns)]


def _grid(table: pd.DataFrame, what: str, places: Part) -> np.ndarray:
    if table.empty:
        return np.zeros((0, 0))
    found = table[what].reindex(index=places["index"], columns=places["columns"])
    return np.asarray(found.astype("float64").fillna(0.0), dtype=np.float64)


def _texts(articles: np.ndarray, share: np.ndarray, measure: Measure) -> np.ndarray:
    percent = measure is Measure.SHARE
    words = [
        [
            (f"{part:.0%}" if percent else f"{n:,.0f}") if n else "–"
            for n, part in zip(*row, strict=True)
        ]
        for row in zip(articles, share, strict=True)
    ]
    return np.asarray(words, dtype=np.object_)


def _custom(
    rows: pd.DataFrame, columns: pd.DataFrame, articles: np.ndarray, share: np.ndarray
) -> np.ndarray:
    """Return for each cell: code of the row, code of the column, the sentence for the pointer."""
    named = rows[["outlet_country", "outlet_label", "row_total"]].itertuples(index=False)
    heads = list(columns[["country", "label"]].itertuples(index=False))
    cells = [
        [
            (
                home,
                code,
                f"{n:,.0f} of {total:,} articles published in <b>{escape_html(str(press))}</b> "
                f"({part:.1%}): <b>{escape_html(str(name))}</b>",
            )
            for (code, name), n, part in zip(heads, counts, parts, strict=True)
        ]
        for (home, press, total), counts, parts in zip(named, articles, share, strict=True)
    ]
    return np.asarray(cells, dtype=np.object_)


def _short(name: str) -> str:
    return escape_html(name if len(name) <= 14 else f"{name[:13].rstrip()}…")


def _ends(names: list[str]) -> Part:
    return {"tickvals": list(range(len(names))), "ticktext": names}


def _layout(names: list[str], heads: list[str]) -> Part:
    still: Part = {"fixedrange": True, "showgrid": False, "zeroline": False} | NO_TITLE
    up: Part = {"range": [len(names) - 0.5, -0.5], "automargin": True}
    along: Part = {"range": [-0.5, len(heads) - 0.5], "side": "top", "tickangle": -90}
    return {
        "height": _HEADS + _ROW * len(names),
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "xaxis": still | along | {"automargin": True} | _ends(heads),
        "yaxis": still | up | _ends(names),
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverdistance": 60,
        "dragmode": False,
        "plot_bgcolor": "rgba(128,128,128,0.10)",
    }
