"""Which words mark the articles of a query: a store and a query in, ranked words out.

The rules, which an analyst can review:

1. Words are counted in what counts (headline, subheads, lede, body, captions), without furniture.
   Spellings of one word are one: `form` of `querylang/words.py` folds case and accents of no
   meaning. The spelling shown is the commonest. Cases and plurals are words of their own.
2. A word has three letters or more. Numbers and the stop words of its language are left out; there
   are lists for ten languages (`stop_words.csv`). Scripts written without spaces between words
   (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are not split into words here: their articles are
   in the sample and give no row, and `unspaced` says how many there are.
3. Up to `SAMPLE` articles are read, drawn by a hash of their ids: the same for the same articles.
   Media Cloud samples 500 to 1,000. With None all are read.
4. The order is by what tells the query's articles from the rest of the corpus (same period,
   outlets, home countries and languages), of which twice as many are drawn: log odds with an
   informative Dirichlet prior as z (Monroe, Colaresi and Quinn, "Fightin' Words", Political
   Analysis 16, 2008), for each language apart. Articles are counted and not mentions, so that one
   long text does not decide. Without a rest there is no z, and the order is by articles.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.hashing import hash63
from pipelines.query import Query
from pipelines.querylang.words import form
from pipelines.store import Store
from pipelines.store.files.texts import Text

SAMPLE = 1_000  # articles of the query, and twice as many of the rest
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
COLUMNS = ["term", "term_count", "term_ratio", "doc_count", "doc_ratio", "sample_size", "language"]
COLUMNS += ["z"]
_PRIOR, _MOST_PRIOR = 0.1, 500.0  # of the counts the prior weighs so much, and no more than this
_SHORTEST = 3
_BATCH = 1_000  # texts held at once; of 200 the reading took a fifth more (measured)
_LETTERS = re.compile(r"[^\W\d_]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17df\u3005-\u30ff\u3400-\u9fff]")


_Numbers = npt.NDArray[np.float64]


@dataclass(slots=True)
class _Counted:
    """What is known of one language: articles, mentions and articles of each word."""

    articles: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Counter[str]] = field(default_factory=dict)


def words(
    store: Store, query: Query, *, limit: int | None = None, sample: int | None = SAMPLE
) -> pd.DataFrame:
    """Return the words of the query's articles, those first that tell them from the rest.

    Columns: term (as mostly written), term_count and doc_count (mentions and articles in the
    sample), term_ratio and doc_ratio (of `sample_size`, the articles of that language in the
    sample), language, z (how much more frequent here than in the rest; empty without a rest).
    """
    here = _count(store, _drawn(store.hits(query), sample), spelled=True)
    rest = _count(store, _rest(store, query, sample), spelled=False)
    parts = [_of_language(lang, one, rest.get(lang, _Counted())) for lang, one in here.items()]
    rows = pd.concat([_empty(), *parts], ignore_index=True) if parts else _empty()
    order = rows.sort_values(
        ["z", "doc_count", "term_count", "term"],
        ascending=[False, False, False, True],
        na_position="last",
        ignore_index=True,
    )
    return order if limit is None else order.head(limit)


def articles_with(store: Store, query: Query, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of `words` with `articles`: how many of all the query's articles hold each.

    They are what `holding` opens.
    """
    hits = store.hits(query)
    ids = {lang: set(part["article_id"]) for lang, part in hits.groupby("language")}
    found = [
        len(ids.get(lang, set()).intersection(store.text_hits(_exactly(term))["article_id"]))
        for term, lang in zip(rows["term"], rows["language"], strict=True)
    ]
    return rows.assign(articles=pd.Series(found, index=rows.index, dtype="int64"))


def holding(query: Query, term: str, language: str) -> Query:
    """Return the query for the articles in `language` of `query` that hold the word."""
    within = f"({query.within}) AND {_exactly(term)}" if query.within else _exactly(term)
    return replace(query, within=within, languages=(language,))


def unspaced(store: Store, query: Query) -> int:
    """Return how many articles of the query are in a language written without spaces."""
    return int(store.hits(query)["language"].isin(UNSPACED).sum())


def _exactly(term: str) -> str:
    return f'="{term}"'


def _rest(store: Store, query: Query, sample: int | None) -> dict[int, str]:
    """Return articles under the same corpus filters that the query does not find, as `_drawn`."""
    bare = replace(query, topics=(), entities=(), text="", within="", mentioned=(), about=())
    every = store.hits(replace(bare, dateline=()))
    others = every[~every["article_id"].isin(store.hits(query)["article_id"])]
    return _drawn(others, None if sample is None else 2 * sample)


def _drawn(hits: pd.DataFrame, most: int | None) -> dict[int, str]:
    """Return id -> language of at most so many articles, drawn by the hash of their ids."""
    languages = dict(zip(map(int, hits["article_id"]), hits["language"], strict=True))
    drawn = sorted(languages, key=lambda key: hash63("words", key))[:most]
    return {key: str(languages[key]) for key in drawn}


def _count(store: Store, drawn: Mapping[int, str], *, spelled: bool) -> dict[str, _Counted]:
    """Return what the articles say, by language."""
    found: dict[str, _Counted] = {}
    ids = sorted(drawn)
    for first in range(0, len(ids), _BATCH):
        for text in store.texts(ids[first : first + _BATCH]):
            language = drawn[text.article_id]
            _add(found.setdefault(language, _Counted()), text, language, spelled=spelled)
    return found


def _add(counted: _Counted, text: Text, language: str, *, spelled: bool) -> None:
    said = text.searchable.words
    counted.articles += 1
    for word, places in said.places.items():
        if not _counts(word, language):
            continue
        counted.documents[word] += 1
        counted.mentions[word] += len(places)
        if spelled:
            spellings = counted.spellings.setdefault(word, Counter())
            spellings.update(text.text[said.starts[n] : said.ends[n]] for n in places)


def _counts(word: str, language: str) -> bool:
    """Return whether a form is a word that can mark anything."""
    if len(word) < _SHORTEST or word in _stop_words(language):
        return False
    return _LETTERS.search(word) is not None and _UNSPACED.match(word) is None


def _of_language(language: str, here: _Counted, rest: _Counted) -> pd.DataFrame:
    terms = list(here.documents)
    mentions = np.array([here.mentions[term] for term in terms], np.int64)
    documents = np.array([here.documents[term] for term in terms], np.int64)
    shown = [_commonest(here.spellings[term]) for term in terms]
    return pd.DataFrame(
        {
            "term": pd.Series(shown, dtype="str"),
            "term_count": mentions,
            "term_ratio": mentions / here.articles,
            "doc_count": documents,
            "doc_ratio": documents / here.articles,
            "sample_size": here.articles,
            "language": language,
            "z": _z(
                documents.astype(float),
                np.array([rest.documents[term] for term in terms], float),
                rest,
            ),
        }
    )


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda one: (-spellings[one], one))


def _z(here: _Numbers, there: _Numbers, rest: _Counted) -> _Numbers:
    """Return the log odds of each word over their standard deviation; nan without a rest."""
    if not rest.articles or not len(here):
        return np.full(len(here), np.nan)
    n_here, n_there = float(here.sum()), float(rest.documents.total())
    weight = min(_PRIOR * (n_here + n_there), _MOST_PRIOR)
    prior = (here + there) * weight / (n_here + n_there)
    odds = np.log((here + prior) / (n_here + weight - here - prior))
    odds -= np.log((there + prior) / (n_there + weight - there - prior))
    return odds / np.sqrt(1 / (here + prior) + 1 / (there + prior))


def _empty() -> pd.DataFrame:
    kinds = ["str", "int64", "float64", "int64", "float64", "int64", "str", "float64"]
    columns = zip(COLUMNS, kinds, strict=True)
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns})


@cache
def _stop_words(language: str) -> frozenset[str]:
    return _all_stop_words().get(language, frozenset())


@cache
def _all_stop_words() -> dict[str, frozenset[str]]:
    with Path(__file__).with_name("stop_words.csv").open(encoding="utf-8") as file:
        return {
            row["language"]: frozenset(map(form, row["words"].split()))
            for row in csv.DictReader(file)
        }
