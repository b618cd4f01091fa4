"""Pictures to send: PNG and SVG without a browser, the same bytes for the same frame."""

import struct
from datetime import date

import pandas as pd
import pytest
from frames import attention

from dashboard.charts.picture import Form, Words, attention_picture
from pipelines.query import Interval, Measure, Query

WORDS = Words("Syria, costs $5 & more", "Grey: nothing collected.", "As of 2015, version 3")
QUERY = Query(topics=("syria",), interval=Interval.DAY)


def _drawn(frame: pd.DataFrame, form: Form = Form.SVG, query: Query = QUERY) -> bytes:
    return attention_picture(frame, query, WORDS, topics=["syria"], form=form)


def test_a_png_has_the_size_of_a_slide():
    content = _drawn(attention([3, 5, 4, 1]), Form.PNG)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", content[16:24]) == (1600, 896)


@pytest.mark.parametrize("form", list(Form))
def test_the_same_frame_gives_the_same_bytes(form):
    assert _drawn(attention([3, 5, 4, 1]), form) == _drawn(attention([3, 5, 4, 1]), form)


def test_another_title_number_or_version_gives_another_picture():
    frame = attention([3, 5, 4, 1])
    changed = frame.assign(count=frame["count"] + 1)
    assert _drawn(changed) != _drawn(frame)
    other = Words(WORDS.title, WORDS.notes, "As of 2015, version 4")
    assert attention_picture(frame, QUERY, other, topics=["syria"], form=Form.SVG) != _drawn(frame)


def test_the_axes_have_round_numbers_and_days_as_they_are_written_everywhere():
    texts = _drawn(attention([3, 35, 4, 1])).decode()
    assert all(f"<!-- {text} -->" in texts for text in ("2015-05-01", "10", "20", "30"))
    assert "<!-- 8 -->" not in texts
    year = Query(topics=("syria",), interval=Interval.YEAR)
    assert "<!-- 2015 -->" in _drawn(attention([3, 35, 4, 1], step=365), query=year).decode()


def test_a_gap_is_a_band_and_no_point():
    without = _drawn(attention([3, 5, 4, 1]))
    gone = attention([3, float("nan"), 4, 1])
    assert _drawn(gone).count(b"fill: #e4e4e4") > without.count(b"fill: #e4e4e4")


def test_a_frame_without_a_bucket_says_so_and_does_not_fail():
    assert _drawn(attention([3, 5, 4, 1]).iloc[:0]).startswith(b"<?xml")


@pytest.mark.filterwarnings("error")
def test_scripts_the_font_does_not_have_are_no_failure():
    frame = attention([3, 5, 4, 1]).assign(query="叙利亚 $x^2$ سوريا")
    query = Query(topics=("syria",), measure=Measure.SHARE, start=date(2015, 6, 1))
    assert _drawn(frame, Form.PNG, query)
