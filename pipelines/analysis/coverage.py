"""How much of each day was collected, from the log of fetches; a gap is not a zero.

Rules, for an analyst to review:

- A *logged* source is one fetched at known times at least twice (a feed, a sitemap). It is expected
  on every day from its first good fetch to the day before the newest fetch of any source (that
  day is still going on).
- Such a source is collected on a day that lies between two good fetches (both days included) that
  are at most a day, or at most three times the source's usual distance, apart. So each whole day
  without an answer of an hourly feed is a gap, even where a later fetch brings some of what was
  missed; a feed read once a day has one after three days.
- A source the user declared complete from one day to another is expected and collected on those.
- The coverage of a day is collected / expected. With nothing expected it is unknown: a folder of
  scraped text does not say which days it speaks for.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from pipelines.query import Query
from pipelines.store import Store

_ONE_DAY = pd.Timedelta(days=1)
_TIMES_USUAL = 3

COLUMNS = ["day", "coverage", "expected", "collected"]


def coverage_by_day(store: Store, query: Query) -> pd.DataFrame:
    """Return day (date), coverage (0 to 1), expected, collected: one row per day anything was due.

    Days on which no source was due are absent: their coverage is unknown.
    """
    return coverage_of_log(store.fetches(query))


def coverage_of_log(fetches: pd.DataFrame) -> pd.DataFrame:
    """Return the same from the rows of a collection log."""
    spans = [(first, last, collected) for _, first, last, collected in source_spans(fetches)]
    if not spans:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    days = pd.DataFrame(
        [
            (first + timedelta(days=n), collected)
            for first, last, collected in spans
            for n in range((last - first).days + 1)
        ],
        columns=["day", "collected"],
    )
    table = days.groupby("day")["collected"].agg(expected="size", collected="sum").reset_index()
    table["coverage"] = table["collected"] / table["expected"]
    return table[COLUMNS]


def source_spans(fetches: pd.DataFrame) -> list[tuple[str, date, date, bool]]:
    """Return (source, first day, last day, whether collected) for all that was due."""
    said = [
        (str(source), *span)
        for source, rows in fetches.groupby("source")
        for span in declared_spans(rows)
    ]
    logged = _logged(fetches)
    if logged.empty:
        return said
    last = logged["fetched_at"].max().date() - timedelta(days=1)
    each = logged.groupby("source")
    return said + [(str(source), *span) for source, rows in each for span in _windows(rows, last)]


def last_complete_day(fetches: pd.DataFrame) -> date | None:
    """Return the last day known to be collected to its end, None where the log knows no times.

    The day of the newest good fetch is still going on; the one before it is the last whole day. A
    period the user declared complete counts as well.
    """
    ends = [last for _, last, _ in declared_spans(fetches)]
    logged = _logged(fetches)
    good = logged[_is_good(logged)]
    if not good.empty:
        ends.append(good["fetched_at"].max().date() - timedelta(days=1))
    return max(ends, default=None)


def declared_spans(fetches: pd.DataFrame) -> list[tuple[date, date, bool]]:
    """Return (first day, last day, True) for each span the user declared complete."""
    said = fetches[["source", "complete_from", "complete_to"]].dropna().drop_duplicates()
    return [
        (row.complete_from, row.complete_to, True)
        for row in said.itertuples(index=False)
        if row.complete_from <= row.complete_to
    ]


def _is_good(fetches: pd.DataFrame) -> pd.Series:
    return fetches["status"].isin(["ok", "not_modified"])


def _logged(fetches: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of sources with at least two good fetches at different times."""
    timed = fetches[fetches["fetched_at"].notna() & fetches["complete_from"].isna()]
    times = timed[_is_good(timed)].groupby("source")["fetched_at"].nunique()
    return timed[timed["source"].isin(times.index[times >= 2])]


def _windows(source: pd.DataFrame, last: date) -> list[tuple[date, date, bool]]:
    """Return the collected spans of one source and the gaps between and after them."""
    times = source.loc[_is_good(source), "fetched_at"].drop_duplicates().sort_values()
    steps = times.diff().dropna()
    allowed = max(_ONE_DAY, _TIMES_USUAL * steps.median())
    breaks = np.flatnonzero((steps > allowed).to_numpy())
    days = times.dt.date.to_numpy()
    starts = days[np.concatenate([[0], breaks + 1])]
    ends = days[np.concatenate([breaks, [len(days) - 1]])]
    spans = [(first, end, True) for first, end in zip(starts, ends, strict=True)]
    day = timedelta(days=1)
    befores = zip(ends, [*starts[1:], last + day], strict=True)
    gaps = [(end + day, following - day, False) for end, following in befores]
    return spans + [gap for gap in gaps if gap[0] <= gap[1]]
