"""All that a reader of a store can be asked, and what it says: to compare two stores by."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from pipelines.query import Interval, Query
from pipelines.store import (
    Store,
    read_companions,
    read_country_pairs,
    read_held_articles,
    read_matrix,
    read_names,
    read_quote_count,
    read_quotes,
    read_seen,
    read_speakers,
    read_speakers_on_topics,
    read_standing,
    read_tag_buckets,
    read_text_volumes,
)

_TOPICS = ("syria", "peace", "war")
QUERIES = (
    Query(topics=_TOPICS),
    Query(text="Syria OR talks", interval=Interval.WEEK),
    Query(within="talks", mentioned=("SY",), start=date(2015, 5, 10), end=date(2015, 6, 10)),
)
_PLACES = [(f"topic:{topic}", f"2015-06-{day:02}") for topic in _TOPICS for day in range(1, 31)]


def answers(store: Store) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each question with its answer."""
    yield "topics", store.topics()
    yield "topic versions", store.topic_versions()
    yield "furniture", store.furniture()
    yield "trouble", store.trouble(99)
    for topic in _TOPICS:
        yield f"labels {topic}", store.labels(topic)
    for query in QUERIES:
        for name, answer in {**_of_articles(store, query), **_of_names(store, query)}.items():
            yield f"{name} {query}", answer
    newest = store.articles(Query(), limit=8)
    for article_id, versions in newest[["article_id", "versions"]].values:
        for version in range(1, int(versions) + 1):
            yield f"article {article_id} {version}", _article(store, int(article_id), version)


def _of_articles(store: Store, query: Query) -> dict[str, pd.DataFrame]:
    return {
        "articles": store.articles(query),
        "hits": store.hits(query),
        "spans": store.spans(query),
        "mentions": store.mentions(query),
        "newest mentions": store.mentions(query, newest=2),
        "counts": store.counts(query),
        "totals": store.totals(query),
        "days": store.days(query),
        "placements": pd.DataFrame(store.placements(query), index=[0]),
        "fetches": store.fetches(query),
        "source dates": store.source_dates(query),
        "standing": read_standing(store, query),
        "volumes": read_text_volumes(store, query),
        "held": read_held_articles(store, query, _PLACES),
        **{
            f"by {column}": store.group_counts(query, column)
            for column in ("outlet", "outlet_country", "language")
        },
        **{
            f"by {kind}": store.tag_counts(query, kind)
            for kind in ("entity", "country", "topic", "about", "dateline")
        },
    }


def _of_names(store: Store, query: Query) -> dict[str, pd.DataFrame]:
    return {
        "quotes": read_quotes(store, query),
        "quote count": pd.DataFrame({"n": [read_quote_count(store, query, naming=_TOPICS)]}),
        "speakers": read_speakers(store, query),
        "speakers on topics": read_speakers_on_topics(store, query),
        "names": read_names(store, query),
        "companions": read_companions(store, query, "country", "SY", of_kind="entity"),
        "tag buckets": read_tag_buckets(store, query, "country", ["SY", "UA"]),
        "matrix": read_matrix(store, query, "country", ["SY", "UA", "CH"]),
        "seen": read_seen(store, query, "country", ["SY", "UA"]),
        "pairs": read_country_pairs(store, query, "country"),
        "pairs about": read_country_pairs(store, query, "about"),
    }


def _article(store: Store, article_id: int, version: int) -> pd.DataFrame:
    one = store.article(article_id, version)
    frames = (one.versions, one.mentions, one.corrections, one.copies, one.quotes)
    whole = [one.row, one.text, one.zones, one.evidence, *(frame.to_dict() for frame in frames)]
    return pd.DataFrame({"said": list(map(repr, whole))})
