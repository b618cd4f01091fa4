"""The adjusted share on drawn outlets of which some were not collected for a week."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis.trend import trend
from pipelines.query import Interval, Measure, Query, Unit
from pipelines.store import open_store
from tests.analysis.planted import FIRST, Feed, write
from tests.store.build import Written, article, build, on_day

DAYS, OUTLETS = 42, 10
WEEK = [FIRST + timedelta(days=n) for n in range(28, 35)]
ASKED = Query(
    topics=("syria",),
    start=FIRST + timedelta(days=14),
    end=FIRST + timedelta(days=DAYS - 2),
    interval=Interval.DAY,
    measure=Measure.ADJUSTED,
)


def drawn(seed):
    """Draw outlets that differ in size and in how much they write of Syria, on a moving subject."""
    rng = np.random.default_rng(seed)
    per_day = rng.uniform(2, 6, OUTLETS)
    share = np.where(np.arange(OUTLETS) < 3, 0.6, rng.uniform(0.05, 0.2, OUTLETS))
    attention = np.exp(0.2 * rng.normal(size=DAYS))
    articles = rng.poisson(per_day[:, None], (OUTLETS, DAYS)) + 1
    named = rng.binomial(articles, np.clip(share[:, None] * attention, 0, 0.95))
    return [
        Feed(f"outlet{n}", tuple(zip(articles[n].tolist(), named[n].tolist(), strict=True)))
        for n in range(OUTLETS)
    ]


def shown(folder, feeds, query=ASKED):
    """Return the frame of a store of these feeds, by day."""
    with closing(open_store(write(folder, feeds))) as store:
        frame = trend(store, query)
    return frame[frame["bucket_end"].notna()].set_index("date")


@pytest.fixture(scope="module")
def feeds():
    return drawn(11)


@pytest.fixture(scope="module")
def whole(feeds, tmp_path_factory):
    return shown(tmp_path_factory.mktemp("whole") / "s", feeds)


@pytest.fixture(scope="module")
def broken(feeds, tmp_path_factory):
    """Return the same where three of ten, which write most of Syria, were down for a week."""
    down = [replace(feed, failed=frozenset(WEEK)) for feed in feeds[:3]]
    return shown(tmp_path_factory.mktemp("broken") / "s", [*down, *feeds[3:]])


def test_errors_are_below_those_of_share_and_raw_count(whole, broken):
    week = [str(day) for day in WEEK]
    truth, seen = whole.loc[week], broken.loc[week]
    adjusted = (seen["adjusted_ratio"] / truth["ratio"] - 1).abs().mean()
    share = (seen["ratio"] / truth["ratio"] - 1).abs().mean()
    count = (seen["count"] / truth["count"] - 1).abs().mean()
    assert adjusted < 0.25
    assert share > 2 * adjusted
    assert count > 2 * adjusted


def test_days_of_which_nothing_is_missing_keep_their_share(broken):
    others = broken[~broken.index.isin([str(day) for day in WEEK])]
    assert others["missing_ratio"].eq(0).all()
    pd.testing.assert_series_equal(
        others["adjusted_ratio"], others["ratio"], check_names=False, check_dtype=False
    )


def test_the_part_that_is_missing_is_said(whole, broken, feeds):
    week = [str(day) for day in WEEK]
    usual = [np.mean([n for n, _ in feed.days]) for feed in feeds]
    part = broken.loc[week, "missing_ratio"]
    assert part.mean() == pytest.approx(sum(usual[:3]) / sum(usual), abs=0.05)


def test_where_more_than_half_is_missing_it_is_empty(feeds, tmp_path):
    down = [replace(feed, failed=frozenset(WEEK)) for feed in feeds[:7]]
    rows = shown(tmp_path / "s", [*down, *feeds[7:]], replace(ASKED, interval=Interval.WEEK))
    assert rows.loc[str(WEEK[0]), "ratio"] > 0
    assert rows.loc[str(WEEK[0]), "missing_ratio"] > 0.5
    assert rows["adjusted_ratio"].isna().tolist() == [day == str(WEEK[0]) for day in rows.index]


def test_weeks_are_adjusted_like_days(whole, broken, feeds, tmp_path):
    down = [replace(feed, failed=frozenset(WEEK)) for feed in feeds[:3]]
    asked = replace(ASKED, interval=Interval.WEEK)
    week = shown(tmp_path / "s", [*down, *feeds[3:]], asked).loc[str(WEEK[0])]
    days = whole.loc[[str(day) for day in WEEK]]
    truth = days["count"].sum() / days["total_count"].sum()
    assert abs(week["adjusted_ratio"] - truth) < abs(week["ratio"] - truth) / 2


@pytest.mark.parametrize("unit", [Unit.MENTIONS, Unit.TEXTS])
def test_units_that_do_not_add_up_over_sources_have_none(feeds, tmp_path, unit):
    rows = shown(tmp_path / "s", feeds[:2], replace(ASKED, unit=unit))
    assert rows["adjusted_ratio"].isna().all()


def test_without_a_log_nobody_knows_what_is_missing(tmp_path):
    written = [Written(article(n, on_day(FIRST))) for n in range(30)]
    with closing(open_store(build(tmp_path / "store", written))) as store:
        rows = trend(store, Query(start=FIRST, end=FIRST, measure=Measure.ADJUSTED))
    assert rows["ratio"].iloc[0] == 1
    assert rows["adjusted_ratio"].isna().all()
