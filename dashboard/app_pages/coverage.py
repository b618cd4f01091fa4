"""Coverage: can I trust it. What was collected when, from which sources, with which dates."""

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts.coverage_heat import MOST_ROWS, coverage_heat
from dashboard.controls import leaving
from dashboard.controls.download import csv_button
from dashboard.escape import escape_markdown
from dashboard.words import wording
from pipelines.analysis.expected import shortfalls
from pipelines.analysis.press import of_all
from pipelines.query import Query

NOTE = (
    "A line can fall because nothing was collected: where the picture is orange, a dip is no news. "
    "Collection is of outlets, so topics, names and words do not narrow this page."
)


def show_picture(query: Query) -> None:
    """Draw sources by days; a cell opens the articles of its outlet on these days."""
    frame = data.frame("coverage cells", query)
    if frame.empty or frame["state"].eq("unknown").all():
        st.header("No log of these days")
        st.text(wording.NO_LOG)
        return
    chosen = st.plotly_chart(
        coverage_heat(frame),
        key="coverage",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=wording.of_coverage(frame),
    )
    more = frame["source"].nunique() - MOST_ROWS
    left_out = f" {more} more sources are in the table." if more > 0 else ""
    st.caption(wording.COVERAGE_NOTES + left_out)
    csv_button(lambda: frame, "coverage", query, version)
    for point in chosen["selection"]["points"][:1]:
        open_cell(query, *point["customdata"][:3])


def open_cell(query: Query, outlet: str, first: str, last: str) -> None:
    """Go to the articles of an outlet between two days; nowhere where the source has several."""
    if outlet:
        days = {"start": date.fromisoformat(first), "end": date.fromisoformat(last), "last": ""}
        wanted = replace(query, outlets=(outlet,), **days)  # type: ignore[arg-type]  # by name
        leaving.go_to("app_pages/articles.py", filters.link_to(wanted))


def show_rows(
    heading: str, note: str, frame: pd.DataFrame, table: pd.DataFrame, *, kind: str
) -> None:
    """Show a table with its heading, or that it has no row, and its CSV."""
    st.header(heading)
    if frame.empty:
        st.text(note)
        return
    st.caption(note)
    st.dataframe(table, hide_index=True, column_config=tables.SHARES, placeholder="")
    csv_button(lambda: frame, kind, query, version)


query = of_all(data.resolved(filters.current()))
version = data.store(query.snap).version
st.title(escape_markdown(wording.collected(query, data.names(query.snap))))
st.caption(NOTE)
st.text(wording.standing(data.frame("standing", query)))
if hidden := data.hidden_count(query):
    st.text(wording.hidden(hidden))
show_picture(query)
outlets = data.choices(query.snap)["outlets"]
sources, gaps = data.frame("sources", query), data.frame("gaps", query)
show_rows(
    "Sources", wording.SOURCES_NOTE, sources, tables.sources_table(sources), kind="collection"
)
show_rows("Gaps", wording.gaps_note(gaps), gaps, tables.gaps_table(gaps, outlets), kind="gaps")
expected = data.frame("expected", query)
runs = shortfalls(expected)
show_rows(
    "Collected, but unusually little",
    wording.shortfalls_note(runs, expected),
    runs,
    tables.shortfalls_table(runs, outlets),
    kind="shortfalls",
)
if not expected.empty:
    csv_button(lambda: expected, "expected", query, version, label="expected, every day")
kept = data.trouble(query.snap)
note = escape_markdown(
    wording.kept_aside(len(kept), data.MOST_TROUBLE, int(sources["failures"].sum()))
)
show_rows("Kept aside", note, kept, tables.trouble_table(kept), kind="kept_aside")
