"""One scraped page, from text file to counted article: the reference clipping."""

from collections import Counter
from contextlib import closing

import pytest

from pipelines.article import DateRole, DateSource
from pipelines.query import Query
from pipelines.store import open_store


@pytest.fixture
def seed(shared_data):
    return next((shared_data / "seed").glob("*.txt"))


@pytest.fixture
def ingested(commands, seed):
    assert commands.run("ingest", seed) == 0
    return commands


def _stored(commands):
    with closing(open_store(commands.store)) as store:
        rows = store.articles(Query())
        assert len(rows) == 1
        return store.article(int(rows["article_id"][0]))


def test_topics_are_counted_in_the_article_alone(ingested):
    rows = ingested.rows("mentions", "--topic", "syria", "--topic", "ukraine", "--topic", "unsc")
    surfaces = Counter((row["tag"], row["surface"]) for row in rows)
    assert surfaces == {
        ("syria", "Syria"): 2,
        ("syria", "Syrian"): 3,
        ("ukraine", "Ukraine"): 1,
        ("unsc", "United Nations Security Council (UNSC)"): 1,
    }


def test_entities_are_counted_once_a_name(ingested):
    found = {row["entity_id"]: row["frequency"] for row in ingested.rows("entities")}
    assert found["sergei-lavrov"] == 9
    named = {"john-kerry", "vladimir-putin", "barack-obama", "bashar-al-assad"}
    assert named | {"islamic-state", "bloomberg"} <= found.keys()
    assert not {"germany", "russian-foreign-ministry"} & found.keys()


def test_role_and_name_are_one_mention(ingested):
    rows = ingested.rows("mentions", "--entity", "sergei-lavrov")
    assert rows[0]["surface"] == "Russian Foreign Minister Sergei Lavrov"


def test_isil_is_the_islamic_state(ingested):
    rows = ingested.rows("mentions", "--entity", "islamic-state")
    assert {row["surface"] for row in rows} >= {"Islamic State", "ISIL"}


def test_countries_mentioned_are_these_four(ingested):
    rows = ingested.rows("countries")
    assert {row["country"] for row in rows} == {"RU", "SY", "UA", "US"}


def test_no_headline_is_invented(ingested):
    assert _stored(ingested).row["title"] == ""


def test_article_is_undated_and_still_counted(ingested):
    rows = ingested.rows("attention", "--topic", "syria")
    assert {row["date"]: row["count"] for row in rows} == {
        "undated": 1,
        "too coarse": 0,
        "guess": 0,
    }


def test_evidence_is_listed_and_the_page_clock_only_bounds_it(ingested):
    article = _stored(ingested)
    assert article.row["date_precision"] is None
    assert str(article.row["date_latest"]) == "2021-01-27"
    roles = {evidence.raw: (evidence.source, evidence.role) for evidence in article.evidence}
    clock = next(raw for raw in roles if "2021" in raw)
    assert roles[clock] == (DateSource.PAGE_CLOCK, DateRole.UPPER_BOUND)
    for raw in ("May 12", "Tuesday"):
        assert next(role for found, (_, role) in roles.items() if raw in found) is DateRole.EVENT
    assert not any("May 12" in raw and "Tuesday" in raw for raw in roles)


def test_day_in_the_address_dates_it(commands, seed):
    url = "https://sputniknews.com/politics/20150602/1022859843.html"
    assert commands.run("ingest", seed, "--url", url) == 0
    (row,) = commands.rows("articles")
    assert row["publish_date"] == "2015-06-02"
    assert row["publish_date_source"] == "url"
    assert row["publish_date_precision"] == "day"
    assert row["media_pub_country"] == "RU"


def test_ingested_twice_nothing_changes(ingested, seed):
    before = _stored(ingested)
    with closing(open_store(ingested.store)) as store:
        version = store.version
    assert ingested.run("ingest", seed) == 0
    assert ingested.outcomes() == {"unchanged": 1, "captures": 1}
    with closing(open_store(ingested.store)) as store:
        assert store.version == version
    assert _stored(ingested).row == before.row


def test_date_set_by_hand_places_it_and_can_be_taken_back(ingested):
    (row,) = ingested.rows("articles")
    assert ingested.run("set-date", row["id"], "2015-06-02", "--why", "seen on the page") == 0
    (dated,) = ingested.rows("articles", "--from", "2015-06-01", "--to", "2015-06-30")
    assert (dated["publish_date"], dated["publish_date_source"]) == ("2015-06-02", "set by user")
    assert _stored(ingested).corrections["why"].tolist() == ["seen on the page"]
    assert ingested.run("set-date", row["id"]) == 0
    (undated,) = ingested.rows("articles")
    assert undated["publish_date"] is None


def test_date_given_on_a_second_reading_is_taken(ingested, seed):
    assert ingested.run("ingest", seed, "--date", "2015-06-02") == 0
    assert ingested.outcomes()["edited"] == 1
    (row,) = ingested.rows("articles")
    assert (row["publish_date"], row["publish_date_source"]) == ("2015-06-02", "set by user")
