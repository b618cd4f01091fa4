"""The map of countries and its bars, from frames of a few rows; the geodata they stand on."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from babel.core import get_global

from dashboard.charts.theme import BROWSER_SCALE
from dashboard.charts.world import MOST_BARS, country_bars, country_codes, world_chart
from pipelines.query import Measure
from pipelines.tagging import country_names

STATIC = Path(__file__).resolve().parents[2] / "dashboard" / "static"


def _frame(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["country", "label", "count", "ratio"])


FRAME = _frame(
    ("RU", "Russia", 1000, 0.5),
    ("SG", "Singapore", 10, 0.05),
    ("", "unknown", 7, 0.01),
    ("FR", "France", 1, float("nan")),
)


def _traces(figure: object) -> dict[str, dict]:
    return {trace["meta"]: trace for trace in json.loads(figure.to_json())["data"]}


def _shapes() -> set[str]:
    world = json.loads((STATIC / "topojson" / "world_110m.json").read_text())
    return {shape.get("id", "") for shape in world["objects"]["countries"]["geometries"]}


def test_countries_with_a_shape_are_filled_and_small_ones_are_dots():
    traces = _traces(world_chart(FRAME))
    assert traces["shapes"]["locations"] == ["RUS", "FRA"]
    assert [row[0] for row in traces["dots"]["customdata"]] == ["SG"]


def test_the_scale_of_counts_goes_by_powers_of_ten():
    figure = world_chart(FRAME)
    np.testing.assert_allclose(figure.data[0].z, [3, 0])
    axis = figure.layout.coloraxis
    assert (axis.cmin, axis.cmax) == (0, 3)
    assert list(axis.colorbar.ticktext) == ["1", "10", "100", "1,000"]


def test_the_scale_of_shares_begins_at_nothing():
    axis = world_chart(FRAME, Measure.SHARE).layout.coloraxis
    assert (axis.cmin, axis.cmax) == (0, 0.5)
    assert list(axis.colorbar.ticktext) == ["0.0%", "50.0%"]


def test_too_few_articles_for_a_share_are_told_apart_from_none_at_all():
    traces = _traces(world_chart(FRAME, Measure.SHARE))
    assert traces["no share"]["locations"] == ["FRA"]
    assert "DEU" not in traces["shapes"]["locations"] + traces["no share"]["locations"]


def test_the_unknown_country_is_on_no_map_and_among_the_bars():
    assert "unknown" not in json.dumps(json.loads(world_chart(FRAME).to_json())["data"])
    assert "unknown" in country_bars(FRAME).data[0].y


def test_the_map_shows_the_whole_world_whatever_has_articles():
    geo = world_chart(FRAME).layout.geo
    assert geo.fitbounds is False
    assert (geo.scope, geo.resolution) == ("world", 110)


def test_an_empty_frame_is_an_empty_map():
    assert len(world_chart(FRAME.head(0)).data) == 0
    assert len(country_bars(FRAME.head(0)).data[0].y) == 0


def test_the_same_frame_makes_the_same_map():
    assert world_chart(FRAME).to_json() == world_chart(FRAME.copy()).to_json()


def test_bars_have_the_largest_on_top_with_their_numbers():
    rows = [(code, code, 100 - n, 0.1) for n, code in enumerate(sorted(country_codes())[:20])]
    bars = country_bars(_frame(*rows)).data[0]
    assert (len(bars.y), bars.y[-1], bars.text[-1]) == (MOST_BARS, "AD", "100")


def test_a_hostile_name_is_text():
    frame = _frame(("RU", "<a href='http://x.example'>R</a>", 3, 0.5))
    assert "<a" not in world_chart(frame).to_json() + country_bars(frame).to_json()


def test_the_scale_has_the_ten_colours_that_streamlit_swaps():
    from streamlit.elements.lib import streamlit_plotly_theme as theirs

    assert [colour for _, colour in BROWSER_SCALE] == [
        getattr(theirs, f"SEQUENTIAL_{step}") for step in range(10)
    ]


def test_every_country_we_know_has_a_code():
    assert set(country_codes()) == set(country_names())


@pytest.mark.parametrize("code", sorted(set(country_codes()) - {"XK"}))
def test_three_letter_codes_are_those_of_cldr(code):
    assert get_global("territory_aliases")[country_codes()[code][0]] == [code]


def test_a_country_is_a_shape_or_a_dot_and_never_both():
    shapes = _shapes()
    for alpha3, lon, _ in country_codes().values():
        assert not (alpha3 in shapes and lon == lon)


def test_all_shapes_but_two_have_a_country_of_ours():
    known = {alpha3 for alpha3, _, _ in country_codes().values()}
    assert _shapes() - known == {""}


def test_the_licence_of_the_map_stands_beside_it():
    text = (STATIC / "SOURCES.md").read_text()
    assert "public domain" in text
    assert "MIT" in text
