"""Lexemes of a query and the place of an `and`, `or` or `not` in, whether capitals would work out.

In capitals it would be an operator: that reads only where operands stand around it.
"""

from collections.abc import Sequence

from pipelines.querylang.lexer import Kind, Lexeme

SMALL = frozenset(["and", "or", "not"])
_ENDS = frozenset([Kind.WORD, Kind.QUOTED, Kind.CLOSE])
_MARKS = frozenset([Kind.EXACT, Kind.CASED, Kind.NEAR_FIELD, Kind.REPEAT, Kind.FIELD])
_BEGINS = frozenset([Kind.WORD, Kind.QUOTED, Kind.OPEN, Kind.NOT, Kind.PLUS]) | _MARKS
_BOUND = _MARKS | {Kind.NEAR, Kind.PLUS}  # what a NOT cannot follow


def is_operator(lexemes: Sequence[Lexeme], at: int) -> bool:
    """Return whether the query could be read with the lexeme at `at` in capitals."""
    lexeme, following = lexemes[at], lexemes[at + 1]
    before = lexemes[at - 1].kind if at else None
    if following.kind not in _BEGINS or following.text in SMALL:
        return False
    if before is Kind.WORD and lexemes[at - 1].text in SMALL:
        return False
    if lexeme.text != "not":
        return before in _ENDS
    return before not in _BOUND and lexemes[_after_operand(lexemes, at + 1)].kind is not Kind.NEAR


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
