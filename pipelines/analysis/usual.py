"""What is usual for a series: its texts and all texts by outlet and bucket in, expected counts out.

The rules, for an analyst to review; only earlier buckets speak for a bucket:

- *Share of each outlet.* The series is expected to have, of what each outlet published in the
  bucket, the part it had there before; parts known from few texts lean on that of all outlets. So
  an outlet that publishes seven times as much raises what is expected as much as what is found, and
  a bucket collected in part is measured by the part that came.
- *Level.* The whole is multiplied by found / expected of the buckets before, the newest counting
  most (half as much after `half_life` buckets), so that it follows slowly.
- *Weekday.* Days are multiplied by what the weekday usually has, which leans on 1 where it is known
  from few texts.
- *Peaks of the past* count less: buckets more than 2.58 deviations above (as in Noufaily et al.,
  "An improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
  Medicine 32, 2013, p. 1206-1222, after Farrington et al., JRSS A 159, 1996, p. 547-563).
- *Dispersion.* How far the same forecast, one bucket ahead, missed the buckets before: the mean
  square of the misses over the expected counts, each cut at 2.58 of the deviations known when it
  came, so that the first days of a jump do not make the next ones usual. It holds trends that the
  level follows late and bursts alike. Never below that of Poisson.
- *Left out*: gaps, unfinished and clipped buckets, and outlets that were not there `fewest` buckets
  ago, found texts and all: they have no past to be measured by.

A bucket has a forecast after `fewest` usable buckets, and a dispersion after `fewest` forecasts.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.analysis.tails import LEAST_DISPERSION, Floats
from pipelines.query import Interval

_FAR = 2.58  # deviations; Noufaily et al., table 1
_CUT_MEAN = 0.982  # mean of a squared deviation cut there, of a normal variable
_CUT_SKEWED = 0.07  # skewed ones lose more: divided by 1 + this * skewness^2 (drawn gammas: to .02)
_MOST_SKEWED = 2.5
_FREEDOM = 0.6  # degrees of freedom a forecast: squares of skewed counts scatter more than normal
_LEANING = 25.0  # texts of the whole's share that are added to each outlet's
_HALF = 0.5  # a text added to what was found, for series that had none: Jeffreys' prior
_WEEKDAY_TEXTS = 16.0  # times dispersion, added to each weekday's: its deviation is about .25
_ROUNDS = 3
_WEEK = 7
_PRODUCT = 8  # buckets of one product: small ones stay in this thread, where large ones waited
_BLOCK = 128  # buckets worked on at a time, so that ten years of days fit into memory


@dataclass(frozen=True, slots=True)
class Memory:
    """How many buckets back a forecast looks, its half-life, and the fewest that it needs.

    Of days it looks back whole weeks.
    """

    reach: int
    half_life: float
    fewest: int
    of_days: bool = False


MEMORY = {
    Interval.DAY: Memory(8 * _WEEK, 10, 14, of_days=True),
    Interval.WEEK: Memory(26, 8, 8),
    Interval.MONTH: Memory(24, 8, 6),
}


@dataclass(frozen=True, slots=True)
class Volumes:
    """Distinct texts by outlet (rows) and bucket (columns); `usable` says which buckets count.

    Buckets follow each other without a gap, so that days a week apart are of one weekday.
    """

    found: Floats
    total: Floats
    usable: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Usual:
    """Per bucket: what was found and expected in outlets with a past, and how that scatters.

    `observed` counts no text of a new outlet, `newcomers` counts those. `dispersion` is variance
    over mean, `freedom` the degrees of freedom it is known with. NaN where there is no forecast.
    `by_outlet` is what was expected of each outlet.
    """

    observed: Floats
    expected: Floats
    dispersion: Floats
    freedom: Floats
    newcomers: Floats
    by_outlet: Floats


def usual(volumes: Volumes, memory: Memory) -> Usual:
    """Return what is usual in each bucket."""
    old = _established(volumes.total, memory.fewest)
    shares = _shares(volumes, memory) * old
    found = np.where(old, volumes.found, 0.0).sum(axis=0)
    factor = np.empty_like(found)
    for first in range(0, len(found), _BLOCK):
        block = slice(first, min(first + _BLOCK, len(found)))
        factor[block] = _factors(volumes, shares, memory, block)
    by_outlet = shares * volumes.total * factor
    expected = np.where(volumes.usable, by_outlet.sum(axis=0), np.nan)
    expected = np.where(expected > 0, expected, np.nan)
    dispersion, freedom = _dispersion(found, expected, memory)
    newcomers = volumes.found.sum(axis=0) - found
    return Usual(found, expected, dispersion, freedom, newcomers, by_outlet)


def _established(total: Floats, fewest: int) -> npt.NDArray[np.bool_]:
    """Return which outlets had published `fewest` buckets before each bucket, or earlier."""
    begun = np.cumsum(total, axis=1) > 0
    return np.concatenate([np.zeros((len(total), fewest), bool), begun], axis=1)[:, : len(begun[0])]


def before(numbers: Floats, reach: int) -> Floats:
    """Return the sum of the `reach` buckets before each bucket (last axis)."""
    sums = np.concatenate([np.zeros((*numbers.shape[:-1], 1)), numbers.cumsum(axis=-1)], axis=-1)
    ends = np.arange(numbers.shape[-1])
    part: Floats = sums[..., ends] - sums[..., np.maximum(ends - reach, 0)]
    return part


def _shares(volumes: Volumes, memory: Memory) -> Floats:
    """Return the share the series had of each outlet before each bucket."""
    found = before(volumes.found * volumes.usable, memory.reach)
    total = before(volumes.total * volumes.usable, memory.reach)
    whole = (found.sum(axis=0) + _HALF) / np.maximum(total.sum(axis=0), 1)
    return np.asarray((found + _LEANING * whole) / (total + _LEANING), dtype=np.float64)


def _factors(volumes: Volumes, shares: Floats, memory: Memory, block: slice) -> Floats:
    """Return level times weekday for the buckets of a block, NaN where too few came before."""
    ends = np.arange(block.start, block.stop)
    places = ends[:, None] - np.arange(memory.reach, 0, -1)
    inside = places >= 0
    places = np.maximum(places, 0)
    expected = _summed(shares, volumes.total, ends, places)
    # What an outlet without a share here had then is not expected, so it must not be found either.
    old = (shares > 0).astype(np.float64)
    if old[:, block].all():
        found = volumes.found.sum(axis=0)[places]
    else:
        found = _summed(old, volumes.found, ends, places)
    weight = (inside & volumes.usable[places]).astype(np.float64)
    enough = weight.sum(axis=1) >= memory.fewest
    factor = _fitted(found, expected, weight, memory)
    return np.where(enough, factor, np.nan)


def _summed(
    weights: Floats,
    numbers: Floats,
    ends: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
) -> Floats:
    """Return, per bucket of `ends` and place before it, the numbers there by the weights here."""
    sums = np.empty(places.shape)
    rows = np.arange(_PRODUCT)[:, None]
    for row in range(0, len(ends), _PRODUCT):
        part = slice(row, row + _PRODUCT)
        first = int(places[part].min())
        product = weights[:, ends[part]].T @ numbers[:, first : int(ends[part][-1]) + 1]
        sums[part] = product[rows[: len(product)], places[part] - first]
    return sums


def _fitted(found: Floats, expected: Floats, weight: Floats, memory: Memory) -> Floats:
    """Return the factor of the bucket behind each row: its level, and its weekday's of days.

    Past peaks count less.
    """
    fading = 0.5 ** (np.arange(memory.reach, 0, -1) / memory.half_life)
    weeks = memory.reach // _WEEK
    each, trust = expected, weight
    weekday = np.ones((len(found), _WEEK))
    for _ in range(_ROUNDS):
        level = _ratio(trust * fading * found, trust * fading * each, _HALF)
        mean = np.maximum(level[:, None] * each, 1e-9)
        missed = found - mean
        spread = np.maximum(_ratio(trust * missed**2 / mean, trust), 1.0)
        away = missed / np.sqrt(spread[:, None] * mean)
        trust = weight * np.minimum(1, (_FAR / np.maximum(away, _FAR)) ** 2)
        if memory.of_days:
            whole = _ratio(trust * found, trust * expected, _HALF)  # not the level: that fades
            weekday = _weekdays(trust * found, trust * whole[:, None] * expected, spread)
            each = (expected.reshape(-1, weeks, _WEEK) * weekday[:, None]).reshape(expected.shape)
    return np.asarray(level * weekday[:, 0], dtype=np.float64)


def _ratio(part: Floats, whole: Floats, leaning: float = 0.0) -> Floats:
    """Return sum over sum of each row, with so many texts added to both."""
    sums = np.maximum(whole.sum(axis=1) + leaning, 1e-9)
    return np.asarray((part.sum(axis=1) + leaning) / sums, dtype=np.float64)


def _weekdays(found: Floats, expected: Floats, spread: Floats) -> Floats:
    """Return the factors of the weekdays; the first is that of the bucket behind the row.

    A row is of whole weeks that end before its bucket, so it begins on the bucket's weekday.
    """
    leaning = _WEEKDAY_TEXTS * spread[:, None]
    own, all_of_it = (one.reshape(len(one), -1, _WEEK).sum(axis=1) for one in (found, expected))
    return np.asarray((own + leaning) / (all_of_it + leaning), dtype=np.float64)


def _dispersion(found: Floats, expected: Floats, memory: Memory) -> tuple[Floats, Floats]:
    """Return variance over mean of the forecasts before each bucket, and how many they are."""
    square = (found - expected) ** 2 / expected
    known = np.isfinite(square)
    count = np.round(before(known.astype(np.float64), memory.reach))
    mean = before(np.where(known, expected, 0.0), memory.reach) / np.maximum(count, 1)
    spread = np.full(len(found), np.nan)
    cut = np.where(known, square, 0.0)
    means, counts, is_known = mean.tolist(), count.tolist(), known.tolist()  # read one by one
    lost, made, last = 1 / _CUT_MEAN, math.nan, -2
    for bucket in np.flatnonzero(count >= memory.fewest).tolist():
        past = slice(max(bucket - memory.reach, 0), bucket)
        if last != bucket - 1:
            made = _first(cut[past][known[past]], means[bucket])
        else:
            skewed = 1 + _CUT_SKEWED * _skewness(made, means[bucket]) ** 2
            made = lost * skewed * float(np.add.reduce(cut[past])) / counts[bucket]
        spread[bucket] = made = max(made, LEAST_DISPERSION)
        if is_known[bucket]:
            cut[bucket] = min(cut[bucket], _FAR**2 * made)
        last = bucket
    enough = (count >= memory.fewest) & np.isfinite(expected)
    return np.where(enough, spread, np.nan), np.where(enough, _FREEDOM * count, np.nan)


def _first(past: Floats, mean: float) -> float:
    """Return the dispersion of the first forecasts, cut by what they give themselves."""
    spread = max(past.mean(), 1.0)
    for _ in range(2 * _ROUNDS):
        lost = (1 + _CUT_SKEWED * _skewness(spread, mean) ** 2) / _CUT_MEAN
        spread = max(lost * np.minimum(past, _FAR**2 * spread).mean(), LEAST_DISPERSION)
    return float(spread)


def _skewness(dispersion: float, mean: float) -> float:
    """Return the skewness of the negative binomial, cut where it says no more than "bursts"."""
    return min((2 * dispersion - 1) / math.sqrt(dispersion * max(mean, 1e-9)), _MOST_SKEWED)
