"""Rows that wait for their commit beside the store, so that a run killed half way can go on.

`staging/<name>/` holds one Parquet file for each part and table, and `progress.json`, written last
and in one step, which says what the parts are for (`key`) and how far they reach. What was staged
for something else is thrown away. Nobody reads it before it is part of a commit.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.store.files.entries import sync
from pipelines.store.files.schema import TABLES


class Staged:
    """The parts staged under one name for one purpose; `parts` of them are whole."""

    def __init__(self, store: Path, name: str, key: str) -> None:
        """Take up what was staged for the same `key`, else begin with nothing."""
        self._folder, self._key = store / "staging" / name, key
        self.parts, self.count = 0, 0
        try:
            progress = json.loads((self._folder / _PROGRESS).read_text(encoding="utf-8"))
            if progress["key"] == key:
                self.parts, self.count = int(progress["parts"]), int(progress["count"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # not there, or cut short: begin anew
        if not self.parts:
            shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, rows: Mapping[str, list[dict[str, object]]], count: int) -> None:
        """Stage the next part durably: rows of each table, made of `count` units of work."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, new in rows.items():
            path = self._path(name, self.parts)
            pq.write_table(pa.Table.from_pylist(new, TABLES[name]), path, compression="zstd")
            sync(path)
        self.parts, self.count = self.parts + 1, self.count + count
        progress = {"key": self._key, "parts": self.parts, "count": self.count}
        draft = self._folder / "progress.draft"
        draft.write_text(json.dumps(progress), encoding="utf-8")
        sync(draft)
        os.replace(draft, self._folder / _PROGRESS)
        sync(self._folder)

    @property
    def tables(self) -> set[str]:
        """Return the tables that have a part."""
        return {path.stem.partition("-")[2] for path in self._folder.glob("*-*.parquet")}

    def reader(self, table: str) -> pa.RecordBatchReader:
        """Return the rows of a table over all parts; a few thousand are in memory at a time."""
        return pa.RecordBatchReader.from_batches(TABLES[table], self._batches(table))

    def _batches(self, table: str) -> Iterator[pa.RecordBatch]:
        for part in range(self.parts):
            path = self._path(table, part)
            if path.is_file():
                with pq.ParquetFile(path) as file:
                    yield from file.iter_batches()

    def _path(self, table: str, part: int) -> Path:
        return self._folder / f"{part:06d}-{table}.parquet"

    def clear(self) -> None:
        """Throw the parts away: they are committed."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self.parts = self.count = 0


_PROGRESS = "progress.json"
