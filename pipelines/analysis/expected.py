"""What usually comes from a source on a day of the week, what came, and whether that is too little.

Rules, for an analyst to review:

- *Came* are the articles of a source that are dated to the day, whenever they were fetched; copies
  count. *Usual* is the median of the last eight same weekdays within half a year that were
  collected to their end; with fewer than four of them nobody can say what is usual.
- A day on which the source was due and not collected is *not collected*, whatever came later. One
  on which it was not due, or of which nothing usual is known, is *unknown*.
- A collected day is *low*, or *none* where nothing came at all, if less than half the usual came
  and chance alone would bring so little once in a thousand days; or if both hold for seven days in
  a row, the day among them, and the day itself had less than half. All else is *usual*. So a source
  of fewer than seven articles a week is never low: for it a week of silence is no rare thing.
- Chance is a negative binomial distribution about the usual number. How much more than Poisson's
  the days of the source vary is read off the same eight weeks (Pearson's statistic of each weekday
  about its own mean; Cameron and Trivedi, Regression Analysis of Count Data, 2013), and taken
  half as much again, because the usual number is itself a guess from eight days. On drawn
  sources from one article a day on this calls fewer than one day in a thousand low for nothing, and
  names a source of three a day that falls silent on 19 days in 20.
- Days called none do not count as usual later on, so that a source that fell silent is named as
  long as earlier days are within half a year. A source that gives less and less becomes usual.
"""

from datetime import date, timedelta
from math import exp, lgamma, log

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.analysis.coverage import source_spans
from pipelines.query import Query
from pipelines.store import Store

EXPECTED = ["source", "outlet", "date", "usual", "came", "state"]
SHORTFALLS = ["source", "outlet", "first_day", "last_day", "days", "came", "usual"]
LOW = ("low", "none")

_WEEK = 7
_LOOK_BACK = 26  # weeks
_USED, _LEAST = 8, 4  # of the same weekdays
_RARE = 0.001
_UNSURE = 1.5  # with 1.2 up to 2.1 of 1,000 days were low for nothing, with 1 up to 5.2
_WARM_UP = timedelta(weeks=2 * _LOOK_BACK)  # so that a day is judged alike in a later period too

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_CAME = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
brought AS (SELECT DISTINCT source, article_id FROM articles WHERE source <> '')
SELECT source, day, count(*) AS articles FROM brought JOIN narrowed USING (article_id)
WHERE placement = 'placed' GROUP BY source, day ORDER BY source, day
"""


def expected_by_day(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns EXPECTED, one row per logged source and day of the query's period.

    `came` is empty where the day was not due and brought nothing. Only the filters on outlets and
    languages, the time zone and the period narrow it. Empty without a period or a log.
    """
    fetches = store.fetches(query)
    if query.start is None or query.end is None or fetches.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in EXPECTED})
    asked = Query(
        outlets=query.outlets,
        outlet_countries=query.outlet_countries,
        languages=query.languages,
        tz=query.tz,
        guesses=query.guesses,
    )
    came = store.ask(_CAME, asked)
    return expected_of(came, fetches, query.start, query.end)


def expected_of(came: pd.DataFrame, fetches: pd.DataFrame, start: date, end: date) -> pd.DataFrame:
    """Return the same from counts (source, day, articles) and the rows of a collection log."""
    logged = {source for source, *_ in source_spans(fetches)}
    fetches = fetches[fetches["source"].isin(logged)]
    owners = fetches.groupby("source", sort=True)["owner"].last()
    days = pd.date_range(start - _WARM_UP, end, freq="D")
    counts, due, collected = _grids(came, fetches, list(owners.index), days)
    usual, low = _judged(np.where(collected, counts, np.nan))
    first = len(days) - ((end - start).days + 1)
    usual, counts = usual[:, first:].ravel(), counts[:, first:].ravel()
    low, due, collected = (grid[:, first:].ravel() for grid in (low, due, collected))
    cases = [due & ~collected, ~due | np.isnan(usual), low & (counts == 0), low]
    states = np.select(cases, ["not collected", "unknown", "none", "low"], default="usual")
    shown = days[first:].date
    return pd.DataFrame(
        {
            "source": np.repeat(owners.index.to_numpy(), len(shown)),
            "outlet": np.repeat(owners.to_numpy(), len(shown)),
            "date": np.tile(shown, len(owners)),
            "usual": usual,
            "came": pd.array(np.where(collected | (counts > 0), counts, np.nan), dtype="Int64"),
            "state": states,
        }
    )[EXPECTED]


def _grids(
    came: pd.DataFrame, fetches: pd.DataFrame, sources: list[str], days: pd.DatetimeIndex
) -> tuple[Floats, Flags, Flags]:
    """Return, by source and day, how many articles there are, whether due, whether collected."""
    shape = (len(sources), len(days))
    places = {source: place for place, source in enumerate(sources)}
    counts, due, collected = np.zeros(shape), np.zeros(shape, bool), np.zeros(shape, bool)
    rows = came[came["source"].isin(places)]
    lines = rows["source"].map(places).to_numpy(dtype=np.int64)
    columns = (pd.to_datetime(rows["day"]) - days[0]).dt.days.to_numpy(dtype=np.int64)
    inside = (columns >= 0) & (columns < len(days))
    counts[lines[inside], columns[inside]] = rows["articles"].to_numpy(dtype=np.float64)[inside]
    origin = days[0].date()
    for source, first, last, whole in source_spans(fetches):
        span = slice(max((first - origin).days, 0), max((last - origin).days + 1, 0))
        due[places[source], span] = True
        collected[places[source], span] |= whole
    return counts, due, collected


def _judged(known: Floats) -> tuple[Floats, Flags]:
    """Return the usual number of each day and whether too little came, from collected counts.

    `known` has sources by days, NaN where not collected. Days are judged in their order, because
    one on which nothing came where something should is no measure of what is usual.
    """
    usual, low = np.full(known.shape, np.nan), np.zeros(known.shape, bool)
    past = known.copy()
    for day in range((_LEAST + 1) * _WEEK - 1, known.shape[1]):
        weeks = min(_LOOK_BACK, (day + 1) // _WEEK - 1)
        before = past[:, day + 1 - _WEEK * (weeks + 1) : day + 1 - _WEEK]
        block = before.reshape(len(known), weeks, _WEEK)[:, ::-1]  # the newest week first
        usual[:, day], spread = _median_of_last(block[:, :, -1]), _spread(block[:, :_USED])
        low[:, day] |= _too_few(known[:, day], usual[:, day], spread)
        window = slice(day + 1 - _WEEK, day + 1)
        totals = block.sum(axis=2)
        week = _median_of_last(totals)
        wide = np.fmax(spread, _spread(totals[:, :_USED, None]))
        silent = _too_few(known[:, window].sum(axis=1), week, wide)
        low[:, window] |= silent[:, None] & (known[:, window] < usual[:, window] / 2)
        past[:, window] = np.where(
            low[:, window] & (known[:, window] == 0), np.nan, past[:, window]
        )
    return usual, low


def _median_of_last(values: Floats) -> Floats:
    """Return the median of each row's first eight known values, NaN with fewer than four."""
    is_known = ~np.isnan(values)
    used = is_known & (is_known.cumsum(axis=1) <= _USED)
    n = used.sum(axis=1)
    ordered = np.sort(np.where(used, values, np.inf), axis=1)
    row = np.arange(len(values))
    middle = (ordered[row, np.maximum(n - 1, 0) // 2] + ordered[row, n // 2 - (n == 0)]) / 2
    return np.where(n >= _LEAST, middle, np.nan)


def _spread(block: Floats) -> Floats:
    """Return how many times the Poisson variance the days of each source vary, at least once.

    `block` has sources by weeks by weekdays.
    """
    is_known = ~np.isnan(block)
    n = is_known.sum(axis=1)
    mean = np.where(is_known, block, 0).sum(axis=1) / np.maximum(n, 1)
    off = np.where(is_known, block - mean[:, None], 0)
    squares = np.where(n > 1, (off**2).sum(axis=1), 0).sum(axis=1)
    expected = (np.maximum(n - 1, 0) * mean).sum(axis=1)
    times = squares / np.where(expected > 0, expected, 1)
    return np.asarray(_UNSURE * np.maximum(times, 1), dtype=np.float64)


def _too_few(came: Floats, usual: Floats, spread: Floats) -> Flags:
    """Return where less than half the usual came and chance would bring so little too rarely."""
    few = came < usual / 2
    rows = zip(came[few], usual[few], spread[few], strict=True)
    few[few] = [chance_of(int(c), mean, times) < _RARE for c, mean, times in rows]
    return few


def chance_of(most: int, mean: float, spread: float) -> float:
    """Return how likely at most `most` are where `mean` (above 0) are usual.

    The negative binomial distribution with a variance of `spread` (above 1) times the mean.
    """
    size, p = mean / (spread - 1), 1 / spread
    logs = [
        lgamma(n + size) - lgamma(size) - lgamma(n + 1) + size * log(p) + n * log(1 - p)
        for n in range(most + 1)
    ]
    return min(sum(map(exp, logs)), 1.0)


def shortfalls(expected: pd.DataFrame) -> pd.DataFrame:
    """Return the columns SHORTFALLS: each run of days called low or none, the newest first.

    `came` and `usual` are the sums over its days.
    """
    low = expected["state"].isin(LOW)
    begins = low & ~(
        low.shift(fill_value=False) & expected["source"].eq(expected["source"].shift())
    )
    runs = expected[low].assign(run=begins.cumsum()[low]).groupby("run")
    table = runs.agg(
        source=("source", "first"),
        outlet=("outlet", "first"),
        first_day=("date", "min"),
        last_day=("date", "max"),
        days=("date", "size"),
        came=("came", "sum"),
        usual=("usual", "sum"),
    )
    order = ["last_day", "days", "source"]
    return table.sort_values(order, ascending=[False, False, True])[SHORTFALLS].reset_index(
        drop=True
    )
