"""What a widget is to show goes in; what it shows, in the browser too, is that value.

The session's state is not enough. A browser that has not drawn a widget yet when the reader goes on
(its script is fetched late, on a slow line or a busy machine) sends nothing of it, and would draw
it as it opens: empty. That counted as the reader's choice with the next step, and took every filter
of the sidebar away. So a value is written again in each run for which the browser sent none; in the
others not, since writing it would undo a choice on its way here.

And a browser knows an option of a list by its words. Where these change with the filters ("Auto:
day", "Auto: year"), it would keep showing the old ones and send them as a choice nobody made. So
the value is written then, too, and `chosen` takes nothing that is no option.
"""

from collections.abc import Container
from threading import local

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_RUN = local()  # a run of the script has a thread to itself


def seed(key: str, value: object, words: str = "") -> None:
    """Show `value` in the widget of `key`, drawn after this; an option of a list has `words`."""
    before = f"{key}_words"
    changed = st.session_state.get(before, "") != words
    if changed:
        st.session_state[before] = words
    if changed or st.session_state.get(key) != value or not was_sent(key):
        st.session_state[key] = value


def chosen(key: str, options: Container[object]) -> str | None:
    """Return the option chosen in the list of `key`; None for words of an option there was once."""
    value = st.session_state[key]
    return value if value in options else None


def begin_run() -> None:
    """Note of which widgets the browser sent a value; before any is drawn, when asking is cheap."""
    context = get_script_run_ctx()
    states = context.session_state.get_widget_states() if context else []
    _RUN.sent = tuple(state.id for state in states)


def was_sent(key: str) -> bool:
    """Tell whether the browser sent a value of the widget of `key` with what this run answers."""
    return any(one.endswith(f"-{key}") for one in getattr(_RUN, "sent", ()))
