"""Parts of the pages with quotes: the choice of a speaker, and quotes as cards."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, filters
from dashboard.controls import own_values
from dashboard.controls.seeding import chosen
from dashboard.escape import escape_markdown
from dashboard.parts import quote_cards
from dashboard.words.wording import counted
from pipelines.analysis.quotes import speaker_name
from pipelines.hashing import id_text
from pipelines.query import Query

ARTICLE = "app_pages/article.py"
_ON = "\n"  # between speaker and topic of an option; no id has it


def ask_speaker(query: Query) -> str:
    """Let the reader choose whose quotes, or whose on which topic; return the speaker's tag.

    The most quoted stand first. "Sergei Lavrov on Ukraine" sets the topic too, and asks for quotes
    that name it.
    """
    options = speaker_options(query)
    speaker = filters.page_value("speaker")
    if speaker and speaker not in options and not _is_known(speaker, query):
        note = f"“{speaker}” is nobody known here and was left out."
        st.warning(escape_markdown(note), icon=":material/link_off:")
        speaker = ""
    if speaker and speaker not in options:
        options[speaker] = f"{name_of(speaker)}: no quote"
    value = speaker
    if filters.page_value("in_quote") and len(query.topics) == 1:
        both = f"{speaker}{_ON}{query.topics[0]}"
        value = both if both in options else speaker
    st.selectbox(
        "Who, or who on what",
        list(options),
        format_func=lambda one: options.get(one, one),
        key=own_values.shown_in("speaker", value, options[value]),
        on_change=_take_speaker,
        args=(options,),
        help="Type a part of a name, of a topic, or of both.",
    )
    return speaker


def name_of(speaker: str) -> str:
    """Return what to call the speaker of a tag, on one line; empty for nobody."""
    return _line(speaker_name(speaker, speaker.partition(":")[2], speaker))


def _is_known(speaker: str, query: Query) -> bool:
    """Return whether a tag is an entity, or a name as taggers write it ("person:Jane Doe")."""
    kind, colon, _ = speaker.partition(":")
    named = bool(colon) and kind in ("person", "organisation", "place")
    return named or speaker in data.names(query.snap)["entities"]


def speaker_options(query: Query) -> dict[str, str]:
    """Return value -> label: anybody, speakers, then speakers on topics, each with its quotes."""
    everything = replace(query, topics=(), entities=(), text="")
    topics = data.names(query.snap)["topics"]
    options = {"": "Anybody"}
    for row in data.frame("speakers", query).head(data.SPEAKERS).to_dict("records"):
        options[row["entity_id"]] = f"{_line(row['speaker'])}: {counted(row['quotes'], 'quote')}"
    for row in data.frame("speakers on topics", everything).to_dict("records"):
        topic = topics.get(row["topic"], row["topic"])
        label = f"{_line(row['speaker'])} on {topic}: {counted(row['quotes'], 'quote')}"
        options[f"{row['entity_id']}{_ON}{row['topic']}"] = label
    return _told_apart(options)


def _told_apart(options: Mapping[str, str]) -> dict[str, str]:
    """Return the options with the id behind labels that stand for two: the widget knows labels."""
    often = Counter(options.values())
    return {
        value: label if often[label] == 1 else f"{label} ({_line(value)})"
        for value, label in options.items()
    }


def _line(name: str) -> str:
    return " ".join(name.split())


def _take_speaker(options: Mapping[str, str]) -> None:
    if (option := chosen("ww_own_speaker", options)) is None:
        return
    speaker, _, topic = option.partition(_ON)
    own_values.set_value("speaker", speaker)
    if topic:
        filters.change(replace(filters.current(), topics=(topic,), entities=(), text=""))
        own_values.set_value("in_quote", "1")


def show_cards(frame: pd.DataFrame, query: Query, asked: Query) -> None:
    """Show quotes as cards; each opens its article at the place."""
    topics = data.names(query.snap)["topics"]
    for quote in quote_cards.cards(frame, query.tz):
        with st.container(gap="xxsmall"):
            st.html(quote_cards.card_html(quote, topics))
            _link(quote, asked)


def _link(quote: Mapping[str, object], asked: Query) -> None:
    own = {
        "article": id_text(int(str(quote["article_id"]))),
        "at": quote_cards.at_text(int(str(quote["start"])), int(str(quote["end"]))),
    }
    st.page_link(
        ARTICLE,
        label=escape_markdown(str(quote["title"] or "Open the article")),
        icon=":material/article:",
        query_params=filters.link_to(asked, own),
    )
