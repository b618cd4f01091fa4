"""The measure of copies on texts made for it: what is right, what is wrong, and whose it is."""

import pytest

from tests.quality.near_copies import (
    CopyText,
    copy_precision,
    copy_recall,
    exact_groups,
    our_groups,
    score,
)
from tests.syndication.test_assign import edited, words

_TEXTS = [
    CopyText(0, "a", tuple(words("a"))),
    CopyText(1, "a", tuple(words("a"))),
    CopyText(2, "a", tuple(edited(words("a"), 1))),
    CopyText(3, "b", tuple(words("b"))),
    CopyText(4, "b", tuple(words("b")[:80])),
]


@pytest.mark.parametrize(
    ("groups", "precision", "recall"),
    [
        ([0, 0, 0, 3, 3], 1.0, 1.0),
        ([0, 1, 2, 3, 4], 1.0, 0.0),
        ([0, 0, 2, 3, 4], 1.0, 1 / 4),
        ([0, 0, 0, 0, 0], 4 / 10, 1.0),
        ([0, 0, 0, 0, 4], 3 / 6, 3 / 4),
    ],
    ids=["all right", "all apart", "one pair", "all together", "one too many"],
)
def test_pairs_are_counted(groups, precision, recall):
    scores = score(_TEXTS, groups)
    assert copy_precision(scores) == pytest.approx(precision)
    assert copy_recall(scores) == pytest.approx(recall)


def test_a_wrong_pair_counts_half_in_each_family():
    by_family = {s.publisher: s for s in score(_TEXTS, [0, 1, 2, 0, 4])}
    assert (by_family["a"].grouped, by_family["b"].grouped) == (0.5, 0.5)


def test_groups_are_those_of_the_line():
    assert our_groups(_TEXTS) == [0, 0, 0, 3, 3]
    assert exact_groups(_TEXTS) == [0, 0, 2, 3, 4]
