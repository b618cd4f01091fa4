"""Peaks of attention: what stands out of a series' own past, whether it is real, and what it was.

One fixed rule: so many distinct texts, or more, would come by the usual variation once in two years
or less often, and at least ten articles from three outlets are among them. Neighbouring buckets of
a series that stand out are one peak, told by the one that stands out most. `usual.py` says what is
usual, `peak_anatomy.py` judges what a peak is made of, `peak_headlines.py` which headlines stand
for it. The column `false_discovery_rate` is for who looks at many series at once
(`discoveries.py`); the rule does not use it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from pipelines.analysis.deviations import deviations, with_series
from pipelines.analysis.discoveries import false_discovery_rates
from pipelines.analysis.labels import filters_in_words, series_names
from pipelines.analysis.peak_anatomy import PARTS, Article, anatomy
from pipelines.analysis.peak_headlines import headlines
from pipelines.analysis.period import useful_period
from pipelines.query import Interval, Query
from pipelines.store import Store, read_held_articles

YEARS = 2.0  # a mark comes by chance once in so many, or less often
FEWEST_ARTICLES, FEWEST_OUTLETS = 10, 3
A_YEAR = {Interval.DAY: 365.25, Interval.WEEK: 365.25 / 7, Interval.MONTH: 12.0}
_SPOKEN = (2, 3, 5, 10, 20, 50)
_MONTHS = 12
_DAY = timedelta(days=1)
Row = dict[str, Any]  # of a frame
Held = Mapping[tuple[str, str], Sequence[Article]]  # by series and first day, as published
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
    rows = deviations(store, query) if measured is None else measured
    if rows.empty or query.interval is None:
        return _frame([])
    standing = stands_out(rows["chance"], query.interval) & (rows["articles"] >= FEWEST_ARTICLES)
    rates = false_discovery_rates(rows["chance"])
    marked = rows[standing].assign(false_discovery_rate=rates[standing])
    marked = marked.assign(date=_days(marked["bucket"]), bucket_end=_days(marked["bucket_end"]))
    held = _held(store, query, list(zip(marked["series"], marked["date"], strict=True)))
    found = _runs(_enough(marked.to_dict("records"), held))
    found.sort(key=lambda row: (row["chance"], row["series"], row["date"]))
    return _frame(_told(store, query, found[:limit], held))


def _frame(rows: Sequence[Row]) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    return pd.DataFrame({name: [row[name] for row in rows] for name in COLUMNS})


def _days(instants: "pd.Series[Any]") -> "pd.Series[str]":
    return pd.Series(
        np.datetime_as_string(instants.to_numpy("datetime64[D]")), instants.index, "str"
    )


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


def _held(store: Store, query: Query, places: Sequence[tuple[str, str]]) -> Held:
    """Return the articles of the buckets marked, by series and the bucket's first day."""
    found: dict[tuple[str, str], list[Article]] = {}
    if not places:
        return found
    rows = read_held_articles(store, replace(query, placement=None), places)
    days = rows["bucket"].astype(str).to_numpy(dtype=object)
    names = ("article_id", "syndication_id", "outlet", "outlet_name", "title", "new", "redated")
    columns = (rows[name].to_numpy(dtype=object) for name in ("series", *names))
    for day, series, *facts in zip(days, *columns, strict=True):
        found.setdefault((series, day[:10]), []).append(Article(*facts))
    return found


def _enough(marked: Sequence[Row], held: Held) -> list[Row]:
    """Return the buckets with enough articles from enough outlets, both counted anew."""
    kept = []
    for row in marked:
        articles = held.get((row["series"], row["date"]), [])
        outlets = len({one.outlet for one in articles})
        if len(articles) >= FEWEST_ARTICLES and outlets >= FEWEST_OUTLETS:
            kept.append({**row, "articles": len(articles), "outlets": outlets})
    return kept


def _runs(marked: Sequence[Row]) -> list[Row]:
    """Return of each run of neighbouring buckets the rarest, with the run's first and last day."""
    runs: list[list[Row]] = []
    for row in sorted(marked, key=lambda row: (row["series"], row["date"])):
        before = runs[-1][-1] if runs else None
        if before and before["series"] == row["series"] and _follows(before, row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [
        {
            **min(run, key=lambda row: float(row["chance"])),
            "first": run[0]["date"],
            "last": run[-1]["bucket_end"],
        }
        for run in runs
    ]


def _follows(before: Row, row: Row) -> bool:
    return date.fromisoformat(before["bucket_end"]) + _DAY == date.fromisoformat(row["date"])


def _told(store: Store, query: Query, found: Sequence[Row], held: Held) -> list[Row]:
    """Return the peaks with how often they come, their anatomy, headlines and the question."""
    names = series_names(store, query)
    assert query.interval is not None  # else there is no row
    a_year, most = A_YEAR[query.interval], 1 / (YEARS * A_YEAR[query.interval])
    whole = {
        "tz": query.tz,
        "filters": filters_in_words(store, query),
        "as_of": store.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    told = []
    for row in found:
        years = min(1 / (max(row["chance"], 1e-9) * a_year), float(_MOST_SPOKEN))
        articles = held[row["series"], row["date"]]
        measured = {
            **row,
            "query": names[row["series"]],
            "texts": int(row["observed"]),
            "times_usual": row["observed"] / row["expected"],
            "years": years,
            "how_often": how_often(years),
            "newcomers": int(row["newcomers"]),
            "all_texts": int(row["all_texts"]),
        }
        parts = anatomy(measured, articles, rare_without=row["chance_without"] <= most)
        chosen = headlines(articles)
        words = {
            "headlines": [title for title, _ in chosen],
            "headline_ids": [one for _, one in chosen],
        }
        told.append({**measured, **parts, **words, **whole})
    return told
