"""The index finds the same whether a text is among the newest, in a segment or in a file."""

from datetime import date

import numpy as np
import pytest

from pipelines.syndication import CopyIndex, index, make_sketch
from tests.syndication.test_assign import edited, words

_DAY = date(2015, 6, 1)


def filled(count):
    """Return an index of so many texts: stories in three versions each."""
    made = CopyIndex()
    for number in range(count):
        text = edited(words(number // 3), number)
        made.add(make_sketch(text), _DAY, number // 3)
    return made


def answers(made, count):
    return [made.find(make_sketch(edited(words(n), "asked")), _DAY) for n in range(count // 3)]


@pytest.mark.parametrize("buffer", [1, 7, 30])
def test_segments_change_no_answer(buffer, monkeypatch):
    expected = answers(filled(90), 90)
    assert [group for group, _ in expected] == list(range(30))
    monkeypatch.setattr(index, "_BUFFER", buffer)
    made = filled(90)
    assert made.segments
    assert answers(made, 90) == expected


def test_segments_of_like_size_become_one(monkeypatch):
    monkeypatch.setattr(index, "_BUFFER", 2)
    made = filled(100)
    assert len(made.segments) <= 7
    rows = np.concatenate([segment.rows for segment in made.segments])
    assert set(rows.tolist()) == set(range(100))


def test_an_empty_index_finds_nothing():
    assert CopyIndex().find(make_sketch(words(1)), _DAY) is None
    assert filled(9).find(make_sketch(words("new")), None) is None
