"""How far two annotators agree is F1 over the texts that both labelled."""

import pytest

from tests.quality.news_agreement import f1


def test_only_texts_labelled_twice_count():
    first = {"a": {"focus": ["SY", "RU"]}, "b": {"focus": ["US"]}}
    second = {"a": {"focus": ["SY"]}, "c": {"focus": ["FR"]}}
    assert f1(first, second, lambda row: row["focus"]) == pytest.approx(2 / 3)


def test_texts_without_labels_agree():
    assert f1({"a": {"focus": []}}, {"a": {"focus": []}}, lambda row: row["focus"]) == 1
