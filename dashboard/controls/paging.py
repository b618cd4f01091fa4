"""Which page of a long list the reader is on: the link has it, so that every way back leads there.

Other filters, or another choice of the page's own, begin with the first page again: see
`filters.write_link` and `own_values.set_value`.
"""

import streamlit as st

from dashboard import filters
from dashboard.controls import own_values

_MOST_DIGITS = 6


def page_of(pages: int) -> int:
    """Offer the pages of a list, where it has several; return the one that the link names."""
    asked = filters.page_value(filters.PAGE)
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= _MOST_DIGITS
    page = max(1, min(int(asked), pages)) if is_number else 1
    if pages > 1:
        st.pagination(pages, key=own_values.shown_in(filters.PAGE, page), on_change=_take)
    return page


def _take() -> None:
    page = int(st.session_state[own_values.key_of(filters.PAGE)])
    own_values.set_value(filters.PAGE, str(page) if page > 1 else "")
