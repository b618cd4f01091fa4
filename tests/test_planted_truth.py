"""The sample data through the whole line, against the truth planted when it was written."""

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.coverage import coverage_by_day
from pipelines.analysis.period import useful_period
from pipelines.article import Outcome
from pipelines.cli import main
from pipelines.query import Interval, Query
from pipelines.store import open_store
from tests.querylang.test_query_documentation import rows
from tests.store.agreement import by_index, by_matcher, texts_of

_SAMPLE = Path(__file__).resolve().parents[1] / "sample_data"
_TOPICS = ("syria", "ukraine", "unsc")


def documented_queries():
    return [
        *rows("Query", "Finds", "Does not find"),
        *rows("Query", "Holds for", "Not for"),
        *rows("Query", "Reading"),
    ]


@pytest.fixture(scope="module")
def truth():
    return json.loads((_SAMPLE / "planted_truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("planted") / "store"
    assert main(["demo", "--no-serve", "--store", str(path)]) == 0
    with closing(open_store(path)) as opened:
        yield opened


@pytest.fixture(scope="module")
def articles(store):
    """Return all articles, each under the key the truth knows it by: its address or its file."""
    rows = store.articles(Query())
    files = [
        Path(store.article(int(row.article_id)).row["locator"]).relative_to(_SAMPLE).as_posix()
        if not row.url
        else row.url
        for row in rows.itertuples()
    ]
    return rows.assign(key=files).set_index("key")


def test_every_capture_ends_as_planted(store, truth):
    log = store.fetches(Query())
    for source, expected in truth["outcomes_by_source"].items():
        found = log[log["source"] == source][[outcome.value for outcome in Outcome]].sum()
        assert found[found > 0].to_dict() == expected, source
    assert log["entries"].sum() == truth["captures"]


def test_articles_are_counted_by_outlet_and_country(articles, truth):
    assert len(articles) == truth["articles"]
    assert Counter(articles["outlet_name"]) == truth["articles_per_outlet"]
    assert Counter(articles["outlet_country"]) == truth["articles_per_country"]


def test_every_article_is_found_under_its_key(articles, truth):
    assert set(articles.index) == set(truth["records"])


@pytest.mark.parametrize("topic", _TOPICS)
def test_topic_mentions_are_those_planted(store, articles, truth, topic):
    mentions = store.mentions(Query((topic,)))
    counts = Counter(mentions["article_id"])
    planted = {key: record[topic] for key, record in truth["records"].items() if topic in record}
    found = {key: counts[articles["article_id"][key]] for key in planted}
    assert found == planted


def test_countries_are_those_planted(articles, truth):
    planted = {k: r["countries"] for k, r in truth["records"].items() if r.get("countries")}
    wrong = {
        key: (sorted(articles["countries"][key]), countries)
        for key, countries in planted.items()
        if not set(countries) <= set(articles["countries"][key])
    }
    assert not wrong


def test_dates_are_those_planted(articles, truth):
    wrong = {}
    for key, record in truth["records"].items():
        if record.get("precision", "not asserted") == "not asserted":
            continue
        row = articles.loc[key]
        precision = row["date_precision"] if pd.notna(row["date_precision"]) else ""
        day = str(row["published_day"]) if precision else ""
        planted = (record["day"] or "", record["precision"])
        if (day[: len(planted[0])], precision) != planted:
            wrong[key] = (day, precision, *planted)
    assert not wrong


def test_page_clock_dates_nothing(articles):
    assert not articles["date_source"].isin(["page clock", "fetch clock"]).any()


def test_edits_are_versions(articles, truth):
    planted = {key: record["versions"] for key, record in truth["records"].items()}
    assert articles["versions"].to_dict() == planted


def test_verbatim_copies_share_one_text(articles, truth):
    for name, wire in truth["wire_copies"].items():
        keys = [wire["original"], *wire["verbatim"]]
        assert articles.loc[keys, "syndication_id"].nunique() == 1, name


def test_edited_copies_join_the_verbatim_ones(articles, truth):
    edited = 0
    for name, wire in truth["wire_copies"].items():
        keys = [wire["original"], *wire["edited"]]
        assert articles.loc[keys, "syndication_id"].nunique() == 1, name
        edited += len(wire["edited"])
    assert edited >= 10


def test_outage_is_a_gap_of_its_outlet_and_no_zero(store, truth):
    outlet = truth["outage"]["outlet"]
    rows = store.group_counts(Query(), "outlet")
    (outlet_id,) = rows.loc[rows["label"] == outlet, "value"]
    days = pd.to_datetime(truth["outage"]["days"]).date
    query = Query(outlets=(outlet_id,), start=days[0], end=days[-1], interval=Interval.DAY)
    coverage = coverage_by_day(store, query).set_index("day")["coverage"]
    assert all(coverage[day] < 1 for day in days)
    placed = attention_over_time(store, query).head(len(days))
    assert not (placed["count"] == 0).any()


def test_default_view_is_daily_and_full(store):
    query = useful_period(store, Query())
    assert query.interval is Interval.DAY
    frame = attention_over_time(store, query)
    assert frame["total_count"].head(-3).median() >= 20
    assert query.end.year == 2024


def test_a_topic_typed_into_the_search_box_counts_what_was_tagged(store):
    assert store.indexed() == store.article_count(Query())
    for topic in store.topics().itertuples():
        tagged = store.counts(Query(topics=(topic.id,), interval=Interval.DAY))
        found = store.counts(Query(text=topic.query, interval=Interval.DAY))
        columns = ["placement", "bucket", "articles", "mentions", "texts"]
        pd.testing.assert_frame_equal(tagged[columns], found[columns])
        hits = store.text_hits(topic.query)
        with store._connection.cursor() as cursor:
            sql = "SELECT sum(n), sum(n_headline) FROM article_tag WHERE kind='topic' AND tag = ?"
            assert cursor.execute(sql, [topic.id]).fetchone() == tuple(
                None if hits.empty else int(hits[name].sum()) for name in ("n", "n_headline")
            )


def test_documented_queries_count_in_the_index_what_the_matcher_counts(store):
    queries = [row[0].strip("`") for row in documented_queries()]
    assert len(queries) > 60
    texts = texts_of(store)
    for query in queries:
        assert by_index(store, query) == by_matcher(texts, query), query
