"""Go to another page in such a way that the browser's way back leads to the view that was left.

`st.switch_page` with parameters has the browser note two steps: the new parameters under the old
page's name, then the new page. The way back ended at the first, the old page with filters of the
new one. So what was left is kept for it, and comes back when the reader does.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import filters

_PAGE, _LEFT = "ww_page", "ww_left"
_MOST = 50  # ways back that are kept for one session
_Place = tuple[str, frozenset[tuple[str, tuple[str, ...]]]]


def go_to(page: str, link: Mapping[str, Sequence[str]]) -> None:
    """Go to the page in the file `page`, with the parameters `link`."""
    here = str(st.session_state.get(_PAGE, ""))
    if not page.endswith(f"/{here}.py"):
        pairs = filters.link_pairs() or filters.current().to_params(everything=True)
        left = _ways_back()
        left[_place(here, link)] = filters.grouped(pairs)
        for oldest in list(left)[:-_MOST]:
            del left[oldest]
    st.switch_page(page, query_params=link)


def come_to(page: str) -> None:
    """Take note that the reader is on `page` (its file's name), with what was left there."""
    st.session_state[_PAGE] = page
    there = filters.grouped(filters.link_pairs())
    if (left := _ways_back().get(_place(page, there))) is not None:
        st.query_params.from_dict(left)


def stay() -> None:
    """Take the link as it now is for a view of its own: the way back to it is no other's."""
    there = filters.grouped(filters.link_pairs())
    _ways_back().pop(_place(str(st.session_state.get(_PAGE, "")), there), None)


def _ways_back() -> dict[_Place, dict[str, list[str]]]:
    found: dict[_Place, dict[str, list[str]]] = st.session_state.setdefault(_LEFT, {})
    return found


def _place(page: str, link: Mapping[str, Sequence[str]]) -> _Place:
    return page, frozenset((key, tuple(values)) for key, values in link.items())
