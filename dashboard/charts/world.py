"""A frame of countries goes in, a world map or bars come out.

How the map is to be read: the darker (on a dark page: the lighter) a country, the more; the
scale of counts goes by powers of ten, for a few countries have nearly all. A country in plain grey
has no article, one in brown has too few articles for a share. Countries too small to be drawn are
dots. An article whose country is unknown is on no map: bars and table have it.
"""

from csv import DictReader
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.theme import BROWSER_SCALE, LIGHT, NO_TITLE, Palette
from dashboard.escape import escape_html
from pipelines.query import Measure

Floats = npt.NDArray[np.float64]
Part = dict[str, Any]

HEIGHT = 330  # pixels
MOST_BARS = 15
_LAND, _BORDER, _FEW = "rgba(128,128,128,0.16)", "rgba(128,128,128,0.55)", "rgba(190,120,40,0.45)"


@cache
def country_codes() -> dict[str, tuple[str, float, float]]:
    """Return ISO alpha-2 -> alpha-3, longitude, latitude; NaN where the country has a shape."""
    path = Path(__file__).with_name("country_codes.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        return {
            row["code"]: (row["alpha3"], float(row["lon"] or "nan"), float(row["lat"] or "nan"))
            for row in DictReader(rows)
        }


def world_chart(frame: pd.DataFrame, measure: Measure = Measure.COUNT) -> go.Figure:
    """Return the map of a countries frame (country, label, count, ratio).

    Each place carries its code as `customdata`. The same frame makes the same figure.
    """
    codes = country_codes()
    known = frame[frame["country"].isin(codes) & (frame["count"] > 0)].reset_index(drop=True)
    places = pd.DataFrame(
        [codes[code] for code in known["country"]], columns=["alpha3", "lon", "lat"]
    )
    rows = known.join(places).assign(shown=measured(known, measure))
    has = rows["shown"].notna()
    return go.Figure(
        {
            "data": [
                *_shapes(rows[has & rows["lon"].isna()], measure),
                *_dots(rows[has & rows["lon"].notna()], measure),
                *_few(rows[~has]),
            ],
            "layout": _layout(rows["shown"].dropna(), measure),
        }
    )


def measured(frame: pd.DataFrame, measure: Measure) -> pd.Series:
    """Return what is drawn of each row: its articles or its share, NaN where there is none."""
    column = "ratio" if measure is Measure.SHARE else "count"
    return pd.to_numeric(frame[column], errors="coerce").astype("float64")


def _custom(rows: pd.DataFrame) -> np.ndarray:
    share = [f"{one:.1%}" if one == one else "no share" for one in rows["ratio"].astype("float64")]
    columns = {
        "code": rows["country"],
        "name": [escape_html(str(name)) for name in rows["label"]],
        "count": [f"{int(one):,}" for one in rows["count"]],
        "share": share,
    }
    return np.asarray(pd.DataFrame(columns, index=rows.index), dtype=np.object_)


_HOVER = "<b>%{customdata[1]}</b><br>%{customdata[2]} articles, %{customdata[3]}<extra></extra>"
_BEHAVIOUR: Part = {
    "hovertemplate": _HOVER,
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}


def _shapes(rows: pd.DataFrame, measure: Measure) -> list[Part]:
    if rows.empty:
        return []
    shapes: Part = {
        "type": "choropleth",
        "locationmode": "ISO-3",
        "locations": rows["alpha3"].to_numpy(dtype=object),
        "z": _steps(rows["shown"], measure),
        "coloraxis": "coloraxis",
        "marker": {"line": {"width": 0.4, "color": _BORDER}},
        "customdata": _custom(rows),
        "meta": "shapes",
    }
    return [shapes | _BEHAVIOUR]


def _dots(rows: pd.DataFrame, measure: Measure) -> list[Part]:
    if rows.empty:
        return []
    colour: Part = {"color": _steps(rows["shown"], measure), "coloraxis": "coloraxis"}
    rim: Part = {"width": 0.8, "color": _BORDER}
    return [_points(rows) | {"marker": {"size": 9, "line": rim, "opacity": 1} | colour}]


def _points(rows: pd.DataFrame) -> Part:
    points: Part = {
        "type": "scattergeo",
        "lon": rows["lon"].to_numpy(),
        "lat": rows["lat"].to_numpy(),
        "mode": "markers",
        "showlegend": False,
        "customdata": _custom(rows),
        "meta": "dots",
    }
    return points | _BEHAVIOUR


def _few(rows: pd.DataFrame) -> list[Part]:
    """Return the countries that have articles and no share, in a colour off the scale."""
    drawn = rows[rows["lon"].isna()]
    if drawn.empty:
        return []
    shapes: Part = {
        "type": "choropleth",
        "locationmode": "ISO-3",
        "locations": drawn["alpha3"].to_numpy(dtype=object),
        "z": np.zeros(len(drawn)),
        "colorscale": [[0, _FEW], [1, _FEW]],
        "showscale": False,
        "marker": {"line": {"width": 0.4, "color": _BORDER}},
        "customdata": _custom(drawn),
        "meta": "no share",
    }
    return [shapes | _BEHAVIOUR]


def _steps(values: pd.Series, measure: Measure) -> Floats:
    """Return where numbers stand on the scale: the logarithm of a count, a share as it is."""
    numbers: Floats = values.to_numpy(dtype=np.float64)
    return numbers if measure is Measure.SHARE else np.log10(np.maximum(numbers, 1.0))


def _layout(values: pd.Series, measure: Measure) -> Part:
    quiet: Part = {"showgrid": False, "range": [-180, 180]}
    return {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 44},
        "geo": {
            "scope": "world",
            "resolution": 110,
            "fitbounds": False,
            "projection": {"type": "natural earth"},
            "lataxis": {"showgrid": False, "range": [-57, 84]},
            "lonaxis": quiet,
            "showland": True,
            "landcolor": _LAND,
            "showcountries": True,
            "countrycolor": _BORDER,
            "countrywidth": 0.4,
            "showcoastlines": True,
            "coastlinecolor": _BORDER,
            "coastlinewidth": 0.4,
            "showframe": False,
            "showocean": False,
            "showlakes": False,
            "bgcolor": "rgba(0,0,0,0)",
        },
        "coloraxis": _scale(values, measure),
        "clickmode": "event+select",
        "dragmode": False,
        "showlegend": False,
    }


def _scale(values: pd.Series, measure: Measure) -> Part:
    """Return the scale: whole powers of ten for counts, from nothing to the most for shares."""
    if values.empty:
        return {"showscale": False}
    share = measure is Measure.SHARE
    steps = _steps(values, measure)
    low = 0.0 if share else float(np.floor(steps.min()))
    high = float(steps.max()) if share else max(float(steps.max()), low + 1)
    marks = [low, high] if share else [low + n for n in range(int(np.floor(high - low)) + 1)]
    texts = [f"{mark:.1%}" if share else f"{10**mark:,.0f}" for mark in marks]
    bar: Part = {
        "orientation": "h",
        "thickness": 8,
        "len": 0.6,
        "x": 0.5,
        "y": 0,
        "yanchor": "top",
        "tickvals": marks,
        "ticktext": texts,
        "title": {"text": "Share" if share else "Articles", "side": "top"},
    }
    return {"cmin": low, "cmax": high, "colorscale": BROWSER_SCALE, "colorbar": bar}


def country_bars(
    frame: pd.DataFrame, measure: Measure = Measure.COUNT, palette: Palette = LIGHT
) -> go.Figure:
    """Return the bars of the largest countries, the largest on top, each with its number."""
    drawn = frame.assign(shown=measured(frame, measure)).dropna(subset="shown")
    order = drawn.sort_values("shown", ascending=False, kind="stable").head(MOST_BARS)[::-1]
    share = measure is Measure.SHARE
    texts = [f"{one:.1%}" if share else f"{one:,.0f}" for one in order["shown"]]
    colour = [palette.series[0] if code else palette.muted for code in order["country"]]
    bars: Part = {
        "type": "bar",
        "orientation": "h",
        "x": order["shown"].to_numpy(),
        "y": [_short(str(name)) for name in order["label"]],
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colour},
        "customdata": _custom(order),
    }
    reach = float(order["shown"].max()) if len(order) else 1.0
    still: Part = {"fixedrange": True} | NO_TITLE
    return go.Figure(
        {
            "data": [bars | _BEHAVIOUR],
            "layout": {
                "height": 60 + 18 * len(order),
                "margin": {"l": 0, "r": 8, "t": 4, "b": 4},
                "xaxis": still | {"range": [0, 1.22 * reach], "visible": False},
                "yaxis": still | {"automargin": True, "type": "category"},
                "bargap": 0.25,
                "clickmode": "event+select",
                "dragmode": False,
            },
        }
    )


def _short(name: str) -> str:
    return escape_html(name if len(name) <= 20 else f"{name[:19].rstrip()}…")
