"""Questions answered by other processes: what they find, and what becomes of one that ends."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from dashboard.answering.apart import Apart, NotAnswered
from dashboard.answering.process import Labels, Question
from dashboard.answering.questions import AT_HOME, QUESTIONS, frame_of, standing_out
from dashboard.data import opening
from dashboard.data.newest import newest_key
from pipelines.query import Interval, Query, Unit
from pipelines.store import open_store

ROOT = Path(__file__).resolve().parents[2]
LABELS = Labels({}, ("default",))
QUERIES = (
    Query(topics=("syria", "unsc"), interval=Interval.WEEK),
    Query(outlet_countries=("RU",), interval=Interval.DAY, unit=Unit.MENTIONS),
    Query(text="council", interval=Interval.MONTH),
)
SOON = 60  # seconds


def _wait_for(said):
    end = time.monotonic() + SOON
    while not said():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(scope="module")
def apart():
    processes = Apart(lambda: 1, patience=SOON)
    processes.begin()
    _wait_for(lambda: processes.pids)
    yield processes
    processes.end()


@pytest.fixture(scope="module")
def here(full_store):
    store = open_store(full_store)
    yield store
    store.close()


def _asked(store, make, *asked, version=None):
    path, newest, stamp = newest_key(store, None)
    return Question(make, path, version or newest, stamp, LABELS, asked)


@pytest.mark.parametrize("what", sorted(QUESTIONS.keys() - AT_HOME))
def test_another_process_finds_the_same(apart, full_store, here, what):
    field = what.removeprefix("compared ")
    compared = {field: ("RU", "GB"), "topics": ("syria",), "text": ""} if field != what else {}
    for query in (replace(one, **compared) for one in QUERIES):
        found = apart.ask(_asked(full_store, frame_of, what, query))
        assert_frame_equal(found, frame_of(here, what, query))


def test_peaks_or_the_closest_to_one_are_the_same(apart, full_store, here):
    for query in QUERIES:
        found = apart.ask(_asked(full_store, standing_out, query))
        for one, other in zip(found, standing_out(here, query), strict=True):
            assert_frame_equal(one, other)


def test_countries_are_called_as_each_question_wants(apart, full_store):
    def labels(names):
        question = Question(
            frame_of,
            *newest_key(full_store, None),
            Labels(names, ("default",)),
            ("published in", Query()),
        )
        return set(apart.ask(question)["label"])

    assert "Albion" in labels({"GB": "Albion"})
    assert "United Kingdom" in labels({})


def test_a_commit_that_is_gone_is_not_answered_and_the_next_question_is(apart, full_store):
    with pytest.raises(NotAnswered, match="99"):
        apart.ask(_asked(full_store, frame_of, "attention", QUERIES[0], version=99))
    assert len(apart.ask(_asked(full_store, frame_of, "attention", QUERIES[0])))


def test_another_process_begins_where_one_was_ended(full_store):
    processes = Apart(lambda: 1, patience=SOON)
    processes.begin()
    _wait_for(lambda: processes.pids)
    (killed,) = processes.pids
    os.kill(killed, signal.SIGKILL)
    question = _asked(full_store, frame_of, "attention", QUERIES[0])
    with pytest.raises(NotAnswered):
        processes.ask(question)
    _wait_for(lambda: processes.pids)
    assert processes.pids != [killed]
    assert len(processes.ask(question))
    processes.end()
    assert processes.pids == []
    with pytest.raises(NotAnswered):
        processes.ask(question)


def test_nothing_is_begun_before_it_is_wanted(full_store):
    processes = Apart(lambda: 1, patience=SOON)
    with pytest.raises(NotAnswered):
        processes.ask(_asked(full_store, frame_of, "attention", QUERIES[0]))
    assert processes.pids == []


def test_pages_have_answers_from_apart_and_from_here_where_nobody_answers(
    apart, full_store, monkeypatch
):
    monkeypatch.setenv("WIREWATCH_STORE", str(full_store))
    monkeypatch.setattr(opening, "_APART", apart)
    key = opening.key_of(None)
    with monkeypatch.context() as closed:
        closed.setattr(opening, "opened", lambda key: pytest.fail("asked here"))
        there = opening.counted(frame_of, key, "attention", QUERIES[0])
    monkeypatch.setattr(opening, "_APART", Apart(lambda: 0, patience=0))
    assert_frame_equal(there, opening.counted(frame_of, key, "attention", QUERIES[0]))
    assert isinstance(there, pd.DataFrame)


_STARTS = """
import time
from dashboard.answering.apart import Apart
apart = Apart(lambda: 1, 1)
apart.begin()
while not apart.pids:
    time.sleep(.02)
print(*apart.pids, flush=True)
time.sleep(600)
"""


def _runs(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_a_process_ends_with_a_dashboard_that_is_killed():
    with subprocess.Popen(
        [sys.executable, "-c", _STARTS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as dashboard:
        assert dashboard.stdout is not None
        pid = int(dashboard.stdout.readline())
        assert _runs(pid)
        dashboard.kill()
        dashboard.wait()
    _wait_for(lambda: not _runs(pid))


def test_paths_are_read_from_where_the_dashboard_was_started(full_store, tmp_path, monkeypatch):
    (tmp_path / "dashboard").mkdir()  # which is not ours
    (tmp_path / "store").symlink_to(full_store)
    monkeypatch.chdir(tmp_path)
    processes = Apart(lambda: 1, patience=SOON)
    processes.begin()
    _wait_for(lambda: processes.pids)
    path, version, stamp = newest_key(Path("store"), None)
    assert not Path(path).is_absolute()
    question = Question(frame_of, path, version, stamp, LABELS, ("attention", QUERIES[0]))
    assert len(processes.ask(question))
    processes.end()
