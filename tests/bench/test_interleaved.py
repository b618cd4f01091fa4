"""The comparison of speeds counts work, not luck, and keeps what it is told to keep."""

from datetime import date
from pathlib import Path

from tests.bench.interleaved import Speed, compare, keep, read_kept, to_line


class Clock:
    """A clock that only work moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def work(self, seconds: float) -> None:
        self.now += seconds


def test_the_ratio_is_of_speeds_not_of_times() -> None:
    clock = Clock()
    speed = compare(
        "pages",
        lambda: clock.work(2),
        ("a slower one", lambda: clock.work(5)),
        unit="pages",
        units=10,
        aim=2,
        rounds=3,
        clock=lambda: clock.now,
    )
    assert (speed.ours, speed.theirs, speed.ratio) == (5, 2, 2.5)


def test_one_slow_round_moves_no_ratio() -> None:
    clock, calls = Clock(), iter([1, 1, 90, 1, 1])
    speed = compare(
        "pages",
        lambda: clock.work(next(calls)),
        ("another", lambda: clock.work(2)),
        unit="pages",
        units=1,
        aim=2,
        rounds=4,
        clock=lambda: clock.now,
    )
    assert speed.ratio == 2


def test_a_missed_aim_is_said() -> None:
    speed = Speed("sums", "sums", 10, "other", 20, 0.5, 1, 5)
    assert to_line(speed) == "sums: 10 sums/s, other 20: ratio 0.5 (aim 1: missed)"


def test_kept_comparisons_stay_until_they_are_made_again(tmp_path: Path) -> None:
    path = tmp_path / "speeds.json"
    first, second = (Speed(n, "sums", 10, "other", 20, 0.5, 1, 5) for n in ("one", "two"))
    keep({"a": first}, date(2026, 1, 1), path)
    keep({"b": second}, date(2026, 1, 2), path)
    assert [(s.what, s.on) for s in read_kept(path)] == [
        ("one", "2026-01-01"),
        ("two", "2026-01-02"),
    ]
