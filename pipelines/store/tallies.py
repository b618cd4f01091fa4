"""The articles that a free text names in, its counts by bucket and its newest articles out.

The same answers as the SQL of `questions.py` over the relations of `select.py`, from the arrays of
`columns.py`; a test compares both over drawn stores and queries. Placement, period and bucket are
explained there. A query whose days are those of another time zone, or that names topics or
entities beside its text, is left to SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipelines.query import Interval, Placement, Query
from pipelines.store import columns, select
from pipelines.store.columns import Columns, Flags, Ordinals

Numbers: TypeAlias = npt.NDArray[Any]  # whole numbers
TagsAsked: TypeAlias = Callable[[str, tuple[str, ...]], Ordinals]  # kind, tags -> articles

_PLACEMENTS = sorted(Placement)  # in the order of the answer
_PLACED = _PLACEMENTS.index(Placement.PLACED)
_COARSE = columns.MONTH | columns.YEAR
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


@dataclass(frozen=True, slots=True)
class Named:
    """The articles that a text names, in any order, and how often each."""

    ordinals: Ordinals
    n: Numbers


def answers(query: Query) -> bool:
    """Return whether the query can be answered here."""
    return bool(query.text) and not (query.topics or query.entities) and query.tz == "UTC"


@dataclass(frozen=True, slots=True)
class Tallies:
    """Answers for one query: what its text names, and what its `within` does."""

    query: Query
    facts: Columns
    named: Named
    within: Ordinals | None
    tagged: TagsAsked

    def counts(self) -> pd.DataFrame:
        """Return what `Store.counts` does."""
        ordinals, n, placed, days = self._narrowed()
        buckets = _bucket(days, self.query.interval or Interval.DAY)
        known = (placed == _PLACED) & (days != columns.NEVER)
        dated = buckets if known.all() else buckets[np.flatnonzero(known)]
        lowest = int(dated.min()) if len(dated) else 0
        span = int(dated.max()) - lowest + 1 if len(dated) else 0
        keys = buckets - lowest
        if len(dated) < len(keys):
            keys = np.where(known, keys, span + placed.astype(np.int64))
        weak = np.flatnonzero(self.facts.standing.take(ordinals) & columns.WEAK)
        sums = _Sums(keys, span + len(_PLACEMENTS))
        used = np.flatnonzero(sums.rows)
        placement = np.where(used < span, _PLACED, used - span)
        order = np.argsort(placement, kind="stable")  # days in order, those without one last
        used, placement = used[order], placement[order]
        names = np.array(_PLACEMENTS, object)
        table = pa.table(
            {
                "series": [f"query:{self.query.text}"] * len(used),
                "placement": names[placement],
                "bucket": pa.array((used + lowest).astype(np.int32), mask=used >= span),
                "articles": sums.rows[used],
                "mentions": sums.of(n)[used],
                "texts": sums.distinct(self.facts.shared.take(ordinals))[used],
                "weak": sums.among(weak)[used],
            }
        )
        return as_frame(table.cast(_COUNTS))

    def newest(self, count: int) -> Ordinals:
        """Return articles of the query among which its `count` newest are: few more than these."""
        ordinals, _, placed, days = self._narrowed()
        wanted = select.wanted_placements(self.query).values
        if wanted:
            chosen = np.flatnonzero(placed == _PLACEMENTS.index(Placement(str(wanted[0]))))
            ordinals, days = ordinals[chosen], days[chosen]
        if count < len(days):
            least = np.partition(days, len(days) - count)[len(days) - count] if count else days
            ordinals = ordinals[days >= least]
        return ordinals

    def _narrowed(self) -> tuple[Numbers, ...]:
        """Return the named articles that meet all conditions: ordinal, n, placement and day."""
        ordinals = self.named.ordinals
        placed = _placement_of(self.query).take(self.facts.standing.take(ordinals))
        days = self.facts.days.take(ordinals)
        conditions = [self._in_period(ordinals, placed, days)]
        conditions += [
            self.facts.names(column).among(names, ordinals)
            for column, names in select.corpus_filters(self.query).items()
        ]
        for kind, tags in select.content_tags(self.query):
            conditions.append(self._among(self.tagged(kind, tags), ordinals))
        if self.within is not None:
            conditions.append(self._among(self.within, ordinals))
        found: tuple[Numbers, ...] = (ordinals, self.named.n, placed, days)
        asked = [one for one in conditions if one is not None]
        if asked:
            which = np.flatnonzero(np.logical_and.reduce(asked))
            found = tuple(column.take(which) for column in found)
        return found

    def _among(self, wanted: Ordinals, ordinals: Ordinals) -> Flags:
        flags = np.zeros(len(self.facts.days), bool)
        flags[wanted] = True
        found: Flags = flags[ordinals]
        return found

    def _in_period(self, ordinals: Ordinals, placed: Numbers, days: Numbers) -> Flags | None:
        """Return which are not cut by the period, None where it has no end."""
        start, end = self.query.start, self.query.end
        if not (start or end):
            return None
        kept: Flags = days != columns.NEVER
        if start:
            first = _number(start)
            early = _bucket(np.array([first]), self.query.interval or Interval.DAY)[0]
            coarse = (self.facts.standing.take(ordinals) & _COARSE) > 0
            kept &= days >= np.where(coarse, early, first)
        if end:
            kept &= days <= _number(end)
        kept |= placed != _PLACED
        return kept


class _Sums:
    """Sums over rows that have keys below `size`; `rows` is how many rows each key has."""

    def __init__(self, keys: Numbers, size: int) -> None:
        self._keys, self._size = keys, size
        self.rows: Numbers = np.bincount(keys, minlength=size)

    def of(self, numbers: Numbers) -> Numbers:
        """Return the sum of the rows' numbers for each key."""
        # sums of whole numbers are exact as floats up to 2 ** 53
        return np.bincount(self._keys, numbers, self._size).astype(np.int64)

    def among(self, which: Numbers) -> Numbers:
        """Return how many of some rows each key has."""
        return np.bincount(self._keys[which], minlength=self._size)

    def distinct(self, groups: npt.NDArray[np.int32]) -> Numbers:
        """Return how many groups each key has; a row without one (-1) is a group of its own."""
        grouped = np.flatnonzero(groups >= 0)
        if not len(grouped):
            return self.rows
        pairs = np.unique(self._keys[grouped].astype(np.int64) << 32 | groups[grouped])
        several: Numbers = np.bincount(pairs >> 32, minlength=self._size)
        found: Numbers = self.rows - self.among(grouped) + several
        return found


def _placement_of(query: Query) -> npt.NDArray[np.uint8]:
    """Return for each `standing` the place of its placement, by the rules of `select.py`."""
    standing = np.arange(2 * columns.WEAK)
    fineness = select.FINENESS[query.interval or Interval.DAY]
    too_coarse = np.zeros(len(standing), bool)
    for bit, needed in ((columns.MONTH, 1), (columns.YEAR, 2)):
        if fineness < needed:
            too_coarse |= (standing & bit) > 0
    unlikely = ((standing & columns.UNLIKELY) > 0) & (not query.guesses)
    rules = [
        ((standing & columns.SURELY_PLACED) > 0, Placement.PLACED),
        ((standing & columns.UNDATED) > 0, Placement.UNDATED),
        (unlikely, Placement.GUESS),
        (too_coarse, Placement.TOO_COARSE),
    ]
    conditions, found = zip(*rules, strict=True)
    places = np.select(conditions, [_PLACEMENTS.index(one) for one in found], _PLACED)
    return places.astype(np.uint8)


def _bucket(days: Numbers, interval: Interval) -> Numbers:
    """Return the first day of the bucket of each day, weeks from Monday; NEVER stays below all."""
    if interval is Interval.DAY:
        return days
    if interval is Interval.WEEK:
        mondays: Numbers = days - (days + 3) % 7  # 1970 began on a Thursday
        return mondays
    unit = "M8[M]" if interval is Interval.MONTH else "M8[Y]"
    found: Numbers = days.astype("M8[D]").astype(unit).astype("M8[D]").astype(np.int64)
    return found


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def as_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table of few rows as `resident.to_frame` does."""
    types = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = table.to_pandas(types_mapper=types.get, use_threads=False)
    return frame
