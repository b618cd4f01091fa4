"""Scores of over-dispersed counts: against probabilities added up one by one."""

from math import lgamma, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from pipelines.analysis.tails import as_normal, as_student, chance_of_more, score, usual_range


def _exactly(mean, dispersion):
    """Return P(0), P(1) ... of the negative binomial, by its definition."""
    size, p = mean / (dispersion - 1), 1 / dispersion
    most = int(mean + 50 * sqrt(mean * dispersion) + 60)
    each = [lgamma(k + size) - lgamma(size) - lgamma(k + 1) for k in range(most)]
    return np.exp([one + size * log(p) + k * log(1 - p) for k, one in enumerate(each)])


@pytest.mark.parametrize("mean", [0.3, 1.0, 5.0, 40.0, 900.0])
@pytest.mark.parametrize("dispersion", [1.001, 1.5, 4.0, 30.0])
def test_tails_are_those_of_the_negative_binomial(mean, dispersion):
    chances = _exactly(mean, dispersion)
    above = chances[::-1].cumsum()[::-1]
    for rare in (0.1, 0.01, 1e-3, 1e-5):
        count = int(np.argmax(above <= rare))
        found = score(np.array([count - 1.0]), np.array([mean]), np.array([dispersion]))
        assert chance_of_more(found)[0] == pytest.approx(above[count], rel=0.15)


@pytest.mark.parametrize("mean", [0.3, 5.0, 900.0])
@pytest.mark.parametrize("dispersion", [1.001, 4.0, 30.0])
def test_the_usual_range_holds_the_middle(mean, dispersion):
    below = _exactly(mean, dispersion).cumsum()
    many = np.array([1e7])  # degrees of freedom: as if the dispersion were known
    low, high = usual_range(np.array([mean]), np.array([dispersion]), many)
    assert abs(low[0] - np.argmax(below >= 0.025)) <= 1
    assert abs(high[0] - np.argmax(below >= 0.975)) <= 1


def test_none_or_more_is_certain():
    nothing = score(np.array([-1.0]), np.array([2.0]), np.array([1.5]))
    assert chance_of_more(nothing)[0] == 1


def test_an_uncertain_dispersion_makes_far_values_commoner():
    # 3.169 is the 99.5th percentile of Student's t with 10 degrees of freedom (any table).
    assert as_student(NormalDist().inv_cdf(0.995), np.array([10.0]))[0] == pytest.approx(3.17, 0.01)
    back = as_normal(np.array([-3.169]), np.array([10.0]))
    assert 1 - chance_of_more(back)[0] == pytest.approx(0.005, rel=0.03)
