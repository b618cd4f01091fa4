"""Who changes what others count, and why: two boxes in, a name and a reason out.

The name is asked once in a session, wherever the first change is made.
"""

import streamlit as st

_WHO = "ww_corrector"  # of the session; a widget's own state goes with its page


def signature(key: str, why: str) -> tuple[str, str]:
    """Draw the boxes, with `why` above the second; return name and reason as far as given."""
    left, right = st.columns(2)
    name = left.text_input(
        "Your name, for the record", known_name(), key=f"{key}_who", max_chars=80
    )
    reason = right.text_input(why, key=f"{key}_why", max_chars=300)
    if name.strip():
        st.session_state[_WHO] = name.strip()
    return name.strip(), reason.strip()


def known_name() -> str:
    """Return the name that was given in this session, or nothing."""
    return str(st.session_state.get(_WHO, ""))
