"""Fitting trees that choose among classes, and words that tell zones."""

from dataclasses import replace

import numpy as np

from pipelines.extraction.forest import read_forests, write_forests
from pipelines.extraction.lines.words import PLACES, ZONES, places_of, word_scores
from tests.quality.boosting import Boosting, cuts_of, fit_classes
from tests.quality.line_words_fit import Said, fit_words

_HOW = Boosting(trees=8, pace=0.3, share=1.0)
_FEATURES = ("high", "wide")


def squares() -> tuple[np.ndarray, np.ndarray]:
    """Return points of a square, and which of three fields they lie in."""
    rows = np.random.default_rng(3).random((600, 2)).round(2)
    high, wide = rows[:, 0] > 0.5, rows[:, 1] > 0.5
    return rows, np.where(high, 2, np.where(wide, 1, 0))


def test_trees_tell_three_classes_by_two_features():
    rows, classes = squares()
    fitted = fit_classes(rows, classes, np.ones(len(rows)), _FEATURES, _HOW)
    odds = np.array([forest.log_odds(rows) for forest in fitted.forests()])
    assert (odds.argmax(axis=0) == classes).mean() > 0.97


def test_the_same_rows_give_the_same_trees():
    rows, classes = squares()
    one, other = (fit_classes(rows, classes, np.ones(len(rows)), _FEATURES, _HOW) for _ in range(2))
    assert one == other


def test_trees_fitted_to_a_share_of_the_rows_tell_the_classes_of_all():
    rows, classes = squares()
    how = replace(_HOW, rows=0.5)
    fitted, again = (
        fit_classes(rows, classes, np.ones(len(rows)), _FEATURES, how) for _ in range(2)
    )
    odds = np.array([forest.log_odds(rows) for forest in fitted.forests()])
    assert (odds.argmax(axis=0) == classes).mean() > 0.95
    assert fitted == again
    assert fitted != fit_classes(rows, classes, np.ones(len(rows)), _FEATURES, _HOW)


def test_heavy_rows_decide_where_classes_lie_together():
    rows = np.zeros((100, 2))
    rows[50:, 0] = 1
    classes = np.arange(100) % 2
    weight = np.where(classes == 1, 9.0, 1.0)
    fitted = fit_classes(rows, classes, weight, _FEATURES, _HOW)
    odds = [forest.log_odds(rows) for forest in fitted.forests()]
    assert all(heavy > light for light, heavy in zip(*odds, strict=True))


def test_values_are_cut_where_they_differ_and_never_above_the_last():
    few, many, one = cuts_of(np.array([[0, n, 7] if n < 50 else [1, n, 7] for n in range(100)]))
    assert few.tolist() == [0.5]
    assert len(many) == 15
    assert one.tolist() == []


def test_forests_are_read_as_they_were_written(tmp_path):
    rows, classes = squares()
    fitted = fit_classes(rows, classes, np.ones(len(rows)), _FEATURES, _HOW)
    path = tmp_path / "forests.csv"
    pairs = zip(fitted.trees, fitted.starts, strict=True)
    write_forests(path, {str(n): pair for n, pair in enumerate(pairs)})
    read = read_forests(path, _FEATURES)
    assert list(read) == ["0", "1", "2"]
    for forest, kept in zip(fitted.forests(), read.values(), strict=True):
        assert kept.log_odds(rows) == forest.log_odds(rows)


def test_words_learn_which_zone_they_stand_in():
    texts = ["Sign in", "Accept cookies", "Storm breaks the quay", "Crane falls into the water"]
    places = [places_of(text) for text in texts] * 40
    true = np.array([ZONES.index(zone) for zone in ("furniture",) * 2 + ("related",) * 2] * 40)
    numbers = fit_words([Said(places, true, np.ones(len(true)))])
    assert numbers.shape == (PLACES, len(ZONES) - 1)
    related = word_scores(places[:4], numbers)[:, ZONES.index("related")]
    assert (related > 0).tolist() == [False, False, True, True]
