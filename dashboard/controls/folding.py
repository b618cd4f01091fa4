"""A part of a page that is closed at first and, while it is closed, costs nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def folded(label: str, key: str) -> Iterator[bool]:
    """Draw a part that opens with a click; yield whether it is open.

    What stands in an ordinary expander is made and sent though nobody sees it: the table of a chart
    of two years was 59 of 190 kB of each change of a filter.
    """
    with st.expander(label, key=key, on_change="rerun") as part:
        yield bool(part.open)
