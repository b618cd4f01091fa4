"""Articles: show me. Search box, count, list newest first; a selected row opens the article."""

from math import ceil

import streamlit as st

from dashboard import data, filters, tables
from dashboard.controls import leaving, widgets
from dashboard.controls.download import csv_button
from dashboard.controls.paging import page_of
from dashboard.controls.ticking import ticked_row
from dashboard.data import of_evidence
from dashboard.escape import escape_markdown
from dashboard.parts import corrections, states
from dashboard.words import wording
from pipelines.hashing import id_text
from pipelines.query import Query

ARTICLE = "app_pages/article.py"
_FIT = 10  # rows that a table shows by itself; a tall one of fewer is mostly empty


def show_list(query: Query, page: int) -> None:
    """Show one page of the list; a ticked row opens the article."""
    rows = data.articles(query, page)
    st.caption(escape_markdown(f"Tick a row to open its article. Times are {query.tz}."))
    sentences = of_evidence.sentences(query, page)
    table = tables.articles_table(rows, data.names(query.snap), sentences, tz=query.tz)
    row = ticked_row(table, f"list_{page}", height=600 if len(table) > _FIT else None)
    if row is not None:
        own = {"article": id_text(int(rows.iloc[row]["article_id"]))}
        if page > 1:
            own[filters.PAGE] = str(page)  # where "Back to the list" leads
        leaving.go_to(ARTICLE, filters.link_to(asked, own))


def show_downloads(query: Query) -> None:
    """Offer the whole list, and the evidence of what it counts."""
    version = data.store(query.snap).version
    with st.container(horizontal=True):
        csv_button(lambda: data.frame("articles", query), "articles", query, version)
        csv_button(lambda: data.frame("evidence", query), "mentions", query, version)


asked = filters.current()
query = data.resolved(asked)
if filters.page_value("hidden"):
    back = filters.link_to(asked)
    st.page_link("app_pages/articles.py", label="Back to what counts", query_params=back)
    st.text(wording.hidden(data.hidden_count(query)))
    corrections.list_hidden(query)
    st.stop()
widgets.search_box("Search in headline and text")
found = data.count(query)
st.text(f"{wording.counted(found)}, newest first")
states.off_the_line(
    asked,
    data.off_the_line(query),
    data.hidden_count(query),
    data.later_count(asked, query),
    listed=not (query.start or query.end),
)
if not found:
    states.no_match(asked, data.counts(filters.each_without(asked)))
    st.stop()
show_list(query, page_of(ceil(found / data.PAGE)))
show_downloads(query)
