"""Go to another page in such a way that the browser's way back leads to the view that was left.

`st.switch_page` with parameters has the browser note two steps: the new parameters under the old
page's name, then the new page. The way back ended at the first, the old page with filters of the
new one. So what was left is kept for it, and comes back when the reader does. A page that is chosen
in the navigation does the same to a view with parameters of its own: they are not of the new page.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import filters

_PAGE, _LEFT, _HERE = "ww_page", "ww_left", "ww_here"
_MOST = 50  # ways back that are kept for one session
_Place = tuple[str, frozenset[tuple[str, tuple[str, ...]]]]


def go_to(page: str, link: Mapping[str, Sequence[str]]) -> None:
    """Go to the page in the file `page`, with the parameters `link`."""
    here = str(st.session_state.get(_PAGE, ""))
    if not page.endswith(f"/{here}.py"):
        pairs = filters.link_pairs() or filters.current().to_params(everything=True)
        _keep(here, link, filters.grouped(pairs))
    st.switch_page(page, query_params=link)


def come_to(page: str) -> None:
    """Take note that the reader is on `page` (its file's name), with what was left there."""
    there = filters.grouped(filters.link_pairs())
    if page != st.session_state.get(_PAGE) and not there:
        _leave_by_navigation()
    st.session_state[_PAGE] = page
    if (left := _ways_back().pop(_place(page, there), None)) is not None:
        st.query_params.from_dict(left)


def stay() -> None:
    """Take the link as it now is for a view of its own: the way back to it is no other's."""
    there = filters.grouped(filters.link_pairs())
    page = str(st.session_state.get(_PAGE, ""))
    st.session_state[_HERE] = page, there
    _ways_back().pop(_place(page, there), None)


def _leave_by_navigation() -> None:
    """Keep the view that was left where its filters alone, which the new page has too, are less.

    Without any filter nothing is kept: the way back to a bare address and the way to it in the
    navigation cannot be told apart.
    """
    page, left = st.session_state.get(_HERE, ("", {}))
    link = filters.grouped(filters.current().to_params())
    if page == st.session_state.get(_PAGE) and link and link != left:
        _keep(page, link, left)


def _keep(page: str, link: Mapping[str, Sequence[str]], view: dict[str, list[str]]) -> None:
    left = _ways_back()
    left[_place(page, link)] = view
    for oldest in list(left)[:-_MOST]:
        del left[oldest]


def _ways_back() -> dict[_Place, dict[str, list[str]]]:
    found: dict[_Place, dict[str, list[str]]] = st.session_state.setdefault(_LEFT, {})
    return found


def _place(page: str, link: Mapping[str, Sequence[str]]) -> _Place:
    return page, frozenset((key, tuple(values)) for key, values in link.items())
