"""Time peaks of all topics over a drawn store: `python -m tests.bench.peaks_speed [200000]`.

So many articles of 300 outlets over three years, a tenth of them copies, each with 0 to 3 of 50
topics. Asked are the last 365 days; the past that they are measured by comes on top. Printed are
medians of five rounds, and in turns with them one read a series instead of one for all.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.analysis.deviations import deviations
from pipelines.analysis.peaks import peaks
from pipelines.query import Interval, Query
from pipelines.store import Store, open_store, read_text_volumes
from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, write_commit
from pipelines.store.files.schema import ANNOTATIONS, ARTICLES, TOPICS

FIRST, DAYS, OUTLETS, SERIES, ROUNDS = date(2013, 1, 1), 1096, 300, 50, 5
TOPIC_IDS = tuple(f"t{n}" for n in range(SERIES))


def write(path: Path, count: int, seed: int = 0) -> Path:
    """Write a drawn store without texts."""
    draw = np.random.default_rng(seed)
    ids = (np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(1)
    day = np.sort(draw.integers(0, DAYS, count))
    outlet = np.minimum(draw.zipf(1.3, count), OUTLETS)
    group = ids.copy()
    copies = draw.random(count) < 0.1
    group[1:][copies[1:]] = ids[:-1][copies[1:]]
    number = draw.integers(0, 4, count)
    topics = np.minimum(draw.zipf(1.2, (count, 3)) - 1, 10**6) % SERIES
    tags = [
        [{"id": TOPIC_IDS[t], "n": 1, "n_headline": 0} for t in sorted(set(row[:n]))]
        for row, n in zip(topics.tolist(), number.tolist(), strict=True)
    ]
    filled = {
        "article_id": ids.astype(np.int64),
        "version": np.ones(count, np.int32),
        "url": [f"https://o{o}.example/{n}" for n, o in enumerate(outlet)],
        "outlet": [f"o{o}" for o in outlet],
        "outlet_name": [f"Outlet {o}" for o in outlet],
        "outlet_country": ["GB"] * count,
        "language": ["en"] * count,
        "title": [f"Headline number {n} of the day" for n in range(count)],
        "published_day": [FIRST + timedelta(days=int(one)) for one in day],
        "date_precision": ["day"] * count,
        "date_source": ["meta"] * count,
        "date_confidence": np.where(draw.random(count) < 0.2, 0.8, 0.97),
        "first_seen_at": [datetime(2016, 1, 1, tzinfo=UTC)] * count,
        "text_source": ["page"] * count,
        "syndication_id": group.astype(np.int64),
        "topics": tags,
        "tagged_in": np.ones(count, np.int32),
    }
    (path / "commits").mkdir(parents=True)
    heads = {}
    for name, schema in (("articles", ARTICLES), ("annotations", ANNOTATIONS)):
        columns = {one: filled.get(one, [None] * count) for one in schema.names}
        heads[name] = tables.append(path / "tables" / name, pa.table(columns, schema=schema))
    named = {one: list(TOPIC_IDS) for one in TOPICS.names}
    heads["topics"] = tables.append(path / "tables" / "topics", pa.table(named, schema=TOPICS))
    made = datetime(2016, 1, 1, tzinfo=UTC)
    write_commit(path, Commit(1, made, heads, "drawn", generations=dict.fromkeys(TOPIC_IDS, 1)))
    return path


def _median(ask: Callable[[], object]) -> str:
    walls, works = [], []
    for _ in range(ROUNDS):
        wall, work = time.perf_counter(), time.process_time()
        ask()
        walls.append(time.perf_counter() - wall)
        works.append(time.process_time() - work)
    return f"{1000 * min(walls):.0f} / {1000 * statistics.median(works):.0f}"


def _one_by_one(store: Store, query: Query) -> None:
    for topic in query.topics:
        read_text_volumes(store, replace(query, topics=(topic,)))


def main(count: int) -> None:
    """Print the table."""
    last = FIRST + timedelta(days=DAYS - 1)
    query = Query(topics=TOPIC_IDS, start=last - timedelta(days=364), end=last)
    query = replace(query, interval=Interval.DAY)
    three = replace(query, topics=TOPIC_IDS[:3])
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(write(Path(folder) / "store", count))) as store,
    ):
        print(f"{count:,} articles, {SERIES} topics, ms (least wall / median of processor time)")
        print("read, all series at once ", _median(lambda: read_text_volumes(store, query)))
        print("read, series by series   ", _median(lambda: _one_by_one(store, query)))
        print("deviations, all series   ", _median(lambda: deviations(store, query)))
        print("peaks, all series        ", _median(lambda: peaks(store, query)))
        print("peaks, three series      ", _median(lambda: peaks(store, three)))
        print(f"{len(peaks(store, query))} peaks among {len(deviations(store, query)):,} days")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
