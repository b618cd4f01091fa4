"""How much of a topic one of its words carries: a query and texts in, one row for each word out.

The words of a query have three roles, told by the NOTs around them:

- an *alias* is looked for and marked: what the topic is called;
- a *context* (`NOT NOT x`, or `tags:x`) must be there and is not marked;
- an *exclusion* (`NOT x`) keeps articles out.

Of an alias or a context, `alone` counts the articles that would be lost if it went, found by asking
the query without it: what stands in a branch of AND goes with its branch. An article with two
aliases is lost by neither, so the numbers do not add up to the whole. Of an exclusion, `alone`
counts the articles that would come in. `mentions` counts the marked spans that an alias made, the
longest where several overlap; over all aliases they do add up.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import pandas as pd

from pipelines.querylang import ParsedQuery, match, parse
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
    reading,
)
from pipelines.store.files.texts import Text


class Role(StrEnum):
    """What a word of a query is there for."""

    ALIAS = "alias"
    CONTEXT = "context"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Alias:
    """A word, phrase, beginning or speaker of a query, as its canonical text, with its role."""

    text: str
    role: Role


COLUMNS = ("alias", "role", "articles", "share", "mentions", "alone", "alone_share")
_HITS = ("article_id", "alias", "role", "mentions", "alone")
# A part of a query that holds for every article, once what it asked for is taken out.
_ALWAYS = "always"
_Left: TypeAlias = "Node | str | None"  # what is left of a node; None: it can hold no more


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: under how many NOTs, and whether what it finds is marked."""

    nots: int = 0
    is_marked: bool = True

    def below(self, node: Node) -> "_Place":
        """Return the place of what stands in `node`, itself in this place."""
        is_tags = isinstance(node, Field) and node.name == "tags"
        return _Place(self.nots + isinstance(node, Not), self.is_marked and not is_tags)

    @property
    def role(self) -> Role:
        """Return what a word in this place is there for."""
        if self.nots % 2:
            return Role.EXCLUSION
        return Role.CONTEXT if self.nots or not self.is_marked else Role.ALIAS


def aliases(parsed: ParsedQuery) -> list[Alias]:
    """Return the words of a query with their roles, in the order they are written."""
    return list(dict.fromkeys(_aliases(parsed.tree, _Place())))


def _aliases(node: Node, place: _Place) -> Iterator[Alias]:
    if text := _word(node):
        yield Alias(text, place.role)
    for child in _parts(node):
        yield from _aliases(child, place.below(node))


def _word(node: Node) -> str:
    """Return the canonical text of a node that is marked itself; "" for others."""
    if isinstance(node, Term | Prefix | Phrase):
        return literal(node)
    return reading(node) if isinstance(node, Meta) and node.name == "speaker" else ""


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case And(nodes) | Or(nodes):
            return nodes
        case Near(left, right):
            return left, right
        case Not() | Field() | Repeat():
            return (node.node,)
        case _:
            return ()


def without(parsed: ParsedQuery, gone: Callable[[Alias], bool]) -> ParsedQuery | None:
    """Return the query without the words for which `gone` holds; None where nothing can match.

    A query of which only conditions are left that every article fulfils is None too.
    """
    left = _without(parsed.tree, gone, _Place())
    return None if left is None or isinstance(left, str) else parse(reading(left))


def _without(node: Node, gone: Callable[[Alias], bool], place: _Place) -> _Left:
    if isinstance(node, Term | Prefix | Phrase | Meta):
        text = _word(node)
        return None if text and gone(Alias(text, place.role)) else node
    left = [_without(child, gone, place.below(node)) for child in _parts(node)]
    match node:
        case And():
            return _all_of(left)
        case Or():
            return _any_of(left)
        case Near():
            return _near(node, left)
        case _:
            return _around(node, left[0])


def _near(node: Near, left: Sequence[_Left]) -> _Left:
    one, other = left
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return None
    return Near(one, other, node.distance)


def _around(node: Not | Field | Repeat, inner: _Left) -> _Left:
    if inner is None or isinstance(inner, str):
        if isinstance(node, Not):
            return _ALWAYS if inner is None else None
        return inner
    if isinstance(node, Not):
        return Not(inner)
    return Field(node.name, inner) if isinstance(node, Field) else Repeat(inner, node.times)


def _all_of(left: Sequence[_Left]) -> _Left:
    if any(one is None for one in left):
        return None
    nodes = tuple(one for one in left if one is not None and not isinstance(one, str))
    if not nodes:
        return _ALWAYS
    return nodes[0] if len(nodes) == 1 else And(nodes)


def _any_of(left: Sequence[_Left]) -> _Left:
    if any(isinstance(one, str) for one in left):
        return _ALWAYS
    nodes = tuple(one for one in left if one is not None and not isinstance(one, str))
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def alias_hits(parsed: ParsedQuery, texts: Iterable[Text]) -> pd.DataFrame:
    """Return article_id, alias, role, mentions, alone: one row for each word an article has.

    For articles that match, aliases and contexts; for those that exclusions alone keep out, the
    exclusions. Other articles have no row.
    """
    asked = _Asked(parsed)
    rows = [row for text in texts for row in asked.rows(text)]
    return pd.DataFrame(rows, columns=list(_HITS)).astype(
        {"article_id": "int64", "mentions": "int64", "alone": "bool"}
    )


class _Asked:
    """A query with each of its words alone, and with each of them taken out."""

    def __init__(self, parsed: ParsedQuery) -> None:
        self.parsed = parsed
        self.words = [(alias, parse(alias.text)) for alias in aliases(parsed)]
        self.reduced = {alias: without(parsed, alias.__eq__) for alias, _ in self.words}
        self.open = unexcluded(parsed)

    def rows(self, text: Text) -> Iterator[tuple[int, str, str, int, bool]]:
        """Yield the rows of one article."""
        spans = match(self.parsed, text.searchable)
        if spans is None and not _matches(self.open, text):
            return
        made = Counter(span.term for span in spans or ())
        for alias, word in self.words:
            is_exclusion = alias.role is Role.EXCLUSION
            if is_exclusion is not (spans is None) or not _matches(word, text):
                continue
            alone = _matches(self.reduced[alias], text) is is_exclusion
            mentions = made[alias.text] if alias.role is Role.ALIAS else 0
            yield text.article_id, alias.text, alias.role.value, mentions, alone


def _matches(parsed: ParsedQuery | None, text: Text) -> bool:
    return parsed is not None and match(parsed, text.searchable) is not None


def unexcluded(parsed: ParsedQuery) -> ParsedQuery | None:
    """Return the query without its exclusions, None where it has none."""
    if not any(alias.role is Role.EXCLUSION for alias in aliases(parsed)):
        return None
    return without(parsed, lambda alias: alias.role is Role.EXCLUSION)


def alias_shares(parsed: ParsedQuery, hits: pd.DataFrame, total: int) -> pd.DataFrame:
    """Return one row for each word of the query, those that carry most first; see COLUMNS.

    `hits` is of `alias_hits`, `total` the articles of the topic: shares are parts of it. A word
    without a hit stands there with zeros.
    """
    every = pd.DataFrame(
        [(alias.text, alias.role.value) for alias in aliases(parsed)], columns=["alias", "role"]
    )
    sums = hits.groupby(["alias", "role"], as_index=False).agg(
        articles=("article_id", "nunique"), mentions=("mentions", "sum"), alone=("alone", "sum")
    )
    rows = every.merge(sums, "left", ["alias", "role"])
    counts = ["articles", "mentions", "alone"]
    rows[counts] = rows[counts].fillna(0).astype("int64")
    for name in ("articles", "alone"):
        share = rows[name] / total if total else pd.Series(0.0, index=rows.index)
        rows["share" if name == "articles" else "alone_share"] = share
    by_role = rows["role"].map({role.value: number for number, role in enumerate(Role)})
    order = rows.assign(by_role=by_role).sort_values(
        ["by_role", "articles", "alone"], ascending=[True, False, False], kind="stable"
    )
    return order[list(COLUMNS)].reset_index(drop=True)
