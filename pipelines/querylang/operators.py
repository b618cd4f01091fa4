"""Lexemes of a query and the place of an `and`, `or` or `not` in, whether capitals would work out.

In capitals it would be an operator: that reads only where operands stand around it.
"""

from collections.abc import Sequence

from pipelines.querylang.lexer import Kind, Lexeme

SMALL = frozenset(["and", "or", "not"])
_OTHERS = {
    "AND": "И І ТА UND ET",
    "OR": "ИЛИ АБО ODER OU",
    "NOT": "НЕ NICHT SAUF",
    "AND NOT": "ANDNOT",
}
_OF_OTHERS = {word: ours for ours, words in _OTHERS.items() for word in words.split()}
_ENDS = frozenset([Kind.WORD, Kind.QUOTED, Kind.CLOSE])
_MARKS = frozenset([Kind.EXACT, Kind.CASED, Kind.NEAR_FIELD, Kind.REPEAT, Kind.FIELD])
_BEGINS = frozenset([Kind.WORD, Kind.QUOTED, Kind.OPEN, Kind.NOT, Kind.PLUS]) | _MARKS
_BOUND = _MARKS | {Kind.NEAR, Kind.PLUS}  # what a NOT cannot follow


def meant(lexeme: Lexeme) -> str:
    """Return the operator that a word may stand for: of `or` and of `ODER` it is `OR`; else ""."""
    if lexeme.kind is not Kind.WORD:
        return ""
    return lexeme.text.upper() if lexeme.text in SMALL else _OF_OTHERS.get(lexeme.text, "")


def is_operator(lexemes: Sequence[Lexeme], at: int) -> bool:
    """Return whether the query could be read with our operator for the lexeme at `at`."""
    operator = meant(lexemes[at])
    if operator == "NOT":
        joined = at > 0 and meant(lexemes[at - 1])
        return _may_negate(lexemes, at) and (not joined or _may_join(lexemes, at - 1))
    if operator == "AND NOT":
        return _may_join(lexemes, at) and _may_negate(lexemes, at)
    followed = meant(lexemes[at + 1]) == "NOT" and _may_negate(lexemes, at + 1)
    return _may_join(lexemes, at) and (followed or _begins(lexemes[at + 1]))


def _begins(lexeme: Lexeme) -> bool:
    return lexeme.kind in _BEGINS and not meant(lexeme)


def _may_join(lexemes: Sequence[Lexeme], at: int) -> bool:
    before = lexemes[at - 1] if at else None
    if before is None or meant(lexemes[at]) in ("", "NOT"):
        return False
    return before.kind in _ENDS and not meant(before)


def _may_negate(lexemes: Sequence[Lexeme], at: int) -> bool:
    if not _begins(lexemes[at + 1]) or (at and lexemes[at - 1].kind in _BOUND):
        return False
    return lexemes[_after_operand(lexemes, at + 1)].kind is not Kind.NEAR


def _after_operand(lexemes: Sequence[Lexeme], at: int) -> int:
    """Return the place after one operand: NEAR there would bind a NOT."""
    while lexemes[at].kind in _MARKS or lexemes[at].kind in (Kind.NOT, Kind.PLUS):
        at += 1
    deep = 0
    while lexemes[at].kind is not Kind.END:
        deep += (lexemes[at].kind is Kind.OPEN) - (lexemes[at].kind is Kind.CLOSE)
        at += 1
        if deep <= 0:
            break
    return at
