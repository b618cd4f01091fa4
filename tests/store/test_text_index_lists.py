"""Lists of positions come back from their bytes as they were, whole and in part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.store.fulltext.codec import PADDING, decode, decode_one, encode, layout
from tests.effort import EFFORT


def _drawn(seed: int, sizes: list[int], universe: int) -> list[np.ndarray]:
    draw = np.random.default_rng(seed)
    return [np.sort(draw.choice(universe, size, replace=False)) for size in sizes]


def _coded(lists: list[np.ndarray], universe: int):
    counts = np.array([len(one) for one in lists])
    low, high = encode(np.concatenate(lists).astype(np.int64), counts, universe)
    return np.append(low, np.zeros(PADDING, np.uint8)), high, counts


@given(
    seed=st.integers(0, 10**6),
    sizes=st.lists(st.sampled_from([1, 7, 300, 2_500, 5_001]), min_size=1, max_size=4),
    universe=st.sampled_from([5_001, 70_000, 3_000_000]),
    part=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
@settings(max_examples=40 * EFFORT)
def test_a_list_is_what_was_written_whole_and_in_part(seed, sizes, universe, part):
    lists = _drawn(seed, sizes, universe)
    low, high, counts = _coded(lists, universe)
    assert np.array_equal(decode(low, high, counts, universe), np.concatenate(lists))
    begin, end = sorted(int(one * universe) for one in part)
    places = layout(counts, universe)
    lows, highs = np.cumsum(places.low_bytes), np.cumsum(places.high_bytes)
    for n, written in enumerate(lists):
        where = {
            "low_at": int(lows[n] - places.low_bytes[n]),
            "high_at": int(highs[n] - places.high_bytes[n]),
        }
        whole = decode_one(low, high, len(written), universe, **where)
        assert np.array_equal(whole, written)
        found = decode_one(low, high, len(written), universe, **where, begin=begin, end=end)
        assert np.array_equal(found, written[(written >= begin) & (written < end)])


@pytest.mark.parametrize("universe", [4_000, 4_001, 2**31], ids=["full", "dense", "wide"])
def test_a_list_of_neighbours_is_what_was_written(universe):
    written = np.arange(4_000)
    low, high, _ = _coded([written], universe)
    assert np.array_equal(decode_one(low, high, 4_000, universe), written)
    found = decode_one(low, high, 4_000, universe, begin=3_999)
    assert found.tolist() == [3_999]
