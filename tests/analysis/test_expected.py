"""What usually comes and what came, on a drawn collection in which all that is missing is known."""

from contextlib import closing
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.collection import cells, gaps
from pipelines.analysis.expected import (
    EXPECTED,
    SHORTFALLS,
    chance_of,
    expected_by_day,
    expected_of,
    shortfalls,
)
from pipelines.query import Interval, Query
from pipelines.store import open_store
from tests.analysis.planted import FIRST, Feed, drawn_days, write
from tests.store.build import build

DAYS = 84
WEEKDAYS = {0: 8.0, 1: 8.0, 2: 8.0, 3: 8.0, 4: 8.0, 5: 3.0, 6: 3.0}
PERIOD = Query(
    start=FIRST, end=FIRST + timedelta(days=DAYS - 2), interval=Interval.DAY
)  # the last day is going on
SILENT = frozenset(FIRST + timedelta(days=n) for n in range(70, DAYS))


def deleted(rng):
    """Draw five days, none beside another, that a feed has no good fetch on."""
    return frozenset(FIRST + timedelta(days=int(n)) for n in 2 * rng.choice(40, 5, replace=False))


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return the open store and the days deleted from the feed `broken`."""
    rng = np.random.default_rng(20150302)
    gone = deleted(rng) - {FIRST}
    feeds = [
        Feed("steady", drawn_days(rng, WEEKDAYS, DAYS)),
        Feed("broken", drawn_days(rng, WEEKDAYS, DAYS), failed=gone),
        Feed("quiet", drawn_days(rng, 1 / 7, DAYS)),
        Feed("silent", drawn_days(rng, WEEKDAYS, DAYS), lost=SILENT),
    ]
    with closing(open_store(write(tmp_path_factory.mktemp("expected") / "s", feeds))) as store:
        yield store, gone


@pytest.fixture(scope="module")
def expected(planted):
    return expected_by_day(planted[0], PERIOD)


def states(expected, source):
    rows = expected[expected["source"] == source]
    return dict(zip(rows["date"], rows["state"], strict=True))


def test_each_deleted_day_is_not_collected_and_no_other_is(planted, expected):
    store, gone = planted
    missing = expected[expected["state"] == "not collected"]
    assert set(zip(missing["source"], missing["date"], strict=True)) == {
        ("broken", day) for day in gone
    }
    found = gaps(store, PERIOD)
    assert set(found["source"]) == {"broken"}
    assert set(found["first_day"]) == gone
    assert found["days"].eq(1).all()


def test_a_deleted_day_is_no_zero_anywhere(planted, expected):
    store, gone = planted
    lost = expected[expected["date"].isin(gone) & (expected["source"] == "broken")]
    assert lost["came"].isna().all()
    rows = attention_over_time(
        store, Query(outlets=("broken",), start=PERIOD.start, end=PERIOD.end, interval=Interval.DAY)
    ).set_index("date")
    assert rows.loc[[str(day) for day in gone], "count"].isna().all()


def test_a_quiet_source_is_never_called_low(expected):
    rows = expected[expected["source"] == "quiet"]
    assert set(rows["state"]) <= {"usual", "unknown"}
    assert (rows["came"] == 0).sum() > 50


def test_a_source_that_falls_silent_though_asked_is_named_and_is_no_gap(planted, expected):
    found = states(expected, "silent")
    assert {found[day] for day in SILENT if day in found} == {"none"}
    (run,) = shortfalls(expected[expected["source"] == "silent"]).to_dict("records")
    assert run["last_day"] == PERIOD.end
    assert min(SILENT) - run["first_day"] <= timedelta(
        days=1
    )  # a weak day before may be counted in
    assert run["came"] <= 2
    assert run["usual"] > 60
    rows = cells(planted[0], PERIOD)
    low = rows[(rows["source"] == "silent") & (rows["low_days"] > 0)]
    assert set(low["state"]) == {"collected"}


def test_ordinary_weekends_are_usual(expected):
    for source in ("steady", "broken"):
        assert "low" not in states(expected, source).values()
        assert "none" not in states(expected, source).values()
    saturday = expected[
        (expected["source"] == "steady") & (expected["date"] == FIRST + timedelta(days=82 - 6))
    ]
    assert 1.5 <= saturday["usual"].item() <= 4.5


def test_the_first_weeks_are_unknown_not_usual(expected):
    first = expected[expected["date"] < FIRST + timedelta(days=28)]
    assert set(first["state"]) <= {"unknown", "not collected"}


def test_a_later_period_calls_a_day_what_an_earlier_one_did(planted, expected):
    start = FIRST + timedelta(days=60)
    later = expected_by_day(planted[0], Query(start=start, end=PERIOD.end))
    same = expected[expected["date"] >= start].reset_index(drop=True)
    pd.testing.assert_frame_equal(later, same)


def test_few_drawn_days_of_any_source_are_low_for_nothing():
    rng = np.random.default_rng(7)
    days, rates = 364, np.repeat([0.2, 0.5, 1, 2, 5, 20], 10)
    came = pd.DataFrame(
        [
            (f"s{n}", FIRST + timedelta(days=day), number)
            for n, rate in enumerate(rates)
            for day, number in enumerate(rng.poisson(rng.gamma(rate / 2, 2, days)))
        ],
        columns=["source", "day", "articles"],
    )
    last = FIRST + timedelta(days=days - 1)
    log = pd.DataFrame({"source": came["source"].unique()}).assign(
        owner="", fetched_at=pd.NaT, status="ok", complete_from=FIRST, complete_to=last
    )
    log["fetched_at"] = pd.to_datetime(log["fetched_at"], utc=True)
    low = expected_of(came, log, FIRST, last).assign(low=lambda rows: rows["state"].eq("low"))
    low["low"] |= low["state"].eq("none")
    each = low.groupby("source")["low"].mean().reindex([f"s{n}" for n in range(60)]).to_numpy()
    assert each[:20].max() == 0
    assert each.mean() < 0.001


def test_chance_is_the_negative_binomial():
    # mean 2 and variance 4: two failures of chance 1/2 each, so (n + 1) / 2 ** (n + 2)
    assert chance_of(0, 2, 2) == pytest.approx(1 / 4)
    assert chance_of(2, 2, 2) == pytest.approx(1 / 4 + 2 / 8 + 3 / 16)


def test_without_a_period_or_a_log_the_columns_stay(tmp_path):
    with closing(open_store(build(tmp_path / "store", []))) as store:
        empty = expected_by_day(store, PERIOD)
        assert list(empty) == list(expected_by_day(store, Query())) == EXPECTED
        assert list(shortfalls(empty)) == SHORTFALLS
        assert empty.empty
