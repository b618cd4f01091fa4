"""A run of a page is of one commit throughout, and so are the files it offers."""

import shutil
from datetime import UTC, datetime
from threading import Thread

import pytest

from dashboard import data
from pipelines.query import Query
from pipelines.store import hide


@pytest.fixture
def store(full_store, tmp_path, monkeypatch):
    """Return a copy of the full store, in which the dashboard looks."""
    shutil.copytree(full_store, tmp_path / "store")
    monkeypatch.setenv("WIREWATCH_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def _hide_one(store):
    article = int(data.articles(Query(), 1).iloc[0]["article_id"])
    hide(store, article, who="me", why="to see", now=datetime.now(UTC))


def _in_a_run(do):
    """Do something in a thread of its own, as runs are, and return what it returns."""
    found = []
    thread = Thread(target=lambda: found.append(do()))
    thread.start()
    thread.join()
    return found[0]


def test_a_commit_that_comes_during_a_run_is_seen_by_the_next(store):
    def run():
        data.begin_run()
        before = data.count(Query())
        _in_a_run(lambda: _hide_one(store))
        during = data.count(Query())
        data.begin_run()
        return before, during, data.count(Query())

    before, during, after = _in_a_run(run)
    assert (during, after) == (before, before - 1)


def test_a_file_asked_for_later_is_of_the_commit_that_was_on_screen(store):
    def run():
        data.begin_run()
        return data.count(Query()), data.as_in_this_run(
            lambda: len(data.frame("articles", Query()))
        )

    shown, file = _in_a_run(run)
    _in_a_run(lambda: _hide_one(store))
    assert file() == shown
    assert len(data.frame("articles", Query())) == shown - 1
