"""Places of words: which document holds each, what is kept of them, what stands about others."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.article import Zone, ZoneSpan
from pipelines.store.asking.recent import Recent
from pipelines.store.fulltext import lists, places, space
from pipelines.store.fulltext.documents import Drafted
from pipelines.store.fulltext.hits import Hits
from pipelines.store.fulltext.holders import Holders
from pipelines.store.fulltext.lists import Lists
from pipelines.store.fulltext.segment import open_segment
from pipelines.store.fulltext.space import Space
from tests.effort import EFFORT

_SIZES = st.sampled_from([0, 1, 20, 127, 128, 129, 400])


@given(st.lists(_SIZES, min_size=1, max_size=40), st.integers(1, 10))
@settings(max_examples=50 * EFFORT)
def test_the_document_of_a_place_is_the_last_that_begins_before_it(sizes, first):
    ends = np.cumsum([first, *sizes])
    starts, every = np.append(0, ends[:-1]), np.arange(ends[-1])
    expected = np.searchsorted(starts, every, "right") - 1
    assert np.array_equal(Holders(starts, int(ends[-1])).of(every), expected)


def _hits(firsts: Iterable[int], draw: np.random.Generator) -> Hits:
    begins = np.array(sorted(firsts), np.int64)
    return Hits(begins, begins, begins + draw.integers(0, 4, len(begins)))


_places = st.sets(st.integers(0, 3_000), max_size=60)


@given(_places, _places, st.integers(0, 100), st.integers(0, 10**6))
@settings(max_examples=50 * EFFORT)
def test_a_rough_look_misses_none_that_stands_beside_another(these, those, distance, seed):
    draw = np.random.default_rng(seed)
    own, others = _hits(these, draw), _hits(those, draw)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(places, "_FEW", 0)
        rough = set(places.about(own, others, distance).tolist())
    assert rough >= set(places.beside(own, others, distance).tolist())


@pytest.fixture
def of_two_parts(tmp_path) -> Space:
    """Return a space of two segments of ten documents, each of other words with the same begin."""
    segments = []
    for part in range(2):
        drafted = Drafted()
        for number in range(10):
            text = " ".join(f"ab{chr(97 + (number + k) % 20)}{chr(97 + part)}" for k in range(10))
            drafted.add(part * 10 + number, text, [ZoneSpan(0, len(text), Zone.BODY)])
        drafted.write(tmp_path / f"{part}")
        segments.append(open_segment(tmp_path / f"{part}"))
    return Space(segments)


@pytest.mark.parametrize("kept", [False, True], ids=["read", "kept"])
@pytest.mark.parametrize("alone", [0, 1_000], ids=["read at once", "read one by one"])
def test_words_in_some_documents_are_part_of_all(of_two_parts, monkeypatch, kept, alone):
    monkeypatch.setattr(space, "_ALONE", alone)
    ranges = [(1, 3), (8, 12), (15, 16), (18, 20)]
    some = of_two_parts.narrowed(ranges)
    if kept:
        of_two_parts.of_prefix(b"ab")
    found = some.of_prefix(b"ab")
    every = of_two_parts.of_prefix(b"ab")
    slots = of_two_parts.slots(every)
    inside = np.logical_or.reduce([(slots >= first) & (slots < last) for first, last in ranges])
    assert np.array_equal(found, every[inside])


def test_lists_are_kept_until_others_were_used_later(monkeypatch):
    monkeypatch.setattr(lists, "_MOST_BYTES", 16 * 100)
    kept = Lists()
    for name in "abcd":
        kept.keep(name, np.arange(25))
    assert kept.get("a") is not None
    kept.keep("e", np.arange(25))
    assert [name for name in "abcde" if kept.get(name) is None] == ["b"]
    kept.keep("long", np.arange(26))
    assert kept.get("long") is None


def test_documents_are_looked_up_once_for_a_list_that_is_kept():
    kept, asked = Lists(), []

    def find(found: np.ndarray) -> np.ndarray:
        asked.append(len(found))
        return found // 10

    kept.keep("word", np.arange(50))
    for _ in range(2):
        places_of_word = kept.get("word")
        assert places_of_word is not None
        assert kept.slots(places_of_word, find)[-1] == 4
        kept.slots(np.arange(7), find)
    assert asked == [50, 7, 7]


def test_a_list_that_is_kept_cannot_be_changed():
    kept = Lists()
    kept.keep("word", np.arange(50))
    with pytest.raises(ValueError, match="read-only"):
        kept.get("word")[0] = 1  # type: ignore[index]


def test_only_what_was_not_asked_for_last_is_read_again():
    recent, asked = Recent[str](30), []

    def read(missing: list[int]) -> Iterable[tuple[int, str, int]]:
        asked.append(missing)
        return [(number, str(number), 10) for number in missing if number < 100]

    assert recent.of([1, 2, 100], read) == {1: "1", 2: "2"}
    assert recent.of([2, 3], read) == {2: "2", 3: "3"}
    assert recent.of([4, 1], read) == {1: "1", 4: "4"}
    assert recent.of([3, 4], read) == {3: "3", 4: "4"}
    assert asked == [[1, 2, 100], [3], [4]]
