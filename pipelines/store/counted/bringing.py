"""Counting tables of another version in, those of this one out: by the articles that differ.

The file is copied. The articles that differ are laid out by the same SQL as all (`current.py`),
with nothing but their own rows before it, and take the places of what stood there. An article
keeps its number; one that was not there has the next free number, so that those of the others
stay: the arrays (`merging.py`) say in which order they stand. Where a quarter of the articles
differs, or did since all was laid out at once, that is done again: rows that came stand apart from
their like.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np

from pipelines.hashing import hash63
from pipelines.store.counted import changes, current
from pipelines.store.counted.columns import Column, Stream
from pipelines.store.counted.columns_file import columns_in_memory, open_columns, write_columns
from pipelines.store.counted.layout import Sources, lay_out, listed, show_files
from pipelines.store.counted.merge import Arrays
from pipelines.store.counted.merging import merge_columns

_MOST = 4  # one in so many articles may have been brought

MADE_OF = """
CREATE TABLE kept.made_of (sources VARCHAR, numbering BIGINT, brought BIGINT)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of tables: what it was made of, and since all was laid out how many rows came.

    `numbering` tells one numbering of the same articles from another; 0 is by day.
    """

    path: Path
    sources: Sources
    numbering: int
    brought: int


def bring(
    connection: duckdb.DuckDBPyConnection, base: Kept, new: Sources, paths: tuple[Path, Path]
) -> bool:
    """Write tables and columns of `new` to `paths`, by what `base` has; return whether it could.

    `connection` is empty. Raises OSError and duckdb.Error where something that `base` was made of
    is there no more.
    """
    draft, columns = paths
    old = open_columns(base.path.with_suffix(columns.suffix))
    if old is None or int(old["numbering"][0]) != base.numbering:
        return False
    if base.sources.schema != new.schema or new.schema < 3:
        return False
    show_files(connection, new)
    connection.execute(f"ATTACH {listed([str(base.path)])} AS kept (READ_ONLY)")
    changes.find_changes(connection, base.sources, new)
    found = "SELECT count(*), (SELECT count(*) FROM lined) FROM touched"
    touched, lined = connection.execute(found).fetchall()[0]
    brought = base.brought + touched
    if max(brought, lined) * _MOST > len(old["day"]):
        return False
    connection.execute("DETACH kept")
    shutil.copyfile(base.path, draft)
    connection.execute(f"ATTACH {listed([str(draft)])} AS kept")
    for table, ids in _ALONE.items():
        connection.execute(
            f"""CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}
            WHERE article_id IN (SELECT article_id FROM {ids})"""
        )
    lay_out(connection)
    connection.execute(_PLACE)
    gone = connection.execute(_GONE).fetchnumpy()["number"]
    _widen_types(connection)
    for statement in _REPLACED:
        connection.execute(statement)
    numbering = hash63(base.path.name, base.numbering, new.name)
    connection.execute("DELETE FROM kept.made_of")
    row = [new.to_json(), numbering, brought]
    connection.execute("INSERT INTO kept.made_of VALUES (?, ?, ?)", row)
    stamp = ("numbering", [np.array([numbering], np.int64)])
    write_columns(columns, chain(_merged(connection, old, gone), [stamp]))
    connection.execute("DETACH kept")
    return True


# What the SQL of `current.py` reads of each article: here nothing else is in these.
_ALONE = {
    **dict.fromkeys(("corrected_articles", "annotations", "copies", "retagged"), "touched"),
    **dict.fromkeys(("mentions", "quotes"), "changed"),
}

_PLACE = """
CREATE TEMP TABLE place AS
SELECT here.number AS here, coalesce(there.number,
    (SELECT coalesce(max(number), -1) FROM kept.current)
        + row_number() OVER (PARTITION BY there.number IS NULL ORDER BY here.number))::INT AS number
FROM main.current AS here LEFT JOIN kept.current AS there USING (article_id)
"""
_GONE = """
SELECT number FROM kept.current WHERE article_id IN (SELECT article_id FROM touched)
"""
_OF_CHANGED = "WHERE article_id IN (SELECT article_id FROM changed)"
_OF_LINED = "WHERE article_id IN (SELECT article_id FROM lined)"
_STALE = "WHERE number IN (SELECT number FROM stale)"


def _added(table: str, rows: str) -> str:
    """Return SQL that adds the rows of changed articles, by the numbers of the kept tables."""
    return f"""
    INSERT INTO kept.{table} SELECT one.* REPLACE (place.number AS number)
    FROM ({rows}) AS one JOIN place ON one.number = here
    WHERE one.number IN (SELECT number FROM main.current {_OF_CHANGED}) ORDER BY ALL"""


_REPLACED = (
    f"CREATE TEMP TABLE stale AS SELECT number FROM kept.current {_OF_CHANGED}",
    "DELETE FROM kept.current WHERE article_id IN (SELECT article_id FROM touched)",
    """INSERT INTO kept.current
    SELECT one.* REPLACE (place.number AS number, first.number AS shared)
    FROM main.current AS one JOIN place ON one.number = place.here
    LEFT JOIN place AS first ON one.shared = first.here ORDER BY place.number""",
    f"DELETE FROM kept.article_tag {_STALE}",
    _added("article_tag", "SELECT * FROM main.article_tag"),
    *(f"DELETE FROM kept.{table} {_STALE}" for table in current.SPANS),
    *(_added(table, rows) for table, rows in current.SPANS.items()),
    *(f"DELETE FROM kept.{table} {_OF_LINED}" for table in current.LAID_OVER),
    *(
        f"INSERT INTO kept.{table} SELECT * FROM ({rows}) {_OF_LINED}"
        for table, rows in current.LAID_OVER.items()
    ),
)


def _widen_types(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the numbers with names (enums) of the kept tables the names that are new to them."""
    for name, columns in current.TYPES.items():
        known, used = (_labels(connection, where, name) for where in ("kept", "memory"))
        if used <= known:
            continue
        wider = f"kept.{name}_{len(known | used)}"  # the widest is the one in use
        connection.execute(f"CREATE TYPE {wider} AS ENUM ({listed(sorted(known | used))})")
        for column in columns:
            connection.execute(f"ALTER TABLE kept.current ALTER {column} TYPE {wider}[]")


def _labels(connection: duckdb.DuckDBPyConnection, database: str, name: str) -> set[str]:
    """Return the names that a type has in a database."""
    sql = """SELECT labels FROM duckdb_types() WHERE database_name = ? AND logical_type = 'ENUM'
        AND (type_name = ? OR starts_with(type_name, ? || '_'))"""
    found = connection.execute(sql, [database, name, name]).fetchall()
    return set(max((labels for (labels,) in found), key=len, default=()))


def _merged(connection: duckdb.DuckDBPyConnection, old: Arrays, gone: Column) -> Iterator[Stream]:
    """Yield the columns of the other version with those of the articles that differ.

    `gone` are the numbers that these had there.
    """
    new = dict(columns_in_memory(connection))
    placed = connection.execute("SELECT number FROM place ORDER BY here").fetchnumpy()
    new["number"] = placed["number"]
    return merge_columns(old, np.flatnonzero(np.isin(old["number"], gone)), new)
