"""Which articles are copies of one text."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.syndication import MINIMUM_WORDS, assign, text_hash
from tests.store.build import article, on_day

_ARTICLE = replace(article(1, on_day(date(2015, 6, 1))), text_hash=99)
_LONG = [f"word{n}" for n in range(MINIMUM_WORDS)]


@pytest.mark.parametrize(("words", "known"), [(_LONG, True), (_LONG[:-1], False), ([], False)])
def test_a_text_has_a_hash_from_twenty_words_on(words, known):
    assert bool(text_hash(words)) is known


def test_one_other_word_is_another_text():
    assert text_hash(_LONG) == text_hash(list(_LONG))
    assert text_hash(_LONG) != text_hash([*_LONG[:-1], "other"])
    assert text_hash(_LONG) != text_hash(_LONG[::-1])


def test_a_new_text_begins_a_group_under_its_own_id():
    assert assign(_ARTICLE, {}, None) == _ARTICLE.article_id


def test_a_copy_joins_the_group_of_its_text():
    assert assign(_ARTICLE, {99: 7}, None) == 7


def test_an_article_keeps_its_group_through_its_versions():
    assert assign(_ARTICLE, {99: 7}, 5) == 5


def test_a_short_text_is_nobody_s_copy():
    short = replace(_ARTICLE, text_hash=0)
    assert assign(short, {0: 7}, None) == short.article_id
