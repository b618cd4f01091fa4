"""A query before it counts for a topic: how it is read, what it gains and loses, and its line."""

import pandas as pd
import streamlit as st

from dashboard import filters, tables
from dashboard.charts import theme
from dashboard.charts.attention import attention_parts, on_the_line
from dashboard.charts.drawn import Drawn
from dashboard.controls import leaving
from dashboard.controls.reading import show_reading
from dashboard.controls.seeding import seed
from dashboard.controls.ticking import ticked_row
from dashboard.data import of_topics
from dashboard.parts import states
from dashboard.words import wording
from pipelines.hashing import id_text
from pipelines.query import Query

ARTICLE = "app_pages/article.py"
EXAMPLES = 20  # of each side
BOX = "try_query"


def ask_query(value: str) -> str:
    """Draw the box with `value` in it; return the query on one line, as a topics file has it."""
    seed(BOX, st.session_state.get(BOX, value))
    text = st.text_area("Query", key=BOX, height=120, max_chars=10_000)
    return " ".join(text.split())


def show(topic: str, text: str, query: Query) -> bool:
    """Show what `text` finds, beside `topic` as it counts now; return whether it can be a topic's.

    For a topic that there is not yet, `topic` is empty.
    """
    if problem := of_topics.problem_of(text):
        states.broken_query(problem, text)
        return False
    show_reading(text, _use, snap=query.snap)
    found = of_topics.diff(topic, text, query) if topic else of_topics.gain(text, query)
    if topic:
        st.text(wording.change(found.counts))
    else:
        st.text(f"{wording.counted(len(found.gained))} under these filters")
    _show_line(topic, text, query)
    for title, rows in (("Gained", found.gained), ("Lost", found.lost)):
        if len(rows):
            st.header(f"{title}: {wording.counted(len(rows))}" if topic else "The newest it finds")
            _show_examples(title, rows.head(EXAMPLES), query)
    return True


def _use(text: str) -> None:
    st.session_state[BOX] = text


def _show_examples(title: str, rows: pd.DataFrame, query: Query) -> None:
    shown = of_topics.examples(rows, query.snap)
    row = ticked_row(tables.examples_table(shown), f"try_{title}")
    if row is not None:
        own = {"article": id_text(int(shown.iloc[row]["article_id"]))}
        leaving.go_to(ARTICLE, filters.link_to(filters.current(), own))


def _show_line(topic: str, text: str, query: Query) -> None:
    asked, frame = of_topics.lines(topic, text, query)
    buckets = on_the_line(frame)
    if buckets.empty:
        return
    drawn = [topic] if topic else []
    figure = Drawn(attention_parts(frame, asked, topics=drawn, palette=theme.BROWSER))
    heading = "the topic now, and the query tried" if topic else "the query tried"
    alt = wording.alternative(buckets, asked, heading)
    st.plotly_chart(figure, key="try_line", config={"displayModeBar": False}, alt=alt)
