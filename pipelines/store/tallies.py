"""The articles that a free text names in, its counts by bucket and its newest articles out.

The same answers as the SQL of `questions.py` over the relations of `select.py`, from the arrays of
`columns.py`; a test compares both over drawn stores and queries. Placement, period and bucket are
explained there. A query whose days are those of another time zone, or that names topics or
entities beside its text, is left to SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipelines.query import Interval, Placement, Query
from pipelines.store import columns, select
from pipelines.store.columns import Columns, Flags, Ordinals

Numbers: TypeAlias = npt.NDArray[np.int64]
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
        which, placed, days = self._narrowed()
        ordinals, n = self.named.ordinals[which], self.named.n[which]
        buckets = _bucket(days, self.query.interval or Interval.DAY)
        known = (placed == _PLACED) & (days != columns.NEVER)
        dated = buckets if known.all() else buckets[np.flatnonzero(known)]
        lowest = int(dated.min()) if len(dated) else 0
        span = int(dated.max()) - lowest + 1 if len(dated) else 0
        keys = np.where(known, buckets - lowest, span + placed)
        weak = (self.facts.standing[ordinals] & columns.WEAK) > 0
        sums = _Sums(keys, span + len(_PLACEMENTS))
        articles = sums.of()
        used = np.flatnonzero(articles)
        placement = np.where(used < span, _PLACED, used - span)
        order = np.argsort(placement, kind="stable")  # days in order, those without one last
        used, placement = used[order], placement[order]
        table = pa.table(
            {
                "series": [f"query:{self.query.text}"] * len(used),
                "placement": [str(_PLACEMENTS[one]) for one in placement.tolist()],
                "bucket": pa.array((used + lowest).astype(np.int32), mask=used >= span),
                "articles": articles[used],
                "mentions": sums.of(n)[used],
                "texts": sums.distinct(self.facts.shared[ordinals])[used],
                "weak": sums.of(weak)[used],
            }
        )
        return as_frame(table.cast(_COUNTS))

    def newest(self, count: int) -> Ordinals:
        """Return articles of the query among which its `count` newest are: few more than these."""
        which, placed, days = self._narrowed()
        wanted = select.wanted_placements(self.query).values
        if wanted:
            chosen = placed == _PLACEMENTS.index(Placement(str(wanted[0])))
            which, days = which[chosen], days[chosen]
        ordinals = self.named.ordinals[which]
        if count < len(days):
            least = np.partition(days, len(days) - count)[len(days) - count] if count else days
            ordinals = ordinals[days >= least]
        return ordinals

    def _narrowed(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return which of the named articles meet all conditions, their placements and days."""
        ordinals = self.named.ordinals
        placed = _placement_of(self.query)[self.facts.standing[ordinals]]
        days = self.facts.days[ordinals].astype(np.int64)
        kept = (placed != _PLACED) | self._in_period(ordinals, days)
        for column, names in select.corpus_filters(self.query).items():
            kept &= self.facts.names(column).among(names, ordinals)
        for kind, tags in select.content_tags(self.query):
            kept &= self._among(self.tagged(kind, tags), ordinals)
        if self.within is not None:
            kept &= self._among(self.within, ordinals)
        which = np.flatnonzero(kept)
        return which, placed[which], days[which]

    def _among(self, wanted: Ordinals, ordinals: Ordinals) -> Flags:
        flags = np.zeros(len(self.facts.days), bool)
        flags[wanted] = True
        found: Flags = flags[ordinals]
        return found

    def _in_period(self, ordinals: Ordinals, days: Numbers) -> Flags:
        start, end = self.query.start, self.query.end
        kept = np.ones(len(days), bool)
        if start or end:
            kept &= days != columns.NEVER
        if start:
            first = _number(start)
            early = _bucket(np.array([first]), self.query.interval or Interval.DAY)[0]
            coarse = (self.facts.standing[ordinals] & _COARSE) > 0
            kept &= days >= np.where(coarse, early, first)
        if end:
            kept &= days <= _number(end)
        return kept


class _Sums:
    """Sums over rows that have keys below `size`."""

    def __init__(self, keys: Numbers, size: int) -> None:
        self._keys, self._size = keys, size

    def of(self, numbers: Numbers | Flags | None = None) -> Numbers:
        """Return the sum of the rows' numbers for each key, or how many rows it has."""
        # sums of whole numbers are exact as floats up to 2 ** 53
        return np.bincount(self._keys, numbers, self._size).astype(np.int64)

    def distinct(self, groups: npt.NDArray[np.int32]) -> Numbers:
        """Return how many groups each key has; a row without one (-1) is a group of its own."""
        found, grouped = self.of(), np.flatnonzero(groups >= 0)
        if len(grouped):
            keys = self._keys[grouped]
            pairs = np.unique(keys << 32 | groups[grouped])
            found -= np.bincount(keys, minlength=self._size)
            found += np.bincount(pairs >> 32, minlength=self._size)
        return found


def _placement_of(query: Query) -> npt.NDArray[np.int64]:
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
    return np.select(conditions, [_PLACEMENTS.index(one) for one in found], _PLACED)


def _bucket(days: Numbers, interval: Interval) -> Numbers:
    """Return the first day of the bucket of each day, weeks from Monday; NEVER stays below all."""
    if interval is Interval.DAY:
        return days
    if interval is Interval.WEEK:
        return days - (days + 3) % 7  # 1970 began on a Thursday
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
