"""How a change of a topic ends: signed and begun with one button, watched, and told."""

from dataclasses import replace

import streamlit as st

from dashboard import filters
from dashboard.controls import leaving
from dashboard.controls.signing import signature
from dashboard.controls.working import Work
from dashboard.data import of_topic_changes, of_topics
from dashboard.escape import escape_markdown
from dashboard.parts import topic_draft
from dashboard.words import topic_words
from pipelines.errors import StoreBehind, WirewatchError, why
from pipelines.hashing import hash63, id_text
from pipelines.tagging.topics import Topic

_WORDS = "Tagging the stored articles"
HERE = "app_pages/topics.py"
NEXT_PART = "topic_part_next"  # of the page, that it is to show in its next run
_WORK, _END = "ww_topic_work", "ww_topic_end"


def offer(label: str, new: Topic, seen: Topic | None) -> None:
    """Ask who and why beside the button that makes `new` count, and begin with that.

    `seen` is what it is made from, None for a topic that is not counted.
    """
    try:
        file = of_topic_changes.file_of(new.id)
    except WirewatchError as error:
        st.error(escape_markdown(str(error)))
        return
    with st.container(border=True):
        who, reason = signature("change", "Why, for the record")
        hint = f"Writes {file} and tags the stored articles again. Reports made before stay."
        # Of what the reader saw: a press on a button of before somebody else's change does nothing.
        key = f"count_{id_text(hash63(repr(seen)))}"
        if not st.button(label, type="primary", key=key, help=escape_markdown(hint)):
            return
        if problem := _lacking(who, reason):
            st.error(problem)
            return
        work = Work(of_topic_changes.changing(new, seen, who=who, why=reason))
        st.session_state[_WORK] = work, new
        work.watch(_WORDS)  # beside the button, where the reader looks
    st.rerun()


def _lacking(who: str, reason: str) -> str:
    if not who:
        return "Say who changes it: the name is kept with the version."
    return "" if reason else "Say why: the reason is kept with the version."


def follow() -> None:
    """Show how far the change is that this session began; when it has ended, what came of it."""
    if end := st.session_state.pop(_END, None):
        is_good, said = end
        (st.success if is_good else st.error)(escape_markdown(said))
    begun = st.session_state.get(_WORK)
    if begun is None:
        return
    work, new = begun
    work.watch(_WORDS)
    del st.session_state[_WORK]
    try:
        done = work.result()
    except StoreBehind as error:
        st.session_state[_END] = False, f"{error}."
        st.rerun()
    except WirewatchError as error:
        st.session_state[_END] = False, f"Nothing was changed: {error}."
        st.rerun()
    except OSError as error:
        st.session_state[_END] = False, f"Nothing was changed: {why(error)}."
        st.rerun()
    topic_draft.drop()
    version = int(str(of_topics.facts(new.id, None)["version"])) if new.counted else 0
    st.session_state[_END] = True, topic_words.changed(new, version, done.retagged)
    _go_to(new)


def _go_to(new: Topic) -> None:
    """Show the topic as it counts now; without it, what else there is."""
    asked = filters.current()
    if not new.counted:
        asked = replace(asked, topics=tuple(one for one in asked.topics if one != new.id))
        filters.change(asked)
    own = {"subject": new.id} if new.counted else {}
    st.session_state[NEXT_PART] = ""  # the first: what it finds now
    leaving.go_to(HERE, filters.link_to(asked, own))
