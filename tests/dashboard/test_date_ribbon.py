"""The strip of certainties: counted from a real store, drawn below the chart and in the picture."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from frames import attention

from dashboard.charts.attention import attention_parts
from dashboard.charts.date_ribbon import STRIP, parts_of, with_ribbon
from dashboard.charts.picture import Form, Marks, Words, attention_picture
from pipelines.analysis.date_ribbon import COLUMNS, date_ribbon
from pipelines.query import Interval, Query
from pipelines.store import open_store
from tests.store.build import UNDATED, Written, article, build, on_day

FIRST = date(2015, 5, 1)
QUERY = Query(start=FIRST, end=FIRST + timedelta(days=2), interval=Interval.DAY)
RIBBON = pd.DataFrame(
    {
        "date": ["2015-05-01", "2015-05-02"],
        "bucket_end": ["2015-05-01", "2015-05-02"],
        "sure": [3, 0],
        "likely": [1, 0],
        "guess": [0, 0],
    }
)


@pytest.fixture(scope="module")
def ribbon(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    sure = [(0, 0.97), (0, 0.95), (0, 0.7), (0, 0.4), (2, 0.94)]
    written = [
        Written(article(n, on_day(FIRST + timedelta(days=day), confidence)))
        for n, (day, confidence) in enumerate(sure)
    ]
    written.append(Written(article(9, UNDATED)))
    path: Path = build(tmp_path_factory.mktemp("ribbon") / "store", written)
    with closing(open_store(path)) as store:
        return date_ribbon(store, QUERY)


def test_each_bucket_counts_its_articles_by_certainty(ribbon):
    assert list(ribbon) == COLUMNS
    assert ribbon[["sure", "likely", "guess"]].values.tolist() == [[2, 1, 1], [0, 0, 0], [0, 1, 0]]


def test_a_bucket_without_an_article_is_empty_and_not_sure():
    parts = parts_of(RIBBON)
    assert parts["sure"][0] == 0.75
    assert np.isnan([parts[kind][1] for kind in parts]).all()


def test_the_strip_shares_the_time_axis_and_stands_below_the_lines():
    parts = attention_parts(attention([4, 2]), Query(("syria",), interval=Interval.DAY))
    chart, both = go.Figure(parts), go.Figure(with_ribbon(parts, RIBBON))
    assert both.layout.yaxis2.domain == (0, STRIP)
    assert both.layout.yaxis.domain[0] > STRIP
    assert both.layout.xaxis.range == chart.layout.xaxis.range
    assert [bar.meta for bar in both.data if bar.type == "bar"] == ["sure", "likely", "guess"]


def test_the_name_of_a_line_stays_at_its_end():
    parts = attention_parts(attention([4, 2]), Query(("syria",), interval=Interval.DAY))
    chart, both = go.Figure(parts), go.Figure(with_ribbon(parts, RIBBON))
    (before,) = [note.y for note in chart.layout.annotations if note.yanchor == "middle"]
    (after,) = [note.y for note in both.layout.annotations if note.yanchor == "middle"]
    floor = both.layout.yaxis.domain[0]
    assert after == pytest.approx(floor + before * (1 - floor))


def test_the_picture_has_the_strip_too():
    frame, query, words = attention([4, 2]), Query(("syria",)), Words("Syria", "", "")
    marks = Marks()
    plain, striped = (
        attention_picture(frame, query, words, topics=[], form=Form.SVG, marks=one)
        for one in (marks, replace(marks, ribbon=RIBBON))
    )
    assert b"#e3b23c" in striped
    assert b"#e3b23c" not in plain
