"""The smallest stretches that hold a loose phrase are those that trying everything finds."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.querylang.loose import smallest_stretches

LENGTH = 9
places = st.lists(
    st.sets(st.integers(0, LENGTH - 1), min_size=1).map(sorted), min_size=2, max_size=4
)


def tried(places, paragraphs, slop):
    chosen = [c for c in product(*places) if len(set(c)) == len(c)]
    stretches = {(min(c), max(c)) for c in chosen if paragraphs[min(c)] == paragraphs[max(c)]}
    fitting = [(a, z) for a, z in stretches if z - a < len(places) + slop]
    return sorted(
        (a, z)
        for a, z in fitting
        if not any((b, y) != (a, z) and a <= b and y <= z for b, y in stretches)
    )


@settings(max_examples=1_000)
@given(places, st.integers(0, LENGTH), st.integers(0, 5))
def test_stretches_are_those_that_trying_all_choices_finds(places, second_paragraph, slop):
    paragraphs = [int(place >= second_paragraph) for place in range(LENGTH)]
    found = smallest_stretches(places, paragraphs, slop)
    assert found == tried(places, paragraphs, slop)
