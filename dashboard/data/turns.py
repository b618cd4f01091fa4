"""Threads that have something to work out come in; so many of them at once go on.

Python runs one of them at a time anyway. With twenty at once each choice took half as much
processor time again, for handing over, and all came late: twenty sessions that ask something new
every two seconds waited 3.8 s in the median, where by turns they wait 1.9 (two cores, 200,000
articles).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local

_MOMENT = 0.05  # seconds


class Turns:
    """At most `most` threads at once have a turn."""

    def __init__(
        self, most: int, patience: float, crowded: Callable[[], None] = lambda: None
    ) -> None:
        """Let nobody wait longer than `patience` seconds: a slow question must not hold up all.

        `crowded` is called each time that somebody has waited longer than a moment.
        """
        self._free, self._patience, self._crowded = BoundedSemaphore(most), patience, crowded
        self._thread = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, and give it back at the end; who has one keeps it."""
        if getattr(self._thread, "has_turn", False):
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Leave the turn of this thread, if it has one, to others: it only waits until the end."""
        had_turn = getattr(self._thread, "has_turn", False)
        if had_turn:
            self._give_back()
        try:
            yield
        finally:
            if had_turn:
                self._take()

    def _take(self) -> None:
        in_turn = self._free.acquire(timeout=_MOMENT)
        if not in_turn:
            self._crowded()
            in_turn = self._free.acquire(timeout=self._patience)
        self._thread.has_turn, self._thread.in_turn = True, in_turn

    def _give_back(self) -> None:
        self._thread.has_turn = False
        if self._thread.in_turn:
            self._free.release()
