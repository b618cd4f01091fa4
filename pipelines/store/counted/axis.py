"""Where articles stand on the axis of a query: their days and dates in, codes of a row out.

The codes are in the order in which rows of an answer come: 0 is a *guess*, 1 and so on are the
buckets in which an article is *placed*, then come placed without a day, *too coarse* and *undated*.
Which of these an article is, and what a period cuts, is told in `asking/select.py`, whose SQL gives
the same (tests/store/ hold both against plain counts).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from pipelines.query import Interval, Placement, Query
from pipelines.store.counted.columns import (
    COARSE,
    GUESSED,
    MONTH,
    UNDATED,
    YEAR,
    Column,
    Columns,
    Rows,
)

GUESS = 0
PLACEMENTS = list(Placement)
_EPOCH = date(1970, 1, 1)
_COARSEST = {Interval.DAY: 0, Interval.WEEK: 0, Interval.MONTH: MONTH, Interval.YEAR: YEAR}


@dataclass(frozen=True, slots=True)
class Days:
    """The day of each article as a place among `values` (since 1970, ascending).

    `of` has len(values) where there is none. `starts` says which settled article is the first of
    each day, where they stand in its order.
    """

    values: Column
    of: Column
    starts: Column | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Articles that stand in a bucket, and the code of the bucket of each."""

    ordinals: Column
    codes: Column


class Axis:
    """The axis of a query: its buckets, and its period."""

    def __init__(self, columns: Columns, days: Days, query: Query, *, by_day: bool = False) -> None:
        """Find the bucket of each day, and the days that the period cuts off.

        With `by_day` buckets are days, of what is placed at the query's interval.
        """
        self._columns, self._days = columns, days
        interval = query.interval or Interval.DAY
        firsts = _truncated(days.values, Interval.DAY if by_day else interval)
        buckets, self._first_days, places = np.unique(
            firsts, return_index=True, return_inverse=True
        )
        self._buckets: Column = buckets.astype("datetime64[D]")
        self.dayless = len(buckets) + 1
        self.too_coarse, self.undated, self.size = (self.dayless + k for k in (1, 2, 3))
        self._code_of_day = np.append(places + 1, self.dayless).astype(np.int32)
        self._code_of_standing = self._codes_of_standing(query, _COARSEST[interval])
        self._cuts = bool(query.start or query.end)
        self._from_of = np.zeros(4, np.int64)  # by what of a date is known
        if query.start is not None:
            month = query.start.replace(day=1)
            begins = {0: query.start, MONTH: month, YEAR: month.replace(month=1)}
            for known, first in begins.items():
                self._from_of[known] = np.searchsorted(days.values, _number(first))
        self._to = len(days.values)
        if query.end is not None:
            self._to = int(np.searchsorted(days.values, _number(query.end), "right"))

    def _codes_of_standing(self, query: Query, coarsest: int) -> Column:
        standing = np.arange(16)
        coarse = standing & COARSE
        guessed = (standing & GUESSED > 0) & (not query.guesses)
        choices = [(coarse == UNDATED, self.undated), (guessed, GUESS)]
        choices += [((coarse > coarsest) & (coarse != UNDATED), self.too_coarse)]
        conditions, codes = zip(*choices, strict=True)
        return np.select(conditions, codes, 1)

    @property
    def settled(self) -> tuple[int, int]:
        """Return the first and one past the last of the articles that are placed, in order of day.

        Others are asked one by one; those before the first or behind the last of these are not.
        """
        starts = self._days.starts
        if starts is None:
            return self._columns.count, self._columns.count
        first = int(starts[self._from_of[0]]) if self._cuts else self._columns.unsettled
        return first, max(first, int(starts[self._to])) if self._cuts else self._columns.count

    @property
    def places_settled_alone(self) -> bool:
        """Return whether none but these can be placed."""
        is_placed = self._code_of_standing[self._columns.loose_standings] == 1
        return self._days.starts is not None and not is_placed.any()

    @property
    def loose(self) -> int:
        """Return how many articles, the first ones, must be asked one by one where they stand."""
        return self._columns.count if self._days.starts is None else self._columns.unsettled

    def codes(self, rows: Rows) -> Column:
        """Return the code of each of some articles, -1 where the period cuts it off."""
        standing, day = rows.of(self._columns.standing), rows.of(self._days.of)
        codes = self._code_of_standing[standing]
        is_placed = codes == 1
        if self._cuts:
            inside = (day >= self._from_of[standing & COARSE]) & (day < self._to)
            codes = np.where(is_placed & ~inside, -1, codes)
            is_placed &= inside
        found: Column = np.where(is_placed, self._code_of_day[day], codes)
        return found

    def begins(self) -> Column:
        """Return the first settled article of each bucket; for each code from 1 to `dayless`."""
        starts = self._days.starts
        if starts is None:
            return np.zeros(self.dayless + 1, np.int32)
        begins: Column = starts[np.append(self._first_days, [len(starts) - 2, len(starts) - 1])]
        return begins

    def bounds(self, rows: Rows) -> Column:
        """Return where among settled rows each of these begins."""
        bounds: Column = np.clip(self.begins(), rows.first, rows.last) - rows.first
        if rows.picked is not None:
            bounds = np.searchsorted(rows.picked, self.begins().astype(rows.picked.dtype))
        return bounds

    def placed(self, loose: Rows, settled: Rows) -> Placed:
        """Return which of some articles stand in a bucket, and in which."""
        counts = np.diff(self.bounds(settled))
        settled_codes = np.repeat(np.arange(1, self.dayless + 1, dtype=np.int32), counts)
        codes = np.concatenate([self.codes(loose).astype(np.int32), settled_codes])
        ordinals = np.concatenate([loose.ordinals(), settled.ordinals()])
        inside = (codes >= 1) & (codes < self.dayless)
        return Placed(ordinals[inside], codes[inside])

    def placements(self, codes: Column) -> Column:
        """Return the places among `PLACEMENTS` of what codes stand for."""
        of_code = np.full(self.size, PLACEMENTS.index(Placement.PLACED))
        of_code[[GUESS, self.too_coarse, self.undated]] = [
            PLACEMENTS.index(one)
            for one in (Placement.GUESS, Placement.TOO_COARSE, Placement.UNDATED)
        ]
        places: Column = of_code[codes]
        return places

    def buckets(self, codes: Column) -> pa.Array:
        """Return the first days of the buckets that codes stand for, nothing for the others."""
        in_bucket = (codes >= 1) & (codes < self.dayless)
        days = np.zeros(len(codes), "datetime64[D]")
        days[in_bucket] = self._buckets[codes[in_bucket] - 1]
        return pa.array(days, mask=~in_bucket)


@dataclass(frozen=True, slots=True)
class OnAxis:
    """What a query finds on its axis: the corpus, worked out when asked for, and each series."""

    axis: Axis
    days: Days
    corpus: Callable[[], Placed]
    series: Mapping[str, Placed]


def _number(day: date) -> int:
    return (day - _EPOCH).days


def _truncated(days: Column, interval: Interval) -> Column:
    """Return the first day of the day, week (from Monday), month or year of each."""
    if interval is Interval.DAY:
        return days
    if interval is Interval.WEEK:
        weeks: Column = days - (days + 3) % 7  # day 0, 1970-01-01, was a Thursday
        return weeks
    unit = {Interval.MONTH: "M", Interval.YEAR: "Y"}[interval]
    whole = days.astype("datetime64[D]").astype(f"datetime64[{unit}]")
    firsts: Column = whole.astype("datetime64[D]").astype(np.int64)
    return firsts
