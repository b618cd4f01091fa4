"""What each outlet published, and what a bucket holds, as a plain count of the same articles."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.query import Query
from pipelines.store import read_held_articles, read_text_volumes
from pipelines.store.counted.text_volumes import TABLE, tallied
from tests.effort import EFFORT
from tests.store import plain_counts as plain
from tests.store.build import Written
from tests.store.drawn_queries import numbers, queries

_asked = given(number=numbers, query=queries)
_LATEST = datetime.max.replace(tzinfo=UTC)


def _is_weak(one: Written) -> bool:
    return one.article.publication.confidence < 0.95


def _is_late(one: Written, query: Query) -> bool:
    fetched, day = one.article.fetched_at, plain.day_of(one, query)
    return bool(fetched and day and (fetched.astimezone(UTC).date() - day).days > 2)


def _in_buckets(drawn: list[Written], query: Query) -> list[tuple[object, Written]]:
    """Return the placed articles of the corpus, each with its bucket."""
    return [
        (plain.bucket_of(plain.day_of(one, query), query.interval), one)
        for one in drawn
        if plain.in_corpus(one, query) and plain.placement_of(one, query) == "placed"
    ]


def _series_in_buckets(drawn: list[Written], query: Query) -> list[tuple[str, object, Written]]:
    return [
        (series, bucket, one)
        for bucket, one in _in_buckets(drawn, query)
        if plain.meets(one, query)
        for series, _ in plain.series_of(one, query)
    ]


def _order(one: Written, query: Query) -> tuple[object, object, int]:
    said = one.article.publication
    return plain.day_of(one, query), said.published_at or _LATEST, one.article.article_id


def _plain_volumes(drawn: list[Written], query: Query) -> dict[tuple[str, str, str], list[int]]:
    """Return (series, bucket, outlet) -> texts, articles, weak, late."""
    first: dict[tuple[object, int], Written] = {}
    for bucket, one in _in_buckets(drawn, query):
        key = bucket, plain.group_of(one)
        first[key] = min(one, first.get(key, one), key=lambda one: _order(one, query))
    groups: dict[tuple[str, object, int], list[Written]] = {
        ("", bucket, group): [one] for (bucket, group), one in first.items()
    }
    for series, bucket, one in _series_in_buckets(drawn, query):
        groups.setdefault((series, bucket, plain.group_of(one)), []).append(one)
    found: dict[tuple[str, str, str], list[int]] = {}
    for (series, bucket, group), members in groups.items():
        outlet = first[bucket, group].article.outlet.id
        row = found.setdefault((series, str(bucket), outlet), [0, 0, 0, 0])
        marks = all(map(_is_weak, members)), all(_is_late(one, query) for one in members)
        for place, number in enumerate((1, len(members), *marks)):
            row[place] += number
    return found


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9))))
def test_few_and_many_cells_are_tallied_alike(drawn):
    cells, weights = np.array(drawn, np.int64).reshape(-1, 2).T
    few, many = (tallied(cells, size, weights) for size in (61, TABLE + 1))
    for one, other in zip(few, many, strict=True):
        assert one.tolist() == other.tolist()


@_asked
@settings(max_examples=25 * EFFORT)
def test_texts_by_bucket_and_outlet_are_those_of_a_plain_count(stores, number, query):
    drawn, store = stores[number]
    rows = read_text_volumes(store, query)
    keys = zip(rows["series"], rows["bucket"].astype(str).str[:10], rows["outlet"], strict=True)
    values = rows[["texts", "articles", "weak", "late"]].to_numpy().tolist()
    assert dict(zip(keys, values, strict=True)) == _plain_volumes(drawn, query)


@_asked
@settings(max_examples=10 * EFFORT)
def test_the_articles_held_by_buckets_are_those_of_a_plain_count(stores, number, query):
    drawn, store = stores[number]
    hits = _series_in_buckets(drawn, query)
    asked = [(series, str(bucket)) for series, bucket, _ in hits[::2]]
    first: dict[int, object] = {}
    for one in drawn:
        day = plain.day_of(one, query)
        if day and not _is_weak(one):
            first[plain.group_of(one)] = min(day, first.get(plain.group_of(one), day))
    expected = set()
    for series, bucket, one in hits:
        if (series, str(bucket)) in asked:
            out = first.get(plain.group_of(one))
            redated = out is not None and (bucket - out).days > 14
            facts = _is_weak(one), _is_late(one, query), redated, not (out and out < bucket)
            expected.add((series, str(bucket), one.article.article_id, *facts))
    rows = read_held_articles(store, query, asked)
    names = ["series", "bucket", "article_id", "weak", "late", "redated", "new"]
    found = rows[names].assign(bucket=rows["bucket"].astype(str).str[:10])
    assert set(found.itertuples(index=False, name=None)) == expected


@pytest.mark.parametrize("places", [[], [("topic:nothing", "2015-06-01")], [("all", "1999-01-01")]])
def test_buckets_that_hold_nothing_have_no_articles(stores, places):
    assert read_held_articles(stores[0].store, Query(), places).empty
