"""A page's own part of the link (whose quotes, which type of names) and the widgets that set it.

The address bar is the truth here: a widget shows what stands in it and writes it there, so that the
view comes back from its link, and goes when another page is chosen.
"""

from collections.abc import Sequence

import streamlit as st

from dashboard import filters
from dashboard.controls.seeding import seed


def set_value(key: str, value: str) -> None:
    """Put a page's own parameter into the link; the empty value takes it out.

    What the list then has is another: it begins with its first page.
    """
    there = filters.grouped(filters.link_pairs())
    others = {one: values for one, values in there.items() if one not in (key, filters.PAGE)}
    wanted = others | ({key: [value]} if value else {})
    if wanted != there:  # each writing is a step on the browser's way back
        st.query_params.from_dict(wanted)


def set_values(key: str, values: Sequence[str]) -> None:
    """Put a page's own parameter into the link as often as it has values."""
    st.query_params[key] = list(values)


def shown_in(key: str, value: str | bool | int | None, words: str = "") -> str:
    """Show `value` in the widget of a page's own parameter, and return the widget's key.

    As an option of a list it has `words`, see `seed`.
    """
    seed(key_of(key), value, words)
    return key_of(key)


def key_of(key: str) -> str:
    """Return the key of the widget of a page's own parameter."""
    return f"ww_own_{key}"


def take(key: str) -> None:
    """Put what the reader chose in the widget of a page's own parameter into the link."""
    chosen = st.session_state[key_of(key)]
    set_value(key, ("1" if chosen else "") if isinstance(chosen, bool) else chosen or "")
