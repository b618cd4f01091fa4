"""The parts of an article's page about its date: all that was found, and setting it by hand."""

from datetime import date

import streamlit as st

from dashboard import data, filters, tables
from dashboard.escape import escape_markdown
from pipelines.store import StoredArticle


def show_dates(article: StoredArticle) -> None:
    """Show all that was found about the date, used or not, and what people set."""
    st.header("Date")
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
