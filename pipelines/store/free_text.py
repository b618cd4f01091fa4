"""Queries that name a free text in, their counts and newest articles out, by arrays and not by SQL.

What a text names is kept for the last few texts, since a page asks of one text many times.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipelines.query import Query
from pipelines.querylang import parse
from pipelines.store import columns
from pipelines.store.columns import Columns, Ordinals
from pipelines.store.recency import newest_first
from pipelines.store.search import Found, Searcher
from pipelines.store.tallies import Named, Tallies, as_frame
from pipelines.store.texts import FACTS

_KEPT_SEARCHES = 32
_TAGGED = "SELECT ordinal FROM article_tag WHERE kind = ? AND list_contains(?, tag)"
_SHOWN = ("article_id", "day", "at", "outlet_name", "outlet_country", "url", "title")
_NEWEST = f"""
SELECT article_id, utc_day AS day, epoch_us(published_at) AS at, outlet_name, outlet_country, url,
    title, {FACTS}
FROM current WHERE ordinal BETWEEN ? AND ? AND ordinal IN (SELECT unnest(?))
"""
_CUT = " ORDER BY utc_day DESC NULLS LAST, published_at DESC NULLS LAST, article_id LIMIT ?"
_FEW = 1_000  # articles that are sorted here: half the time of a statement that sorts
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


class FreeText:
    """Answers for the free texts asked of one commit; safe to share between threads."""

    def __init__(self, searcher: Searcher, connection: duckdb.DuckDBPyConnection) -> None:
        """Read nothing yet."""
        self._searcher, self._connection = searcher, connection
        self._columns = Columns(connection)
        self.kept: OrderedDict[str, Found] = OrderedDict()
        self._days: npt.NDArray[np.int32] | None = None
        self._lock = Lock()

    def find(self, text: str) -> Found:
        """Return what a text names; the last few are kept. Raises QueryError."""
        with self._lock:
            if text not in self.kept:
                self.kept[text] = self._searcher.find(parse(text))
                if len(self.kept) > _KEPT_SEARCHES:
                    self.kept.popitem(last=False)
            self.kept.move_to_end(text)
            return self.kept[text]

    def counts(self, query: Query) -> pd.DataFrame:
        """Return what `Store.counts` does, for a query that `tallies.answers`."""
        return self._tallies(query, self.find(query.text)).counts()

    def newest_evidence(self, query: Query, count: int) -> pd.DataFrame:
        """Return what `Store.mentions` does of the newest articles, for such a query too."""
        newest = self._newest(query, count)
        rows = self._cut(newest, count) if len(newest) else []
        shown = {row[0]: dict(zip(_SHOWN, row, strict=False)) for row in rows}
        facts = {row[0]: row[len(_SHOWN) :] for row in rows}
        spans = self._searcher.marked(parse(query.text), list(shown), facts)
        same = {"kind": "query", "tag": query.text}
        found = [{**shown[int(str(span["article_id"]))], **span, **same} for span in spans]
        found.sort(key=_newest_first)
        return as_frame(pa.Table.from_pylist(found, _EVIDENCE))

    def _cut(self, newest: Ordinals, count: int) -> list[tuple[Any, ...]]:
        """Return the columns of `_NEWEST` for the `count` newest of some articles."""
        values: list[object] = [int(newest.min()), int(newest.max()), newest.tolist()]
        few = len(newest) <= _FEW
        with self._connection.cursor() as cursor:
            sql, values = (_NEWEST, values) if few else (_NEWEST + _CUT, [*values, count])
            rows = cursor.execute(sql, values).fetchall()
        return sorted(rows, key=_age)[:count]

    def _newest(self, query: Query, count: int) -> Ordinals:
        """Return articles among which the newest of a query are."""
        if count and not query.within and query.text not in self.kept:
            parsed = parse(query.text)
            for ranges, bound in newest_first(self._document_days(), count):
                found = self._searcher.find(parsed, ranges)
                ordinals = self._tallies(query, found).newest(count)
                if np.count_nonzero(self._columns.days[ordinals] > bound) >= count:
                    return ordinals
        return self._tallies(query, self.find(query.text)).newest(count)

    def _document_days(self) -> npt.NDArray[np.int32]:
        """Return the day of each document of the index; none where articles lack a document."""
        if self._days is None:
            documents = self._searcher.documents()
            days = np.append(self._columns.days, np.int32(columns.NEVER))
            self._days = days[:0] if documents is None else days[documents]
        return self._days

    def _tallies(self, query: Query, found: Found) -> Tallies:
        within = self.find(query.within).ordinals if query.within else None
        named = Named(found.ordinals, found.n)
        return Tallies(query, self._columns, named, within, self._tagged)

    def _tagged(self, kind: str, tags: tuple[str, ...]) -> Ordinals:
        """Return the articles with one of some tags."""
        with self._connection.cursor() as cursor:
            found = cursor.sql(_TAGGED, params=[kind, list(tags)]).to_arrow_table()
            ordinals: Ordinals = found["ordinal"].to_numpy().astype(np.int64)
            return ordinals


def _age(row: Sequence[Any]) -> tuple[bool, int, bool, int, int]:
    """Return what puts the newest article first: by day, instant and id."""
    article_id, day, at = row[:3]
    of_day = 0 if day is None else -day.toordinal()
    return day is None, of_day, at is None, -(at or 0), article_id


def _newest_first(row: dict[str, Any]) -> tuple[bool, int, int, int]:
    """Return what sorts spans as `questions.MENTIONS` does."""
    day = row["day"]
    return day is None, 0 if day is None else -day.toordinal(), row["article_id"], row["start"]
