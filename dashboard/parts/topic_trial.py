"""Another query for a topic, tried before it counts: what it gains and loses, and its line."""

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
from dashboard.escape import escape_markdown
from dashboard.parts import states
from dashboard.words import wording
from pipelines.hashing import id_text
from pipelines.query import Query

ARTICLE = "app_pages/article.py"
EXAMPLES = 20  # of each side
_BOX = "try_query"


def show(topic: str, query: Query) -> None:
    """Ask for a query, and show what it would change; the store stays as it is."""
    facts = of_topics.facts(topic, query.snap)
    own = str(facts["query"])
    if st.session_state.get("try_topic") != topic:
        st.session_state["try_topic"], st.session_state[_BOX] = topic, own
    seed(_BOX, st.session_state[_BOX])
    text = st.text_area("Query to try", key=_BOX, height=120, max_chars=10_000)
    text = " ".join(text.split())
    if not text or text == own:
        st.caption("Change the query to see what that gains and loses. Nothing is stored.")
        return
    if problem := of_topics.problem_of(text):
        states.broken_query(problem, text)
        return
    show_reading(text, _use, snap=query.snap)
    _show_change(topic, text, query)
    _show_line(topic, text, query)
    _say_how(topic, facts, text)


def _use(text: str) -> None:
    st.session_state[_BOX] = text


def _show_change(topic: str, text: str, query: Query) -> None:
    found = of_topics.diff(topic, text, query)
    st.text(wording.change(found.counts))
    for title, rows in (("Gained", found.gained), ("Lost", found.lost)):
        if not len(rows):
            continue
        st.header(f"{title}: {wording.counted(len(rows))}")
        shown = of_topics.examples(rows.head(EXAMPLES), query.snap)
        row = ticked_row(tables.examples_table(shown), f"try_{title}")
        if row is not None:
            own = {"article": id_text(int(shown.iloc[row]["article_id"]))}
            leaving.go_to(ARTICLE, filters.link_to(filters.current(), own))


def _show_line(topic: str, text: str, query: Query) -> None:
    asked, frame = of_topics.both_lines(topic, text, query)
    buckets = on_the_line(frame)
    if buckets.empty:
        return
    figure = Drawn(attention_parts(frame, asked, topics=[topic], palette=theme.BROWSER))
    heading = "the topic now, and the query tried"
    alt = wording.alternative(buckets, asked, heading)
    st.plotly_chart(figure, key="try_line", config={"displayModeBar": False}, alt=alt)


def _say_how(topic: str, facts: object, text: str) -> None:
    st.caption(
        escape_markdown(
            f"To count with it, put this in place of the query of “{topic}” in your topics file, "
            "then run the command. Reports made before keep the version they were made with."
        )
    )
    quoted = text.replace("\\", "\\\\").replace("'''", "''\\'")
    st.code(f"query = '''\n{quoted}\n'''", language="toml", wrap_lines=True)
    st.code("python -m pipelines topics apply", language=None)
