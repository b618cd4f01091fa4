"""Facts of all current articles as arrays: counting tables in, columns of small numbers out.

A question that only counts needs of an article its day, how good its date is, which group of copies
it is of, its outlet and its tags. As arrays in the order of dates (`ordinal`) these are read at the
speed of memory, without planning: articles of a topic by day among a drawn million took
DuckDB 54 ms of CPU time (tests/bench/store_speed.py).

    day        the place of the UTC day among `days`; len(days) where there is none
    standing   how well the date is known: COARSE bits, UNSURE, GUESSED
    shared     the group of an article that has copies, else -1
    before     the copy before it in order of `ordinal`, else -1
    outlet, outlet_country, language    places among the names of each
    article_id, published    the latter in microseconds since 1970; NO_INSTANT where it is not known
    number     by which the tables know the article, see `current.py`
    KIND       tags of a kind: by tag (begins, ordinals, ns, heads) and by article (offsets, codes,
               of_ns, same)

Articles whose date is not sure enough to be placed in any interval come first (`unsettled` many),
the others stand in order of their day. For a large store the arrays are kept in one file, mapped
into memory, so that of ten million articles only what is asked for is read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from pipelines.store.counted.current import LISTED

Column: TypeAlias = npt.NDArray[Any]
Stream: TypeAlias = tuple[str, Iterable[Column]]  # a column's name, and its parts in order

KINDS = (*LISTED, "dateline")
NAMED = ("outlet", "outlet_country", "language")
TAG_PARTS = ("begins", "ordinals", "ns", "heads", "offsets", "codes", "of_ns", "same")
COARSE, MONTH, YEAR, UNDATED = 3, 1, 2, 3  # the bits, and what they say; 0 is a day or finer
GUESSED, UNSURE = 4, 8  # a confidence below likely, and below sure
NO_DAY = 2**31 - 1  # as a day since 1970
NO_INSTANT = -(2**63) + 1  # so that its opposite is a number too
_FEW = 64  # codes: so many comparisons take as long as np.isin


@dataclass(frozen=True, slots=True)
class Rows:
    """Articles in order of `ordinal`: `first` up to `last`, or those `picked` of them.

    `ns` says how often each names what is counted, where that is asked for. `is_picked` says of
    each from `first` up to `last` whether it is picked, where that is known anyway.
    """

    first: int
    last: int
    picked: Column | None = None
    ns: Column | None = None
    is_picked: Column | None = None

    def __len__(self) -> int:
        """Return how many there are."""
        return self.last - self.first if self.picked is None else len(self.picked)

    def of(self, column: Column) -> Column:
        """Return what a column has for each."""
        return column[self.first : self.last] if self.picked is None else column.take(self.picked)

    def ordinals(self, start: int | None = None) -> Column:
        """Return the number of each, or from a place on, as of a list."""
        if self.picked is None:
            first, last, _ = slice(start, None).indices(len(self))
            return np.arange(self.first + first, self.first + last, dtype=np.int32)
        return self.picked[start:]

    def where(self, keep: Column) -> Self:
        """Return those that a mask keeps."""
        rows = self.taken(np.flatnonzero(keep))
        return replace(rows, is_picked=keep) if self.picked is None else rows

    def marked(self, count: int) -> Column:
        """Return for each of `count` articles whether it is one of these."""
        marked = np.zeros(count, bool)
        if self.is_picked is not None:  # of ten million, 1 ms where setting three million takes 8
            marked[self.first : self.last] = self.is_picked
        else:
            marked[slice(self.first, self.last) if self.picked is None else self.picked] = True
        return marked

    def taken(self, places: Column) -> Self:
        """Return those in some places of the row, in that order."""
        if self.picked is None:
            picked = (places + self.first).astype(np.int32)
        else:
            picked = self.picked.take(places)
        ns = None if self.ns is None else self.ns.take(places)
        return type(self)(self.first, self.last, picked, ns)

    def between(self, first: int, last: int) -> Self:
        """Return those from one number up to another."""
        first, last = max(first, self.first), max(first, min(last, self.last))
        if self.picked is None:
            ns = None if self.ns is None else self.ns[first - self.first : last - self.first]
            return type(self)(first, last, None, ns)
        part = slice(*np.searchsorted(self.picked, np.array([first, last], self.picked.dtype)))
        ns = None if self.ns is None else self.ns[part]
        mask = self.is_picked
        mask = None if mask is None else mask[first - self.first : last - self.first]
        return type(self)(first, last, self.picked[part], ns, mask)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on articles: what a column has for each is one of some codes."""

    column: Column
    codes: Sequence[int]

    def keeps(self, rows: Rows) -> Column:
        """Return which of some articles fulfil it."""
        values = rows.of(self.column)
        if len(self.codes) > _FEW:
            return np.isin(values, self.codes)
        keeps = np.zeros(len(values), bool)  # for two codes np.isin took 12 times as long
        for code in self.codes:
            keeps |= values == code
        return keeps


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of one kind, `names` in order.

    By tag: tag t is named in `ordinals[begins[t]:begins[t + 1]]`, ascending, so often as `ns` says,
    and `heads` times in headlines.
    By article: article o names `codes[offsets[o]:offsets[o + 1]]`, so often as `of_ns` says;
    `same` is 1 where these are the tags of the copy before it.
    """

    names: list[str]
    places: Mapping[str, int]
    begins: Column
    ordinals: Column
    ns: Column
    heads: Column
    offsets: Column
    codes: Column
    of_ns: Column
    same: Column

    def of(self, tag: str) -> tuple[Column, Column, Column]:
        """Return which articles name a tag, how often each, and how often in headlines."""
        place = self.places.get(tag)
        part = slice(0)
        if place is not None:
            part = slice(int(self.begins[place]), int(self.begins[place + 1]))
        return self.ordinals[part], self.ns[part], self.heads[part]

    def in_articles(self, rows: Rows) -> tuple[Column, Column, Column]:
        """Return the tags of some articles one after another, how often, and how many of each."""
        firsts, ends = rows.of(self.offsets[:-1]), rows.of(self.offsets[1:])
        counts = ends - firsts
        if rows.picked is None:
            part = slice(int(self.offsets[rows.first]), int(self.offsets[rows.last]))
            return self.codes[part], self.of_ns[part], counts
        begins = np.cumsum(counts) - counts
        places = np.repeat(firsts - begins, counts) + np.arange(counts.sum())
        return self.codes[places], self.of_ns[places], counts


class Columns:
    """The arrays of one commit, by the names that the module's docstring lists; never changed."""

    def __init__(self, arrays: Mapping[str, Column]) -> None:
        """Take what `make_columns` yields or a file holds."""
        self._arrays = arrays
        self._tags: dict[str, Tags] = {}
        self.days, self.day = arrays["days"], arrays["day"]
        self.standing, self.shared = arrays["standing"], arrays["shared"]
        self.before, self.published = arrays["before"], arrays["published"]
        self.article_id, self.number = arrays["article_id"], arrays["number"]
        self.count = len(self.day)
        self.unsettled = int(arrays["unsettled"][0])

    @cached_property
    def day_starts(self) -> Column:
        """Return the first settled article of each day, then of those without one, then the end."""
        settled = self.day[self.unsettled :]
        places = np.arange(len(self.days) + 2).astype(settled.dtype)
        starts: Column = np.searchsorted(settled, places) + self.unsettled
        return starts.astype(np.int32)

    @cached_property
    def loose_standings(self) -> Column:
        """Return which standings occur among the articles that are not settled."""
        return np.unique(self.standing[: self.unsettled])

    def coded(self, column: str, names: Iterable[str]) -> tuple[Column, list[int]]:
        """Return a named column, and the places of some names that occur in it."""
        places, known = self.named(column)
        wanted = set(names)
        return places, [at for at, name in enumerate(known) if name in wanted]

    def named(self, column: str) -> tuple[Column, list[str]]:
        """Return a named column, and its names."""
        return self._arrays[column], unpack(self._arrays[f"{column}.names"])

    def by_ordinal(self, values: Column) -> Column:
        """Return in the order of the columns what stands in the order of the tables' numbers."""
        number = self.number  # sorting a million took 60 ms, this takes few
        is_there = np.zeros(int(number.max(initial=-1)) + 1, bool)
        is_there[number] = True
        by_number = np.empty(len(is_there), values.dtype)
        by_number[is_there] = values
        found: Column = by_number[number]
        return found

    def tags(self, kind: str) -> Tags:
        """Return the tags of a kind; ValueError where there is no such kind."""
        if kind not in KINDS:
            raise ValueError(f"articles have no list of tags of kind {kind!r}")
        if kind not in self._tags:
            names = unpack(self._arrays[f"{kind}.names"])
            arrays = [self._arrays[f"{kind}.{part}"] for part in TAG_PARTS]
            places = {name: place for place, name in enumerate(names)}
            self._tags[kind] = Tags(names, places, *arrays)
        return self._tags[kind]


def offsets_of(counts: Column) -> Column:
    """Return where the list of each article begins, and the end; of 32 bits where these do."""
    offsets = np.append(0, np.cumsum(counts, dtype=np.int64))
    narrow: Column = offsets.astype(np.int32 if offsets[-1] < 2**31 else np.int64)
    return narrow


def unpack(packed: Column) -> list[str]:
    """Return the names that `pack` made bytes of."""
    return packed.tobytes().decode().split("\0")[:-1]


def pack(names: Iterable[str]) -> Column:
    """Return names as bytes; none of them holds a NUL, which parts them."""
    return np.frombuffer("".join(f"{name}\0" for name in names).encode(), np.uint8)
