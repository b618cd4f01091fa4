"""Peaks on the Overview: marks in the chart, the table, and what both open."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from frames import attention
from streamlit.testing.v1 import AppTest

from dashboard.charts.attention import attention_parts
from dashboard.charts.peaks import SHAPES, with_peaks, with_ranges
from dashboard.charts.picture import Form, Marks, Words, attention_picture
from dashboard.filters import at_row
from dashboard.parts.peaks_shown import SHOWN, below_a_picture, nothing_stands_out
from pipelines.analysis.peaks import peaks
from pipelines.query import Interval, Measure, Query, Unit
from pipelines.store import open_store
from tests.analysis.peak_store import TOPICS, write_peaks

Open = Callable[..., AppTest]
QUERY = Query(topics=("syria",), interval=Interval.DAY)


@pytest.fixture(scope="module")
def peaky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_peaks(tmp_path_factory.mktemp("peaky") / "store")


def _peak(badge: str, day: str = "2015-05-02", series: str = "topic:syria") -> pd.DataFrame:
    row = {"series": series, "query": "<b>Syria</b>", "date": day, "bucket_end": day}
    row |= {"times_usual": 3.2, "expected": 4.0, "badge": badge, "why": "Solid: 5 outlets."}
    return pd.DataFrame([row | {"how_often": "about once in two years"}])


def _marks(parts: dict) -> list:
    return [trace for trace in go.Figure(parts).data if trace.meta == "peak"]


@pytest.mark.parametrize("badge", SHAPES)
def test_the_shape_of_a_mark_says_how_real_the_peak_is(badge: str):
    frame = attention([4, 13, 5])
    (mark,) = _marks(with_peaks(attention_parts(frame, QUERY), _peak(badge), frame, QUERY))
    assert mark.marker.symbol == SHAPES[badge]
    assert f"Peak, {badge}" in mark.text[0]
    assert "3.2 times, by chance about once in two years" in mark.text[0]
    assert "<b>Syria" not in mark.text[0]


def test_a_mark_stands_above_its_point_and_opens_the_same():
    frame = attention([4, 13, 5])
    (mark,) = _marks(with_peaks(attention_parts(frame, QUERY), _peak("solid"), frame, QUERY))
    assert mark.x[0] == "2015-05-02"
    assert 13 < mark.y[0] < 15
    assert list(mark.customdata[0]) == ["topic:syria", "2015-05-02"]


@pytest.mark.parametrize("badge", SHAPES)
def test_a_picture_has_the_marks_of_the_screen(badge: str):
    frame, words = attention([4, 13, 5]), Words("Syria", "", "")

    def drawn(found: pd.DataFrame) -> bytes:
        marks = Marks(peaks=found)
        return attention_picture(frame, QUERY, words, topics=["syria"], form=Form.SVG, marks=marks)

    unmarked = attention_picture(frame, QUERY, words, topics=["syria"], form=Form.SVG)
    assert drawn(_peak(badge)) != unmarked
    assert drawn(_peak(badge).iloc[:0]) == unmarked
    assert drawn(_peak(badge, day="2015-06-02")) == unmarked  # no such point
    others = [drawn(_peak(other)) for other in SHAPES if other != badge]
    assert drawn(_peak(badge)) not in others


def test_a_peak_without_a_point_has_no_mark():
    frame = attention([4, float("nan"), 5])
    for peak in (_peak("solid"), _peak("solid", series="topic:other"), _peak("solid").head(0)):
        assert not _marks(with_peaks(attention_parts(frame, QUERY), peak, frame, QUERY))


def test_the_usual_range_is_a_band_of_the_measure_drawn():
    frame = attention([4, 13, 5])
    days = pd.DataFrame({"series": "topic:syria", "date": frame["date"].head(3), "all_texts": 50})
    ranges = days.assign(usual_low=1.0, usual_high=10.0)
    for measure, top in ((Measure.COUNT, 10.0), (Measure.SHARE, 0.2)):
        query = Query(topics=("syria",), unit=Unit.TEXTS, measure=measure)
        parts = with_ranges(attention_parts(frame, query), ranges, query)
        bands = [trace for trace in go.Figure(parts).data if trace.meta == "usual"]
        assert [band.y[0] for band in bands] == [top / 10, top]


def test_the_table_shows_at_most_five_and_the_rest_on_demand(open_app: Open, peaky: Path):
    app = open_app(peaky, topic=list(TOPICS), interval="day", date=["2015-03-02", "2015-05-10"])
    table = app.dataframe[0].value
    assert list(table.columns)[:5] == ["When", "Line", "Peak is", "To the usual", "By chance"]
    assert len(table) == 5
    (more,) = [one for one in app.toggle if one.label == "All 6 peaks"]
    more.set_value(True).run()
    assert len(app.dataframe[0].value) == 6
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    marks = [trace for trace in spec["data"] if trace["meta"] == "peak"]
    assert {trace["name"] for trace in marks} == {"solid", "thin", "suspicious"}


def test_a_row_opens_as_many_articles_as_it_says(peaky: Path):
    asked = Query(topics=TOPICS, interval=Interval.DAY, start=date(2015, 3, 2))
    with closing(open_store(peaky)) as store:
        for row in peaks(store, asked).itertuples(index=False):
            opened = at_row(asked, row.series, row.date, row.bucket_end)
            assert store.article_count(opened) == row.articles


def test_without_a_peak_the_page_says_so(open_app: Open, full_store: Path):
    texts = [str(one.value) for one in open_app(full_store, topic="syria").caption]
    assert "Nothing stands out of its own past, as far as that reaches back." in texts


def test_what_comes_closest_to_a_peak_is_told_with_how_often_it_comes():
    row = {"query": "Syria", "date": "2024-11-30", "texts": 14, "expected": 0.4, "a_year": 1.9}
    assert nothing_stands_out(pd.DataFrame([row])) == (
        "Nothing stands out of its own past enough to be marked. Closest: Syria, 2024-11-30, "
        "14 distinct texts where 0.4 were usual; ups and downs as before bring so many about "
        "2 times a year."
    )


def test_the_note_of_a_picture_counts_the_peaks_that_it_does_not_tell(open_app: Open, peaky: Path):
    open_app(peaky)
    period = date(2015, 3, 2), date(2015, 5, 10)
    query = Query(tuple(TOPICS), start=period[0], end=period[1], interval=Interval.DAY)
    with closing(open_store(peaky)) as store:
        count = len(peaks(store, query))
    assert count > SHOWN
    (note,) = below_a_picture(query)
    assert note.count(" times") + note.count("hardly any usual") == SHOWN
    assert note.endswith(f"; {count - SHOWN} more")


def test_the_peaks_of_all_topics_are_shown_when_asked_for(open_app: Open, peaky: Path):
    days = ["2015-03-02", "2015-05-10"]
    app = open_app(
        peaky, topic=TOPICS[0], interval="day", date=days, unfolded="peaks_of_all", more=""
    )
    tables = [one.value for one in app.dataframe if "Peak is" in one.value.columns]
    alone, of_all = tables
    assert len(set(alone["Line"])) == 1
    assert len(set(of_all["Line"])) > 1
    assert len(of_all) == 6
