"""A page's own part of the link (whose quotes, which type of names) and the widgets that set it.

The address bar is the truth here: a widget shows what stands in it and writes it there, so that the
view comes back from its link, and goes when another page is chosen.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard.controls.seeding import seed


def set_value(key: str, value: str) -> None:
    """Put a page's own parameter into the link; the empty value takes it out."""
    if value:
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]


def set_values(key: str, values: Sequence[str]) -> None:
    """Put a page's own parameter into the link as often as it has values."""
    st.query_params[key] = list(values)


def shown_in(key: str, value: str | bool | None, words: str = "") -> str:
    """Show `value` in the widget of a page's own parameter, and return the widget's key.

    As an option of a list it has `words`, see `seed`.
    """
    widget = f"ww_own_{key}"
    seed(widget, value, words)
    return widget


def take(key: str) -> None:
    """Put what the reader chose in the widget of a page's own parameter into the link."""
    chosen = st.session_state[f"ww_own_{key}"]
    set_value(key, ("1" if chosen else "") if isinstance(chosen, bool) else chosen or "")
