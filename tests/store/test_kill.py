"""A run killed at any point loses nothing, doubles nothing, and no reader sees a part of it."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
from contextlib import closing

import pytest

from pipelines.query import Query
from pipelines.store import last_version, open_store
from tests.store.killed_run import apply, run

pytestmark = pytest.mark.slow

_KILLS = 50
_FILES, _ROWS = 3, 20
_SPAN = ["article_id", "kind", "tag", "start"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write files of a few rows each, so that a run has many fetches and a commit for each."""
    base = tmp_path_factory.mktemp("kills")
    words = random.Random(1)
    for number in range(_FILES):
        rows = [
            {
                "url": f"https://herald.example/{number}/{row}",
                "title": f"Syria report {number}-{row}",
                "text": f"Talks on Syria. {words.random()} Lavrov spoke of Ukraine." * 3
                + "\nWrite to our Syria desk.",  # furniture, learned at the end of a run
                "publish_date": f"2015-06-{1 + row % 28:02}",
            }
            for row in range(_ROWS)
        ]
        text = "\n".join(map(json.dumps, rows))
        (base / f"part-{number:02}.jsonl").write_text(text)
    return base


@pytest.fixture(scope="module")
def start():
    """Return a function that starts a run; imports are paid once, in the server it is forked of."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([run.__module__])

    def start(*arguments, target=run):
        process = context.Process(target=target, args=arguments)
        process.start()
        return process

    return start


@pytest.fixture(scope="module")
def undisturbed(folder, start, tmp_path_factory):
    """Return what a store says after a run nobody killed, and how long that run took."""
    times = []
    for number in range(2):  # the first pays for the fork server
        store = tmp_path_factory.mktemp("undisturbed") / str(number)
        started = time.monotonic()
        _finish(start(folder, store))
        times.append(time.monotonic() - started)
    assert last_version(store) > _FILES
    return _content(store), times[-1]


def _finish(process):
    process.join()
    assert process.exitcode == 0


def _content(path):
    """Return what a store says, apart from when it was said."""
    with closing(open_store(path)) as store:
        articles = store.articles(Query())
        mentions = store.mentions(Query(topics=("syria", "ukraine")))
        log = store.fetches(Query())
        assert log["stored"].sum() == len(articles)
        assert mentions["article_id"].nunique() == store.article_count(Query(topics=("syria",)))
        rows = articles.drop(columns=["first_seen_at"])
        return rows.sort_values("article_id").to_csv(index=False), mentions.sort_values(
            _SPAN
        ).to_csv(index=False)


def test_after_fifty_kills_the_store_equals_an_undisturbed_one(
    folder, start, undisturbed, tmp_path
):
    expected, longest = undisturbed  # seconds until a kill, at most; follows the machine's load
    moments = random.Random(2)
    store, kills, seen = tmp_path / "killed-0", 0, 0
    while kills < _KILLS:
        process = start(folder, store)
        time.sleep(moments.uniform(0.1, 1.0) * longest)
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        if process.exitcode == 0:  # it was done before the kill: begin another store
            assert _content(store) == expected
            store = tmp_path / f"killed-{kills}"
            longest *= 0.8
            continue
        kills += 1
        longest *= 1.05
        if last_version(store) is not None:
            _content(store)  # a reader opens whole commits only
            seen += 1
    _finish(start(folder, store))
    assert _content(store) == expected
    assert seen > _KILLS / 3  # enough kills fell after a first commit to test something


def test_a_kill_between_any_two_writes_of_a_commit_leaves_whole_commits(
    folder, start, undisturbed, tmp_path
):
    expected, _ = undisturbed
    assert "Write to our" not in expected[1]
    store = tmp_path / "killed"
    # The topics are committed with 7 syncs, the rows of a file with about 30, and what was learned
    # with 21: a few of each.
    for number in (1, 4, 6, 9, 14, 20, 27, 33, 70, 3, 12, 19):
        process = start(folder, store, number)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        if last_version(store) is not None:
            _content(store)
    _finish(start(folder, store))
    assert _content(store) == expected


def test_a_change_of_topics_killed_at_any_write_is_done_whole_or_not_at_all(
    folder, start, undisturbed, tmp_path
):
    topics = tmp_path / "topics.toml"
    topics.write_text(
        "".join(
            f'[[topic]]\nid = "{topic}"\nname = "{topic}"\nquery = "{query}"\n'
            for topic, query in (("syria", "Syria"), ("ukraine", "Ukraine OR Lavrov"))
        )
    )
    old, _ = undisturbed
    whole = tmp_path / "whole"
    _finish(start(folder, whole))
    # Three parts take 4 syncs each, then 19 more make the commit.
    stores = {number: shutil.copytree(whole, tmp_path / f"{number}") for number in _SYNCS}
    _finish(start(topics, whole, target=apply))
    expected = _content(whole)
    assert expected != old
    for number, store in stores.items():
        process = start(topics, store, number, target=apply)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert _content(store) in (old, expected)
        _finish(start(topics, store, target=apply))
        assert _content(store) == expected
        assert not list((store / "staging").rglob("*.parquet"))


_SYNCS = (2, 6, 9, 13, 17, 22, 27, 30)
