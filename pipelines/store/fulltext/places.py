"""Places of the parts of phrases and pairs in, where they stand together out; over all documents.

The rules are those of `querylang/literals.py` (phrases), `querylang/loose.py` and
`querylang/nearness.py`.
"""

from collections.abc import Sequence

import numpy as np

from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.hits import Hits, has
from pipelines.store.fulltext.space import Places, in_order

Stretches = tuple[Numbers, Numbers]  # first and last words
_NONE = np.zeros(0, np.int64)
_FEW = 4_096  # places that are searched as fast
_MARKS = 16  # for each place


def in_a_row(parts: Sequence[Numbers]) -> Stretches:
    """Return where words stand one behind the other; those of one stretch have numbers in a row."""
    if len(parts) == 1:
        return parts[0], parts[0]
    rarest = min(range(len(parts)), key=lambda n: len(parts[n]))
    firsts = parts[rarest] - rarest
    for step in sorted(range(len(parts)), key=lambda n: len(parts[n])):
        if step != rarest:
            firsts = firsts[has(parts[step], firsts + step)]
    return firsts, firsts + (len(parts) - 1)


def shared(parts: Sequence[Numbers]) -> Numbers:
    """Return the places that fit more than one part."""
    every = in_order(parts)
    again: Numbers = every[1:][every[1:] == every[:-1]]
    return again


def close(space: Places, parts: Sequence[Numbers], slop: int) -> Stretches:
    """Return the smallest stretches that hold a place of each part; no place fits two parts."""
    if not all(map(len, parts)):
        return _NONE, _NONE
    longest = len(parts) + slop
    found: list[Stretches] = []
    for own, firsts in enumerate(parts):
        lasts = firsts
        for other, places in enumerate(parts):
            if other != own:
                at = np.searchsorted(places, firsts)
                inside = at < len(places)
                firsts, lasts = firsts[inside], lasts[inside]
                lasts = np.maximum(lasts, places[at[inside]])
                near = lasts - firsts < longest
                firsts, lasts = firsts[near], lasts[near]
        after = np.append(parts[own], np.iinfo(np.int64).max)
        smallest = after[np.searchsorted(parts[own], firsts, "right")] > lasts
        found.append((firsts[smallest], lasts[smallest]))
    firsts, lasts = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(firsts, kind="stable")
    firsts, lasts = firsts[order], lasts[order]
    together = lasts < space.ends_of_stretches(firsts)
    return firsts[together], lasts[together]


def about(these: Hits, those: Hits, distance: int) -> Numbers:
    """Return in order which of these may have one of those within `distance` words, and more.

    The reach of each is marked in a row of blocks, several of which share a mark. That takes a
    fifth of what searching 20,000 words in 17,000 takes, and leaves one in ten.
    """
    if max(len(these), len(those)) <= _FEW or not len(those):
        return np.arange(len(these))
    begins = those.firsts - (distance + 1 + these.longest)
    ends = those.lasts + (distance + 1)
    bits = int((ends - begins).max()).bit_length()  # so that each reaches into two at most
    size = 1 << (_MARKS * len(begins)).bit_length()
    marked = np.zeros(size, bool)
    for borders in (begins, ends):
        marked[(borders >> bits) & (size - 1)] = True
    return np.flatnonzero(marked.take((these.firsts >> bits) & (size - 1)))


def beside(these: Hits, those: Hits, distance: int) -> Numbers:
    """Return in order which of these may have one of those within `distance` words, and few more.

    Cheap where those are few: the rest need not be looked at.
    """
    if not len(these) or not len(those):
        return _NONE
    order = np.argsort(these.firsts, kind="stable")
    firsts = these.firsts[order]
    begins = np.searchsorted(firsts, those.firsts - (distance + 1 + these.longest))
    ends = np.searchsorted(firsts, those.lasts + (distance + 1), "right")
    by_begin = np.argsort(begins, kind="stable")
    begins, ends = begins[by_begin], np.maximum.accumulate(ends[by_begin])
    apart = np.flatnonzero(begins[1:] > ends[:-1]) + 1
    begins, ends = begins[np.append(0, apart)], ends[np.append(apart - 1, len(ends) - 1)]
    _, at = each(begins, begins, ends)
    return np.sort(order[at], kind="stable")


def near(space: Places, ones: Hits, others: Hits, distance: int) -> Hits:
    """Return the hits of both that have one of the other within `distance` words of their stretch.

    Each is marked with the nearest of the other before and after it, all that are as near.
    """
    here, there = (space.ends_of_stretches(one.lasts) for one in (ones, others))
    pairs = [
        _pairs(ones, others, distance, (here, there)),
        _pairs(others, ones, distance, (there, here)),
    ]
    sides = ((ones, others), (others, ones))
    found = [(own, hit) for (own, _), (hit, _) in zip(sides, pairs, strict=True)]
    slots = np.concatenate([own.slots[hit] for own, hit in found])
    firsts = np.concatenate([own.firsts[hit] for own, hit in found])
    lasts = np.concatenate([own.lasts[hit] for own, hit in found])
    if not len(slots):
        return Hits()
    order = np.lexsort((lasts, firsts))
    new = np.append(True, (np.diff(firsts[order]) != 0) | (np.diff(lasts[order]) != 0))
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(new) - 1
    parts, begin = [], 0
    for (own, other), (hit, companion) in zip(sides, pairs, strict=True):
        owners = number[begin : begin + len(hit)]
        parts += [_parts(own, hit, owners), _parts(other, companion, owners)]
        begin += len(hit)
    marked = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = order[new]
    return Hits(slots[kept], firsts[kept], lasts[kept], *marked)


def _pairs(
    these: Hits, those: Hits, distance: int, borders: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers]:
    """Return hits of `these`, each with those of `those` that are nearest on either side.

    `borders` say of each of these, and of those, what the rest of its stretch is below.
    """
    by_first = np.argsort(those.firsts, kind="stable")
    by_last = np.argsort(those.lasts, kind="stable")
    firsts, lasts = those.firsts[by_first], those.lasts[by_last]
    after = np.searchsorted(firsts, these.lasts, "right")
    hit = np.flatnonzero(after < len(those))
    begin, end = firsts[after[hit]], these.lasts[hit]
    reached = (begin - end - 1 <= distance) & (begin < borders[0][hit])
    hit, begin = hit[reached], begin[reached]
    behind = each(hit, after[hit], np.searchsorted(firsts, begin, "right"))
    before = np.searchsorted(lasts, these.firsts, "left")
    hit = np.flatnonzero(before > 0)
    nearest = before[hit] - 1
    begin, end = these.firsts[hit], lasts[nearest]
    reached = (begin - end - 1 <= distance) & (begin < borders[1][by_last[nearest]])
    hit, end = hit[reached], end[reached]
    ahead = each(hit, np.searchsorted(lasts, end, "left"), before[hit])
    companions = np.concatenate([by_first[behind[1]], by_last[ahead[1]]])
    return np.concatenate([behind[0], ahead[0]]), companions


def each(owners: Numbers, begins: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Return every number from a begin to before its end, behind its owner."""
    counts = ends - begins
    inside = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(owners, counts), np.repeat(begins, counts) + inside


def _parts(hits: Hits, which: Numbers, number: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the parts of some hits, owned by the pairs of these numbers."""
    if hits.owners is None:
        return number, hits.firsts[which], hits.lasts[which]
    owners, firsts, lasts = hits.parts()
    order = np.argsort(owners, kind="stable")
    begins = np.searchsorted(owners[order], np.arange(len(hits) + 1))
    owned, at = each(number, begins[which], begins[which + 1])
    return owned, firsts[order[at]], lasts[order[at]]
