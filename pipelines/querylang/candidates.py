"""Many queries and one article in, the few that can match out; the matcher then looks exactly.

For each query a set of words is worked out, one of which every matching article has: of a phrase
the longest word, of AND the operand with fewest words, of OR the words of all operands. NOT, facts
and `tags:` promise no word; a query of nothing else is always a candidate.
"""

from collections.abc import Sequence

from pipelines.querylang.literals import Wanted, wanted
from pipelines.querylang.parse import ParsedQuery
from pipelines.querylang.searchable import Searchable
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
        language = searchable.language
        if language not in self._indexes:
            self._indexes[language] = _Index(self._queries, language)
        return self._indexes[language].of(searchable)


class _Index:
    def __init__(self, queries: Sequence[ParsedQuery], language: str) -> None:
        self.always: set[int] = set()
        self.by_form: dict[str, set[int]] = {}
        self.by_prefix: dict[str, set[int]] = {}
        self.known: dict[str, frozenset[int]] = {}
        for place, parsed in enumerate(queries):
            needs = _needs(parsed.tree, language)
            if needs is None:
                self.always.add(place)
            for need in needs or ():
                for form in need.forms:
                    self.by_form.setdefault(form, set()).add(place)
                if need.prefix:
                    self.by_prefix.setdefault(need.prefix, set()).add(place)

    def of(self, searchable: Searchable) -> list[int]:
        """Return the places of the queries that can match."""
        found = set(self.always)
        if len(self.known) > _MOST_KNOWN:
            self.known.clear()
        for form in searchable.words.places:
            places = self.known.get(form)
            if places is None:
                places = self.known[form] = self.looked_up(form)
            if places:
                found |= places
        return sorted(found)

    def looked_up(self, form: str) -> frozenset[int]:
        """Return the places of the queries that need this word or its beginning."""
        beginnings = (form[:length] for length in range(1, len(form) + 1))
        by_prefix = [self.by_prefix[part] for part in beginnings if part in self.by_prefix]
        return frozenset().union(self.by_form.get(form, ()), *by_prefix)


def _needs(node: Node, language: str) -> list[Wanted] | None:
    """Return words one of which every match has; None where there are none such."""
    match node:
        case Term() | Prefix():
            return [wanted(node, language)]
        case Phrase(words):
            return [wanted(max(words, key=_length), language)]
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


def _length(word: Term | Prefix) -> int:
    return len(word.stem) if isinstance(word, Prefix) else len(word.word)
