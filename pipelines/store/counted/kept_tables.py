"""What counting tables are made of in, a file of them in `index/resident/` out.

Like every index such a file can always be made again: it is named after all that it was made of,
is whole or not there, and is never changed, so that any number of processes read it. Where the
file of another version stands beside, it is copied and brought to this one by what changed between
them (`bringing.py`); else, and where too much changed, all is laid out anew.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident

import duckdb

from pipelines.store.counted import bringing, current
from pipelines.store.counted.bringing import MADE_OF, Kept
from pipelines.store.counted.columns_file import COLUMNS
from pipelines.store.counted.layout import SETTINGS, Sources, lay_out, show_files

log = logging.getLogger(__name__)

KEPT_FILES = 3  # of other commits, or of processes that still read an old one
_LEFT_SECONDS = 86_400  # no draft takes so long
# Without a limit the engine took 15 GB for ten million articles, and .7 of the time.
_MEMORY = "3GB"


def make(sources: Sources, path: Path) -> None:
    """Write the tables of `sources` into the file `path`. Raises OSError, duckdb.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}-{get_ident()}.tables.draft")
    base = _nearest(sources, path)
    if base is None or not _brought(base, sources, draft):
        for left in (path.with_suffix(COLUMNS), draft, draft.with_name(f"{draft.name}.wal")):
            left.unlink(missing_ok=True)
        _lay_out(sources, draft)
    os.replace(draft, path)
    _clean(path)


def quoted(path: Path) -> str:
    """Return a path as SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _lay_out(sources: Sources, draft: Path) -> None:
    """Make all tables anew."""
    with _engine(draft) as connection:
        show_files(connection, sources)
        connection.execute(f"ATTACH {quoted(draft)} AS kept")
        lay_out(connection, into="kept.")
        for name, sql in current.LAID_OVER.items():
            connection.execute(f"CREATE TABLE kept.{name} AS {sql}")
        for name, sql in current.SPANS.items():
            connection.execute(f"CREATE TABLE kept.{name} AS {sql} ORDER BY number")
        connection.execute(MADE_OF)
        row = [sources.to_json(), 0, 0]
        connection.execute("INSERT INTO kept.made_of VALUES (?, ?, ?)", row)
        connection.execute("DETACH kept")


def _brought(base: Kept, sources: Sources, draft: Path) -> bool:
    """Write the tables by what changed since `base`; return False where that cannot be told."""
    path = draft.parent / sources.name
    try:
        with _engine(draft) as connection:
            return bringing.bring(connection, base, sources, (draft, path.with_suffix(COLUMNS)))
    except (OSError, duckdb.Error) as error:  # such as that files of the other version are gone
        log.info("cannot bring %s to a later version: %s", base.path, error)
        return False


def _engine(draft: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that spills beside the draft what goes beyond its memory."""
    connection = duckdb.connect()
    connection.execute(SETTINGS)
    connection.execute(f"SET memory_limit = '{_MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(draft.with_suffix('.spilled'))}")
    return connection


def _nearest(sources: Sources, path: Path) -> Kept | None:
    """Return the file of the version that shares most with this one."""
    wanted = _parts(sources)
    found = [(len(_parts(one.sources) ^ wanted), one.path, one) for one in _others(path)]
    return min(found)[2] if found else None


def _parts(sources: Sources) -> set[str]:
    return {Path(path).name for paths in sources.files.values() for path in paths}


def _others(path: Path) -> Iterator[Kept]:
    """Yield the whole files of other versions, of this form, that have their columns beside."""
    for other in path.parent.glob("*.duckdb"):
        if other == path or not other.with_suffix(COLUMNS).is_file():
            continue
        try:
            with duckdb.connect(str(other), read_only=True) as connection:
                rows = connection.execute("SELECT * FROM made_of").fetchall()
        except duckdb.Error:  # cut short, or of an earlier form
            continue
        sources = Sources.from_json(rows[0][0], path.parents[2])
        if sources.name == other.name:
            yield Kept(other, sources, *rows[0][1:])


def _clean(path: Path) -> None:
    """Remove the files of older versions, and what killed processes left."""
    kept = sorted(path.parent.glob("*.duckdb"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-KEPT_FILES]:
        old.unlink(missing_ok=True)  # a process that reads it keeps it
        old.with_suffix(COLUMNS).unlink(missing_ok=True)
    alone = (one for one in path.parent.glob(f"*{COLUMNS}") if not _tables_of(one).exists())
    for left in (*path.parent.glob("*.draft*"), *path.parent.glob("*.spilled"), *alone):
        if path.stat().st_mtime - left.stat().st_mtime > _LEFT_SECONDS:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _tables_of(columns: Path) -> Path:
    return columns.with_suffix(".duckdb")
