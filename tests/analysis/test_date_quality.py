"""The monitor of dates: made stores in, a verdict on each source out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from pipelines.analysis.date_quality import COLUMNS, date_quality
from pipelines.article import Article, DateEvidence, DateSource, Publication
from pipelines.query import Query
from pipelines.store import open_store
from tests.store.build import HERALD, LENTA, NOW, UNDATED, Written, article, at, build, on_day

_START = datetime(2015, 6, 1, 6, tzinfo=UTC)
_HOUR = timedelta(hours=1)

Made = tuple[Publication, datetime | None]


def written(source: str, made: Iterable[Made], first: int = 0) -> list[Article]:
    return [
        replace(article(first + number, publication, fetched_at=fetched), source=source)
        for number, (publication, fetched) in enumerate(made)
    ]


@pytest.fixture
def judge(tmp_path: Path) -> Callable[..., pd.DataFrame]:
    def judge_articles(*articles: Article, query: Query | None = None) -> pd.DataFrame:
        build(tmp_path / "store", [Written(one) for one in articles])
        store = open_store(tmp_path / "store")
        found = date_quality(store.source_dates(query or Query()))
        store.close()
        return found

    return judge_articles


def hourly_feed(hours: int = 72) -> list[Made]:
    """Return items of a feed polled every hour, each some minutes old, as most feeds are."""
    polls = [_START + n * _HOUR for n in range(hours)]
    return [(at(poll - timedelta(minutes=3 + 7 * n % 55)), poll) for n, poll in enumerate(polls)]


def archive_with_the_crawls_day(number: int = 40) -> list[Made]:
    return [(on_day(_START.date()), _START + timedelta(seconds=n)) for n in range(number)]


def test_healthy_hourly_feed_is_not_flagged(judge: Callable[..., pd.DataFrame]):
    (row,) = judge(*written("feed", hourly_feed())).itertuples()
    assert (row.flagged, row.verdict) == (False, "nothing odd")
    assert row.fetch_day_share > 0.9  # which is no fault of it
    assert row.median_age_hours < 1


def test_daily_feed_of_whole_days_is_not_flagged(judge: Callable[..., pd.DataFrame]):
    days = [_START + timedelta(days=n) for n in range(10)]
    made = [(on_day(day.date()), day) for day in days for _ in range(5)]
    (row,) = judge(*written("feed", made)).itertuples()
    assert (row.flagged, row.fetch_day_share) == (False, 1)


def test_archive_whose_pages_carry_the_crawls_day_is_flagged(judge: Callable[..., pd.DataFrame]):
    found = judge(
        *written("archive", archive_with_the_crawls_day()),
        *written("feed", [(on_day(date(2015, 5, 1)), _START)] * 30, first=100),
    )
    assert list(found["source"]) == ["archive", "feed"]  # the flagged first
    assert list(found["flagged"]) == [True, False]
    assert found["verdict"][0] == (
        "dates pile up on the day of collection: 100 % of 40 articles, usual is 0 %"
    )


def test_burst_of_a_source_that_else_brings_little_is_flagged(judge: Callable[..., pd.DataFrame]):
    days = [_START + timedelta(days=n) for n in range(5)]
    made = [(on_day(day.date()), day) for day in days for _ in range(2)]
    (row,) = judge(*written("feed", made + archive_with_the_crawls_day())).itertuples()
    assert row.flagged


def test_archive_with_its_own_days_is_not_flagged(judge: Callable[..., pd.DataFrame]):
    made = [(on_day(date(2014, 1, 1) + timedelta(days=n)), _START) for n in range(40)]
    (row,) = judge(*written("archive", made)).itertuples()
    assert (row.flagged, row.fetch_day_share) == (False, 0)


def test_publishers_day_of_the_fetch_counts_as_its_day(judge: Callable[..., pd.DataFrame]):
    late = datetime(2015, 6, 1, 20, tzinfo=UTC)  # the second of June in Tokyo
    (row,) = judge(*written("archive", [(on_day(date(2015, 6, 2)), late)] * 30)).itertuples()
    assert (row.fetch_day_share, row.local_fetch_day_share, row.flagged) == (0, 1, True)


def test_fetch_clock_taken_for_the_date_is_flagged(judge: Callable[..., pd.DataFrame]):
    polls = [_START + n * _HOUR for n in range(30)]
    made = [(at(poll - timedelta(seconds=20)), poll) for poll in polls]
    (row,) = judge(*written("pages", made)).itertuples()
    assert row.verdict == "the time of collection is taken for the date: 30 of 30 instants"


def test_one_instant_borne_by_all_is_flagged(judge: Callable[..., pd.DataFrame]):
    made = [(at(_START), _START + timedelta(days=30))] * 25
    (row,) = judge(*written("export", made)).itertuples()
    assert row.verdict == "many articles bear one instant: 25 of 25 instants"


def test_articles_dated_after_they_were_fetched_are_flagged(judge: Callable[..., pd.DataFrame]):
    ahead = [(at(_START + 9 * _HOUR), _START)] * 3  # nine hours: a zone left out
    unknown = [(on_day(NOW.date() + timedelta(days=9)), None)] * 9
    (row,) = judge(*written("feed", [*hourly_feed(), *ahead, *unknown])).itertuples()
    assert (row.future, row.verdict) == (12, "12 articles dated after they were fetched")


def test_clock_half_an_hour_ahead_is_no_future(judge: Callable[..., pd.DataFrame]):
    ahead = [(at(_START + timedelta(minutes=30)), _START)] * 5
    (row,) = judge(*written("feed", [*hourly_feed(), *ahead])).itertuples()
    assert (row.future, row.flagged) == (0, False)


def test_refused_dates_are_counted(judge: Callable[..., pd.DataFrame]):
    note = "rejected: in the future when the capture was fetched"
    refused = replace(UNDATED, evidence=(DateEvidence(DateSource.META, "2030-01-01", note=note),))
    made = [*hourly_feed(), *[(refused, _START)] * 6]
    (row,) = judge(*written("feed", made)).itertuples()
    assert (row.refused, row.undated_share) == (6, pytest.approx(6 / 78))
    assert row.verdict == "6 articles with a date in the future"


def test_few_articles_get_no_verdict(judge: Callable[..., pd.DataFrame]):
    (row,) = judge(*written("archive", archive_with_the_crawls_day(19))).itertuples()
    assert (row.flagged, row.verdict) == (False, "too few to say")


def test_outlets_of_one_source_are_judged_apart_and_filtered(judge: Callable[..., pd.DataFrame]):
    theirs = written("files", archive_with_the_crawls_day(25))
    ours = [
        replace(one, outlet=LENTA)
        for one in written("files", [(on_day(date(2014, 1, 1)), _START)] * 25, first=100)
    ]
    found = judge(*theirs, *ours, query=Query(outlets=(HERALD.id,)))
    assert list(zip(found["outlet"], found["flagged"], strict=True)) == [(HERALD.id, True)]


def test_empty_store_gives_an_empty_frame(judge: Callable[..., pd.DataFrame]):
    found = judge()
    assert (len(found), list(found.columns)) == (0, COLUMNS)
