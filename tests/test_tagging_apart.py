"""Processes that tag: they find what one finds, and none stays when its work or its parent ends."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines import tagging_apart
from pipelines.errors import WorkersLost
from pipelines.tagging import Taggers, find_mentions, make_taggers, read_topics
from tests.store.build import article

_TAGGERS = make_taggers(read_topics(("default",))[:3])
_ARTICLES = [
    article(number, text=f"Sergei Lavrov met {who} in Damascus. “Syria must vote,” Lavrov said.")
    for number, who in enumerate(["John Kerry", "Staffan de Mistura", "nobody"] * 15)
]


@pytest.fixture(autouse=True)
def _few_are_worth_it(monkeypatch):
    monkeypatch.setattr(tagging_apart, "WORTH_IT", 10)


def _apart(taggers=_TAGGERS, articles=_ARTICLES):
    return tagging_apart.tagging(taggers, frozenset(), articles=len(articles), processes=2)


def test_two_processes_find_what_one_finds_in_the_same_order():
    with _apart() as find_all:
        found = list(find_all(iter(_ARTICLES)))
        assert len(multiprocessing.active_children()) == 2
    assert found == [find_mentions(one, _TAGGERS) for one in _ARTICLES]
    assert sum(len(tags.mentions) for tags in found) > len(_ARTICLES)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("articles", [_ARTICLES[:9], []])
def test_few_articles_are_tagged_where_they_are(articles):
    with _apart(articles=articles) as find_all:
        assert list(find_all(articles)) == [find_mentions(one, _TAGGERS) for one in articles]
        assert not multiprocessing.active_children()


def test_taggers_that_nobody_can_make_again_tag_here():
    with _apart(Taggers(_TAGGERS.in_order)) as find_all:
        assert len(list(find_all(_ARTICLES))) == len(_ARTICLES)
        assert not multiprocessing.active_children()


def test_a_process_that_is_ended_is_told_with_what_to_do():
    with _apart() as find_all:
        next(find_all(_ARTICLES))
        for process in multiprocessing.active_children():
            process.kill()
            process.join()
        with pytest.raises(WorkersLost, match="free memory and run again"):
            list(find_all(_ARTICLES))


_FOR_EVER = """
import sys, time
from pipelines import tagging_apart
from tests.test_tagging_apart import _ARTICLES, _TAGGERS

if __name__ == "__main__":
    tagging_apart.WORTH_IT = 1
    with tagging_apart.tagging(_TAGGERS, frozenset(), articles=9, processes=2) as find_all:
        list(find_all(_ARTICLES))
        print("ready", flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc who lives")
def test_none_stays_when_the_process_that_started_them_is_killed(tmp_path):
    script = tmp_path / "tags.py"
    script.write_text(_FOR_EVER)
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) >= 2
        process.send_signal(signal.SIGKILL)
        process.wait()
    end = time.monotonic() + 10
    while any(_lives(one) for one in children) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(_lives(one) for one in children)


def _lives(pid: str) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
