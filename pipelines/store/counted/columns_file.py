"""Counting tables in, their columns out: read once, kept in a file beside the tables' own.

Of tables that were brought to a later version by what changed, so are the columns (`merging.py`).
The file has the arrays one after another, then where each is, as JSON, and the length of that.
Like the tables it is an index: it can always be made again, and one that was cut short is.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from threading import get_ident

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.article import LIKELY, SURE
from pipelines.store.counted.columns import (
    GUESSED,
    MONTH,
    NAMED,
    NO_DAY,
    NO_INSTANT,
    UNDATED,
    UNSURE,
    YEAR,
    Column,
    Columns,
    Stream,
    offsets_of,
    pack,
)
from pipelines.store.counted.current import LISTED, ORDER
from pipelines.store.counted.merge import Arrays

log = logging.getLogger(__name__)

COLUMNS = ".columns"  # how the file beside the tables' own ends
_STANDING = f"""
    (CASE WHEN date_precision IS NULL THEN {UNDATED} WHEN date_precision = 'year' THEN {YEAR}
          WHEN date_precision = 'month' THEN {MONTH} ELSE 0 END
     + CASE WHEN date_confidence < {LIKELY} THEN {GUESSED} ELSE 0 END
     + CASE WHEN date_confidence < {SURE} THEN {UNSURE} ELSE 0 END)::UTINYINT"""
_INSTANT = f"coalesce(epoch_us(published_at), {NO_INSTANT})"
_DAY = "utc_day - DATE '1970-01-01'"
_ROWS = 1_000_000  # read from the tables at a time
_MAGIC = b"wirewatch-columns-1"
_ALIGNED = 64
# Tables that later versions were added to, as if they had been laid out at once.
_IN_ORDER = f"""
CREATE TEMP TABLE place AS
    SELECT number, (row_number() OVER (ORDER BY {ORDER}) - 1)::INT AS ordinal FROM kept.current;
CREATE TEMP TABLE current AS
    SELECT one.* REPLACE (ordinal AS number, CASE WHEN shared IS NOT NULL
        THEN min(ordinal) OVER (PARTITION BY shared) END AS shared)
    FROM kept.current AS one JOIN place USING (number) ORDER BY ordinal;
CREATE TEMP TABLE article_tag AS
    SELECT one.* REPLACE (ordinal AS number)
    FROM kept.article_tag AS one JOIN place USING (number) ORDER BY kind, tag, ordinal;
"""


def columns_of(connection: duckdb.DuckDBPyConnection) -> Columns:
    """Return the columns of the tables that a connection shows.

    Where these are kept in a file the columns stand beside it in another, made now if it is not
    there or cut short; where none can be written, and for a small store, they are in memory.
    """
    with connection.cursor() as cursor:
        kept = cursor.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'kept'")
        found = kept.fetchall()
        if found:
            path = Path(found[0][0]).with_suffix(COLUMNS)
            try:
                numbering = cursor.execute("SELECT numbering FROM kept.made_of").fetchall()[0][0]
                arrays = open_columns(path)
                if arrays is None or int(arrays["numbering"][0]) != numbering:
                    stamp = ("numbering", [np.array([numbering], np.int64)])
                    made = _in_order(cursor) if numbering else _made(cursor)
                    write_columns(path, chain(made, [stamp]))
                    arrays = open_columns(path)
                return Columns(arrays or {})
            except OSError as error:
                log.warning("cannot keep columns in %s, they go to memory: %s", path, error)
        return Columns(columns_in_memory(cursor))


def columns_in_memory(cursor: duckdb.DuckDBPyConnection) -> Arrays:
    """Return the columns of tables that were laid out at once."""
    return {name: np.concatenate(list(parts)) for name, parts in _made(cursor)}


def _in_order(cursor: duckdb.DuckDBPyConnection) -> Iterator[Stream]:
    """Yield the columns of tables in a file that were brought to a version."""
    cursor.execute(_IN_ORDER)
    for name, parts in _made(cursor):
        if name == "number":
            parts = _read(cursor, "SELECT number FROM place ORDER BY ordinal")
        yield name, parts


def _made(cursor: duckdb.DuckDBPyConnection) -> Iterator[Stream]:
    """Yield every column in parts of up to a million.

    The tables stand in order of `number`, of tag and `number`, and are read as they stand.
    """
    days = _whole(cursor, f"SELECT DISTINCT {_DAY} AS day FROM current WHERE day IS NOT NULL")
    days = np.sort(days).astype(np.int32)
    yield "days", [days]
    sql = f"SELECT coalesce({_DAY}, {NO_DAY})::INT FROM current"
    yield "day", _mapped(_read(cursor, sql), lambda part: np.searchsorted(days, part), len(days))
    yield "unsettled", _read(cursor, "SELECT count(*) FROM current WHERE NOT surely_placed")
    yield "standing", _read(cursor, f"SELECT {_STANDING} FROM current")
    shared = _whole(cursor, "SELECT coalesce(shared, -1)::INT FROM current")
    yield "shared", [shared]
    yield "before", [_before(shared)]
    yield "article_id", _read(cursor, "SELECT article_id FROM current")
    yield "published", _read(cursor, f"SELECT {_INSTANT} FROM current")
    yield "number", _read(cursor, "SELECT number FROM current")
    for column in NAMED:
        yield from _named(cursor, column, f"SELECT {column} FROM current")
    for kind in LISTED:
        yield from _listed(cursor, kind)
    yield from _datelines(cursor)


def _named(cursor: duckdb.DuckDBPyConnection, column: str, sql: str) -> Iterator[Stream]:
    """Yield the distinct values of a column of texts, in order, and the places of its rows'."""
    distinct = f"SELECT DISTINCT coalesce({column}, '') AS name FROM ({sql}) ORDER BY name"
    names = cursor.sql(distinct).to_arrow_table()["name"].combine_chunks()
    yield f"{column}.names", [pack(names.to_pylist())]
    batches = cursor.sql(f"SELECT coalesce({column}, '') FROM ({sql})").to_arrow_reader(_ROWS)
    parts = (pc.index_in(batch.column(0), names).to_numpy() for batch in batches)
    yield column, _mapped(parts, lambda part: part, len(names))


def _listed(cursor: duckdb.DuckDBPyConnection, kind: str) -> Iterator[Stream]:
    """Yield the columns of a kind of tags that stand in lists; their numbers are in order."""
    found = cursor.sql(
        f"""SELECT code, name, count(*) AS n FROM (
            SELECT enum_code(id)::INT AS code, id::VARCHAR AS name
            FROM (SELECT unnest({kind}_ids) AS id FROM current)) GROUP BY ALL ORDER BY code"""
    ).to_arrow_table()
    codes = found["code"].to_numpy()
    yield from _by_tag(cursor, kind, found)
    yield from _offsets(cursor, kind, f"coalesce(len({kind}_ids), 0)")
    sql = f"SELECT enum_code(id)::INT FROM (SELECT unnest({kind}_ids) AS id FROM current)"
    parts = _read(cursor, sql)
    yield f"{kind}.codes", _mapped(parts, lambda part: np.searchsorted(codes, part), len(codes))
    yield f"{kind}.same", [_same(cursor, f"{kind}_ids")]
    width = _width(cursor, kind)
    yield f"{kind}.of_ns", _read(cursor, f"SELECT unnest({kind}_ns)::{width} FROM current")


def _datelines(cursor: duckdb.DuckDBPyConnection) -> Iterator[Stream]:
    """Yield the columns of places of filing, of which an article names one or none."""
    filed = "FROM current WHERE dateline <> ''"
    sql = f"SELECT dateline AS name, count(*) AS n {filed} GROUP BY name ORDER BY name"
    yield from _by_tag(cursor, "dateline", cursor.sql(sql).to_arrow_table())
    yield from _offsets(cursor, "dateline", "(coalesce(dateline, '') <> '')::INT")
    for name, parts in _named(cursor, "dateline", f"SELECT dateline {filed}"):
        if name == "dateline":
            yield "dateline.codes", parts
    yield "dateline.same", [_same(cursor, "dateline")]
    yield "dateline.of_ns", _read(cursor, f"SELECT 1::UTINYINT {filed}")


def _by_tag(cursor: duckdb.DuckDBPyConnection, kind: str, found: pa.Table) -> Iterator[Stream]:
    yield f"{kind}.names", [pack(found["name"].to_pylist())]
    yield f"{kind}.begins", [np.append(0, np.cumsum(found["n"].to_numpy(), dtype=np.int64))]
    of_kind = f"FROM article_tag WHERE kind = '{kind}'"
    yield f"{kind}.ordinals", _read(cursor, f"SELECT number {of_kind}")
    width = _width(cursor, kind)
    yield f"{kind}.ns", _read(cursor, f"SELECT n::{width} {of_kind}")
    yield f"{kind}.heads", _read(cursor, f"SELECT n_headline::{width} {of_kind}")


def _offsets(cursor: duckdb.DuckDBPyConnection, kind: str, count: str) -> Iterator[Stream]:
    counts = _whole(cursor, f"SELECT ({count})::INT FROM current")
    yield f"{kind}.offsets", [offsets_of(counts)]


def _before(shared: Column) -> Column:
    """Return for each article the one before it that is of the same group, else -1."""
    before = np.full(len(shared), -1, np.int32)
    of_copies = np.flatnonzero(shared >= 0)
    rows = of_copies[np.argsort(shared[of_copies], kind="stable")]
    same = shared[rows[1:]] == shared[rows[:-1]]
    before[rows[1:][same]] = rows[:-1][same]
    return before


def _same(cursor: duckdb.DuckDBPyConnection, column: str) -> Column:
    """Return 1 for each article that has in a column what the copy before it has."""
    sql = f"""
        SELECT number FROM (
            SELECT number, lag(number) OVER copies AS before,
                {column} IS NOT DISTINCT FROM lag({column}) OVER copies AS is_same
            FROM current WHERE shared IS NOT NULL
            WINDOW copies AS (PARTITION BY shared ORDER BY number))
        WHERE before IS NOT NULL AND is_same"""
    same = np.zeros(int(_whole(cursor, "SELECT count(*) FROM current")[0]), np.uint8)
    same[_whole(cursor, sql)] = 1
    return same


def _width(cursor: duckdb.DuckDBPyConnection, kind: str) -> str:
    """Return the narrowest type that holds how often any tag of a kind is named."""
    most = int(
        _whole(cursor, f"SELECT coalesce(max(n), 0) FROM article_tag WHERE kind = '{kind}'")[0]
    )
    return {1: "UTINYINT", 2: "USMALLINT"}.get(np.min_scalar_type(most).itemsize, "UINTEGER")


def _read(cursor: duckdb.DuckDBPyConnection, sql: str) -> Iterator[Column]:
    """Yield the one column of an answer in parts, one at least."""
    reader = cursor.sql(sql).to_arrow_reader(_ROWS)
    yield np.zeros(0, reader.schema.types[0].to_pandas_dtype())
    for batch in reader:
        yield batch.column(0).to_numpy(zero_copy_only=False)


def _whole(cursor: duckdb.DuckDBPyConnection, sql: str) -> Column:
    return np.concatenate(list(_read(cursor, sql)))


def _mapped(
    parts: Iterable[Column], change: Callable[[Column], Column], most: int
) -> Iterator[Column]:
    """Yield changed parts, one at least, in the narrowest type that holds `most`."""
    narrow = np.min_scalar_type(most)
    yield np.zeros(0, narrow)
    for part in parts:
        yield change(part).astype(narrow)


def write_columns(path: Path, columns: Iterable[Stream]) -> None:
    """Write columns into a file that is whole or not there."""
    draft = path.with_suffix(f".{os.getpid()}-{get_ident()}.draft")  # of a thread
    places: dict[str, tuple[str, int, int]] = {}
    with draft.open("wb") as file:
        for name, parts in columns:
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            start, count, kind = file.tell(), 0, ""
            for part in parts:
                file.write(np.ascontiguousarray(part).data)
                count, kind = count + len(part), part.dtype.str
            places[name] = kind, start, count
        listed = json.dumps(places).encode()
        file.write(listed + len(listed).to_bytes(8, "little") + _MAGIC)
    os.replace(draft, path)


def open_columns(path: Path) -> Arrays | None:
    """Return the columns that a file holds, mapped; None where it is not there or not whole."""
    if not path.exists() or path.stat().st_size <= len(_MAGIC) + 8:
        return None
    whole: Column = np.asarray(np.memmap(path, np.uint8, "r"))
    end = len(whole) - len(_MAGIC)
    if whole[end:].tobytes() != _MAGIC:
        return None
    start = end - 8 - int.from_bytes(whole[end - 8 : end].tobytes(), "little")
    places = json.loads(whole[start : end - 8].tobytes())
    return {
        name: whole[first : first + np.dtype(kind).itemsize * count].view(kind)
        for name, (kind, first, count) in places.items()
    }
