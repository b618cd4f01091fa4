"""The line of key figures under a chart, and how buckets are called."""

import pandas as pd
import pytest
from frames import attention

from dashboard.charts.attention import on_the_line
from dashboard.words.key_figures import key_figures
from dashboard.words.wording import chart_notes
from pipelines.query import Interval, Measure, Query, Unit


def _buckets(**more: object) -> pd.DataFrame:
    return on_the_line(attention([4, 9, 6], **more))


def test_of_shares_the_highest_is_the_highest_share():
    buckets = _buckets().assign(total_count=[20, 100, 50], ratio=[0.2, 0.09, 0.12])
    said = key_figures(buckets, 19, Query(measure=Measure.SHARE))
    assert said.endswith("highest: Syria, 2015-05-01 with 20.0% (4 of 20)")


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (Unit.ARTICLES, "12 articles on the chart of 150 collected in the period (8.0%)"),
        (Unit.MENTIONS, "19 mentions in 12 articles on the chart"),
        (Unit.TEXTS, "12 articles on the chart, copies of one text counted once"),
    ],
)
def test_the_numbers_name_their_unit(unit: Unit, said: str):
    whole = key_figures(_buckets(), 12, Query(unit=unit))
    assert whole.startswith(said)
    height = {Unit.ARTICLES: "9", Unit.MENTIONS: "9 mentions", Unit.TEXTS: "9 distinct texts"}
    assert whole.endswith(f"with {height[unit]}")


def test_all_that_was_collected_is_said_without_a_share():
    assert "all that were collected" in key_figures(_buckets(), 150, Query())


@pytest.mark.parametrize(
    ("interval", "name"),
    [
        (Interval.WEEK, "week from 2015-05-02"),
        (Interval.MONTH, "2015-05"),
        (Interval.YEAR, "2015"),
    ],
)
def test_a_month_and_a_year_are_called_by_their_number(interval: Interval, name: str):
    assert f"highest: Syria, {name} with 9" in key_figures(_buckets(), 19, Query(interval=interval))


def test_a_pale_mark_of_a_day_on_which_no_source_was_asked_is_explained():
    notes = chart_notes(_buckets(coverage=[1.0, 0.0, 1.0]), Query())
    assert "Pale hollow mark: collected in part." in notes


@pytest.mark.parametrize(
    ("complete", "said"),
    [
        ([False, True, False], "a day not finished or cut by the period."),
        ([True, False, False], "a day not finished or cut by the period, or after the last day"),
    ],
)
def test_dotted_buckets_behind_the_end_of_the_collection_are_explained(complete, said: str):
    assert said in chart_notes(_buckets(complete=complete), Query())
