"""Joining and removing, killed at any point, change nothing that the store says, nor its next run.

A long form: `WIREWATCH_KILLS=200 pytest tests/store/test_upkeep_kills.py`.
"""

import multiprocessing
import os
import random
import shutil
import signal
import time

import pytest

from pipelines.store import last_version
from pipelines.store.upkeep.checking import check
from pipelines.store.upkeep.compaction import compact
from pipelines.store.upkeep.pins import pin
from tests.store.build import NOW
from tests.store.killed_upkeep import clean, join
from tests.store.many_commits import add_commit, make, said_by

pytestmark = pytest.mark.slow

_KILLS = int(os.environ.get("WIREWATCH_KILLS", "2"))
_PINNED = 2
_ROUND = 12  # kills of one store, which gets larger with each


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = make(tmp_path_factory.mktemp("many") / "store")
    pin(path, _PINNED, why="a link", who="me", now=NOW)
    compact(path, now=NOW, most_files=3)
    for number in (4, 5):
        add_commit(path, number)
    return path


@pytest.fixture(scope="module")
def start():
    """Return a function that starts an upkeep in a fork of a process that has loaded all of it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([join.__module__])

    def start(target, *arguments):
        process = context.Process(target=target, args=arguments)
        process.start()
        return process

    return start


def _killed(process, after):
    """Kill a process after so many seconds; return whether it was still at work."""
    process.join(after)
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def test_a_kill_at_a_random_moment_changes_nothing(template, start, tmp_path):
    moments, kills, pinned, longest = random.Random(3), 0, said_by(template, _PINNED), {}
    for target in (join, clean):  # what one takes that nobody kills; the first loads the server
        store = shutil.copytree(template, tmp_path / target.__name__)
        started = time.monotonic()
        assert not _killed(start(target, store), 60)
        longest[target] = time.monotonic() - started
    at_work = True
    while kills < _KILLS:
        if not kills % _ROUND and at_work:
            assert said_by(store, _PINNED) == pinned
            store = shutil.copytree(template, tmp_path / f"{kills}", dirs_exist_ok=True)
            before = said_by(store)
        target = moments.choice((join, clean))
        at_work = _killed(start(target, store), moments.uniform(0, longest[target]))
        longest[target] *= 1.05 if at_work else 0.9
        kills += at_work
        assert said_by(store) == before
        number = last_version(store)
        add_commit(store, 100 + number)
        assert last_version(store) == number + 1
        before = said_by(store)
    assert said_by(store, _PINNED) == pinned
    assert check(store).findings == ()


# Of the steps of each: one between tables, and one just before or after commits change.
@pytest.mark.parametrize(("target", "steps"), [(join, (36, 59)), (clean, (30, 70))])
def test_a_kill_at_a_step_leaves_all_versions_and_the_next_run_finishes(
    template, start, tmp_path, target, steps
):
    before, pinned = said_by(template), said_by(template, _PINNED)
    for step in steps:
        store = shutil.copytree(template, tmp_path / f"{step}")
        assert _killed(start(target, store, step), 60)
        assert said_by(store) == before
        assert said_by(store, _PINNED) == pinned
    assert not _killed(start(target, store), 60)
    assert said_by(store) == before
    assert check(store).findings == ()
