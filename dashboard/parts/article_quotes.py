"""The parts of an article's page about quotes: the one a link names, and all that are in it."""

import streamlit as st

from dashboard import filters
from dashboard.controls import own_values
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_html
from dashboard.parts import quote_cards
from dashboard.words.marking import PLACE, Marked
from pipelines.analysis.quotes import quotes_in
from pipelines.store import StoredArticle

_JUMP = (
    '<p style="margin:0;overflow-wrap:anywhere" dir="auto">{speaker}{words} '
    f'<a href="#{PLACE}" style="white-space:nowrap;color:inherit">Show in the text</a></p>'
)
_SHOWN = 300  # characters; the place itself has all


def place_marks(article: StoredArticle) -> list[Marked]:
    """Return the place that the link names as a mark; none where it names none of this text."""
    place = quote_cards.place_of(filters.page_value("at"), len(article.text))
    return [Marked(*place, "the place you opened", is_place=True)] if place else []


def show_place(article: StoredArticle) -> None:
    """Show the words of the place that the link names, with a way to it."""
    for mark in place_marks(article):
        words = " ".join(article.text[mark.start : mark.end].split())
        cut = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
        speaker = _speaker_at(article, mark)
        st.html(_JUMP.format(speaker=escape_html(speaker), words=f"“{escape_html(cut)}”"))


def _speaker_at(article: StoredArticle, place: Marked) -> str:
    said = quotes_in(article)
    here = said[(said["start"] == place.start) & (said["end"] == place.end)]
    return f"{quote_cards.speaker_in_words(here.iloc[0].to_dict())}: " if len(here) else ""


def show_said(article: StoredArticle) -> None:
    """List the quotes of the article; a ticked row is marked in the text."""
    if article.quotes.empty:
        return
    said = quotes_in(article)
    st.header("Quotes")
    st.caption("Tick a row to mark the quote in the text.")
    key = f"said_{article.row['article_id']}_{article.row['version']}"
    row = ticked_row(quote_cards.quotes_table(said), key)
    if row is None:
        return
    place = quote_cards.at_text(int(said.iloc[row]["start"]), int(said.iloc[row]["end"]))
    if place != filters.page_value("at"):
        own_values.set_value("at", place)
        st.rerun()
