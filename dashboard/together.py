"""A query and names of a ranking go in, the query of the articles that name them comes out."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.filters import narrowed
from pipelines.query import Query


def with_both(query: Query, entity: str, other: str) -> Query:
    """Return the query of the articles of `query` that name both entities; one may be the other."""
    both = narrowed(query, "entities", entity)
    if other == entity:
        return both
    words = f'entity:"{other}"'
    return replace(both, within=f"({both.within}) AND {words}" if both.within else words)


def compared(query: Query, entities: Sequence[str]) -> Query:
    """Return the query with `entities` as its series; what it counted before narrows them."""
    return replace(narrowed(query, "entities", ""), entities=tuple(entities))


def searched(query: Query, name: str) -> Query:
    """Return the query of the articles that have the words of a name no table knows."""
    words = '"' + " ".join(name.replace('"', " ").replace("\\", " ").split()) + '"'
    return replace(query, topics=(), entities=(), text=words)
