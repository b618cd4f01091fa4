"""What free texts name, kept for the next question of the same: texts in, hits out."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock

from pipelines.querylang import parse
from pipelines.store.asking.search import Found, Searcher

_KEPT = 32


class Searches:
    """The last few free texts that were looked for in one commit; to be shared between threads."""

    def __init__(
        self, searcher: Searcher, naming: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Look for nothing yet; `naming` says of an error which file it is about."""
        self._searcher, self._naming = searcher, naming
        self.kept: OrderedDict[str, Found] = OrderedDict()
        self._lock = Lock()

    def find(self, text: str) -> Found:
        """Return what a query matches. Raises QueryError."""
        with self._lock, self._naming():
            if text not in self.kept:
                self.kept[text] = self._searcher.find(parse(text))
                if len(self.kept) > _KEPT:
                    self.kept.popitem(last=False)
            self.kept.move_to_end(text)
            return self.kept[text]
