"""How far each bucket of each series lies from what is usual for it: the numbers behind peaks.

`usual.py` says what is expected, `tails.py` how rare what was found is. One read of the store
serves all series; the past that a bucket is measured by is read too, whatever period is asked for,
so that a mark does not depend on where a chart begins.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.analysis.attention import bucket_grid
from pipelines.analysis.buckets import bucket_start, bucket_starts
from pipelines.analysis.period import useful_period
from pipelines.analysis.press import asks_of_content
from pipelines.analysis.tails import Floats, as_normal, chance_of_more, score
from pipelines.analysis.usual import MEMORY, Memory, Usual, Volumes, before, usual
from pipelines.query import Query
from pipelines.store import Store, read_text_volumes
from pipelines.store.asking.select import series_of

COLUMNS = [
    *("series", "bucket", "bucket_end", "coverage", "texts", "articles", "observed", "expected"),
    *("dispersion", "freedom", "chance", "newcomers", "weak", "weak_usual", "late", "late_usual"),
    *("outlet", "outlet_texts", "outlet_usual", "chance_without", "all_texts"),
]
_LEAST_COVERAGE = 0.5  # below it a bucket neither measures others nor is measured
_NOWHERE = np.array([], np.int64)
_LEANING = 20.0  # texts of the corpus that are added to those of the series


def with_series(store: Store, query: Query) -> Query:
    """Return the query; one that asks of nothing becomes that of every topic of the store.

    All articles have no usual share of all articles.
    """
    if asks_of_content(query):
        return query
    return replace(query, topics=tuple(store.topics()["id"]))


def deviations(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns COLUMNS, one row per series and finished bucket that can be measured.

    `observed` and `expected` are distinct texts of outlets with a past; `chance` is how likely so
    many or more are by the usual variation. `weak_usual` and `late_usual` say how many of so many
    texts are so otherwise; `outlet` is the one most above its own part, and `chance_without` the
    chance of the rest. `all_texts` is the bucket's denominator. Nothing for years or without a
    period.
    """
    query = useful_period(store, query)
    if query.start is None or query.end is None or query.interval not in MEMORY:
        return _nothing()
    memory = MEMORY[query.interval]
    longer = replace(query, start=_begin(query, memory), placement=None)
    grid = bucket_grid(store, longer)
    rows = read_text_volumes(store, longer)
    if rows.empty:
        return _nothing()
    wanted = (grid["bucket"] >= pd.Timestamp(query.start)).to_numpy()
    tables = _Tables(rows, grid, memory)
    parts = [tables.measured(series, wanted) for series, _, _ in series_of(query)]
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="float64") for name in COLUMNS})


def _begin(query: Query, memory: Memory) -> "pd.Timestamp":
    """Return the first day of the past that the query's first bucket is measured by."""
    assert query.start is not None  # the caller has seen to it
    assert query.interval is not None
    first = bucket_start(query.start, query.interval)
    length = {"day": 1, "week": 7, "month": 31}[query.interval.value]
    back = pd.Timestamp(first) - pd.Timedelta(days=2 * memory.reach * length)
    return bucket_starts(back.date(), first, query.interval)[0].date()


class _Tables:
    """The rows of `read_text_volumes` as tables of outlets and buckets, series by series."""

    def __init__(self, rows: pd.DataFrame, grid: pd.DataFrame, memory: Memory) -> None:
        self.grid, self.memory = grid, memory
        codes, names = pd.factorize(rows["outlet"], sort=True)
        self.outlets = np.asarray(names, dtype=object)
        starts = pd.DatetimeIndex(grid["bucket"])
        columns = starts.get_indexer(pd.to_datetime(rows["bucket"]))
        series_codes, series = pd.factorize(rows["series"])
        self._places = {
            name: np.flatnonzero((series_codes == code) & (columns >= 0))
            for code, name in enumerate(series)
        }
        self._row, self._column = codes, columns
        self._numbers = {
            name: rows[name].to_numpy(dtype=np.float64)
            for name in ("texts", "articles", "weak", "late")
        }
        self.total = self._table("", "texts")
        self.all_texts = self.total.sum(axis=0)
        coverage = grid["coverage"].to_numpy(dtype=np.float64)
        self.coverage = coverage
        known = (coverage > 0) | (self.all_texts > 0)
        enough = ~(coverage < _LEAST_COVERAGE)
        self.usable = known & enough & grid["complete"].to_numpy(dtype=bool)

    def _table(self, series: str, name: str) -> Floats:
        """Return a number of a series by outlet and bucket."""
        table = np.zeros((len(self.outlets), len(self.grid)))
        at = self._places.get(series, _NOWHERE)
        table[self._row[at], self._column[at]] = self._numbers[name][at]
        return table

    def _sums(self, series: str, name: str) -> Floats:
        """Return a number of a series by bucket, over all outlets."""
        at = self._places.get(series, _NOWHERE)
        sums = np.bincount(self._column[at], self._numbers[name][at], len(self.grid))
        return np.asarray(sums, dtype=np.float64)

    def measured(self, series: str, wanted: npt.NDArray[np.bool_]) -> pd.DataFrame:
        """Return the rows of one series in the buckets wanted."""
        found = self._table(series, "texts")
        volumes = Volumes(found, self.total, self.usable)
        made = usual(volumes, self.memory)
        chance = chance_of(made.observed, made.expected, made)
        places = np.arange(found.shape[1])
        above = np.argmax(np.where(made.by_outlet > 0, found - made.by_outlet, -np.inf), axis=0)
        own, own_usual = found[above, places], made.by_outlet[above, places]
        rest = chance_of(made.observed - own, made.expected - own_usual, made)
        odd = {name: self._sums(series, name) for name in ("weak", "late")}
        texts = found.sum(axis=0)
        as_odd = {name: self._usual_of(name, one, texts) for name, one in odd.items()}
        frame = pd.DataFrame(
            {
                "series": series,
                "bucket": self.grid["bucket"].to_numpy(),
                "bucket_end": self.grid["bucket_end"].to_numpy(),
                "coverage": self.coverage,
                "texts": texts,
                "articles": self._sums(series, "articles"),
                "observed": made.observed,
                "expected": made.expected,
                "dispersion": made.dispersion,
                "freedom": made.freedom,
                "chance": chance,
                "newcomers": made.newcomers,
                "weak": odd["weak"],
                "weak_usual": as_odd["weak"],
                "late": odd["late"],
                "late_usual": as_odd["late"],
                "outlet": self.outlets[above],
                "outlet_texts": own,
                "outlet_usual": own_usual,
                "chance_without": rest,
                "all_texts": self.all_texts,
            }
        )
        return frame[wanted & np.isfinite(made.dispersion)]

    def _usual_of(self, name: str, odd: Floats, texts: Floats) -> Floats:
        """Return how many of the `texts` would be odd if as often as in the buckets before.

        What few texts of the series say leans on all texts of the corpus.
        """
        all_odd, all_texts = self._sums("", name), self.all_texts
        part, whole, all_part, all_whole = (
            before(one * self.usable, self.memory.reach) for one in (odd, texts, all_odd, all_texts)
        )
        leaning = _LEANING * all_part / np.maximum(all_whole, 1)
        return np.asarray(texts * (part + leaning) / (whole + _LEANING), dtype=np.float64)


def chance_of(count: Floats, expected: Floats, made: Usual) -> Floats:
    """Return how likely `count` or more are by the usual variation."""
    mean = np.where(np.isfinite(made.dispersion), np.maximum(expected, 1e-6), 1.0)
    spread = np.where(np.isfinite(made.dispersion), made.dispersion, 1.0)
    freedom = np.where(np.isfinite(made.freedom), made.freedom, 1.0)
    found = as_normal(score(count - 1, mean, spread), freedom)
    return np.where(np.isfinite(made.dispersion), chance_of_more(found), np.nan)
