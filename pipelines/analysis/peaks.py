"""Peaks of attention: what stands out of a series' own past, whether it is real, and what it was.

One fixed rule: so many distinct texts, or more, would come by the usual variation once in two years
or less often, and at least ten articles from three outlets are among them. Neighbouring buckets of
a series that stand out are one peak, told by the one that stands out most. `usual.py` says what is
usual, `peak_anatomy.py` judges what a peak is made of, `peak_headlines.py` which headlines stand
for it. The column `false_discovery_rate` is for who looks at many series at once
(`discoveries.py`); the rule does not use it.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.analysis.deviations import deviations, with_series
from pipelines.analysis.discoveries import false_discovery_rates
from pipelines.analysis.labels import filters_in_words, series_names
from pipelines.analysis.peak_anatomy import PARTS, anatomy
from pipelines.analysis.peak_headlines import headlines
from pipelines.analysis.period import useful_period
from pipelines.query import Interval, Query
from pipelines.store import Store, read_held_articles

YEARS = 2.0  # a mark comes by chance once in so many, or less often
FEWEST_ARTICLES, FEWEST_OUTLETS = 10, 3
A_YEAR = {Interval.DAY: 365.25, Interval.WEEK: 365.25 / 7, Interval.MONTH: 12.0}
_SPOKEN = (2, 3, 5, 10, 20, 50)
_MONTHS = 12
_MOST_SPOKEN = 100  # years; what is rarer than any collection is long is not told apart

COLUMNS = [
    *("series", "query", "date", "bucket_end", "articles", "outlets", "texts", "expected"),
    *("times_usual", "chance", "years", "how_often", "false_discovery_rate", "badge", "why"),
    *PARTS,
    *("headlines", "headline_ids", "first", "last", "coverage", "all_texts", "tz", "filters"),
    "as_of",
]


def peaks(
    store: Store,
    query: Query,
    *,
    limit: int | None = None,
    measured: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the columns COLUMNS, one row a peak, the least likely first.

    A query that asks of nothing is asked of every topic. `texts` and `expected` are distinct texts
    of outlets with a past; `chance` is that of a bucket, `years` (at most 100) how many pass
    between two such by chance. `first` and `last` are the days of the neighbouring buckets that
    stand out too. Empty for years, and where the past is too short (`usual.py`). `measured` are the
    `deviations` of the query, where they are known already.
    """
    query = with_series(store, useful_period(store, query))
    rows = deviations(store, query) if measured is None else measured.copy()
    if rows.empty or query.interval is None:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    rows["false_discovery_rate"] = false_discovery_rates(rows["chance"])
    marked = rows[stands_out(rows["chance"], query.interval) & (rows["articles"] >= 10)]
    held = _held(store, query, marked)
    enough = held.groupby(["series", "date"]).agg(
        articles=("article_id", "nunique"), outlets=("outlet", "nunique")
    )
    marked = marked.assign(date=marked["bucket"].dt.strftime("%Y-%m-%d")).drop(columns="articles")
    marked = marked.merge(enough, "inner", ["series", "date"])
    marked = marked[(marked["articles"] >= FEWEST_ARTICLES) & (marked["outlets"] >= FEWEST_OUTLETS)]
    found = _runs(marked).sort_values(["chance", "series", "date"], kind="stable").head(limit)
    return _told(store, query, found.reset_index(drop=True), held)


def closest(store: Store, query: Query, measured: pd.DataFrame) -> pd.DataFrame:
    """Return query, date, texts, expected, a_year of the bucket that comes closest to a peak.

    One row: of those that do not stand out, the least likely of at least ten articles. None where
    each comes more than once a month by the usual variation. `a_year` is how often it does.
    `measured` are the `deviations` of the query.
    """
    query = with_series(store, useful_period(store, query))
    rows = nearest(measured, query.interval or Interval.DAY)
    rows = rows.assign(
        query=rows["series"].map(series_names(store, query)),
        date=[f"{day:%Y-%m-%d}" for day in rows["bucket"]],
        texts=rows["observed"].astype("int64"),
    )
    return rows[["query", "date", "texts", "expected", "a_year"]].reset_index(drop=True)


def nearest(deviating: pd.DataFrame, interval: Interval) -> pd.DataFrame:
    """Return the row of `closest` among deviations, with `a_year`; none for years."""
    a_year = deviating["chance"] * A_YEAR.get(interval, np.nan)
    near = (deviating["articles"] >= FEWEST_ARTICLES) & (a_year > 1 / YEARS) & (a_year <= _MONTHS)
    return deviating.assign(a_year=a_year)[near].nsmallest(1, "a_year")


def stands_out(chances: "pd.Series[float]", interval: Interval) -> "pd.Series[bool]":
    """Return which chances come by the usual variation once in two years or less often."""
    return chances <= 1 / (YEARS * A_YEAR[interval])


def how_often(years: float) -> str:
    """Return how often something happens by chance, in plain words; years are rounded down."""
    if years >= _MOST_SPOKEN:
        return "less than once in a hundred years"
    spoken = max((one for one in _SPOKEN if one <= years), default=0)
    if not spoken:
        return "more than once in two years"
    return f"about once in {'two' if spoken == 2 else spoken} years"


def _held(store: Store, query: Query, marked: pd.DataFrame) -> pd.DataFrame:
    """Return the articles of the buckets marked, with `date`, their bucket's first day."""
    days = marked["bucket"].dt.strftime("%Y-%m-%d")
    held = read_held_articles(
        store, replace(query, placement=None), list(zip(marked["series"], days, strict=True))
    )
    return held.assign(date=pd.to_datetime(held["bucket"]).dt.strftime("%Y-%m-%d"))


def _runs(marked: pd.DataFrame) -> pd.DataFrame:
    """Return of each run of neighbouring buckets the rarest, with the run's first and last day."""
    rows = marked.sort_values(["series", "bucket"], kind="stable")
    after = pd.to_datetime(rows["bucket_end"]).shift() + pd.Timedelta(days=1)
    begins = (rows["series"] != rows["series"].shift()) | (rows["bucket"] != after)
    each = rows.groupby(begins.cumsum())
    rows = rows.assign(
        first=each["date"].transform("first"),
        last=pd.to_datetime(each["bucket_end"].transform("last")).dt.strftime("%Y-%m-%d"),
        run=begins.cumsum(),
    )
    return rows.sort_values("chance", kind="stable").drop_duplicates("run")


def _told(store: Store, query: Query, found: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Return the peaks with how often they come, their anatomy, headlines and the question."""
    names = series_names(store, query)
    assert query.interval is not None  # else there is no row
    chance = np.maximum(found["chance"].astype(float), 1e-9)
    years = np.minimum(1 / (chance * A_YEAR[query.interval]), _MOST_SPOKEN)
    told = found.assign(
        query=found["series"].map(names),
        texts=found["observed"].astype("int64"),
        times_usual=found["observed"] / found["expected"],
        bucket_end=pd.to_datetime(found["bucket_end"]).dt.strftime("%Y-%m-%d"),
        years=years,
        how_often=[how_often(one) for one in years],
        newcomers=found["newcomers"].astype("int64"),
        all_texts=found["all_texts"].astype("int64"),
        tz=query.tz,
        filters=filters_in_words(store, query),
        as_of=store.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    rare = stands_out(told["chance_without"], query.interval)
    told = anatomy(told, held, rare)
    chosen = headlines(held, told[["series", "date"]])
    return told.merge(chosen, "left", ["series", "date"])[COLUMNS]
