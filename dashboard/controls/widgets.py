"""The widgets of the sidebar and above the chart: each shows a part of the session's Query.

A reader's choice changes that part (`filters.change`); what the Query then is, all widgets show.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard import filters
from dashboard.controls.reading import show_reading
from dashboard.controls.seeding import chosen, seed
from dashboard.escape import escape_markdown
from dashboard.filters import Choices
from dashboard.words import wording
from pipelines.query import Interval, Measure, Query, Unit

HELP = {
    "topics": "Each topic is a line of its own.",
    "entities": "Each name is a line of its own.",
    "outlet_countries": "Where the outlet is based. Also narrows what shares are a share of.",
    "about": "Countries the article is about, at most three. Narrows the lines only.",
    "mentioned": "Countries named in the text. Narrows the lines, not what they are a share of.",
    "dateline": "Where the article says it was filed; most say nothing. Narrows the lines only.",
    "languages": "Also narrows what shares are a share of.",
    "outlets": "Also narrows what shares are a share of.",
}
PRESETS = {
    "": "Latest useful period",
    "24h": "Last 24 hours",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "90d": "Last 90 days",
    "ytd": "This year",
    "1y": "Last year (365 days)",
    "all": "All",
    "own": "Own dates",
}
UNITS = {"articles": "Articles", "mentions": "Mentions", "texts": "Distinct texts"}
MEASURES = {"count": "Count", "share": "Share"}
MORE_MEASURES = {"adjusted": "Adjusted share", "index": "Index"}  # offered behind "More"
INTERVALS = {"": "Auto", "day": "By day", "week": "By week", "month": "By month"}
_WIDTHS = {"unit": 132, "measure": 92, "interval": 118}  # pixels; one row on a phone
_LONGER = 46  # for a measure from behind "More"


def sidebar(choices: Choices, resolved: Query, *, search: bool = True) -> None:
    """Draw the filters in the sidebar; `resolved` is the Query with its dates filled in."""
    with st.sidebar:
        _period(resolved)
        for field, label in filters.LABELS.items():
            if field != "dateline" or choices.get(field):  # few sources have any
                _many(field, label, choices.get(field, {}))
        if search:
            search_box("Only articles matching")
        _offer_without_text()
        _toggle_guesses()
        st.button(
            "Clear all filters",
            key="ww_clear",
            on_click=filters.clear,
            icon=":material/filter_alt_off:",
        )


def search_box(label: str) -> None:
    """Draw the box for `within`; the same words narrow every line and every list."""
    seed(_key("within"), filters.current().within)
    st.text_input(
        label,
        key=_key("within"),
        on_change=_take,
        args=("within", str.strip),
        max_chars=1000,
        placeholder='"Security Council" AND veto*',
    )
    show_reading(
        filters.current().within,
        lambda words: filters.change(replace(filters.current(), within=words)),
        snap=filters.current().snap,
    )


def counting(resolved: Query) -> None:
    """Draw the switches of the chart: unit, count or share, interval."""
    query = filters.current()
    _one("unit", UNITS, query.unit.value, lambda value: Unit(value or "articles"))
    measuring(more=True)
    interval = query.interval.value if query.interval else ""
    auto = {"": f"Auto: {resolved.interval}" if resolved.interval else INTERVALS[""]}
    known = INTERVALS | {interval: f"By {interval}"} | auto
    _one("interval", known, interval, lambda value: Interval(value) if value else None)


def measuring(*, more: bool = False) -> None:
    """Draw the switch between count and share; a share of mentions means nothing.

    With `more`, a measure chosen behind "More" is shown too.
    """
    query = filters.current()
    known = MEASURES | {key: name for key, name in MORE_MEASURES.items() if key == query.measure}
    measures = {
        key: name
        for key, name in (known if more else MEASURES).items()
        if Measure(key).of(query.unit) is Measure(key)
    }
    _one("measure", measures, query.measure.value, lambda value: Measure(value or "count"))


def _key(field: str) -> str:
    return f"ww_{field}"


def _take(field: str, convert: Callable[[Any], object]) -> None:
    """Put what the reader chose for `field` into the session's Query."""
    value = convert(st.session_state[_key(field)])
    filters.change(replace(filters.current(), **{field: value}))  # type: ignore[arg-type]  # converted per field


def _many(field: str, label: str, known: Mapping[str, str]) -> None:
    seed(_key(field), list(getattr(filters.current(), field)))
    st.multiselect(
        label,
        list(known),
        format_func=lambda one: known.get(one, one),
        key=_key(field),
        on_change=_take_many,
        args=(field, known),
        help=f"{HELP[field]} Names with commas between them choose just these.",
        placeholder="All",
        accept_new_options=True,
        # Else "Zelen" and Enter choose three names with these letters in this order.
        filter_mode="contains",
        select_all=False,
    )


def _take_many(field: str, known: Mapping[str, str]) -> None:
    """Put the choice into the session's Query; what was typed and is no option may be a list."""
    picked: list[str] = st.session_state[_key(field)]
    typed = [one for one in picked if one not in known]
    found, unknown = filters.named(typed[-1] if typed else "", known)
    kept = [one for one in picked if one in known]
    values = tuple(found) if len(found) > 1 else tuple(dict.fromkeys([*kept, *found]))
    notes = [filters.not_among(one, field) for one in unknown]
    filters.change(replace(filters.current(), **{field: values}), notes=notes)  # type: ignore[arg-type]  # ids


def _one(
    field: str, known: Mapping[str, str], value: str, convert: Callable[[Any], object]
) -> None:
    shown = value if value in known else next(iter(known))
    seed(_key(field), shown, known[shown])
    st.selectbox(
        field.capitalize(),
        list(known),
        format_func=lambda one: known.get(one, one),
        key=_key(field),
        on_change=_take_one,
        args=(field, known, convert),
        label_visibility="collapsed",
        width=_WIDTHS[field] + (_LONGER if value in MORE_MEASURES else 0),
    )


def _take_one(field: str, known: Mapping[str, str], convert: Callable[[Any], object]) -> None:
    if chosen(_key(field), known) is not None:
        _take(field, convert)


def _offer_without_text() -> None:
    """Offer to go on without the query of a link or of a name, which no box shows."""
    query = filters.current()
    if query.text:
        st.button(
            escape_markdown(f"Remove the line {wording.typed(query.text)}"),
            key="ww_without_text",
            on_click=filters.change,
            args=(replace(query, text=""),),
            type="tertiary",
            icon=":material/close:",
        )


def _toggle_guesses() -> None:
    seed(_key("guesses"), filters.current().guesses)
    text = "Dates that are less than likely are left off the line unless asked for."
    st.toggle(
        "Place guessed dates too",
        key=_key("guesses"),
        on_change=_take,
        args=("guesses", bool),
        help=text,
    )


def _period(resolved: Query) -> None:
    query = filters.current()
    own = bool(query.start or query.end or st.session_state.get(filters.OWN))
    seed(_key("period"), "own" if own else query.last)
    st.selectbox(
        "Period",
        list(PRESETS),
        format_func=PRESETS.__getitem__,
        key=_key("period"),
        on_change=_take_period,
        args=(resolved.start, resolved.end),
    )
    if own:
        _own_dates(query)


def _own_dates(query: Query) -> None:
    for field, label in (("start", "From"), ("end", "To")):
        seed(_key(field), getattr(query, field))
        st.date_input(
            label,
            value=None,
            key=_key(field),
            min_value=filters.FIRST_DAY,
            max_value=filters.LAST_DAY,
            format="YYYY-MM-DD",
            on_change=_take_day,
            args=(field,),
        )
    if bool(query.start) != bool(query.end):
        missing = "last" if query.start else "first"
        st.caption(f"One end is set, so the period runs to the {missing} day there is.")


def _take_period(start: date | None, end: date | None) -> None:
    period = st.session_state[_key("period")]
    own = period == "own"
    st.session_state[filters.OWN] = own
    last = "" if own else period
    start, end = (start, end) if own else (None, None)
    filters.change(replace(filters.current(), last=last, start=start, end=end))


def _take_day(field: str) -> None:
    query = replace(filters.current(), **{field: st.session_state[_key(field)]}, last="")
    if query.start and query.end and query.start > query.end:
        query = replace(query, start=query.end, end=query.start)
    st.session_state[filters.OWN] = True
    filters.change(query)
