"""Conditions of a typed query that no article of the store meets: a name or code that is mistyped.

`about:UK` is a country that there is not (`GB`), `topic:ukrain` a topic that nobody defined. Such a
condition is no error, and beside OR or NOT the query finds something all the same; but what it
counts is hardly what was meant. Days are not asked: a period without an article is plain to see.
"""

from collections.abc import Iterator

from pipelines.querylang import parse
from pipelines.querylang.tree import And, Field, Meta, Near, Node, Not, Or, Repeat, reading
from pipelines.store import Store

_DAYS = frozenset({"published", "seen"})


def unmet(store: Store, text: str) -> list[str]:
    """Return the conditions of `text`, each as it is read, that no article meets, in their order.

    An article that is hidden by hand is none. Raises QueryError.
    """
    conditions = dict.fromkeys(reading(one) for one in _conditions(parse(text).tree))
    return [one for one in conditions if store.text_hits(one).empty]


def _conditions(node: Node) -> Iterator[Meta]:
    match node:
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _conditions(child)
        case Near(left, right):
            yield from _conditions(left)
            yield from _conditions(right)
        case Not(child) | Repeat(child) | Field(_, child):
            yield from _conditions(child)
        case Meta(name) if name not in _DAYS:
            yield node
