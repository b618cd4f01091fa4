"""What a topic may miss in a store: its query in, suggested aliases and two strata of articles out.

The rules and their limits stand in `near_misses.py`; here they are asked of a store. Hits and other
articles are looked at in random samples, the same for the same seed; suggested aliases and copies
are looked for in all articles.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.analysis.near_misses import (
    LINKED,
    WORDED,
    Likeness,
    characteristic,
    count_words,
    likeness,
    own_words,
    suggestions,
)
from pipelines.analysis.topic_precision import place, sentence_key
from pipelines.query import Query
from pipelines.querylang import ParsedQuery, match, parse, sentence_at
from pipelines.store import Store
from pipelines.store.files.texts import Text

_HITS, _OTHERS = 2_000, 5_000  # articles whose words are counted
_MOST_SUGGESTED = 10  # of a language
_COPY = "copy of a hit"
_SHOWN_WORDS = 5
_FOUND = ("article_id", "sentence_key", "sentence", "alias", "start")
ROWS = (*_FOUND, "language", "outlet", "date", "url")


@dataclass(frozen=True, slots=True)
class NearMisses:
    """Suggested aliases, the articles of each stratum with one sentence each, and their sizes.

    `words` are the characteristic words; `sizes` how many articles of the store each stratum stands
    for, an estimate where `is_sampled`.
    """

    suggested: pd.DataFrame
    words: pd.DataFrame
    rows: dict[str, pd.DataFrame]  # columns as ROWS
    sizes: dict[str, float]
    is_sampled: bool


def find_near_misses(
    store: Store, parsed: ParsedQuery, asked: Query, *, topic: str, seed: int
) -> NearMisses:
    """Return what `asked` (the hits of the query `parsed`) may miss among all articles."""
    every, hits = store.hits(Query()), store.hits(asked)
    others = every[~every["article_id"].isin(hits["article_id"])]
    some_hits = _sample(hits["article_id"], topic, seed, _HITS)
    some_others = _sample(others["article_id"], topic, seed, _OTHERS)
    counts = count_words(store.texts(some_hits), store.texts(some_others))
    own = own_words(parsed, [*counts.n_hits, *counts.n_others])
    suggested = suggestions(counts, own).groupby("language").head(_MOST_SUGGESTED)
    told = characteristic(counts, own)
    like = likeness(told, store.texts(some_hits))
    copies = others.loc[others["syndication_id"].isin(hits["syndication_id"]), "article_id"]
    named = _named(store, suggested, set(others["article_id"]))
    linked = _linked(store, {int(key) for key in copies}, named)
    worded = _worded(store, set(some_others) - set(linked["article_id"]), like)
    scale = len(others) / len(some_others) if len(some_others) else 0.0
    return NearMisses(
        suggested=_with_gains(suggested, named),
        words=told,
        rows={LINKED: _with_facts(store, linked), WORDED: _with_facts(store, worded)},
        sizes={LINKED: float(len(linked)), WORDED: len(worded) * scale},
        is_sampled=scale > 1,
    )


def _sample(ids: Iterable[int], topic: str, seed: int, most: int) -> list[int]:
    """Return at most so many ids, drawn at random by their places."""
    return sorted((int(key) for key in ids), key=lambda key: place(topic, seed, key))[:most]


def _named(store: Store, suggested: pd.DataFrame, others: set[int]) -> pd.DataFrame:
    """Return article_id, alias, sentence, start: where no hits have which suggested alias."""
    found: list[tuple[int, str, str, int]] = []
    words = [str(alias) for alias in suggested["alias"]]
    if words:
        asked = [(word, parse(f'="{word}"')) for word in words]
        either = " OR ".join(f'="{word}"' for word in words)
        ids = {int(key) for key in store.hits(Query(text=either))["article_id"]} & others
        found = [row for text in store.texts(ids) for row in _places(text, asked)]
    return pd.DataFrame(found, columns=["article_id", "alias", "sentence", "start"])


def _places(
    text: Text, asked: Sequence[tuple[str, ParsedQuery]]
) -> Iterable[tuple[int, str, str, int]]:
    for word, parsed in asked:
        for span in (match(parsed, text.searchable) or ())[:1]:
            sentence = sentence_at(text.text, span.start, span.end)
            yield text.article_id, word, sentence, span.start


def _with_gains(suggested: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Return the suggestions with what each would gain in the store, and a sentence of it."""
    gained = named.groupby("alias")["article_id"].nunique()
    sentence = named.drop_duplicates("alias").set_index("alias")["sentence"]
    return suggested.assign(
        gained=suggested["alias"].map(gained).fillna(0).astype("int64"),
        sentence=suggested["alias"].map(sentence),
    )


def _linked(store: Store, copies: set[int], named: pd.DataFrame) -> pd.DataFrame:
    first = named.drop_duplicates("article_id")
    rest = copies - {int(key) for key in first["article_id"]}
    rows = [(text.article_id, _COPY, _opening(text), 0) for text in store.texts(rest)]
    return pd.concat([first, pd.DataFrame(rows, columns=list(first.columns))], ignore_index=True)


def _worded(store: Store, ids: set[int], like: Likeness) -> pd.DataFrame:
    rows = []
    for text in store.texts(ids):
        if like.is_like(text.searchable):
            words = like.words[text.searchable.language]
            has = sorted(words & text.searchable.words.places.keys())[:_SHOWN_WORDS]
            rows.append((text.article_id, " ".join(has), _opening(text), 0))
    return pd.DataFrame(rows, columns=["article_id", "alias", "sentence", "start"])


def _opening(text: Text) -> str:
    """Return what an article begins with, which tells its subject."""
    return text.text.partition("\n")[0]


def _with_facts(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns of ROWS."""
    keys = pd.Series([sentence_key(str(text)) for text in rows["sentence"]], dtype="int64")
    rows = rows.assign(article_id=rows["article_id"].astype("int64"), sentence_key=keys)
    facts = store.facts([int(key) for key in rows["article_id"]])
    return rows.merge(facts, "left", "article_id").reindex(columns=list(ROWS))
