"""Topics: what do we count. Each topic's query, what it finds, what another would, how precise."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard import data, filters, tables
from dashboard.controls import leaving
from dashboard.controls.download import csv_button
from dashboard.controls.reading import reading_of
from dashboard.controls.seeding import seed
from dashboard.controls.ticking import ticked_row
from dashboard.data import of_topics
from dashboard.escape import escape_markdown
from dashboard.parts import topic_change, topic_ending, topic_new, topic_sample, topic_versions
from dashboard.words import wording
from pipelines.query import Query

HERE = "app_pages/topics.py"
ARTICLES = "app_pages/articles.py"
PARTS = ("What it finds", "Change", "Judge", "Versions")
PART, NEXT = "topic_part", topic_ending.NEXT_PART
NEW = "(new)"  # in the link, in place of a topic's id, which has no brackets


def choose_topic(query: Query) -> str:
    """Return the topic of the link, else the first; a ticked row goes to its topic."""
    topics = data.choices(query.snap)["topics"]
    with st.expander("All topics", expanded=not filters.page_value("subject")):
        table = tables.topics_table(topics, data.topic_counts(query))
        row = ticked_row(table, "all_topics")
        can_add = query.snap is None
        wants_new = can_add and st.button("New topic", type="tertiary", icon=":material/add:")
    if row is not None or wants_new:
        own = {"subject": NEW if row is None else list(topics)[row]}
        leaving.go_to(HERE, filters.link_to(asked, own))
    wanted = filters.page_value("subject")
    if wanted == NEW and query.snap is None:
        return NEW
    if wanted and wanted not in topics:
        st.warning(escape_markdown(f"The link's topic “{wanted}” is not in this store."))
    return wanted if wanted in topics else next(iter(topics), "")


def show_head(facts: Mapping[str, object]) -> None:
    """Show name, description, query and how it is read."""
    st.header(escape_markdown(str(facts["name"])))
    if facts["description"]:
        st.text(str(facts["description"]))
    with st.expander(f"Query, version {facts['version']}"):
        st.code(str(facts["query"]), language=None, wrap_lines=True)
        st.caption(escape_markdown(f"Read as: {reading_of(str(facts['query']))}"))


def show_found(topic: str, query: Query) -> None:
    """Show how many articles the topic has under the filters, and which of its words carry them."""
    own = replace(query, topics=(topic,), entities=(), text="")
    st.text(f"{wording.counted(data.count(own))} under these filters")
    if st.button("Read them", key="read_topic", icon=":material/list:"):
        leaving.go_to(ARTICLES, filters.link_to(own))
    shares = of_topics.shares(topic, query)
    st.caption("Which words carry it. “Alone” counts articles that would be lost without the word.")
    found = shares[shares["articles"] > 0]
    bar = st.column_config.ProgressColumn(format="%.0f%%", max_value=100, width="small")
    table = tables.words_table(found)
    st.dataframe(table, hide_index=True, column_config={"Share": bar})
    if silent := len(shares) - len(found):
        st.caption(f"{wording.counted(silent, 'more word')} found nothing here; the CSV has them.")
    csv_button(lambda: shares, "aliases", own, version, label="words of the topic")


asked = filters.current()
query = data.resolved(asked)
version = data.store(query.snap).version
# The topics, names and words of the sidebar do not narrow what a topic finds here.
st.title(escape_markdown(f"Topics, {wording.narrowing(query, data.names(query.snap))}"))
topic_ending.follow()
topic = choose_topic(query)
if topic in ("", NEW) and query.snap is None:
    topic_new.show(query)
    st.stop()
if not topic:
    st.text("This version of the store has no topics.")
    st.stop()
show_head(of_topics.facts(topic, query.snap))
seed(PART, st.session_state.pop(NEXT, st.session_state.get(PART)) or PARTS[0])
part = st.segmented_control("Part", PARTS, key=PART, required=True, label_visibility="collapsed")
if part == PARTS[1]:
    topic_change.show(topic, query)
elif part == PARTS[2]:
    topic_sample.show(topic, query.snap)
elif part == PARTS[3]:
    if topic_versions.show(topic, query.snap):
        st.session_state[NEXT] = PARTS[1]
        st.rerun()
else:
    show_found(topic, query)
