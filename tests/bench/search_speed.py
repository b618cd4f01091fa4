"""Time searches over drawn articles: ours, SQLite FTS5, tantivy and pandas, turn and turn about.

Usage: python -m tests.bench.search_speed [ARTICLES] [FOLDER]   (default 100,000; needs tantivy)

Asked is what the search box asks: counts by day under filters, and the 20 newest articles with
their sentences. Ours are the store's own reads with nothing kept from the question before. "index
alone" is what of it the index does: the facts are in the query, its articles are counted by day.
Times are medians of warm rounds on the wall; pandas is asked once and over 100,000 articles at
most. With FOLDER what was built is kept there and used again.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.query import Interval, Query
from pipelines.querylang import match, parse
from pipelines.store import open_store
from pipelines.store.fulltext import Evaluation, folder_of, update_index
from pipelines.store.texts import read_texts
from tests.bench.search_corpus import FIRST_DAY, drawn, write_store
from tests.bench.search_rivals import ASKED, Asked, Fts5, Pandas, Tantivy, filled

_ROUNDS = 9
_PANDAS = 100_000
_RESCANNED = 5_000
TOPIC = '("security council" OR unsc) AND (syria OR iran) AND NOT ukrain*'


class Ours:
    """The store's reads."""

    name = "ours"

    def __init__(self, path: Path) -> None:
        self.store = open_store(path)

    def _query(self, asked: Asked) -> Query:
        self.store._free_text.kept.clear()
        return Query(
            text=asked.ours,
            outlet_countries=(asked.country,) if asked.country else (),
            start=FIRST_DAY + timedelta(days=asked.since) if asked.since else None,
            interval=Interval.DAY,
        )

    def by_day(self, asked: Asked) -> int:
        return int(self.store.counts(self._query(asked))["articles"].sum())

    def newest(self, asked: Asked) -> int:
        return self.store.mentions(self._query(asked), newest=20)["article_id"].nunique()


def timed(what: str, calls: dict[str, Callable[[], int]]) -> dict[str, float]:
    """Return the median milliseconds of each call, all of them asked in every round."""
    answers = {name: call() for name, call in calls.items()}
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(_ROUNDS):
        for name, call in calls.items():
            began = time.perf_counter()
            call()
            spent[name].append((time.perf_counter() - began) * 1000)
    found = {name: median(times) for name, times in spent.items()}
    shown = "  ".join(f"{n} {found[n]:8.1f} ({answers[n]})" for n in calls)
    ratios = ", ".join(f"{n} {found[n] / found['ours']:.1f}x" for n in calls if n != "ours")
    print(f"{what:<26} {shown}   {ratios}", flush=True)
    return found


def _build(folder: Path, count: int) -> None:
    began = time.perf_counter()
    files = write_store(folder / "store", drawn(count))
    print(f"store written in {time.perf_counter() - began:.0f} s", flush=True)
    cpu, began = time.process_time(), time.perf_counter()
    update_index(folder / "store", files, anew=True)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - began
    print(f"ours: index in {wall:.0f} s, {cpu:.0f} s CPU: {count / cpu:.0f} articles/s", flush=True)
    for rival in (Fts5(folder / "fts5.db"), Tantivy(folder / "tantivy")):
        spent, cpu = 0.0, 0.0
        for part in drawn(count):
            began, begun = time.perf_counter(), time.process_time()
            rival.add(part)
            spent += time.perf_counter() - began
            cpu += time.process_time() - begun
        began, begun = time.perf_counter(), time.process_time()
        rival.finish()
        spent, cpu = spent + time.perf_counter() - began, cpu + time.process_time() - begun
        size = rival.size() / count
        print(f"{rival.name}: in {spent:.0f} s, {cpu:.0f} s CPU; {size:.0f} bytes an article")


def _sizes(store: Path, count: int) -> None:
    texts = sorted((store / "tables" / "texts").glob("*.parquet"))
    packer, packed, articles = pa.Codec("zstd", compression_level=3), 0, 0
    for path in texts[:4]:
        for group in pq.ParquetFile(path).iter_batches(512, columns=["text"]):
            rows = group["text"].to_pylist()
            packed, articles = (
                packed + len(packer.compress("\0".join(rows).encode())),
                articles + len(rows),
            )
    index = sum(p.stat().st_size for p in folder_of(store).rglob("*") if p.is_file()) / count
    zstd = packed / articles
    print(f"index {index:.0f} bytes an article; texts zstd -3 {zstd:.0f}: {index / zstd:.2f}x")


def _main(count: int, folder: Path) -> None:
    if not (folder / "tantivy").exists():
        _build(folder, count)
    _sizes(folder / "store", count)
    fts5, rival = Fts5.reopened(folder / "fts5.db"), Tantivy.reopened(folder / "tantivy")
    pandas = Pandas()
    filled([pandas], islice(drawn(count), -(-_PANDAS // 25_000)))
    pandas.finish()
    ours = Ours(folder / "store")
    began = time.perf_counter()
    ours.by_day(ASKED[0])
    print(f"first search of a reader {(time.perf_counter() - began) * 1000:.0f} ms")
    print(f"milliseconds (articles), {count} articles, median of {_ROUNDS}")
    alone = by_day_of_index(ours)
    totals: dict[str, list[dict[str, float]]] = {"by_day": [], "newest": []}
    for kind, rows in totals.items():
        for asked in ASKED:
            calls = {one.name: partial(getattr(one, kind), asked) for one in (ours, fts5, rival)}
            if kind == "by_day":
                calls["index alone"] = partial(alone, asked)
            rows.append(timed(f"{kind}: {asked.name}", calls))
        for own in [name for name in ("ours", "index alone") if name in rows[0]]:
            for name in ("FTS5", "tantivy"):
                ratio = median(row[name] / row[own] for row in rows)
                print(f"{kind}, {own}: median over the questions {ratio:.2f}x ahead of {name}")
    for asked in ASKED:
        began = time.perf_counter()
        found = pandas.by_day(asked)
        spent = (time.perf_counter() - began) * 1000
        print(f"pandas, by_day: {asked.name}: {spent:.0f} ms over {len(pandas.texts)} ({found})")
    _topic(ours)


def _topic(ours: Ours) -> None:
    """Print what a changed topic takes: all its counts, through the index and by the matcher."""
    ours.store._free_text.kept.clear()
    began = time.perf_counter()
    hits = ours.store.text_hits(TOPIC)
    print(f"a changed topic: {len(hits)} articles in {time.perf_counter() - began:.2f} s")
    counts = dict(zip(hits["article_id"], hits["n"], strict=True))
    parsed, differing, done = parse(TOPIC), 0, 0
    began = time.perf_counter()
    for text in islice(read_texts(ours.store._connection.cursor(), ()), _RESCANNED):
        spans = match(parsed, text.searchable)
        differing += counts.get(text.article_id) != (None if spans is None else len(spans))
        done += 1
    spent = time.perf_counter() - began
    print(f"reading {done} texts takes {spent:.1f} s; {differing} of them counted otherwise")


def by_day_of_index(ours: Ours) -> Callable[[Asked], int]:
    """Return the question to the index alone: facts in the query, articles counted by day."""
    space, corpus = ours.store._searcher._open()
    days = ours.store._connection.sql("SELECT article_id, published_day FROM article")
    table = days.to_arrow_table().sort_by("article_id")
    number = table["published_day"].cast(pa.int32()).to_numpy()
    of_slot = number[np.searchsorted(np.sort(corpus.ids), corpus.ids)][corpus.row_of]

    def _asked(asked: Asked) -> int:
        facts = [f"outlet_country:{asked.country}"] if asked.country else []
        if asked.since:
            facts.append(f"published:{FIRST_DAY + timedelta(days=asked.since)}/")
        tree = parse(" AND ".join([f"({asked.ours})", *facts])).tree
        counted = Evaluation(space, corpus).count(tree)
        return int(np.bincount(of_slot[counted.slots]).sum())

    return _asked


def main() -> None:
    """Run with what the command line says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        folder = Path(sys.argv[2])
        folder.mkdir(parents=True, exist_ok=True)
        _main(count, folder)
        return
    with tempfile.TemporaryDirectory() as name:
        _main(count, Path(name))


if __name__ == "__main__":
    main()
