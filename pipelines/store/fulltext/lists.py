"""Lists of places that were asked for last, kept as arrays beside the documents that hold them.

Whoever searches asks for the same words again: with another filter, a word more, the newest
articles of what was counted. Decoding a list and finding its documents takes about half of what a
count of a frequent word takes. Kept are up to 64 MB for a commit, those used last.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from pipelines.store.fulltext.codec import Numbers

_MOST_BYTES = 64 << 20
_OF_ALL = 4  # a list that takes more than this part of it is not kept


class Lists:
    """The lists used last; safe to share between threads. Nobody may change what it gives."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._places: OrderedDict[Hashable, Numbers] = OrderedDict()
        self._slots: dict[int, Numbers] = {}  # by the identity of the places
        self._bytes = 0
        self._lock = Lock()

    def get(self, name: Hashable) -> Numbers | None:
        """Return a kept list by what it was asked for; None where it is not kept."""
        with self._lock:
            if name in self._places:
                self._places.move_to_end(name)
            return self._places.get(name)

    def keep(self, name: Hashable, places: Numbers) -> None:
        """Keep a list, and let those go that were not used for longest."""
        size = 2 * places.nbytes  # with its slots
        if size * _OF_ALL > _MOST_BYTES:
            return
        places.flags.writeable = False
        with self._lock:
            if name not in self._places:
                self._places[name] = places
                self._bytes += size
            while self._bytes > _MOST_BYTES:
                _, old = self._places.popitem(last=False)
                self._slots.pop(id(old), None)
                self._bytes -= 2 * old.nbytes

    def slots(self, places: Numbers, find: Callable[[Numbers], Numbers]) -> Numbers:
        """Return the slots of some places, found once for a list that is kept."""
        with self._lock:
            known = self._slots.get(id(places))
        if known is not None:
            return known
        found = find(places)
        if not places.flags.writeable:  # only lists that are kept, or were, are not
            found.flags.writeable = False
            with self._lock:
                if any(places is one for one in self._places.values()):
                    self._slots[id(places)] = found
        return found
