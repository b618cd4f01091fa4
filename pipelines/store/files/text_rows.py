"""Which versions the files of texts hold, row by row: read once of each large file, then kept.

A file of texts has a row group for every 128 texts, so that a few can be taken out of it, and to
read two columns of numbers of a million texts takes half a second of CPU time. Files are never
changed, so what a large one holds is kept in `index/rows/`, 12 bytes a text, under its name and
size. Like every index it can be made again; where nothing can be written, files are read.
"""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from threading import get_ident
from typing import NamedTuple, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

Numbers: TypeAlias = npt.NDArray[np.int64]
Packed: TypeAlias = npt.NDArray[np.void]  # rows of the fields of `_KIND`

KEPT_FROM = 10_000  # rows of a file; fewer are read in milliseconds
_KIND = np.dtype([("article_id", "<i8"), ("version", "<i4")])
_READ = """
SELECT file_index AS file, article_id, version FROM read_parquet(?) ORDER BY file, file_row_number
"""


class TextRows(NamedTuple):
    """The rows of some files of texts, file by file in order: what each holds, and where it is."""

    ids: Numbers
    versions: Numbers
    files: Numbers  # places in the list of the files
    places: Numbers  # rows of these files


def text_rows(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> TextRows:
    """Return the rows of the files of texts. Raises duckdb.Error where one cannot be read."""
    parts = [_kept(Path(path)) for path in files]
    missing = [number for number, part in enumerate(parts) if part is None]
    if missing:
        for number, part in zip(
            missing, _read(connection, [files[n] for n in missing]), strict=True
        ):
            parts[number] = part
            if len(part) >= KEPT_FROM:
                _keep(Path(files[number]), part)
    found = [part for part in parts if part is not None]
    rows = np.concatenate([np.zeros(0, _KIND), *found])
    sizes = [len(part) for part in found]
    return TextRows(
        rows["article_id"].astype(np.int64),
        rows["version"].astype(np.int64),
        np.repeat(np.arange(len(sizes)), sizes),
        np.concatenate([np.zeros(0, np.int64), *map(np.arange, sizes)]),
    )


def _read(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> list[Packed]:
    """Return the rows of each file, as it holds them."""
    table = connection.sql(_READ, params=[list(files)]).to_arrow_table()
    rows = np.empty(len(table), _KIND)
    for name in _KIND.names or ():
        rows[name] = table[name].to_numpy()
    ends = np.searchsorted(table["file"].to_numpy(), np.arange(len(files)), "right")
    return np.split(rows, ends[:-1])


def _kept(path: Path) -> Packed | None:
    """Return the rows of a file that were kept; None where they were not."""
    try:
        rows: Packed = np.load(_note(path), mmap_mode="r")
    except (OSError, ValueError, EOFError):  # not there, or cut short
        return None
    return rows if rows.dtype == _KIND else None


def _keep(path: Path, rows: Packed) -> None:
    """Keep the rows of a file; those of files that are gone go too."""
    note = _note(path)
    draft = note.with_suffix(f".{os.getpid()}-{get_ident()}.draft")
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.save(file, rows)
        os.replace(draft, note)
        there = {one.stem for one in path.parent.glob("*.parquet")}
        for other in note.parent.glob("*.npy"):
            if other.stem.rpartition(".")[0] not in there:
                other.unlink(missing_ok=True)
    except OSError as error:
        log.warning("cannot keep in %s which texts %s holds: %s", note, path, error)


def _note(path: Path) -> Path:
    return path.parents[2] / "index" / "rows" / f"{path.stem}.{path.stat().st_size}.npy"
