"""The sample of a text: fixed by its words, alike for what two texts share."""

from hashlib import sha256

import numpy as np
import pytest

from pipelines.syndication import METHOD, make_sketch
from pipelines.syndication.sketch import limit
from tests.syndication.test_assign import words


def hashes(text):
    return np.frombuffer(make_sketch(text).hashes, "<u4").tolist()


def test_a_sketch_is_the_same_in_every_run_and_release():
    """Stored sketches are compared with new ones: where this fails, raise `METHOD`."""
    made = make_sketch([f"word{n * n}" for n in range(1000)])
    digest = sha256(made.hashes + made.places).hexdigest()[:16]
    assert (METHOD, made.size, made.level, digest) == (1, 997, 4, "72895788650067c9")


@pytest.mark.parametrize("count", [20, 60, 200, 1000, 5000])
def test_a_sketch_keeps_at_least_32_sequences_or_all(count):
    made = make_sketch(words("any", count))
    assert made.size == count - 3
    assert len(made.places) >= min(32, made.size)
    assert max(hashes(words("any", count))) <= limit(made.level)


def test_a_part_of_a_text_keeps_what_the_whole_keeps_of_it():
    whole, part = words("any", 3000), words("any", 3000)[1000:2500]
    assert make_sketch(part).level == make_sketch(whole).level
    assert set(hashes(part)) <= set(hashes(whole))


def test_sequences_that_come_again_count_once():
    text = words("any", 100)
    assert make_sketch(text * 5).size <= make_sketch(text).size + 3


def test_places_run_from_begin_to_end():
    places = list(make_sketch(words("any", 400)).places)
    assert places == sorted(places)
    assert places[0] < 40 < 216 < places[-1]


def test_half_a_surrogate_in_a_word_is_hashed():
    assert make_sketch(["\ud800", *words("any", 30)]).size == 28
