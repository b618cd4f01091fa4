"""Kill runs of the line at random moments, and count what a store lost or doubled by that.

Usage: python -m tests.store.kills [KILLS] [SEED]   (default 1,000)

A run reads a few files into a store, with a commit for each. It is killed and started again until
it gets to its end; then the next store begins. After each kill a reader opens what is there.
"""

import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipelines.query import Query
from pipelines.store import Store, last_version, open_store
from tests.store.killed_run import run

FILES, ROWS = 3, 20
_SPAN = ["article_id", "kind", "tag", "start"]
# Facts by what must be there once; an article's versions, and a capture's, are facts of their own.
_ONCE = {
    "articles": "article_id, version",
    "texts": "article_id, version",
    "annotations": "article_id, version",
    "copies": "article_id, version",
    "captures": "capture_id",
    "fetches": "fetch_id",
    "mentions": "article_id, version, kind, tag, start",
}


class Runs:
    """Starts runs in processes of their own; imports are paid once, in the server they fork of."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([run.__module__])

    def start(self, *arguments, target=run):
        process = self._context.Process(target=target, args=arguments)
        process.start()
        return process

    def finish(self, *arguments, target=run) -> float:
        """Let a run get to its end; return how many seconds it took."""
        begun = time.monotonic()
        process = self.start(*arguments, target=target)
        process.join()
        assert process.exitcode == 0
        return time.monotonic() - begun


def write_rows(folder: Path) -> Path:
    """Write files of a few rows each, so that a run has many fetches and a commit for each."""
    words = random.Random(1)
    for number in range(FILES):
        rows = [
            {
                "url": f"https://herald.example/{number}/{row}",
                "title": f"Syria report {number}-{row}",
                "text": f"Talks on Syria. {words.random()} Lavrov spoke of Ukraine." * 3
                + "\nWrite to our Syria desk.",  # furniture, learned at the end of a run
                "publish_date": f"2015-06-{1 + row % 28:02}",
            }
            for row in range(ROWS)
        ]
        text = "\n".join(map(json.dumps, rows))
        (folder / f"part-{number:02}.jsonl").write_text(text)
    return folder


def content(path: Path) -> tuple[str, str, frozenset[int]]:
    """Return articles and mentions of a store as CSV, without when it was said; and article ids."""
    with closing(open_store(path)) as store:
        articles = store.articles(Query())
        mentions = store.mentions(Query(topics=("syria", "ukraine")))
        log = store.fetches(Query())
        assert log["stored"].sum() == len(articles)
        assert mentions["article_id"].nunique() == store.article_count(Query(topics=("syria",)))
        assert not doubled(store)
        rows = articles.drop(columns=["first_seen_at"]).sort_values("article_id")
        spans = mentions.sort_values(_SPAN)
        return rows.to_csv(index=False), spans.to_csv(index=False), frozenset(rows["article_id"])


def doubled(store: Store) -> dict[str, int]:
    """Return table -> rows too many, of the tables that have some."""
    found = {}
    with store._connection.cursor() as cursor:
        for table, key in _ONCE.items():
            sql = f"SELECT count(*) - count(DISTINCT ({key})) FROM {table}"
            (more,) = cursor.execute(sql).fetchone()
            if more:
                found[table] = more
    return found


@dataclass
class Toll:
    """What so many kills did: kills after a first commit, stores that got to their end."""

    kills: int = 0
    seen: int = 0
    finished: int = 0
    lost: int = 0  # articles that a commit had and a later one has not
    wrong: int = 0  # stores that did not end as one that nobody disturbed


def kill_often(runs: Runs, folder: Path, place: Path, kills: int, seed: int) -> Toll:
    """Kill so many runs over `folder`, in stores under `place`; return what that did."""
    runs.finish(folder, place / "first")  # starts the fork server
    longest = runs.finish(folder, place / "whole")  # seconds until a kill; follows the load
    expected, moments, toll = content(place / "whole"), random.Random(seed), Toll()
    store, before = place / "killed", frozenset()
    while toll.kills < kills:
        process = runs.start(folder, store)
        time.sleep(moments.uniform(0.05, 1.0) * longest)
        if process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        if process.exitcode == 0:  # it was done before the kill: begin another store
            longest *= 0.8
            _end(toll, store, expected)
            before = frozenset()
            continue
        toll.kills += 1
        longest *= 1.05
        if last_version(store) is not None:
            *_, now = content(store)  # a reader opens whole commits only
            toll.seen, toll.lost, before = toll.seen + 1, toll.lost + len(before - now), now
    runs.finish(folder, store)
    _end(toll, store, expected)
    return toll


def _end(toll: Toll, store: Path, expected: tuple[object, ...]) -> None:
    toll.finished += 1
    toll.wrong += content(store) != expected
    shutil.rmtree(store)


def main() -> None:
    """Make the kills and print what they did."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    toll, done = Toll(), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "rows"
        folder.mkdir()
        write_rows(folder)
        while done < kills:
            part = min(50, kills - done)
            place = Path(name) / str(done)
            place.mkdir()
            made = kill_often(Runs(), folder, place, part, seed + done)
            values = {key: value + getattr(made, key) for key, value in vars(toll).items()}
            toll, done = Toll(**values), done + part
            print(toll, time.strftime("%H:%M:%S"), flush=True)


if __name__ == "__main__":
    main()
