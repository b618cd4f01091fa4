"""Count a commit's articles: queries in, frames out, from the arrays of `counted/columns.py`.

What is counted is what `select.py` chooses, which says what placement, corpus and series mean; a
question for more than numbers goes there. Articles whose day is settled stand in its order, so
that counting them by bucket is finding where each begins; the few others are asked one by one, and
all of them where the days are those of another time zone than UTC.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Self

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.query import Placement, Query
from pipelines.store.asking.search import Found
from pipelines.store.asking.select import ALL, UNKNOWN, series_of, wanted_placements
from pipelines.store.counted.axis import PLACEMENTS, Axis, Days, OnAxis
from pipelines.store.counted.columns import NO_DAY, Column, Columns, Filter, Rows
from pipelines.store.counted.ranking import count_tags
from pipelines.store.counted.resident import as_frame
from pipelines.store.counted.sums import Sums

_KEPT_ZONES = 4  # of ten million articles 20 MB each
_FEW = 64  # of so many articles one: fewer are sorted as fast
_NAMES = pa.array([one.value for one in PLACEMENTS])
_DAYS_OF_ZONE = f"""
SELECT coalesce(
    CASE WHEN published_at IS NULL THEN published_day ELSE (published_at AT TIME ZONE ?)::DATE END
    - DATE '1970-01-01', {NO_DAY})::INT AS day FROM current ORDER BY number
"""
_COUNTS = pa.schema(
    [
        ("series", pa.string()),
        ("placement", pa.string()),
        ("bucket", pa.date32()),
        ("articles", pa.int64()),
        ("mentions", pa.int64()),
        ("texts", pa.int64()),
        ("weak", pa.int64()),
    ]
)
_TAG_COUNTS = pa.schema(
    [("tag", pa.string()), *((name, pa.int64()) for name in ("mentions", "articles", "texts"))]
)


class Counting:
    """Counts the articles of one commit; `find` gives the hits of a free text, one row each."""

    def __init__(
        self,
        columns: Columns,
        days_in: Callable[[str], Column],
        find: Callable[[str], Found],
    ) -> None:
        """Keep what to count; `days_in` gives the days of a time zone, one for each article."""
        self._columns, self._days_in, self._find = columns, days_in, find
        self._zones: dict[str, Days] = {"UTC": Days(columns.days, columns.day, columns.day_starts)}
        self._lock = Lock()

    def finding(self, find: Callable[[str], Found]) -> Self:
        """Return what counts the same articles by the hits of another search."""
        other = copy(self)
        other._find = find
        return other

    def counts(self, query: Query) -> pd.DataFrame:
        """Return series, placement, bucket, articles, mentions, texts, weak."""
        axis, filters = self._axis(query), [*self._corpus(query), *self._content(query)]
        tables = []
        for series, kind, tag in sorted(series_of(query)):
            rows = self._named(kind, tag, filters)
            sums = Sums(self._columns, axis, *_parts(axis, rows, filters))
            numbers = [sums.articles, sums.mentions(), sums.texts(), sums.weak()]
            tables.append(_frame(axis, numbers, _COUNTS, series))
        return as_frame(pa.concat_tables(tables))

    def totals(self, query: Query) -> pd.DataFrame:
        """Return placement, bucket, articles, texts of the corpus."""
        sums = self._of_corpus(query, self._axis(query))
        schema = pa.schema(
            [_COUNTS.field(name) for name in ("placement", "bucket", "articles", "texts")]
        )
        return as_frame(_frame(sums.axis, [sums.articles, sums.texts()], schema))

    def days(self, query: Query) -> pd.DataFrame:
        """Return day, articles of the placed ones of the corpus."""
        axis = self._axis(query, by_day=True)
        articles = self._of_corpus(query, axis).articles
        codes = np.flatnonzero(articles[1 : axis.dayless + 1]) + 1
        return as_frame(pa.table({"day": axis.buckets(codes), "articles": articles[codes]}))

    def placements(self, query: Query) -> dict[str, int]:
        """Return how many distinct articles of the query are of each placement."""
        axis = self._axis(query)
        loose, settled = self._chosen(query, axis)
        found = np.bincount(axis.placements(axis.codes(loose)), minlength=len(PLACEMENTS))
        counts = dict(zip(map(str, PLACEMENTS), found.tolist(), strict=True))
        counts[Placement.PLACED] += len(settled)
        return counts

    def placed(self, query: Query) -> OnAxis:
        """Return which articles of the corpus, and of each series, stand in which bucket."""
        axis, corpus, every = self._axis(query), list(self._corpus(query)), self._named(ALL, "")
        filters = [*corpus, *self._content(query)]
        series = {
            name: axis.placed(*_parts(axis, self._named(kind, tag, filters), filters))
            for name, kind, tag in series_of(query)
        }
        whole = partial(axis.placed, *_parts(axis, every, corpus))
        return OnAxis(axis, self._zone(query.tz), whole, series)

    def tag_counts(self, query: Query, kind: str) -> pd.DataFrame:
        """Return tag, mentions, articles, texts of the chosen articles, most articles first."""
        tags = self._columns.tags(kind)
        found = count_tags(self._columns, tags, self._wanted(query, self._axis(query)))
        at = np.flatnonzero(found.articles)
        at = at[np.lexsort((at, -found.mentions[at], -found.articles[at]))]
        names = pa.array(tags.names, pa.string()).take(pa.array(at))
        numbers = [column[at] for column in (found.mentions, found.articles, found.texts)]
        return as_frame(pa.Table.from_arrays([names, *numbers], schema=_TAG_COUNTS))

    def group_counts(self, query: Query, column: str) -> pd.DataFrame:
        """Return value, label (the value), articles of a named column, most articles first."""
        places, names = self._columns.named(column)
        found = np.zeros(len(names), np.int64)
        for rows in self._wanted(query, self._axis(query)):
            found += np.bincount(rows.of(places), minlength=len(names))
        at = np.flatnonzero(found)
        at = at[np.lexsort((at, -found[at]))]
        values = pa.array(names, pa.string()).take(pa.array(at))
        return as_frame(pa.table({"value": values, "label": values, "articles": found[at]}))

    def page(self, query: Query, *, limit: int | None = None, offset: int = 0) -> pa.Table:
        """Return number, article_id, day, placement, mentions, headline_mentions, newest first.

        By `number` the counting tables know them. Those of the chosen articles from a place on, so
        many or all; those without a day come last.
        """
        axis, days = self._axis(query), self._zone(query.tz)
        parts = self._wanted(query, axis)
        ordinals = self._newest(parts, days, None if limit is None else limit + offset)
        place = days.of[ordinals].astype(np.int32)
        has_day = place < len(days.values)
        instant = self._columns.published[ordinals]
        ids = self._columns.article_id[ordinals]
        order = np.lexsort((ids, -instant, np.where(has_day, -place, 1)))
        order = order[offset : None if limit is None else offset + limit]
        ordinals, has_day, place = ordinals[order], has_day[order], place[order]
        values = np.append(days.values, 0)[place].astype("datetime64[D]")
        placements = axis.placements(axis.codes(Rows(0, self._columns.count, ordinals)))
        return pa.table(
            {
                "number": self._columns.number[ordinals],
                "article_id": ids[order],
                "day": pa.array(values, mask=~has_day),
                "placement": _NAMES.take(pa.array(placements)),
                **self._named_in(query, ordinals),
            }
        )

    def _newest(self, parts: tuple[Rows, Rows], days: Days, count: int | None) -> Column:
        """Return the numbers of the newest `count`, and of all of the same day as the last."""
        loose, settled = parts
        if count is not None and days.starts is not None and len(settled) > count > 0:
            last = int(settled.ordinals(-count)[0])
            settled = settled.between(int(days.starts[days.of[last]]), settled.last)
        ordinals = np.concatenate([loose.ordinals(), settled.ordinals()])
        if not count or count >= len(ordinals):
            return ordinals[:0] if count == 0 else ordinals
        place = days.of[ordinals].astype(np.int32)
        place[place == len(days.values)] = -1
        newest: Column = ordinals[place >= np.partition(place, -count)[-count]]
        return newest

    def _named_in(self, query: Query, ordinals: Column) -> dict[str, Column]:
        """Return how often some articles name the series of a query, and how often in headlines."""
        mentions, heads = np.zeros(len(ordinals), np.int32), np.zeros(len(ordinals), np.int32)
        for _, kind, tag in series_of(query):
            if kind != ALL:
                named, ns, in_heads = self._hits_of(kind, tag)
                at = np.minimum(np.searchsorted(named, ordinals), max(len(named) - 1, 0))
                is_named = named[at] == ordinals if len(named) else np.zeros(len(ordinals), bool)
                mentions[is_named] += ns[at[is_named]]
                heads[is_named] += in_heads[at[is_named]]
        return {"mentions": mentions, "headline_mentions": heads}

    def _zone(self, tz: str) -> Days:
        """Return the days of a time zone; the last few are kept."""
        with self._lock:
            if tz not in self._zones:
                found = self._columns.by_ordinal(self._days_in(tz))
                days, of = np.unique(found, return_inverse=True)
                if len(days) and days[-1] == NO_DAY:
                    days = days[:-1]
                while len(self._zones) >= _KEPT_ZONES:
                    del self._zones[next(name for name in self._zones if name != "UTC")]
                narrow = np.min_scalar_type(len(days))
                self._zones[tz] = Days(days.astype(np.int32), of.astype(narrow))
            return self._zones[tz]

    def _axis(self, query: Query, *, by_day: bool = False) -> Axis:
        return Axis(self._columns, self._zone(query.tz), query, by_day=by_day)

    def _corpus(self, query: Query) -> Iterator[Filter]:
        """Yield the corpus filters but the period."""
        homes = ["" if code == UNKNOWN else code for code in query.outlet_countries]
        wanted = {"outlet": query.outlets, "outlet_country": homes, "language": query.languages}
        for name, values in wanted.items():
            if values:
                yield Filter(*self._columns.coded(name, values))

    def _content(self, query: Query) -> Iterator[Filter]:
        """Yield the content conditions."""
        tags = (("country", query.mentioned), ("about", query.about), ("dateline", query.dateline))
        for kind, codes in tags:
            if codes:
                yield Filter(
                    self._mask(self._columns.tags(kind).of(code)[0] for code in codes), [1]
                )
        if query.within:
            yield Filter(self._mask([self._hits_of("query", query.within)[0]]), [1])

    def _mask(self, ordinals: Iterable[Column]) -> Column:
        found = np.zeros(self._columns.count, np.uint8)
        for some in ordinals:
            found[some] = 1
        return found

    def _hits_of(self, kind: str, tag: str) -> tuple[Column, Column, Column]:
        """Return which articles a series names, how often each, and how often in headlines."""
        if kind != "query":
            return self._columns.tags(kind).of(tag)
        found = self._find(tag)
        order = self._order(found.ordinals)
        return found.ordinals.take(order), found.n.take(order), found.n_headline.take(order)

    def _order(self, ordinals: Column) -> Column:
        """Return the places of distinct articles in order of their numbers."""
        if len(ordinals) * _FEW < self._columns.count:
            return np.argsort(ordinals)
        # of 117,000 among a million sorting them took 6 ms, this takes 1
        place: Column = np.empty(self._columns.count, np.int32)
        place[ordinals] = np.arange(len(ordinals), dtype=np.int32)
        return place.take(np.flatnonzero(self._mask([ordinals]).view(bool)))

    def _named(self, kind: str, tag: str, filters: Sequence[Filter] = ()) -> Rows:
        """Return the articles of a series; those of a search as far as they pass the filters."""
        every = Rows(0, self._columns.count)
        if kind == ALL:
            return every
        if kind != "query":
            ordinals, ns, _ = self._hits_of(kind, tag)
            return replace(every, picked=ordinals, ns=ns)
        found = self._find(tag)  # in no order: fewer are put in order sooner
        rows = replace(every, picked=found.ordinals, ns=found.n)
        for one in filters:
            rows = rows.where(one.keeps(rows))
        return rows.taken(self._order(rows.ordinals()))

    def _of_corpus(self, query: Query, axis: Axis) -> Sums:
        every = Rows(0, self._columns.count)
        return Sums(self._columns, axis, *_parts(axis, every, list(self._corpus(query))))

    def _chosen(self, query: Query, axis: Axis, first: int = 0) -> tuple[Rows, Rows]:
        """Return what a series names, once each: articles asked one by one, and the others.

        Those before the `first` are left out.
        """
        filters = [*self._corpus(query), *self._content(query)]
        named = [self._named(kind, tag, filters) for _, kind, tag in series_of(query)]
        rows = named[0]
        if len(named) > 1:
            one_of = self._mask(one.ordinals() for one in named)
            rows = Rows(0, self._columns.count).where(one_of == 1)
        rows = rows.between(first, self._columns.count)
        loose, settled = _parts(axis, rows, filters)
        return loose.where(axis.codes(loose) >= 0), settled

    def _wanted(self, query: Query, axis: Axis) -> tuple[Rows, Rows]:
        """Return those of the placement that the query opens."""
        wanted = wanted_placements(query).values
        if wanted == (Placement.PLACED.value,) and axis.places_settled_alone:
            return Rows(0, 0), self._chosen(query, axis, first=axis.settled[0])[1]
        loose, settled = self._chosen(query, axis)
        if not wanted:
            return loose, settled
        places = [PLACEMENTS.index(Placement(str(one))) for one in wanted]
        if Placement.PLACED not in wanted:
            settled = settled.between(settled.first, settled.first)
        return loose.where(np.isin(axis.placements(axis.codes(loose)), places)), settled


def _parts(axis: Axis, rows: Rows, filters: Sequence[Filter]) -> tuple[Rows, Rows]:
    """Return the articles to ask one by one, and those placed in order of their day."""
    loose, settled = rows.between(0, axis.loose), rows.between(*axis.settled)
    for one in filters:
        loose, settled = (part.where(one.keeps(part)) for part in (loose, settled))
    return loose, settled


def _frame(axis: Axis, numbers: Sequence[Column], schema: pa.Schema, *series: str) -> pa.Table:
    """Return the rows of the codes that have articles, which the first of the numbers says."""
    codes = np.flatnonzero(numbers[0])
    columns = [pa.array([one]).take(pa.array(np.zeros(len(codes), np.int8))) for one in series]
    columns += [_NAMES.take(pa.array(axis.placements(codes))), axis.buckets(codes)]
    columns += [pa.array(column[codes]) for column in numbers]
    return pa.Table.from_arrays(columns, schema=schema)


def days_in(connection: duckdb.DuckDBPyConnection, tz: str) -> Column:
    """Return the day of each current article in a time zone, since 1970; NO_DAY where none is.

    In the order of their numbers in the counting tables.
    """
    with connection.cursor() as cursor:
        table = cursor.sql(_DAYS_OF_ZONE, params=[tz]).to_arrow_table()
        days: Column = table["day"].to_numpy()
        return days
