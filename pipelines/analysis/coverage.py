"""How much of each day was collected, from the log of fetches; a gap is not a zero.

Rules, for an analyst to review:

- A *logged* source is one fetched at known times at least twice (a feed, a sitemap). It is expected
  on every day from its first good fetch to the day before the newest fetch of any source (that
  day is still going on).
- Such a source is collected on a day that lies between two good fetches (both days included) that
  are at most a day, or at most three times the source's usual distance, apart. So each whole day
  without an answer of an hourly feed is a gap, even where a later fetch brings some of what was
  missed; a feed read once a day has one after three days.
- A source the user declared complete from one day to another is expected and collected on those,
  whatever its fetches say.
- The coverage of a day is collected / expected. With nothing expected it is unknown: a folder of
  scraped text does not say which days it speaks for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from pipelines.query import Query
from pipelines.store import Store
from pipelines.store.asking.select import fetches as log_of

_ONE_DAY = pd.Timedelta(days=1)
_DAY = timedelta(days=1)
_TIMES_USUAL = 3

COLUMNS = ["day", "coverage", "expected", "collected"]
Span = tuple[date, date, bool]  # first day, last day, whether collected


@dataclass(frozen=True, slots=True)
class SourceLog:
    """What the rows of one source say, whatever other sources there are.

    `said` are the spans declared complete, `windows` those collected at known times and the gaps
    between; `after` is the day after the last good fetch, None where it is not logged. `newest`
    and `newest_good` are instants of fetches, None where there is none.
    """

    said: tuple[Span, ...]
    windows: tuple[Span, ...] = ()
    after: date | None = None
    newest: datetime | None = None
    newest_good: datetime | None = None


Log = Mapping[str, SourceLog]  # by source


@dataclass(frozen=True, slots=True)
class Collected:
    """What the log says under some choice of outlets; `by_day` as `coverage_by_day` returns it.

    `said_to` is the last day that the user declared complete, `newest` the instant of the newest
    good fetch; None where there is none.
    """

    by_day: pd.DataFrame
    said_to: date | None
    newest: datetime | None

    def last_day(self, tz: str) -> date | None:
        """Return the last day known to be collected to its end, None where the log knows no times.

        The day of the newest good fetch, of UTC or of the time zone, is still going on; the one
        before it is the last whole day. A period the user declared complete counts as well.
        """
        if self.newest is None:
            return self.said_to
        today = min(self.newest.date(), self.newest.astimezone(ZoneInfo(tz)).date())
        return max(self.said_to or date.min, today - _DAY)


# An open store is one commit, so what its log says stays. Worked out anew for each question, a log
# of 330,000 fetches took 1.9 of 2 seconds of a chart.
_logs: WeakKeyDictionary[Store, Log] = WeakKeyDictionary()
_collected: WeakKeyDictionary[Store, dict[tuple[tuple[str, ...], ...], Collected]]
_collected = WeakKeyDictionary()
_MOST_KEPT = 64  # choices of outlets, of each store


def collected(store: Store, query: Query) -> Collected:
    """Return what the log says of the outlets of a query; worked out once for each choice."""
    outlets = (query.outlets, query.outlet_countries)
    kept = _collected.setdefault(store, {})
    if outlets not in kept:
        log = _log_of(store, Query(outlets=outlets[0], outlet_countries=outlets[1]))
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[outlets] = collected_of(log)
    return kept[outlets]


def collected_of(log: Log) -> Collected:
    """Return the same from what a log says of each source."""
    ends = [last for one in log.values() for _, last, _ in one.said]
    good = [one.newest_good for one in log.values() if one.newest_good]
    return Collected(coverage_of(log), max(ends, default=None), max(good, default=None))


def _log_of(store: Store, query: Query) -> Log:
    """Return what the log says of the sources of a query's outlets."""
    if store not in _logs:
        _logs[store] = read_log(store.fetches(Query()))
    log = _logs[store]
    if not log or query == Query():
        return log
    rows = log_of(query)
    found = store.look_up(f"SELECT DISTINCT source FROM ({rows.text})", *rows.values)["source"]
    return {source: log[source] for source in sorted(found)}


def read_log(fetches: pd.DataFrame) -> Log:
    """Return what the rows of a collection log say of each source, sources in order."""
    said = _declared(fetches)
    timed = fetches[fetches["fetched_at"].notna()]
    good = timed["status"].isin(["ok", "not_modified"])
    times = timed[good][["source", "fetched_at"]].drop_duplicates()
    times = times.sort_values(["source", "fetched_at"], kind="stable")
    by_source = dict(list(times.groupby("source")["fetched_at"]))
    newest = timed.groupby("source")["fetched_at"].max()
    logs = {}
    for source in sorted(set(fetches["source"])):
        own, spans = by_source.get(source), tuple(said.get(source, ()))
        if own is None or len(own) < 2:
            logs[source] = SourceLog(spans)
            continue
        windows, after = _windows(own)
        logs[source] = SourceLog(spans, windows, after, newest[source], own.iloc[-1])
    return logs


def coverage_by_day(store: Store, query: Query) -> pd.DataFrame:
    """Return day (date), coverage (0 to 1), expected, collected: one row per day anything was due.

    Days on which no source was due are absent: their coverage is unknown.
    """
    return collected(store, query).by_day.copy(deep=False)  # copied on write


def coverage_of_log(fetches: pd.DataFrame) -> pd.DataFrame:
    """Return the same from the rows of a collection log."""
    return coverage_of(read_log(fetches))


def coverage_of(log: Log) -> pd.DataFrame:
    """Return the same from what a log says of each source."""
    spans = spans_of(log)
    if not spans:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
    first = np.array([day.toordinal() for _, day, _, _ in spans])
    last = np.array([day.toordinal() for _, _, day, _ in spans])
    whole = np.array([collected for _, _, _, collected in spans])
    origin = int(first.min())
    expected, collected = np.zeros((2, int(last.max()) - origin + 2), np.int64)
    for sums, kept in ((expected, slice(None)), (collected, whole)):
        np.add.at(sums, first[kept] - origin, 1)
        np.add.at(sums, last[kept] - origin + 1, -1)
        np.cumsum(sums, out=sums)
    due = np.flatnonzero(expected)
    table = pd.DataFrame({"day": [date.fromordinal(origin + int(day)) for day in due]})
    table = table.assign(expected=expected[due], collected=collected[due])
    table["coverage"] = table["collected"] / table["expected"]
    return table[COLUMNS]


def source_spans(fetches: pd.DataFrame) -> list[tuple[str, date, date, bool]]:
    """Return (source, first day, last day, whether collected) for all that was due."""
    return spans_of(read_log(fetches))


def spans_of(log: Log) -> list[tuple[str, date, date, bool]]:
    """Return the same from what a log says of each source."""
    newest = max((one.newest for one in log.values() if one.newest), default=None)
    last = date.min if newest is None else newest.date() - _DAY
    return [
        (source, first, end, collected)
        for source, one in log.items()
        for first, end, collected in (*one.said, *_timed(one, last))
        if first <= end
    ]


def _timed(log: SourceLog, last: date) -> Iterator[Span]:
    """Yield what the times of fetches say up to the last whole day, but of days said complete."""
    after = [(log.after, last, False)] if log.after else []
    for first, end, collected in (*log.windows, *after):
        for said_first, said_end, _ in log.said:
            yield first, min(end, last, said_first - _DAY), collected
            first = max(first, said_end + _DAY)
        yield first, min(end, last), collected


def _declared(fetches: pd.DataFrame) -> dict[str, list[Span]]:
    """Return the spans the user declared complete, by source: in order, none over another."""
    rows = fetches.loc[fetches["complete_from"].notna(), ["source", "complete_from", "complete_to"]]
    said: dict[str, list[Span]] = {}
    for source, first, last in sorted(rows.dropna().drop_duplicates().itertuples(index=False)):
        spans = said.setdefault(source, [])
        if spans and first <= spans[-1][1]:  # days said twice are due once
            first, last = spans[-1][0], max(last, spans.pop()[1])
        if first <= last:
            spans.append((first, last, True))
    return said


def _windows(times: "pd.Series[pd.Timestamp]") -> tuple[tuple[Span, ...], date]:
    """Return the collected spans and the gaps between of good fetches in order, and what follows.

    That is the day after the last of them.
    """
    steps = times.diff().dropna()
    allowed = max(_ONE_DAY, _TIMES_USUAL * steps.median())
    breaks = np.flatnonzero((steps > allowed).to_numpy())
    days = times.iloc[np.concatenate([[0], breaks, breaks + 1, [len(times) - 1]])].dt.date.tolist()
    starts, ends = [days[0], *days[len(breaks) + 1 : -1]], [*days[1 : len(breaks) + 1], days[-1]]
    spans = [(first, end, True) for first, end in zip(starts, ends, strict=True)]
    gaps = [(end + _DAY, start - _DAY, False) for end, start in zip(ends, starts[1:], strict=False)]
    return (*spans, *(gap for gap in gaps if gap[0] <= gap[1])), ends[-1] + _DAY
