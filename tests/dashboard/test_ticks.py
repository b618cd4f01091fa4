"""Which buckets a time axis names, and what it calls them."""

import pandas as pd
import pytest
from frames import attention, attention_chart

from dashboard.charts.ticks import tick_days, tick_words
from pipelines.query import Interval, Query

FREQUENCY = {
    Interval.DAY: "D",
    Interval.WEEK: "W-MON",
    Interval.MONTH: "MS",
    Interval.YEAR: "YS",
}


def buckets(first: str, number: int, interval: Interval) -> list[str]:
    days = pd.date_range(first, periods=number, freq=FREQUENCY[interval])
    return [str(day) for day in days.date]


@pytest.mark.parametrize(
    ("first", "number", "interval", "named"),
    [
        ("2024-12-01", 4, Interval.DAY, ["12-01<br>2024", "12-02", "12-03", "12-04"]),
        ("2024-11-20", 42, Interval.DAY, ["11-25<br>2024", "12-09", "12-23"]),
        ("2024-11-20", 90, Interval.DAY, ["12-01<br>2024", "01-01<br>2025", "02-01"]),
        ("2024-01-01", 52, Interval.WEEK, ["01-01<br>2024", "04-01", "07-01", "10-07"]),
        ("2013-03-01", 142, Interval.MONTH, ["2016", "2019", "2022"]),
        ("2024-02-01", 11, Interval.MONTH, ["2024-03", "2024-05", "2024-07", "2024-09", "2024-11"]),
        ("2013-01-01", 12, Interval.YEAR, ["2013", "2016", "2019", "2022"]),
    ],
)
def test_the_axis_names_dates_of_the_calendar(first, number, interval, named):
    found = tick_words(tick_days(buckets(first, number, interval), interval, 5), interval)
    assert found == named


def test_ticks_stand_on_first_days_of_buckets():
    frame = attention([1] * 7, step=7)
    axis = attention_chart(frame, Query(interval=Interval.WEEK)).layout.xaxis
    assert set(axis.tickvals) <= set(frame["date"])
    assert len(axis.tickvals) == len(axis.ticktext)


def test_one_bucket_is_named_too():
    assert tick_days(["2015-05-01"], Interval.DAY, 5) == ["2015-05-01"]
