"""A commit's files in, a database over them out, its counting tables laid out in memory or beside.

What the tables are stands in `current.py`. For a small store they are made in memory, in less than
a second. For one of many articles they are kept in `index/resident/` (`kept_tables.py`), as a file
that readers open in milliseconds and of which only what is asked for gets into memory; the first
reader of a commit makes it where the ingest did not. Where the folder cannot be written to, the
tables go to memory.
"""

import logging
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.store.counted import current, kept_tables
from pipelines.store.counted.layout import SETTINGS, Sources, lay_out, show_files
from pipelines.store.files.damage import naming_damage

log = logging.getLogger(__name__)

KEPT_FROM = 50_000  # articles; fewer are laid out in memory in less than a second
_FEW_ROWS = 20_000
_TABLES = ("current", "article_tag", *current.LAID_OVER, *current.SPANS)


def connect(
    files: dict[str, list[str]],
    generations: Mapping[str, int],
    schema: int,
    folder: Path | None = None,
    *,
    hidden: bool = False,
) -> duckdb.DuckDBPyConnection:
    """Return a database over `files` (table -> Parquet files) with the tables of `current.py`.

    Large ones are kept in `folder`. With `hidden` the articles are those that people hid, and no
    others; they are never kept. Raises StoreDamaged naming the file that cannot be read.
    """
    sources = Sources(files, generations, schema)
    connection = duckdb.connect()
    connection.execute(SETTINGS)
    with ExitStack() as stack:
        stack.callback(connection.close)
        stack.enter_context(naming_damage(files))
        show_files(connection, sources, hidden=hidden)
        keeps = folder is not None and not hidden and _is_large(connection)
        if not (folder and keeps and _attach(connection, sources, folder)):
            lay_out(connection)
            for name, sql in current.LAID_OVER.items():
                connection.execute(f"CREATE TABLE {name} AS {sql}")
            for name, sql in current.SPANS.items():
                connection.execute(f"CREATE VIEW {name} AS {sql}")
        connection.execute(current.ARTICLE)
        stack.pop_all()  # all went well: it stays open
    return connection


def _is_large(connection: duckdb.DuckDBPyConnection) -> bool:
    (count,) = connection.execute("SELECT count(*) FROM articles").fetchall()[0]
    return int(count) >= KEPT_FROM


def _attach(connection: duckdb.DuckDBPyConnection, sources: Sources, folder: Path) -> bool:
    """Show the tables kept in `folder`, made now where they are not; return False if that fails."""
    path = folder / sources.name
    try:
        if not path.exists():
            kept_tables.make(sources, path)
        try:
            connection.execute(f"ATTACH {kept_tables.quoted(path)} AS kept (READ_ONLY)")
        except duckdb.IOException:  # cut short
            path.unlink()
            kept_tables.make(sources, path)
            connection.execute(f"ATTACH {kept_tables.quoted(path)} AS kept (READ_ONLY)")
    except (OSError, duckdb.IOException) as error:
        log.warning("cannot keep tables for counting in %s, they go to memory: %s", path, error)
        return False
    for name in _TABLES:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM kept.{name}")
    return True


def to_frame(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return a relation as a frame, as `as_frame` does."""
    return as_frame(rows.to_arrow_table())


def as_frame(rows: pa.Table) -> pd.DataFrame:
    """Return a table as a frame; 64-bit integers stay integers where values are missing.

    As floats they would lose the last digits of an article id.
    """
    types = {pa.int64(): pd.Int64Dtype()}
    # Handing a thousand rows to threads takes a quarter longer, on a busy machine three times.
    threads = len(rows) > _FEW_ROWS
    frame: pd.DataFrame = rows.to_pandas(types_mapper=types.get, use_threads=threads)
    return frame
