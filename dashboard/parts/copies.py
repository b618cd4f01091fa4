"""The part of an article's page that lists its copies, and which of them is the original."""

import streamlit as st

from dashboard import filters, tables
from dashboard.controls import leaving
from dashboard.controls.ticking import ticked_row
from pipelines.hashing import id_text
from pipelines.query import Query
from pipelines.store import StoredArticle

_ABOUT = (
    "Articles that carry the same text, edited, cut or brought up to date, are one distinct text. "
    "The original is the one with the earliest date that is likely or sure. Tick a row to open it."
)


def show_copies(article: StoredArticle, asked: Query, page: str) -> None:
    """List the articles that carry this text; nothing where it stands alone."""
    if article.copies.empty:
        return
    own = str(article.row["article_id"])
    st.header("Copies of this text")
    st.caption(_ABOUT)
    row = ticked_row(tables.copies_table(article.copies, int(own), asked.tz), f"copies_{own}")
    if row is not None:
        chosen = {"article": id_text(int(article.copies.iloc[row]["article_id"]))}
        leaving.go_to(page, filters.link_to(asked, chosen))
