"""Texts with their zones in, the lists of positions of one segment out.

Texts are split by the matcher's own rules (`querylang/words.py`), and into stretches by those of
`querylang/searchable.py`: a paragraph within one zone. A test compares both. Beside words the index
notes the marks of brackets (`brackets.py`) and which words stand in quotes (`sayings.py`).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipelines.article import COUNTED_ZONES, Zone, ZoneSpan
from pipelines.querylang.words import cased_form, form, words_of_lines
from pipelines.store.fulltext import keys
from pipelines.store.fulltext.brackets import bracket_marks, has_brackets
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.sayings import MOST, Lines, Saying
from pipelines.store.fulltext.segment import (
    SAYINGS,
    SCATTERED,
    ZONES,
    Documents,
    SegmentWriter,
)

_LONGEST_KEY = 40_000  # bytes of both forms of a word; the dictionary keeps lengths in two
_SHORT = 900  # characters; no character becomes more than 33 bytes (U+FDFA), twice in a cased key
_ZONE_CODES = {zone: code for code, zone in enumerate(ZONES)}
_HEADLINE = _ZONE_CODES[Zone.HEADLINE]
_WRITTEN_AT_ONCE = 1 << 20  # positions
_CASED = 32  # bits below the number of a cased form

# What stands between words in the row of all pieces; words are numbers from 0 on.
_NEW_LINE, _NEW_ZONE = -1, -8  # the zone's code is added to the last


class _Numbered(dict[str, int]):
    """Words of texts to the numbers of their keys: form, and above it cased form if that differs.

    A dictionary that fills itself, since it is asked for every word of every text.
    """

    def __init__(self, numbers: dict[bytes, int], *, tags: bool) -> None:
        super().__init__()
        self._numbers, self._tags = numbers, tags

    def __missing__(self, written: str) -> int:
        own, cased = form(written), cased_form(written)
        number = self._number(keys.form_key(own, tags=self._tags))
        if cased != own:
            number |= (self._number(keys.cased_key(own, cased, tags=self._tags)) + 1) << _CASED
        self[written] = number
        return number

    def _number(self, key: bytes) -> int:
        return self._numbers.setdefault(key, len(self._numbers))


class Drafted:
    """Texts of a segment to be, as they come."""

    def __init__(self) -> None:
        """Begin without a text."""
        self._numbers: dict[bytes, int] = {}
        self._tables = [_Numbered(self._numbers, tags=tags) for tags in (False, True)]
        self._row: list[int] = []  # all pieces
        self._documents: list[int] = []
        self._begins: list[int] = []  # in the row
        self._marks: list[tuple[int, int, int]] = []  # key, where its text begins in the row, word
        self._said: list[tuple[int, Saying]] = []  # number of the document, and a quote of it

    def __len__(self) -> int:
        """Return how many pieces of text there are, about as many as words."""
        return len(self._row)

    @property
    def documents(self) -> int:
        """Return how many texts there are."""
        return len(self._documents)

    def add(
        self,
        key: int,
        text: str,
        zones: Sequence[ZoneSpan],
        quotes: Sequence[tuple[int, int]] = (),
    ) -> bool:
        """Take in a text under its key; False where a word is too long, for the matcher to read.

        `quotes` are the starts and ends of what somebody says in it.
        """
        if not _fits(text):
            return False
        self._documents.append(key)
        self._begins.append(len(self._row))
        lines = Lines(text) if quotes else None
        self._take(text, [span for span in zones if span.zone in COUNTED_ZONES], 0, lines)
        if lines:
            number = len(self._documents) - 1
            self._said += ((number, saying) for saying in lines.sayings(quotes))
        tags = "\n".join(text[span.start : span.end] for span in zones if span.zone is Zone.TAGS)
        if tags:
            self._take(tags, [ZoneSpan(0, len(tags), Zone.TAGS)], 1)
        return True

    def _take(
        self, text: str, zones: Sequence[ZoneSpan], table: int, lines: Lines | None = None
    ) -> None:
        """Take in the pieces of some zones of a text, and on request where its lines are."""
        numbers, begin = self._tables[table], len(self._row)
        last_end, last_zone = 0, None
        for span in zones:
            if span.zone is not last_zone or span.start != last_end:
                self._row.append(_NEW_ZONE + _ZONE_CODES[span.zone])
            last_end, last_zone = span.end, span.zone
            counts = []
            for number, line in enumerate(words_of_lines(text, span.start, span.end)):
                if number:
                    self._row.append(_NEW_LINE)
                self._row += map(numbers.__getitem__, line)
                counts.append(len(line))
            if lines is not None:
                lines.add(span, counts)
        if has_brackets(text):
            for key, place in bracket_marks(text, zones):
                self._marks.append(
                    (self._numbers.setdefault(key, len(self._numbers)), begin, place)
                )

    def write(self, folder: Path) -> Documents:
        """Write the segment and return its documents."""
        laid = _laid_out(np.array(self._row, np.int64))
        documents = self._as_documents(laid)
        writer = SegmentWriter(folder, documents)
        for batch in _lists(self._pairs(laid), self._numbers):
            writer.add(*batch)
        writer.close()
        return documents

    def _as_documents(self, laid: "_Laid") -> Documents:
        begins = np.array(self._begins, np.int64)
        heads = laid.position[laid.stretches]
        starts = laid.words_before[begins] + np.searchsorted(laid.stretch_rows, begins)
        end = len(laid.words) + len(laid.stretches)
        return Documents(
            np.array(self._documents, np.uint64),
            np.append(starts, end).astype(np.uint32),
            _headlines(np.append(starts, end), heads, laid.zones).astype(np.uint16),
            heads.astype(np.uint32),
            laid.zones.astype(np.uint8),
            *self._sayings(laid, starts),
        )

    def _sayings(self, laid: "_Laid", starts: Numbers) -> tuple[np.ndarray, ...]:
        """Return the quotes as `Documents` has them; one without a word is at its document."""
        owners = np.array([owner for owner, _ in self._said], np.int64)
        said = np.array([one for _, one in self._said], np.int64).reshape(-1, 4)
        first, words, begins, sizes = said.T
        rows = laid.words_before[np.array(self._begins, np.int64)[owners]] + first
        at, reach, spoken = starts[owners], np.zeros(len(said), np.int64), words > 0
        at[spoken] = laid.position[rows[spoken]]
        reach[spoken] = laid.position[(rows + words)[spoken] - 1] - at[spoken] + 1
        order = np.lexsort((sizes, begins, owners))
        order = order[reach[order] <= MOST]
        parts = zip((at, reach, begins, sizes), SAYINGS, strict=True)
        return tuple(part[order].astype(kind) for part, kind in parts)

    def _pairs(self, laid: "_Laid") -> tuple[Numbers, Numbers]:
        """Return numbers of keys and the positions they stand at, in no order."""
        cased = np.flatnonzero(laid.words >> _CASED)
        marks = np.array(self._marks, np.int64).reshape(-1, 3)
        marked = laid.words_before[marks[:, 1]] + marks[:, 2]
        low = (1 << _CASED) - 1
        numbers = (laid.words & low, (laid.words[cased] >> _CASED) - 1, marks[:, 0])
        places = (laid.position, laid.position[cased], laid.position[marked])
        return np.concatenate(numbers), np.concatenate(places)


def _fits(text: str) -> bool:
    """Return whether the keys of all words of a text can be stored."""
    if all(len(part) <= _SHORT for part in text.split()):
        return True
    words = (word for line in words_of_lines(text, 0, len(text)) for word in line)
    long = (word for word in words if len(word) > _SHORT)
    sizes = (len(keys.cased_key(form(word), cased_form(word), tags=True)) for word in long)
    return all(size <= _LONGEST_KEY for size in sizes)


class _Laid(NamedTuple):
    """The row of pieces as words and stretches."""

    words: Numbers  # of each word its numbers
    position: Numbers  # of each word
    words_before: Numbers  # of each place in the row, and of its end
    stretches: Numbers  # of each stretch the number of its first word
    stretch_rows: Numbers  # and its place in the row
    zones: Numbers  # and its zone


def _laid_out(row: Numbers) -> _Laid:
    is_word = row >= 0
    at = np.flatnonzero(is_word)
    breaks = np.cumsum(row <= _NEW_LINE)[at]
    first = np.flatnonzero(np.diff(breaks, prepend=-1))
    changes = np.flatnonzero(row <= _NEW_LINE - 1)
    zone_at = changes[np.searchsorted(changes, at[first], "right") - 1]
    position = np.arange(len(at)) + np.cumsum(np.bincount(first, minlength=len(at)))
    before = np.append(0, np.cumsum(is_word))
    return _Laid(row[at], position, before, first, at[first], row[zone_at] - _NEW_ZONE)


def _headlines(starts: Numbers, heads: Numbers, zones: Numbers) -> Numbers:
    """Return for each document how many numbers the headline takes behind the free one."""
    owners = np.searchsorted(starts, heads, "right") - 1
    other = np.flatnonzero(zones != _HEADLINE)
    ends: Numbers = starts[1:].copy()  # where the first stretch begins that is no headline
    ends[owners[other][::-1]] = heads[other][::-1] - 1
    sizes = np.maximum(ends - starts[:-1] - 1, 0)
    own = np.flatnonzero(zones == _HEADLINE)
    sizes[owners[own][heads[own] > ends[owners[own]]]] = SCATTERED
    found: Numbers = np.minimum(sizes, SCATTERED)
    return found


def _lists(
    pairs: tuple[Numbers, Numbers], numbers: dict[bytes, int]
) -> Iterator[tuple[list[bytes], Numbers, Numbers]]:
    """Yield keys in order, the lengths of their lists, and these end to end."""
    ordered = sorted(numbers)
    rank = np.empty(len(ordered), np.int64)
    rank[[numbers[key] for key in ordered]] = np.arange(len(ordered))
    joined = np.sort(rank[pairs[0]] << 32 | pairs[1])
    counts = np.bincount(joined >> 32, minlength=len(ordered))
    ends = np.cumsum(counts)
    first = begin = 0
    while first < len(ordered):
        last = int(np.searchsorted(ends, begin + _WRITTEN_AT_ONCE, "left")) + 1
        last = min(last, len(ordered))
        end = int(ends[last - 1])
        yield ordered[first:last], counts[first:last], joined[begin:end] & 0xFFFFFFFF
        first, begin = last, end
