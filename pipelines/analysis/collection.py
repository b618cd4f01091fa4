"""Can the numbers be trusted: what each source was asked, what came, and where nothing did.

The rules of what counts as collected are those of `analysis/coverage.py`; the verdict on dates is
that of `analysis/date_quality.py`. Collection is of sources: topics and words do not narrow it.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from pipelines.analysis.buckets import bucket_end, bucket_starts
from pipelines.analysis.coverage import source_spans
from pipelines.analysis.date_quality import date_quality
from pipelines.analysis.expected import LOW, expected_by_day
from pipelines.query import Interval, Query
from pipelines.store import Store

SOURCES = [
    *("source", "outlet", "kind", "last_fetch", "fetches", "failures", "last_failure"),
    *("entries", "stored", "articles", "sure_share", "undated_share", "fetch_day_share"),
    *("flagged", "verdict"),
]
CELLS = [
    *("source", "outlet", "date", "bucket_end", "state", "coverage", "expected", "collected"),
    *("fetches", "failures", "stored", "low_days"),
]
GAPS = ["source", "outlet", "first_day", "last_day", "days"]
_MOST_COLUMNS = 62
_GOOD = ("ok", "not_modified")


def sources(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns SOURCES, one row per source, those with failures or odd dates first.

    `last_fetch` is UTC, empty where the source does not say when it was collected. Shares are of
    the source's articles that the query's filters leave, in all its outlets; `verdict` joins what
    is odd about the dates of each outlet. A source with articles and no log is a row too.
    """
    logged, dated = _fetched(store.fetches(query)), _dated(store.source_dates(query))
    rows = logged.merge(dated, how="outer", on="source")
    numbers = ["fetches", "failures", "entries", "stored", "articles"]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    texts = ["outlet", "kind", "last_failure", "verdict"]
    rows[texts] = rows[texts].astype("object").fillna("")
    rows["flagged"] = rows["flagged"].eq(True)
    rows["verdict"] = rows["verdict"].where(rows["articles"] > 0, "no articles here")
    order = ["flagged", "failures", "articles", "source"]
    return rows.sort_values(order, ascending=[False, False, False, True])[SOURCES].reset_index(
        drop=True
    )


def _fetched(fetches: pd.DataFrame) -> pd.DataFrame:
    failed = ~fetches["status"].isin(_GOOD)
    log = fetches.assign(failed=failed, entries=fetches["entries"] - failed)  # itself an entry
    reasons = log[log["failed"]].drop_duplicates("source", keep="last").set_index("source")
    rows = (
        log.groupby("source", sort=True)
        .agg(
            outlet=("owner", "last"),
            kind=("kind", "last"),
            last_fetch=("fetched_at", "max"),
            fetches=("fetch_id", "size"),
            failures=("failed", "sum"),
            entries=("entries", "sum"),
            stored=("stored", "sum"),
        )
        .reset_index()
    )
    return rows.assign(last_failure=rows["source"].map(reasons["reason"]).astype("object"))


def _dated(counts: pd.DataFrame) -> pd.DataFrame:
    """Return source, articles, shares, flagged, verdict from the counts per source and outlet."""
    judged = date_quality(counts)
    sums = counts.groupby("source", sort=True)[
        ["articles", "sure", "undated", "fetched", "on_fetch_day"]
    ].sum()
    verdicts = {source: _verdict(rows) for source, rows in judged.groupby("source")}
    return pd.DataFrame(
        {
            "source": sums.index.astype("object"),
            "articles": sums["articles"].to_numpy(),
            "sure_share": _part(sums["sure"], sums["articles"]),
            "undated_share": _part(sums["undated"], sums["articles"]),
            "fetch_day_share": _part(sums["on_fetch_day"], sums["fetched"]),
            "flagged": [verdicts[source][0] for source in sums.index],
            "verdict": [verdicts[source][1] for source in sums.index],
        }
    )


def _part(part: pd.Series, whole: pd.Series) -> np.ndarray:
    divisor = whole.where(whole > 0).astype("float64")
    return np.asarray(part.astype("float64") / divisor, dtype="float64")


def _verdict(rows: pd.DataFrame) -> tuple[bool, str]:
    odd = rows[rows["flagged"]]
    if odd.empty:
        fine = rows["verdict"].eq("nothing odd").any()
        return False, "nothing odd" if fine else str(rows["verdict"].iloc[0])
    several = len(rows) > 1
    words = [
        f"{row.outlet_name}: {row.verdict}" if several else str(row.verdict)
        for row in odd.itertuples(index=False)
    ]
    return True, "; ".join(words)


def cell_interval(start: date, end: date) -> Interval:
    """Return the finest interval that needs at most 62 columns for these days."""
    days = (end - start).days + 1
    widths = {Interval.DAY: 1, Interval.WEEK: 7, Interval.MONTH: 30}
    fitting = (one for one, width in widths.items() if days <= _MOST_COLUMNS * width)
    return next(fitting, Interval.YEAR)


def cells(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns CELLS, one row per source and bucket of the query's period.

    `state` is "collected", "partly", "nothing" or "unknown" (nothing was due: the source had not
    begun, the log ends before, or it does not say which days it speaks for). `stored`
    counts new articles that fetches of these days brought, `low_days` collected days on which
    unusually little came (see `analysis/expected.py`). Empty without a period or a log.
    """
    fetches = store.fetches(query)
    if query.start is None or query.end is None or fetches.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in CELLS})
    interval = cell_interval(query.start, query.end)
    starts = bucket_starts(query.start, query.end, interval)
    owners = fetches.groupby("source", sort=True)["owner"].last()
    grid = pd.MultiIndex.from_product([owners.index, range(len(starts))], names=["source", "place"])
    due = _due(fetches, query.start, query.end, starts)
    rows = pd.DataFrame(index=grid).join(due).join(_asked(fetches, query, starts))
    rows = rows.join(_low_days(store, query, starts)).fillna(0)
    rows = rows.astype("int64").reset_index()
    rows["coverage"] = rows["collected"] / rows["expected"].where(rows["expected"] > 0)
    cases = [rows["expected"] == 0, rows["collected"] == 0, rows["coverage"] < 1]
    rows["state"] = np.select(cases, ["unknown", "nothing", "partly"], default="collected")
    ends = [min(bucket_end(start.date(), interval), query.end) for start in starts]
    rows["date"] = [max(starts[place].date(), query.start) for place in rows["place"]]
    rows["bucket_end"] = [ends[place] for place in rows["place"]]
    return rows.assign(outlet=rows["source"].map(owners))[CELLS]


def _due(fetches: pd.DataFrame, start: date, end: date, starts: pd.DatetimeIndex) -> pd.DataFrame:
    """Return expected and collected days by source and place of the bucket."""
    days = [
        (source, first + timedelta(days=n), collected)
        for source, first, last, collected in source_spans(fetches)
        for n in range((last - first).days + 1)
        if start <= first + timedelta(days=n) <= end
    ]
    table = pd.DataFrame(days, columns=["source", "day", "collected"])
    # A source said to be complete where its log has a gap is taken at its word.
    table = table.groupby(["source", "day"], sort=True)["collected"].max().reset_index()
    table["place"] = starts.searchsorted(pd.to_datetime(table["day"]), side="right") - 1
    found = table.groupby(["source", "place"])["collected"].agg(expected="size", collected="sum")
    return found.astype("int64")


def _asked(fetches: pd.DataFrame, query: Query, starts: pd.DatetimeIndex) -> pd.DataFrame:
    """Return fetches, failures and stored by source and place of the bucket."""
    timed = fetches[fetches["fetched_at"].notna()]
    days = timed["fetched_at"].dt.tz_convert(None).dt.normalize()
    within = (days >= pd.Timestamp(query.start)) & (days <= pd.Timestamp(query.end))
    timed, days = timed[within], days[within]
    timed = timed.assign(
        failures=~timed["status"].isin(_GOOD),
        place=starts.searchsorted(days, side="right") - 1,
    )
    sums = timed.groupby(["source", "place"])
    return pd.DataFrame(
        {
            "fetches": sums.size(),
            "failures": sums["failures"].sum(),
            "stored": sums["stored"].sum(),
        }
    )


def _low_days(store: Store, query: Query, starts: pd.DatetimeIndex) -> pd.Series:
    """Return the days on which unusually little came by source and place of the bucket."""
    days = expected_by_day(store, query)
    low = days[days["state"].isin(LOW)]
    places = starts.searchsorted(pd.to_datetime(low["date"]), side="right") - 1
    return low.assign(place=places).groupby(["source", "place"]).size().rename("low_days")


def gaps(store: Store, query: Query) -> pd.DataFrame:
    """Return the columns GAPS: each run of days due and not collected, the newest first.

    Of all days, not only of the query's period: a gap reaches over its ends.
    """
    fetches = store.fetches(query)
    owners = dict(zip(fetches["source"], fetches["owner"], strict=True))
    rows = [
        (source, owners[source], first, last, (last - first).days + 1)
        for source, first, last, collected in source_spans(fetches)
        if not collected
    ]
    table = pd.DataFrame(rows, columns=GAPS)
    order = ["last_day", "days", "source"]
    return table.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)
