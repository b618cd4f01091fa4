"""Add: bring your own texts. Drop, see what is understood, put right what is not, store."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import filters, tables
from dashboard.escape import escape_markdown
from dashboard.parts import uploads
from dashboard.words import wording
from dashboard.words.marking import marked_html
from pipelines.article import Outcome
from pipelines.errors import WirewatchError
from pipelines.gather import Understood
from pipelines.query import Query

ARTICLES = "app_pages/articles.py"
KINDS = "Scraped text, saved pages, feeds, JSONL, CSV, WARC, GDELT, Telegram; also as ZIP."
_STORED = (Outcome.STORED, Outcome.EDITED, Outcome.ENRICHED)


def ask() -> tuple[uploads.Brought, ...]:
    """Return what the reader brings; the boxes are empty again once it is stored."""
    lot = st.session_state.get("lots", 0)
    if st.session_state.pop("emptied", False):
        st.session_state["pasted"] = st.session_state["address"] = ""
    files = st.file_uploader(
        f"Drop files here. {KINDS}", accept_multiple_files=True, key=f"files_{lot}"
    )
    with st.expander("Or paste a text, or give the address of a page or feed"):
        pasted = st.text_area("Text, as it was copied", key="pasted", height=160)
        address = st.text_input("Address", key="address", placeholder="https://")
    return uploads.brought([(one.name, one.getvalue()) for one in files], pasted, address)


def show_table(found: Sequence[Understood], key: str) -> pd.DataFrame:
    """Show what was understood and return it as the reader puts it right."""
    read = [one for one in found if one.article is not None]
    st.header(f"{wording.counted(len(read))} understood, nothing stored yet")
    if read:
        st.caption("Outlet and Published can be put right; that is kept as “set by user”.")
    day = st.column_config.DateColumn(format="YYYY-MM-DD", min_value=filters.FIRST_DAY)
    return st.data_editor(
        uploads.table(found),
        key=f"understood_{key}",
        hide_index=True,
        disabled=["Headline", "Date is", "Topics", "In"],
        column_config={"Published": day},
        placeholder="",
    )


def show_one(found: Sequence[Understood]) -> None:
    """Show one text with what counts in it, and every date that was found."""
    read = [one for one in found if one.article is not None]
    if not read:
        return
    titles = [(one.article.title if one.article else "") or tables.NO_HEADLINE for one in read]
    chosen = st.selectbox(
        "Look into one", range(len(read)), format_func=titles.__getitem__, key="look_into"
    )
    article = read[chosen].article
    if article is None:
        return
    text, side = st.columns([3, 2])
    with text:
        marks = tables.marks_of(read[chosen].tags.mentions, uploads.known_names())
        st.html(marked_html(article.text, article.zones, marks))
    with side:
        st.caption("Pale: never counts. Every date found:")
        st.dataframe(tables.dates_table(article.publication.evidence), hide_index=True)


def store(
    things: tuple[uploads.Brought, ...], found: Sequence[Understood], edited: pd.DataFrame
) -> None:
    """Bring everything into the store and say how it ended."""
    with st.spinner("Storing"):
        ends, problem = uploads.store_all(things, uploads.corrections(found, edited))
    if problem:
        st.error(escape_markdown(problem))
        return
    st.session_state["lots"] = st.session_state.get("lots", 0) + 1  # no other way empties files
    st.session_state["emptied"] = True
    st.session_state["added"] = {end.value: number for end, number in ends.items()}
    st.session_state["added_on"] = uploads.topics_named(found)
    st.rerun()


def show_end() -> None:
    """Say how the last lot ended, once."""
    ends = st.session_state.pop("added", None)
    if ends is None:
        return
    stored = sum(ends.get(end.value, 0) for end in _STORED)
    words = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in ends.items())
    on = ", ".join(f"{name} {number}" for name, number in st.session_state["added_on"].items())
    said = f"{wording.counted(stored)} new in the store ({words}). On topics: {on or 'none'}."
    st.success(escape_markdown(said))
    link = filters.link_to(Query(last="all"))
    st.page_link(ARTICLES, label="See all articles", query_params=link)


st.title("Add texts")
show_end()
things = ask()
if not things:
    st.stop()
try:
    found = uploads.understood(things)
except WirewatchError as error:
    st.error(escape_markdown(str(error)))
    st.stop()
edited = show_table(found, uploads.digest(things))
if st.button("Store", type="primary", disabled=not any(one.article for one in found)):
    store(things, found, edited)
show_one(found)
