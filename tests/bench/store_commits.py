"""What it costs to add to a store, and to tag it again: beside SQLite, and as a store grows.

All is done in copies made of hard links, which leave the drawn store as it is.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

from pipelines.article import CopyLevel, Mention, Outcome, TagKind, Tags, Zone
from pipelines.query import Interval, Query
from pipelines.retag import names_hash, refresh_tags
from pipelines.store import Writer, open_store, open_writer
from pipelines.store.files.commits import read_commit, write_commit
from pipelines.store.fulltext import manifest
from pipelines.syndication import Placement
from pipelines.tagging import make_taggers
from pipelines.tagging.topics import Topic
from pipelines.versions import Decision
from tests.bench.store_corpus import TOPICS_NAMED, corpus_in
from tests.bench.store_table import Line, timed
from tests.store.build import article, on_day

BATCH = 500
SMALL = 10_000  # articles of the store that a commit's cost is held against
_NOW = datetime(2016, 1, 3, tzinfo=UTC)


def commit_lines(store: Path, rounds: int) -> Iterator[Line]:
    """Yield the lines of a commit of 500 articles: beside SQLite, and beside a small store."""
    small, times = corpus_in(store.parent, SMALL), rounds + 1
    with ExitStack() as stack:
        folder = stack.enter_context(_folder(store))
        rival = _Upsert(folder / "rows.db")
        batches = iter([_batch(seed) for seed in range(times)])
        ours = stack.enter_context(_committing(store, folder / "store", times))
        calls = {"ours": ours, "SQLite, synchronous FULL": lambda: rival.upsert(next(batches))}
        yield timed("commit of 500 articles, with fsync", calls, rounds=rounds)
    with ExitStack() as stack:  # copies without these commits in their logs
        folder = stack.enter_context(_folder(store))
        ours = stack.enter_context(_committing(store, folder / "store", times))
        beside = stack.enter_context(_committing(small, folder / "small", times))
        calls = {"ours": ours, f"a store of {SMALL:,}": beside}
        yield timed("the same, as the store grows", calls, rounds=rounds)


def retag_lines(store: Path) -> Iterator[Line]:
    """Yield what a changed query of one topic of ten costs, and the first reader after it."""
    changed = Topic(TOPICS_NAMED[-1], "", f"{TOPICS_NAMED[-1]} OR neverthere")
    topics = [*(Topic(one, one.title(), one) for one in TOPICS_NAMED[:-1]), changed]
    taggers = make_taggers(topics)
    with _folder(store) as folder:
        copy = copytree(store, folder / "store", copy_function=os.link)
        last = read_commit(copy)
        now = replace(last, version=last.version + 1, tags_hash=names_hash(taggers.names))
        write_commit(copy, now)  # as if its tags had been made with today's names and code
        index = manifest.folder_of(copy)
        manifest.write_entries(index, manifest.read_entries(index), tags=now.tags_hash)
        with closing(open_store(copy)) as reader:
            reader.counts(Query(text=TOPICS_NAMED[0]))  # the index is open
            preview = Query(text=changed.query, interval=Interval.DAY)
            shown, _ = _spent(lambda: reader.counts(preview))
        with open_writer(copy, now=_NOW) as writer:
            exact, done = _spent(lambda: refresh_tags(writer, taggers, topics))
        took = f"exact {exact} for {done.versions:,} texts"
        yield Line("one topic of ten tagged again", said=f"preview {shown}, {took}")
        query = Query(topics=(changed.id,), interval=Interval.DAY)
        first, _ = _spent(lambda: _first_answer(copy, query))
        again, _ = _spent(lambda: _first_answer(copy, query))
        yield Line("first reader of a new version", said=f"{first}; the next one {again}")


def _first_answer(store: Path, query: Query) -> None:
    with closing(open_store(store)) as reader:
        reader.counts(query)


def _spent(call: Callable[[], object]) -> tuple[str, object]:
    """Return the time a call took, and what it returns."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = call()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if max(wall, cpu) < 1:
        return f"{wall * 1000:.0f} / {cpu * 1000:.0f} ms", done
    return f"{wall:.1f} / {cpu:.1f} s", done


@contextmanager
def _folder(store: Path) -> Iterator[Path]:
    """Yield a folder on the same disk, since hard links cross none."""
    with tempfile.TemporaryDirectory(dir=store.parent) as folder:
        yield Path(folder)


@contextmanager
def _committing(store: Path, copy: Path, times: int) -> Iterator[Callable[[], None]]:
    """Yield what commits one more batch to a copy of a store, up to so many times."""
    copytree(store, copy, copy_function=os.link)
    batches = iter([_batch(seed) for seed in range(times)])
    with open_writer(copy, now=_NOW) as writer:
        yield lambda: _commit(writer, next(batches))


def _commit(writer: Writer, batch: list[tuple]) -> None:
    for one, tags in batch:
        decision = Decision(Outcome.STORED, one.article_id, 1)
        writer.add(one, decision, Placement(one.article_id, CopyLevel.NONE), tags)
    writer.flush()


def _batch(seed: int) -> list[tuple]:
    """Return articles and tags of one batch, as a writer and as SQLite take them."""
    made = []
    for number in range(BATCH):
        one = article(10**9 + seed * BATCH + number, on_day(date(2015, 12, 31)), text="Syria " * 60)
        one = replace(one, sketch=None)
        mentions = tuple(
            Mention(TagKind.TOPIC, "topica", 12 + 6 * k, 17 + 6 * k, "Syria", Zone.LEDE, why="x")
            for k in range(6)
        )
        made.append((one, Tags(mentions, ("topica",))))
    return made


class _Upsert:
    """The same rows in SQLite's tables, in WAL mode."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript(
            """PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE articles (id INTEGER PRIMARY KEY, version INT, url TEXT, outlet TEXT,
                country TEXT, language TEXT, title TEXT, day TEXT, seen TEXT);
            CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT);
            CREATE TABLE tags (id INT, kind TEXT, tag TEXT, n INT, PRIMARY KEY (id, kind, tag));
            CREATE TABLE mentions (id INT, start INT, stop INT, kind TEXT, tag TEXT, surface TEXT,
                zone TEXT, PRIMARY KEY (id, start, kind, tag));"""
        )

    def upsert(self, batch: list[tuple]) -> None:
        replacing = "INSERT OR REPLACE INTO"
        now = datetime(2016, 1, 3, tzinfo=UTC).isoformat()
        with self.connection as connection:
            for one, tags in batch:
                day = one.publication.published_day
                connection.execute(
                    f"{replacing} articles VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        *(one.article_id, one.url, one.outlet.id, one.outlet.country),
                        *(one.language, one.title, day.isoformat(), now),
                    ),
                )
                connection.execute(f"{replacing} texts VALUES (?, ?)", (one.article_id, one.text))
                key = (one.article_id, "topic", "topica", len(tags.mentions))
                connection.execute(f"{replacing} tags VALUES (?, ?, ?, ?)", key)
                rows = [
                    (one.article_id, m.start, m.end, m.kind, m.tag, m.surface, m.zone)
                    for m in tags.mentions
                ]
                connection.executemany(f"{replacing} mentions VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
