"""The store as of a time is the store that got only what had arrived by then."""

from contextlib import closing
from datetime import timedelta
from random import Random

import pandas as pd
import pytest

from pipelines.errors import StoreMissing
from pipelines.store import last_version, last_version_at, open_store
from tests.effort import EFFORT
from tests.store.answers import answers
from tests.store.arrivals import drawn_arrivals
from tests.store.build import NOW, article, build, naming

_ARRIVALS, _TIMES = 7, 3  # of each seed; 21 times with `WIREWATCH_EFFORT=7`


@pytest.mark.parametrize("seed", range(EFFORT))
def test_as_of_a_time_is_a_store_rebuilt_from_the_arrivals_until_then(tmp_path, seed):
    draw = Random(seed)
    arrivals = drawn_arrivals(draw, _ARRIVALS)
    whole, rebuilt = tmp_path / "whole", tmp_path / "rebuilt"
    for one in arrivals:
        one.reach(whole, tmp_path)
    (tmp_path / "topics.toml").unlink()
    first, length = arrivals[1].at, arrivals[-1].at - arrivals[1].at
    to_come = list(arrivals)
    for time in sorted(first + draw.random() * length for _ in range(_TIMES)):
        while to_come and to_come[0].at <= time:
            to_come.pop(0).reach(rebuilt, tmp_path)
        _check_same(whole, rebuilt, time)


def _check_same(whole, rebuilt, time):
    then = last_version_at(whole, time)
    with closing(open_store(whole, snap=then)) as old, closing(open_store(rebuilt)) as new:
        assert old.as_of == new.as_of <= time
        said = answers(new)
        for name, answer in answers(old):
            other, expected = next(said)
            assert name == other
            pd.testing.assert_frame_equal(answer, expected, obj=name)
        assert next(said, None) is None


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Return a store of three commits, an hour apart; before the last the clock was set back."""
    path = tmp_path_factory.mktemp("three") / "store"
    for number, minutes in enumerate([0, 60, 30]):
        made = naming(article(number, text="Text."))
        build(path, [made], now=NOW + timedelta(minutes=minutes))
    assert last_version(path) == 3
    return path


@pytest.mark.parametrize(("minutes", "version"), [(0, 1), (29, 1), (30, 3), (59, 3), (600, 3)])
def test_a_time_names_the_newest_version_made_by_then(three, minutes, version):
    assert last_version_at(three, NOW + timedelta(minutes=minutes)) == version


def test_before_the_first_version_there_is_none(three, tmp_path):
    with pytest.raises(StoreMissing, match="the oldest kept is version 1 of 2015-07-01 12:00"):
        last_version_at(three, NOW - timedelta(seconds=1))
    with pytest.raises(StoreMissing, match="there is no store"):
        last_version_at(tmp_path, NOW)
