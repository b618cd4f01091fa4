"""Rankings: entities, countries in both senses, outlets, languages, and what filters offer."""

from contextlib import closing
from datetime import date

import pytest

from pipelines.analysis.countries import countries
from pipelines.analysis.entities import top_entities
from pipelines.analysis.options import filter_options
from pipelines.analysis.outlets import languages, outlets
from pipelines.article import TagKind
from pipelines.query import Query
from pipelines.store import open_store
from tests.store.build import HERALD, LENTA, NOWHERE, article, build, naming, on_day

_NAMES = [
    (TagKind.TOPIC, "syria", "Syria"),
    (TagKind.ENTITY, "sergei-lavrov", "Lavrov"),
    (TagKind.ENTITY, "john-kerry", "Kerry"),
    (TagKind.COUNTRY, "SY", "Syria"),
    (TagKind.COUNTRY, "UA", "Ukraine"),
]
_WRITTEN = [
    (HERALD, "en", "Syria and Lavrov, Lavrov and Lavrov."),
    (HERALD, "en", "Syria, Ukraine and Kerry."),
    (HERALD, "en", "Kerry and Syria."),
    (LENTA, "ru", "Syria and Ukraine."),
    (NOWHERE, "", "Syria again."),
    (LENTA, "ru", "Something else."),
]
_SYRIA = Query(topics=("syria",))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    day = on_day(date(2015, 6, 1))
    written = [
        naming(article(n, day, outlet=outlet, language=language, text=text), *_NAMES)
        for n, (outlet, language, text) in enumerate(_WRITTEN)
    ]
    with closing(open_store(build(tmp_path_factory.mktemp("r") / "store", written))) as store:
        yield store


def test_entities_rank_by_articles_and_count_mentions(store):
    rows = top_entities(store, _SYRIA)
    found = rows[["name", "articles", "frequency", "ratio"]].to_numpy().tolist()
    assert found == [["John Kerry", 2, 2, 0.4], ["Sergei Lavrov", 1, 3, 0.2]]
    assert top_entities(store, _SYRIA, limit=1)["entity_id"].tolist() == ["john-kerry"]


def test_entities_of_nothing_keep_their_columns(store):
    rows = top_entities(store, Query(topics=("ukraine",)))
    assert rows.empty
    assert list(rows.columns) == list(top_entities(store, _SYRIA).columns)


def test_countries_of_outlets_add_up_and_unknown_is_one(store):
    rows = countries(store, _SYRIA, "outlet")
    assert rows["count"].sum() == store.article_count(_SYRIA) == 5
    assert rows["ratio"].sum() == pytest.approx(1)
    assert dict(zip(rows["label"], rows["count"], strict=True)) == {
        "United Kingdom": 3,
        "Russia": 1,
        "unknown": 1,
    }


def test_countries_mentioned_may_add_up_to_more(store):
    rows = countries(store, _SYRIA, "mentioned")
    assert dict(zip(rows["country"], rows["count"], strict=True)) == {"SY": 5, "UA": 2}
    assert rows["ratio"].tolist() == [1.0, 0.4]


def test_another_sense_of_country_is_refused(store):
    with pytest.raises(ValueError, match="unknown sense"):
        countries(store, _SYRIA, "birth")


@pytest.mark.parametrize("limit", [None, 1, 2, 3])
def test_outlets_add_up_whatever_the_limit(store, limit):
    rows = outlets(store, _SYRIA, limit=limit)
    assert rows["count"].sum() == 5
    assert rows["ratio"].sum() == pytest.approx(1)
    assert ("(other)" in rows["source"].tolist()) is (limit in (1, 2))


def test_the_rest_of_the_outlets_stand_in_a_last_row(store):
    rows = outlets(store, _SYRIA, limit=1)
    assert rows[["source", "count"]].to_numpy().tolist() == [["The Herald", 3], ["(other)", 2]]


def test_languages_add_up_and_unknown_is_one(store):
    rows = languages(store, Query())
    assert dict(zip(rows["language"], rows["count"], strict=True)) == {
        "en": 3,
        "ru": 2,
        "unknown": 1,
    }


def test_options_offer_every_value_with_its_articles(store):
    options = filter_options(store)
    found = {
        name: dict(zip(frame["id"], frame["articles"], strict=True))
        for name, frame in (
            ("topics", options.topics),
            ("entities", options.entities),
            ("homes", options.outlet_countries),
            ("mentioned", options.mentioned),
        )
    }
    assert found == {
        "topics": {"syria": 5, "ukraine": 0},
        "entities": {"john-kerry": 2, "sergei-lavrov": 1},
        "homes": {"GB": 3, "RU": 2, "unknown": 1},
        "mentioned": {"SY": 5, "UA": 2},
    }
    assert options.entities["label"].tolist() == ["John Kerry", "Sergei Lavrov"]
    assert set(options.outlets["label"]) == {"The Herald", "Lenta", "(unknown outlet)"}


def test_an_option_opens_as_many_articles_as_it_says(store):
    for code, articles in filter_options(store).outlet_countries[["id", "articles"]].to_numpy():
        assert store.article_count(Query(outlet_countries=(code,))) == articles
