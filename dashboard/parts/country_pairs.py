"""The part of a page that shows who writes about whom: matrix, table and CSV."""

from dataclasses import replace

import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts.country_matrix import country_matrix_chart, largest
from dashboard.controls import leaving
from dashboard.controls.download import csv_button
from dashboard.controls.folding import folded
from dashboard.controls.ticking import ticked_row
from pipelines.query import Query
from pipelines.store.asking.select import UNKNOWN

_NOTE = (
    "A row is the press of one country, a column a country that its articles {verb}; the twelve "
    "largest of each are drawn, the table has all. Colour: share within the row. One article can "
    "count in several columns, so a row adds up to more than its articles. Select a cell to read "
    "them."
)


def show_pairs(query: Query, sense: str) -> None:
    """Draw the matrix of outlet countries and countries mentioned, or about where that is asked."""
    field = sense if sense in ("about", "mentioned") else "mentioned"
    frame = data.frame(f"matrix {field}", query)
    st.header("Who writes about whom")
    if frame.empty:
        st.text("No article of these filters has a country to set beside its outlet's.")
        return
    drawn = largest(frame)
    size = f"{drawn['outlet_country'].nunique()} by {drawn['country'].nunique()} countries"
    chosen = st.plotly_chart(
        country_matrix_chart(frame, query.measure),
        key="matrix",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=f"Matrix of {size}: articles by the country of the outlet and the country {field}. "
        "The table below has the numbers.",
    )
    st.caption(_NOTE.format(verb="are about" if field == "about" else "name"))
    for point in chosen["selection"]["points"][:1]:
        open_pair(query, field, *point["customdata"][:2])
    with folded("Table of all pairs", "pairs_shown") as is_open:
        row = ticked_row(tables.pairs_table(frame), "pairs") if is_open else None
    version, name = data.store(query.snap).version, f"country_matrix_{field}"
    csv_button(lambda: frame, "country_matrix", query, version, name=name)
    if row is not None:
        open_pair(query, field, *frame.iloc[row][["outlet_country", "country"]])


def open_pair(query: Query, field: str, home: str, code: str) -> None:
    """Open the articles of one cell."""
    narrowed = filters.narrowed(query, field, code)
    wanted = replace(narrowed, outlet_countries=(home or UNKNOWN,))
    leaving.go_to("app_pages/articles.py", filters.link_to(wanted))
