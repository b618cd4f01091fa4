"""One article: its text with marked spans, why each tag, every date found, every version."""

import streamlit as st

from dashboard import data, filters, tables
from dashboard.controls.download import csv_button
from dashboard.data.of_outlets import home_basis
from dashboard.escape import escape_markdown, isolate, web_link
from dashboard.parts.article_quotes import place_marks, show_place, show_said
from dashboard.parts.copies import show_copies
from dashboard.parts.corrections import show_corrections, show_hidden
from dashboard.parts.dates import show_dates
from dashboard.parts.versions import show_versions
from dashboard.words import wording
from dashboard.words.marking import marked_html, sentences_html
from pipelines.hashing import id_number
from pipelines.store import StoredArticle

ARTICLES = "app_pages/articles.py"
HERE = "app_pages/article.py"
SENTENCES = 100  # shown; the CSV has all


def open_article() -> StoredArticle:
    """Return the article named in the link; say so and stop where there is none."""
    wanted = filters.page_value("article")
    try:
        return data.article(id_number(wanted), snap=filters.current().snap)
    except (ValueError, KeyError):
        st.title("No such article")
        st.text(f"The link names article {wanted or '(none)'}, which this store does not have.")
        st.stop()


def show_head(article: StoredArticle) -> None:
    """Show headline, outlet, date with its certainty, and the address."""
    st.title(escape_markdown(isolate(str(article.row["title"] or tables.NO_HEADLINE))))
    st.text(tables.byline(article.row, names, home_basis(article), tz=query.tz))
    if places := tables.places_in_words(article.row, names):
        why = tables.why_about(article.row, article.mentions, names)
        st.text(places, help=escape_markdown(why) or None)
    if url := web_link(str(article.row["url"] or "")):
        st.link_button("Open at the outlet", url, icon=":material/open_in_new:")


def show_text(article: StoredArticle) -> None:
    """Show the text and the sentences of one tag, or of all; each count opens its sentences."""
    mentions = data.evidence(article)
    tags = tables.tag_counts(mentions, names)
    labels = {one: escape_markdown(name) for one, name in tags.items()}
    tag = st.pills("Mark only", list(tags), format_func=labels.__getitem__, key="tag")
    chosen = tables.of_tag(mentions, tag)
    text, side = st.columns([3, 2])
    with text:
        marks = [*tables.marks(chosen, names), *place_marks(article)]
        st.html(marked_html(article.text, article.zones, marks))
    with side:
        st.header(wording.counted(len(chosen), "mention"))
        st.html(sentences_html(tables.sentences(chosen.head(SENTENCES), names)))
        rows = tables.with_article(chosen, article.row)
        csv_button(lambda: rows, "mentions", query, version, label="sentences")


query = data.resolved(filters.current())
version = data.store(query.snap).version
names = data.names(query.snap)
own = {filters.PAGE: page} if (page := filters.page_value(filters.PAGE)) else {}
back = filters.link_to(filters.current(), own)
st.page_link(ARTICLES, label="Back to the list", icon=":material/arrow_back:", query_params=back)
article = open_article()
show_head(article)
show_hidden(article, query.snap)
show_place(article)
show_text(article)
show_said(article)
show_copies(article, filters.current(), HERE)
show_dates(article, query.tz)
show_corrections(article, query.snap)
show_versions(article, names, query.snap)
