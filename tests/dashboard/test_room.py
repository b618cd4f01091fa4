"""What is kept free beside a plot for the words of its axes."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.charts.room import below, upright_ticks


@pytest.mark.parametrize(
    ("top", "share", "step", "left"),
    [
        (1.0, False, 1, 53),
        (225.0, False, 50, 65),
        (1.08, True, 0.2, 75),
        (9_000.0, False, 2_000, 74),
        (108_000.0, False, 20_000, 86),
    ],
)
def test_the_room_is_what_plotly_leaves_when_it_looks_for_it(top, share, step, left):
    """The figures are plotly's own, read in a browser at both sizes with its search on."""
    ticks, room = upright_ticks(top, share=share)
    assert ticks["dtick"] == pytest.approx(step)
    assert room == left
    assert (below(two_lines=True), below(two_lines=False)) == (74, 59)


@given(some.floats(1e-6, 1.08))
def test_every_tick_of_a_share_has_words_of_its_own(top):
    ticks, _ = upright_ticks(top, share=True)
    step, digits = ticks["dtick"], int(ticks["tickformat"].strip(".%"))
    words = [f"{n * step:.{digits}%}" for n in range(int(top / step) + 1)]
    assert len(set(words)) == len(words)
    assert 2 <= len(words) <= 7


@given(some.floats(1.0, 1e9))
def test_counts_have_no_part_of_one_between_two_ticks(top):
    ticks, _ = upright_ticks(top, share=False)
    assert ticks["dtick"] == int(ticks["dtick"])
    assert 1 <= top / ticks["dtick"] <= 6.01
