"""Draw series of a known make: outlets of several sizes, a level, a dispersion, weekdays, a trend.

Twelve outlets publish some 1,500 texts on a weekday and three fifths of that at weekends; each has
its own share of the series. A day's shares are multiplied by one gamma variable for all outlets, so
that counts are over-dispersed as those of news are, by a weekday's factor and by a steady trend.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from pipelines.analysis.deviations import chance_of
from pipelines.analysis.usual import MEMORY, Usual, Volumes, usual
from pipelines.query import Interval

Floats = npt.NDArray[np.float64]

OUTLETS, TEXTS_A_DAY = 12, 1500.0
PAST, YEAR = 112, 365  # days: what the first day measured looks back on, and days measured
DAILY = MEMORY[Interval.DAY]


@dataclass(frozen=True, slots=True)
class Make:
    """Texts a day, variance of the day's factor, amplitude of the week, growth in a year."""

    level: float
    variance: float = 0.0
    weekly: float = 0.0
    growth: float = 1.0


LEVELS, VARIANCES, WEEKS, GROWTHS = (3, 10, 40, 150), (0.0, 0.05, 0.3), (0.0, 0.3), (1.0, 2.5)
DESIGN = [Make(*one) for one in product(LEVELS, VARIANCES, WEEKS, GROWTHS)]
"""The design that coverage and false marks are averaged over: 48 makes, each as weighty."""


def draw(rng: np.random.Generator, make: Make, *, days: int = PAST + YEAR) -> Volumes:
    """Return a series of `make` without any peak."""
    size = rng.dirichlet(np.full(OUTLETS, 1.5)) * TEXTS_A_DAY
    day = np.arange(days)
    total = rng.poisson(size[:, None] * (1 - 0.4 * (day % 7 >= 5)))
    share = rng.gamma(4, 0.25, OUTLETS)
    share *= make.level / (share @ size)
    factor = rng.gamma(1 / make.variance, make.variance, days) if make.variance else np.ones(days)
    factor = factor * (1 + make.weekly * np.cos(2 * np.pi * day / 7))
    factor = factor * make.growth ** ((day - days / 2) / YEAR)
    found = rng.binomial(total, np.minimum(share[:, None] * factor, 0.9))
    return Volumes(found.astype(float), total.astype(float), np.ones(days, bool))


def planted(
    rng: np.random.Generator, volumes: Volumes, days: npt.NDArray[np.int64], times: float
) -> Volumes:
    """Return the series with `times` its usual texts on some days, in all outlets."""
    found = volumes.found.copy()
    before = volumes.found[:, None, :]
    for place in days:
        usual_texts = before[:, 0, place - 28 : place].mean(axis=1) * (times - 1)
        more = np.minimum(rng.poisson(usual_texts), volumes.total[:, place] - found[:, place])
        found[:, place] += more
    return Volumes(found, volumes.total, volumes.usable)


def sevenfold(
    rng: np.random.Generator, volumes: Volumes, outlet: int, days: slice, *, share: float = 1.0
) -> Volumes:
    """Return the series where an outlet publishes seven times as much, its share times `share`."""
    found, total = volumes.found.copy(), volumes.total.copy()
    own = found[outlet].sum() / total[outlet].sum()
    total[outlet, days] *= 7
    found[outlet, days] = rng.binomial(total[outlet, days].astype(int), min(own * share, 0.9))
    return Volumes(found, total, volumes.usable)


def measured(volumes: Volumes) -> tuple[Usual, Floats]:
    """Return what is usual, and the chance of so many or more, each day after the past."""
    made = usual(volumes, DAILY)
    return made, chance_of(made.observed, made.expected, made)
