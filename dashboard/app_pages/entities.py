"""Entities: who is in the news, with whom, since when."""

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts.attention import MOST_SERIES
from dashboard.controls import leaving, own_values
from dashboard.controls.download import csv_button
from dashboard.controls.ticking import ticked_rows
from dashboard.data import of_names
from dashboard.escape import escape_markdown
from dashboard.parts import states
from dashboard.parts.companions import show_candidates, show_matrix
from dashboard.words import wording

ARTICLES, OVERVIEW, ENTITY = (f"app_pages/{one}.py" for one in ("articles", "overview", "entity"))


def ask_type() -> str:
    """Let the reader choose people, organisations or places; return the type, empty for all."""
    asked = filters.page_value("type")
    value = asked if asked in tables.TYPES else ""
    kinds = tables.TYPES
    key = own_values.shown_in("type", value)
    st.segmented_control(
        "Type of name",
        list(kinds),
        format_func=kinds.__getitem__,
        key=key,
        on_change=own_values.take,
        args=("type",),
        label_visibility="collapsed",
    )
    return value


def show_ranking(rows: pd.DataFrame) -> None:
    """Show the names; one ticked can be opened, several can be compared."""
    actions = st.container(horizontal=True, gap="small", vertical_alignment="center")
    table = tables.change_table(rows, comparable=found.comparable)
    ticked = ticked_rows(table, f"names_{kind}", tables.CHANGE_COLUMNS)
    with actions:
        offer(rows.iloc[ticked])


def offer(chosen: pd.DataFrame) -> None:
    """Offer what can be done with the ticked names."""
    ids, names = chosen["entity_id"].tolist(), chosen["name"].tolist()
    if not ids:
        st.caption("Tick a name to open it, several to compare them on the chart.")
        return
    if st.button(compare_label(len(ids)), type="primary", icon=":material/show_chart:"):
        wanted = filters.compared(asked, ids[:MOST_SERIES])
        leaving.go_to(OVERVIEW, filters.link_to(wanted))
    for one, name, number in zip(ids[:3], names, chosen["articles"], strict=False):
        if st.button(escape_markdown(name), icon=":material/person:", key=f"open_{one}"):
            leaving.go_to(ENTITY, filters.link_to(asked, {"name": one}))
        label = wording.counted(int(number))
        if st.button(label, icon=":material/list:", key=f"list_{one}", type="tertiary"):
            named = filters.narrowed(query, "entities", one)
            leaving.go_to(ARTICLES, filters.link_to(named))


def compare_label(number: int) -> str:
    """Return the label of the button that leads to the chart."""
    if number == 1:
        return "Show on the chart"
    cut = f" (the first {MOST_SERIES})" if number > MOST_SERIES else ""
    return f"Compare {number} on the chart{cut}"


def every_name() -> pd.DataFrame:
    """Return the rows of the ranking, also those that the screen has no room for."""
    return tables.of_type(of_names.all_entity_changes(query), kind)


def show_none() -> None:
    """Say why there is no name to show."""
    matched = data.count(query)
    if matched and kind:
        st.text(f"No name of this type in {wording.counted(matched)}.")
    elif matched:
        st.text(f"No name of the table in {wording.counted(matched)}.")
    else:
        states.no_match(asked, data.counts(filters.each_without(asked)))


asked = filters.current()
query = data.resolved(asked)
version = data.store(query.snap).version
kind = ask_type()
found = of_names.entity_changes(query)
rows = tables.of_type(found.rows, kind)
if rows.empty:
    show_none()
else:
    show_ranking(rows)
    st.caption(tables.comparison_in_words(found))
    csv_button(every_name, "entity_change", query, version, label="names")
    show_matrix(query, rows, kind)
show_candidates(query)
