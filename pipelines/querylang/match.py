"""A parsed query and a searchable article in, the merged spans of its positive terms out.

- Only zones that count are searched: headline, subhead, lede, body, caption. `tags:` searches the
  tags zone and marks nothing.
- AND joins conditions anywhere in the article. The spans are those of the branches that hold: in
  `(a AND b) OR c` without `b` only `c` is marked. NOT marks nothing, nor do facts (`lang:ru`).
- NEAR marks both operands, each place of one that has the other within reach in its paragraph.
- `repeat3:` counts merged spans, as mentions are counted.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from pipelines.article import Zone
from pipelines.querylang.facts import holds
from pipelines.querylang.literals import phrase_places, wanted
from pipelines.querylang.parse import ParsedQuery, parse
from pipelines.querylang.searchable import Searchable, Words
from pipelines.querylang.spans import Span, merge
from pipelines.querylang.tree import (
    And,
    Field,
    Meta,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Repeat,
    Term,
    literal,
)

Part: TypeAlias = tuple[int, int, str]  # first word, last word, term
_ZONES = {"title": Zone.HEADLINE, "lede": Zone.LEDE, "body": Zone.BODY, "tags": Zone.TAGS}


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where an operand holds: its first and last word, and the terms that are marked."""

    first: int
    last: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What a node looks at: the words, and the one zone it is narrowed to."""

    article: Searchable
    words: Words
    zone: Zone | None = None


# A node ready to be asked: its hits, or None where it does not hold.
Finder: TypeAlias = Callable[[View], list[Hit] | None]


def match(parsed: ParsedQuery, searchable: Searchable) -> tuple[Span, ...] | None:
    """Return the merged spans in order; () for a match that marks nothing, None for no match."""
    hits = _compiled(parsed.reading, searchable.language)(View(searchable, searchable.words))
    if hits is None:
        return None
    return _spans(hits, searchable.words)


def _spans(hits: Iterable[Hit], words: Words) -> tuple[Span, ...]:
    parts = {part for hit in hits for part in hit.parts}
    return merge(
        words.text,
        (Span(words.starts[first], words.ends[last], term) for first, last, term in parts),
    )


@lru_cache(maxsize=4096)
def _compiled(reading: str, language: str) -> Finder:
    """Return the query ready to be asked; the word forms of a language are worked out once."""
    return _finder(parse(reading).tree, language)


def _finder(node: Node, language: str) -> Finder:
    match node:
        case Term() | Prefix() | Phrase():
            return _literal(node, language)
        case And(nodes) | Or(nodes):
            finders = [_finder(child, language) for child in nodes]
            return _all(finders) if isinstance(node, And) else _any(finders)
        case Not(child):
            return _without(_finder(child, language))
        case Near(left, right, distance):
            return _near(_finder(left, language), _finder(right, language), distance)
        case Repeat(child, times):
            return _repeated(_finder(child, language), times)
        case Field(name, child):
            return _within(_ZONES[name], _finder(child, language))
        case Meta():
            return _fact(node)


def _literal(node: Term | Prefix | Phrase, language: str) -> Finder:
    name = literal(node)
    if isinstance(node, Phrase):
        parts = [wanted(word, language) for word in node.words]

        def _places(words: Words) -> list[tuple[int, int]]:
            return phrase_places(node, parts, words)
    else:
        part = wanted(node, language)

        def _places(words: Words) -> list[tuple[int, int]]:
            return [(place, place) for place in part.places(words)]

    def _find(view: View) -> list[Hit] | None:
        found = _places(view.words)
        if view.zone is not None:
            found = [place for place in found if view.words.zones[place[0]] is view.zone]
        return [Hit(first, last, ((first, last, name),)) for first, last in found] or None

    return _find


def _all(finders: list[Finder]) -> Finder:
    def _find(view: View) -> list[Hit] | None:
        hits: list[Hit] = []
        for finder in finders:
            found = finder(view)
            if found is None:
                return None
            hits += found
        return hits

    return _find


def _any(finders: list[Finder]) -> Finder:
    def _find(view: View) -> list[Hit] | None:
        found = [hits for finder in finders if (hits := finder(view)) is not None]
        return [hit for hits in found for hit in hits] if found else None

    return _find


def _without(finder: Finder) -> Finder:
    return lambda view: [] if finder(view) is None else None


def _fact(condition: Meta) -> Finder:
    return lambda view: [] if holds(condition, view.article) else None


def _repeated(finder: Finder, times: int) -> Finder:
    def _find(view: View) -> list[Hit] | None:
        hits = finder(view)
        return hits if hits and len(_spans(hits, view.words)) >= times else None

    return _find


def _within(zone: Zone, finder: Finder) -> Finder:
    def _find(view: View) -> list[Hit] | None:
        if zone is not Zone.TAGS:
            return finder(View(view.article, view.words, zone))
        return None if finder(View(view.article, view.article.tags)) is None else []

    return _find


def _near(left: Finder, right: Finder, distance: int) -> Finder:
    """Pair each place with the nearest of the other operand on either side.

    The nearest are enough: a place is marked if any place of the other is within reach, and a
    nearest pair reaches as far out on each side as a wider one.
    """

    def _find(view: View) -> list[Hit] | None:
        ones = left(view)
        others = right(view) if ones else None
        if not ones or not others:
            return None
        pairs: dict[tuple[int, int], set[Part]] = {}
        for these, those in ((ones, others), (others, ones)):
            for hit, neighbour in _neighbours(these, those):
                first, last = min(hit.first, neighbour.first), max(hit.last, neighbour.last)
                between = last - first + 1 - _length(hit) - _length(neighbour)
                paragraphs = view.words.paragraphs
                if between <= distance and paragraphs[first] == paragraphs[last]:
                    pairs.setdefault((first, last), set()).update(hit.parts, neighbour.parts)
        return [Hit(*ends, tuple(parts)) for ends, parts in sorted(pairs.items())] or None

    return _find


def _length(hit: Hit) -> int:
    return hit.last - hit.first + 1


def _neighbours(these: list[Hit], those: list[Hit]) -> Iterable[tuple[Hit, Hit]]:
    """Yield each hit with the nearest other that ends before it and that begins after it."""
    by_first = sorted(those, key=lambda hit: hit.first)
    by_last = sorted(those, key=lambda hit: hit.last)
    firsts, lasts = [hit.first for hit in by_first], [hit.last for hit in by_last]
    for hit in these:
        after = bisect_right(firsts, hit.last)
        if after < len(firsts):
            yield hit, by_first[after]
        before = bisect_left(lasts, hit.first) - 1
        if before >= 0:
            yield hit, by_last[before]
