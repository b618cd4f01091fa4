"""What a definition of a topic finds under some filters, and what another one would change."""

from dataclasses import dataclass

import pandas as pd

from pipelines.analysis.topic_aliases import alias_hits, alias_shares, unexcluded
from pipelines.analysis.topic_diff import Diff, Hits, compare_hits
from pipelines.analysis.topic_subject import Subject
from pipelines.query import Query
from pipelines.querylang import ParsedQuery, parse, sentence_at
from pipelines.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """All that a definition finds under some filters."""

    subject: Subject
    query: Query
    parsed: ParsedQuery
    articles: int
    corpus: int
    mentions: pd.DataFrame
    shares: pd.DataFrame  # of its words


def find(store: Store, subject: Subject, filters: Query) -> Found:
    """Ask for all that a definition finds."""
    query, parsed = subject.asked(filters), parse(subject.text)
    ids = set(store.hits(query)["article_id"])
    asked = ids
    without = unexcluded(parsed)
    if without is not None:  # what exclusions keep out
        wider = Subject("", "", without.reading).asked(filters)
        asked = ids | set(store.hits(wider)["article_id"])
    hits = alias_hits(parsed, store.texts({int(key) for key in asked}))
    return Found(
        subject=subject,
        query=query,
        parsed=parsed,
        articles=len(ids),
        corpus=store.article_count(filters),
        mentions=store.mentions(query),
        shares=alias_shares(parsed, hits, len(ids)),
    )


def diff(store: Store, old: Subject, new: Subject, filters: Query) -> Diff:
    """Compare what two definitions find."""
    before, after = (
        Hits(store.hits(query), store.spans(query))
        for query in (subject.asked(filters) for subject in (old, new))
    )
    return compare_hits(before, after)


def gain(store: Store, new: Subject, filters: Query) -> Diff:
    """Compare what a definition finds with nothing: of a topic that there is not yet."""
    query = new.asked(filters)
    found = Hits(store.hits(query), store.spans(query))
    return compare_hits(Hits(found.articles.head(0), found.spans.head(0)), found)


def with_sentences(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a `Diff` with outlet_name and the sentence of their first span.

    Where none is marked, `sentence` is the title.
    """
    ids = [int(key) for key in rows["article_id"]]
    starts = dict(zip(ids, rows["start"], strict=True))
    facts = store.facts(ids).set_index("article_id")
    sentences = {
        text.article_id: sentence_at(text.text, int(start), int(start) + 1)
        for text in store.texts(ids)
        if not pd.isna(start := starts[text.article_id])
    }
    return rows.assign(
        outlet_name=[facts["outlet"][key] for key in ids],
        sentence=[sentences.get(key, facts["title"][key]) for key in ids],
    )
