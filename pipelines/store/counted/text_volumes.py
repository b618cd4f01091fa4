"""Distinct texts by bucket and outlet: the placed articles of a corpus and of its series in.

A text counts once in a bucket, for the outlet that had it first there. What `volumes.py` says of
texts is worked out here from the arrays of `columns.py`; in SQL it took two thirds of what a page
with peaks took among two million articles.
"""

from collections.abc import Collection, Iterator

import numpy as np
import pyarrow as pa

from pipelines.store.counted.axis import OnAxis, Placed
from pipelines.store.counted.columns import NO_INSTANT, UNSURE, Column, Columns

SCHEMA = pa.schema(
    [
        ("series", pa.dictionary(pa.int32(), pa.string())),
        ("bucket", pa.timestamp("s")),  # dates would become an object each in a frame
        ("outlet", pa.dictionary(pa.int32(), pa.string())),
        *((name, pa.int64()) for name in ("texts", "articles", "weak", "late")),
    ]
)
LATE_DAYS = 2  # between the day of publication and the day of the fetch
NO_LAG = -128  # days from publication to the fetch, where one of them is not known
_LATEST = 2**63 - 1
TABLE = 1 << 24  # cells; above it they are found by sorting


def text_volumes(columns: Columns, lag: Column, found: OnAxis) -> pa.Table:
    """Return SCHEMA: of the corpus, as series "", then of each series.

    `lag` says how many days after its UTC day each article was fetched, NO_LAG if unknown.
    """
    texts = Texts(columns, found, lag)
    return pa.concat_tables(
        [texts.all(), *(texts.of(name, hits) for name, hits in found.series.items())]
    )


def held(
    columns: Columns, found: OnAxis, places: Collection[tuple[str, str]]
) -> tuple[pa.Table, Column]:
    """Return series, bucket, number, day of the articles that some buckets of series hold.

    `places` are pairs of a series and the first day of its bucket. Beside them come the numbers of
    these articles and of all that are copies of one of them.
    """
    axis, days = found.axis, found.days
    firsts = axis.buckets(np.arange(axis.dayless)).to_pylist()
    code_of = {str(first): code for code, first in enumerate(firsts)}
    tables, everywhere = [], []
    for name, hits in found.series.items():
        wanted = [code_of[day] for series, day in places if series == name and day in code_of]
        at = np.flatnonzero(np.isin(hits.codes, wanted))
        ordinals = hits.ordinals[at]
        everywhere.append(ordinals)
        day = days.values[days.of[ordinals]].astype("datetime64[D]")
        parts = {
            "series": pa.array([name]).take(pa.array(np.zeros(len(at), np.int8))),
            "bucket": axis.buckets(hits.codes[at]),
            "number": columns.number[ordinals],
            "day": pa.array(day, pa.date32()),
        }
        tables.append(pa.table(parts))
    return pa.concat_tables(tables), _with_copies(columns, np.concatenate(everywhere))


def _with_copies(columns: Columns, ordinals: Column) -> Column:
    """Return the numbers of some articles and of all that are copies of one of them."""
    is_asked = np.zeros(columns.count + 1, bool)
    is_asked[columns.shared[ordinals]] = True
    is_asked[-1] = False  # of no group: the place of -1
    same = np.flatnonzero(is_asked[columns.shared])
    found: Column = columns.number[np.union1d(ordinals, same)]
    return found


class Texts:
    """The distinct texts of a corpus on an axis, and of series within it."""

    def __init__(self, columns: Columns, found: OnAxis, lag: Column) -> None:
        """Find the outlet that had each text of a bucket first."""
        self._columns, self._axis, self._days, self._lag = columns, found.axis, found.days, lag
        self._outlet, self._names = columns.named("outlet")
        corpus = found.corpus()
        shared = columns.shared[corpus.ordinals]
        copies = np.flatnonzero(shared >= 0)
        some = corpus.ordinals[copies]
        keys = self._key(corpus.codes[copies], shared[copies])
        instant = columns.published[some]
        instant = np.where(instant == NO_INSTANT, _LATEST, instant)
        order = np.lexsort((columns.article_id[some], instant, found.days.of[some], keys))
        keys = keys[order]
        firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        self._keys, self._first = keys[firsts], some[order[firsts]]
        alone = np.flatnonzero(shared < 0)
        self._corpus = Placed(
            np.concatenate([corpus.ordinals[alone], self._first]),
            np.concatenate([corpus.codes[alone], self._keys // max(columns.count, 1)]),
        )

    def _key(self, codes: Column, groups: Column) -> Column:
        found: Column = codes.astype(np.int64) * self._columns.count + groups
        return found

    def all(self) -> pa.Table:
        """Return the rows of the series "": all texts of the corpus."""
        ordinals = self._corpus.ordinals
        once = np.ones(len(ordinals), np.int64)
        parts = (once, self._weak(ordinals), self._late(ordinals))
        return self._table("", self._corpus.codes, self._outlets(ordinals), *parts)

    def of(self, series: str, hits: Placed) -> pa.Table:
        """Return the rows of a series that names `hits`: `articles` counts their copies too."""
        shared = self._columns.shared[hits.ordinals]
        weak, late = self._weak(hits.ordinals), self._late(hits.ordinals)
        alone, copies = np.flatnonzero(shared < 0), np.flatnonzero(shared >= 0)
        keys, group, several = np.unique(
            self._key(hits.codes[copies], shared[copies]), return_inverse=True, return_counts=True
        )
        first = self._first[np.searchsorted(self._keys, keys)]
        every = [
            np.bincount(group, mark[copies], len(keys)).astype(np.int64) == several
            for mark in (weak, late)
        ]
        return self._table(
            series,
            np.concatenate([hits.codes[alone], keys // max(self._columns.count, 1)]),
            np.concatenate([self._outlets(hits.ordinals[alone]), self._outlets(first)]),
            np.concatenate([np.ones(len(alone), np.int64), several]),
            np.concatenate([weak[alone], every[0]]),
            np.concatenate([late[alone], every[1]]),
        )

    def _outlets(self, ordinals: Column) -> Column:
        found: Column = self._outlet[ordinals].astype(np.int64)
        return found

    def _weak(self, ordinals: Column) -> Column:
        weak: Column = self._columns.standing[ordinals] & UNSURE > 0
        return weak

    def _late(self, ordinals: Column) -> Column:
        """Return which were fetched over two days after they were published."""
        lag = self._lag[ordinals]
        since = lag.astype(np.int32)
        if self._days.starts is None:  # of another time zone than UTC
            columns = self._columns
            utc = np.append(columns.days, 0)[columns.day[ordinals]]
            since = since + utc - np.append(self._days.values, 0)[self._days.of[ordinals]]
        late: Column = (lag != NO_LAG) & (since > LATE_DAYS)
        return late

    def _table(
        self, series: str, codes: Column, outlets: Column, articles: Column, *marks: Column
    ) -> pa.Table:
        """Return one row for each bucket and outlet that has a text."""
        names = self._names
        cells, *numbers = tallied(
            codes * len(names) + outlets, (self._axis.dayless + 1) * len(names), articles, *marks
        )
        outlet = pa.DictionaryArray.from_arrays(
            pa.array((cells % max(len(names), 1)).astype(np.int32)), pa.array(names, pa.string())
        )
        bucket = self._axis.buckets(cells // max(len(names), 1)).cast(pa.timestamp("s"))
        named = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(cells), np.int32)), [series])
        return pa.Table.from_arrays([named, bucket, outlet, *numbers], schema=SCHEMA)


def tallied(cells: Column, size: int, *weights: Column) -> Iterator[Column]:
    """Yield the cells that occur, ascending, how often each does, and its sum of each weight."""
    if size > TABLE:
        occurring, places = np.unique(cells, return_inverse=True)
    else:
        counts = np.bincount(cells, minlength=1)
        occurring = np.flatnonzero(counts)
        place_of = np.empty(len(counts), np.int64)
        place_of[occurring] = np.arange(len(occurring))
        places = place_of.take(cells)
    yield occurring
    yield np.bincount(places, minlength=len(occurring))
    for weight in weights:
        yield np.bincount(places, weight, len(occurring)).astype(np.int64)
