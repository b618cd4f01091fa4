"""Places where parts of a query stand, over all documents; counted as the matcher counts mentions.

`Hits` is what `match.Hit` is for one text. Mentions are merged as in `querylang/spans.py`. Where
the marks of the index cannot tell how many there are (chains of brackets, initials in small
letters), the document is named as doubtful, and the matcher has to read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from pipelines.store.fulltext import keys
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.space import Mask, Places

_BESIDE = 2  # the second half of a span in brackets is no farther from the first


def _none() -> Numbers:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Hits:
    """Places where an operand holds: slot, first and last word; and the parts that are marked.

    `owners` gives the hit of each part; without it each hit is its own part.
    """

    slots: Numbers = field(default_factory=_none)
    firsts: Numbers = field(default_factory=_none)
    lasts: Numbers = field(default_factory=_none)
    owners: Numbers | None = None
    part_firsts: Numbers = field(default_factory=_none)
    part_lasts: Numbers = field(default_factory=_none)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.slots)

    @property
    def longest(self) -> int:
        """Return how far the last word of any is behind its first."""
        if self.lasts is self.firsts:
            return 0
        return int((self.lasts - self.firsts).max(initial=0))

    def parts(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return owner, first and last word of every part."""
        if self.owners is None:
            return np.arange(len(self)), self.firsts, self.lasts
        return self.owners, self.part_firsts, self.part_lasts

    def within(self, mask: Mask) -> "Hits":
        """Return the hits of the documents in `mask` (by slot)."""
        return self.taken(np.flatnonzero(mask.take(self.slots)))

    def taken(self, which: Numbers) -> "Hits":
        """Return some of the hits, given by number and in order."""
        if len(which) == len(self):
            return self
        # taken by number, arrays cost a seventh of what they cost by truth
        firsts = self.firsts.take(which)
        lasts = firsts if self.lasts is self.firsts else self.lasts.take(which)
        slots = self.slots.take(which)
        if self.owners is None:
            return Hits(slots, firsts, lasts)
        numbers = np.full(len(self), -1)
        numbers[which] = np.arange(len(which))
        owners = numbers[self.owners]
        parts = np.flatnonzero(owners >= 0)
        marked = self.part_firsts[parts], self.part_lasts[parts]
        return Hits(slots, firsts, lasts, owners[parts], *marked)


def joined(several: Sequence[Hits]) -> Hits:
    """Return the hits of several operands, those of the first first."""
    several = [hits for hits in several if len(hits)]
    if len(several) < 2:
        return several[0] if several else Hits()
    slots = np.concatenate([one.slots for one in several])
    firsts = np.concatenate([one.firsts for one in several])
    alone = all(one.lasts is one.firsts for one in several)
    lasts = firsts if alone else np.concatenate([one.lasts for one in several])
    return Hits(slots, firsts, lasts, *_joined_parts(several))


def _joined_parts(several: Sequence[Hits]) -> tuple[Numbers, ...]:
    """Return owners and parts; nothing where each hit is its own part."""
    if all(one.owners is None for one in several):
        return ()
    begins = accumulate(map(len, several), initial=0)
    parts = [one.parts() for one in several]
    owners = [part[0] + begin for part, begin in zip(parts, begins, strict=False)]
    firsts, lasts = (np.concatenate([part[n] for part in parts]) for n in (1, 2))
    return np.concatenate(owners), firsts, lasts


@dataclass(frozen=True, slots=True)
class Mentions:
    """Merged spans: the slots that have any and how many, the first word of each, in order.

    In the slots `doubtful` the matcher has to look.
    """

    slots: Numbers
    counts: Numbers
    firsts: Numbers
    doubtful: Numbers


def mentions(space: Places, hits: Hits) -> Mentions:
    """Return the merged spans of the parts of `hits`."""
    owners, firsts, lasts = hits.parts()
    if not len(firsts):
        return Mentions(_none(), _none(), _none(), _none())
    slots = hits.slots if hits.owners is None else hits.slots[owners]
    close = np.flatnonzero(firsts[1:] - lasts[:-1] <= _BESIDE)  # and those that are in no order
    in_order = not np.any(firsts[1:].take(close) < firsts.take(close))
    slots, counts = _counted(slots, in_order=in_order)
    if not in_order:
        firsts, lasts = _sorted(firsts, lasts)
        close = np.flatnonzero(firsts[1:] - lasts[:-1] <= _BESIDE)
    gone = [_none()]
    if np.any(firsts[1:].take(close) <= lasts.take(close)):
        reach = np.maximum.accumulate(lasts)
        begin = np.append(True, firsts[1:] > reach[:-1])
        begins = np.flatnonzero(begin)
        lasts = reach[np.append(begins[1:], len(firsts)) - 1]
        gone.append(firsts[~begin])
        firsts = firsts[begins]
        close = np.flatnonzero(firsts[1:] - lasts[:-1] <= _BESIDE)
    second, doubtful = _bracketed(space, firsts, lasts, close + 1)
    doubtful = space.slots(firsts[doubtful])
    if len(second):
        gone.append(firsts[second])
        firsts = np.delete(firsts, second)
    lost = np.searchsorted(slots, space.slots(np.concatenate(gone)))
    if len(lost):
        counts = counts - np.bincount(lost, minlength=len(slots))
    return Mentions(slots, counts, firsts, doubtful)


def _counted(slots: Numbers, *, in_order: bool) -> tuple[Numbers, Numbers]:
    """Return the distinct slots, and how often each is there."""
    if in_order:
        begins = np.flatnonzero(np.append(True, slots[1:] != slots[:-1]))
        return slots.take(begins), np.diff(np.append(begins, len(slots)))
    counts = np.bincount(slots)
    found = np.flatnonzero(counts > 0)
    return found, counts.take(found)


def _sorted(firsts: Numbers, lasts: Numbers) -> tuple[Numbers, Numbers]:
    """Return the first and last words of spans in order of the first; a stable sort merges."""
    if lasts is firsts:
        firsts = np.sort(firsts, kind="stable")
        return firsts, firsts
    order = np.argsort(firsts, kind="stable")
    return firsts.take(order), lasts.take(order)


def _bracketed(
    space: Places, firsts: Numbers, ends: Numbers, second: Numbers
) -> tuple[Numbers, Numbers]:
    """Return which spans are the second half of another, and which are in doubt.

    `second` are those that are close behind another.
    """
    if not len(second):
        return second, second
    distance = firsts[second] - ends[second - 1]
    inner, last = firsts[second], ends[second]
    reopened = has(space.marked(keys.REOPENED), inner)
    opened = np.where(
        distance == 1,
        has(space.marked(keys.OPENED), inner),
        has(space.marked(keys.OPENED_ACROSS), inner),
    )
    paired = opened & has(space.marked(keys.CLOSED), last)
    single = last == inner
    outer_single = ends[second - 1] == firsts[second - 1]
    short = np.where(single, inner, ends[second - 1])
    paired &= single != outer_single
    capitals = paired & has(space.marked(keys.CAPITALS), short)
    initials = paired & ~capitals & has(space.marked(keys.INITIALS), short)
    return second[capitals], second[initials | reopened]


def has(places: Numbers, asked: Numbers) -> Mask:
    """Return which of the places asked for are among `places`, which are in order."""
    if not len(places):
        return np.zeros(len(asked), bool)
    at = np.minimum(np.searchsorted(places, asked), len(places) - 1)
    found: Mask = places[at] == asked
    return found
