"""Charts that stand beside each other: small ones of one frame, and two of other filters."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
from frames import attention

from dashboard.charts.attention import attention_parts
from dashboard.charts.beside import SMALL, each_alone, one_scale, shared_by
from pipelines.query import Interval, Measure, Query, Unit

DAILY = Query(interval=Interval.DAY)
TWO = pd.concat(
    [attention([10, 40]), attention([1, 2], series="query:veto", name="veto")], ignore_index=True
)


def _marks(figure: go.Figure) -> go.Scatter:
    (marks,) = (trace for trace in figure.data if trace.meta == "marks")
    return marks


def test_each_line_alone_has_the_scale_and_the_look_it_has_together():
    together = go.Figure(attention_parts(TWO, DAILY))
    alone = {name: go.Figure(part) for name, part in each_alone(TWO, DAILY).items()}
    assert list(alone) == ["topic:syria", "query:veto"]
    for name, figure in alone.items():
        assert figure.layout.yaxis.range == together.layout.yaxis.range
        assert figure.layout.height == SMALL
        (same,) = (
            trace for trace in together.data if trace.meta == "marks" and trace.legendgroup == name
        )
        assert _marks(figure).marker.color == same.marker.color
        assert list(_marks(figure).y) == list(same.y)


def test_a_small_chart_has_its_name_above_and_not_at_the_end():
    (part, _) = each_alone(TWO, DAILY).values()
    figure = go.Figure(part)
    assert figure.layout.annotations == ()
    assert not figure.layout.yaxis.title.text


def test_a_gap_of_one_line_is_a_gap_in_its_own_chart():
    gappy = attention([float("nan"), 2], series="query:veto", name="veto")
    both = pd.concat([attention([10, 40]), gappy], ignore_index=True)
    bands = [len(go.Figure(part).layout.shapes) for part in each_alone(both, DAILY).values()]
    assert bands == [0, 1]


def test_two_views_have_the_scale_of_the_higher():
    low, high = attention([1, 2]), attention([10, 40])
    shared = shared_by([(low, DAILY), (high, DAILY)])
    figures = [go.Figure(attention_parts(one, DAILY, shared=shared)) for one in (low, high)]
    assert figures[0].layout.yaxis.range == figures[1].layout.yaxis.range
    assert figures[0].layout.yaxis.range[1] > 40


def test_numbers_of_other_kinds_have_no_common_scale():
    assert one_scale(DAILY, replace(DAILY, topics=("syria",)))
    assert not one_scale(DAILY, replace(DAILY, unit=Unit.MENTIONS))
    assert not one_scale(DAILY, replace(DAILY, measure=Measure.SHARE))
    assert not one_scale(DAILY, replace(DAILY, interval=Interval.WEEK))
