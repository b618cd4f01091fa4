"""The part of the Topics page where a topic is changed: what that does is seen before it counts."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.data import of_topic_changes, of_topics
from dashboard.escape import escape_markdown
from dashboard.parts import topic_draft, topic_ending, topic_trial
from pipelines.query import Query
from pipelines.tagging.topics import Topic


def show(topic: str, query: Query) -> None:
    """Ask what the topic is to be, show what that changes, and let it count."""
    if query.snap is not None:
        st.caption("The link shows an old version of the store; open the newest to change topics.")
        return
    now = of_topic_changes.counted(topic)
    draft, is_overtaken = topic_draft.take_up(now)
    if is_overtaken:
        _say_who_changed(topic)
    text = topic_trial.ask_query(draft.query)
    with st.expander("Name and description"):
        draft = topic_draft.ask_description(topic_draft.ask_name(draft))
    draft = replace(draft, query=text or now.query)
    topic_draft.keep(draft, now)
    if draft.query != now.query:
        if topic_trial.show(topic, draft.query, query):
            topic_ending.offer("Count with this query", draft, now)
    elif draft != now:
        st.caption("Only words change; every number stays.")
        topic_ending.offer("Save", draft, now)
    else:
        st.caption(
            "Change the query to see what that gains and loses. It counts once you say so, and "
            "“Versions” leads back."
        )
        _offer_to_take_away(now)


def begin_with(version: Mapping[str, object]) -> None:
    """Make an earlier definition of a topic (a row of its versions) the draft."""
    earlier = of_topic_changes.topic_of(version)
    now = of_topic_changes.counted(earlier.id)
    topic_draft.begin(replace(earlier, color=now.color), now)


def _say_who_changed(topic: str) -> None:
    """Say that the topic is not any more what the reader's draft was made from."""
    who = of_topics.versions(topic, None)["who"].iloc[-1]
    by = f" by {who}" if who else ""
    said = f"The topic was changed meanwhile{by}. Below it is compared as it is now."
    st.warning(escape_markdown(said), icon=":material/edit:")


def _offer_to_take_away(now: Topic) -> None:
    if st.session_state.get(topic_draft.REMOVING) != now.id:
        if st.button("Take this topic away", type="tertiary", icon=":material/delete:"):
            st.session_state[topic_draft.REMOVING] = now.id
            st.rerun()
        return
    st.text(
        "It will be in no list, chart or filter any more. Its versions and what was judged stay, "
        "and “New topic” puts it back."
    )
    topic_ending.offer("Take it away", replace(now, counted=False), now)
    if st.button("Keep it", key="keep_topic"):
        del st.session_state[topic_draft.REMOVING]
        st.rerun()
