"""What counting asks of each current article, as arrays in the order of `ordinal`.

A free text names its articles by number, so its counts are sums over parts of these arrays. In SQL
the same took 10 to 15 ms to plan and to join, as long as the search itself. Each array is read when
it is first asked for, 1 to 4 bytes an article.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.article import LIKELY, SURE

Flags: TypeAlias = npt.NDArray[np.bool_]
Ordinals: TypeAlias = npt.NDArray[np.int64]

NEVER = -(2**31)  # the day of an article without one
# Bits of `standing`: what decides where an article is placed, and how sure its day is.
SURELY_PLACED, UNDATED, UNLIKELY, MONTH, YEAR, WEAK = (1 << bit for bit in range(6))
_STANDING = f"""
    surely_placed::UTINYINT * {SURELY_PLACED} + (date_precision IS NULL)::UTINYINT * {UNDATED}
    + coalesce(date_confidence < {LIKELY}, false)::UTINYINT * {UNLIKELY}
    + coalesce(date_precision = 'month', false)::UTINYINT * {MONTH}
    + coalesce(date_precision = 'year', false)::UTINYINT * {YEAR}
    + coalesce(date_confidence < {SURE}, false)::UTINYINT * {WEAK}
"""


@dataclass(frozen=True, slots=True)
class Names:
    """A column of names: the distinct ones, and for each article the place of its own."""

    distinct: list[str | None]
    places: npt.NDArray[np.int32]

    def among(self, wanted: Collection[str], ordinals: Ordinals) -> Flags:
        """Return which of some articles have a wanted name."""
        fits = np.array([name is not None and name in wanted for name in self.distinct], bool)
        found: Flags = fits[self.places[ordinals]]
        return found


class Columns:
    """Narrow columns of the current articles of one commit; safe to share between threads."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self._names: dict[str, Names] = {}

    @cached_property
    def days(self) -> npt.NDArray[np.int32]:
        """The day in UTC, or as the publisher gave it, counted from 1970; NEVER without one."""
        return self._numbers("utc_day - DATE '1970-01-01'", np.int32, NEVER)

    @cached_property
    def standing(self) -> npt.NDArray[np.uint8]:
        """Bits that say where an article is placed and how sure its day is."""
        return self._numbers(_STANDING, np.uint8)

    @cached_property
    def shared(self) -> npt.NDArray[np.int32]:
        """The group of copies, -1 for an article without any."""
        return self._numbers("shared", np.int32, -1)

    def names(self, column: str) -> Names:
        """Return a column of names: `outlet`, `outlet_country` or `language`."""
        if column not in self._names:
            found = self._read(column)
            coded = found[column].combine_chunks().dictionary_encode(null_encoding="encode")
            places = np.empty(len(found), np.int32)
            places[found["ordinal"].to_numpy()] = coded.indices.to_numpy()
            self._names[column] = Names(coded.dictionary.to_pylist(), places)
        return self._names[column]

    def _numbers(self, sql: str, kind: type[Any], otherwise: int = 0) -> npt.NDArray[Any]:
        found = self._read(f"coalesce({sql}, {otherwise})")
        numbers = np.empty(len(found), kind)
        numbers[found["ordinal"].to_numpy()] = found.column(1).to_numpy()
        return numbers

    def _read(self, sql: str) -> pa.Table:
        with self._connection.cursor() as cursor:
            return cursor.sql(f"SELECT ordinal, {sql} FROM current").to_arrow_table()
