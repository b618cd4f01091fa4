"""DuckDB answers what a plain count of the same articles gives, for random stores and queries."""

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings

from pipelines.article import TagKind
from pipelines.store import (
    read_companions,
    read_country_pairs,
    read_matrix,
    read_names,
    read_quote_count,
    read_quotes,
    read_speakers,
    read_standing,
)
from tests.effort import EFFORT
from tests.store import plain_counts as plain
from tests.store.drawn_queries import numbers, queries

_asked = given(number=numbers, query=queries)
_examples = settings(max_examples=8 * EFFORT)
_KINDS = {"entity": TagKind.ENTITY, "topic": TagKind.TOPIC}


@_asked
@settings(_examples, max_examples=25 * EFFORT)
def test_counts_and_totals_are_those_of_a_plain_count(stores, number, query):
    drawn, store = stores[number]
    rows = plain.hits(drawn, query).groupby(["series", "placement", "bucket"], dropna=False)
    expected = rows.agg(
        articles=("article_id", "size"), mentions=("mentions", "sum"), texts=("text", "nunique")
    )
    found = store.counts(query)
    assert _as_dict(found, ["articles", "mentions", "texts"]) == _as_dict(expected.reset_index())
    rows = plain.corpus(drawn, query).groupby(["placement", "bucket"], dropna=False)
    expected = rows.agg(articles=("article_id", "size"), texts=("text", "nunique"))
    assert _as_dict(store.totals(query)) == _as_dict(expected.reset_index())


def _as_dict(rows, numbers=("articles", "texts")):
    """Return what stands before the numbers -> the numbers."""
    numbers = [name for name in rows.columns if name in {*numbers, "mentions"}]
    keys = [name for name in ("series", "placement", "bucket") if name in rows.columns]
    return {
        tuple(None if pd.isna(row[name]) else str(row[name])[:10] for name in keys): tuple(
            int(row[name]) for name in sorted(numbers)
        )
        for row in rows.to_dict("records")
    }


@_asked
@_examples
def test_articles_and_how_they_stand_are_those_of_a_plain_count(stores, number, query):
    drawn, store = stores[number]
    chosen = plain.chosen(drawn, query)
    assert sorted(store.articles(query)["article_id"]) == sorted(
        one.article.article_id for one in chosen
    )
    every = plain.chosen(drawn, replace(query, start=None, end=None))
    standing = Counter(plain.placement_of(one, query) for one in every)
    found = read_standing(store, replace(query, start=None, end=None))
    assert dict(zip(found["placement"], found["articles"], strict=True)) == standing


@_asked
@_examples
@pytest.mark.parametrize("kind", ["entity", "topic", "country", "about", "dateline"])
def test_what_is_named_is_as_often_as_in_a_plain_count(stores, number, query, kind):
    drawn, store = stores[number]
    rows = [
        (tag, one.article.article_id, plain.group_of(one))
        for one in plain.chosen(drawn, query)
        for tag in _tags(one, kind)
    ]
    expected = pd.DataFrame(rows, columns=["tag", "article", "text"]).groupby("tag").nunique()
    found = store.tag_counts(query, kind).set_index("tag")
    assert found["articles"].to_dict() == expected["article"].to_dict()
    assert found["texts"].to_dict() == expected["text"].to_dict()


@_asked
@_examples
@pytest.mark.parametrize("column", ["outlet", "outlet_country", "language"])
def test_who_published_is_as_often_as_in_a_plain_count(stores, number, query, column):
    drawn, store = stores[number]
    facts = {
        "outlet": lambda one: one.article.outlet.id,
        "outlet_country": lambda one: one.article.outlet.country,
        "language": lambda one: one.article.language,
    }
    expected = Counter(facts[column](one) for one in plain.chosen(drawn, query))
    found = store.group_counts(query, column)
    assert dict(zip(found["value"], found["articles"], strict=True)) == expected
    assert list(found["articles"]) == sorted(found["articles"], reverse=True)


def _tags(one, kind):
    if kind in _KINDS:
        return set(plain.tags_of(one, _KINDS[kind]))
    return plain.countries_of(one, {"country": "mentioned"}.get(kind, kind))


@_asked
@_examples
def test_the_matrix_of_countries_is_that_of_a_plain_count(stores, number, query):
    drawn, store = stores[number]
    chosen = plain.chosen(drawn, query)
    named = [sorted(plain.countries_of(one, "mentioned")) for one in chosen]
    both = Counter((one, other) for codes in named for one in codes for other in codes)
    found = read_matrix(store, query, "country", ["SY", "UA"])
    assert {(r.tag, r.other): r.articles for r in found.itertuples()} == both
    for sense, kind in (("mentioned", "country"), ("about", "about")):
        pairs = Counter(
            (outlet, code)
            for one in chosen
            for outlet in plain.countries_of(one, "outlet")
            for code in plain.countries_of(one, sense)
        )
        found = read_country_pairs(store, query, kind)
        rows = {(r.outlet_country or "unknown", r.country): r.articles for r in found.itertuples()}
        assert rows == pairs


@_asked
@_examples
def test_quotes_and_names_are_those_of_a_plain_count(stores, number, query):
    drawn, store = stores[number]
    chosen = plain.chosen(drawn, query)
    said = [quote for one in chosen for quote in one.tags.quotes]
    found = read_quotes(store, query)
    assert Counter(found["speaker"]) == Counter(quote.speaker for quote in said)
    assert read_quote_count(store, query, uncertain=False) == sum(one.certain for one in said)
    speakers = read_speakers(store, query).set_index("speaker")
    assert speakers["quotes"].to_dict() == Counter(quote.speaker for quote in said)
    quoting = Counter(who for one in chosen for who in {q.speaker for q in one.tags.quotes})
    assert speakers["articles"].to_dict() == quoting
    names = Counter(tag for one in chosen for tag in set(plain.tags_of(one, TagKind.NAME)))
    found = read_names(store, query).set_index("tag")
    assert found["articles"].to_dict() == names
    together = Counter(
        tag
        for one in chosen
        if "SY" in plain.countries_of(one, "mentioned")
        for tag in set(plain.tags_of(one, TagKind.ENTITY))
    )
    found = read_companions(store, query, "country", "SY", of_kind="entity").set_index("tag")
    assert found["together"].to_dict() == together
