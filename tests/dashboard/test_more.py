"""What stands behind "More": off at first, in the link where on, in chart and picture alike."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from frames import attention, attention_chart
from streamlit.testing.v1 import AppTest

from dashboard.charts.picture import Form, Marks, Words, attention_picture
from dashboard.tables import attention_table
from pipelines.events import Event
from pipelines.query import Interval, Measure, Query, Unit

Open = Callable[..., AppTest]
WORDS = Words("Syria", "", "")
NAN = float("nan")


def query(measure: Measure = Measure.COUNT, unit: Unit = Unit.ARTICLES) -> Query:
    return Query(topics=("syria",), interval=Interval.DAY, measure=measure, unit=unit)


def banded(counts: list[float]):
    frame = attention(counts)
    return frame.assign(
        ratio_low=frame["ratio"] / 2, ratio_high=frame["ratio"] * 2, copies=frame["count"] / 4
    )


def drawn(frame, asked: Query, *extras: str, events: tuple[Event, ...] = ()) -> bytes:
    marks = Marks(events, extras)
    return attention_picture(frame, asked, WORDS, topics=["syria"], form=Form.SVG, marks=marks)


def traces(figure, meta: str):
    return [trace for trace in figure.data if trace.meta == meta]


def test_the_band_goes_round_each_run_and_leaves_a_gap_open():
    frame = banded([3, 5, NAN, 4])
    (band,) = traces(attention_chart(frame, query(Measure.SHARE), extras=["band"]), "band")
    days = ["2015-05-01", "2015-05-02", "2015-05-02", "2015-05-01", None]
    assert list(band.x) == [*days, "2015-05-04", "2015-05-04", None]
    assert band.y[:4].tolist() == [0.03, 0.05, 0.2, 0.12]
    assert np.isnan(band.y[4])


def test_the_band_fits_below_the_top_of_the_chart():
    figure = attention_chart(banded([3, 5]), query(Measure.SHARE), extras=["band"])
    assert figure.layout.yaxis.range[1] > 0.2


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (query(), {"copies"}),
        (query(Measure.SHARE), {"band"}),
        (query(Measure.INDEX), set()),
        (query(unit=Unit.MENTIONS), set()),
    ],
    ids=["count", "share", "index", "mentions"],
)
def test_what_means_nothing_for_a_measure_is_not_drawn(asked, shown):
    frame = banded([3, 5]).assign(index=[100.0, 160, NAN, NAN, NAN])
    figure = attention_chart(frame, asked, extras=["band", "copies"])
    assert {trace.meta for trace in figure.data} & {"band", "copies"} == shown
    assert (drawn(frame, asked, "band", "copies") != drawn(frame, asked)) == bool(shown)


@pytest.mark.parametrize(
    ("measure", "column", "title"),
    [
        (Measure.ADJUSTED, "adjusted_ratio", "Adjusted share of articles per day"),
        (Measure.INDEX, "index", "Articles per day, as an index"),
    ],
)
def test_a_measure_is_drawn_named_and_tabled(measure, column, title):
    frame = attention([3, 5]).assign(
        adjusted_ratio=[0.25, 0.5, NAN, NAN, NAN],
        missing_ratio=[0.1, 0, NAN, NAN, NAN],
        index=[100.0, 160, NAN, NAN, NAN],
    )
    figure = attention_chart(frame, query(measure))
    assert figure.layout.yaxis.title.text == title
    assert traces(figure, "marks")[0].y.tolist() == frame[column].head(2).tolist()
    table = attention_table(frame, query(measure))
    beside = {"Adjusted share, %": [25, 50], "Index": [100, 160]}
    (name,) = set(table) & set(beside)
    assert table[name].head(2).tolist() == beside[name]
    assert drawn(frame, query(measure)) != drawn(frame, query())


def test_events_stand_in_the_picture_with_their_numbers():
    frame = attention([3, 5, 4])
    plain = drawn(frame, query())
    marked = drawn(frame, query(), events=(Event(date(2015, 5, 2), "veto"),))
    assert marked.count(b"stroke-dasharray") > plain.count(b"stroke-dasharray")
    assert drawn(frame, query(), events=(Event(date(2014, 5, 2), "before"),)) == plain


def _switch(app: AppTest, label: str):
    (found,) = [one for one in app.toggle if one.label == label]
    return found


def _metas(app: AppTest) -> set[str]:
    chart = app.get("plotly_chart")[0]
    return {str(trace.get("meta")) for trace in json.loads(chart.proto.spec)["data"]}


def test_nothing_of_it_is_on_at_first(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria")
    assert not any(one.value for one in app.toggle)
    assert "more" not in app.query_params
    assert not {"band", "copies"} & _metas(app)


def test_an_extra_is_in_the_link_and_comes_back_from_it(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", interval="week")
    _switch(app, "Copies as dotted lines").set_value(True).run()
    assert app.query_params["more"] == "copies"
    assert "copies" in _metas(app)
    again = open_app(full_store, topic="syria", interval="week", more="copies,odd")
    assert _switch(again, "Copies as dotted lines").value
    assert "Dotted line below each" in "".join(one.value for one in again.caption)
    _switch(again, "Copies as dotted lines").set_value(False).run()
    assert "more" not in again.query_params


def test_a_measure_behind_more_is_one_of_the_query(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", interval="week")
    _switch(app, "Index").set_value(True).run()
    assert app.query_params["measure"] == "index"
    assert "Index: 2015-05-04 = 100" in "".join(one.value for one in app.caption)
    _switch(app, "Adjusted share").set_value(True).run()
    assert app.query_params["measure"] == "adjusted"
    assert not _switch(app, "Index").value
    _switch(app, "Adjusted share").set_value(False).run()
    assert "measure" not in app.query_params


def test_mentions_leave_what_is_of_articles_only_off(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", unit="mentions", measure="adjusted", last="all")
    assert "Mentions have no share" in "".join(one.value for one in app.warning)
    assert _switch(app, "Adjusted share").disabled
    assert not _switch(app, "Index").disabled


def test_the_span_before_is_a_part_of_the_query(open_app: Open, full_store: Path):
    # The parts of this link are in another order than ours: the first change must not be lost.
    link = {"topic": "syria", "interval": "week", "date": ["2015-06-15", "2015-06-28"]}
    app = open_app(full_store, unfolded="numbers_shown", **link)
    _switch(app, "The span before, dashed").set_value(True).run()
    assert app.query_params["previous"] == "1"
    assert "previous" in _metas(app)
    (table,) = (one.value for one in app.dataframe if "Before" in one.value)
    assert table["Before, from"].head(2).tolist() == ["2015-06-01", "2015-06-08"]
    assert "Compared: 1 of 2 weeks." in "".join(one.value for one in app.text)


def test_the_span_before_is_drawn_in_the_picture():
    frame = attention([3, 5]).assign(previous=[6.0, 9, NAN, NAN, NAN])
    asked = Query(("syria",), interval=Interval.DAY, previous=True)
    figure = attention_chart(frame, asked)
    assert traces(figure, "previous")[0].y.tolist() == [6, 9]
    assert figure.layout.yaxis.range[1] > 9
    assert drawn(frame, asked) != drawn(frame, query())
