"""What stands around every page: navigation, notice, filters, notes on the link, title, age."""

from dataclasses import replace

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import data, filters
from dashboard.controls import leaving, seeding, ticking, widgets
from dashboard.escape import escape_markdown
from dashboard.parts import states
from dashboard.serving import access
from dashboard.words import wording
from pipelines.config import Config
from pipelines.errors import QueryError, StoreError, WirewatchError
from pipelines.query import Query
from pipelines.querylang import parse

ARTICLE = "Article"
_PAGES = {  # file: title, in the order of the navigation
    "compare": "Compare",
    "entities": "Entities",
    "countries": "Countries",
    "quotes": "Quotes",
    "articles": "Articles",
    "topics": "Topics",
    "coverage": "Coverage",
    "reports": "Reports",
    "add": "Add",
}
_OPENED = {"article": ARTICLE, "entity": "Entity"}  # from a row; not in the navigation

# Pages whose title is more, or less, than the filters.
_TITLED = {*_OPENED.values(), *(_PAGES[one] for one in ("compare", "topics", "coverage"))}


def run_page() -> None:
    """Run the page the reader is on, in its frame."""
    st.set_page_config(page_title="Wirewatch", layout="wide")
    data.begin_run()
    seeding.begin_run()
    # No icons: the browser would fetch a page's icon from a font server as its favicon.
    overview = st.Page("app_pages/overview.py", title="Overview", default=True)
    listed = [st.Page(f"app_pages/{name}.py", title=title) for name, title in _PAGES.items()]
    opened = [
        st.Page(f"app_pages/{name}.py", title=title, visibility="hidden")
        for name, title in _OPENED.items()
    ]
    outside = access.must_log_in()
    pages = [overview, *listed, *opened]
    page = st.navigation(pages, position="hidden" if outside else "sidebar")
    if outside:
        access.ask_to_log_in()
    leaving.come_to(page.url_path or "overview")
    if page.url_path == "add":
        _run_without_store(page)
        return
    is_chart = page == overview or page.title == _PAGES["compare"]
    notes = _open_everything(with_topics=is_chart)
    if is_chart:  # what has no place on the line is listed under Articles only
        filters.change(filters.placed_as(filters.current(), None), keep_notes=True)
    filters.write_link()
    leaving.stay()
    _stop_at_a_broken_query()
    _draw_frame(
        notes,
        search=page.title != _PAGES["articles"],
        titled=page.title not in _TITLED,
    )
    page.run()


def _run_without_store(page: StreamlitPage) -> None:
    """Run a page that needs no store, with the notice above it."""
    try:
        _show_notice(data.config())
    except WirewatchError as error:
        st.error(escape_markdown(str(error)))
        st.stop()
    page.run()


def _show_notice(config: Config) -> None:
    if config.notice:
        st.caption(f":material/info: {escape_markdown(config.notice)}")


def _open_everything(*, with_topics: bool) -> list[str]:
    """Read settings, store and link; return the notes on the link, stop where there is no store.

    A first visit opens on a few topics where the page draws a line for each.
    """
    try:
        config = data.config()
        _show_notice(config)
        opening = Query(topics=data.opening_topics() if with_topics else (), tz=config.tz)
        notes = filters.take_link(data.choices(), opening)
        asked, gone = data.pinned(filters.current())
    except StoreError as error:
        st.title("Wirewatch")
        states.empty_store(data.config().store, str(error))
    except WirewatchError as error:
        st.title("Wirewatch")
        st.error(escape_markdown(str(error)))
    else:
        if gone:
            filters.change(asked)
        return notes + gone
    st.stop()


def _stop_at_a_broken_query() -> None:
    """Show where a typed query cannot be read, with its box: a phone hides the sidebar."""
    asked = filters.current()
    for text in filter(None, (asked.within, asked.text)):
        try:
            parse(text)
        except QueryError as error:
            widgets.sidebar(data.choices(), asked, search=False)
            st.title("This search cannot be read")
            is_within = text == asked.within
            if is_within:
                widgets.search_box("Only articles matching")
            states.broken_query(error, text)
            without = replace(asked, within="") if is_within else replace(asked, text="")
            st.button("Go on without it", on_click=filters.change, args=(without,))
            st.stop()


def _draw_frame(notes: list[str], *, search: bool, titled: bool) -> None:
    """Draw the sidebar, the notes and the sentence that states the filters."""
    asked = filters.current()
    query, store = data.resolved(asked), data.store(asked.snap)
    widgets.sidebar(data.choices(asked.snap), query, search=search)
    with st.sidebar:
        states.share(filters.share_links(query, store.version))
        st.caption(escape_markdown(wording.as_of(store.as_of, store.version)))
        if hidden := data.hidden_count(query):
            st.caption(escape_markdown(wording.hidden(hidden)))
        ticking.offer_lists()
        access.offer_logout()
    for note in notes:
        st.warning(escape_markdown(wording.unquoted(note)), icon=":material/link_off:")
    if titled:
        st.title(escape_markdown(wording.title(query, data.names(asked.snap))))
