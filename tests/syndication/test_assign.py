"""Which articles are copies of one text, and which group they join."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.article import CopyLevel
from pipelines.syndication import (
    MINIMUM_WORDS,
    CopyIndex,
    Placement,
    assign,
    make_sketch,
    text_hash,
    words_of,
)
from tests.store.build import article, on_day

_DAY = date(2015, 6, 1)
_ARTICLE = replace(article(1, on_day(_DAY)), text_hash=99)
_LONG = [f"word{n}" for n in range(MINIMUM_WORDS)]


def words(seed, count=200):
    """Return a text of its own: no two seeds have four words in a row in common."""
    draw = random.Random(seed)
    return [f"w{draw.randrange(5000)}" for _ in range(count)]


def edited(text, seed, share=0.08):
    """Return the text with some words exchanged, all over it."""
    draw = random.Random(f"edit {seed}")
    return [word if draw.random() > share else f"e{draw.randrange(5000)}" for word in text]


class Line:
    """Stored texts, to which one after the other is added, as the line does."""

    def __init__(self):
        self.index, self.texts = CopyIndex(), {}

    def add(self, number, text, day=_DAY):
        one = replace(
            article(number, on_day(day) if day else article(0).publication),
            article_id=number,
            text_hash=text_hash(text),
            sketch=make_sketch(text),
        )
        placed = assign(one, self.texts, None, self.index)
        if one.text_hash:
            self.texts.setdefault(one.text_hash, placed.syndication_id)
        if one.sketch:
            self.index.add(one.sketch, day, placed.syndication_id)
        return placed


@pytest.mark.parametrize(("text", "known"), [(_LONG, True), (_LONG[:-1], False), ([], False)])
def test_a_text_has_a_hash_and_a_sketch_from_twenty_words_on(text, known):
    assert bool(text_hash(text)) is known
    assert (make_sketch(text) is not None) is known


def test_one_other_word_is_another_text():
    assert text_hash(_LONG) == text_hash(list(_LONG))
    assert text_hash(_LONG) != text_hash([*_LONG[:-1], "other"])
    assert text_hash(_LONG) != text_hash(_LONG[::-1])


def test_a_new_text_begins_a_group_under_its_own_id():
    assert assign(_ARTICLE, {}, None, CopyIndex()) == (_ARTICLE.article_id, CopyLevel.NONE)


def test_an_exact_copy_joins_the_group_of_its_text():
    assert assign(_ARTICLE, {99: 7}, None, CopyIndex()) == (7, CopyLevel.EXACT)


def test_an_article_keeps_its_group_through_its_versions():
    assert assign(_ARTICLE, {99: 7}, 5, CopyIndex()) == (5, CopyLevel.NONE)


def test_a_short_text_is_nobody_s_copy():
    short = replace(_ARTICLE, text_hash=0)
    assert assign(short, {0: 7}, None, CopyIndex()).syndication_id == short.article_id


def test_only_counted_words_below_the_headline_are_compared():
    assert words_of(article(1, title="Not This", text="But these.")) == ["but", "these"]


_WIRE = words("wire")
_KINDS = {
    "lightly edited": (edited(_WIRE, 1), CopyLevel.NEAR),
    "cut to a third": (_WIRE[:70], CopyLevel.NEAR),
    "without its lead": (_WIRE[60:], CopyLevel.NEAR),
    "turned around": (_WIRE[100:] + _WIRE[:100], CopyLevel.NEAR),
    "with a dateline": (["geneva", "agencies", *_WIRE], CopyLevel.NEAR),
    "grown": (words("more", 250) + _WIRE, CopyLevel.UPDATE),
    "with a new lead": (words("lead", 120) + _WIRE[60:], CopyLevel.UPDATE),
    "word for word": (_WIRE, CopyLevel.EXACT),
}


@pytest.mark.parametrize(("text", "level"), _KINDS.values(), ids=_KINDS)
def test_a_copy_of_a_wire_story_joins_its_group(text, level):
    line = Line()
    line.add(1, _WIRE)
    assert line.add(2, text) == Placement(1, level)


_OTHERS = {
    "another story": words("other"),
    "one paragraph of it": words("own", 150) + _WIRE[50:100],
    "a phrase of it": words("own", 190) + _WIRE[:12],
}


@pytest.mark.parametrize("text", _OTHERS.values(), ids=_OTHERS)
def test_another_story_stays_apart(text):
    line = Line()
    line.add(1, _WIRE)
    assert line.add(2, text) == Placement(2, CopyLevel.NONE)


def test_furniture_that_many_stories_share_groups_none_of_them():
    line, furniture = Line(), words("furniture", 90)
    placed = [line.add(n, words(n, 130) + furniture) for n in range(1, 9)]
    assert [p.syndication_id for p in placed[4:]] == [5, 6, 7, 8]


def test_copies_of_one_story_are_no_furniture_however_many():
    line = Line()
    assert {line.add(n, edited(_WIRE, n)).syndication_id for n in range(1, 150)} == {1}


@pytest.mark.parametrize(
    ("days", "together"), [(14, True), (15, False), (-14, True), (-15, False), (None, True)]
)
def test_near_copies_are_at_most_two_weeks_apart_where_both_days_are_known(days, together):
    line = Line()
    line.add(1, _WIRE)
    day = None if days is None else _DAY + timedelta(days=days)
    assert (line.add(2, edited(_WIRE, 1), day).syndication_id == 1) is together


def test_what_joins_two_groups_goes_to_the_one_it_shares_more_with():
    line, other = Line(), words("second", 200)
    line.add(1, _WIRE)
    line.add(2, other)
    assert line.add(3, _WIRE[:90] + other).syndication_id == 2
    assert line.add(4, edited(_WIRE, 4)).syndication_id == 1


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_order_of_arrival_changes_no_pair_of_plain_copies(draw):
    texts = [(story, edited(words(story), n, 0.04)) for story in range(4) for n in range(4)]
    draw.shuffle(texts)
    line, groups = Line(), []
    for number, (_, text) in enumerate(texts, 1):
        groups.append(line.add(number, text).syndication_id)
    pairs = combinations(zip((story for story, _ in texts), groups, strict=True), 2)
    assert all((a == b) is (one == other) for (a, one), (b, other) in pairs)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 30)), max_size=20))
def test_a_group_is_named_by_its_first_article_and_levels_say_who_joined(drawn):
    line = Line()
    for number, (story, version, day) in enumerate(drawn, 1):
        text = edited(words(story, 120), version)
        placed = line.add(number, text, _DAY + timedelta(days=day))
        assert placed.syndication_id <= number
        assert (placed.syndication_id == number) is (placed.level is CopyLevel.NONE)
