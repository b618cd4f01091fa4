"""Results that all sessions share, kept as they are: a key goes in, what was made for it comes out.

`st.cache_data` pickles what it keeps and makes a copy for each reader, and looks into every field
of a key anew: with seventy questions a run that was a third of a choice whose answers were all
known. Frames are copied on write, so a reader that changes its own changes nobody else's.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import nullcontext
from threading import Lock
from typing import TypeVar

import pandas as pd

from dashboard.data.turns import Turns

T = TypeVar("T")
_SMALL = 5000  # rows


class Kept:
    """At most so many results, of frames at most so many bytes; the longest unused go first."""

    def __init__(
        self, most: int, most_bytes: int = 300_000_000, turns: Turns | None = None
    ) -> None:
        """Keep `most` results; who makes one waits for a turn, where `turns` are given."""
        self._most, self._most_bytes = most, most_bytes
        self._turn = turns.taken if turns else nullcontext
        self._found: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._making: dict[Hashable, Lock] = {}

    def __contains__(self, key: Hashable) -> bool:
        """Return whether the result for `key` is there."""
        return key in self._found

    def take(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result for `key`; where it is not there, the first who asks makes it.

        Others who ask for the same wait; what `make` raises reaches who called it.
        """
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return _own(self._found[key][0])  # type: ignore[return-value]  # made for this key
            making = self._making.setdefault(key, Lock())
        # A turn before the lock: who had the lock and no turn would hold up those who have one.
        with self._turn(), making:
            with self._lock:
                known = self._found.get(key)
            if known is None:
                try:
                    known = self._keep(key, make())
                finally:
                    with self._lock:
                        self._making.pop(key, None)
        return _own(known[0])  # type: ignore[return-value]  # as above

    def _keep(self, key: Hashable, made: object) -> tuple[object, int]:
        size = _bytes_of(made) if isinstance(made, pd.DataFrame) else 0
        with self._lock:
            _, before = self._found.pop(key, (None, 0))  # by one who asked while another failed
            self._found[key] = made, size
            self._bytes += size - before
            while len(self._found) > self._most or (
                self._bytes > self._most_bytes and len(self._found) > 1
            ):
                _, (_, gone) = self._found.popitem(last=False)
                self._bytes -= gone
        return made, size


def _own(made: object) -> object:
    return made.copy(deep=False) if isinstance(made, pd.DataFrame) else made


def _bytes_of(frame: pd.DataFrame) -> int:
    """Return about how many bytes a frame takes; of a small one it is not worth asking."""
    return int(frame.memory_usage().sum()) if len(frame) > _SMALL else 16 * frame.size
