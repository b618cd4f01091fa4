"""The chart of a question with all that is said of it: worked out once, and kept for all sessions.

Who comes back to a question, or asks what somebody has asked, waits for none of it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import data
from dashboard.charts import theme
from dashboard.charts.attention import attention_parts, on_the_line
from dashboard.charts.date_ribbon import with_ribbon
from dashboard.charts.drawn import Drawn
from dashboard.charts.events import shown_events
from dashboard.charts.extras import DATES
from dashboard.parts import peaks_shown
from dashboard.words import before, wording
from dashboard.words.key_figures import key_figures
from pipelines.events import Event
from pipelines.query import Query


@dataclass(frozen=True, slots=True)
class Trend:
    """The chart of a question, and what is said in place of it, below it and on reading it."""

    chart: Drawn
    alternative: str
    events: tuple[Event, ...]
    summary: str
    changes: tuple[str, ...]  # against the span before, where that is asked for
    notes: str


def trend_of(
    query: Query, extras: tuple[str, ...], events: Sequence[Event], *, with_range: bool
) -> Trend | None:
    """Return the trend of a resolved query; None where no article of it has a place on the line.

    `extras` are laid behind the lines and `events` marked, as `attention_parts` has them;
    `with_range` shows the usual range of distinct texts.
    """
    return data.drawn(_trend, query, extras, tuple(events), with_range)


def _trend(
    query: Query, extras: tuple[str, ...], events: tuple[Event, ...], with_range: bool
) -> Trend | None:
    buckets = on_the_line(data.frame("attention", query))
    if buckets.empty:
        return None
    shown = shown_events(buckets, events)
    heading = wording.title(query, data.names(query.snap))
    changes = before.changes(buckets, query) if query.previous else ()
    return Trend(
        _chart(buckets, query, extras, shown, with_range=with_range),
        wording.alternative(buckets, query, heading) + peaks_shown.in_words(query),
        tuple(shown),
        key_figures(buckets, data.count(query), query),
        tuple(changes),
        wording.chart_notes(buckets, query, extras),
    )


def _chart(
    buckets: pd.DataFrame,
    query: Query,
    extras: tuple[str, ...],
    events: Sequence[Event],
    *,
    with_range: bool,
) -> Drawn:
    chart = attention_parts(
        buckets,
        query,
        topics=list(data.choices(query.snap)["topics"]),
        events=events,
        extras=extras,
        palette=theme.BROWSER,
    )
    if DATES in extras:
        chart = with_ribbon(chart, data.frame("date ribbon", query))
    return Drawn(peaks_shown.marked(chart, buckets, query, with_range=with_range))
