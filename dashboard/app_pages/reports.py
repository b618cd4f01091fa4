"""Reports: take it away. All that is shown as one zip, links to this view, views kept by name."""

from dataclasses import replace

import streamlit as st

from dashboard import data, filters
from dashboard.controls import leaving
from dashboard.controls.ticking import ticked_row
from dashboard.data import of_reports
from dashboard.escape import escape_markdown
from dashboard.parts import states
from dashboard.words import wording
from pipelines.query import Query
from pipelines.reports.bundle import FILES
from pipelines.reports.csv_report import csv_name

OVERVIEW = "app_pages/overview.py"
_FILES_IN_WORDS = {
    "attention": "the chart: counts and shares over time",
    "peaks": "what stands out, and whether it is real",
    "articles": "every article with its sentences",
    "mentions": "every sentence that is counted",
    "entities": "people, organisations, places",
    "countries": "countries in four senses",
    "outlets": "outlets",
    "languages": "languages",
    "quotes": "who said what",
    "speakers": "who is quoted",
}


def show_report(query: Query) -> None:
    """Offer the whole report, and say what is in it."""
    chosen = st.session_state.get("report_files", list(FILES))
    name = csv_name("report", query, version).removesuffix(".csv") + ".zip"
    st.download_button(
        "Download the report",
        data=lambda: of_reports.report(replace(query, snap=version), tuple(chosen), name),
        file_name=name,
        mime="application/zip",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        disabled=not chosen,
    )
    with st.expander(f"Files in it: {len(chosen)} of {len(FILES)}"):
        st.multiselect(
            "Files",
            list(FILES),
            list(FILES),
            format_func=lambda kind: f"{kind}: {_FILES_IN_WORDS.get(kind, kind)}",
            key="report_files",
            label_visibility="collapsed",
        )
    st.caption(
        "A manifest in it says what was asked, of which version of the store, and the checksum of "
        "each file. This command checks a report, a year later too:"
    )
    st.code(f"python -m pipelines report verify {name}", language=None, wrap_lines=True)


def show_links(query: Query) -> None:
    """Show the two links to this view."""
    st.header("Links to this view")
    for what, link in filters.share_links(query, version).items():
        st.caption(what)
        st.code(f"{st.context.url or ''}{link}", language=None, wrap_lines=True)


def show_saved() -> None:
    """List the views kept by name; a ticked row opens or drops one."""
    st.header("Saved views")
    views = of_reports.saved_views()
    if views.empty:
        st.caption("None yet.")
    else:
        st.caption("Tick a row to open its view or to drop it.")
        row = ticked_row(views[["Name", "Saved"]], "saved_views")
        if row is not None:
            chosen = views.iloc[row]
            opens, drops = st.columns(2)
            if opens.button("Open this view", type="primary", key="open_view"):
                leaving.go_to(OVERVIEW, filters.params_of(str(chosen["link"])))
            if drops.button("Drop this view", key="drop_view"):
                of_reports.drop_view(str(chosen["Name"]))
                st.rerun()


def ask_name() -> None:
    """Offer to keep this view under a name."""
    with st.form("save_view", width=460):
        title = wording.question(filters.current(), names)
        st.caption(f"Keeps the question: {escape_markdown(title)}")
        name = st.text_input("Name", key="view_name", max_chars=80)
        saved = st.form_submit_button("Save this view")
    if saved:
        if problem := of_reports.save_view(name, filters.live_link()):
            st.error(escape_markdown(problem))
        else:
            st.rerun()


asked = filters.current()
query = data.resolved(asked)
version = data.store(query.snap).version
names = data.names(query.snap)
found = data.count(query)
st.text(wording.counted(found))
states.off_the_line(
    asked,
    data.off_the_line(query),
    data.hidden_count(query),
    data.later_count(asked, query),
    listed=not (query.start or query.end),
)
if found:
    show_report(query)
else:
    states.no_match(asked, data.counts(filters.each_without(asked)))
show_links(query)
show_saved()
ask_name()
