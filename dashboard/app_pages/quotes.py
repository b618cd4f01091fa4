"""Quotes: who said what about which topic; each opens its article at the place."""

from math import ceil

import streamlit as st

from dashboard import data, filters
from dashboard.controls import own_values
from dashboard.controls.download import csv_button
from dashboard.controls.paging import page_of
from dashboard.data import of_names
from dashboard.escape import escape_markdown
from dashboard.parts import quote_cards, states
from dashboard.parts.quotes_listed import ask_speaker, name_of, show_cards
from dashboard.words import wording
from pipelines.tagging.quotes.marked import say_words


def ask_switches() -> None:
    """Let the reader ask for quotes that name the topic, and for certain speakers only."""
    usable = {"in_quote": bool(asked.topics), "certain": True}
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for key, label, hint in SWITCHES:
            st.toggle(
                label,
                key=own_values.shown_in(key, bool(filters.page_value(key) and usable[key])),
                on_change=own_values.take,
                args=(key,),
                help=hint,
                disabled=not usable[key],
            )


SWITCHES = (
    (
        "in_quote",
        "Only quotes that name the topic",
        "Else all quotes of articles on the topics in the sidebar; choose a topic there first.",
    ),
    ("certain", "Only certain speakers", "Leaves out quotes marked “speaker uncertain”."),
)


def show_none(said: of_names.Said) -> None:
    """Say why there is no quote, and offer what widens the question."""
    st.header("No quote")
    matched = data.count(query)
    if not matched:
        states.no_match(asked, data.counts(filters.each_without(asked)))
        return
    whose = f" of {name_of(said.speaker)}" if said.speaker else ""
    st.text(f"{wording.counted(matched)} found, but no quote{whose} there.")
    read = sorted(data.LANGUAGES[one] for one in {"en", "ru", *say_words()})
    st.caption(f"Quotes are looked for in texts in {', '.join(read[:-1])} and {read[-1]}.")
    for key, label in WIDER.items():
        if filters.page_value(key):
            st.button(label, on_click=own_values.set_value, args=(key, ""), key=f"wider_{key}")


WIDER = {
    "speaker": "Quotes of anybody",
    "in_quote": "Also quotes that do not name the topic",
    "certain": "Also uncertain speakers",
}

asked = filters.current()
query = data.resolved(asked)
speaker = ask_speaker(query)
ask_switches()
said = of_names.Said(
    speaker,
    asked.topics if filters.page_value("in_quote") else (),
    bool(filters.page_value("certain")),
)
topics = [data.names(query.snap)["topics"].get(one, one) for one in said.naming]
found = of_names.quotes_found(query, said)
if not found:
    show_none(said)
    st.stop()
st.text(quote_cards.found_in_words(found, name_of(speaker), topics))
if speaker in data.names(query.snap)["entities"]:
    own = filters.link_to(asked, {"name": speaker})
    label = escape_markdown(f"All about {name_of(speaker)}")
    st.page_link("app_pages/entity.py", label=label, icon=":material/person:", query_params=own)
page = page_of(ceil(found / of_names.QUOTES))
show_cards(of_names.quotes_page(query, said, page), query, asked)
version = data.store(query.snap).version
with st.container(horizontal=True):
    csv_button(lambda: of_names.quotes_page(query, said, None), "quotes", query, version)
    csv_button(lambda: data.frame("speakers", query), "speakers", query, version)
