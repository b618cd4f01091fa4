"""The newest articles that a free text names in, their evidence out, without looking at the others.

The documents of the newest days are searched first (`recency.py`), and the few rows are put
together here: in SQL, planning and joining them took as long as the search.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipelines.query import Query
from pipelines.querylang import parse
from pipelines.store.asking.found import Searches
from pipelines.store.asking.recency import newest_first
from pipelines.store.asking.recent import Recent
from pipelines.store.asking.search import Found, Searcher
from pipelines.store.counted.columns import Columns
from pipelines.store.counted.resident import as_frame
from pipelines.store.files.texts import FACTS

Find = Callable[[str], Found]
Page = Callable[[Query, int, Find], pa.Table]  # `Counting.page` of what a search found

_KEPT_ROWS = 4_000
_NEVER = -(2**31)  # the day of a document without one
_SHOWN = ("article_id", "outlet_name", "outlet_country", "url", "title")
_ROWS = f"""
SELECT number, {", ".join(_SHOWN)}, {FACTS}
FROM current WHERE number BETWEEN ? AND ? AND number IN (SELECT unnest(?))
"""
_EVIDENCE = pa.schema(
    [
        ("article_id", pa.int64()),
        ("day", pa.date32()),
        ("outlet_name", pa.string()),
        ("outlet_country", pa.string()),
        ("kind", pa.string()),
        ("tag", pa.string()),
        ("zone", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("surface", pa.string()),
        ("sentence", pa.string()),
        ("why", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
    ]
)


def answers(query: Query) -> bool:
    """Return whether the newest evidence of a query is found here: of a text alone, days in UTC."""
    return bool(query.text) and not (query.topics or query.entities) and query.tz == "UTC"


class Newest:
    """Finds the newest evidence of the free texts asked of one commit."""

    def __init__(
        self, searcher: Searcher, searches: Searches, columns: Columns, page: Page
    ) -> None:
        """Look for nothing yet; `page` counts in `columns`."""
        self._searcher, self._searches = searcher, searches
        self._columns, self._page = columns, page
        self._days: npt.NDArray[np.int32] | None = None
        self._recent: Recent[tuple[Any, ...]] = Recent(_KEPT_ROWS)

    def evidence(self, cursor: duckdb.DuckDBPyConnection, query: Query, count: int) -> pd.DataFrame:
        """Return what `Store.mentions` does of the `count` newest, for a query that `answers`."""
        page = self._newest(query, count)
        days = dict(zip(page["article_id"].to_pylist(), page["day"].to_pylist(), strict=True))
        rows = self._rows(cursor, page["number"].to_pylist())
        shown = {row[0]: dict(zip(_SHOWN, row, strict=False)) for row in rows}
        facts = {row[0]: row[len(_SHOWN) :] for row in rows}
        spans = self._searcher.marked(parse(query.text), list(shown), facts)
        same = {"kind": "query", "tag": query.text}
        found = [
            {**shown[key], "day": days[key], **span, **same}
            for key, span in ((int(str(span["article_id"])), span) for span in spans)
        ]
        found.sort(key=_newest_first)
        return as_frame(pa.Table.from_pylist(found, _EVIDENCE))

    def _rows(
        self, cursor: duckdb.DuckDBPyConnection, numbers: list[int]
    ) -> Sequence[tuple[Any, ...]]:
        """Return the columns of `_SHOWN` and `FACTS` of some articles."""

        def _read(missing: list[int]) -> Iterator[tuple[int, tuple[Any, ...], int]]:
            for row in cursor.execute(_ROWS, [min(missing), max(missing), missing]).fetchall():
                yield row[0], row[1:], 1

        return list(self._recent.of(numbers, _read).values())

    def _newest(self, query: Query, count: int) -> pa.Table:
        """Return the page of the newest articles, from a part of the documents where that does."""
        if count and not query.within and query.text not in self._searches.kept:
            parsed = parse(query.text)
            for ranges, bound in newest_first(self._document_days(), count):
                found = self._searcher.find(parsed, ranges)
                page = self._page(query, count, _finding(found))
                days = page["day"].cast(pa.int32()).fill_null(_NEVER).to_numpy()
                if np.count_nonzero(days > bound) >= count:
                    return page
        return self._page(query, count, self._searches.find)

    def _document_days(self) -> npt.NDArray[np.int32]:
        """Return the day of each document of the index; none where articles lack a document."""
        if self._days is None:
            documents = self._searcher.documents()
            known = np.append(self._columns.days, np.int32(_NEVER))
            days = np.append(known[self._columns.day], np.int32(_NEVER))  # of no article, place -1
            self._days = days[:0] if documents is None else days[documents]
        return self._days


def _finding(found: Found) -> Find:
    """Return a search that finds this, whatever is asked."""
    return lambda text: found


def _newest_first(row: dict[str, Any]) -> tuple[bool, int, int, int]:
    """Return what sorts spans as `questions.mentions` does."""
    day = row["day"]
    return day is None, 0 if day is None else -day.toordinal(), row["article_id"], row["start"]
