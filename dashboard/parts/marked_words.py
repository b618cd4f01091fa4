"""The words that mark the articles of a view, where a reader asks: a table that opens them."""

import pandas as pd
import streamlit as st

from dashboard import data, filters
from dashboard.controls import leaving, own_values
from dashboard.controls.download import csv_button
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_markdown
from pipelines.analysis.words import SAMPLE, holding
from pipelines.query import Query


def show_words(query: Query) -> None:
    """Offer the words that tell the articles from the rest of the press; a ticked row opens them.

    They are asked for, because up to three thousand texts are read for them.
    """
    key = own_values.shown_in("words", filters.page_value("words") == "1")
    label = "Words that mark these articles"
    if not st.toggle(label, key=key, on_change=own_values.take, args=("words",)):
        return
    frame = data.frame("words shown", query)
    rows = frame[frame["language"] != ""]
    if rows.empty:
        st.text("No word to show: too little text, or in languages written without spaces.")
        return
    row = ticked_row(words_table(rows), "words")
    st.caption(
        escape_markdown(in_words(data.count(query), int(data.frame("unspaced", query)["n"][0])))
    )
    csv_button(lambda: data.frame("words", query), "words", query, data.store(query.snap).version)
    if row is not None:
        wanted = holding(query, str(rows.iloc[row]["term"]), str(rows.iloc[row]["language"]))
        leaving.go_to("app_pages/articles.py", filters.link_to(wanted))


def words_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a word: in how many of the articles it stands, and in which language."""
    return pd.DataFrame(
        {
            "Word": rows["term"],
            "Articles": rows["articles"],
            "Language": [data.LANGUAGES.get(code, code) for code in rows["language"]],
        }
    )


def in_words(matched: int, unspaced: int) -> str:
    """Return how the words were found, and what of the articles gave none."""
    drawn = f"a sample of {SAMPLE:,} of the articles" if matched > SAMPLE else "all the articles"
    parts = [
        f"Ranked by {drawn}: first the words that tell them most from the other articles of the "
        "same period, outlets and languages. The counts are of all articles."
    ]
    if unspaced:
        parts.append(
            f"{unspaced:,} of the articles are in languages written without spaces; they are not "
            "split into words."
        )
    return " ".join([*parts, "Tick a row to open its articles."])
