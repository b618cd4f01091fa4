"""What the page of topics asks of the store: definitions, trials, samples to judge; and labels.

As elsewhere, results are cached by the store's version and the question.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard import data
from pipelines import store as stores
from pipelines.analysis import topic_precision as precision
from pipelines.analysis import topic_trial
from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.topic_diff import Diff
from pipelines.analysis.topic_sentences import around, evidence_of
from pipelines.analysis.topic_subject import Subject, subject_of
from pipelines.errors import QueryError, StoreError
from pipelines.hashing import id_text
from pipelines.query import Query
from pipelines.tagging.topics import parse_topic

SAMPLE = 30  # sentences to judge
_SEED = 0
_KEPT = 32  # results


def subject(topic: str, snap: int | None) -> Subject:
    """Return the definition of a topic that is in force."""
    return subject_of(data.store(snap), topic)


def facts(topic: str, snap: int | None) -> Mapping[str, object]:
    """Return id, name, query, color, description, version, since of a topic."""
    rows = data.store(snap).topics()
    return dict(rows[rows["id"] == topic].iloc[0])


def versions(topic: str, snap: int | None) -> pd.DataFrame:
    """Return all that a topic ever was, oldest first."""
    rows = data.store(snap).topic_versions()
    return rows[rows["id"] == topic]


def problem_of(text: str) -> QueryError | None:
    """Return why a query cannot be one of a topic."""
    try:
        parse_topic(text)
    except QueryError as error:
        return error
    return None


def shares(topic: str, query: Query) -> pd.DataFrame:
    """Return how much of a topic each word of its query carries, under the filters of `query`."""
    return _shares(data.key_of(query.snap), topic, _filters(query))


@st.cache_data(show_spinner="Reading the hits", max_entries=_KEPT)
def _shares(key: data.Key, topic: str, filters: Query) -> pd.DataFrame:
    store = data.opened(key)
    return topic_trial.find(store, subject_of(store, topic), filters).shares


def diff(topic: str, text: str, query: Query) -> Diff:
    """Return what another query in place of a topic's own would change."""
    return _diff(data.key_of(query.snap), topic, text, _filters(query))


@st.cache_data(show_spinner="Comparing", max_entries=_KEPT)
def _diff(key: data.Key, topic: str, text: str, filters: Query) -> Diff:
    store = data.opened(key)
    return topic_trial.diff(store, subject_of(store, topic), Subject(topic, "", text), filters)


def gain(text: str, query: Query) -> Diff:
    """Return what a query finds that is no topic's yet."""
    return _gain(data.key_of(query.snap), text, _filters(query))


@st.cache_data(show_spinner="Searching", max_entries=_KEPT)
def _gain(key: data.Key, text: str, filters: Query) -> Diff:
    return topic_trial.gain(data.opened(key), Subject("", "", text), filters)


def examples(rows: pd.DataFrame, snap: int | None) -> pd.DataFrame:
    """Return rows of a Diff with outlet_name and sentence."""
    return topic_trial.with_sentences(data.store(snap), rows)


def lines(topic: str, text: str, query: Query) -> tuple[Query, pd.DataFrame]:
    """Return the question for the topic, if any, and the new query as two lines, and its frame."""
    asked = replace(_filters(query), topics=(topic,) if topic else (), text=text)
    return asked, _lines(data.key_of(query.snap), asked)


@st.cache_data(show_spinner="Counting", max_entries=_KEPT)
def _lines(key: data.Key, asked: Query) -> pd.DataFrame:
    return attention_over_time(data.opened(key), asked)


def _filters(query: Query) -> Query:
    return replace(query, topics=(), entities=(), text="")


def measured(topic: str, snap: int | None) -> precision.Precision:
    """Return the precision of a topic by the labels that hold."""
    store = data.store(snap)
    return precision.precision(store.labels(topic), _evidence(data.key_of(snap), topic), topic)


@st.cache_data(show_spinner="Reading the hits", max_entries=4)
def _evidence(key: data.Key, topic: str) -> pd.DataFrame:
    store = data.opened(key)
    return evidence_of(store, subject_of(store, topic))


def to_judge(topic: str, snap: int | None) -> pd.DataFrame:
    """Return a random sample of hits, those not judged yet first, with the text around each.

    The columns are those of `topic_precision.to_sheet`; `right` is empty where it is to be said.
    """
    store = data.store(snap)
    rows, labels = _evidence(data.key_of(snap), topic), store.labels(topic)
    sample = precision.draw(rows, topic, n=SAMPLE, seed=_SEED)
    hits = labels[labels["sense"] == precision.HIT]
    sample = precision.with_labels(sample, rows, hits)
    sheet = precision.to_sheet(sample, around(store, sample), precision.HIT, _SEED)
    return sheet.sort_values("right", key=lambda said: said != "", kind="stable")


def label(topic: str, row: pd.DataFrame, right: bool, who: str) -> str:
    """Keep what a reader says of one row of `to_judge`; return what hinders it."""
    if not who:
        return "Say who judges: the name is kept with it."
    ids = [id_text(int(key)) for key in row["article_id"]]
    said = precision.from_sheet(row.assign(article_id=ids, right="yes" if right else "no"))
    asked = subject(topic, None)
    rows = said.astype("object").to_dict("records")
    try:
        stores.keep_labels(
            data.config().store, topic, asked.definition, rows, who=who, now=datetime.now(UTC)
        )
    except StoreError as error:
        return str(error)
    return ""
