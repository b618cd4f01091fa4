"""False-discovery rates over many chances at once."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analysis.discoveries import false_discovery_rates


def test_rates_are_those_of_the_published_example():
    # Benjamini and Hochberg 1995, section 4: of 15 chances four are believed at 5 %.
    in_ten_thousand = "1 4 19 95 201 278 298 344 459 3240 4262 5719 6528 7590 10000"
    chances = pd.Series([int(one) / 10_000 for one in in_ten_thousand.split()])
    rates = false_discovery_rates(chances)
    assert (rates <= 0.05).sum() == 4
    assert rates.iloc[3] == pytest.approx(0.0095 * 15 / 4)
    assert rates.is_monotonic_increasing


def test_rates_follow_their_chances_whatever_the_order():
    chances = pd.Series([0.9, 0.001, np.nan, 0.02], index=[7, 3, 5, 1])
    rates = false_discovery_rates(chances)
    assert rates.index.tolist() == [7, 3, 5, 1]
    assert rates.loc[3] == pytest.approx(0.003)
    assert np.isnan(rates.loc[5])


def test_nothing_gives_nothing():
    assert false_discovery_rates(pd.Series([], dtype=float)).empty
