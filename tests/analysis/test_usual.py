"""What is usual: on drawn series of known make, how often it is right, and what cannot move it."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pipelines.analysis.usual import usual
from tests.quality.drawn_series import DAILY, DESIGN, PAST, Make, draw, measured, sevenfold
from tests.quality.peaks import RARE, null_days, recall, sevenfold_marks


@cache
def _null():
    """Return the means of the design over two series of each make (the long form has twenty)."""
    return np.mean([null_days(one, 2, seed) for seed, one in enumerate(DESIGN)], axis=0)


def test_nineteen_of_twenty_days_lie_in_the_usual_range():
    assert 0.93 <= _null()[0] <= 0.97


def test_a_mark_comes_by_chance_once_in_two_years():
    # 96 drawn years without a peak; the standard error of the rate is about .1 a year.
    assert 0.25 <= _null()[1] <= 0.75


def test_planted_peaks_are_found():
    steady = Make(10, 0.0, 0.3)
    assert recall(steady, 5.0, 3, seed=7) == 1.0
    assert recall(steady, 3.0, 3, seed=7) >= 0.6
    assert recall(Make(40, 0.05, 0.3), 3.0, 3, seed=7) >= 0.9


def test_a_sevenfold_outlet_moves_no_peak():
    ours, raw = sevenfold_marks(Make(20, 0.05), 10, seed=11, share=1.0)
    assert ours <= 0.3  # marks in 30 days, by chance .04: at most three in ten trials
    assert raw >= 0.5  # what counts without denominators would have marked


def test_a_sevenfold_outlet_whose_share_falls_moves_none_either():
    ours, _ = sevenfold_marks(Make(20, 0.05), 10, seed=11, share=0.5)
    assert ours <= 0.3


def _drawn(seed=3, **make):
    return draw(np.random.default_rng(seed), Make(**{"level": 20} | make))


def test_days_to_come_say_nothing_of_a_day():
    whole = _drawn()
    cut = replace(
        whole,
        found=whole.found[:, :200],
        total=whole.total[:, :200],
        usable=whole.usable[:200],
    )
    now, later = usual(cut, DAILY), usual(whole, DAILY)
    np.testing.assert_allclose(now.expected, later.expected[:200])
    np.testing.assert_allclose(now.dispersion, later.dispersion[:200])


def test_a_gap_is_no_zero():
    one = _drawn()
    gap = slice(PAST + 20, PAST + 40)
    found, total, usable = one.found.copy(), one.total.copy(), one.usable.copy()
    found[:, gap], total[:, gap], usable[gap] = 0, 0, False
    holed = usual(replace(one, found=found, total=total, usable=usable), DAILY)
    assert np.isnan(holed.expected[gap]).all()
    after = slice(PAST + 40, PAST + 45)
    ratio = holed.expected[after].sum() / usual(one, DAILY).expected[after].sum()
    assert ratio == pytest.approx(1, abs=0.15)


def test_a_day_collected_in_part_is_measured_by_that_part():
    one = _drawn()
    day = PAST + 30
    found, total = one.found.copy(), one.total.copy()
    total[3:, day] = found[3:, day] = 0  # nine of twelve outlets were not fetched
    made, chance = measured(replace(one, found=found, total=total))
    assert made.expected[day] < usual(one, DAILY).expected[day] / 2
    assert chance[day] > 0.01


def test_a_new_outlet_makes_no_peak():
    one = _drawn()
    day = PAST + 50
    found, total = one.found.copy(), one.total.copy()
    total[0, :day] = found[0, :day] = 0
    total[0, day:], found[0, day:] = 90, 80  # a paper on nothing but this topic joins
    made, chance = measured(replace(one, found=found, total=total))
    assert chance[day : day + 14].min() > RARE
    assert made.newcomers[day] == 80
    assert made.newcomers[day + 14] == 0  # by then it has a past, and its share is known
    assert made.expected[day + 20] > 40


def test_the_weekday_is_known():
    made = usual(_drawn(weekly=0.3), DAILY)
    expected = made.expected[PAST:]
    day = np.arange(PAST, PAST + len(expected)) % 7
    on, off = expected[day == 0].mean(), expected[day == 3].mean()
    assert on / off == pytest.approx(1.3 / (1 + 0.3 * np.cos(6 * np.pi / 7)), rel=0.2)


def test_a_series_without_a_past_has_no_forecast():
    made = usual(_drawn(), DAILY)
    assert np.isnan(made.expected[: DAILY.fewest]).all()
    assert np.isnan(made.dispersion[: 2 * DAILY.fewest]).all()
    assert np.isfinite(made.dispersion[2 * DAILY.fewest + 1 :]).all()


def test_a_topic_that_nobody_named_before_is_no_division_by_zero():
    one = _drawn()
    found = np.zeros_like(one.found)
    found[:4, PAST] = 3
    made, chance = measured(replace(one, found=found))
    assert 0 < made.expected[PAST] < 0.5
    assert chance[PAST] < RARE


def test_a_burst_of_one_outlet_is_seen_as_that_of_one():
    one = sevenfold(np.random.default_rng(1), _drawn(), 2, slice(PAST, PAST + 1))
    made = usual(one, DAILY)
    assert made.by_outlet[2, PAST] > made.by_outlet[2, PAST - 7] * 3
