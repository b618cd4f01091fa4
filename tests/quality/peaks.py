"""How well peaks and the usual range hold on drawn series: `python -m tests.quality.peaks`.

Drawn are series of the design of `drawn_series.py`, `ROUNDS` of each make, from a fixed seed. The
tables say: how many days lie in the 95 % range; how many days a year are marked where there is no
peak, against the half that "once in two years" promises; how many planted peaks are found; what a
sevenfold outlet does; and how many of those believed at a false-discovery rate of 5 % are false.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipelines.analysis.discoveries import false_discovery_rates
from pipelines.analysis.peaks import A_YEAR, FEWEST_ARTICLES, YEARS
from pipelines.analysis.tails import usual_range
from pipelines.query import Interval
from tests.quality.drawn_series import (
    DESIGN,
    PAST,
    TEXTS_A_DAY,
    YEAR,
    Floats,
    Make,
    draw,
    measured,
    planted,
    sevenfold,
)

ROUNDS = 20
RARE = 1 / (YEARS * A_YEAR[Interval.DAY])
_SIZES = (1.5, 2.0, 3.0, 5.0)


def null_days(make: Make, rounds: int, seed: int) -> tuple[float, float, float]:
    """Return the part of days within the range, marks a year, and those of at least ten texts."""
    rng = np.random.default_rng(seed)
    inside, rare, marked = [], [], []
    for _ in range(rounds):
        made, chance = measured(draw(rng, make))
        low, high = usual_range(made.expected, made.dispersion, made.freedom)
        found = made.observed
        inside.append(((found >= low) & (found <= high))[PAST:].mean())
        rare.append((chance[PAST:] <= RARE).sum())
        marked.append(((chance <= RARE) & (found >= FEWEST_ARTICLES))[PAST:].sum())
    return float(np.mean(inside)), float(np.mean(rare)), float(np.mean(marked))


def recall(make: Make, times: float, rounds: int, seed: int) -> float:
    """Return the part of planted peaks of `times` the usual that are marked."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(rounds):
        days = PAST + np.sort(rng.choice(YEAR // 30, 8, replace=False)) * 30
        made, chance = measured(planted(rng, draw(rng, make), days, times))
        found.append(((chance <= RARE) & (made.observed >= FEWEST_ARTICLES))[days].mean())
    return float(np.mean(found))


def sevenfold_marks(make: Make, rounds: int, seed: int, *, share: float) -> tuple[float, float]:
    """Return marks in 30 days in which the largest outlet is sevenfold, and those of raw counts.

    The raw rule is the same one without the outlets' volumes: all texts as those of one outlet, of
    a corpus of steady size.
    """
    rng = np.random.default_rng(seed)
    ours, raw = [], []
    for _ in range(rounds):
        days = slice(PAST + 100, PAST + 130)
        one = draw(rng, make)
        largest = int(one.total.sum(axis=1).argmax())
        one = sevenfold(rng, one, largest, days, share=share)
        made, chance = measured(one)
        ours.append(((chance <= RARE) & (made.observed >= FEWEST_ARTICLES))[days].sum())
        steady = type(one)(
            one.found.sum(axis=0, keepdims=True),
            np.full((1, one.found.shape[1]), TEXTS_A_DAY),
            one.usable,
        )
        made, chance = measured(steady)
        raw.append(((chance <= RARE) & (made.observed >= FEWEST_ARTICLES))[days].sum())
    return float(np.mean(ours)), float(np.mean(raw))


def believed(rounds: int, seed: int) -> pd.DataFrame:
    """Return, for both ways of control at 5 %, the part of false ones and of planted ones found.

    Of 40 series of a year, ten with eight planted peaks of three times the usual each.
    """
    rng = np.random.default_rng(seed)
    ways: dict[str, Callable[[Floats], Floats]] = {
        "Benjamini-Hochberg": lambda all_of_it: _rates(all_of_it),
        "Benjamini-Yekutieli": lambda all_of_it: (
            _rates(all_of_it) * (1 / np.arange(1, all_of_it.size + 1)).sum()
        ),
    }
    rows = []
    for _ in range(rounds):
        chances, real = _forty(rng)
        for name, rates in ways.items():
            kept = rates(chances) <= 0.05
            false = (kept & ~real).sum() / max(kept.sum(), 1)
            rows.append((name, false, (kept & real).sum() / real.sum()))
    return pd.DataFrame(rows, columns=["way", "false", "found"]).groupby("way").mean()


def _forty(rng: np.random.Generator) -> tuple[Floats, Floats]:
    chances, real = [], []
    for number in range(40):
        one = draw(rng, DESIGN[int(rng.integers(len(DESIGN)))])
        days = PAST + np.sort(rng.choice(YEAR // 30, 8, replace=False)) * 30
        if number < 10:
            one = planted(rng, one, days, 3.0)
        chances.append(measured(one)[1][PAST:])
        real.append(np.isin(np.arange(PAST, PAST + YEAR), days) & (number < 10))
    return np.concatenate(chances), np.concatenate(real)


def _rates(chances: Floats) -> Floats:
    return false_discovery_rates(pd.Series(chances)).to_numpy()


def _null_table(rounds: int) -> pd.DataFrame:
    rows = [
        (one.level, one.variance, one.weekly, one.growth, *null_days(one, rounds, seed))
        for seed, one in enumerate(DESIGN)
    ]
    names = ["level", "variance", "weekly", "growth", "inside", "rare", "marked"]
    return pd.DataFrame(rows, columns=names)


def main() -> None:
    """Print the tables."""
    null = _null_table(ROUNDS)
    print(f"days without a peak, {ROUNDS} series of a year of each of {len(DESIGN)} makes")
    for name in ("level", "variance", "weekly", "growth"):
        print(null.groupby(name)[["inside", "rare", "marked"]].mean().round(3).to_string())
    print("all", null[["inside", "rare", "marked"]].mean().round(3).to_dict())
    print("\nplanted peaks found, by level and variance, at", _SIZES, "times the usual")
    for level in (3, 10, 40, 150):
        for variance in (0.0, 0.05, 0.3):
            one = Make(level, variance, 0.3, 1.0)
            parts = [recall(one, times, ROUNDS, 7) for times in _SIZES]
            print(level, variance, " ".join(f"{part:.2f}" for part in parts))
    print("\nmarks in 30 days of an outlet that publishes seven times as much (ours, raw counts)")
    for share in (1.0, 0.5):
        for variance in (0.05, 0.3):
            ours, raw = sevenfold_marks(Make(20, variance), 3 * ROUNDS, 11, share=share)
            print(f"share times {share}, variance {variance}: {ours:.2f} {raw:.2f}")
    print("\nbelieved at a false-discovery rate of 5 %")
    print(believed(ROUNDS, 5).round(3).to_string())


if __name__ == "__main__":
    main()
