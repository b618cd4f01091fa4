"""The quotes of a commit's current articles, as places in the index; and a space of them alone.

In the space of quotes each quote is a document of its own: its words have numbers in a row, with
one left free before them, also where quotes lie in one another. So what is asked of each quote by
itself is answered as what is asked of each article is (`evaluate.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.querylang.speakers import asked, called, is_called
from pipelines.querylang.tree import Meta
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.hits import Hits
from pipelines.store.fulltext.places import each
from pipelines.store.fulltext.space import Mask, Space, in_order

_QUOTES = """
SELECT DISTINCT slotted.slot, first, last, CASE WHEN certain THEN speaker ELSE '' END AS speaker,
    CASE WHEN certain THEN speaker_name ELSE '' END AS speaker_name
FROM quote JOIN slotted USING (number)
LEFT JOIN indexed ON indexed.slot = slotted.slot AND begin = start AND indexed.ending = quote."end"
ORDER BY first, last
"""


Small: TypeAlias = npt.NDArray[np.int32]
Narrow: TypeAlias = npt.NDArray[np.int32] | Numbers  # places, in four bytes where they fit


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes in the order of their first words: slot of the document, words, speaker.

    `unclear` are the slots of documents with a quote that the index does not know: the matcher has
    to read them.
    """

    slots: Small
    firsts: Narrow
    sizes: npt.NDArray[np.uint16]  # places from the first word to the last
    speakers: Small  # places in `names`
    names: list[str]  # all that a speaker is called, "" where that is not certain
    unclear: Numbers

    def said_by(self, condition: Meta) -> Numbers:
        """Return the numbers of the quotes of a speaker."""
        ask = asked(condition)
        meant = np.array([bool(name) and is_called(ask, name) for name in self.names], bool)
        return np.flatnonzero(meant[self.speakers] if len(meant) else meant)

    def documents(self, which: Numbers | Mask) -> Numbers:
        """Return the slots of the documents of some quotes."""
        return self.slots[which].astype(np.int64)

    def words(self, which: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places of the first and the last word of some quotes."""
        firsts: Numbers = self.firsts[which].astype(np.int64)
        return firsts, firsts + (self.sizes[which].astype(np.int64) - 1)


def read_quotes(
    connection: duckdb.DuckDBPyConnection, space: Space, numbers: Numbers, slots: Numbers
) -> Quotes:
    """Return the quotes of the articles of these numbers, which stand in these slots."""
    said = space.sayings()
    indexed = {"slot": said.slots, "first": said.firsts, "last": said.lasts}
    indexed |= {"begin": said.begins, "ending": said.ends}
    connection.register("indexed", pa.table(indexed))
    connection.register("slotted", pa.table({"number": numbers, "slot": slots}))
    found = connection.sql(_QUOTES).to_arrow_table()
    connection.unregister("indexed")  # they would stay in memory
    connection.unregister("slotted")
    unknown = found["first"].is_null().to_numpy()
    unclear = np.unique(found["slot"].to_numpy()[unknown])
    spoken = found.filter(pa.array(~unknown & _has_words(found)))
    speakers, names = _named(spoken["speaker"], spoken["speaker_name"])
    first, last = (spoken[name].to_numpy().astype(np.int64) for name in ("first", "last"))
    owners: Small = spoken["slot"].to_numpy().astype(np.int32)
    sizes = (last - first + 1).astype(np.uint16)
    return Quotes(owners, _narrow(first), sizes, speakers, names, unclear.astype(np.int64))


def _narrow(places: Numbers) -> Narrow:
    """Return places in order in four bytes each, where they fit."""
    return places.astype(np.int32) if places[-1:].max(initial=0) < 2**31 else places


def _has_words(found: pa.Table) -> Mask:
    firsts, lasts = (found[name].fill_null(0).to_numpy() for name in ("first", "last"))
    has: Mask = firsts <= lasts
    return has


def _named(tags: pa.ChunkedArray, names: pa.ChunkedArray) -> tuple[Small, list[str]]:
    """Return all that each distinct speaker is called, and the place of each quote's."""
    own, said = (column.combine_chunks().dictionary_encode() for column in (tags, names))
    codes = own.indices.to_numpy().astype(np.int64) * max(len(said.dictionary), 1)
    pairs, speakers = np.unique(codes + said.indices.to_numpy(), return_inverse=True)
    tag, name = np.divmod(pairs, max(len(said.dictionary), 1))
    listed = zip(
        own.dictionary.take(pa.array(tag)).to_pylist(),
        said.dictionary.take(pa.array(name)).to_pylist(),
        strict=True,
    )
    return speakers.astype(np.int32), [one and called(one, other) for one, other in listed]


@dataclass(frozen=True, slots=True)
class QuoteSpace:
    """The words of the quotes, each quote in a slot of its own."""

    space: Space
    quotes: Quotes
    starts: Narrow
    _heads: Small | None  # of each quote the first that it overlaps; None where none does
    _known: dict[tuple[bytes, ...], Numbers] = field(default_factory=dict)

    def of_keys(self, wanted: Iterable[bytes]) -> Numbers:
        """Return the places that any of some keys has, in order."""
        return self._inside(self.space.of_keys(wanted))

    def of_prefix(self, prefix: bytes) -> Numbers:
        """Return the places of all keys that begin so, in order."""
        return self._inside(self.space.of_prefix(prefix))

    def marked(self, mark: bytes) -> Numbers:
        """Return the places with a mark of brackets."""
        if (mark,) not in self._known:
            self._known[(mark,)] = self._inside(self.space.marked(mark))
        return self._known[(mark,)]

    def slots(self, places: Numbers) -> Numbers:
        """Return the quote that holds each place."""
        found: Numbers = _last_before(self.starts, places)
        return found

    def stretch(self, slots: Numbers) -> tuple[Numbers, Numbers]:
        """Return where some quotes begin, and what their places are below."""
        begins: Numbers = self.starts[slots].astype(np.int64)
        return begins, begins + self._size(slots) + 1

    def ends_of_stretches(self, places: Numbers) -> Numbers:
        """Return for each place the number that the rest of its stretch, and no more, is below."""
        slots = self.slots(places)
        shift = self._shift(slots)
        ends = self.space.ends_of_stretches(places - shift) + shift
        clipped: Numbers = np.minimum(ends, self.stretch(slots)[1])
        return clipped

    def zones(self, places: Numbers) -> Numbers:
        """Return the zone of each place, as its number in `ZONES`."""
        return self.space.zones(places - self._shift(self.slots(places)))

    def outside(self, hits: Hits) -> Hits:
        """Return hits within quotes as hits of the articles."""
        shift = self._shift(hits.slots)
        firsts, lasts = hits.firsts - shift, hits.lasts - shift
        slots = self.quotes.documents(hits.slots)
        if hits.owners is None:
            return Hits(slots, firsts, lasts)
        own = shift[hits.owners]
        return Hits(
            slots, firsts, lasts, hits.owners, hits.part_firsts - own, hits.part_lasts - own
        )

    def whole(self, numbers: Numbers) -> Hits:
        """Return some quotes as hits, from their first word to their last."""
        firsts = self.starts[numbers].astype(np.int64) + 1
        return Hits(numbers, firsts, firsts + self._size(numbers) - 1)

    def _size(self, slots: Numbers) -> Numbers:
        return self.quotes.sizes[slots].astype(np.int64)

    def _shift(self, slots: Numbers) -> Numbers:
        """Return what the place of a word in each quote is above that in the articles."""
        shift: Numbers = self.starts[slots].astype(np.int64) + 1 - self.quotes.firsts[slots]
        return shift

    def _inside(self, found: Numbers) -> Numbers:
        """Return places in the articles, in order, as all that they are in quotes, in order."""
        if not len(self.starts):
            return found[:0]
        slots = _last_before(self.quotes.firsts, found)
        heads = slots if self._heads is None else self._heads[slots].astype(np.int64)
        inside = (slots >= 0) & ((found <= self.quotes.words(slots)[1]) | (heads < slots))
        kept = np.flatnonzero(inside)
        owners, slots = each(kept, heads[kept], slots[kept] + 1)
        places = found.take(owners)
        holds = np.flatnonzero(places <= self.quotes.words(slots)[1])
        return in_order([places[holds] + self._shift(slots[holds])])


def _last_before(ordered: Narrow, places: Numbers) -> Numbers:
    """Return the number of the last of some places in order that is not behind each place."""
    # asked in the type of the others, or these were made anew in that of the places
    inside = np.minimum(places, np.iinfo(ordered.dtype).max).astype(ordered.dtype)
    return np.searchsorted(ordered, inside, "right") - 1


def space_of(quotes: Quotes, space: Space) -> QuoteSpace:
    """Return the space of the quotes in a space of articles."""
    sizes = quotes.sizes.astype(np.int64) + 1  # one number is free
    starts = _narrow(np.cumsum(sizes) - sizes)
    reach = np.maximum.accumulate(quotes.firsts + quotes.sizes.astype(np.int64) - 1)
    begins = np.append(True, quotes.firsts[1:] > reach[:-1])[: len(sizes)]
    if begins.all():
        return QuoteSpace(space, quotes, starts, None)
    heads = np.maximum.accumulate(np.where(begins, np.arange(len(sizes)), 0))
    return QuoteSpace(space, quotes, starts, heads.astype(np.int32))


class Spoken(Protocol):
    """What the articles of the slots are written in."""

    languages: list[str]

    def in_languages(self, codes: Sequence[int]) -> Mask:
        """Return which slots are in one of the languages, by their places in `languages`."""
        ...


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What a query asks of a quote beside its words."""

    space: QuoteSpace
    articles: Spoken

    @property
    def languages(self) -> list[str]:
        """Return the languages, as the articles have them."""
        return self.articles.languages

    def in_languages(self, codes: Sequence[int]) -> Mask:
        """Return which quotes are in one of the languages, by their places in `languages`."""
        found: Mask = self.articles.in_languages(codes)[self.space.quotes.slots]
        return found

    def said_by(self, condition: Meta) -> Hits:
        """Return the quotes of a speaker."""
        return self.space.whole(self.space.quotes.said_by(condition))
