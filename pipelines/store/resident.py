"""A commit's files in, a database over them out, its counting tables laid out in memory or beside.

What the tables are stands in `current.py`. For a small store they are made in memory, in less than
a second. For one of many articles the first reader of a commit makes them once in
`index/resident/`, as a file that later readers open in milliseconds and of which only what is asked
for gets into memory. Like every index it can always be made again: it is named after all that it
was made of, and one that cannot be read is made anew. Where the folder
cannot be written to, the tables go to memory.

A topic whose query changed is tagged again without touching what was written before: its new tags
stand in `retagged` and among the `mentions`, marked with the commit that made them (`tagged_in`).
`in_force` says from which commit on the tags of a topic are those of its definition; older ones,
and those of topics that are gone, are stale and in none of the tables.
"""

import logging
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.hashing import hash63
from pipelines.store import current
from pipelines.store.damage import naming_damage
from pipelines.store.overlaid import lay_over
from pipelines.store.schema import TABLES, columns_of

log = logging.getLogger(__name__)

KEPT_FROM = 50_000  # articles; fewer are laid out in memory in less than a second
_LAYOUT = (
    3  # number of the tables' form: goes up when `current.py` or `columns_file.py` makes others
)
COLUMNS = ".columns"  # how the file beside ends that `columns_file.py` makes of the tables
_LEFT_SECONDS = 86_400  # no draft takes so long
_KEPT_FILES = 3  # of other commits, or of processes that still read an old one
# Planning distinct counts anew took 5 of 14 ms of a small question, and of a large one a quarter of
# the work (entities of three years among a million articles: 365 ms of CPU, without it 274).
# A bar drawn after two seconds would stand in the middle of a CSV.
_SETTINGS = """
SET TimeZone = 'UTC'; SET enable_progress_bar = false;
SET GLOBAL disabled_optimizers = 'distinct_aggregate_rewrite'
"""
# what holds stale rows too, and what names outlets as they were then
_STORED = {"mentions": "stored_mentions", "fetches": "stored_fetches"}
_TABLES = ("current", "article_tag", "furniture_span")


@dataclass(frozen=True, slots=True)
class Sources:
    """What the tables are made of: files of each table, and which tags are in force.

    `generations` says for each topic in force which commit tagged it; in a store of before such
    marks (`schema` below 3) all tags of its topics are in force.
    """

    files: Mapping[str, list[str]]
    generations: Mapping[str, int]
    schema: int

    @property
    def name(self) -> str:
        """Return a name that no other content has."""
        tables = [f"{n}:{Path(p).name}" for n, ps in sorted(self.files.items()) for p in ps]
        marks = [f"{topic}:{number}" for topic, number in sorted(self.generations.items())]
        return f"{hash63(_LAYOUT, duckdb.__version__, self.schema, *tables, *marks):016x}.duckdb"


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
    connection.execute(_SETTINGS)
    with ExitStack() as stack:
        stack.callback(connection.close)
        stack.enter_context(naming_damage(files))
        _show_files(connection, sources, hidden=hidden)
        keeps = folder is not None and not hidden and _is_large(connection)
        if not (folder and keeps and _attach(connection, sources, folder)):
            _lay_out(connection, into="")
            for name, sql in current.SPANS.items():
                connection.execute(f"CREATE VIEW {name} AS {sql}")
        connection.execute(current.ARTICLE)
        stack.pop_all()  # all went well: it stays open
    return connection


def lay_out_tables(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, list[str]], schema: int
) -> None:
    """Make a view of each stored table, as it is: `mentions` is `stored_mentions`."""
    for name, columns in TABLES.items():
        view = _STORED.get(name, name)
        if files.get(name):
            paths = ", ".join("'" + path.replace("'", "''") + "'" for path in files[name])
            select = f"SELECT {columns_of(name, schema)} FROM read_parquet([{paths}])"
            connection.execute(f"CREATE VIEW {view} AS {select}")
        else:
            connection.register("nothing", columns.empty_table())
            connection.execute(f"CREATE TABLE {view} AS SELECT * FROM nothing")


def _show_files(
    connection: duckdb.DuckDBPyConnection, sources: Sources, *, hidden: bool = False
) -> None:
    """Make a view of each stored table, `in_force`, and the facts with corrections laid over."""
    lay_out_tables(connection, sources.files, sources.schema)
    lay_over(connection, hidden=hidden)
    if sources.schema < 3:
        connection.execute(
            "CREATE TABLE in_force AS SELECT id AS topic, 0::INT AS generation FROM topics"
        )
    else:
        connection.execute("CREATE TABLE in_force (topic VARCHAR, generation INT)")
        if sources.generations:
            rows = list(sources.generations.items())
            connection.executemany("INSERT INTO in_force VALUES (?, ?)", rows)
    connection.execute(current.MENTIONS)


def _is_large(connection: duckdb.DuckDBPyConnection) -> bool:
    (count,) = connection.execute("SELECT count(*) FROM articles").fetchall()[0]
    return int(count) >= KEPT_FROM


def _lay_out(connection: duckdb.DuckDBPyConnection, *, into: str) -> None:
    """Make the tables in the database `into`, "" for that in memory."""
    for statement in current.CURRENT:
        connection.execute(statement.replace("{into}", into))
    if into:
        connection.execute(f"CREATE VIEW current AS SELECT * FROM {into}current")
    for statement in current.REST:
        connection.execute(statement.replace("{into}", into))
    for name in current.DRAFTS:
        connection.execute(f"DROP TABLE {name}")


def _attach(connection: duckdb.DuckDBPyConnection, sources: Sources, folder: Path) -> bool:
    """Show the tables kept in `folder`, made now where they are not; return False if that fails."""
    path = folder / sources.name
    try:
        if not path.exists():
            _make(sources, path)
        try:
            connection.execute(f"ATTACH {_quoted(path)} AS kept (READ_ONLY)")
        except duckdb.IOException:  # cut short
            path.unlink()
            _make(sources, path)
            connection.execute(f"ATTACH {_quoted(path)} AS kept (READ_ONLY)")
    except (OSError, duckdb.IOException) as error:
        log.warning("cannot keep tables for counting in %s, they go to memory: %s", path, error)
        return False
    for name in (*_TABLES, *current.SPANS):
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM kept.{name}")
    return True


def _make(sources: Sources, path: Path) -> None:
    """Write the tables into a file that is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with duckdb.connect() as connection:
        connection.execute(_SETTINGS)
        connection.execute(f"SET temp_directory = {_quoted(path.with_suffix('.spilled'))}")
        _show_files(connection, sources)
        connection.execute(f"ATTACH {_quoted(draft)} AS kept")
        _lay_out(connection, into="kept.")
        for name, sql in current.SPANS.items():
            connection.execute(f"CREATE TABLE kept.{name} AS {sql} ORDER BY ordinal")
        connection.execute("DETACH kept")
    os.replace(draft, path)
    kept = sorted(path.parent.glob("*.duckdb"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_KEPT_FILES]:
        old.unlink(missing_ok=True)  # a process that reads it keeps it
        old.with_suffix(COLUMNS).unlink(missing_ok=True)
    for left in path.parent.glob("*.draft*"):  # of a process that was killed
        if path.stat().st_mtime - left.stat().st_mtime > _LEFT_SECONDS:
            left.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def to_frame(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return a relation as a frame, as `as_frame` does."""
    return as_frame(rows.to_arrow_table())


def as_frame(rows: pa.Table) -> pd.DataFrame:
    """Return a table as a frame; 64-bit integers stay integers where values are missing.

    As floats they would lose the last digits of an article id.
    """
    types = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = rows.to_pandas(types_mapper=types.get)
    return frame
