"""One entity: its names, since when, the trend, where, with whom, what it said, latest articles."""

from dataclasses import replace

import streamlit as st

from dashboard import data, filters, tables
from dashboard.data import of_names
from dashboard.escape import escape_markdown
from dashboard.parts.portrait import show_company, show_latest, show_trend, show_where
from dashboard.parts.quotes_listed import show_cards
from pipelines.analysis.entity_names import basis_of, names_of, roles_of
from pipelines.analysis.entity_page import EntityPage
from pipelines.hashing import id_text

ENTITIES, QUOTES = "app_pages/entities.py", "app_pages/quotes.py"
ARTICLE = "app_pages/article.py"
LATEST = 5  # quotes shown; their page has all


def open_page() -> EntityPage:
    """Return the page of the name in the link; say so and stop where nobody knows it."""
    if wanted not in data.names(asked.snap)["entities"]:
        st.title("No such name")
        st.text(f"The link names {wanted or '(nobody)'}, whom neither table nor store knows.")
        st.stop()
    return of_names.entity(query, wanted)


def show_head() -> None:
    """Show name, roles, counts, the first article, and the names that count."""
    st.title(escape_markdown(name))
    span = tables.span_in_words(page, data.names(asked.snap))
    st.text(" · ".join([*roles_of(wanted), span]))
    if query.topics or query.entities or query.text:
        st.caption("Counted over all articles under the other filters, on whatever topic.")
    if page.first_article is not None:
        first = data.article(page.first_article, snap=asked.snap).row["title"]
        st.page_link(
            ARTICLE,
            label=escape_markdown(f"First: {first or tables.NO_HEADLINE}"),
            icon=":material/article:",
            query_params=filters.link_to(asked, {"article": id_text(page.first_article)}),
        )
    with st.expander("Names that are counted, and why"):
        st.dataframe(tables.names_table(names_of(wanted)), hide_index=True)
        if basis := basis_of(wanted):
            st.caption(escape_markdown(f"Basis of this entry: {basis}."))


def show_quotes() -> None:
    """Show the latest quotes, and the way to all of them."""
    st.header("Quotes")
    if page.quotes.empty:
        st.text("None under these filters.")
        return
    show_cards(page.quotes.head(LATEST), query, asked)
    link = filters.link_to(replace(asked, topics=(), entities=(), text=""), {"speaker": wanted})
    st.page_link(
        QUOTES, label="All quotes, by topic", icon=":material/format_quote:", query_params=link
    )


asked = filters.current()
query = data.resolved(asked)
wanted = filters.page_value("name")
st.page_link(
    ENTITIES,
    label="Back to the names",
    icon=":material/arrow_back:",
    query_params=filters.link_to(asked),
)
page = open_page()
name = data.names(asked.snap)["entities"][wanted]
show_head()
if not page.articles:
    st.header("No article under these filters")
    st.text("A longer period, or fewer filters in the sidebar, may find some.")
    st.stop()
show_trend(page, name)
show_company(page, wanted)
show_where(page)
show_quotes()
show_latest(page, asked)
