"""The words of a query's articles: counted where they count, ranked by what tells, opened."""

from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import date

import pytest

from pipelines.analysis.words import articles_with, holding, unspaced, words
from pipelines.article import TagKind, Zone, ZoneSpan
from pipelines.query import Query
from pipelines.store import open_store
from tests.store.build import LENTA, Written, article, build, naming, on_day

SYRIA = Query(topics=("syria",))


@pytest.fixture
def opened(tmp_path):
    """Return a function that writes some articles and opens their store."""
    with ExitStack() as stack:
        yield lambda *written: stack.enter_context(
            closing(open_store(build(tmp_path / "store", written)))
        )


def _about_syria(number: int, text: str, **more: object) -> Written:
    one = article(number, on_day(date(2015, 6, 1)), text=f"Syria. {text}", title="-", **more)
    return naming(one, (TagKind.TOPIC, "syria", "Syria"))


def _other(number: int, text: str, **more: object) -> Written:
    return Written(article(number, on_day(date(2015, 6, 1)), text=text, title="-", **more))


def _rows(frame) -> dict[str, dict]:
    return {row["term"]: row for row in frame.to_dict("records")}


def test_mentions_articles_and_ratios_are_those_of_the_texts(opened):
    store = opened(
        _about_syria(1, "Envoys met envoys."), _about_syria(2, "Envoys left."), _other(3, "Rain.")
    )
    row = _rows(words(store, SYRIA))["Envoys"]
    assert (row["term_count"], row["doc_count"], row["sample_size"]) == (3, 2, 2)
    assert (row["term_ratio"], row["doc_ratio"], row["language"]) == (1.5, 1.0, "en")


def test_the_commonest_spelling_is_shown(opened):
    store = opened(_about_syria(1, "ENVOYS met. Envoys left. Envoys came."))
    assert "Envoys" in _rows(words(store, SYRIA))


def test_stop_words_numbers_and_short_words_are_left_out_by_language(opened):
    store = opened(
        _about_syria(1, "They die in 2015 at sea."), _about_syria(2, "Die Not.", language="de")
    )
    found = words(store, SYRIA)
    told = {(row["term"], row["language"]) for row in found.to_dict("records")}
    assert told == {("Syria", "en"), ("die", "en"), ("sea", "en"), ("Syria", "de"), ("Not", "de")}


def test_what_tells_from_the_rest_stands_before_what_is_frequent(opened):
    hits = [_about_syria(n, "The ministry spoke. Ceasefire.") for n in range(20)]
    rest = [_other(100 + n, "The ministry spoke.") for n in range(40)]
    found = words(opened(*hits, *rest), SYRIA)
    assert set(found["term"].head(2)) == {"Syria", "Ceasefire"}
    assert _rows(found)["Ceasefire"]["z"] > 3 > _rows(found)["ministry"]["z"]


def test_without_a_rest_the_order_is_by_articles(opened):
    found = words(opened(_about_syria(1, "Talks."), _about_syria(2, "Peace. Peace.")), Query())
    assert found["z"].isna().all()
    assert found["term"].tolist() == ["Syria", "Peace", "Talks"]


def test_only_zones_that_count_are_read(opened):
    one = _about_syria(1, "Counted.\nAdvertisement.")
    text = one.article.text
    edge = text.index("Advertisement")
    zones = (ZoneSpan(0, edge, Zone.BODY), ZoneSpan(edge, len(text), Zone.FURNITURE))
    store = opened(replace(one, article=replace(one.article, zones=zones)))
    assert "Advertisement" not in _rows(words(store, SYRIA))


def test_languages_without_spaces_give_no_row_and_are_counted(opened):
    store = opened(_about_syria(1, "叙利亚总统。", language="zh"), _about_syria(2, "Talks."))
    assert "Talks" in _rows(words(store, SYRIA))
    assert not any("叙" in term for term in words(store, SYRIA)["term"])
    assert unspaced(store, SYRIA) == 1


def test_a_sample_is_the_same_each_time_and_says_its_size(opened):
    written = [_about_syria(n, f"Word{'abcdefghij'[n]}.") for n in range(10)]
    store = opened(*written)
    some = words(store, SYRIA, sample=4)
    assert some.equals(words(store, SYRIA, sample=4))
    assert set(some["sample_size"]) == {4}
    assert len(some) == 5


def test_a_word_opens_as_many_articles_as_its_row_says(opened):
    texts = ["U.N. envoys", "Envoy's word", "ENVOYS spoke", "envoy and café", "Café CAFÉ", "cafe"]
    hits = [_about_syria(n, text) for n, text in enumerate(texts)]
    russian = _about_syria(50, "Переговоры в Женеве, café", language="ru", outlet=LENTA)
    store = opened(*hits, russian, _other(60, "envoys café Женеве"))
    for query in (SYRIA, Query(), replace(SYRIA, within="envoys OR café")):
        rows = articles_with(store, query, words(store, query, sample=None))
        assert len(rows) > 4
        for row in rows.itertuples():
            opens = holding(query, row.term, row.language)
            assert store.article_count(opens) == row.articles == row.doc_count, row.term


def test_counts_agree_with_splitting_the_texts_by_spaces(opened):
    drawn = ["alpha beta", "beta gamma beta", "delta", "alpha alpha delta gamma"]
    store = opened(*(_about_syria(n, text) for n, text in enumerate(drawn)))
    plain = Counter(word for text in drawn for word in text.split())
    found = words(store, SYRIA).set_index("term")["term_count"].to_dict()
    assert {term: n for term, n in found.items() if term != "Syria"} == dict(plain)


def test_an_empty_question_has_no_row_and_all_columns(opened):
    found = words(opened(_other(1, "Rain.")), SYRIA)
    assert found.empty
    assert list(found.columns)[:3] == ["term", "term_count", "term_ratio"]
