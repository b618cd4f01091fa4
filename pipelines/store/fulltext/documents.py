"""Searchable texts in, the lists of positions of one segment out.

Texts are split by the matcher's own tokeniser (`make_searchable`), so an index cannot disagree with
it on what a word is. Beside words it notes the marks that decide whether a name and its short form
in brackets are one mention (`querylang/spans.py`): which words stand behind an opening bracket and
nothing else, before a closing one, in capitals, or are initials.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipelines.article import Zone
from pipelines.querylang.searchable import Searchable, Words
from pipelines.querylang.spans import CLOSES, OPENS
from pipelines.querylang.words import cased_form, form
from pipelines.store.fulltext import keys
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.segment import SCATTERED, ZONES, Documents, SegmentWriter

_BRACKET = re.compile(r"[(\[（)\]）]")
_OPENING = "([（"
_REOPENS = re.compile(CLOSES.pattern + OPENS.pattern)
_LONGEST_WORD = 10_000  # characters; a text with a longer one is left to the matcher
_ZONE_CODES = {zone: code for code, zone in enumerate(ZONES)}
_HEADLINE = _ZONE_CODES[Zone.HEADLINE]
_WRITTEN_AT_ONCE = 1 << 20  # positions
Mark = tuple[bytes, int]  # key, number of the word in its text


class _Numbered(dict[str, int]):
    """Words as written to the numbers of their keys: form, and above it cased form if that differs.

    A dictionary that fills itself, since it is asked for every word of every text.
    """

    def __init__(self, numbers: dict[bytes, int], *, tags: bool) -> None:
        super().__init__()
        self._numbers, self._tags = numbers, tags

    def __missing__(self, written: str) -> int:
        own, cased = form(written), cased_form(written)
        number = self._number(keys.form_key(own, tags=self._tags))
        if cased != own:
            number |= (self._number(keys.cased_key(own, cased, tags=self._tags)) + 1) << 32
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
        self._words: list[int] = []
        self._documents: list[int] = []
        self._word_counts: list[int] = []  # before each document
        self._stretch_counts: list[int] = []
        self._headlines: list[int] = []
        self._stretches: list[int] = []  # first word of each
        self._zones: list[int] = []
        self._marks: list[tuple[int, int]] = []  # key, word

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._words)

    @property
    def documents(self) -> int:
        """Return how many texts there are."""
        return len(self._documents)

    def add(self, key: int, article: Searchable) -> bool:
        """Take in a text under its key; False where it cannot be indexed."""
        for words in (article.words, article.tags):
            if any(end - start > _LONGEST_WORD for start, end in zip(words.starts, words.ends)):  # noqa: B905
                return False
        self._documents.append(key)
        self._word_counts.append(len(self._words))
        self._stretch_counts.append(len(self._stretches))
        zones = [*self._take(article.words, 0), *self._take(article.tags, 1)]
        self._headlines.append(self._headline(zones))
        return True

    def _take(self, words: Words, table: int) -> list[int]:
        """Take in the words of one text; return the zones of its stretches."""
        first, text, numbers = len(self._words), words.text, self._tables[table]
        places = zip(words.starts, words.ends, strict=True)
        self._words += [numbers[text[start:end]] for start, end in places]
        heads = _heads(words.paragraphs)
        zones = [_ZONE_CODES[words.zones[head]] for head in heads]
        self._stretches += [first + head for head in heads]
        self._zones += zones
        for key, place in bracket_marks(words):
            number = self._numbers.setdefault(key, len(self._numbers))
            self._marks.append((number, first + place))
        return zones

    def _headline(self, zones: Sequence[int]) -> int:
        """Return how many numbers the headline takes behind the free one at the start."""
        stretches = next((n for n, zone in enumerate(zones) if zone != _HEADLINE), len(zones))
        if not stretches or _HEADLINE in zones[stretches:]:
            return SCATTERED if _HEADLINE in zones else 0
        after = self._stretch_counts[-1] + stretches
        end = self._stretches[after] if after < len(self._stretches) else len(self._words)
        return min(end - self._word_counts[-1] + stretches - 1, SCATTERED)

    def write(self, folder: Path) -> Documents:
        """Write the segment and return its documents."""
        stretches = np.array(self._stretches, np.int64)
        position = np.arange(len(self._words))  # then one more for each stretch begun
        position += np.cumsum(np.bincount(stretches, minlength=len(position)))
        documents = self._as_documents(position, stretches)
        writer = SegmentWriter(folder, documents)
        for batch in _lists(self._pairs(position), self._numbers):
            writer.add(*batch)
        writer.close()
        return documents

    def _as_documents(self, position: Numbers, stretches: Numbers) -> Documents:
        starts = np.array(self._word_counts) + np.array(self._stretch_counts)
        end = len(self._words) + len(self._stretches)
        return Documents(
            np.array(self._documents, np.uint64),
            np.append(starts, end).astype(np.uint32),
            np.array(self._headlines, np.uint16),
            position[stretches].astype(np.uint32),
            np.array(self._zones, np.uint8),
        )

    def _pairs(self, position: Numbers) -> tuple[Numbers, Numbers]:
        """Return numbers of keys and the positions they stand at, in no order."""
        packed = np.array(self._words, np.int64)
        cased = np.flatnonzero(packed >> 32)
        marks = np.array(self._marks, np.int64).reshape(-1, 2)
        numbers = (packed & 0xFFFFFFFF, (packed[cased] >> 32) - 1, marks[:, 0])
        places = (position, position[cased], position[marks[:, 1]])
        return np.concatenate(numbers), np.concatenate(places)


def _heads(paragraphs: Sequence[int]) -> list[int]:
    """Return the numbers of the words that begin a stretch."""
    if not paragraphs:
        return []
    return [0, *(np.flatnonzero(np.diff(paragraphs)) + 1).tolist()]


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


def bracket_marks(words: Words) -> list[Mark]:
    """Return the marks of a text's words that stand beside brackets."""
    marks: set[Mark] = set()
    for bracket in _BRACKET.finditer(words.text):
        if bracket.group() in _OPENING:
            marks.update(_opened(words, bisect_left(words.starts, bracket.start())))
            continue
        place = bisect_right(words.ends, bracket.start()) - 1
        if place >= 0 and CLOSES.match(words.text, words.ends[place]):
            marks.add((keys.CLOSED, place))
    return sorted(marks)


def _opened(words: Words, place: int) -> Iterator[Mark]:
    """Yield the marks of the word behind an opening bracket, and of the word before it."""
    if not 0 < place < len(words.starts):
        return
    between = words.ends[place - 1], words.starts[place]
    if _REOPENS.fullmatch(words.text, *between):
        yield keys.REOPENED, place
    if not OPENS.fullmatch(words.text, *between):
        return
    within = words.paragraphs[place] == words.paragraphs[place - 1]
    yield keys.OPENED if within else keys.OPENED_ACROSS, place
    for short, first in ((place, place - 1), (place - 1, place)):
        written = words.text[words.starts[short] : words.ends[short]]
        if written.isupper() and len(written) > 1:
            yield keys.CAPITALS, short
        else:
            size = len(form(written))
            last = first + 1 if short > first else first + size
            if 1 < size and form(written) == _initials(words, last - size, last):
                yield keys.INITIALS, short


def _initials(words: Words, first: int, last: int) -> str:
    """Return the first letters of the words from `first` to before `last`; "" past either end."""
    if first < 0 or last > len(words.starts):
        return ""
    places = zip(words.starts[first:last], words.ends[first:last], strict=True)
    return "".join(form(words.text[start:end])[:1] for start, end in places)
