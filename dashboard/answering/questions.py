"""The questions that pages ask by name: a store and a Query in, a frame out.

Nothing here knows Streamlit, so that a process that only answers needs not load it.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from pipelines.analysis import collection, press
from pipelines.analysis.candidates import candidates
from pipelines.analysis.corrections import corrections
from pipelines.analysis.countries import countries
from pipelines.analysis.country_matrix import country_matrix
from pipelines.analysis.date_ribbon import date_ribbon
from pipelines.analysis.deviations import deviations, with_series
from pipelines.analysis.entities import top_entities
from pipelines.analysis.expected import expected_by_day
from pipelines.analysis.noise import usual_ranges
from pipelines.analysis.peaks import closest, peaks
from pipelines.analysis.quotes import speakers, speakers_on_topics
from pipelines.analysis.trend import trend
from pipelines.analysis.words import articles_with, unspaced, words
from pipelines.query import Query
from pipelines.reports.csv_report import with_evidence
from pipelines.store import Store, read_standing

NAMES = 300  # of each type in the ranking of names, and of names not in the table
SPEAKERS = 300  # offered alone, and as many with a topic; the browser gets all with each change
WORDS = 30  # in the table of words

QUESTIONS: Mapping[str, Callable[[Store, Query], pd.DataFrame]] = {
    "attention": trend,
    "usual ranges": usual_ranges,
    "people, organisations, places": top_entities,
    "published in": lambda one, query: countries(one, query, "outlet"),
    "countries mentioned": lambda one, query: countries(one, query, "mentioned"),
    "countries about": lambda one, query: countries(one, query, "about"),
    "filed from": lambda one, query: countries(one, query, "dateline"),
    "press": press.press,
    "compared outlet_countries": lambda one, query: press.compared(one, query, "outlet_countries"),
    "compared about": lambda one, query: press.compared(one, query, "about"),
    "compared mentioned": lambda one, query: press.compared(one, query, "mentioned"),
    "compared dateline": lambda one, query: press.compared(one, query, "dateline"),
    "coverage cells": collection.cells,
    "sources": collection.sources,
    "gaps": collection.gaps,
    "date ribbon": date_ribbon,
    "expected": expected_by_day,
    "standing": read_standing,
    "matrix mentioned": lambda one, query: country_matrix(one, query, "mentioned"),
    "matrix about": lambda one, query: country_matrix(one, query, "about"),
    "evidence": lambda one, query: one.mentions(query),
    "articles": lambda one, query: with_evidence(one.articles(query), one.mentions(query)),
    "names not in the table": lambda one, query: candidates(one, query, limit=NAMES),
    "all names not in the table": candidates,
    "speakers": speakers,
    "corrections": lambda one, query: corrections(one),
    "hidden articles": lambda one, query: (
        one.hidden.articles(query) if one.hidden else one.articles(query, limit=0)
    ),
    "words": words,
    "words shown": lambda one, query: articles_with(one, query, words(one, query, limit=WORDS)),
    "unspaced": lambda one, query: pd.DataFrame({"n": [unspaced(one, query)]}),
    "speakers on topics": lambda one, query: speakers_on_topics(one, query, limit=SPEAKERS),
}
# Of most of these a row is an article, a mention or a word, so that much would go from process to
# process; the others read no articles and take no time.
AT_HOME = frozenset(
    {"articles", "evidence", "hidden articles", "corrections", "standing", "words"}
    | {"all names not in the table"}
)


def frame_of(store: Store, what: str, query: Query) -> pd.DataFrame:
    """Return the frame of one question; their names are the keys of `QUESTIONS`."""
    return QUESTIONS[what](store, query)


def standing_out(store: Store, query: Query) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the peaks of a query, and where it has none the bucket that comes closest to one.

    The frames are those of `pipelines.analysis.peaks`; both are read from the same deviations,
    which are by far the most of the work.
    """
    measured = deviations(store, with_series(store, query))
    found = peaks(store, query, measured=measured)
    # Naming what is close to a peak takes 5 ms, and nobody asks for it where there is one.
    return found, closest(store, query, measured) if found.empty else pd.DataFrame()
