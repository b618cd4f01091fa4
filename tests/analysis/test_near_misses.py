"""Near misses look like hits: by their words, by a copied text, by another spelling."""

from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from pipelines.analysis.near_misses import (
    LINKED,
    WORDED,
    characteristic,
    count_words,
    distance,
    likeness,
    missed,
    own_words,
    recall,
    suggestions,
)
from pipelines.analysis.recall import ROWS, find_near_misses
from pipelines.analysis.topic_precision import estimate
from pipelines.query import Query
from pipelines.querylang import parse
from pipelines.store import open_store
from tests.analysis.test_topic_aliases import texts
from tests.store.build import Written, article, build

_HITS = [f"Syria {n}: the rebels of Idlib shelled the convoy near Hama" for n in "abcdefghijklmnop"]
_OTHERS = [
    *(f"The budget {n} of the city and the football club" for n in "abcdefghijklmnopqrstuvwxyz"),
    "Rebels of Idlib shelled a convoy",  # on the topic, without its name
    "Siria or Syira: letters of the convoy",
    "In Idlib a school",
]
_QUERY = parse("Syria")


@pytest.fixture(scope="module")
def counts():
    return count_words(texts(*_HITS), texts(*_OTHERS))


@pytest.fixture(scope="module")
def own(counts):
    return own_words(_QUERY, counts.n_hits)


def test_words_that_tell_hits_from_others_are_characteristic(counts, own):
    words = characteristic(counts, own)["word"].tolist()
    assert set(words) == {"rebels", "idlib", "shelled", "convoy", "near", "hama"}


def test_the_query_s_own_words_are_never_suggested(counts, own):
    assert own.has("syria")
    assert own.has("syrias")
    assert not any(own.has(word) for word in suggestions(counts, own)["alias"])
    prefixed = own_words(parse('Syr* OR "Hama city"'), ["en"])
    assert prefixed.has("syrians")
    assert prefixed.has("hama")


def test_other_spellings_are_suggested_with_their_counts(counts, own):
    rows = suggestions(counts, own).set_index("alias")
    assert rows.loc["syira", "why"] == "spelling of syria"
    assert rows.loc["syira", ["hits", "others"]].tolist() == [0, 1]
    assert rows.loc["siria", "why"] == "spelling of syria"


def test_words_in_the_company_of_the_topic_are_suggested(counts, own):
    rows = suggestions(counts, own).set_index("alias")
    assert rows["why"]["idlib"].startswith("company")
    assert "budget" not in rows.index
    assert not [word for word in rows.index if " " in word and "idlib" in word.split()]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("syria", "syria", 0),
        ("syria", "syira", 1),
        ("syria", "siria", 1),
        ("syria", "yria", 1),
        ("abc", "", 3),
        ("kitten", "sitting", 3),
        ("ca", "abc", 3),
    ],
)
def test_the_distance_of_two_spellings(one, other, steps):
    assert distance(one, other) == distance(other, one) == steps


def test_an_article_with_the_words_of_a_typical_hit_is_like_one(counts, own):
    like = likeness(characteristic(counts, own), texts(*_HITS))
    found = [text.text for text in texts(*_OTHERS) if like.is_like(text.searchable)]
    assert found == []  # a typical hit has six of the words, the best of these four
    short = likeness(characteristic(counts, own), texts(*_HITS, *["Syria: Idlib"] * 9))
    found = [text.text for text in texts(*_OTHERS) if short.is_like(text.searchable)]
    assert found == ["Rebels of Idlib shelled a convoy"]


def test_an_empty_topic_has_no_words_and_no_near_misses():
    counts = count_words([], texts(*_OTHERS))
    own = own_words(_QUERY, counts.n_others)
    assert characteristic(counts, own).empty
    assert not likeness(characteristic(counts, own), []).is_like(texts("Idlib")[0].searchable)


def test_what_is_missed_is_the_sum_of_the_strata():
    half = estimate(pd.Series([True, False]))
    middle, low, high = missed([(100.0, half), (10.0, half), (0.0, estimate(pd.Series([])))])
    assert middle == 55
    assert low == pytest.approx(110 * half.low)
    assert high == pytest.approx(110 * half.high)
    assert missed([(100.0, half), (1.0, estimate(pd.Series([], dtype="bool")))]) is None
    assert recall(45, 55) == 0.45
    assert recall(0, 0) is None


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The texts above, and an article that is a copy of a hit without the name."""
    written = [Written(article(n, text=body)) for n, body in enumerate([*_HITS, *_OTHERS])]
    copied = written[0].article.article_id
    written.append(replace(Written(article(99, text="Cut.")), syndication_id=copied))
    with closing(open_store(build(tmp_path_factory.mktemp("near") / "s", written))) as opened:
        yield opened


def near(store, seed=0):
    return find_near_misses(store, _QUERY, Query(text="Syria"), topic="syria", seed=seed)


def test_copies_and_articles_with_a_suggested_word_are_linked(store):
    found = near(store)
    linked = found.rows[LINKED].set_index("sentence")["alias"]
    assert linked["Headline 99"] == "copy of a hit"
    assert linked["Siria or Syira: letters of the convoy"] in ("siria", "syira", "convoy")
    assert "In Idlib a school" in linked.index
    assert found.sizes[LINKED] == len(found.rows[LINKED]) == 4


def test_strata_hold_no_hit_and_no_article_twice(store):
    found = near(store)
    both = pd.concat(found.rows.values())
    assert tuple(both.columns) == ROWS
    assert both["article_id"].is_unique
    hits = set(store.hits(Query(text="Syria"))["article_id"])
    assert hits.isdisjoint(both["article_id"])
    assert not found.is_sampled
    assert found.sizes[WORDED] == len(found.rows[WORDED])


def test_suggestions_say_what_they_would_gain(store):
    rows = near(store).suggested.set_index("alias")
    assert rows["gained"]["idlib"] == 2
    assert "Idlib" in rows["sentence"]["idlib"]
    assert near(store).suggested.equals(near(store).suggested)
