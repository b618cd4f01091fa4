"""Tables of many small files in, the same rows in few files out, as the next commit of the store.

Each commit adds a file to every table it touches, and a question opens all files of its tables. So
the files of a table that are smaller than half of `FULL` are joined once there are more than
`MOST_FILES` of them. A file that is much larger than all smaller ones together stays, so that a row
is moved a few times only and the work of one time does not grow with the store. Rows are put in the
order their readers want. The old files stay: earlier versions consist of them.

Nothing is a part of the store before the commit is written, as with any writer. Before that every
joined file is read again and compared with what it was made of.
"""

import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.errors import StoreDamaged, StoreError
from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, read_commit, write_commit, writer_lock
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.entries import Part, sync
from pipelines.store.files.heads import restored_heads
from pipelines.store.files.moved import JOINED, note_moved
from pipelines.store.files.schema import SCHEMA_VERSION, TABLES
from pipelines.store.files.tables import parts_of
from pipelines.store.writer import open_writer
from pipelines.store.writing.copies import kept_files, rename_kept

FULL = 128 << 20  # bytes of a file, about
MOST_FILES = 8  # small files of a table; 67 cost 33 ms a query against 10
JOIN_AFTER = 32  # small files of a table, after which an ingest joins them by itself
_MUCH = 4  # times what all smaller files have together

# What is asked of a table by more than its key stands together; all else stays in order of arrival.
_ORDERS = {
    "articles": "published_day, article_id, version",
    "mentions": "kind, tag, article_id, version, start",
    "quotes": "speaker, speaker_name, article_id, version, start",
    "lines": "outlet, line_key, article_id, version",
}
# A search reads whole groups of rows for a few texts among many; captures are large.
_GROUPS = {"texts": 128, "captures": 512}
_GROUP = 65_536
_MEMORY = "512MB"  # of the engine; what is beyond it is sorted on the disk


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of the small files of one table: how many, and their bytes together."""

    table: str
    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int


def compact(store: Path, *, now: datetime, most_files: int = MOST_FILES) -> list[Joined]:
    """Join the small files of every table that has more than `most_files`; commit the result.

    `now` (UTC) is when the commit is made. Without such a table nothing is written. Raises
    StoreBusy where another run is writing, StoreDamaged where a file cannot be read, StoreMissing.
    """
    if read_commit(store).schema < SCHEMA_VERSION:
        with open_writer(store, now=now):
            pass  # opening brings it to the tables of today
    with writer_lock(store):
        commit = read_commit(store)
        return _compact(store, commit, now, most_files)


def has_many_files(store: Path, most_files: int) -> bool:
    """Return whether a table of the newest commit has more than `most_files` small files."""
    commit = read_commit(store)
    names = commit.tables.items()
    return any(_small(store / "tables" / name, at, most_files) for name, at in names)


def _compact(store: Path, commit: Commit, now: datetime, most_files: int) -> list[Joined]:
    heads = restored_heads(store, commit)
    done: list[_Done] = []
    with _engine(store) as connection:
        for name, version in commit.tables.items():
            path = store / "tables" / name
            if small := _small(path, version, most_files):
                made = [_joined(connection, path, group) for group in _groups(store, name, small)]
                new = [part for one in made for part in one.new]
                if name == "texts":
                    note_moved(path, small, new)
                heads[name] = tables.join(path, small, new, now)
                done += made
    if not done:
        return []
    sync(store / "tables")
    write_commit(store, replace(commit, version=commit.version + 1, made_at=now, tables=heads))
    _rename_kept(store, done)
    return [_summed(group) for _, group in groupby(done, lambda one: one.table)]


def _rename_kept(store: Path, done: Iterable["_Done"]) -> None:
    for one in done:
        if one.table == "copies":
            rename_kept(store, [part.name for part in one.gone], [part.name for part in one.new])


class _Done(NamedTuple):
    """Files of a table, and those that were made of them."""

    table: str
    gone: list[Part]
    new: list[Part]


def _summed(done: Iterable[_Done]) -> Joined:
    """Return in one what became of the groups of a table."""
    groups = list(done)
    gone = [part for one in groups for part in one.gone]
    new = [part for one in groups for part in one.new]
    sizes = (sum(part.size for part in parts) for parts in (gone, new))
    return Joined(groups[0].table, len(gone), len(new), *sizes)


def _small(table: Path, version: int, most_files: int) -> list[Part]:
    """Return the files to be joined, the oldest first; none where they are few enough."""
    parts = parts_of(table, version)
    chosen: set[Part] = set()
    total = 0
    for part in sorted(parts, key=lambda part: part.size):
        is_large = part.size >= FULL // 2 or part.size > _MUCH * total
        if is_large and len(chosen) > most_files:
            break
        if part.size < FULL // 2:
            chosen.add(part)
            total += part.size
    return [part for part in reversed(parts) if part in chosen and len(chosen) > most_files]


def _groups(store: Path, name: str, small: list[Part]) -> list[list[Part]]:
    """Part the files so that those whose rows are in the kept arrays of copies stay together.

    Otherwise the arrays would have to be made anew: 89 s with a million texts.
    """
    kept = kept_files(store) if name == "copies" else set()
    groups = [[p for p in small if p.name in kept], [p for p in small if p.name not in kept]]
    return [group for group in groups if group]


@contextmanager
def _engine(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that takes little memory and works in the store's folder."""
    folder = store / "staging" / "joining"
    shutil.rmtree(folder, ignore_errors=True)  # of a killed run
    folder.mkdir(parents=True)
    try:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")  # it would go to our output
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            connection.execute("SET temp_directory = " + _quoted(str(folder)))
            yield connection
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _joined(connection: duckdb.DuckDBPyConnection, table: Path, parts: list[Part]) -> _Done:
    """Write the rows of `parts` to few new files, synced and compared."""
    paths = [str(table / part.name) for part in parts]
    columns = ", ".join(f'"{name}"' for name in TABLES[table.name].names)
    rows = f"SELECT {columns} FROM read_parquet(?)"
    order = f" ORDER BY {_ORDERS[table.name]}" if table.name in _ORDERS else ""
    try:
        with naming_damage({table.name: paths}):
            reader = connection.sql(rows + order, params=[paths]).to_arrow_reader(_AT_ONCE)
            new = list(_written(table, reader))
            content = f"SELECT count(*), sum(hash(t)) FROM ({rows}) t"
            fresh = [str(table / part.name) for part in new]
            before, after = (
                connection.execute(content, [those]).fetchall() for those in (paths, fresh)
            )
    except OSError as error:
        raise StoreError(
            f"cannot join the files of {table}: {error.strerror or error}; nothing was committed, "
            "make room and run `python -m pipelines store compact` again"
        ) from error
    if before != after:
        raise StoreDamaged(
            f"joining the files of {table} did not give the same rows; nothing was committed, "
            "`python -m pipelines store verify` says whether its files are whole"
        )
    return _Done(table.name, parts, new)


_AT_ONCE = 8_192  # rows that are handed over at a time


def _written(table: Path, reader: pa.RecordBatchReader) -> Iterator[Part]:
    """Write batches to files of about `FULL` bytes, in groups of rows of one size."""
    groups = _grouped(reader, TABLES[table.name], _GROUPS.get(table.name, _GROUP))
    group = next(groups, None)
    while group is not None:
        path = table / f"{JOINED}{uuid.uuid4()}.parquet"
        rows = 0
        with path.open("wb") as file, pq.ParquetWriter(file, group.schema, **_FORM) as writer:
            while group is not None and file.tell() < FULL:
                writer.write_table(group, row_group_size=len(group))
                rows += len(group)
                group = next(groups, None)
        sync(path)
        yield Part(path.name, path.stat().st_size, rows)


_FORM = {"compression": "zstd"}


def _grouped(reader: pa.RecordBatchReader, schema: pa.Schema, size: int) -> Iterator[pa.Table]:
    """Yield the rows of a reader in tables of `size` rows, the last with the rest or none."""
    waiting: pa.Table = schema.empty_table()
    for batch in reader:
        waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch]).cast(schema)])
        while len(waiting) > size:
            yield waiting.slice(0, size)
            waiting = waiting.slice(size)
    yield waiting
