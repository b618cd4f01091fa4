"""The newest articles that a free text names are found without looking at the others."""

import random
from contextlib import closing
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.query import Placement, Query
from pipelines.store import open_store
from pipelines.store.asking import recency
from tests.effort import EFFORT
from tests.store.agreement import Drawn, readable_queries
from tests.store.drawn_queries import numbers, queries
from tests.store.plain_counts import TEXTS

_placements = st.sampled_from([None, None, *Placement])


def _of_text(query: Query, text: str, placement: Placement | None) -> Query:
    """Return the query with no series but its text, and days in UTC."""
    return replace(query, text=text, topics=(), entities=(), tz="UTC", placement=placement)


def _first(store, query: Query, count: int) -> pd.DataFrame:
    """Return the evidence of the newest articles, picked from that of all."""
    every = store.mentions(query)
    newest = store.articles(query, limit=count)["article_id"]
    return every[every["article_id"].isin(newest)].reset_index(drop=True)


@given(numbers, queries, st.sampled_from([*TEXTS]), _placements, st.sampled_from([0, 1, 3, 1000]))
@settings(max_examples=30 * EFFORT)
def test_the_newest_evidence_is_the_first_of_all(stores, number, query, text, placement, count):
    store, asked = stores[number].store, _of_text(query, text, placement)
    store._searches.kept.clear()
    found = store.mentions(asked, newest=count)
    pd.testing.assert_frame_equal(found, _first(store, asked, count))


def test_a_part_of_the_documents_gives_the_newest_of_all(tmp_path, monkeypatch):
    monkeypatch.setattr(recency, "BLOCK", 3)
    draw, by_part = random.Random(21), 0
    drawn = Drawn(tmp_path / "store", draw)
    for _ in range(2):
        drawn.add(40)
    asked = readable_queries(draw)
    with closing(open_store(drawn.path)) as store:
        for _ in range(12):
            query = Query(text=next(asked), languages=draw.choice([(), (), ("en",)]))
            for count in (1, 4):
                store._searches.kept.clear()
                found = store.mentions(query, newest=count)
                by_part += query.text not in store._searches.kept
                pd.testing.assert_frame_equal(found, _first(store, query, count))
    assert by_part >= 4


def test_blocks_with_the_newest_days_come_first(monkeypatch):
    monkeypatch.setattr(recency, "BLOCK", 10)
    days = np.repeat(np.arange(64, dtype=np.int32), 20)[::-1]  # the newest came first
    (ranges, bound), *_ = recency.newest_first(days, 5)
    assert ranges == [(0, 20)]
    assert days[20:].max() == bound


@pytest.mark.parametrize("wanted", [1, 30, 200])
def test_what_is_left_out_is_never_newer_than_the_bound(wanted, monkeypatch):
    monkeypatch.setattr(recency, "BLOCK", 7)
    days = np.sort(np.random.default_rng(3).integers(0, 300, 5_000)).astype(np.int32)
    days[40] = 10**6  # a wrong day
    found = list(recency.newest_first(days, wanted))
    assert found
    for ranges, bound in found:
        inside = np.zeros(len(days), bool)
        for first, last in ranges:
            inside[first:last] = True
        assert days[~inside].max() <= bound
        assert np.count_nonzero(days[inside] > bound) >= wanted


def test_no_part_is_searched_where_articles_came_in_no_order():
    days = np.random.default_rng(4).integers(0, 10, 100 * recency.BLOCK).astype(np.int32)
    assert list(recency.newest_first(days, 20)) == []
