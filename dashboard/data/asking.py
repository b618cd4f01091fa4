"""What pages ask of the open store, each answer kept for all sessions: frames, counts, articles."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import streamlit as st

from dashboard.answering.questions import AT_HOME, frame_of, standing_out
from dashboard.data.opening import Key, config, counted, known, opened, store, today
from pipelines.analysis import press
from pipelines.analysis.edits import Comparison, compare, latest_pair
from pipelines.analysis.labels import (
    country_labels,
    known_entities,
)
from pipelines.analysis.options import filter_options
from pipelines.analysis.period import useful_period
from pipelines.analysis.unmet import unmet as conditions_unmet
from pipelines.events import Event, read_events
from pipelines.query import Placement, Query
from pipelines.querylang import sentence_at
from pipelines.store import StoredArticle

PAGE = 100  # articles on one page of the list
MOST_TROUBLE = 200  # captures kept aside that are listed
MOST_OPTIONS = 1000  # of one filter; the browser gets all of them with each change
_OPENING_TOPICS = 3
_LANGUAGES = (
    "ar Arabic, bg Bulgarian, cs Czech, da Danish, de German, el Greek, en English, es Spanish, "
    "et Estonian, fa Persian, fi Finnish, fr French, he Hebrew, hi Hindi, hr Croatian, "
    "hu Hungarian, id Indonesian, it Italian, ja Japanese, ko Korean, lt Lithuanian, lv Latvian, "
    "nl Dutch, no Norwegian, pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, "
    "sl Slovene, sr Serbian, sv Swedish, th Thai, tr Turkish, uk Ukrainian, vi Vietnamese, "
    "zh Chinese"
)
LANGUAGES = {pair[:2]: pair[3:] for pair in _LANGUAGES.split(", ")}

Choices = Mapping[str, Mapping[str, str]]


def events() -> tuple[Event, ...]:
    """Return the events that the user's files name; raises ConfigError."""
    return _events(config().events)


@st.cache_data(show_spinner=False, max_entries=4, ttl=60)  # a file that changes is read again
def _events(paths: tuple[str, ...]) -> tuple[Event, ...]:
    return read_events(paths)


def choices(snap: int | None = None) -> Choices:
    """Return id -> label of every value that a filter can take, most frequent first."""
    return known(_choices, snap)


def _choices(key: Key) -> dict[str, dict[str, str]]:
    options = filter_options(opened(key))

    def labels(frame: pd.DataFrame) -> dict[str, str]:
        top = frame.head(MOST_OPTIONS)
        return dict(zip(top["id"].astype(str), top["label"].astype(str), strict=True))

    spoken = {code: LANGUAGES.get(code, code or "unknown") for code in labels(options.languages)}
    return {
        "topics": labels(options.topics),
        "entities": labels(options.entities),
        "outlet_countries": labels(options.outlet_countries),
        "mentioned": labels(options.mentioned),
        "about": labels(options.about),
        "dateline": labels(options.dateline),
        "languages": spoken,
        "outlets": labels(options.outlets),
    }


def _opening_topics(key: Key) -> tuple[str, ...]:
    topics = filter_options(opened(key)).topics
    return tuple(topics.loc[topics["articles"] > 0, "id"].head(_OPENING_TOPICS))


def opening_topics() -> tuple[str, ...]:
    """Return the topics a first visit sees: the first of the topics file that have articles."""
    return known(_opening_topics, None)


def names(snap: int | None = None) -> dict[str, Mapping[str, str]]:
    """Return id -> label as `choices` does, with every known country and entity added.

    Kept for all, like `choices`: nobody may change it.
    """
    return known(_names, snap)


def _names(key: Key) -> dict[str, Mapping[str, str]]:
    _, version, _ = key
    listed = choices(version)
    everyone = {tag: entity.name for tag, entity in known_entities().items()}
    lands = country_labels()
    return {
        **listed,
        "entities": {**listed["entities"], **everyone},
        "mentioned": lands,
        "about": lands,
        "dateline": lands,
        "outlet_countries": {**lands, "": "unknown"},
    }


def resolved(query: Query) -> Query:
    """Return `query` with absolute dates and an interval, so that every page counts alike."""
    asked = query.resolve_last(today(query.tz))
    corpus = {name: getattr(asked, name) for name in _OF_THE_PERIOD}
    found = known(_useful, query.snap, Query(**corpus))
    return replace(
        asked, start=found.start, end=found.end, last=found.last, interval=found.interval
    )


# what the period is found by; other topics have the same
_OF_THE_PERIOD = (
    *("outlets", "outlet_countries", "languages", "start", "end", "last", "interval", "tz"),
    "guesses",
)


def _useful(key: Key, query: Query) -> Query:
    return useful_period(opened(key), query)


def frame(what: str, query: Query) -> pd.DataFrame:
    """Return the frame of one question; their names are those of `answering/questions.py`."""
    return known(_frame, query.snap, what, query, words="Counting")


def _frame(key: Key, what: str, query: Query) -> pd.DataFrame:
    if what in AT_HOME:
        return frame_of(opened(key), what, query)
    return counted(frame_of, key, what, query)


def peaks(query: Query) -> pd.DataFrame:
    """Return the peaks of a query, the least likely first."""
    return known(_standing_out, query.snap, query, words="Counting")[0].copy(deep=False)


def closest(query: Query) -> pd.DataFrame:
    """Return the bucket that comes closest to a peak, of a query that has none."""
    return known(_standing_out, query.snap, query, words="Counting")[1].copy(deep=False)


def _standing_out(key: Key, query: Query) -> tuple[pd.DataFrame, pd.DataFrame]:
    return counted(standing_out, key, query)


def common_interval(query: Query) -> Query:
    """Return the query with an interval that gives the press of each of its countries a share."""
    return known(_common, query.snap, query)


def _common(key: Key, query: Query) -> Query:
    return replace(query, interval=press.common_interval(opened(key), query))


def map_address() -> str:
    """Return where the browser finds the map: on this host, below the dashboard's own path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static/topojson/" if base else "/app/static/topojson/"


def articles(query: Query, page: int) -> pd.DataFrame:
    """Return one page of articles, newest first; pages count from 1."""
    return known(_articles, query.snap, query, page, words="Searching")


def _articles(key: Key, query: Query, page: int) -> pd.DataFrame:
    return opened(key).articles(query, limit=PAGE, offset=PAGE * (page - 1))


def hidden_count(query: Query) -> int:
    """Return how many articles of the query people hid, so that it does not count them."""
    return known(_hidden_count, query.snap, query)


def _hidden_count(key: Key, query: Query) -> int:
    return opened(key).hidden_count(query)


def trouble(snap: int | None = None) -> pd.DataFrame:
    """Return the newest captures that could not become articles, and why."""
    return known(_trouble, snap)


def _trouble(key: Key) -> pd.DataFrame:
    return opened(key).trouble(MOST_TROUBLE)


def count(query: Query) -> int:
    """Return how many articles the query counts."""
    return known(_count, query.snap, query)


def _count(key: Key, query: Query) -> int:
    return opened(key).article_count(query)


def counts(queries: Mapping[str, Query]) -> dict[str, int]:
    """Return how many articles each of some queries counts, periods resolved."""
    return {name: count(resolved(query)) for name, query in queries.items()}


def topic_counts(query: Query) -> dict[str, int]:
    """Return how many articles each topic has under the filters of `query`."""
    bare = replace(query, topics=(), entities=(), text="")
    return known(_topic_counts, query.snap, bare)


def _topic_counts(key: Key, query: Query) -> dict[str, int]:
    rows = opened(key).tag_counts(query, "topic")
    return dict(zip(rows["tag"], rows["articles"].astype(int), strict=True))


def later_count(asked: Query, resolved: Query) -> int:
    """Return how many articles are dated after the period that was found for an open question."""
    if asked.start or asked.end or asked.last or asked.placement or resolved.end is None:
        return 0
    return count(replace(resolved, start=resolved.end + timedelta(days=1), end=None))


def unmet(text: str, snap: int | None) -> list[str]:
    """Return the conditions of a typed query that no article meets; raises QueryError."""
    return known(_unmet, snap, text)


def _unmet(key: Key, text: str) -> list[str]:
    return conditions_unmet(opened(key), text)


def off_the_line(query: Query) -> dict[Placement, int]:
    """Return how many articles match but are not placed, for each reason that occurs."""
    placements = known(_placements, query.snap, query)
    return {
        one: placements[one]
        for one in (Placement.UNDATED, Placement.TOO_COARSE, Placement.GUESS)
        if placements.get(one)
    }


def _placements(key: Key, query: Query) -> dict[str, int]:
    return {str(name): n for name, n in opened(key).placements(query).items()}


def article(article_id: int, version: int | None = None, snap: int | None = None) -> StoredArticle:
    """Return one article whole; KeyError where the store does not have it."""
    return store(snap).article(article_id, version)


def evidence(one: StoredArticle) -> pd.DataFrame:
    """Return the article's mentions, each with the sentence that holds it."""
    places = zip(one.mentions["start"], one.mentions["end"], strict=True)
    return one.mentions.assign(sentence=[sentence_at(one.text, *place) for place in places])


def opening_pair(one: StoredArticle) -> tuple[int, int]:
    """Return the two versions of an article to compare first: the newest two of one kind."""
    return latest_pair(one.versions, int(str(one.row["article_id"])))


def comparison(
    one: StoredArticle, versions: tuple[int, int], snap: int | None = None
) -> Comparison:
    """Return what changed between two versions of an article."""
    return known(_comparison, snap, int(str(one.row["article_id"])), versions)


def _comparison(key: Key, article_id: int, versions: tuple[int, int]) -> Comparison:
    return compare(opened(key), article_id, versions)
