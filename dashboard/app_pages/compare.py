"""Compare: topics, names and searches as lines, together or each alone; two views side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts import theme
from dashboard.charts.attention import MOST_SERIES, Part, Shared, attention_parts, on_the_line
from dashboard.charts.beside import each_alone, one_scale, shared_by
from dashboard.charts.drawn import Drawn
from dashboard.charts.hover import selected
from dashboard.charts.picture import Marks, Words, attention_picture
from dashboard.controls import leaving, own_values, widgets
from dashboard.controls.download import csv_button, picture_buttons
from dashboard.controls.folding import folded
from dashboard.controls.more import more
from dashboard.controls.reading import problem_of
from dashboard.controls.seeding import seed
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_markdown
from dashboard.parts import lines, states
from dashboard.words import before, wording
from pipelines.query import Query

ARTICLES = "app_pages/articles.py"
_BOX = "ww_searches"
_ARRANGED = {"": "Together", "1": "Each alone"}


def ask_searches() -> tuple[str, ...]:
    """Let the reader type searches, each a line; say of those that cannot be read what is wrong."""
    asked = [one for one in filters.page_values(lines.SEARCH) if one]
    usable, notes = lines.usable(asked)
    seed(_BOX, usable)
    st.multiselect(
        "Searches compared",
        usable,
        key=_BOX,
        on_change=_take_searches,
        accept_new_options=True,
        filter_mode="contains",  # a new search must not choose old ones with letters of it
        select_all=False,
        max_selections=MOST_SERIES,
        placeholder='Type words and Enter, as in "Security Council" AND veto*',
        help="Each search is a line of its own, beside the topics and names of the sidebar.",
    )
    for one in asked:
        if problem := problem_of(one):
            states.broken_query(problem, one)
    for note in notes:
        st.warning(note, icon=":material/link_off:")
    return tuple(usable)


def _take_searches() -> None:
    chosen = [str(one).strip() for one in st.session_state[_BOX]]
    own_values.set_values(lines.SEARCH, [one for one in chosen if one])


def open_point(view: lines.View, points: Sequence[Mapping[str, Any]]) -> None:
    """Go to the articles of the bucket that was selected in a chart, if one was."""
    if place := selected(points, view.query.interval):
        query = view.lines().get(place[0], view.query)
        open_articles(filters.at_row(query, *place))


def open_articles(query: Query) -> None:
    """Go to the articles that `query` counts."""
    leaving.go_to(ARTICLES, filters.link_to(query))


def draw(part: Part, view: lines.View, key: str, alt: str) -> None:
    """Draw one chart; a selected point opens its articles."""
    chosen = st.plotly_chart(
        Drawn(part),
        key=key,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=alt,
    )
    open_point(view, chosen["selection"]["points"])


def show_together(view: lines.View, frame: pd.DataFrame, key: str, shared: Shared | None) -> None:
    """Draw all lines of a view in one chart."""
    buckets = on_the_line(frame)
    if buckets.empty:
        states.nothing_placed()
        return
    parts = attention_parts(
        buckets, view.query, topics=topics, extras=extras, palette=theme.BROWSER, shared=shared
    )
    draw(parts, view, key, wording.alternative(buckets, view.query, view.title))


def show_each(view: lines.View, frame: pd.DataFrame) -> None:
    """Draw each line of a view in a small chart of its own, all on one scale."""
    panels = each_alone(frame, view.query, topics=topics, extras=extras, palette=theme.BROWSER)
    columns = st.columns(2 if len(panels) in (2, 4) else 3)
    for number, (series, part) in enumerate(panels.items()):
        rows = on_the_line(frame[frame["series"] == series])
        name = str(rows["query"].iloc[0])
        with columns[number % len(columns)]:
            st.subheader(escape_markdown(name))
            draw(part, view, f"line_{number}", wording.alternative(rows, view.query, name))
    if more := frame["series"].nunique() - len(panels):
        st.caption(f"{more} more in the table.")


def kept_view() -> lines.View | None:
    """Return the view that was kept, None where none was; say what of it had to be left out."""
    if not (link := filters.page_value("beside")):
        return None
    view, notes = lines.view_of(link)
    for note in notes:
        st.warning(escape_markdown(wording.unquoted(note)), icon=":material/link_off:")
    return view


def show_beside(
    view: lines.View, frame: pd.DataFrame, kept: lines.View, other: pd.DataFrame
) -> None:
    """Draw this view and the one that was kept, on one scale where their numbers allow it."""
    shared = None
    if one_scale(kept.query, view.query):
        pair = [(other, kept.query), (frame, view.query)]
        shared = shared_by(pair, topics=topics, extras=extras, palette=theme.BROWSER)
    left, right = st.columns(2)
    with left:
        st.header("Kept")
        st.caption(escape_markdown(kept.title))
        show_together(kept, other, "kept", shared)
    with right:
        st.header("Now")
        st.caption(escape_markdown(view.title))
        show_together(view, frame, "compared", shared)
    if shared is None:
        st.caption("The two are counted otherwise, so each has a scale of its own.")


def show_kept_lines(kept: lines.View, frame: pd.DataFrame) -> None:
    """Show what each line of the kept view counts, and offer its numbers."""
    show_lines(kept, frame, "kept_lines", "Lines of the kept view")
    version = data.store(kept.query.snap).version
    csv_button(lambda: frame, "attention", kept.query, version, label="kept view")


def keep(view: lines.View) -> None:
    """Keep a view beside which others are set; they begin with its days and interval."""
    own_values.set_value("beside", view.link())
    filters.change(view.query)


def offer_beside(view: lines.View) -> None:
    """Offer to keep this view and change the filters beside it, or to let the kept one go."""
    kept = filters.page_value("beside")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if not kept:
            st.segmented_control(
                "Lines",
                list(_ARRANGED),
                format_func=_ARRANGED.__getitem__,
                key=own_values.shown_in("each", filters.page_value("each")),
                on_change=own_values.take,
                args=("each",),
                label_visibility="collapsed",
            )
        st.button(
            "Keep this view instead" if kept else "Keep this view and set another beside it",
            on_click=keep,
            args=(view,),
            icon=":material/splitscreen_vertical_add:",
            help="Then change the filters: the kept view stays as it is.",
        )
        if kept:
            st.button("Let the kept view go", on_click=own_values.set_value, args=("beside", ""))


def show_lines(view: lines.View, frame: pd.DataFrame, key: str, heading: str) -> None:
    """Show what each line counts, and how a search is read; a ticked row opens its articles."""
    st.header(heading)
    rows = lines.table(view, frame)
    row = ticked_row(rows if rows["Read as"].any() else rows.drop(columns="Read as"), key)
    if row is not None:
        open_articles(list(view.lines().values())[row])


def offer_files(view: lines.View, frame: pd.DataFrame) -> None:
    """Offer the numbers as CSV and the lines together as pictures."""
    query, store = view.query, data.store(view.query.snap)
    buckets = on_the_line(frame)
    note = wording.chart_notes(buckets, query, extras, opens=False)
    age = [wording.as_of(store.as_of, store.version), data.config().notice]
    words = Words(view.title, note, " · ".join(filter(None, age)))
    with st.container(horizontal=True):
        csv_button(lambda: frame, "attention", query, store.version)
        picture_buttons(
            lambda form: attention_picture(
                frame, query, words, topics=topics, form=form, marks=Marks((), extras)
            ),
            "attention",
            query,
            store.version,
        )


asked = filters.current()
query = data.resolved(asked)
topics = list(data.choices(query.snap)["topics"])
heading = st.empty()
view = lines.View(query, ask_searches())
heading.title(escape_markdown(view.title))
with st.container(horizontal=True, gap="xxsmall"):
    widgets.counting(query)
    extras = more(query)
kept = kept_view()
if not (kept or any(data.count(one) for one in view.lines().values())):
    states.no_match(asked, data.counts(filters.each_without(asked)))
    st.stop()
frame = view.frame()
buckets = on_the_line(frame)
other = kept.frame() if kept else frame
if kept:
    show_beside(view, frame, kept, other)
elif filters.page_value("each") and not buckets.empty:
    show_each(view, frame)
else:
    show_together(view, frame, "compared", None)
if not buckets.empty:
    st.caption(wording.chart_notes(buckets, query, extras))
    for sentence in before.changes(buckets, query) if query.previous else ():
        st.text(sentence)
offer_beside(lines.View(lines.with_fixed_days(asked, query), view.searches))
show_lines(view, frame, "lines", "Lines")
with folded("Table of the chart", "numbers_shown") as is_open:
    row = ticked_row(tables.attention_table(frame, query), "numbers") if is_open else None
if row is not None:
    cells = frame.iloc[row][["series", "date", "bucket_end"]].astype(str)
    open_articles(filters.at_row(view.lines().get(cells.iloc[0], query), *cells))
offer_files(view, frame)
if kept:
    show_kept_lines(kept, other)
