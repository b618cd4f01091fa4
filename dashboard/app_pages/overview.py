"""Overview: what is going on. The trend first, then its numbers, names and countries."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts.attention import on_the_line
from dashboard.charts.extras import DATES
from dashboard.charts.hover import selected
from dashboard.charts.picture import Marks, Words, attention_picture
from dashboard.controls import leaving, widgets
from dashboard.controls.download import csv_button, picture_buttons
from dashboard.controls.folding import folded
from dashboard.controls.more import more
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_markdown
from dashboard.parts import marked_words, peaks_shown, states
from dashboard.parts.trend_told import Trend, trend_of
from dashboard.words import before, wording
from dashboard.words.key_figures import key_figures
from pipelines.errors import ConfigError
from pipelines.events import Event
from pipelines.query import Query

ARTICLES = "app_pages/articles.py"
RANKING_WIDTH = 315  # pixels; three fit beside each other, in narrow windows they stand below


def open_articles(query: Query) -> None:
    """Go to the articles that `query` counts."""
    leaving.go_to(ARTICLES, filters.link_to(query))


def show_chart(trend: Trend) -> None:
    """Draw the chart of buckets; a selected point opens its articles."""
    chosen = st.plotly_chart(
        trend.chart,
        key="attention",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=trend.alternative,
    )
    if place := selected(chosen["selection"]["points"], query.interval):
        open_articles(filters.at_row(query, *place))


def events_to_mark() -> Sequence[Event]:
    """Return the user's events; where their file is wrong say so and go on without."""
    try:
        return data.events()
    except ConfigError as error:
        st.warning(escape_markdown(str(error)))
        return ()


def list_events(shown: Sequence[Event]) -> None:
    """Say what the numbers above the chart stand for."""
    for number, event in enumerate(shown, 1):
        st.caption(escape_markdown(wording.event(number, event)))


def show_table(frame: pd.DataFrame, query: Query) -> None:
    """Show the numbers of the chart; a ticked row opens its articles."""
    with folded("Table of the chart", "numbers_shown") as is_open:
        row = ticked_row(tables.attention_table(frame, query), "numbers") if is_open else None
    if row is not None:
        cells = frame.iloc[row][["series", "date", "bucket_end"]].astype(str)
        open_articles(filters.at_row(query, *cells))


def offer_files(frame: pd.DataFrame, query: Query, heading: str, marks: Marks) -> None:
    """Offer the chart as CSV and as pictures that say all that a reader of them must know."""
    store = data.store(query.snap)
    topics = list(data.choices(query.snap)["topics"])
    ribbon = data.frame("date ribbon", query) if DATES in marks.extras else None
    with st.container(horizontal=True):
        csv_button(lambda: frame, "attention", query, store.version)
        if DATES in marks.extras:
            csv_button(lambda: ribbon, "date_ribbon", query, store.version, label="dates")
        picture_buttons(
            lambda form: attention_picture(
                frame,
                query,
                in_words(frame, query, heading, marks),
                topics=topics,
                form=form,
                marks=replace(marks, ribbon=ribbon, peaks=data.peaks(query)),
            ),
            "attention",
            query,
            store.version,
        )


def in_words(frame: pd.DataFrame, query: Query, heading: str, marks: Marks) -> Words:
    """Return what stands around the chart in a picture."""
    buckets, store = on_the_line(frame), data.store(query.snap)
    matched = data.count(query)
    reading = f"{key_figures(buckets, matched, query)}. " if len(buckets) else ""
    said = [wording.event(number, event) for number, event in enumerate(marks.events, 1)]
    said += peaks_shown.below_a_picture(query)
    said += before.changes(buckets, query) if query.previous and len(buckets) else []
    notes = [wording.chart_notes(buckets, query, marks.extras, opens=False), *said]
    age = [wording.as_of(store.as_of, store.version), data.config().notice]
    return Words(heading, reading + " · ".join(notes), " · ".join(filter(None, age)))


def ranking_table(query: Query, what: str) -> pd.DataFrame:
    """Return one small ranked table."""
    return tables.ranking(data.frame(what, query))


def show_ranking(what: str, column: str, field: str) -> None:
    """Show one small ranked table; a ticked row opens its articles."""
    frame = data.frame(what, query)
    st.header(what.capitalize())
    table = data.drawn(ranking_table, query, what)
    row = ticked_row(table, f"top_{what}", columns=tables.RANKING_COLUMNS)
    kind = "entities" if field == "entities" else "countries"
    name = "" if field == "entities" else f"countries_{field}"
    csv_button(lambda: frame, kind, query, version, label=what, name=name)
    if row is not None:
        open_articles(filters.narrowed(query, field, str(frame.iloc[row][column])))


asked = filters.current()
query = data.resolved(asked)
version = data.store(query.snap).version
matched = data.count(query)
with st.container(horizontal=True, gap="xxsmall"):
    widgets.counting(query)
    extras = more(query)
if not matched:
    states.no_match(asked, data.counts(filters.each_without(asked)))
    st.stop()
trend = trend_of(query, extras, events_to_mark(), with_range=peaks_shown.asks_for_range(query))
if trend is None:
    states.nothing_placed()
else:
    show_chart(trend)
    st.text(trend.summary)
    list_events(trend.events)
    for sentence in trend.changes:
        st.text(sentence)
states.off_the_line(
    asked,
    data.off_the_line(query),
    data.hidden_count(query),
    data.later_count(asked, query),
)
if trend is not None:
    st.caption(trend.notes)
    peaks_shown.show_peaks(query, open_articles)
frame = data.frame("attention", query)
show_table(frame, query)
offer_files(
    frame,
    query,
    wording.title(query, data.names(query.snap)),
    Marks(trend.events if trend else (), extras),
)
st.caption("Tick a row of a table to open its articles.")
with st.container(horizontal=True):
    for ranked in tables.RANKINGS:
        with st.container(width=RANKING_WIDTH):
            show_ranking(*ranked)
marked_words.show_words(query)
