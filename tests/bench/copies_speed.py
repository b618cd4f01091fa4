"""Print what the index of copies costs: memory and disk a million articles, reopening, asking.

Usage: python -m tests.bench.copies_speed [TEXTS]   (default 100,000; drawn from a seed)

Rows are written as the store writes them, with as many sampled sequences as real articles of 780
words have, and opened by the store's own code: first from the table, then from the kept arrays.
"""

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.article import Sketch
from pipelines.store.files import tables
from pipelines.store.files.schema import COPIES
from pipelines.store.writing.copies import load_index
from pipelines.syndication import METHOD, CopyIndex

_SEQUENCES = 62  # 6,450 real texts have 62.1 on average
_PART = 50_000
_ASKED = 2_000


def write_table(path: Path, count: int) -> None:
    """Write `count` rows of drawn sketches."""
    draw = np.random.default_rng(0)
    for first in range(0, count, _PART):
        n = min(_PART, count - first)
        hashes = draw.integers(0, 1 << 28, (n, _SEQUENCES), np.uint32)
        places = np.sort(draw.integers(0, 256, (n, _SEQUENCES), np.uint8), axis=1)
        columns = {
            "article_id": np.arange(first, first + n),
            "version": np.ones(n, np.int32),
            "arrival": np.arange(first, first + n),
            "syndication_id": np.arange(first, first + n),
            "copy_level": [""] * n,
            "day": [date(2015, 6, 1)] * n,
            "method": np.full(n, METHOD, np.int32),
            "size": np.full(n, 16 * _SEQUENCES, np.int32),
            "level": np.full(n, 4, np.int32),
            "hashes": [row.tobytes() for row in hashes],
            "places": [row.tobytes() for row in places],
        }
        tables.append(path, pa.table(columns, schema=COPIES))


def asked_per_second(index: CopyIndex) -> float:
    """Return how many drawn sketches the index answers a second."""
    draw = random.Random(1)
    sketches = [
        Sketch(
            16 * _SEQUENCES,
            4,
            np.array([draw.getrandbits(28) for _ in range(_SEQUENCES)], "<u4").tobytes(),
            bytes(range(_SEQUENCES)),
        )
        for _ in range(_ASKED)
    ]
    began = time.perf_counter()
    for sketch in sketches:
        index.find(sketch, date(2015, 6, 3))
    return _ASKED / (time.perf_counter() - began)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = Path(name)
        table = store / "tables" / "copies"
        write_table(table, count)
        files = {"copies": tables.files_of(table, tables.version_of(table) or 0)}
        for what in ("made of the table", "kept arrays"):
            began = time.perf_counter()
            index = load_index(store, files)
            print(f"opened, {what}: {time.perf_counter() - began:.2f} s")
        arrays, rows = _size(store / "index"), _size(table)
        print(f"{asked_per_second(index):.0f} asked a second")
        print(
            f"kept arrays {arrays / count:.0f} MB a million, table {rows / count:.0f} MB a million"
        )


if __name__ == "__main__":
    _main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
