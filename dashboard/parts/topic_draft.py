"""What a reader wants a topic to be, kept while they look at other parts and pages; a draft.

It is of one topic at a time, knows what it was made from, and is gone once it counts.
"""

from dataclasses import replace

import streamlit as st

from dashboard.controls.seeding import seed
from dashboard.parts import topic_trial
from pipelines.tagging.topics import Topic

_DRAFT = "ww_topic_draft"  # (draft, what it was made from)
REMOVING = "ww_topic_removing"  # the id of a topic that may be taken away
_NAME, _DESCRIPTION = "try_name", "try_description"


def take_up(now: Topic) -> tuple[Topic, bool]:
    """Return the draft of a topic, and whether the topic is another by now than it was made from.

    Without one, or without a change in it, the topic as it is now begins a draft.
    """
    draft, base = st.session_state.get(_DRAFT, (None, None))
    if draft is None or draft.id != now.id or (draft == base != now):
        begin(now, now)
        return now, False
    return draft, base != now


def current() -> Topic | None:
    """Return the draft there is, whichever topic it is of."""
    draft, _ = st.session_state.get(_DRAFT, (None, None))
    return draft if isinstance(draft, Topic) else None


def begin(draft: Topic, base: Topic) -> None:
    """Begin with `draft`, made from `base`; to be called before its boxes are drawn."""
    keep(draft, base)
    for key in (topic_trial.BOX, _NAME, _DESCRIPTION):
        st.session_state.pop(key, None)


def keep(draft: Topic, base: Topic) -> None:
    """Remember what stands in the boxes now."""
    st.session_state[_DRAFT] = draft, base


def drop() -> None:
    """Forget the draft, and that a topic was to be taken away."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(REMOVING, None)


def ask_name(draft: Topic) -> Topic:
    """Draw the box for the name; return the draft with what is in it."""
    seed(_NAME, st.session_state.get(_NAME, draft.name))
    name = st.text_input("Name", key=_NAME, max_chars=200)
    return replace(draft, name=" ".join(name.split()))


def ask_description(draft: Topic) -> Topic:
    """Draw the box for the description; return the draft with what is in it."""
    seed(_DESCRIPTION, st.session_state.get(_DESCRIPTION, draft.description))
    about = st.text_area("What counts, and what does not", key=_DESCRIPTION, height=80)
    return replace(draft, description=about.strip())
