"""A run killed at any point loses nothing, doubles nothing, and no reader sees a part of it."""

import random
import shutil
import signal

import pytest

from pipelines.store import last_version
from tests.effort import EFFORT
from tests.store import kills
from tests.store.killed_run import apply
from tests.store.kills import Runs, content, kill_often, write_rows

pytestmark = pytest.mark.slow

_KILLS = 8 * EFFORT


@pytest.fixture(scope="module")
def runs():
    return Runs()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_rows(tmp_path_factory.mktemp("kills"))


@pytest.fixture(scope="module")
def whole(folder, runs, tmp_path_factory):
    """Return a store that nobody disturbed; tests must not write to it."""
    store = tmp_path_factory.mktemp("undisturbed") / "store"
    runs.finish(folder, store)
    assert last_version(store) > kills.FILES
    return store


def test_after_many_kills_the_store_equals_an_undisturbed_one(folder, runs, tmp_path):
    toll = kill_often(runs, folder, tmp_path, _KILLS, seed=2)
    assert (toll.lost, toll.wrong) == (0, 0)
    assert toll.finished
    assert toll.seen > _KILLS / 3  # enough kills fell after a first commit to test something


def test_a_kill_between_any_two_writes_of_a_commit_leaves_whole_commits(
    folder, runs, whole, tmp_path
):
    expected = content(whole)
    assert "Write to our" not in expected[1]
    store = tmp_path / "killed"
    # The topics are committed with 7 syncs, the rows of a file with about 30, and what was learned
    # with 21: a few of each.
    for number in _some((1, 4, 9, 20, 33, 70, 12), of=range(1, 80)):
        process = runs.start(folder, store, number)
        process.join()
        if process.exitcode == 0:  # fewer writes were left
            assert EFFORT > 1
            break
        assert process.exitcode == -signal.SIGKILL
        if last_version(store) is not None:
            content(store)
    runs.finish(folder, store)
    assert content(store) == expected


def test_a_change_of_topics_killed_at_any_write_is_done_whole_or_not_at_all(runs, whole, tmp_path):
    topics = tmp_path / "topics.toml"
    topics.write_text(
        "".join(
            f'[[topic]]\nid = "{topic}"\nname = "{topic}"\nquery = "{query}"\n'
            for topic, query in (("syria", "Syria"), ("ukraine", "Ukraine OR Lavrov"))
        )
    )
    old, changed = content(whole), shutil.copytree(whole, tmp_path / "changed")
    runs.finish(topics, changed, target=apply)
    expected = content(changed)
    assert expected != old
    # Three parts take 4 syncs each, then 19 more make the commit.
    for number in _some((2, 9, 17, 30), of=range(1, 32)):
        store = shutil.copytree(whole, tmp_path / f"{number}")
        process = runs.start(topics, store, number, target=apply)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert content(store) in (old, expected)
        runs.finish(topics, store, target=apply)
        assert content(store) == expected
        assert not list((store / "staging").rglob("*.parquet"))


def _some(few, *, of):
    """Return the few, or with more effort all in any order."""
    return few if EFFORT == 1 else random.Random(1).sample(of, len(of))
