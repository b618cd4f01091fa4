"""Print how far share, raw count and adjusted share are off where sources are missing for a week.

Usage: python -m tests.bench.adjusted_error [ROUNDS]   (default 20; drawn from a seed)

Each round draws outlets, writes a real store that lacks some of them for a week, and asks it.
Outlets differ in size (log-normal), in how much they write of the subject (log-normal) and in how
much less on weekends; the subject moves from day to day alike for all, and for each outlet by
itself. The truth are the numbers drawn. Errors are means of |seen / truth - 1|, by day or for the
week as one bucket, where the adjusted share is not left empty. `renormalised` has weights fixed by
the usual size of an outlet, shared out among those that are there: direct standardisation.
"""

import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.analysis.trend import trend
from pipelines.query import Interval, Measure, Query
from pipelines.store import open_store
from tests.analysis.planted import FIRST, Feed, write

DAYS, MISSING = 56, 7
_DESIGNS = {
    "20 outlets, 3 in 10 missing": {},
    "outlets more alike": {"unlike": 0.5},
    "each outlet moves by itself": {"own": 0.6},
    "8 outlets": {"outlets": 8},
    "4 in 10 missing": {"part": 0.4},
}


def drawn(
    rng: np.random.Generator, *, outlets: int, unlike: float, own: float
) -> tuple[list[Feed], np.ndarray, np.ndarray]:
    """Return outlets with their feeds, and the numbers in them: articles, those on the subject."""
    size = rng.lognormal(0, 0.7, outlets)
    size *= 4 * outlets / size.sum()
    share = np.clip(0.12 * rng.lognormal(0, unlike, outlets), 0, 0.6)
    weekend = np.array([1, 1.1, 1.1, 1, 1, 0.55, 0.45])[np.arange(DAYS) % 7]
    pace = weekend[None] ** rng.uniform(0, 2, (outlets, 1))
    articles = rng.poisson(size[:, None] * pace)
    moves = np.exp(0.25 * rng.normal(size=DAYS) + own * rng.normal(size=(outlets, DAYS)))
    named = rng.binomial(articles, np.clip(share[:, None] * moves, 0, 0.95))
    feeds = [
        Feed(f"outlet{n}", tuple(zip(articles[n].tolist(), named[n].tolist(), strict=True)))
        for n in range(outlets)
    ]
    return feeds, articles, named


def asked(path: Path, interval: Interval, buckets: list[str]) -> pd.DataFrame:
    """Return the rows of some buckets from a store."""
    query = Query(
        ("syria",),
        start=FIRST,
        end=FIRST + timedelta(days=DAYS - 2),
        interval=interval,
        measure=Measure.ADJUSTED,
    )
    with closing(open_store(path)) as store:
        return trend(store, query).set_index("date").loc[buckets]


def round_of(rng: np.random.Generator, **design: float) -> pd.DataFrame:
    """Return the errors of one round, one row by day and one by week."""
    given = {"outlets": 20, "unlike": 0.8, "own": 0.3, "part": 0.3} | design
    part = given.pop("part")
    feeds, articles, named = drawn(rng, **given)
    first = 7 * int(rng.integers(4, 7))
    days = slice(first, first + MISSING)
    week = [FIRST + timedelta(days=first + n) for n in range(MISSING)]
    gone = sorted(rng.choice(len(feeds), round(part * len(feeds)), replace=False).tolist())
    down = [
        replace(feed, failed=frozenset(week)) if n in gone else feed for n, feed in enumerate(feeds)
    ]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "store", down)
        for interval, buckets in ((Interval.DAY, week), (Interval.WEEK, week[:1])):
            seen = asked(path, interval, [str(day) for day in buckets])
            fixed = renormalised(articles, named, gone, days, interval)
            count, total = (in_buckets(grid[:, days], interval) for grid in (named, articles))
            rows.append(off(seen, fixed, count.sum(axis=0), total.sum(axis=0)))
    return pd.DataFrame(rows).assign(bucket=["day", "week"])


def in_buckets(grid: np.ndarray, interval: Interval) -> np.ndarray:
    """Return numbers by outlet and day as they are, or the sums of the week."""
    return grid.sum(axis=1, keepdims=True) if interval is Interval.WEEK else grid


def off(
    seen: pd.DataFrame, fixed: np.ndarray, count: np.ndarray, total: np.ndarray
) -> dict[str, float]:
    """Return by how much each measure is off, where the adjusted share is not left empty."""
    known = seen["adjusted_ratio"].notna().to_numpy() & (count > 0)
    truth = np.where(count > 0, count / np.maximum(total, 1), np.nan)
    parts = {
        "raw count": seen["count"].to_numpy(float) / np.maximum(count, 1),
        "share": seen["ratio"].to_numpy(float) / truth,
        "renormalised": fixed / truth,
        "adjusted": seen["adjusted_ratio"].to_numpy(float) / truth,
    }
    nothing = float("nan")
    errors = {
        name: float(np.abs(x[known] - 1).mean()) if known.any() else nothing
        for name, x in parts.items()
    }
    return errors | {"left empty": float(seen["adjusted_ratio"].isna().mean())}


def renormalised(
    articles: np.ndarray, named: np.ndarray, gone: list[int], days: slice, interval: Interval
) -> np.ndarray:
    """Return the directly standardised share of the outlets that are there."""
    here = np.setdiff1d(np.arange(len(articles)), gone)
    total, own = articles[here, days], named[here, days]
    total, own = in_buckets(total, interval), in_buckets(own, interval)
    weight = articles[here].mean(axis=1)[:, None] * (total > 0)
    return np.asarray((weight * own / np.maximum(total, 1)).sum(axis=0) / weight.sum(axis=0))


def main(rounds: int) -> None:
    """Print a table for docs/quality.md."""
    names = ["raw count", "share", "renormalised", "adjusted", "left empty"]
    print(f"| drawn | bucket | {' | '.join(names)} | adjusted beats share |")
    print("|---|---|" + "---|" * (len(names) + 1))
    for label, design in _DESIGNS.items():
        rng = np.random.default_rng(20150302)
        rows = pd.concat([round_of(rng, **design) for _ in range(rounds)])
        for bucket, own in rows.groupby("bucket"):
            better = (own["adjusted"] < own["share"])[own["adjusted"].notna()].mean()
            means = " | ".join(f"{own[name].mean():.3f}" for name in names)
            print(f"| {label} | {bucket} | {means} | {better:.2f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
