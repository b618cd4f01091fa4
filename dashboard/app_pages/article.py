"""One article: its text with marked spans, why each tag, every date found, every version."""

from datetime import date

import streamlit as st

from dashboard import data, filters, tables, wording
from dashboard.download import csv_button
from dashboard.escape import escape_markdown, web_link
from dashboard.history import show_versions
from dashboard.marking import marked_html, sentences_html
from dashboard.relatives import show_copies
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
    st.title(escape_markdown(str(article.row["title"] or tables.NO_HEADLINE)))
    st.text(tables.byline(article.row, names))
    if url := web_link(str(article.row["url"] or "")):
        st.link_button("Open at the outlet", url, icon=":material/open_in_new:")


def show_text(article: StoredArticle) -> None:
    """Show the text and the sentences of one tag, or of all; each count opens its sentences."""
    mentions = data.evidence(article)
    tags = tables.tag_counts(mentions, names)
    tag = st.pills("Mark only", list(tags), format_func=tags.__getitem__, key="tag")
    chosen = tables.of_tag(mentions, tag)
    text, side = st.columns([3, 2])
    with text:
        st.html(marked_html(article.text, article.zones, tables.marks(chosen, names)))
    with side:
        st.subheader(wording.counted(len(chosen), "mention"))
        st.html(sentences_html(tables.sentences(chosen.head(SENTENCES), names)))
        rows = tables.with_article(chosen, article.row)
        csv_button(lambda: rows, "mentions", query, version, label="sentences")


def show_dates(article: StoredArticle) -> None:
    """Show all that was found about the date, used or not, and what people set."""
    st.subheader("Date")
    st.text(tables.date_in_words(article.row))
    st.dataframe(tables.dates_table(article.evidence), hide_index=True)
    if len(article.corrections):
        st.dataframe(tables.corrections_table(article.corrections), hide_index=True)


def ask_date(article: StoredArticle) -> None:
    """Offer to set the date by hand, or to take back what was set."""
    with st.form("set_date", width=460):
        ends = (filters.FIRST_DAY, data.today())
        day = st.date_input("Published on", None, *ends, key="set_day", format="YYYY-MM-DD")
        who = st.text_input("Your name, for the record", key="set_who", max_chars=80)
        sets = st.form_submit_button("Set date", type="primary")
        takes_back = tables.is_corrected(article) and st.form_submit_button("Take it back")
    if sets or takes_back:
        save_date(article, day if sets else None, who.strip(), sets=sets)


def save_date(article: StoredArticle, day: date | None, who: str, *, sets: bool) -> None:
    """Record the reader's date as "set by user", or take it back, and show the article anew."""
    problem = "Pick a day." if sets and day is None else ""
    problem = problem or data.set_date(article, day, who)
    if problem:
        st.error(escape_markdown(problem))
    else:
        st.rerun()


query = data.resolved(filters.current())
version = data.store(query.snap).version
names = data.names(query.snap)
back = filters.link_to(filters.current())
st.page_link(ARTICLES, label="Back to the list", icon=":material/arrow_back:", query_params=back)
article = open_article()
show_head(article)
show_text(article)
show_copies(article, filters.current(), HERE)
show_dates(article)
ask_date(article)
show_versions(article, names, query.snap)
