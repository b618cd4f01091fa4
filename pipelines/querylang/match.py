"""A parsed query and a searchable article in, the merged spans of its positive terms out.

- Only zones that count are searched: headline, subhead, lede, body, caption. `tags:` searches the
  tags zone and marks nothing.
- AND joins conditions anywhere in the article. The spans are those of the branches that hold: in
  `(a AND b) OR c` without `b` only `c` is marked. NOT marks nothing, nor do facts (`lang:ru`).
- `speaker:` marks the quotes of the speaker, `quote:` what it finds in the quotes that hold; each
  quote is asked by itself.
- NEAR marks both operands, each place of one that has the other within reach in its paragraph.
- `repeat3:` counts merged spans, as mentions are counted.

The time is bounded by the terms of the query times the words of the text, whatever they are.
"""

from functools import lru_cache

from pipelines.querylang.finders import Finder, View, finder
from pipelines.querylang.inflection import known_language
from pipelines.querylang.parse import ParsedQuery
from pipelines.querylang.searchable import Searchable
from pipelines.querylang.spans import Span, marked_spans
from pipelines.querylang.tree import Node


def match(parsed: ParsedQuery, searchable: Searchable) -> tuple[Span, ...] | None:
    """Return the merged spans in order; () for a match that marks nothing, None for no match."""
    ask = _ready(_Asked(parsed.reading, parsed.tree), known_language(searchable.language))
    marks = ask(View(searchable, searchable.words))
    return None if marks is None else marked_spans(marks, searchable.words)


class _Asked:
    """A tree that is compared by its reading: hashing a tree costs more than small matches."""

    __slots__ = ("reading", "tree")

    def __init__(self, reading: str, tree: Node) -> None:
        self.reading = reading
        self.tree = tree

    def __hash__(self) -> int:
        return hash(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.reading == other.reading


@lru_cache(maxsize=256)
def _ready(asked: _Asked, language: str) -> Finder:
    """Return the query ready to be asked; the word forms of a language are worked out once."""
    return finder(asked.tree, language)
