"""What stands behind "More" above the chart: closed by default, and in the link where it is on.

Measures and the period before are parts of the Query. Band and copies only draw what the frame
has; they are the page's own parameter `more`.
"""

from dataclasses import replace

import streamlit as st

from dashboard import filters
from dashboard.charts.extras import BAND, COPIES, DATES
from dashboard.controls.seeding import seed
from pipelines.query import Measure, Query, Unit

_KEY, _WRITTEN = "more", "ww_more_written"
_MEASURES = {
    Measure.ADJUSTED: (
        "Adjusted share",
        "The share had every source been collected: an outage is not read as news.",
    ),
    Measure.INDEX: (
        "Index",
        "Every line is 100 in the first complete bucket: lines of different height compare.",
    ),
}
_EXTRAS = {
    BAND: ("Usual variation of the share", "A band of 95 %: what lies in it is no news by itself."),
    COPIES: ("Copies as dotted lines", "How many of the articles are copies of another text."),
    DATES: ("How sure the dates are", "A strip below: blue sure, yellow likely, orange a guess."),
}


def more(query: Query) -> tuple[str, ...]:
    """Draw the switches; return what is to be laid behind the lines, as the link has it."""
    with st.popover("More", icon=":material/tune:"):
        for measure, (label, about) in _MEASURES.items():
            _measure(query, measure, label, about)
        _previous(query)
        wanted = tuple(name for name, words in _EXTRAS.items() if _extra(query, name, *words))
    value = ",".join(wanted)
    st.session_state[_WRITTEN] = value
    if value != filters.page_value(_KEY):
        if value:
            st.query_params[_KEY] = value
        else:
            del st.query_params[_KEY]
    return wanted


def _measure(query: Query, measure: Measure, label: str, about: str) -> None:
    key = f"ww_measure_{measure}"
    st.session_state[key] = query.measure is measure
    fits = measure.of(query.unit) is measure
    st.toggle(
        label,
        key=key,
        on_change=_take_measure,
        args=(measure, key),
        help=about if fits else "Of articles only: mentions have no share, copies do not add up.",
        disabled=not fits,
    )


def _take_measure(measure: Measure, key: str) -> None:
    chosen = measure if st.session_state[key] else Measure.COUNT
    filters.change(replace(filters.current(), measure=chosen))


def _previous(query: Query) -> None:
    st.session_state["ww_previous"] = query.previous
    st.toggle(
        "The span before, dashed",
        key="ww_previous",
        on_change=_take_previous,
        help="The same number of days, weeks or months just before, bucket beside bucket.",
    )


def _take_previous() -> None:
    chosen = bool(st.session_state["ww_previous"])
    filters.change(replace(filters.current(), previous=chosen))


def _extra(query: Query, name: str, label: str, about: str) -> bool:
    """Draw the switch of one extra; return whether it is on."""
    key = f"ww_more_{name}"
    linked = filters.page_value(_KEY)
    is_new = key not in st.session_state or linked != st.session_state.get(_WRITTEN)
    seed(key, name in linked.split(",") if is_new else bool(st.session_state[key]))
    fits = {
        BAND: query.measure is Measure.SHARE,
        COPIES: query.measure is Measure.COUNT and query.unit is Unit.ARTICLES,
        DATES: True,
    }[name]
    hint = "Shown with Share." if name == BAND else "Shown with the count of articles."
    return st.toggle(label, key=key, help=about if fits else f"{about} {hint}", disabled=not fits)
