"""What a page shows when it has nothing to show: why, and what to do next."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard import filters
from dashboard.controls import leaving
from dashboard.data import sampling
from dashboard.escape import escape_markdown
from dashboard.words import wording
from pipelines.errors import QueryError
from pipelines.query import Placement, Query

LABELS = {
    **filters.LABELS,
    "period": "Period",
    "within": "Only articles matching",
    "text": "Query",
    "placement": "Kind of date",
}


def off_the_line(
    asked: Query,
    placements: Mapping[Placement, int],
    hidden: int = 0,
    later: int = 0,
    *,
    listed: bool = False,
) -> None:
    """Say which articles match but have no place on the line; each opens these articles.

    `hidden` articles match too, and people hid them; `later` ones are dated after the period that
    was chosen for the reader. Where there is no period the page has them `listed` all the same.
    """
    if asked.placement:
        buttons = {"Back to the dated articles": filters.placed_as(asked, None)}
    else:
        buttons = {
            f"{wording.off_the_line(placement, number, listed=listed)}: see, set date": (
                filters.placed_as(asked, placement)
            )
            for placement, number in placements.items()
        }
    with st.container(gap="xxsmall"):
        for label, wanted in buttons.items():
            if st.button(label, type="tertiary", icon=":material/event_busy:"):
                leaving.go_to("app_pages/articles.py", filters.link_to(wanted))
        if later:
            st.button(
                f"{wording.counted(later)} dated after this period: show all dates",
                on_click=filters.change,
                args=(replace(asked, last="all"),),
                type="tertiary",
                icon=":material/event_upcoming:",
            )
        off = f"{wording.hidden(hidden)}: see who and why"
        if hidden and st.button(off, type="tertiary", icon=":material/visibility_off:"):
            own = {"hidden": "1"}
            leaving.go_to("app_pages/articles.py", filters.link_to(asked, own))


def share(links: Mapping[str, str]) -> None:
    """Offer links to this view; the page's own address stands before each."""
    with st.popover("Share", icon=":material/link:"):
        for what, link in links.items():
            st.caption(what)
            st.code(f"{st.context.url or ''}{link}", language=None, wrap_lines=True)


def empty_store(path: Path, reason: str = "") -> None:
    """Say that there is no article yet, and offer what brings some."""
    st.header("No articles yet")
    if reason:
        st.text(f"{reason[:1].upper()}{reason[1:]}.")
    st.page_link("app_pages/add.py", label="Add your own texts here", icon=":material/upload:")
    sampling.offer(path)
    st.text("Or fill the store with texts, feeds or tables from the command line:")
    st.code(f"python -m pipelines ingest FOLDER --store {path}", language=None)


def broken_query(error: QueryError, text: str) -> None:
    """Say what is wrong with a typed query, and where."""
    said = wording.unquoted(str(error))  # the place, what is wrong there and what was expected
    st.error(escape_markdown(f"{said[:1].upper()}{said[1:]}."))
    st.code(f"{text}\n{' ' * error.position}^", language=None)


def nothing_placed() -> None:
    """Say why there is no chart though articles match."""
    st.header("Nothing to draw yet")
    st.text("Articles match, but none has a date that can be placed on a line.")


def no_match(query: Query, without: Mapping[str, int]) -> None:
    """Name the filter that removes most and offer to remove it; `without` counts without each."""
    st.header("No article matches")
    if not any(without.values()):
        st.text("Nothing matches without any one of the filters either. Remove them all:")
        st.button("Clear all filters", on_click=filters.clear, key="clear_from_no_match")
        return
    field = max(without, key=lambda one: without[one])
    st.text(f"“{LABELS[field]}” removes most: {wording.counted(without[field])} without it.")
    st.button(
        f"Remove the filter “{LABELS[field]}”",
        on_click=filters.change,
        args=(filters.without(query, field),),
        type="primary",
    )
