"""Time searches in quotes and for who is quoted, beside the same in whole texts, in drawn articles.

Usage: python -m tests.bench.quotes_searched [ARTICLES]   (default 100,000)

Four quotes an article, sentences of the drawn texts, of 5,000 speakers by a law of Zipf. Printed
are articles a second of CPU that the index is made with, without quotes and with them, and its
size; then what each question takes in milliseconds of CPU time: the first of nine, the least and
the median.
"""

import random
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.store import Store, open_store
from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, read_commit, write_commit
from pipelines.store.files.schema import QUOTES
from pipelines.store.fulltext import folder_of, update_index
from tests.bench.search_corpus import drawn, write_store

ASKED = [
    "syria",
    "quote:syria",
    "syria iran",
    "quote:(syria iran)",
    '"security council"',
    'quote:"security council"',
    "kerry NEAR/5 lavrov",
    "quote:(kerry NEAR/5 lavrov)",
    "quote:ukrain*",
    "quote:(council -security)",
    "speaker:speaker-1",
    "speaker:speaker-400",
    "quote:(speaker:speaker-1 syria)",
    "speaker:speaker-1 syria",
    "quote:(re* OR ta*)",
]
_QUOTES, _SPEAKERS = 4, 5_000


def quotes_of(path: str, draw: random.Random) -> pa.Table:
    """Return quotes for the texts of a file: whole sentences."""
    rows = []
    chances = np.cumsum(1 / np.arange(1, _SPEAKERS + 1))
    for batch in pq.ParquetFile(path).iter_batches(columns=["article_id", "text"]):
        for article_id, text in zip(*(column.to_pylist() for column in batch), strict=True):
            for _ in range(_QUOTES):
                start = text.find(". ", draw.randrange(len(text))) + 2
                end = text.find(".", start)
                if start > 1 and end > start and "\n" not in text[start:end]:
                    number = int(np.searchsorted(chances, draw.random() * chances[-1])) + 1
                    rows.append(_row(article_id, start, end, f"speaker-{number}"))
    return pa.Table.from_pylist(rows, QUOTES)


def _row(article_id: int, start: int, end: int, tag: str) -> dict[str, object]:
    place = {"start": start, "end": end, "zone": "body", "kind": "direct"}
    said = {"speaker": tag, "speaker_name": tag.title(), "certain": True, "why": ""}
    beside = {"speaker_start": 0, "speaker_end": 0}
    return {"article_id": article_id, "version": 1, **place, **said, **beside}


def built(store: Path, count: int) -> None:
    """Make the store and its index, without quotes and with them; print what that takes."""
    files = write_store(store, drawn(count))
    index = folder_of(store)
    for what in ("without quotes", "with quotes"):
        began = time.process_time()
        update_index(store, files, anew=True)
        spent = time.process_time() - began
        size = sum(one.stat().st_size for one in index.rglob("*") if one.is_file()) / count
        print(f"index {what}: {count / spent:,.0f} articles a second, {size:.0f} bytes an article")
        if what == "without quotes":
            files |= {"quotes": _said(store, files["texts"])}


def _said(store: Path, texts: list[str]) -> list[str]:
    draw, folder = random.Random(0), store / "tables" / "quotes"
    heads = [tables.append(folder, quotes_of(path, draw)) for path in texts]
    commit = read_commit(store)
    now = datetime(2016, 1, 2, tzinfo=UTC)
    write_commit(store, Commit(2, now, {**commit.tables, "quotes": heads[-1]}, "drawn"))
    return tables.files_of(folder, heads[-1])


def report(store: Store, rounds: int = 9) -> None:
    """Print how long each question takes."""
    print(f"{store.look_up('SELECT count(*) AS n FROM quote')['n'].iloc[0]:,} quotes")
    for text in ASKED:
        times = []
        for _ in range(rounds):
            store._searches.kept.clear()
            began = time.process_time()
            found = store._searches.find(text)
            times.append(1000 * (time.process_time() - began))
        said = f"{len(found.ordinals):,} articles, {int(found.n.sum()):,} mentions"
        print(
            f"{text:36} first {times[0]:6.1f}, least {min(times):6.1f}, "
            f"median {median(times):6.1f} ms; {said}; {found.read} texts read",
            flush=True,
        )


def main(count: int = 100_000) -> None:
    """Build the store and report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        built(path, count)
        with closing(open_store(path)) as store:
            report(store)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
