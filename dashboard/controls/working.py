"""What takes a while and must not stop half way goes in; its progress, and in the end its result.

Streamlit ends a run of the page as soon as the reader clicks anything. So the work has a thread of
its own and goes on, whatever the reader does and also when they leave; whoever comes back to the
page in the same session sees how far it is, or what came of it.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

import streamlit as st

T = TypeVar("T")
Progress = Callable[[int, int], None]
_LOOK = 0.1  # seconds between looks at how far it is


class Work(Generic[T]):
    """One piece of work, begun when it is made."""

    def __init__(self, do: Callable[[Progress], T]) -> None:
        """Begin `do`, which is given what it tells its progress to: the parts done, and all."""
        self._done, self._all = 0, 0
        pool = ThreadPoolExecutor(max_workers=1)
        self._future: Future[T] = pool.submit(do, self._take)
        pool.shutdown(wait=False)  # no more work: the thread ends with this one

    def _take(self, done: int, all: int) -> None:
        self._done, self._all = done, all

    def result(self) -> T:
        """Return what came of it, when it has ended; raises what it raised."""
        return self._future.result()

    def watch(self, words: str) -> None:
        """Draw how far it is until it has ended; `words` say what is done."""
        if self._future.done():
            return
        bar = st.progress(0.0, words)
        while not self._future.done():
            share = self._done / self._all if self._all else 0.0
            far = f": {self._done:,} of {self._all:,}" if self._all else ""
            bar.progress(min(share, 1.0), f"{words}{far}")
            time.sleep(_LOOK)
        bar.empty()
