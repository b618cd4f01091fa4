"""A topic that there is not yet: what it would find is seen before it counts."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.data import of_topic_changes
from dashboard.escape import escape_markdown
from dashboard.parts import topic_draft, topic_ending, topic_trial
from pipelines.errors import WirewatchError
from pipelines.query import Query
from pipelines.tagging.topics import Topic

_EMPTY = Topic("", "", "")
_BEGIN = "new_begin"


def show(query: Query) -> None:
    """Ask for query and name, show what that finds, and let it count."""
    st.header("New topic")
    gone = of_topic_changes.taken_away()
    if gone:
        _offer_those_taken_away(gone)
    draft = topic_draft.current()
    if draft is None or draft.id not in {"", *gone}:
        topic_draft.begin(_EMPTY, _EMPTY)
        draft = _EMPTY
    draft = topic_draft.ask_name(draft)
    draft = replace(draft, query=topic_trial.ask_query(draft.query))
    with st.expander("Description"):
        draft = topic_draft.ask_description(draft)
    topic_draft.keep(draft, _EMPTY)
    if not draft.query:
        st.caption("Write a query to see what it finds. Nothing counts until you say so.")
    elif topic_trial.show("", draft.query, query):
        _let_it_count(draft)


def _let_it_count(draft: Topic) -> None:
    if not draft.name:
        st.caption("Give it a name to let it count.")
        return
    try:
        new = draft if draft.id else replace(draft, id=of_topic_changes.id_for(draft.name))
    except WirewatchError as error:
        st.error(escape_markdown(str(error)))
    else:
        topic_ending.offer("Count this topic", new, None)


def _offer_those_taken_away(gone: Mapping[str, Topic]) -> None:
    """Offer to begin with a topic that was counted once."""
    st.selectbox(
        "Begin with",
        list(gone),
        None,
        key=_BEGIN,
        format_func=lambda topic: gone[topic].name,
        placeholder="an empty query, or choose a topic that was taken away",
        on_change=_begin_with,
        args=(gone,),
    )


def _begin_with(gone: Mapping[str, Topic]) -> None:
    topic_draft.begin(gone.get(st.session_state[_BEGIN], _EMPTY), _EMPTY)
