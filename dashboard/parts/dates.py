"""The part of an article's page about its date: all that was found."""

import streamlit as st

from dashboard import tables
from pipelines.store import StoredArticle


def show_dates(article: StoredArticle, tz: str) -> None:
    """Show all that was found about the date, used or not; the time is that of `tz`."""
    st.header("Date")
    st.text(tables.date_in_words(article.row, tz))
    st.dataframe(tables.dates_table(article.evidence), hide_index=True)
