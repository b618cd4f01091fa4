"""The same span before, on a small real store of which every day is known."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipelines.analysis.previous import span_before
from pipelines.analysis.trend import trend
from pipelines.article import TagKind
from pipelines.query import Interval, Measure, Query, Unit
from pipelines.store import open_store
from tests.store.build import article, build, naming, on_day

FIRST = date(2015, 3, 2)  # a Monday
COUNTS = (1, 2, 3, 4, 2, 4, 6, 0)  # articles that name Syria, of 25 each day


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    written = [
        naming(
            article(25 * n + place, on_day(FIRST + timedelta(days=n)), text=text),
            (TagKind.TOPIC, "syria", "Syria"),
        )
        for n, count in enumerate(COUNTS)
        for place, text in enumerate(["On Syria."] * count + ["Harvest."] * (25 - count))
    ]
    with closing(open_store(build(tmp_path_factory.mktemp("previous") / "s", written))) as opened:
        yield opened


ASKED = Query(
    ("syria",),
    start=FIRST + timedelta(days=4),
    end=FIRST + timedelta(days=7),
    interval=Interval.DAY,
    previous=True,
)


@pytest.mark.parametrize(
    ("interval", "ends", "before"),
    [
        ("day", ("2015-03-06", "2015-03-09"), ("2015-03-02", "2015-03-05")),
        ("week", ("2015-03-04", "2015-03-12"), ("2015-02-18", "2015-02-26")),
        ("month", ("2015-03-01", "2015-03-31"), ("2015-02-01", "2015-02-28")),
        ("month", ("2015-01-10", "2015-02-28"), ("2014-11-10", "2014-12-31")),
        ("year", ("2013-01-01", "2014-12-31"), ("2011-01-01", "2012-12-31")),
    ],
)
def test_the_span_before_has_as_many_buckets(interval, ends, before):
    start, end = map(date.fromisoformat, ends)
    earlier = span_before(Query(start=start, end=end, interval=Interval(interval), previous=True))
    assert (str(earlier.start), str(earlier.end), earlier.previous) == (*before, False)


def test_buckets_stand_beside_those_of_the_span_before(store):
    rows = trend(store, ASKED).head(4)
    assert rows["count"].tolist() == [2, 4, 6, 0]
    assert rows["previous_count"].tolist() == [1, 2, 3, 4]
    assert rows["previous_date"].tolist() == [f"2015-03-0{n}" for n in range(2, 6)]
    assert rows["previous_total_count"].tolist() == [25] * 4


@pytest.mark.parametrize(
    ("measure", "drawn"),
    [
        (Measure.COUNT, [1, 2, 3, 4]),
        (Measure.SHARE, [0.04, 0.08, 0.12, 0.16]),
        (Measure.INDEX, [50, 100, 150, 200]),  # the first day of the period, 2 articles, is 100
    ],
)
def test_what_is_drawn_of_it_is_what_is_measured(store, measure, drawn):
    rows = trend(store, replace(ASKED, measure=measure)).head(4)
    assert rows["previous"].tolist() == pytest.approx(drawn)


def test_mentions_are_laid_beside_mentions(store):
    rows = trend(store, replace(ASKED, unit=Unit.MENTIONS)).head(4)
    assert rows["previous"].tolist() == rows["previous_count"].tolist() == [1, 2, 3, 4]


def test_a_span_of_which_nothing_is_known_is_empty_and_no_zero(store):
    asked = replace(ASKED, start=FIRST, end=FIRST + timedelta(days=3))
    rows = trend(store, asked).head(4)
    assert rows["count"].tolist() == [1, 2, 3, 4]
    assert rows["previous_count"].isna().all()


def test_articles_without_a_place_have_no_span_before(store):
    last = trend(store, ASKED).tail(3)
    assert last["previous"].isna().all()
    assert last["previous_date"].isna().all()


def test_it_is_empty_where_it_is_not_asked_for(store):
    assert trend(store, replace(ASKED, previous=False))["previous"].isna().all()
