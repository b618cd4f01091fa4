"""The files of the text index give back what was put in."""

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.store.fulltext.codec import PADDING, decode, encode, layout
from pipelines.store.fulltext.dictionary import BLOCK, Dictionary, blocks_of, first_keys
from pipelines.store.fulltext.keys import after
from pipelines.store.fulltext.merge import FANOUT, due

UNIVERSES = st.integers(1, 2**32 - 1)


@st.composite
def lists(draw):
    universe = draw(UNIVERSES)
    sets = draw(st.lists(st.sets(st.integers(0, universe - 1), min_size=1), min_size=1, max_size=6))
    return universe, [sorted(one) for one in sets]


@given(lists())
def test_lists_come_back_as_they_were(made):
    universe, wanted = made
    counts, whole = np.array([len(one) for one in wanted]), list(chain.from_iterable(wanted))
    low, high = encode(np.array(whole, np.int64), counts, universe)
    padded = np.append(low, np.zeros(PADDING, np.uint8))
    assert decode(padded, high, counts, universe).tolist() == whole
    sizes = layout(counts, universe)
    for place, one in enumerate(wanted):
        alone = decode(
            padded,
            high,
            counts[place : place + 1],
            universe,
            low_at=int(sizes.low_bytes[:place].sum()),
            high_at=int(sizes.high_bytes[:place].sum()),
        )
        assert alone.tolist() == one


def test_a_common_word_takes_about_two_bits_and_a_half_a_place():
    places = np.arange(0, 100_000, 2)
    low, high = encode(places, np.array([len(places)]), 100_000)
    assert (len(low) + len(high)) * 8 / len(places) < 3.6


def made_dictionary(words: list[str]) -> Dictionary:
    keys = sorted(word.encode() for word in words)
    lengths, counts = np.array([len(key) for key in keys], np.uint16), np.ones(len(keys), np.uint32)
    blocks = blocks_of(lengths.astype(np.int64), counts.astype(np.int64), 100)
    text = b"".join(keys)
    firsts = first_keys(text, lengths, blocks)
    return Dictionary(text, lengths, counts, blocks, firsts, 100)


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=5)


@given(st.lists(words, unique=True, max_size=3 * BLOCK), words)
def test_a_key_is_found_where_it_is_and_nowhere_else(known, asked):
    dictionary = made_dictionary(known)
    keys = sorted(word.encode() for word in known)
    assert list(dictionary.keys()) == keys
    for key in keys:
        assert keys[dictionary.find(key)] == key
    assert (dictionary.find(asked.encode()) >= 0) == (asked in known)


@given(st.lists(words, unique=True, max_size=3 * BLOCK), words.filter(bool))
def test_keys_that_begin_so_stand_between_two_bounds(known, asked):
    dictionary, prefix = made_dictionary(known), asked.encode()
    first, last = dictionary.first_from(prefix), dictionary.first_from(after(prefix))
    keys = list(dictionary.keys())
    assert keys[first:last] == [key for key in keys if key.startswith(prefix)]


def test_segments_of_one_size_are_joined_and_others_left():
    assert due([10**9, *[1000] * (FANOUT - 1)]) == []
    assert due([10**9, *[1000] * FANOUT]) == list(range(1, FANOUT + 1))
