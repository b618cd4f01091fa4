"""Many queries and one article in, the few that can match out; the matcher then looks exactly.

For each query a set of words is worked out, one of which every matching article has: of a phrase
the longest word, of AND the operand with fewest words, of OR the words of all operands. NOT, facts
and `tags:` promise no word; a query of nothing else is always a candidate.
"""

from collections.abc import Iterator, Sequence

from pipelines.querylang.finders import Either, Finder, View, finder, key_word
from pipelines.querylang.inflection import known_language
from pipelines.querylang.literals import Wanted, wanted
from pipelines.querylang.parse import ParsedQuery
from pipelines.querylang.searchable import Searchable
from pipelines.querylang.spans import Span, marked_spans
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
)

_MOST_KNOWN = 200_000  # words of articles remembered for each language


class Candidates:
    """An index of queries by the words they need; one for each language, made when first asked."""

    def __init__(self, queries: Sequence[ParsedQuery]) -> None:
        """Take the queries; their places in this sequence are what `of` returns."""
        self._queries = queries
        self._indexes: dict[str, _Index] = {}

    def of(self, searchable: Searchable) -> list[int]:
        """Return the places of the queries that can match, in order; none is left out."""
        return sorted(self._index(searchable).keys(searchable))

    def matches(self, searchable: Searchable) -> Iterator[tuple[int, tuple[Span, ...]]]:
        """Yield the place of each query that matches, in order, with what `match` returns."""
        index = self._index(searchable)
        words = searchable.words
        view = View(searchable, words)
        for place, keys in sorted(index.keys(searchable).items()):
            ask = index.ready(place)
            marks = ask.among(view, keys) if keys and isinstance(ask, Either) else ask(view)
            if marks is not None:
                yield place, marked_spans(marks, words)

    def _index(self, searchable: Searchable) -> "_Index":
        language = known_language(searchable.language)
        if language not in self._indexes:
            self._indexes[language] = _Index(self._queries, language)
        return self._indexes[language]


class _Index:
    def __init__(self, queries: Sequence[ParsedQuery], language: str) -> None:
        self.queries = queries
        self.language = language
        self.finders: dict[int, Finder] = {}  # of the queries that have been candidates
        self.always: list[int] = []
        self.by_form: dict[str, list[int]] = {}
        self.by_prefix: dict[str, list[int]] = {}
        self.known: dict[str, tuple[int, ...]] = {}
        for place, parsed in enumerate(queries):
            needs = _needs(parsed.tree, language)
            if needs is None:
                self.always.append(place)
            for need in needs or ():
                for form in need.forms:
                    self.by_form.setdefault(form, []).append(place)
                if need.prefix:
                    self.by_prefix.setdefault(need.prefix, []).append(place)

    def ready(self, place: int) -> Finder:
        """Return a query ready to be asked."""
        found = self.finders.get(place)
        if found is None:
            found = self.finders[place] = finder(self.queries[place].tree, self.language)
        return found

    def keys(self, searchable: Searchable) -> dict[int, list[str]]:
        """Return the places of the queries that can match, with the forms that say so."""
        keys: dict[int, list[str]] = {place: [] for place in self.always}
        if len(self.known) > _MOST_KNOWN:
            self.known.clear()
        known, looked_up = self.known, self.looked_up
        for form in searchable.words.places:
            places = known.get(form)
            if places is None:
                places = known[form] = looked_up(form)
            for place in places:
                if place in keys:
                    keys[place].append(form)
                else:
                    keys[place] = [form]
        return keys

    def looked_up(self, form: str) -> tuple[int, ...]:
        """Return the places of the queries that need this word or its beginning."""
        beginnings = (form[:length] for length in range(1, len(form) + 1))
        by_prefix = [self.by_prefix[part] for part in beginnings if part in self.by_prefix]
        return tuple(set().union(self.by_form.get(form, ()), *by_prefix))


def _needs(node: Node, language: str) -> list[Wanted] | None:
    """Return words one of which every match has; None where there are none such."""
    match node:
        case Term() | Prefix():
            return [wanted(node, language)]
        case Phrase(words):
            return [wanted(key_word(words), language)]
        case And() | Or() | Near():
            return _of_several(node, language)
        case Field(name) if name == "tags":
            return None
        case Repeat() | Field():
            return _needs(node.node, language)
        case Not() | Meta():
            return None


def _of_several(node: And | Or | Near, language: str) -> list[Wanted] | None:
    children = (node.left, node.right) if isinstance(node, Near) else node.nodes
    several = [_needs(child, language) for child in children]
    known = [needs for needs in several if needs is not None]
    if not isinstance(node, Or):
        return min(known, key=len, default=None)
    return [one for needs in known for one in needs] if len(known) == len(several) else None
