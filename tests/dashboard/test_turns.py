"""Turns: so many threads work at once, and no slow one holds up all others."""

from threading import Barrier, Event, Thread

from dashboard.data.kept import Kept
from dashboard.data.turns import Turns


def _started(calls):
    threads = [Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    return threads


def test_no_more_than_so_many_have_a_turn_at_once():
    turns, both, at_work, most = Turns(2, patience=60), Barrier(2), [], []

    def work():
        with turns.taken():
            at_work.append(1)
            most.append(len(at_work))
            both.wait(10)  # two at a time, or this fails
            at_work.pop()

    for thread in _started([work] * 6):
        thread.join(20)
    assert len(most) == 6
    assert max(most) <= 2


def test_who_has_a_turn_needs_no_second_one():
    kept = Kept(9, turns=Turns(1, patience=60))
    assert kept.take("sum", lambda: kept.take("one", lambda: 1) + kept.take("two", lambda: 2)) == 3


def test_what_is_known_waits_for_no_turn():
    kept, begun, go_on = Kept(9, turns=Turns(1, patience=60)), Event(), Event()
    kept.take("known", lambda: 5)

    def slow():
        begun.set()
        return go_on.wait(10)

    (thread,) = _started([lambda: kept.take("slow", slow)])
    begun.wait(10)
    assert kept.take("known", lambda: 6) == 5
    go_on.set()
    thread.join(10)


def test_nobody_waits_longer_than_patience_lasts():
    turns, begun, go_on = Turns(1, patience=0.05), Event(), Event()

    def slow():
        with turns.taken():
            begun.set()
            go_on.wait(10)

    (thread,) = _started([slow])
    begun.wait(10)
    for _ in range(2):  # the turn that was not had is not given back
        with turns.taken():
            assert thread.is_alive()
    go_on.set()
    thread.join(10)
    with turns.taken():
        pass


def test_a_turn_is_given_back_after_an_error():
    turns = Turns(1, patience=60)
    kept = Kept(9, turns=turns)
    for _ in range(3):
        try:
            kept.take("a", lambda: 1 / 0)
        except ZeroDivisionError:
            continue
    assert kept.take("a", lambda: 1) == 1


def test_who_only_waits_lends_the_turn_and_has_it_again_after():
    turns, went = Turns(1, patience=60), []

    def other():
        with turns.taken():
            went.append("other")

    with turns.taken():
        with turns.lent():
            (thread,) = _started([other])
            thread.join(10)
        (second,) = _started([other])
        second.join(0.2)
        assert (went, second.is_alive()) == (["other"], True)
    second.join(10)
    with turns.lent():  # who has none lends none
        pass
    assert went == ["other", "other"]


def test_only_a_wait_is_told():
    told = []
    turns = Turns(1, patience=0.05, crowded=lambda: told.append("crowded"))
    with turns.taken():
        assert told == []
        (thread,) = _started([lambda: turns.taken().__enter__()])
        thread.join(10)
    assert told == ["crowded"]
