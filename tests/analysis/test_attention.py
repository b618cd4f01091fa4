"""Attention over time: zeros, gaps, shares and the period a chart opens with."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis.attention import COLUMNS, attention_over_time, wilson
from pipelines.analysis.buckets import bucket_end, bucket_start
from pipelines.analysis.period import useful_period
from pipelines.article import Fetch, SourceKind, TagKind
from pipelines.query import Interval, Query, Unit
from pipelines.store import open_store
from tests.store.build import article, build, in_month, naming, on_day

_SYRIA = (TagKind.TOPIC, "syria", "Syria")


def _about(number, day, text="Syria", **more):
    return naming(article(number, on_day(day), text=text, **more), _SYRIA)


def _polls(first, last, *, source="feed", skip=()):
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        Fetch(
            source,
            SourceKind.FEED,
            source,
            fetched_at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
            outlet="herald",
        )
        for day in days
        for hour in (0, 12)
        if day not in skip
    ]


@pytest.fixture
def store_of(tmp_path):
    opened = []

    def open_built(written, fetches=()):
        path = build(tmp_path / str(len(opened)), written, fetches)
        opened.append(open_store(path))
        return opened[-1]

    yield open_built
    for store in opened:
        store.close()


def test_requested_days_with_one_uncollected_are_all_rows_and_the_gap_is_empty(store_of):
    first = date(2015, 6, 1)
    outage = [date(2015, 6, day) for day in range(3, 7)]
    polls = _polls(first, date(2015, 6, 12), skip=outage)
    store = store_of([_about(1, date(2015, 6, 1)), _about(2, date(2015, 6, 2))], polls)
    query = Query(("syria",), start=date(2015, 6, 1), end=date(2015, 6, 8), interval=Interval.DAY)
    rows = attention_over_time(store, query).head(8)
    assert rows["count"].tolist() == [1, 1, pd.NA, pd.NA, pd.NA, pd.NA, 0, 0]
    assert rows["coverage"].tolist() == [1, 1, 0, 0, 0, 0, 1, 1]


def test_article_that_a_later_fetch_brings_counts_on_its_uncovered_day(store_of):
    outage = [date(2015, 6, day) for day in range(3, 7)]
    polls = _polls(date(2015, 6, 1), date(2015, 6, 12), skip=outage)
    store = store_of([_about(1, date(2015, 6, 4))], polls)
    query = Query(("syria",), start=date(2015, 6, 4), end=date(2015, 6, 4), interval=Interval.DAY)
    row = attention_over_time(store, query).iloc[0]
    assert (row["count"], row["coverage"]) == (1, 0)


def test_day_with_articles_but_no_hit_is_zero(store_of):
    store = store_of([_about(1, date(2015, 6, 1), text="nothing"), _about(2, date(2015, 6, 3))])
    query = Query(("syria",), start=date(2015, 6, 1), end=date(2015, 6, 3), interval=Interval.DAY)
    rows = attention_over_time(store, query).head(3)
    assert rows["count"].tolist() == [0, pd.NA, 1]
    assert rows["coverage"].isna().all()


def test_share_is_hidden_below_a_total_of_twenty(store_of):
    written = [_about(n, date(2015, 6, 1), text="Syria" if n < 5 else "x") for n in range(19)]
    query = Query(("syria",), start=date(2015, 6, 1), end=date(2015, 6, 1), interval=Interval.DAY)
    assert pd.isna(attention_over_time(store_of(written), query)["ratio"].iloc[0])
    one_more = [*written, _about(19, date(2015, 6, 1), text="x")]
    row = attention_over_time(store_of(one_more), query).iloc[0]
    assert row["ratio"] == 0.25
    assert row["ratio_low"] < 0.25 < row["ratio_high"]


def test_mentions_have_no_share(store_of):
    written = [_about(n, date(2015, 6, 1), text="Syria and Syria") for n in range(25)]
    query = Query(("syria",), start=date(2015, 6, 1), end=date(2015, 6, 1), unit=Unit.MENTIONS)
    row = attention_over_time(store_of(written), query).iloc[0]
    assert row["count"] == 50
    assert pd.isna(row["ratio"])


def test_month_before_a_period_is_not_in_it_among_years_either(store_of):
    months = [naming(article(n, in_month(date(2015, n, 1)), text="Syria"), _SYRIA) for n in (3, 6)]
    query = Query(start=date(2015, 6, 10), end=date(2015, 12, 31), interval=Interval.YEAR)
    store = store_of(months)
    assert attention_over_time(store, query)["count"].iloc[0] == 1
    assert list(store.hits(query)["article_id"]) == [article(6).article_id]


def test_month_precision_counts_in_months_and_is_too_coarse_for_days(store_of):
    monthly = naming(article(1, in_month(date(2015, 6, 1)), text="Syria"), _SYRIA)
    store = store_of([monthly, _about(2, date(2015, 6, 10))])
    query = Query(("syria",), start=date(2015, 6, 5), end=date(2015, 6, 20))
    days = attention_over_time(store, Query(**_fields(query), interval=Interval.DAY))
    months = attention_over_time(store, Query(**_fields(query), interval=Interval.MONTH))
    assert days.set_index("date")["count"]["too coarse"] == 1
    assert months.set_index("date")["count"][["2015-06-01", "too coarse"]].tolist() == [2, 0]


def _fields(query):
    return {"topics": query.topics, "start": query.start, "end": query.end}


def test_one_article_dated_2030_does_not_move_the_period(store_of):
    days = [date(2015, 6, 1) + timedelta(days=n // 25) for n in range(25 * 14)]
    written = [_about(n, day) for n, day in enumerate(days)]
    store = store_of([*written, _about(999, date(2030, 1, 1))])
    query = useful_period(store, Query())
    assert (query.start, query.end) == (date(2015, 6, 1), date(2015, 6, 14))
    assert query.interval is Interval.DAY


def test_all_reaches_back_to_the_first_article(store_of):
    days = [date(2015, 6, 1) + timedelta(days=n // 25) for n in range(25 * 14)]
    written = [_about(n, day) for n, day in enumerate(days)]
    query = useful_period(store_of([_about(999, date(2014, 1, 5)), *written]), Query(last="all"))
    assert (query.start, query.end, query.last) == (date(2014, 1, 5), date(2015, 6, 14), "")


@pytest.mark.parametrize("interval", Interval)
def test_the_last_bucket_of_the_calendar_has_an_end(interval):
    assert bucket_end(bucket_start(date.max, interval), interval) == date.max


def test_an_open_end_is_not_before_a_start_behind_all_articles(store_of):
    query = useful_period(store_of([_about(1, date(2015, 6, 1))]), Query(start=date(2020, 1, 1)))
    assert (query.start, query.end) == (date(2020, 1, 1), date(2020, 1, 1))


def test_all_and_an_open_end_reach_articles_dated_after_the_last_collection(store_of):
    days = [date(2015, 6, 1) + timedelta(days=n) for n in range(14)]
    written = [_about(n, day) for n, day in enumerate([*days, date(2016, 3, 1)])]
    store = store_of(written, _polls(days[0], days[-1]))
    assert useful_period(store, Query()).end <= days[-1]
    for asked in (Query(last="all"), Query(start=days[0])):
        query = useful_period(store, asked)
        assert query.end == date(2016, 3, 1)
        assert attention_over_time(store, asked)["articles"].sum() == len(written)


def test_store_of_months_only_opens_with_months(store_of):
    monthly = [in_month(date(2015, month, 1)) for month in (3, 4, 6)]
    written = [naming(article(n, when, text="Syria")) for n, when in enumerate(monthly)]
    for asked in (Query(), Query(interval=Interval.MONTH)):
        frame = attention_over_time(store_of(written), asked)
        assert frame["articles"].sum() == 3
        assert frame["date"].tolist()[:4] == [
            "2015-03-01",
            "2015-04-01",
            "2015-05-01",
            "2015-06-01",
        ]


def test_sparse_store_opens_with_a_coarser_interval(store_of):
    days = [date(2014, 1, 1) + timedelta(days=n) for n in range(540)]
    store = store_of([_about(n, day) for n, day in enumerate(days)])
    assert useful_period(store, Query()).interval is Interval.MONTH


def test_store_with_one_undated_article_says_so(store_of):
    frame = attention_over_time(store_of([naming(article(1, text="Syria"), _SYRIA)]), Query())
    assert list(frame.columns) == COLUMNS
    assert frame.set_index("date")["count"]["undated"] == 1


def test_empty_store_gives_the_same_columns(store_of):
    frame = attention_over_time(store_of([]), Query(("syria",)))
    assert list(frame.columns) == COLUMNS
    assert frame["count"].sum() == 0


def test_last_bucket_that_is_still_filling_is_not_complete(store_of):
    polls = _polls(date(2015, 6, 1), date(2015, 6, 12))
    store = store_of([_about(1, date(2015, 6, 2))], polls)
    query = Query(("syria",), start=date(2015, 6, 1), end=date(2015, 6, 14), interval=Interval.WEEK)
    assert attention_over_time(store, query)["complete"].head(2).tolist() == [True, False]


def test_wilson_interval_is_the_published_one():
    low, high = wilson(pd.Series([5.0]), pd.Series([20.0]))  # R: prop.test(5, 20, correct=FALSE)
    assert np.allclose([low[0], high[0]], [0.1118602, 0.4687010], atol=1e-6)


def test_reader_of_an_older_version_sees_the_older_numbers(tmp_path):
    path = build(tmp_path / "store", [_about(1, date(2015, 6, 1))])
    with closing(open_store(path)) as first:
        version = first.version
    build(path, [_about(2, date(2015, 6, 1))])
    with closing(open_store(path, snap=version)) as old, closing(open_store(path)) as new:
        assert (old.article_count(Query()), new.article_count(Query())) == (1, 2)
