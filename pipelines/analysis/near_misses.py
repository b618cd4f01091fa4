"""What a topic may miss: articles that look like it and are no hits in; suggestions, samples out.

**Which articles.** A near miss is no hit and (1) a copy of one: it shares its group of copies; (2)
has a suggested alias; or (3) has as many of the topic's characteristic words as a typical hit (at
least as many as the poorest quarter of hits has, and never fewer than three). (1) and (2) are found
in the whole store, (3) in a random sample of it.

**Characteristic words** are those whose share of articles among hits is higher than elsewhere by
log odds with an informative Dirichlet prior, z of 3 and more (Monroe, Colaresi and Quinn,
"Fightin' Words", Political Analysis 16, 2008), for each language apart; the topic's own words are
left out. Articles are counted, not mentions, so that one long text does not decide.

**Suggested aliases**: *spelling*: a word of the corpus within one letter of an alias of five
letters and more, two of nine and more, which the query does not find (optimal string alignment: a
letter put in, left out, changed, or two swapped; the first letter stays); *company*: a word or pair
of words whose share of articles is nine times as high among hits as elsewhere, and that stands in
other articles too, ranked by hits times pointwise mutual information (Church and Hanks,
Computational Linguistics 16, 1990). Of a pair both words must be uncommon, and where one of them is
suggested the pair is not. So names in other languages and alphabets come up, once some hit in that
language is there.

**How much is missed.** The near misses are two strata: linked (1, 2), and worded (3). Of each a
random sample is labelled; missed = size x share of right ones, with Wilson's 95 % ends, added up,
which is wider than need be.

**Limits.** An article on the topic that is neither a copy, nor has such words, is not seen: what is
estimated is the least that is missed, and recall at most what is said. The worded stratum's size is
an estimate itself where the store is larger than the sample. Words that come with one event are
characteristic while it lasts. A language without any hit has no words to look for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import pandas as pd

from pipelines.analysis.topic_aliases import Role, aliases
from pipelines.analysis.topic_precision import Precision
from pipelines.querylang import ParsedQuery, Searchable, parse
from pipelines.querylang.literals import wanted
from pipelines.querylang.tree import Node, Phrase, Prefix, Term
from pipelines.querylang.words import form
from pipelines.store.files.texts import Text

LINKED, WORDED = "linked", "worded"
SUGGESTIONS = ("alias", "language", "why", "hits", "others")
_PRIOR, _MOST_PRIOR = 0.1, 500.0  # of the counts the prior weighs so much, and no more than this
_TELLING = 3.0  # z
_MOST_WORDS = 25  # characteristic, of a language
_FEWEST = 3  # of them in a near miss
_SHORTEST = 3  # letters of a word that can tell anything
_ONE_LETTER, _TWO_LETTERS = 5, 9  # letters of an alias from which so many may differ
_FEWEST_HITS = 2  # with a word that is suggested for its company
_TIMES = 9  # as high a share of hits as of other articles
_COMMON = 0.1  # of the articles: of no use in a pair

Words: TypeAlias = frozenset[str]  # words and pairs of words ("a b"), as forms


@dataclass(slots=True)
class Counts:
    """In how many articles of a language each word stands, among hits and among others."""

    hits: dict[str, Counter[str]] = field(default_factory=dict)
    others: dict[str, Counter[str]] = field(default_factory=dict)
    n_hits: Counter[str] = field(default_factory=Counter)
    n_others: Counter[str] = field(default_factory=Counter)

    def add(self, searchable: Searchable, *, is_hit: bool) -> None:
        """Count the words of one article."""
        counts, totals = (self.hits, self.n_hits) if is_hit else (self.others, self.n_others)
        counts.setdefault(searchable.language, Counter()).update(words_of(searchable))
        totals[searchable.language] += 1


def words_of(searchable: Searchable) -> Words:
    """Return the distinct words of an article, and pairs that stand side by side."""
    words = searchable.words
    forms = [""] * len(words.starts)
    for word, places in words.places.items():
        for place in places:
            forms[place] = word
    pairs = {
        f"{one} {two}"
        for one, two, first, second in zip(
            forms, forms[1:], words.paragraphs, words.paragraphs[1:], strict=False
        )
        if first == second and len(one) >= _SHORTEST and len(two) >= _SHORTEST
    }
    return frozenset(pairs | {one for one in forms if len(one) >= _SHORTEST})


def count_words(hits: Iterable[Text], others: Iterable[Text]) -> Counts:
    """Return the word counts of both."""
    counts = Counts()
    for texts, is_hit in ((hits, True), (others, False)):
        for text in texts:
            counts.add(text.searchable, is_hit=is_hit)
    return counts


@dataclass(frozen=True, slots=True)
class Own:
    """The words a query looks for itself, as forms; `typed` are its single words as aliases."""

    forms: frozenset[str]
    prefixes: tuple[str, ...]
    typed: tuple[tuple[str, bool], ...]  # form, whether it is the beginning of a word

    def has(self, word: str) -> bool:
        """Return whether one of the words of `word` is the query's."""
        return any(part in self.forms or part.startswith(self.prefixes) for part in word.split())


def own_words(parsed: ParsedQuery, languages: Iterable[str]) -> Own:
    """Return the words of a query, in the forms that each language gives them."""
    typed = [alias for alias in aliases(parsed) if alias.role is Role.ALIAS]
    trees = [parse(alias.text).tree for alias in typed]
    found = [wanted(word, lang) for word in _bare_words(trees) for lang in languages]
    return Own(
        forms=frozenset(one for part in found for one in part.forms),
        prefixes=tuple({one.prefix for one in found if one.prefix}),
        typed=tuple(_typed(tree) for tree in trees if isinstance(tree, Term | Prefix)),
    )


def _bare_words(trees: Iterable[Node]) -> Iterator[Term | Prefix]:
    for tree in trees:
        if isinstance(tree, Term | Prefix):
            yield tree
        elif isinstance(tree, Phrase):
            yield from tree.words


def _typed(word: Term | Prefix) -> tuple[str, bool]:
    return (form(word.stem), True) if isinstance(word, Prefix) else (form(word.word), False)


def characteristic(counts: Counts, own: Own) -> pd.DataFrame:
    """Return language, word, z, hits, others: the words that tell hits from others."""
    rows = [
        (language, word, *figures)
        for language in sorted(counts.hits)
        for word, *figures in _telling(counts, language)
        if not own.has(word)
    ]
    frame = pd.DataFrame(rows, columns=["language", "word", "z", "hits", "others"])
    top = frame.sort_values(["language", "z", "word"], ascending=[True, False, True])
    return top.groupby("language").head(_MOST_WORDS).reset_index(drop=True)


def _telling(counts: Counts, language: str) -> Iterator[tuple[str, float, int, int]]:
    """Yield words of a language whose z is high enough, with z and both counts."""
    hits, others = counts.hits[language], counts.others.get(language, Counter())
    words = [word for word, n in hits.items() if n >= _FEWEST_HITS and " " not in word]
    if not words:
        return
    y1 = np.array([hits[word] for word in words], float)
    y2 = np.array([others[word] for word in words], float)
    n1, n2 = (sum(n for word, n in c.items() if " " not in word) for c in (hits, others))
    weight = min(_PRIOR * (n1 + n2), _MOST_PRIOR)
    prior = (y1 + y2) * weight / (n1 + n2)
    odds = np.log((y1 + prior) / (n1 + weight - y1 - prior))
    odds -= np.log((y2 + prior) / (n2 + weight - y2 - prior))
    z = odds / np.sqrt(1 / (y1 + prior) + 1 / (y2 + prior))
    for place in np.flatnonzero(z >= _TELLING):
        yield words[place], float(z[place]), int(y1[place]), int(y2[place])


@dataclass(frozen=True, slots=True)
class Likeness:
    """Characteristic words by language, and how many of them make an article look like a hit."""

    words: Mapping[str, Words]
    wanted: Mapping[str, int]

    def is_like(self, searchable: Searchable) -> bool:
        """Return whether an article has as many of the words as a typical hit."""
        words = self.words.get(searchable.language)
        if words is None:
            return False
        return len(words & searchable.words.places.keys()) >= self.wanted[searchable.language]


def likeness(told: pd.DataFrame, hits: Iterable[Text]) -> Likeness:
    """Return what makes an article look like a hit: see the rule (3) above."""
    words = {
        str(language): frozenset(rows["word"].astype("str"))
        for language, rows in told.groupby("language")
    }
    found: dict[str, list[int]] = {language: [] for language in words}
    for text in hits:
        mine = words.get(text.searchable.language)
        if mine is not None:
            found[text.searchable.language].append(len(mine & text.searchable.words.places.keys()))
    wanted = {
        language: max(_FEWEST, int(np.ceil(np.quantile(numbers, 0.25)))) if numbers else _FEWEST
        for language, numbers in found.items()
    }
    return Likeness(words, wanted)


def suggestions(counts: Counts, own: Own) -> pd.DataFrame:
    """Return alias, language, why, hits, others: words that might be added, see SUGGESTIONS."""
    rows = [
        row
        for language in sorted({*counts.hits, *counts.others})
        for row in (*_spellings(counts, language, own), *_company(counts, language, own))
    ]
    frame = pd.DataFrame(rows, columns=[*SUGGESTIONS, "weight"])
    frame = frame.sort_values(["weight", "others", "alias"], ascending=[False, False, True])
    frame = frame.drop_duplicates(["alias"])
    single = {word for word in frame["alias"] if " " not in word}
    adds = [" " not in word or single.isdisjoint(word.split()) for word in frame["alias"]]
    return frame.loc[adds, list(SUGGESTIONS)].reset_index(drop=True)


_Row: TypeAlias = tuple[str, str, str, int, int, float]


def _spellings(counts: Counts, language: str, own: Own) -> Iterator[_Row]:
    hits, others = _both(counts, language)
    for word, n in others.items():
        if " " in word or own.has(word):
            continue
        near = next((alias for alias, whole in own.typed if _is_near(word, alias, whole)), None)
        if near is not None:
            yield word, language, f"spelling of {near}", hits[word], n, np.inf


def _is_near(word: str, alias: str, is_beginning: bool) -> bool:
    """Return whether a word, or its beginning, is another spelling of an alias."""
    word = word[: len(alias)] if is_beginning else word
    most = (len(alias) >= _ONE_LETTER) + (len(alias) >= _TWO_LETTERS)
    if not most or word[0] != alias[0] or abs(len(alias) - len(word)) > most:
        return False
    return distance(word, alias) <= most


def _company(counts: Counts, language: str, own: Own) -> Iterator[_Row]:
    hits, others = _both(counts, language)
    n_hits, n_others = counts.n_hits[language], counts.n_others[language]
    common = {
        word
        for word in {*hits, *others}
        if hits[word] + others[word] > _COMMON * (n_hits + n_others)
    }
    for word, n in hits.items():
        elsewhere = others[word]
        if n < _FEWEST_HITS or not elsewhere or own.has(word):
            continue
        # Both counts are of samples, so they are compared as shares.
        here, there = n / n_hits, elsewhere / n_others
        if here >= _TIMES * there and (" " not in word or common.isdisjoint(word.split())):
            pmi = float(np.log2(here / ((n + elsewhere) / (n_hits + n_others))))
            yield word, language, f"company, PMI {pmi:.1f}", n, elsewhere, n * pmi


def _both(counts: Counts, language: str) -> tuple[Counter[str], Counter[str]]:
    empty: Counter[str] = Counter()
    return counts.hits.get(language, empty), counts.others.get(language, empty)


def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out, changed or swapped with a neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def missed(strata: Sequence[tuple[float, Precision]]) -> tuple[float, float, float] | None:
    """Return how many articles are missed, with the ends; None where a stratum has no label.

    `strata` has the size of each and the share of right ones among its labelled articles.
    """
    filled = [(size, found) for size, found in strata if size]
    if any(found.share is None for _, found in filled):
        return None
    sums = [0.0, 0.0, 0.0]
    for size, found in filled:
        for place, share in enumerate((found.share, found.low, found.high)):
            sums[place] += size * (share or 0.0)
    return sums[0], sums[1], sums[2]


def recall(right_hits: float, right_missed: float) -> float | None:
    """Return the share of the topic's articles that are hits, None where there are none at all."""
    whole = right_hits + right_missed
    return right_hits / whole if whole else None
