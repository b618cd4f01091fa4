"""Peaks on the Overview: marks and bands in the chart, and below it the table that tells them."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, filters
from dashboard.charts.drawn import Part
from dashboard.charts.peaks import SIGNS, shows_ranges, times_usual, with_peaks, with_ranges
from dashboard.controls.download import csv_button
from dashboard.controls.folding import folded
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_markdown
from dashboard.words import wording
from pipelines.query import Interval, Query

SHOWN = 5  # peaks; the rest on demand
_RANGE, _ALL = "peaks_range", "peaks_all"
_SPOKEN = ["query", "date", "badge", "times_usual", "expected"]
_RULES = (
    "A peak has more distinct texts than come by the usual ups and downs once in two years, and at "
    "least ten articles from three outlets. Usual is what the same outlets gave the topic before, "
    "so an outlet that publishes more of everything makes no peak. Suspicious: half of what is "
    "above the usual has no sure date, was fetched days late or is old text under a new date. "
    "Thin: one outlet or one copied text makes it. Solid: all others."
)
_RANGE_SHOWN = (
    "Grey, between dotted lines: where 19 of 20 buckets lie when nothing happens. All articles are "
    "counted, nothing is sampled."
)
_RANGE_HIDDEN = "It is of distinct texts: choose them above the chart to see it."


def asks_for_range(query: Query) -> bool:
    """Return whether the reader wants the usual range in the chart of a query that has one."""
    return bool(st.session_state.get(_RANGE)) and shows_ranges(query)


def marked(chart: Part, frame: pd.DataFrame, query: Query, *, with_range: bool) -> Part:
    """Return the parts of the chart with its peaks marked, and the usual range where asked for."""
    if with_range:
        chart = with_ranges(chart, data.frame("usual ranges", query), query)
    return with_peaks(chart, data.peaks(query), frame, query)


def in_words(query: Query) -> str:
    """Return the peaks as a sentence for those who cannot see the chart; empty without any."""
    told = [f"{what}, {badge}" for what, badge in _told(query)]
    return f" Peaks: {'; '.join(told)}." if told else ""


def below_a_picture(query: Query) -> list[str]:
    """Return the peaks as a note that says what the marks of a picture stand for, if any."""
    told = [f"{SIGNS[badge]}: {what}" for what, badge in _told(query)]
    more = len(data.peaks(query)) - len(told)
    told += [f"{more} more"] if more else []
    return [f"Peaks, and how far above the usual: {'; '.join(told)}"] if told else []


def _told(query: Query) -> list[tuple[str, str]]:
    rows = data.peaks(query)[_SPOKEN].head(SHOWN)
    return [
        (f"{row.query} {row.date}, {times}", str(row.badge))
        for row, times in zip(rows.itertuples(index=False), times_usual(rows), strict=True)
    ]


def show_peaks(query: Query, open_articles: Callable[[Query], None]) -> None:
    """Show the peaks as a table; a ticked row opens the articles of its bucket and series."""
    if query.interval is Interval.YEAR:
        return
    found = data.peaks(query)
    st.header("Peaks")
    if found.empty:
        st.caption(escape_markdown(nothing_stands_out(data.closest(query))))
    else:
        _show_table(query, found, open_articles)
    if query.topics or query.entities or query.text:
        _offer_other_topics(query, open_articles)
    with st.expander("How peaks are found"):
        st.caption(_RULES)
        if st.toggle("Usual day-to-day variation in the chart", key=_RANGE):
            st.caption(_RANGE_SHOWN if shows_ranges(query) else _RANGE_HIDDEN)


def nothing_stands_out(closest: pd.DataFrame) -> str:
    """Return that there is no peak, and how near the bucket least like its past comes to one."""
    if closest.empty:
        return "Nothing stands out of its own past, as far as that reaches back."
    (row,) = closest.itertuples(index=False)
    times = max(round(row.a_year), 1)
    often = "once" if times == 1 else f"{times} times"
    return (
        f"Nothing stands out of its own past enough to be marked. Closest: {row.query}, "
        f"{row.date}, {wording.counted(row.texts, 'distinct text')} where {row.expected:.1f} were "
        f"usual; ups and downs as before bring so many about {often} a year."
    )


def _offer_other_topics(query: Query, open_articles: Callable[[Query], None]) -> None:
    """Offer the peaks of all topics under the same filters; asked for only when opened."""
    with folded("Peaks of all topics", "peaks_of_all") as is_open:
        if not is_open:
            return
        found = data.peaks(replace(query, topics=(), entities=(), text=""))
        if found.empty:
            st.text("No topic stands out of its own past.")
            return
        row = ticked_row(peaks_table(found, query), "peaks_all_topics")
        csv_button(lambda: found, "peaks", query, data.store(query.snap).version, label="all peaks")
    if row is not None:
        cells = found.iloc[row][["series", "date", "bucket_end"]].astype(str)
        open_articles(filters.at_row(query, *cells))


def _show_table(query: Query, found: pd.DataFrame, open_articles: Callable[[Query], None]) -> None:
    rows = found if st.session_state.get(_ALL) else found.head(SHOWN)
    row = ticked_row(data.drawn(_peaks_table, query, len(rows)), "peaks")
    with st.container(horizontal=True):
        if len(found) > SHOWN:
            st.toggle(f"All {wording.counted(len(found), 'peak')}", key=_ALL)
        csv_button(lambda: found, "peaks", query, data.store(query.snap).version)
    if row is not None and row < len(rows):
        cells = rows.iloc[row][["series", "date", "bucket_end"]].astype(str)
        open_articles(filters.at_row(query, *cells))


def _peaks_table(query: Query, most: int) -> pd.DataFrame:
    return peaks_table(data.peaks(query).head(most), query)


def peaks_table(found: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return one row a peak: when, line, how far above the usual, how often, badge, headlines."""
    when = found["date"].astype(str)
    if query.interval is not Interval.DAY:
        when = when + " to " + found["bucket_end"].astype(str)
    return pd.DataFrame(
        {
            "When": when,
            "Line": found["query"].astype(str),
            "Peak is": found["badge"].map(SIGNS),
            "To the usual": times_usual(found),
            "By chance": found["how_often"].str.removeprefix("about "),
            "Headlines": [" · ".join(three) for three in found["headlines"]],
            "Why": found["why"].astype(str),
            "Articles": found["articles"].astype("int64"),
        }
    )
