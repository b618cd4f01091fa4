"""Some queries and a text in, the regions of it that have to be split into words for them out.

What a query finds in a text depends on the words it could mean, and on how far these are from each
other as far as the query reaches. So the text is looked through for letters of these words, which
takes a tenth of the time of splitting it, and a region is laid around each place; the rest is not
read. The rules:

- A word is looked for by letters that all its forms begin with (`сири`), a phrase by its longest
  word. Too many places cost time and change no answer. The text is compared in small letters; where
  a character may stand otherwise in the form of a word (`ё`, ligatures, initials with dots), its
  word is a place as well.
- A region holds as many words on either side of its places as a phrase or NEAR of the queries
  reaches over, within the line. No word of another region is within reach, so each region may count
  as a paragraph.
- Queries of many words look at nearly everything, and so does one whose word stands everywhere.
  Then the whole text is read, and where a query asks for quotes, which count whole.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import TypeAlias

from pipelines.article import COUNTED_ZONES, ZoneSpan
from pipelines.querylang.fields import ASK_FOR_QUOTES
from pipelines.querylang.finders import key_word
from pipelines.querylang.inflection import known_language
from pipelines.querylang.literals import wanted
from pipelines.querylang.parse import ParsedQuery
from pipelines.querylang.tree import And, Field, Near, Node, Not, Or, Phrase, Prefix, Repeat, Term
from pipelines.querylang.words import form

Regions: TypeAlias = list[tuple[int, int]]  # of a text: start and end, in order, apart

_MOST_PIECES = 400  # looking for more takes as long as splitting a text
_DENSE = 24  # characters for each place and word of reach; closer, regions are most of the text
_WIDEST = 12  # words; where queries reach further, a region is the line
_LETTERS = 3  # that a word is looked for by, at least
_HAS_WORD = re.compile(r"[^\W_\u02bc]")
_INITIALS = re.compile(r"\.[^\W\d_]")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc\u0060\u00b4\uff07](?=[\u0400-\u052f])")
_SCRIPTS = ((0x80, 0x250), (0x1E00, 0x1F00), (0x400, 0x530), (0x5D0, 0x5EB), (0x600, 0x700))


def _odd() -> re.Pattern[str]:
    """Return what finds the characters whose words may have a form that is not the small letters.

    Those known not to are of Latin, Cyrillic, Hebrew and Arabic script, or stand between words.
    """
    plain = "".join(
        char
        for first, end in _SCRIPTS
        for char in map(chr, range(first, end))
        if form(char) == char.lower() and unicodedata.category(char)[0] != "M"
    )
    return re.compile(f"[^\x00-\x7f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf{re.escape(plain)}]+")


_ODD = _odd()


class Sought:
    """What some queries look for, to be looked for in the texts of one language."""

    def __init__(self, queries: Sequence[ParsedQuery], language: str) -> None:
        """Work out the letters to look for; `language` as `known_language` gives it."""
        nodes = [node for query in queries for node in _nodes(query.tree)]
        words = [_sought_word(node) for node in nodes]
        pieces = {piece for word in words if word for piece in _pieces(word, language)}
        self._pieces = _shortest(pieces)
        self._needs_all = len(self._pieces) > _MOST_PIECES or any(
            not ASK_FOR_QUOTES.isdisjoint(query.fields) for query in queries
        )
        self._reach = _reach(nodes)

    def regions(self, text: str) -> Regions | None:
        """Return the regions of a text that have to be split into words, None for all of it."""
        if self._needs_all:
            return None
        lowered = text.lower()
        most = int(len(text) / (_DENSE * (1 + min(self._reach, _WIDEST))))
        places = list(islice(chain(self._places(lowered), _odd_places(text)), most + 1))
        if len(lowered) != len(text) or len(places) > most:
            return None
        found: Regions = []
        read = 0  # where the word of the last place ends
        for place in sorted(places):
            if place < read:
                continue
            read = _word_end(text, place)
            start, end = _before(text, place, self._reach), _after(text, read, self._reach)
            if found and start <= found[-1][1] + 1:
                start = found.pop()[0]
            found.append((start, end))
        return found

    def _places(self, lowered: str) -> Iterator[int]:
        for piece in self._pieces:
            place = lowered.find(piece)
            while place >= 0:
                if not place or not lowered[place - 1].isalnum():
                    yield place
                place = lowered.find(piece, place + 1)


class SoughtByLanguage:
    """The same for texts of any language; what is looked for is worked out when first asked."""

    def __init__(self, queries: Sequence[ParsedQuery]) -> None:
        """Take the queries."""
        self._queries = queries
        self._of: dict[str, Sought] = {}

    def narrowed(self, text: str, zones: Sequence[ZoneSpan], language: str) -> Sequence[ZoneSpan]:
        """Return zones of which `make_searchable` makes enough for these queries, and no more.

        They are the zones themselves, or where they count their parts within the regions of the
        text; `language` is that of the article ("": unknown).
        """
        known = known_language(language.lower())
        if known not in self._of:
            self._of[known] = Sought(self._queries, known)
        regions = self._of[known].regions(text)
        return zones if regions is None else list(_clipped(zones, regions))


def _clipped(zones: Sequence[ZoneSpan], regions: Regions) -> Iterator[ZoneSpan]:
    """Yield the zones, of those that count the parts that lie within a region."""
    for zone in zones:
        if zone.zone not in COUNTED_ZONES:
            yield zone
            continue
        for start, end in regions[bisect_right(regions, zone.start, key=_end) :]:
            if start >= zone.end:
                break
            yield ZoneSpan(max(start, zone.start), min(end, zone.end), zone.zone)


def _end(region: tuple[int, int]) -> int:
    return region[1]


def _nodes(node: Node) -> Iterator[Node]:
    """Yield the nodes that look at the words of the text; of a phrase only itself."""
    yield node
    match node:
        case And(nodes) | Or(nodes):
            children: Sequence[Node] = nodes
        case Near(left, right):
            children = (left, right)
        case Field("tags"):
            children = ()
        case Not(child) | Repeat(child) | Field(_, child):
            children = (child,)
        case _:
            children = ()
    for child in children:
        yield from _nodes(child)


def _sought_word(node: Node) -> Term | Prefix | None:
    """Return the word that a word or phrase is looked for by; the others are within its reach."""
    match node:
        case Term() | Prefix():
            return node
        case Phrase(words):
            return key_word(words)
        case _:
            return None


def _pieces(word: Term | Prefix, language: str) -> set[str]:
    """Return letters with one of which each form begins that the word accepts."""
    accepted = wanted(word, language)
    if accepted.prefix:
        return {accepted.prefix}
    first, last = min(accepted.forms), max(accepted.forms)
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    beginning = "".join(letter for letter, _ in shared)
    return {beginning} if len(beginning) >= _LETTERS else set(accepted.forms)


def _shortest(pieces: Collection[str]) -> list[str]:
    """Return the pieces without those that begin with another."""
    found: list[str] = []
    for piece in sorted(pieces):
        if not found or not piece.startswith(found[-1]):
            found.append(piece)
    return found


def _reach(nodes: Sequence[Node]) -> int:
    """Return over how many words the nodes look from a word that is looked for to another."""
    phrases = [len(node.words) + (node.slop or 0) for node in nodes if isinstance(node, Phrase)]
    distances = [node.distance + 1 for node in nodes if isinstance(node, Near)]
    return max(phrases, default=0) + max(distances, default=0)


def _odd_places(text: str) -> Iterator[int]:
    for match in _INITIALS.finditer(text):
        yield match.start()
    if not text.isascii():
        for odd in (_ODD, _APOSTROPHE):
            for match in odd.finditer(text):
                yield match.start()


def _word_end(text: str, place: int) -> int:
    """Return where what stands at `place` without a space ends."""
    last = _line_end(text, place)
    end = text.find(" ", place, last)
    return last if end < 0 else end


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _before(text: str, place: int, reach: int) -> int:
    """Return where a region begins that holds so many words before that at `place`."""
    first = text.rfind("\n", 0, place) + 1
    if reach > _WIDEST:
        return first
    start = max(first, text.rfind(" ", first, place) + 1)
    while reach and start > first:
        end, start = start, max(first, text.rfind(" ", first, start - 1) + 1)
        reach -= _HAS_WORD.search(text, start, end) is not None
    return start


def _after(text: str, end: int, reach: int) -> int:
    """Return where a region ends that holds so many words after `end`, where one ends."""
    last = _line_end(text, end)
    if reach > _WIDEST:
        return last
    while reach and end < last:
        start, end = end, text.find(" ", end + 1, last)
        end = last if end < 0 else end
        reach -= _HAS_WORD.search(text, start, end) is not None
    return end
