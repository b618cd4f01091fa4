"""Queries that name a free text in, their counts and newest articles out, by arrays and not by SQL.

What a text names is kept for the last few texts, since a page asks of one text many times.
"""

from collections import OrderedDict
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
from pipelines.store.search import Found, Searcher
from pipelines.store.tallies import Named, Tallies

_KEPT_SEARCHES = 32
_FIRST_PART = 64  # of so many of all documents are searched first for the newest articles
_LEAST = 4_096  # documents; searching fewer takes as long
_TAGGED = "SELECT ordinal FROM article_tag WHERE kind = ? AND list_contains(?, tag)"
_NEWEST = """
SELECT article_id, utc_day AS day, outlet_name, outlet_country, url, title
FROM current JOIN candidate USING (ordinal)
ORDER BY utc_day DESC NULLS LAST, published_at DESC NULLS LAST, article_id LIMIT ?
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


class FreeText:
    """Answers for the free texts asked of one commit; safe to share between threads."""

    def __init__(self, searcher: Searcher, connection: duckdb.DuckDBPyConnection) -> None:
        """Read nothing yet."""
        self._searcher, self._connection = searcher, connection
        self._columns = Columns(connection)
        self.kept: OrderedDict[str, Found] = OrderedDict()
        self._newest_before: npt.NDArray[np.int32] | None = None
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
        newest = self._newest(query, count).astype(np.int32)
        with self._connection.cursor() as cursor:
            cursor.register("candidate", pa.table({"ordinal": newest}))
            rows = cursor.sql(_NEWEST, params=[count]).to_arrow_table().to_pylist()
        of_article = {row["article_id"]: row for row in rows}
        spans = self._searcher.marked(parse(query.text), list(of_article))
        found = [{**of_article[span["article_id"]], **span} for span in spans]
        found.sort(key=_newest_first)
        same = {"kind": "query", "tag": query.text}
        table = pa.Table.from_pylist([row | same for row in found], _EVIDENCE)
        frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        return frame

    def _newest(self, query: Query, count: int) -> Ordinals:
        """Return articles among which the newest of a query are.

        Articles come about in the order of their days. So the documents that came last are searched
        first, and more of them until no older one can hold a newer article.
        """
        documents = None
        if count and not query.within and query.text not in self.kept:
            documents = self._searcher.documents()
        if documents is None:
            return self._tallies(query, self.find(query.text)).newest(count)
        if self._newest_before is None:
            self._newest_before = _newest_before(self._columns.days, documents)
        parsed = parse(query.text)
        part = max(len(documents) // _FIRST_PART, _LEAST)
        while part < len(documents):
            first = len(documents) - part
            tallies = self._tallies(query, self._searcher.find(parsed, first))
            ordinals = tallies.newest(count)
            newer = self._columns.days[ordinals] > self._newest_before[first]
            if np.count_nonzero(newer) >= count:
                return ordinals
            part *= 4
        return self._tallies(query, self._searcher.find(parsed)).newest(count)

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


def _newest_before(days: npt.NDArray[np.int32], documents: Ordinals) -> npt.NDArray[np.int32]:
    """Return for each document the newest day among the articles of those before it."""
    of_document = np.append(days, columns.NEVER)[documents]
    before = np.append(np.int32(columns.NEVER), of_document[:-1])
    return np.maximum.accumulate(before)


def _newest_first(row: dict[str, Any]) -> tuple[bool, int, int, int]:
    day = row["day"]
    return day is None, 0 if day is None else -day.toordinal(), row["article_id"], row["start"]
