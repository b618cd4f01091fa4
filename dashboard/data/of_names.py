"""What the pages of names and quotes ask of the store; cached by the store's version."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import data
from pipelines.analysis.entity_change import EntityChange, entity_change
from pipelines.analysis.entity_page import EntityPage, entity_page
from pipelines.analysis.named_together import named_together
from pipelines.analysis.quotes import quote_count, quotes
from pipelines.query import Query

QUOTES = 50  # quotes on one page of theirs
_FRAMES = 128  # results kept per question


def entity_changes(query: Query) -> EntityChange:
    """Return the names of the query's articles with their change, the first of each type."""
    return _entity_changes(data.key_of(query.snap), query, data.NAMES)


def all_entity_changes(query: Query) -> pd.DataFrame:
    """Return the rows of `entity_changes` for every name."""
    return _entity_changes(data.key_of(query.snap), query, None).rows


@st.cache_data(show_spinner="Counting names", max_entries=_FRAMES // 4, max_size="100mb")
def _entity_changes(key: data.Key, query: Query, per_type: int | None) -> EntityChange:
    return entity_change(data.opened(key), query, per_type=per_type)


def pairs(query: Query, ids: tuple[str, ...]) -> pd.DataFrame:
    """Return which of some entities the same articles name."""
    return _pairs(data.key_of(query.snap), query, ids)


@st.cache_data(show_spinner=False, max_entries=_FRAMES)
def _pairs(key: data.Key, query: Query, ids: tuple[str, ...]) -> pd.DataFrame:
    return named_together(data.opened(key), query, ids)


def entity(query: Query, entity_id: str) -> EntityPage:
    """Return all that a page shows of one entity under the filters of `query`."""
    return _entity(data.key_of(query.snap), query, entity_id)


@st.cache_data(show_spinner="Counting", max_entries=_FRAMES // 4, max_size="100mb")
def _entity(key: data.Key, query: Query, entity_id: str) -> EntityPage:
    return entity_page(data.opened(key), query, entity_id)


@dataclass(frozen=True, slots=True)
class Said:
    """Which quotes: whose (empty: anybody's), naming a topic themselves, of certain speakers."""

    speaker: str = ""
    naming: tuple[str, ...] = ()
    certain: bool = False


def quotes_page(query: Query, said: Said, page: int | None) -> pd.DataFrame:
    """Return one page of quotes, newest first, counted from 1; all where `page` is None."""
    return _quotes(data.key_of(query.snap), query, said, page)


@st.cache_data(show_spinner="Reading quotes", max_entries=_FRAMES, max_size="100mb")
def _quotes(key: data.Key, query: Query, said: Said, page: int | None) -> pd.DataFrame:
    return quotes(
        data.opened(key),
        query,
        speakers=(said.speaker,) if said.speaker else (),
        uncertain=not said.certain,
        naming=said.naming,
        limit=QUOTES if page else None,
        offset=QUOTES * (page - 1) if page else 0,
    )


def quotes_found(query: Query, said: Said) -> int:
    """Return how many quotes there are."""
    return _quotes_found(data.key_of(query.snap), query, said)


@st.cache_data(show_spinner=False, max_entries=_FRAMES)
def _quotes_found(key: data.Key, query: Query, said: Said) -> int:
    return quote_count(
        data.opened(key),
        query,
        speakers=(said.speaker,) if said.speaker else (),
        uncertain=not said.certain,
        naming=said.naming,
    )
