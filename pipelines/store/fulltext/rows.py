"""The stored versions of a commit in, a key for each out by which the index knows its documents.

A key is a hash of the version, of the Parquet file that first held it, and of the furniture laid
over it: of all that decides which words are searched. So an entry of the index is right wherever
its key is asked for, and an index of other files, or of before a line was learned, has no such key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.hashing import hash63
from pipelines.store.files.moved import first_places, is_joined
from pipelines.store.files.text_rows import text_rows
from pipelines.store.fulltext.codec import Numbers

Keys = npt.NDArray[np.uint64]

_FURNITURE = """
SELECT article_id, version, start, "end" FROM furniture_span
ORDER BY article_id, version, start, "end"
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """The versions whose texts a commit holds."""

    ids: Numbers
    versions: Numbers
    files: Numbers  # places in the list of the files of `texts`
    places: Numbers  # rows of these files
    keys: Keys

    def taken(self, which: npt.NDArray[np.bool_] | Numbers) -> "Rows":
        """Return some of the rows."""
        return Rows(
            self.ids[which],
            self.versions[which],
            self.files[which],
            self.places[which],
            self.keys[which],
        )


def read_rows(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> Rows:
    """Return all versions in the `texts` files; the connection has the table `furniture_span`."""
    if not files:
        none = np.zeros(0, np.int64)
        return Rows(none, none, none, none, none.view(np.uint64))
    spans: pa.Table = connection.sql(_FURNITURE).to_arrow_table()
    ids, versions, numbers, places = text_rows(connection, files)
    own = _of_version(ids, versions)
    keys = _mixed(own + _of_first_files(files, numbers, places) + _of_furniture(own, spans))
    return Rows(ids, versions, numbers, places, keys)


def _of_first_files(files: Sequence[str], numbers: Numbers, places: Numbers) -> Keys:
    """Return for each row a hash of the file it stood in first."""
    names = np.array([hash63(Path(path).name) for path in files], np.uint64)
    found: Keys = names[numbers]
    for number, path in enumerate(files):
        if not is_joined(path):
            continue
        here = numbers == number
        stretches = first_places(Path(path), int(np.count_nonzero(here)))
        first = np.array([hash63(name) for name, _ in stretches], np.uint64)
        found[here] = np.repeat(first, [count for _, count in stretches])[places[here]]
    return found


def _column(table: pa.Table, name: str) -> Numbers:
    column: Numbers = table[name].to_numpy().astype(np.int64)
    return column


def _of_version(ids: Numbers, versions: Numbers) -> Keys:
    return _mixed(_mixed(ids.view(np.uint64)) + versions.view(np.uint64))


def _of_furniture(own: Keys, spans: pa.Table) -> Keys:
    """Return for each version a hash of the furniture in it, 0 where there is none."""
    found = np.zeros(len(own), np.uint64)
    if not len(spans):
        return found
    holders = _of_version(_column(spans, "article_id"), _column(spans, "version"))
    places = _mixed((_column(spans, "start") << 32 | _column(spans, "end")).view(np.uint64))
    which, first = np.unique(holders, return_inverse=True)
    sums = np.zeros(len(which), np.uint64)
    np.add.at(sums, first, places)
    at = np.minimum(np.searchsorted(which, own), len(which) - 1)
    has = which[at] == own
    found[has] = sums[at[has]]
    return found


def _mixed(numbers: Keys) -> Keys:
    """Return well-mixed 64 bits of each number (splitmix64)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
