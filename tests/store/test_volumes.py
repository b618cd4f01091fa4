"""How much each outlet published: the same texts as every other count, each once in a bucket."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipelines.article import TagKind
from pipelines.query import Interval, Query
from pipelines.store import open_store, read_held_articles, read_text_volumes
from tests.store.build import HERALD, LENTA, article, at, build, naming, on_day

_SYRIA = (TagKind.TOPIC, "syria", "Syria")
_DAYS = Query(topics=("syria", "ukraine"), interval=Interval.DAY)


def _written(number, day, outlet, group=None, text="Syria and no more."):
    one = article(number, on_day(date(2015, 6, day)), outlet=outlet, text=text)
    return replace(naming(one, _SYRIA), syndication_id=group)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    written = [
        _written(1, 1, HERALD, 77),
        _written(2, 1, LENTA, 77),  # a copy on the same day
        _written(3, 2, LENTA, 77),  # and one on the next
        _written(4, 2, HERALD, text="Rain."),
        _written(5, 2, LENTA, text="Snow."),
        _written(6, 20, LENTA, 77),  # long after
    ]
    with closing(open_store(build(tmp_path_factory.mktemp("v") / "store", written))) as store:
        yield store


def test_a_text_counts_once_in_a_bucket_for_one_outlet(store):
    rows = read_text_volumes(store, _DAYS)
    syria = rows[rows["series"] == "topic:syria"]
    assert syria.groupby(syria["bucket"].astype(str))["texts"].sum().tolist() == [1, 1, 1]
    assert syria["articles"].sum() == 4
    counts = store.counts(_DAYS)
    assert syria["texts"].sum() == counts["texts"].sum()


def test_all_texts_are_those_of_the_corpus(store):
    rows = read_text_volumes(store, _DAYS)
    all_texts = rows[rows["series"] == ""]
    assert all_texts["texts"].sum() == store.totals(_DAYS)["texts"].sum()
    in_russia = read_text_volumes(store, replace(_DAYS, outlet_countries=("RU",)))
    assert set(in_russia["outlet"]) == {LENTA.id}


def test_the_articles_held_by_a_bucket_say_whether_their_text_is_new(store):
    places = [("topic:syria", f"2015-06-{day:02}") for day in (1, 2, 20)]
    held = read_held_articles(store, _DAYS, places)
    by_day = held.groupby(held["bucket"].astype(str))
    assert by_day.size().tolist() == [2, 1, 1]
    assert by_day["new"].all().tolist() == [True, False, False]
    assert by_day["redated"].all().tolist() == [False, False, True]


@pytest.mark.parametrize("tz", ["UTC", "Asia/Tokyo"])
def test_a_text_is_new_on_its_own_day_whatever_its_publisher_calls_it(tmp_path, tz):
    """Of 21:00 in New York: the day after in UTC and in Tokyo."""
    said = replace(at(datetime(2015, 6, 2, 1, tzinfo=UTC)), published_day=date(2015, 6, 1))
    written = naming(article(1, said, text="Syria"), _SYRIA)
    query = replace(_DAYS, tz=tz)
    with closing(open_store(build(tmp_path, [written]))) as store:
        (row,) = read_held_articles(store, query, [("topic:syria", "2015-06-02")]).to_dict(
            "records"
        )
    assert row["new"]
