"""Two writers and three readers at one store, for as long as one likes.

Usage: python -m tests.store.race [SECONDS]   (default 600)

Both writers bring the same batches, each in an order of its own; whoever finds the store taken
tries again. A batch is whole or not there, and there once, whoever brought it first. Readers open
the newest version again and again, one of them a version that it has read before.
"""

import json
import multiprocessing
import random
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.config import SourceConfig
from pipelines.errors import StoreBusy
from pipelines.ingest import ingest
from pipelines.query import Query
from pipelines.sources import read_source
from pipelines.store import Store, last_version, open_store, open_writer
from tests.store import killed_run
from tests.store.kills import doubled

ROWS = 5  # of a batch
_NOW = datetime(2015, 7, 1, tzinfo=UTC)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Tally:
    """What one process did: batches brought or versions read, and how often the store was taken."""

    done: int = 0
    busy: int = 0


def write_batch(folder: Path, number: int) -> Path:
    """Write the file of a batch; the number decides what is in it."""
    words = random.Random(number)
    rows = [
        {
            "url": f"https://herald.example/{number}/{row}",
            "title": f"Syria {number} {row}",
            # A word of its own: lines that differ in numbers only would be furniture.
            "text": f"Talks on {''.join(words.choices(_LETTERS, k=12))}, Lavrov said in Ukraine.",
            "publish_date": f"2015-06-{1 + number % 28:02}",
        }
        for row in range(ROWS)
    ]
    path = folder / f"batch-{number}.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def bring(store: Path, folder: Path, seconds: float, seed: int, tell) -> None:
    """Bring batches, each until the store takes it; tell how many, and how often it was taken."""
    until, tally, draw = time.monotonic() + seconds, Tally(), random.Random(seed)
    number = 0
    while not number or time.monotonic() < until:
        ahead = list(range(number, number + 4))
        draw.shuffle(ahead)  # the other writer has the same four in another order
        for one in ahead:
            path = write_batch(folder / str(seed), one)
            while not _brought(store, path):
                tally.busy += 1
                time.sleep(draw.uniform(0, 0.05))
            tally.done += 1
        number += 4
    tell.put(("writer", asdict(tally)))


def _brought(store: Path, path: Path) -> bool:
    try:
        with open_writer(store, now=_NOW) as writer:
            stream = read_source(SourceConfig(location=str(path), name="batches"))
            ingest(stream, writer, killed_run.READER, taggers=killed_run.TAGGERS)
    except StoreBusy:
        return False
    return True


def watch(store: Path, seconds: float, seed: int, tell) -> None:
    """Read the newest version, and one read before, over and over; any error ends the process."""
    tally, newest, seen, draw = Tally(), 0, {}, random.Random(seed)
    while last_version(store) is None:
        time.sleep(0.01)
    until = time.monotonic() + seconds
    while not seen or time.monotonic() < until:
        with closing(open_store(store)) as opened:
            assert opened.version >= newest
            newest = opened.version
            seen[newest] = check_whole(opened)
        with closing(open_store(store, snap=draw.choice(list(seen)))) as old:
            assert check_whole(old) == seen[old.version]
        tally.done += 2
    tell.put(("reader", asdict(tally)))


def check_whole(store: Store) -> int:
    """Return the batches of a version; AssertionError where one is in parts, or there twice."""
    articles = store.articles(Query())
    batches = articles["url"].str.split("/").str[3].value_counts()
    assert (batches == ROWS).all(), batches.to_dict()
    found = doubled(store)
    assert not found, found
    assert store.fetches(Query())["stored"].sum() == len(articles)
    named = store.mentions(Query(entities=("sergei-lavrov",)))
    assert named["article_id"].nunique() == len(articles)
    assert store.article_count(Query(text="talks Ukraine")) == len(articles)
    return len(batches)


def race(place: Path, seconds: float) -> dict[str, Tally]:
    """Let them run; return what writers and readers did together. Raises where one failed."""
    for seed in (0, 1):
        (place / str(seed)).mkdir()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    tell, store = context.Queue(), place / "store"
    processes = [
        *(context.Process(target=bring, args=(store, place, seconds, n, tell)) for n in range(2)),
        *(context.Process(target=watch, args=(store, seconds, n, tell)) for n in range(3)),
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0, f"{process.name} failed"
    told = {"writer": Tally(), "reader": Tally()}
    for who, numbers in (tell.get() for _ in processes):
        told[who].done += numbers["done"]
        told[who].busy += numbers["busy"]
    return told


def main() -> None:
    """Run the race and print what came of it."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    with tempfile.TemporaryDirectory() as name:
        told = race(Path(name), seconds)
        with closing(open_store(Path(name) / "store")) as store:
            print(told, f"{check_whole(store)} batches in version {store.version}, each once")


if __name__ == "__main__":
    main()
