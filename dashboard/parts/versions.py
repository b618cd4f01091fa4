"""The part of an article's page that lists its versions and shows what changed between two."""

from collections.abc import Mapping

import streamlit as st

from dashboard import data, tables
from dashboard.words import wording
from dashboard.words.changes import changes_html, summary, tag_lines
from pipelines.store import StoredArticle


def show_versions(article: StoredArticle, names: tables.Names, snap: int | None) -> None:
    """List every version that was seen, newest first, and compare two where there are two."""
    st.header(wording.counted(len(article.versions), "version"))
    st.dataframe(tables.versions_table(article.versions), hide_index=True)
    if len(article.versions) > 1:
        show_changes(article, names, snap)


def show_changes(article: StoredArticle, names: tables.Names, snap: int | None) -> None:
    """Let the reader choose two versions, and show what changed between them."""
    st.header("What changed")
    old, new = chosen_pair(article)
    if old == new:
        st.caption("Choose two different versions.")
        return
    comparison = data.comparison(article, (old, new), snap)
    st.text(summary(comparison))
    st.html(changes_html(comparison.edits))
    if comparison.tags:
        st.text("\n".join(["Mentions", *tag_lines(comparison.tags, names)]))


def chosen_pair(article: StoredArticle) -> tuple[int, int]:
    """Return the versions to compare; at first the newest two of one kind of text."""
    labels = version_labels(article)
    first = data.opening_pair(article)
    numbers = list(labels)
    own = article.row["article_id"]  # the choice of one article is not that of the next
    old, new = st.columns(2)
    with old:
        before = st.selectbox(
            "From version", numbers, numbers.index(first[0]), labels.__getitem__, key=f"old_{own}"
        )
    with new:
        after = st.selectbox(
            "To version", numbers, numbers.index(first[1]), labels.__getitem__, key=f"new_{own}"
        )
    return before, after


def version_labels(article: StoredArticle) -> Mapping[int, str]:
    """Return number -> number, kind of text and time of collection, newest first."""
    table = tables.versions_table(article.versions)
    return {
        int(number): f"{number}, {str(kind).replace('_', ' ')}, collected {collected}"
        for number, kind, collected in zip(
            table["Version"], table["Text from"], table["Collected"], strict=True
        )
    }
