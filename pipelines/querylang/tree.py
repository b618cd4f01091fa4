"""The tree of a parsed query, and its canonical text: brackets everywhere, nothing left to guess.

    Term      one word                      syria   ="syria"   cs:"WHO"
    Prefix    all words that begin so       ukrain*
    Phrase    words in a row, or close      "security council"   "security council"~5
    Near      operands close together       (lavrov NEAR/5 kerry)
    Repeat    at least so many mentions     repeat3:"syria"
    And, Or, Not
    Field     the operand in some zones     title:(syria OR iran)   quote:(syria oil)
    Meta      a fact about the article      lang:ru   published:2015-05-01/2015-05-31

`reading(tree)` parses back to an equal tree.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from pipelines.querylang.words import is_unspaced, tokens


class Form(StrEnum):
    """In which form a word of the query is looked for."""

    INFLECTED = ""  # cases and plurals too
    EXACT = "="  # this form, in any case of letters
    CASED = "cs:"  # this form, with these capitals


@dataclass(frozen=True, slots=True)
class Term:
    """One word, as typed."""

    word: str
    form: Form = Form.INFLECTED


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin with `stem`."""

    stem: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of one paragraph: in a row, or with `slop` set in any order within a stretch.

    The stretch holds at most `slop` other words.
    """

    words: tuple[Term | Prefix, ...]
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Both operands in one paragraph, in any order, at most `distance` words between them."""

    left: "Node"
    right: "Node"
    distance: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """At least `times` mentions of the operand."""

    node: "Node"
    times: int


@dataclass(frozen=True, slots=True)
class And:
    """All of the operands, anywhere in the article."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the operands."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles without the operand; marks nothing in the text."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Field:
    """The operand, looked for in one kind of zone only: `title`, `lede`, `body` or `tags`.

    Or in each `quote` by itself.
    """

    name: str
    node: "Node"


@dataclass(frozen=True, slots=True)
class Meta:
    """A condition on a fact about the article; `value` is its canonical text."""

    name: str
    value: str
    prefix: bool = False
    first: date | None = None  # of published: and seen:, both ends inclusive, None is open
    last: date | None = None


Node: TypeAlias = Term | Prefix | Phrase | Near | Repeat | And | Or | Not | Field | Meta

_OPERATORS = frozenset(["and", "or", "not", "near"])
_COUNT = re.compile(r"(?:near|atleast|repeat).|atl\d", re.IGNORECASE)


def reading(node: Node) -> str:
    """Return the canonical text of the tree, without brackets around the whole."""
    match node:
        case And() | Or() | Near():
            return _joined(node)
        case Not(child):
            return f"NOT {_operand(child)}"
        case Repeat(child, times):
            return f"repeat{times}:{_operand(child)}"
        case Field(name, child):
            inner = reading(child)
            simple = isinstance(child, Term | Prefix | Phrase)
            return f"{name}:{inner}" if simple else f"{name}:({inner})"
        case Meta(name, value, prefix):
            return f"{name}:{_value(value, '*' if prefix else '')}"
        case _:
            return literal(node)


def depth(node: Node) -> int:
    """Return how deep the reading is nested: brackets, NOT, repeat and fields."""
    match node:
        case And() | Or():
            return max(_operand_depth(child) for child in node.nodes)
        case Near(left, right):
            return max(_operand_depth(left), _operand_depth(right))
        case Not(child) | Repeat(child) | Field(_, child):
            return 1 + _operand_depth(child)
        case _:
            return 0


def _operand_depth(node: Node) -> int:
    return depth(node) + isinstance(node, And | Or | Near)


def near_depth(node: Node) -> int:
    """Return how many NEAR are in one another."""
    match node:
        case Near(left, right):
            return 1 + max(near_depth(left), near_depth(right))
        case Or(nodes):
            return max(near_depth(child) for child in nodes)
        case _:
            return 0


def _joined(node: And | Or | Near) -> str:
    if isinstance(node, Near):
        return f"{_operand(node.left)} NEAR/{node.distance} {_operand(node.right)}"
    operator = " AND " if isinstance(node, And) else " OR "
    return operator.join(_operand(child) for child in node.nodes)


def _operand(node: Node) -> str:
    return f"({reading(node)})" if isinstance(node, And | Or | Near) else reading(node)


def literal(node: Term | Prefix | Phrase) -> str:
    """Return the canonical text of a word, prefix or phrase; it is also the name of its spans."""
    if isinstance(node, Phrase):
        first = node.words[0]
        mark = first.form if isinstance(first, Term) else Form.INFLECTED
        return f'{mark}"{_row(node)}"' + ("" if node.slop is None else f"~{node.slop}")
    if isinstance(node, Term) and (node.form is not Form.INFLECTED or not _is_plain(node.word)):
        return f'{node.form}"{node.word}"'
    return _bare(node)


def _bare(word: Term | Prefix) -> str:
    return f"{word.stem}*" if isinstance(word, Prefix) else word.word


def _row(phrase: Phrase) -> str:
    """Return the words of a phrase with spaces between, except where their script has none."""
    row = _bare(phrase.words[0])
    for word in map(_bare, phrase.words[1:]):
        row += word if is_unspaced(row[-1]) and is_unspaced(word[0]) else f" {word}"
    return row


def _is_plain(word: str) -> bool:
    """Return whether the word may stand without quotation marks and be read as the same term."""
    return word.isalnum() and word.casefold() not in _OPERATORS and not _is_count(word)


def _is_count(word: str) -> bool:
    return _COUNT.match(word) is not None


def _value(value: str, star: str) -> str:
    plain = value[:1].isalnum() and all(char.isalnum() or char in "-./_" for char in value)
    operator = (
        value.casefold() in _OPERATORS or _is_count(value) or value[:2].lower() in ("w/", "n/")
    )
    return f"{value}{star}" if plain and tokens(value) and not operator else f'"{value}{star}"'
