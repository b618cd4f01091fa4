"""Vacuum removes what the rule does not keep, and nothing that a kept version is made of."""

import shutil
from contextlib import closing
from datetime import timedelta

import pytest

from pipelines.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing
from pipelines.query import Query
from pipelines.store import last_version, open_store, open_writer
from pipelines.store.files.commits import commit_path, kept_versions, read_commit
from pipelines.store.files.tables import files_of
from pipelines.store.upkeep.compaction import compact
from pipelines.store.upkeep.pins import pin, pins_lock, read_pins, unpin
from pipelines.store.upkeep.retention import Rule, vacuum
from tests.store.build import NOW
from tests.store.many_commits import add_commit, make, said_by
from tests.store.old import make_old


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Make a store of five versions, the fifth of which is of joined files."""
    path = make(tmp_path_factory.mktemp("many") / "store")
    compact(path, now=NOW, most_files=3)
    return path


@pytest.fixture(scope="module")
def said(template):
    return {version: said_by(template, version) for version in (2, 4, 5)}


@pytest.fixture
def store(template, tmp_path):
    return shutil.copytree(template, tmp_path / "store")


def _vacuum(store, **rule):
    return vacuum(store, Rule(**rule), lambda plan: True)


def _parquet(store):
    return {str(path) for path in (store / "tables").rglob("*-*.parquet")}


def test_kept_versions_answer_as_before_and_nothing_else_is_there(store, said):
    pin(store, 2, why="a report", who="me", now=NOW)
    plan = _vacuum(store, last=2)
    assert (plan.kept, plan.gone) == ((2, 4, 5), (1, 3))
    for version in plan.kept:
        assert said_by(store, version) == said[version]
    named = set()
    for version in plan.kept:
        for name, at in read_commit(store, version).tables.items():
            named |= set(files_of(store / "tables" / name, at))
    assert _parquet(store) == named
    again = _vacuum(store, last=2)
    assert (again.gone, again.files, again.size) == ((), (), 0)


def test_a_writer_goes_on_behind_it(store, said):
    _vacuum(store)
    assert said_by(store) == said[5]
    add_commit(store, 4)
    assert last_version(store) == 6
    assert said_by(store, 5) == said[5]
    assert _vacuum(store).gone == (5,)
    with closing(open_store(store)) as opened:
        assert opened.article_count(Query()) == 11


def test_a_removed_version_says_so_and_one_that_never_was_does_not(store):
    _vacuum(store)
    with pytest.raises(StoreMissing, match=r"version 3 .* was removed; the oldest kept is 5"):
        open_store(store, snap=3)
    with pytest.raises(StoreMissing, match="there is no version 9"):
        open_store(store, snap=9)


def test_a_reader_of_a_version_that_goes_is_told_which(store):
    with closing(open_store(store, snap=4)) as opened:
        ids = opened.articles(Query())["article_id"].tolist()
        _vacuum(store)
        for ask in (
            lambda: opened.mentions(Query(topics=("syria",))),
            lambda: opened.text_hits("Syria"),
            lambda: opened.current_texts(ids),
        ):
            with pytest.raises(StoreMissing, match=r"version 4 .* was removed"):
                ask()


def test_the_plan_is_told_first_and_only_said_where_nobody_agrees(store, said):
    before = sorted(store.rglob("*"))
    told = []
    plan = vacuum(store, Rule(), told.append)
    assert told == [plan]
    assert plan.gone == (1, 2, 3, 4)
    assert set(before) <= set(store.rglob("*"))
    assert said_by(store, 2) == said[2]
    size = sum(path.stat().st_size for path in plan.files)
    assert plan.size > size > 0


def test_what_killed_runs_left_goes_too(store, said):
    commit_path(store, 5).unlink()  # as if the run that joined had died just before it
    left = _parquet(store)
    plan = _vacuum(store, last=9)
    assert plan.gone == ()
    assert left - _parquet(store)
    assert said_by(store) == said[4]
    assert said_by(store, 2) == said[2]
    add_commit(store, 4)
    assert last_version(store) == 5


def test_versions_of_the_last_days_stay(store):
    assert _vacuum(store, since=NOW - timedelta(days=1)).gone == ()
    assert _vacuum(store, since=NOW + timedelta(days=1)).gone == (1, 2, 3, 4)


def test_versions_that_tell_topics_by_those_before_them_keep_them(store):
    make_old(store, 2)
    with open_writer(store, now=NOW):
        pass  # brings it to the tables of today, as versions 6 and on
    pin(store, 3, why="", who="me", now=NOW)
    assert _vacuum(store).kept[:3] == (1, 2, 3)


def test_a_damaged_log_stops_it_before_anything_is_removed(store):
    (store / "tables" / "texts" / "_delta_log" / f"{2:020d}.json").write_text("{")
    before = set(store.rglob("*.parquet"))
    with pytest.raises(StoreDamaged, match="texts"):
        _vacuum(store, last=9)
    assert kept_versions(store) == [1, 2, 3, 4, 5]
    assert before <= set(store.rglob("*.parquet"))


def test_a_pin_is_listed_kept_and_taken_back(store):
    made = pin(store, 2, why="for the minister", who="me", now=NOW)
    assert read_pins(store) == [made]
    with pytest.raises(StoreError, match=r"pinned already, by me \(for the minister\)"):
        pin(store, 2, why="another", who="you", now=NOW)
    unpin(store, 2)
    assert read_pins(store) == []
    with pytest.raises(StoreMissing, match="not pinned; pinned: none"):
        unpin(store, 2)


def test_no_version_is_pinned_that_is_not_there(store, tmp_path):
    with pytest.raises(StoreMissing, match="no version 9"):
        pin(store, 9, why="", who="me", now=NOW)
    with pytest.raises(StoreMissing):
        pin(tmp_path / "nothing", 1, why="", who="me", now=NOW)
    assert not (tmp_path / "nothing").exists()


def test_a_pin_waits_for_no_writer_and_vacuum_for_none_of_both(store):
    with open_writer(store, now=NOW):
        pin(store, 2, why="", who="me", now=NOW)
        with pytest.raises(StoreBusy, match="another run is writing"):
            _vacuum(store)
    with pins_lock(store), pytest.raises(StoreBusy, match="pins or removes"):
        _vacuum(store)


def test_an_unreadable_pin_stops_a_vacuum(store):
    pin(store, 2, why="", who="me", now=NOW)
    (store / "pins" / "00000002.json").write_text("{")
    with pytest.raises(StoreDamaged, match="pin the version again"):
        _vacuum(store)
    assert kept_versions(store) == [1, 2, 3, 4, 5]
