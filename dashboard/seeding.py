"""What a widget is to show goes in; what it shows, in the browser too, is that value.

The session's state is not enough. A browser that has not drawn a widget yet when the reader goes on
(its script is fetched late, on a slow line or a busy machine) sends nothing of it, and would draw
it as it opens: empty. That counted as the reader's choice with the next step, and took every filter
of the sidebar away. So a value is written again in each run for which the browser sent none; in the
others not, since writing it would undo a choice on its way here.
"""

from threading import local

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_RUN = local()  # a run of the script has a thread to itself


def seed(key: str, value: object) -> None:
    """Show `value` in the widget of `key`, which is drawn after this."""
    if st.session_state.get(key) != value or not was_sent(key):
        st.session_state[key] = value


def begin_run() -> None:
    """Note of which widgets the browser sent a value; before any is drawn, when asking is cheap."""
    context = get_script_run_ctx()
    states = context.session_state.get_widget_states() if context else []
    _RUN.sent = tuple(state.id for state in states)


def was_sent(key: str) -> bool:
    """Tell whether the browser sent a value of the widget of `key` with what this run answers."""
    return any(one.endswith(f"-{key}") for one in getattr(_RUN, "sent", ()))
