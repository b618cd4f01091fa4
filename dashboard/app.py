"""The dashboard, run by `streamlit run dashboard/app.py`: navigation, filters, as of, notice."""

import sys
from pathlib import Path

# Streamlit puts only this folder on the path; `pipelines` and `dashboard` lie beside it.
if (root := str(Path(__file__).resolve().parents[1])) not in sys.path:
    sys.path.insert(0, root)

import streamlit as st

from dashboard import data, filters, states, wording
from dashboard.escape import escape_markdown
from pipelines.errors import QueryError, StoreError, WirewatchError
from pipelines.querylang import parse

st.set_page_config(page_title="Wirewatch", layout="wide")
articles = st.Page("app_pages/articles.py", title="Articles")
page = st.navigation(
    [
        st.Page("app_pages/overview.py", title="Overview", default=True),
        articles,
        st.Page("app_pages/article.py", title="Article", visibility="hidden"),
    ]
)


def open_everything() -> tuple[list[str], str]:
    """Read settings, store and link; return the notes on the link and the "as of" line."""
    config = data.config()
    if config.notice:
        st.caption(f":material/info: {escape_markdown(config.notice)}")
    store = data.store()
    notes = filters.take_link(data.choices(), tz=config.tz)
    asked, more = data.pinned(filters.current())
    if more:
        filters.change(asked)
        store = data.store()
    elif asked.snap:
        store = data.store(asked.snap)
    return notes + more, wording.as_of(store.as_of, store.version)


def stop_at_a_broken_query() -> None:
    """Show where a typed query cannot be read; the filters stay for mending it."""
    asked = filters.current()
    for text in filter(None, (asked.within, asked.text)):
        try:
            parse(text)
        except QueryError as error:
            filters.sidebar(data.choices(), asked)
            st.title("Wirewatch")
            states.broken_query(error, text)
            st.stop()


try:
    notes, as_of = open_everything()
except StoreError as error:
    st.title("Wirewatch")
    states.empty_store(data.config().store, str(error))
    st.stop()
except WirewatchError as error:
    st.title("Wirewatch")
    st.error(escape_markdown(str(error)))
    st.stop()

filters.write_link()
stop_at_a_broken_query()
asked = filters.current()
query = data.resolved(asked)
filters.sidebar(data.choices(asked.snap), query, search=page != articles)
with st.sidebar:
    states.share(filters.share_links(query, data.store(asked.snap).version))
    st.caption(escape_markdown(as_of))
for note in notes:
    st.warning(escape_markdown(note), icon=":material/link_off:")
if page.title != "Article":
    st.title(escape_markdown(wording.title(query, data.names(asked.snap))))
page.run()
