"""Places of the parts of phrases and pairs in, where they stand together out; over all documents.

The rules are those of `querylang/literals.py` (phrases) and `querylang/match.py` (NEAR).
"""

from collections.abc import Sequence

import numpy as np

from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.hits import Hits, has
from pipelines.store.fulltext.space import Space

Stretches = tuple[Numbers, Numbers]  # first and last words
_NONE = np.zeros(0, np.int64)


def in_a_row(parts: Sequence[Numbers]) -> Stretches:
    """Return where words stand one behind the other; those of one stretch have numbers in a row."""
    rarest = min(range(len(parts)), key=lambda n: len(parts[n]))
    firsts = parts[rarest] - rarest
    for step in sorted(range(len(parts)), key=lambda n: len(parts[n])):
        if step != rarest:
            firsts = firsts[has(parts[step], firsts + step)]
    return firsts, firsts + (len(parts) - 1)


def shared(parts: Sequence[Numbers]) -> Numbers:
    """Return the places that fit more than one part."""
    every: Numbers = np.sort(np.concatenate(parts))
    again: Numbers = every[1:][every[1:] == every[:-1]]
    return again


def close(space: Space, parts: Sequence[Numbers], slop: int) -> Stretches:
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
    order = np.argsort(firsts)
    firsts, lasts = firsts[order], lasts[order]
    together = lasts < space.ends_of_stretches(firsts)
    return firsts[together], lasts[together]


def near(space: Space, ones: Hits, others: Hits, distance: int) -> Hits:
    """Return the pairs of hits with at most `distance` words between, in one stretch.

    Each hit is paired with the nearest that ends before it and that begins after it.
    """
    both = (ones, others)
    pairs = [_pairs(both, 0), _pairs(both, 1)]
    hit, neighbour = (np.concatenate(column) for column in zip(*pairs, strict=True))
    firsts = np.minimum(ones.firsts[hit], others.firsts[neighbour])
    lasts = np.maximum(ones.lasts[hit], others.lasts[neighbour])
    lengths = ones.lasts[hit] - ones.firsts[hit] + others.lasts[neighbour]
    between = lasts - firsts + 1 - (lengths - others.firsts[neighbour] + 2)
    kept = np.flatnonzero(between <= distance)
    kept = kept[lasts[kept] < space.ends_of_stretches(firsts[kept])]
    hit, neighbour, firsts, lasts = hit[kept], neighbour[kept], firsts[kept], lasts[kept]
    if not len(hit):
        return Hits()
    order = np.lexsort((lasts, firsts))
    hit, neighbour, firsts, lasts = hit[order], neighbour[order], firsts[order], lasts[order]
    new = np.append(True, (firsts[1:] != firsts[:-1]) | (lasts[1:] != lasts[:-1]))
    number = np.cumsum(new) - 1
    parts = [_parts(ones, hit, number), _parts(others, neighbour, number)]
    owners, part_firsts, part_lasts = (np.concatenate(c) for c in zip(*parts, strict=True))
    return Hits(ones.slots[hit][new], firsts[new], lasts[new], owners, part_firsts, part_lasts)


def _pairs(both: tuple[Hits, Hits], own: int) -> tuple[Numbers, Numbers]:
    """Return the neighbours of the hits of one operand; always those of the first, then second."""
    these, those = both[own], both[1 - own]
    by_first, by_last = (np.argsort(a, kind="stable") for a in (those.firsts, those.lasts))
    after = np.searchsorted(those.firsts[by_first], these.lasts, "right")
    before = np.searchsorted(those.lasts[by_last], these.firsts, "left") - 1
    has_after, has_before = np.flatnonzero(after < len(those)), np.flatnonzero(before >= 0)
    hit = np.concatenate([has_after, has_before])
    neighbour = np.concatenate([by_first[after[has_after]], by_last[before[has_before]]])
    return (hit, neighbour) if own == 0 else (neighbour, hit)


def _parts(hits: Hits, which: Numbers, number: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the parts of some hits, owned by the pairs of these numbers."""
    if hits.owners is None:
        return number, hits.firsts[which], hits.lasts[which]
    owners, firsts, lasts = hits.parts()
    order = np.argsort(owners, kind="stable")
    begins = np.searchsorted(owners[order], np.arange(len(hits) + 1))
    counts = np.diff(begins)[which]
    inside = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = order[np.repeat(begins[which], counts) + inside]
    return np.repeat(number, counts), firsts[chosen], lasts[chosen]
