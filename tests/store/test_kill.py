"""A run killed at any point loses nothing, doubles nothing, and no reader sees a part of it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.cli import main
from pipelines.query import Query
from pipelines.store import last_version, open_store

pytestmark = pytest.mark.slow

_KILLS = 50
_SPAN = ["article_id", "kind", "tag", "start"]
_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write files of a few rows each, so that a run has many fetches and several commits."""
    base = tmp_path_factory.mktemp("kills")
    words = random.Random(1)
    for number in range(12):
        rows = [
            {
                "url": f"https://herald.example/{number}/{row}",
                "title": f"Syria report {number}-{row}",
                "text": f"Talks on Syria. {words.random()} Lavrov spoke of Ukraine." * 3,
                "publish_date": f"2015-06-{1 + row % 28:02}",
            }
            for row in range(60)
        ]
        text = "\n".join(map(json.dumps, rows))
        (base / f"part-{number:02}.jsonl").write_text(text)
    return base


def _content(path):
    """Return what a store says, apart from when it was said."""
    with closing(open_store(path)) as store:
        articles = store.articles(Query())
        mentions = store.mentions(Query(topics=("syria", "ukraine")))
        log = store.fetches(Query())
        assert log["stored"].sum() == len(articles)
        assert mentions["article_id"].nunique() == store.article_count(Query(topics=("syria",)))
        rows = articles.drop(columns=["first_seen_at", "copy_of", "syndication_id"])
        return rows.sort_values("article_id").to_csv(index=False), mentions.sort_values(
            _SPAN
        ).to_csv(index=False)


def _start(folder, store):
    code = (
        "import pipelines.store.writer as w, sys; w.BATCH = 60; from pipelines.cli import main; "
        "sys.exit(main(sys.argv[1:]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, "ingest", str(folder), "--store", str(store)],
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_after_fifty_kills_the_store_equals_an_undisturbed_one(folder, tmp_path, capsys):
    undisturbed = tmp_path / "undisturbed"
    started = time.monotonic()
    assert _start(folder, undisturbed).wait() == 0
    whole_run = time.monotonic() - started
    expected = _content(undisturbed)
    moments = random.Random(2)
    store, seen = tmp_path / "killed-0", 0
    for kill in range(_KILLS):
        process = _start(folder, store)
        time.sleep(moments.uniform(0.5, 1.0) * whole_run)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if last_version(store) is not None:
            _content(store)  # a reader opens whole commits only
            seen += 1
        if kill % 10 == 9:  # finish this store, then begin a new one
            assert main(["ingest", str(folder), "--store", str(store)]) == 0
            assert _content(store) == expected
            store = tmp_path / f"killed-{kill + 1}"
    capsys.readouterr()
    assert seen > _KILLS / 2  # most kills fell after a first commit, so they tested something
