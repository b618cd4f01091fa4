"""How often each tag is named in some articles: rows in, sums for each tag out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.store.counted.columns import Column, Columns, Rows, Tags
from pipelines.store.counted.sums import surplus

_PIECE = 250_000  # articles whose tags are in memory at once


class Named(NamedTuple):
    """For each tag of a kind, by its place: articles, mentions, and distinct texts."""

    articles: Column
    mentions: Column
    texts: Column


def count_tags(columns: Columns, tags: Tags, parts: Sequence[Rows]) -> Named:
    """Return how often the articles of some parts, no one in two of them, name each tag."""
    size = len(tags.names)
    articles, more = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for rows in parts:
        for few in _in_pieces(rows):
            codes, ns, _ = tags.in_articles(few)
            articles += np.bincount(codes, minlength=size)
            often = np.flatnonzero(ns > 1)  # most are named once
            more += np.bincount(codes[often], ns[often] - 1.0, size).astype(np.int64)
    return Named(articles, articles + more, articles - _repeated(columns, tags, parts))


def _repeated(columns: Columns, tags: Tags, parts: Sequence[Rows]) -> Column:
    """Return how often each tag is in a copy of a text that one before it names it in, too.

    Nearly all copies have the tags of the one before, so that all of theirs are. Of groups where
    one has others, each pair of tag and group is looked at.
    """
    size, repeated = len(tags.names), np.zeros(len(tags.names), np.int64)
    is_chosen = np.zeros(columns.count, bool)
    for rows in parts:
        is_chosen[rows.ordinals()] = True
    ordinals = np.concatenate([r.where(r.of(columns.shared) >= 0).ordinals() for r in parts])
    later, is_same = _with_one_before(columns, tags.same, is_chosen, ordinals)
    is_mixed = np.zeros(columns.count, bool)  # which groups
    is_mixed[columns.shared[later[~is_same]]] = True
    for few in _in_pieces(_rows(columns, later[~is_mixed[columns.shared[later]]])):
        repeated += np.bincount(tags.in_articles(few)[0], minlength=size)
    mixed = _rows(columns, ordinals[is_mixed[columns.shared[ordinals]]])
    codes, _, counts = tags.in_articles(mixed)
    keys = codes.astype(np.int64) * columns.count + np.repeat(mixed.of(columns.shared), counts)
    return repeated - surplus(keys, columns.count, size)


def _with_one_before(
    columns: Columns, same: Column, is_chosen: Column, ordinals: Column
) -> tuple[Column, Column]:
    """Return which articles have a chosen copy before them, and whether all since have its tags."""
    before, is_same = columns.before[ordinals], same[ordinals] > 0
    at = np.flatnonzero(before >= 0)
    while len(at):  # in each round one copy further back
        at = at[~is_chosen[before[at]]]
        is_same[at] &= same[before[at]] > 0
        before[at] = columns.before[before[at]]
        at = at[before[at] >= 0]
    return ordinals[before >= 0], is_same[before >= 0]


def _rows(columns: Columns, ordinals: Column) -> Rows:
    return Rows(0, columns.count, ordinals)


def _in_pieces(rows: Rows) -> Iterator[Rows]:
    """Yield some articles at a time, so that their tags fit into memory."""
    for first in range(0, len(rows), _PIECE):
        if rows.picked is None:
            yield Rows(rows.first + first, min(rows.first + first + _PIECE, rows.last))
        else:
            yield Rows(rows.first, rows.last, rows.picked[first : first + _PIECE])
