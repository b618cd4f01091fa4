"""The state bodies that an article names in full in, the one that bare words mean out.

Both are asked of every word for a body, so they are looked up and not searched: an article may say
"the Kenyan parliament" and "parliament" ten thousand times each.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipelines.article import Mention
from pipelines.tagging.state_bodies.table import EMBASSY, Body


@dataclass(frozen=True, slots=True)
class Named:
    """A place at which a body is named in full; `start` is of the article."""

    start: int
    body: Body
    surface: str


class _Places(dict[str, dict[str, list[Named]]]):
    """By what can stand for a body and by its id: where it is named, in order."""

    def add(self, key: str, one: Named) -> None:
        self.setdefault(key, {}).setdefault(one.body.id, []).append(one)


class NamedBodies:
    """Where an article names which bodies, by what can stand for them."""

    def __init__(self, named: Iterable[Named]) -> None:
        """Sort them by kind, by group and, embassies, by whose they are."""
        self._kinds, self._groups, self._embassies = _Places(), _Places(), _Places()
        for one in sorted(named, key=_start):
            body = one.body
            self._kinds.add(body.kind.key, one)
            self._groups.add(body.kind.group, one)
            if body.kind.id == EMBASSY:
                self._embassies.add(body.code, one)

    def of_kinds(self, keys: Iterable[str], start: int) -> Named | None:
        """Return where the only body of these kinds is named, last before `start` or else first."""
        kinds = (self._kinds.get(key, {}) for key in keys)
        return _only({body: places for kind in kinds for body, places in kind.items()}, start)

    def embassy(self, code: str, start: int) -> Named | None:
        """Return the same of the embassies of a state."""
        return _only(self._embassies.get(code, {}), start)

    def before(self, group: str, start: int) -> Named | None:
        """Return where the only body of a group that is named before `start` is named last."""
        bodies = self._groups.get(group, {}).items()
        return _only({body: some for body, some in bodies if some[0].start < start}, start)


class Taken:
    """The mentions of the curated table."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        """Keep them in order of place."""
        self.mentions = sorted(mentions, key=lambda one: one.start)
        self._starts = [one.start for one in self.mentions]
        self._reached = list(accumulate((one.end for one in self.mentions), max))

    def at(self, start: int, end: int) -> Sequence[Mention]:
        """Return those that share a character with the text from `start` to `end`."""
        first = bisect_right(self._reached, start)
        near = self.mentions[first : bisect_left(self._starts, end)]
        return [one for one in near if one.end > start]


def _only(bodies: Mapping[str, Sequence[Named]], start: int) -> Named | None:
    """Return the last place before `start`, else the first, of the only body; None of several."""
    if len(bodies) != 1:
        return None
    (places,) = bodies.values()
    return places[max(bisect_left(places, start, key=_start) - 1, 0)]


def _start(one: Named) -> int:
    return one.start
