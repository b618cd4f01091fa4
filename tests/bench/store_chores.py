"""What a store does beside answering: opening, a text query, a commit, CSV, memory, bytes."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from shutil import copytree

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pcsv

from pipelines.article import CopyLevel, Mention, Outcome, TagKind, Tags, Zone
from pipelines.query import Query
from pipelines.reports.csv_report import to_csv
from pipelines.store import Store, open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.bench.store_table import Line, timed
from tests.store.build import article, on_day

_FRESH = """
import sys, time
began = time.perf_counter()
from datetime import date
from pathlib import Path
{code}
held = [line for line in open("/proc/self/status") if line.startswith("VmRSS")][0].split()[1]
print(time.perf_counter() - began, int(held) // 1024)
"""
_OURS = """
from pipelines.query import Interval, Query
from pipelines.store import open_store
store = open_store(Path(sys.argv[1]))
query = Query(topics=("topica",), start=date(2013, 1, 1), interval=Interval.DAY)
store.counts(query)
"""
_DASHBOARD = (
    _OURS
    + """
store.totals(query)
recent = Query(start=date(2015, 10, 1), end=date(2015, 12, 31), interval=Interval.DAY)
store.tag_counts(recent, "entity")
store.tag_counts(query, "country")
store.articles(query, limit=50)
"""
)
_PANDAS = """
import pandas as pd
rows = pd.read_parquet(Path(sys.argv[1] + "-flat") / "tags.parquet", columns=["kind", "tag", "day"])
rows[(rows["kind"] == "topic") & (rows["tag"] == "topica")].groupby("day").size()
"""
_POLARS = """
import polars as pl
rows = pl.scan_parquet(Path(sys.argv[1] + "-flat") / "tags.parquet")
rows = rows.filter((pl.col("kind") == "topic") & (pl.col("tag") == "topica"))
rows.group_by("day").agg(pl.len()).collect()
"""
BATCH = 500


def chores(store: Store, *, has_texts: bool, rounds: int) -> Iterator[Line]:
    """Yield the lines of a store."""
    yield from _processes(store.path)
    yield _sizes(store)
    yield _csv(rounds)
    if has_texts:
        yield from _commits(store, rounds)


def _fresh(code: str, store: Path) -> tuple[float, int]:
    """Return the seconds a new process took to its first answer, and the MB it held then."""
    command = [sys.executable, "-c", _FRESH.format(code=code), str(store)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path.cwd())
    seconds, held = done.stdout.split()
    return float(seconds), int(held)


def _processes(store: Path) -> Iterator[Line]:
    codes = {"ours": _OURS, "pandas, from files": _PANDAS, "polars, from files": _POLARS}
    found: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(3):
        for name, code in codes.items():
            found[name].append(_fresh(code, store)[0])
    walls = {name: round(min(times) * 1000) for name, times in found.items()}
    said = ", ".join(f"{name} {wall} ms" for name, wall in walls.items())
    yield Line("new process to first data, imports too", said=said)
    yield Line("memory of a dashboard's process", said=f"{_fresh(_DASHBOARD, store)[1]} MB")


def _sizes(store: Store) -> Line:
    count = store.article_count(Query())
    sizes = {
        path.name: sum(f.stat().st_size for f in path.rglob("*") if f.is_file()) / count
        for folder in ("tables", "index")
        for path in sorted((store.path / folder).iterdir())
        if path.is_dir()
    }
    shown = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items() if size >= 1)
    return Line("bytes an article", said=f"{sum(sizes.values()):.0f} ({shown})")


def _csv(rounds: int) -> Line:
    n = 100_000
    rows = pd.DataFrame(
        {
            "article_id": range(n),
            "day": [date(2015, 1, 1)] * n,
            "outlet_name": ["Outlet 1"] * n,
            "outlet_country": ["GB"] * n,
            "kind": ["topic"] * n,
            "tag": ["syria"] * n,
            "zone": ["lede"] * n,
            "start": range(n),
            "end": range(5, n + 5),
            "surface": ["Syria"] * n,
            "sentence": [f"Talks on Syria went on, round {k}." for k in range(n)],
            "why": ["syria"] * n,
        }
    )
    table = pa.Table.from_pandas(rows, preserve_index=False)

    def plain() -> bytes:
        sink = pa.BufferOutputStream()
        pcsv.write_csv(table, sink, pcsv.WriteOptions(eol="\r\n"))
        return sink.getvalue().to_pybytes()

    calls = {
        "ours": partial(to_csv, rows, "mentions"),
        "pyarrow, without guards": plain,
        "pandas, without guards": partial(rows.to_csv, index=False, lineterminator="\r\n"),
    }
    return timed("CSV of 100,000 rows of evidence", calls, rounds=min(rounds, 3))


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


def _commits(store: Store, rounds: int) -> Iterator[Line]:
    """Yield the line of a commit of 500 articles, ours in a copy made of hard links."""
    with tempfile.TemporaryDirectory(dir=store.path.parent) as folder:
        copy = copytree(store.path, Path(folder) / "store", copy_function=os.link)
        rival = _Upsert(Path(folder) / "rows.db")
        with open_writer(copy, now=datetime(2016, 1, 3, tzinfo=UTC)) as writer:
            batches = [_batch(seed) for seed in range(2 * rounds + 2)]
            ours, theirs = iter(batches), iter(batches)

            def commit() -> None:
                for one, tags in next(ours):
                    decision = Decision(Outcome.STORED, one.article_id, 1)
                    writer.add(one, decision, Placement(one.article_id, CopyLevel.NONE), tags)
                writer.flush()

            def upsert() -> None:
                rival.upsert(next(theirs))

            calls = {"ours": commit, "SQLite, synchronous FULL": upsert}
            yield timed("commit of 500 articles, with fsync", calls, rounds=rounds)


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
