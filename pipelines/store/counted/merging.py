"""Columns of an earlier version and of the articles that changed in, the columns of a version out.

What stays of the earlier articles stays in its order. The result is what `columns_file.py` makes of
all articles, byte for byte; only `number` is as the tables have it. Who calls sees to it that of a
group of copies either all articles are replaced or none.
"""

from collections.abc import Iterator

import numpy as np

from pipelines.store.counted.columns import (
    KINDS,
    NAMED,
    NO_DAY,
    NO_INSTANT,
    TAG_PARTS,
    Column,
    Stream,
    pack,
    unpack,
)
from pipelines.store.counted.merge import Arrays, Codes, Merge
from pipelines.store.counted.merging_tags import MergedTags


def merge_columns(old: Arrays, gone: Column, new: Arrays) -> Iterator[Stream]:
    """Yield the columns of the articles of `old`, without those at the places `gone`, and of `new`.

    Each with its name, in parts of about a million.
    """
    merge = Merge(len(old["day"]), gone, _places_before(old, new))
    yield from _days(merge, old, new)
    unsettled = int(old["unsettled"][0])
    kept = unsettled - int(np.searchsorted(gone, unsettled))
    yield "unsettled", [np.array([kept + int(new["unsettled"][0])], np.int64)]
    yield "standing", merge.values(old["standing"], new["standing"])
    moved, places = merge.old_places(), merge.new_places
    for name in ("shared", "before"):  # -1 is none, and takes the last
        followed = np.append(places, np.int32(-1))[new[name]]
        yield name, merge.mapped(old[name], np.append(moved, np.int32(-1)), followed)
    for name in ("article_id", "published", "number"):
        yield name, merge.values(old[name], new[name])
    for name in NAMED:
        yield from _named(merge, name, old, new)
    for kind in KINDS:
        parts = [{part: one[f"{kind}.{part}"] for part in TAG_PARTS} for one in (old, new)]
        names, tables = _joined(f"{kind}.names", old, new)
        merged = MergedTags(merge, parts[0], parts[1], tables)
        yield f"{kind}.names", [_packed(names, merged.occurs)]
        for name, column in merged.columns(moved, places):
            yield f"{kind}.{name}", column


def _places_before(old: Arrays, new: Arrays) -> Column:
    """Return for each new article the earlier one before which it stands.

    Those whose day is settled stand behind the others; each in order of day, instant and id.
    """
    border, new_border = int(old["unsettled"][0]), int(new["unsettled"][0])
    parts = (
        (slice(0, border), slice(0, new_border)),
        (slice(border, len(old["day"])), slice(new_border, len(new["day"]))),
    )
    found = [earlier.start + _in_order(old, earlier, new, some) for earlier, some in parts]
    return np.concatenate(found)


def _in_order(old: Arrays, earlier: slice, new: Arrays, some: slice) -> Column:
    """Return the same for a part of each, from the first of `earlier` on."""
    old_days, new_days = (np.append(one["days"], np.int32(NO_DAY)) for one in (old, new))
    days, of_old = new_days[new["day"][some]], old["day"][earlier]
    distinct, firsts = np.unique(days, return_index=True)
    ends = np.append(firsts, len(days))[1:]
    codes = np.searchsorted(old_days, distinct)
    is_known = old_days[np.minimum(codes, len(old_days) - 1)] == distinct
    codes = codes.astype(of_old.dtype)  # of one type, else the whole array would be made another
    begins, stops = (np.searchsorted(of_old, codes, side) for side in ("left", "right"))
    found = np.repeat(begins, ends - firsts)
    for at in np.flatnonzero(is_known).tolist():
        of_day = slice(firsts[at], ends[at])
        known = slice(earlier.start + begins[at], earlier.start + stops[at])
        added = slice(some.start + of_day.start, some.start + of_day.stop)
        found[of_day] += _in_day(_keys(old, known), _keys(new, added))
    return found


def _keys(columns: Arrays, part: slice) -> tuple[Column, Column]:
    """Return ids and instants of some articles of a day; those without an instant come last."""
    published = columns["published"][part]
    last = np.iinfo(np.int64).max
    return columns["article_id"][part], np.where(published == NO_INSTANT, last, published)


def _in_day(old: tuple[Column, Column], new: tuple[Column, Column]) -> Column:
    """Return how many of the earlier articles of a day each new one has before it."""
    count = len(old[0])
    order = np.lexsort([np.concatenate(pair) for pair in zip(old, new, strict=True)])
    before = np.cumsum(order < count)
    found: Column = before[order >= count]
    return found


def _days(merge: Merge, old: Arrays, new: Arrays) -> Iterator[Stream]:
    union = np.union1d(old["days"], new["days"])
    first, second = (
        np.append(np.searchsorted(union, one["days"]), len(union)) for one in (old, new)
    )
    codes = Codes(merge, old["day"], new["day"], (first, second))
    occurs = codes.occurs(len(union) + 1)
    occurs[-1] = True  # stands for no day, whether one has none or not
    yield "days", [union[occurs[:-1]].astype(np.int32)]
    yield "day", codes.narrowed(occurs, int(occurs.sum()) - 1)


def _joined(name: str, old: Arrays, new: Arrays) -> tuple[list[str], tuple[Column, Column]]:
    """Return the names of both in order, and the places there of those of each."""
    before, added = unpack(old[name]), unpack(new[name])
    names = sorted({*before, *added})
    places = {one: at for at, one in enumerate(names)}
    first, second = (np.array([places[one] for one in some], int) for some in (before, added))
    return names, (first, second)


def _packed(names: list[str], occurs: Column) -> Column:
    return pack(name for name, is_there in zip(names, occurs.tolist(), strict=True) if is_there)


def _named(merge: Merge, name: str, old: Arrays, new: Arrays) -> Iterator[Stream]:
    names, tables = _joined(f"{name}.names", old, new)
    codes = Codes(merge, old[name], new[name], tables)
    occurs = codes.occurs(len(names))
    yield f"{name}.names", [_packed(names, occurs)]
    yield name, codes.narrowed(occurs, int(occurs.sum()))
