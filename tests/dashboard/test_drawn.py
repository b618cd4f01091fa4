"""What travels to the browser for a chart, and what comes back when a mark of it is selected."""

import json
from base64 import b64decode

import numpy as np
import plotly.graph_objects as go
import pytest
from frames import attention

from dashboard.charts.attention import attention_parts
from dashboard.charts.drawn import Drawn
from dashboard.charts.hover import selected
from pipelines.query import Interval, Measure, Query, Unit

NAN = float("nan")


def _numbers(sent: dict) -> list[float]:
    return np.frombuffer(b64decode(sent["bdata"]), np.dtype(sent["dtype"])).tolist()


def _marks(frame, query: Query) -> dict:
    (marks,) = [one for one in attention_parts(frame, query)["data"] if one["meta"] == "marks"]
    return marks


@pytest.mark.parametrize(
    ("numbers", "kind", "held"),
    [
        pytest.param([1, 4, 255], "u1", [1, 4, 255], id="small counts"),
        pytest.param([1, 4, 256], "u2", [1, 4, 256], id="counts"),
        pytest.param([1, -4, 70_000], "i4", [1, -4, 70_000], id="large or negative"),
        pytest.param([1, 2**31], "f8", [1, 2**31], id="beyond 32 bits"),
        pytest.param([0.5, 0.25], "f4", [0.5, 0.25], id="shares"),
    ],
)
def test_whole_numbers_travel_in_as_few_bytes_as_hold_them(numbers, kind, held):
    (trace,) = Drawn({"data": [{"y": np.array(numbers, float)}], "layout": {}}).to_dict()["data"]
    assert (trace["y"]["dtype"], _numbers(trace["y"])) == (kind, held)


def test_a_gap_stays_a_gap_and_names_stay_names():
    parts = {"data": [{"y": np.array([1, NAN]), "text": np.array(["a", ""], object)}], "layout": {}}
    (trace,) = Drawn(parts).to_dict()["data"]
    assert np.isnan(_numbers(trace["y"])[1])
    assert trace["text"] == ["a", ""]


@pytest.mark.parametrize("interval", list(Interval))
@pytest.mark.parametrize("measure", [Measure.COUNT, Measure.SHARE])
def test_the_parts_of_a_chart_are_right_for_plotly_though_nobody_checks_them(interval, measure):
    frame = attention([3, NAN, 5, 4], coverage=[1, 0, 0.5, 1], complete=[True, True, True, False])
    parts = attention_parts(frame, Query(("syria",), interval=interval, measure=measure))
    checked = go.Figure(json.loads(json.dumps(Drawn(parts).to_dict())))
    assert [trace.meta for trace in checked.data] == ["unfinished", "line", "marks"]


def test_a_mark_has_its_share_and_the_line_says_the_rest():
    frame = attention([1, 4])
    frame["ratio"] = [0.02, NAN, NAN, NAN, NAN]  # fewer than 20 articles
    marks = _marks(frame, Query(interval=Interval.DAY))
    assert marks["text"].tolist() == ["2.0%", "-"]
    assert "%{y:,.0f} articles<br>share of all: %{text}<extra>" in marks["hovertemplate"]


def test_where_nothing_has_a_share_none_is_spoken_of():
    marks = _marks(attention([1, 4]).assign(ratio=NAN), Query(unit=Unit.MENTIONS))
    assert "text" not in marks
    assert "%{y:,.0f} mentions<extra>" in marks["hovertemplate"]


def test_a_mark_of_a_share_has_its_count_too():
    asked = Query(interval=Interval.DAY, measure=Measure.SHARE, unit=Unit.TEXTS)
    assert _marks(attention([1, 4]), asked)["text"].tolist() == [
        "1 distinct texts<br>share of all: 2.0%",
        "4 distinct texts<br>share of all: 8.0%",
    ]


def test_the_end_of_a_week_is_shown():
    marks = _marks(attention([1, 4], step=7), Query(interval=Interval.WEEK))
    assert marks["customdata"].tolist() == ["2015-05-07", "2015-05-14"]
    assert "to %{customdata}" in marks["hovertemplate"]


@pytest.mark.parametrize(
    ("interval", "last"),
    [
        pytest.param(Interval.DAY, "2015-05-04", id="a day"),
        pytest.param(Interval.WEEK, "2015-05-10", id="a week"),
    ],
)
def test_a_selected_mark_opens_the_bucket_of_its_line(interval, last):
    marks = _marks(attention([1, 2]), Query(interval=interval))
    point = {"x": "2015-05-04", "customdata": 0.02, "legendgroup": marks["legendgroup"]}
    assert selected([point], interval) == ("topic:syria", "2015-05-04", last)


def test_the_mark_of_a_peak_opens_its_own_series_and_a_point_of_nothing_opens_none():
    peak = {"x": "2015-05-04", "customdata": ["topic:unsc", "2015-05-10"]}
    assert selected([{"x": "2015-05-04"}, peak], None) == ("topic:unsc", "2015-05-04", "2015-05-10")
    assert selected([{"x": "2015-05-04"}], None) is None
