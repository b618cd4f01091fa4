"""Tables kept in a file answer as those in memory do, and are never more than a help."""

import os
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from pipelines.query import Interval, Query
from pipelines.store import hide, open_store, read_country_pairs, read_quotes, read_standing
from pipelines.store.counted import kept_tables, resident
from tests.store.build import Written, article, build
from tests.store.test_named import written

QUERIES = [
    Query(),
    Query(topics=("syria",), start=date(2015, 6, 2), interval=Interval.DAY),
    Query(entities=("sergei-lavrov",), text="Kerry", interval=Interval.MONTH, tz="Asia/Tokyo"),
    Query(text="Moscow", within="Syria", about=("SY",), guesses=True),
]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Build a store whose tables are kept from the first article on."""
    path = build(tmp_path / "store", written())
    monkeypatch.setattr(resident, "KEPT_FROM", 1)
    return path


def _answers(path, query: Query) -> list[pd.DataFrame]:
    with closing(open_store(path)) as store:
        return [
            store.counts(query),
            store.totals(query),
            store.articles(query),
            store.mentions(query),
            store.tag_counts(query, "entity"),
            store.group_counts(query, "outlet"),
            read_standing(store, query),
            read_quotes(store, query),
            read_country_pairs(store, query, "about"),
        ]


def _files(path, suffix=".duckdb") -> list[str]:
    return sorted(file.name for file in (path / "index" / "resident").glob(f"*{suffix}"))


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_tables_in_a_file_answer_as_tables_in_memory(kept, monkeypatch, query):
    from_file, again = _answers(kept, query), _answers(kept, query)
    monkeypatch.setattr(resident, "KEPT_FROM", 10**9)
    for frames in zip(from_file, again, _answers(kept, query), strict=True):
        for frame in frames[:2]:
            pd.testing.assert_frame_equal(frame, frames[2])


def test_the_file_is_made_once_and_read_by_several_at_a_time(kept):
    with closing(open_store(kept)) as one, closing(open_store(kept)) as other:
        assert one.article_count(Query()) == other.article_count(Query()) == 4
    assert len(_files(kept)) == 1


def test_another_commit_has_its_own_file_and_the_oldest_go(kept):
    for number in range(kept_tables.KEPT_FILES + 2):
        more = [Written(article(100 + number))]
        with closing(open_store(build(kept, more))) as store:
            assert store.version == number + 2
            assert store.article_count(Query()) == 5 + number
    assert len(_files(kept)) == len(_files(kept, ".columns")) == kept_tables.KEPT_FILES


def test_what_people_hid_is_not_in_the_file(kept):
    with closing(open_store(kept)) as store:
        first = int(store.articles(Query())["article_id"].iloc[0])
    now = datetime(2016, 1, 1, tzinfo=UTC)
    hide(kept, first, who="Ada", now=now, why="a test page")
    with closing(open_store(kept)) as store:
        assert first not in set(store.articles(Query())["article_id"])
        assert store.article_count(Query()) == 3
        assert store.hidden is not None
        assert list(store.hidden.articles(Query())["article_id"]) == [first]
    with closing(open_store(kept, snap=1)) as store:
        assert store.article_count(Query()) == 4


def test_what_a_killed_process_left_goes_after_a_day(kept):
    folder = kept / "index" / "resident"
    folder.mkdir(parents=True)
    for name, age in (("old.7.draft", 100_000), ("new.8.draft", 10)):
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - age,) * 2)
    with closing(open_store(kept)):
        pass
    assert _files(kept, ".draft") == ["new.8.draft"]


@pytest.mark.parametrize("suffix", [".duckdb", ".columns"])
def test_a_file_that_cannot_be_read_is_made_anew(kept, suffix):
    with closing(open_store(kept)) as store:
        store.article_count(Query())
    (kept / "index" / "resident" / _files(kept, suffix)[0]).write_bytes(b"cut short" * 9)
    with closing(open_store(kept)) as store:
        assert store.article_count(Query()) == 4
    assert (kept / "index" / "resident" / _files(kept, suffix)[0]).stat().st_size > 1000


def test_a_folder_that_cannot_be_written_to_is_done_without(kept):
    (kept / "index" / "resident").write_text("in the way", encoding="utf-8")
    with closing(open_store(kept)) as store:
        assert store.article_count(Query()) == 4


@pytest.mark.parametrize("more", [{}, {"outlet_countries": ("GB",)}, {"guesses": True}], ids=str)
def test_counts_by_the_rows_of_a_tag_are_those_over_all_articles(kept, more):
    query = Query(topics=("syria",), entities=("sergei-lavrov",), interval=Interval.WEEK, **more)
    elsewhere = replace(query, tz="Etc/UTC")  # the same days, by way of all articles
    with closing(open_store(kept)) as store:
        pd.testing.assert_frame_equal(store.counts(query), store.counts(elsewhere))
