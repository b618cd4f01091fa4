"""Who says what is kept, and why: two boxes in, a name and a reason out.

The name is asked once in a session, wherever the first change is made.
"""

import streamlit as st

_WHO = "ww_corrector"  # of the session; a widget's own state goes with its page


def signature(key: str, why: str) -> tuple[str, str]:
    """Draw the boxes, with `why` above the second; return name and reason as far as given."""
    left, right = st.columns(2)
    with left:
        name = signed_name(key)
    return name, right.text_input(why, key=f"{key}_why", max_chars=300).strip()


def signed_name(key: str) -> str:
    """Draw the box for the name alone; return the name as far as given."""
    box = f"{key}_who"
    name = st.text_input("Your name, for the record", known_name(), key=box, max_chars=80).strip()
    if name:
        st.session_state[_WHO] = name
    return name


def known_name() -> str:
    """Return the name that was given in this session, or nothing."""
    return str(st.session_state.get(_WHO, ""))
