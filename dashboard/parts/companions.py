"""Parts of the page of names: who is named together, and the names that no table has yet."""

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts import theme
from dashboard.charts.matrix import matrix_chart
from dashboard.controls import leaving
from dashboard.controls.download import csv_button
from dashboard.controls.folding import folded
from dashboard.controls.ticking import ticked_row
from dashboard.data import of_names
from pipelines.query import Query

ARTICLES = "app_pages/articles.py"
IN_MATRIX = 12

FOLLOW = (
    "Found by their form; who is meant is not checked. To follow one over time, add a topic with "
    "the name in quotation marks as its query. Tick a row to search the articles for the name."
)


def open_articles(wanted: Query) -> None:
    """Go to the articles that `wanted` counts."""
    leaving.go_to(ARTICLES, filters.link_to(wanted))


def show_matrix(query: Query, rows: pd.DataFrame, kind: str) -> None:
    """Show who is named together; a cell opens the articles that name both."""
    ids = tuple(rows["entity_id"].head(IN_MATRIX))
    if len(ids) < 2:
        return
    pairs = of_names.pairs(query, ids)
    st.header("Named in the same articles")
    chosen = st.plotly_chart(
        matrix_chart(pairs, palette=theme.BROWSER),
        key=f"matrix_{kind}",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=tables.matrix_in_words(pairs),
    )
    for point in chosen["selection"]["points"][:1]:
        open_articles(filters.with_both(query, *point["customdata"][:2]))
    st.caption(
        f"The {len(ids)} names with most articles. The diagonal has all articles of a name. "
        "Select a number to read its articles."
    )
    show_pairs(query, pairs, kind)


def show_pairs(query: Query, pairs: pd.DataFrame, kind: str) -> None:
    """Show the matrix as a table; a ticked row opens its articles."""
    table = tables.together_table(pairs)
    with folded("Table of the matrix", "pairs_shown") as is_open:
        st.caption(tables.BONDS)
        row = ticked_row(table, f"pairs_{kind}") if is_open else None
        csv_button(
            lambda: pairs,
            "named_together",
            query,
            data.store(query.snap).version,
            label="named together",
        )
    if row is not None:
        tag, other = pairs.loc[table.index[row], ["tag", "other"]]
        open_articles(filters.with_both(query, str(tag), str(other)))


def show_candidates(query: Query) -> None:
    """Show names that no table knows, and say how to follow one."""
    with folded("Names not in the table yet", "candidates_shown") as is_open:
        if not is_open:
            return
        names = data.frame("names not in the table", query)
        if names.empty:
            st.text("None: every name found is in the table.")
            return
        st.caption(FOLLOW)
        row = ticked_row(tables.candidates_table(names), "candidates")
        every = "all names not in the table"
        version = data.store(query.snap).version
        csv_button(lambda: data.frame(every, query), "names", query, version, label="unknown names")
    if row is not None:
        open_articles(filters.searched(query, str(names.iloc[row]["name"])))
