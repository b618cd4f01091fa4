"""The tables that one writer appends to, known from one append to the next.

A commit of 500 articles spent 30 of its 51 ms of CPU time in the library that writes Delta tables,
for four tables; written by hand they take 8. What makes a table or all of its rows anew, and what
comes in batches, is left to the library.
"""

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from pipelines.store.files.entries import entry_path, write_entry, write_part
from pipelines.store.files.tables import (
    ROWS_OF_TEXTS,
    Rows,
    append,
    cannot_write,
    made_durable,
    uri_of,
)

_ROWS = {"texts": ROWS_OF_TEXTS}  # of a group; others come in one
_MOST_ROWS = 1 << 20
_CHECKPOINT_EVERY = 100  # versions, as the library does: what stood before is written down in one


class _Known(NamedTuple):
    version: int
    schema: pa.Schema


class OpenTables:
    """Appends to tables that nobody else writes to meanwhile, or seldom."""

    def __init__(self) -> None:
        """Know no table yet."""
        self._known: dict[Path, _Known] = {}

    def append(self, path: Path, rows: Rows, *, replace: bool = False) -> int:
        """Do what `tables.append` does."""
        known = self._known.pop(path, None)  # after an error it is read again
        if replace or not isinstance(rows, pa.Table):
            return append(path, rows, replace=replace)
        known = known or _looked_up(path)
        if known is None or rows.schema != known.schema:
            return append(path, rows)
        number = known.version + 1
        while entry_path(path, number).exists():  # written by somebody else
            number += 1
        self._add(path, rows, number)
        self._known[path] = known._replace(version=number)
        return number

    def _add(self, path: Path, rows: pa.Table, number: int) -> None:
        try:
            group = _ROWS.get(path.name, _MOST_ROWS)
            new = [write_part(path, rows, group=group)] if len(rows) else []
            moment = max((path / part.name for part in new), default=path).stat().st_mtime_ns
            write_entry(path, number, moment=moment // 1_000_000, operation="WRITE", new=new)
            if number % _CHECKPOINT_EVERY == 0:
                DeltaTable(uri_of(path)).create_checkpoint()
                made_durable(path)
        except (DeltaError, OSError) as error:
            raise cannot_write(path, error) from error


def _looked_up(path: Path) -> _Known | None:
    """Return the newest version of a table and its columns, None where there is no table."""
    if not entry_path(path, 0).parent.exists():
        return None
    table = DeltaTable(uri_of(path))
    return _Known(int(table.version()), pa.schema(table.schema().to_arrow()))
