"""How far a count lies from what is usual: counts, means and dispersions in, normal scores out.

Counts of news are over-dispersed: their variance is a multiple of their mean. So they are taken as
negative binomial with variance = dispersion * mean, which at a dispersion of 1 is Poisson. The
tail is read from the approximation of Peizer and Pratt (JASA 63, 1968, p. 1416-1456), a closed form
for whole arrays. It fails where nearly all is zero and the rest comes in bursts (a size below 1);
there the probabilities are added up.

A dispersion that was itself estimated from a few buckets is uncertain, which makes large deviations
commoner. As for Student's t, the score is read with so many degrees of freedom, by the
approximation of Wallace (Annals of Mathematical Statistics 30, 1959, p. 1124-1130).
"""

from math import erfc, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST_DISPERSION = 1.001  # below Poisson nothing is believed
_STEPS = 48  # halvings of the range in which a quantile lies
_BURSTS = 1.0  # size (mean / (dispersion - 1)) below which probabilities are added up
_MOST_ADDED = 5000
_inverse = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
_erfc = np.frompyfunc(erfc, 1, 1)


def score(count: Floats, mean: Floats, dispersion: Floats) -> Floats:
    """Return the normal score z for which P(Y <= count) = P(Z <= z); NaN where the mean is NaN."""
    spread = np.maximum(dispersion, LEAST_DISPERSION)
    size = np.maximum(mean, 1e-9) / (spread - 1)
    found = np.asarray(_peizer_pratt(np.maximum(count, 0), size, spread), dtype=np.float64)
    bursts = (size < _BURSTS) & (count >= 0)
    if bursts.any():
        found[bursts] = _added_up(count[bursts], size[bursts], spread[bursts])
    return np.where(count < 0, -np.inf, found)


def _added_up(count: Floats, size: Floats, spread: Floats) -> Floats:
    """Return the scores by adding up the probabilities of 0, 1 ... count."""
    term = spread**-size
    total = np.where(count >= 0, term, 0.0)
    for k in range(1, int(min(count.max(), _MOST_ADDED)) + 1):
        term = term * (k - 1 + size) / k * (1 - 1 / spread)
        total = total + np.where(count >= k, term, 0.0)
    inside = np.clip(total, 1e-15, 1 - 1e-15)
    return np.asarray(_inverse(inside), dtype=np.float64)


def _peizer_pratt(count: Floats, size: Floats, spread: Floats) -> Floats:
    p, q = 1 / spread, 1 - 1 / spread
    # P(Y <= count) is P(Binomial(count + size, p) >= size), so the sign of the binomial's score.
    trials, below = count + size, size - 1
    lower, upper = np.maximum(size - 0.5, 1e-12), np.maximum(count + 0.5, 1e-12)
    middle = below + 2 / 3 - (trials + 1 / 3) * p
    correction = q / np.maximum(below + 1, 1e-12) - p / (count + 1) + (q - 0.5) / (trials + 1)
    bend = 1 + q * _bend(lower / (trials * p)) + p * _bend(upper / (trials * q))
    found = (middle + 0.02 * correction) * np.sqrt(np.maximum(bend, 0) / ((trials + 1 / 6) * p * q))
    return -found


def _bend(ratio: Floats) -> Floats:
    """Return Peizer and Pratt's g(x) = (1 - x^2 + 2 x ln x) / (1 - x)^2, which is 0 at 1."""
    far = np.abs(1 - ratio) > 1e-4
    x = np.where(far, ratio, 2.0)
    return np.where(far, (1 - x * x + 2 * x * np.log(x)) / (1 - x) ** 2, (1 - ratio) / 3)


def as_normal(scores: Floats, freedom: Floats) -> Floats:
    """Return the normal scores of values of Student's t with so many degrees of freedom."""
    size = np.sqrt(freedom * np.log1p(np.square(scores) / freedom))
    found: Floats = np.sign(scores) * size * (8 * freedom + 1) / (8 * freedom + 3)
    return found


def as_student(z: float, freedom: Floats) -> Floats:
    """Return the value of Student's t that lies as far out as the normal score z."""
    size = abs(z) * (8 * freedom + 3) / (8 * freedom + 1)
    found: Floats = np.sign(z) * np.sqrt(freedom * np.expm1(np.square(size) / freedom))
    return found


def chance_of_more(scores: Floats) -> Floats:
    """Return P(Z > z) of normal scores, 0 to 1."""
    return np.asarray(_erfc(np.asarray(scores) / sqrt(2)), dtype=np.float64) / 2


def usual_range(
    mean: Floats, dispersion: Floats, freedom: Floats, *, share: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the ends, both usual, of the whole counts that hold the middle `share` of buckets."""
    tail = NormalDist().inv_cdf((1 + share) / 2)
    return (
        _quantile(mean, dispersion, as_student(-tail, freedom)),
        _quantile(mean, dispersion, as_student(tail, freedom)),
    )


def _quantile(mean: Floats, dispersion: Floats, z: Floats) -> Floats:
    """Return the lowest whole count up to which at least the share of the score z lies."""
    spread = np.sqrt(np.maximum(dispersion, LEAST_DISPERSION) * np.maximum(mean, 1))
    low = np.full(np.shape(mean), -1.0)
    high = mean + 12 * np.maximum(np.abs(z), 1) * spread + 30
    for _ in range(_STEPS):
        middle = (low + high) / 2
        enough = score(np.maximum(middle, 0), mean, dispersion) >= z
        high, low = np.where(enough, middle, high), np.where(enough, low, middle)
    known = np.isfinite(mean) & np.isfinite(dispersion)
    return np.where(known, np.maximum(np.ceil(high - 1e-6), 0), np.nan)
