"""What a store does beside answering: opening, CSV, memory, bytes; its texts and commits."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pcsv

from pipelines.query import Query
from pipelines.reports.csv_report import to_csv
from pipelines.store import Store
from tests.bench.store_commits import commit_lines, retag_lines
from tests.bench.store_rivals import is_too_large, pl
from tests.bench.store_table import Line, timed
from tests.bench.store_texts import text_line

_FRESH = """
import sys, time
began, spent = time.perf_counter(), time.process_time()
from datetime import date
from pathlib import Path
{code}
held, mapped = (
    int(line.split()[1]) // 1024
    for line in open("/proc/self/status")
    if line.startswith(("VmRSS", "RssFile"))
)
print(time.perf_counter() - began, time.process_time() - spent, held, mapped)
"""
_OURS = """
from pipelines.query import Interval, Query
from pipelines.store import open_store
store = open_store(Path(sys.argv[1]))
query = Query(topics=("topica",), start=date(2013, 1, 1), interval=Interval.DAY)
store.counts(query)
"""
_IMPORTS = """
from pipelines.query import Interval, Query
from pipelines.store import open_store
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


def chores(store: Store, flat: Path, *, has_texts: bool, rounds: int) -> Iterator[Line]:
    """Yield the lines of a store; `flat` is the folder of the rivals' files."""
    yield from _processes(store.path, flat)
    if has_texts:
        yield text_line(store, flat, rounds)
    yield _sizes(store)
    yield _csv(rounds)
    if has_texts:
        yield from commit_lines(store.path, rounds)
        yield from retag_lines(store.path)


def _fresh(code: str, store: Path) -> tuple[float, float, int, int]:
    """Return what a new process takes to its first answer, and what it holds then.

    Seconds on the wall, of CPU time; MB in all, those of mapped files.
    """
    command = [sys.executable, "-c", _FRESH.format(code=code), str(store)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path.cwd())
    wall, cpu, held, mapped = done.stdout.split()
    return float(wall), float(cpu), int(held), int(mapped)


def _processes(store: Path, flat: Path) -> Iterator[Line]:
    codes = {"ours": _OURS, "ours, imports alone": _IMPORTS}
    if pl:
        codes["polars, from files"] = _POLARS
    if not is_too_large(flat):
        codes["pandas, from files"] = _PANDAS
    found: dict[str, list[tuple[float, float, int, int]]] = {name: [] for name in codes}
    for _ in range(3):
        for name, code in codes.items():
            found[name].append(_fresh(code, store))
    wall = {name: round(min(one[0] for one in times) * 1000) for name, times in found.items()}
    cpu = {name: round(median(one[1] for one in times) * 1000) for name, times in found.items()}
    ratios = {name: round(cpu["ours"] / spent, 2) for name, spent in cpu.items() if name != "ours"}
    yield Line("new process to first data, imports too", wall, cpu, ratios)
    _, _, held, mapped = _fresh(_DASHBOARD, store)
    said = f"{held} MB, {mapped} of them mapped files"
    yield Line("memory of a dashboard's process", said=said)


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

    def plain() -> bytes:
        table = pa.Table.from_pandas(rows, preserve_index=False)  # all begin with the frame
        sink = pa.BufferOutputStream()
        pcsv.write_csv(table, sink, pcsv.WriteOptions(eol="\r\n"))
        return sink.getvalue().to_pybytes()

    calls = {
        "ours": partial(to_csv, rows, "mentions"),
        "pyarrow, without guards": plain,
        "pandas, without guards": partial(rows.to_csv, index=False, lineterminator="\r\n"),
    }
    return timed("CSV of 100,000 rows of evidence", calls, rounds=min(rounds, 3))
