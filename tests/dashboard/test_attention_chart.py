"""The attention chart of frames of a few rows."""

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from frames import attention, attention_chart
from hypothesis import given
from hypothesis import strategies as some

from dashboard.charts.attention import (
    MOST_SERIES,
    axis_title,
    gap_bands,
    label_lines,
    largest_series,
    on_the_line,
    spread,
)
from pipelines.query import Interval, Measure, Query, Unit

DAILY = Query(interval=Interval.DAY)
NAN = float("nan")


def _traces(figure: go.Figure, meta: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.meta == meta]


def _text(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_three_rows_make_one_line_with_its_name_at_the_end():
    figure = attention_chart(attention([1, 4, 2]), DAILY)
    (line,) = _traces(figure, "line")
    assert (line.x0, line.dx) == ("2015-05-01", 24 * 3_600_000)
    assert list(line.y) == [1, 4, 2]
    assert _text(figure) == ["Syria"]


def test_the_last_rows_for_undated_articles_are_not_on_the_line():
    assert list(on_the_line(attention([1, 2]))["date"]) == ["2015-05-01", "2015-05-02"]


def test_a_gap_is_a_break_and_a_grey_band_and_never_a_zero():
    figure = attention_chart(attention([3, NAN, NAN, 5]), DAILY)
    (line,) = _traces(figure, "line")
    assert np.isnan(line.y[1:3]).all()
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1) == ("2015-05-01 12:00", "2015-05-03 12:00")


def test_a_true_zero_is_on_the_line_without_a_band():
    figure = attention_chart(attention([3, 0, 5]), DAILY)
    assert list(_traces(figure, "line")[0].y) == [3, 0, 5]
    assert not figure.layout.shapes


def test_unknown_coverage_with_a_count_is_no_gap():
    assert gap_bands(on_the_line(attention([3, 1], coverage=[NAN, NAN]))) == []


def test_the_unfinished_last_bucket_hangs_on_a_dotted_line():
    figure = attention_chart(attention([3, 4, 1], complete=[True, True, False]), DAILY)
    (dotted,) = _traces(figure, "unfinished")
    assert dotted.line.dash == "2px,4px"
    assert np.isnan(dotted.y[0])
    assert list(dotted.y[1:]) == [4, 1]
    assert np.isnan(_traces(figure, "line")[0].y[2])


def test_a_finished_period_has_no_dotted_line():
    assert not _traces(attention_chart(attention([3, 4]), DAILY), "unfinished")


def test_a_bucket_collected_in_part_has_a_hollow_lighter_mark():
    figure = attention_chart(attention([3, 4, 5], coverage=[1, 0.5, 1]), DAILY)
    (marks,) = _traces(figure, "marks")
    assert list(marks.marker.symbol) == ["circle", "circle-open", "circle"]
    assert marks.marker.opacity[1] < 1
    assert marks.text.tolist() == [
        "6.0%",
        "8.0%<br>collected in part (50%)",
        "10.0%",
    ]


def test_a_lone_day_between_gaps_is_still_visible():
    (marks,) = _traces(attention_chart(attention([NAN, 2, NAN]), DAILY), "marks")
    assert marks.marker.size[1] >= 8


def test_the_days_of_lines_with_a_hole_stand_each_for_itself():
    frame = attention([1, 2, 3]).drop(index=1)
    (line,) = _traces(attention_chart(frame, DAILY), "line")
    assert list(line.x) == ["2015-05-01", "2015-05-03"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (Query(interval=Interval.DAY), "Articles per day"),
        (Query(interval=Interval.WEEK, unit=Unit.MENTIONS), "Mentions per week"),
        (
            Query(interval=Interval.MONTH, unit=Unit.TEXTS, measure=Measure.SHARE),
            "Share of all distinct texts per month",
        ),
    ],
    ids=["articles", "mentions", "share"],
)
def test_the_axis_says_the_unit(query, title):
    assert axis_title(query) == title


def test_a_share_is_drawn_from_the_ratio_and_broken_where_it_is_hidden():
    frame = attention([10, 20]).assign(ratio=[0.2, NAN, NAN, NAN, NAN])
    figure = attention_chart(frame, Query(interval=Interval.DAY, measure=Measure.SHARE))
    (line,) = _traces(figure, "line")
    assert line.y[0] == 0.2
    assert np.isnan(line.y[1])
    assert not figure.layout.shapes  # hidden for a small total, not a gap in collecting


def _many(n: int) -> pd.DataFrame:
    names = [f"t{number:02d}" for number in range(n)]
    frames = [
        attention([number], series=f"topic:{name}", name=name) for number, name in enumerate(names)
    ]
    return pd.concat(frames, ignore_index=True)


def test_the_eight_largest_series_are_drawn_and_the_rest_is_counted():
    frame = _many(11)
    shown = largest_series(frame)
    assert shown == [f"topic:t{number:02d}" for number in range(3, 11)]
    figure = attention_chart(frame, DAILY)
    assert len(_traces(figure, "line")) == MOST_SERIES
    assert "3 more in the table" in _text(figure)


def test_the_same_frame_makes_the_same_figure():
    frame = _many(9)
    assert attention_chart(frame, DAILY).to_json() == attention_chart(frame, DAILY).to_json()


def test_a_name_from_outside_is_not_markup():
    figure = attention_chart(attention([1], name="<b>x</b>"), DAILY)
    assert _text(figure) == ["&lt;b&gt;x&lt;/b&gt;"]


def test_an_empty_frame_makes_an_empty_figure():
    assert not attention_chart(attention([1]).head(0), DAILY).data


def test_numbers_reach_the_browser_as_arrays():
    figure = attention_chart(attention([1, 2]), DAILY)
    assert isinstance(_traces(figure, "line")[0].y, np.ndarray)


_LABELS = some.lists(some.tuples(some.floats(0, 1), some.sampled_from([0.06, 0.12])), max_size=8)


@given(_LABELS)
def test_no_end_label_covers_another(labels):
    heights = [height for _, height in labels]
    placed = sorted(zip(spread([place for place, _ in labels], heights), heights, strict=True))
    for (below, low), (above, high) in pairwise(placed):
        assert above - below >= (low + high) / 2 - 1e-9
    assert all(-0.01 <= middle <= 1 for middle, _ in placed)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Syria", ["Syria"]),
        ("UN Security Council", ["UN Security", "Council"]),
        ("Convention on the Prohibition of Mines", ["Convention on", "the Prohibiti…"]),
        ("", [""]),
    ],
)
def test_an_end_label_has_two_short_lines_at_most(name, lines):
    assert label_lines(name) == lines


def test_many_buckets_show_the_line_and_only_the_marks_that_say_something():
    coverage = [1.0] * 70
    coverage[10] = 0.5
    figure = attention_chart(attention([3] * 70, coverage=coverage), DAILY)
    (marks,), (apart,) = _traces(figure, "marks"), _traces(figure, "apart")
    assert marks.marker.opacity == 0
    assert (list(apart.x), apart.marker.symbol) == (["2015-05-11"], "circle-open")
