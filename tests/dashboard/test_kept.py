"""Results that sessions share: made once, bounded, and nobody changes those of others."""

from threading import Event, Thread

import pandas as pd
import pytest

from dashboard.data.kept import Kept


def test_a_result_is_made_once_and_the_longest_unused_goes():
    kept, made = Kept(2), []

    def make(key):
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        assert kept.take(key, lambda key=key: make(key)) == key
    assert made == ["a", "b", "c", "b"]


def test_frames_are_bounded_by_their_bytes_and_the_newest_stays():
    kept = Kept(10, most_bytes=1000)
    for key in ("a", "b"):
        kept.take(key, lambda: pd.DataFrame({"n": range(100)}))
    assert ("a" in kept, "b" in kept) == (False, True)


def test_a_reader_that_changes_its_frame_changes_no_other():
    kept = Kept(2)
    first = kept.take("a", lambda: pd.DataFrame({"n": [1, 2]}))
    first.loc[0, "n"] = 9
    first["more"] = 0
    assert kept.take("a", pd.DataFrame).to_dict("list") == {"n": [1, 2]}


def test_two_who_ask_at_once_wait_for_one_answer():
    kept, begun, go_on, made = Kept(2), Event(), Event(), []

    def make():
        begun.set()
        go_on.wait(10)
        made.append(1)
        return 5

    found = []
    threads = [Thread(target=lambda: found.append(kept.take("a", make))) for _ in range(2)]
    threads[0].start()
    begun.wait(10)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert (found, made) == ([5, 5], [1])


def test_what_fails_is_asked_again():
    kept = Kept(2)
    with pytest.raises(ValueError, match="no"):
        kept.take("a", lambda: int("no"))
    assert kept.take("a", lambda: 1) == 1
