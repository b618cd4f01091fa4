"""Events in the chart: a numbered line each, and the words below."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from frames import attention, attention_chart
from streamlit.testing.v1 import AppTest

from dashboard.charts.attention import on_the_line
from dashboard.charts.events import MOST, shown_events
from pipelines.events import Event
from pipelines.query import Interval, Query

QUERY = Query(topics=("syria",), interval=Interval.DAY)
FIRST = date(2015, 5, 1)


def _event(days: int, text: str = "x") -> Event:
    return Event(FIRST + timedelta(days=days), text)


def test_only_events_within_the_buckets_have_a_line():
    frame = attention([1, 2, 3])
    events = [_event(-1), _event(0), _event(2), _event(3)]
    figure = attention_chart(frame, QUERY, events=events)
    lines = [shape.x0 for shape in figure.layout.shapes if shape.name == "event"]
    assert lines == ["2015-05-01", "2015-05-03"]


def test_events_of_one_day_share_a_line_and_keep_their_numbers():
    frame = attention([1, 2, 3])
    figure = attention_chart(frame, QUERY, events=[_event(0), _event(1, "a"), _event(1, "b")])
    texts = {note.x: note.text for note in figure.layout.annotations if note.yanchor == "bottom"}
    assert texts == {"2015-05-01": "1", "2015-05-02": "2,3"}


def test_numbers_of_events_too_near_to_be_told_apart_stand_together():
    frame = attention([1] * 100)
    figure = attention_chart(frame, QUERY, events=[_event(3), _event(5), _event(7), _event(50)])
    texts = {note.x: note.text for note in figure.layout.annotations if note.yanchor == "bottom"}
    assert texts == {"2015-05-04": "1,2,3", "2015-06-20": "4"}


def test_of_many_events_the_latest_are_marked():
    buckets = on_the_line(attention([1.0] * 40))
    assert [event.day for event in shown_events(buckets, [_event(n) for n in range(30)])] == [
        FIRST + timedelta(days=n) for n in range(30 - MOST, 30)
    ]


def test_a_frame_without_a_bucket_has_no_event():
    assert shown_events(attention([1]).iloc[:0], [_event(0)]) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2015-05-20,![x](http://tracker.example/x.png) veto,UN", "1: 2015-05-20, ![x]"),
        ("soon,veto,UN", "`date` must be a day"),
    ],
)
def test_the_overview_lists_events_or_says_what_is_wrong(
    open_app: Callable[..., AppTest],
    full_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows,
    told,
):
    (tmp_path / "events.csv").write_text(f"date,text,source\n{rows}\n")
    settings = tmp_path / "wirewatch.toml"
    settings.write_text('events = "events.csv"\n')
    monkeypatch.setenv("WIREWATCH_CONFIG", str(settings))
    app = open_app(full_store, topic="syria")
    assert told in unescape("\n".join(one.value for one in [*app.caption, *app.warning]))
