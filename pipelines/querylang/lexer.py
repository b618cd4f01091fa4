"""A query's text in, its lexemes with their positions out; limits are checked before anything else.

Curly and full-width quotation marks and brackets are folded first, and what is not seen beside a
word is a space, one character for one, so that every position is a position in the text as typed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipelines.querylang.fields import META_FIELDS, ZONE_FIELDS, unknown_field
from pipelines.querylang.refusal import refusal
from pipelines.querylang.words import tokens, unseen_apart

MAX_LENGTH = 10_000  # characters
MAX_DEPTH = 50  # brackets in brackets
MAX_TERMS = 2_000

NO_REGEX = "regular expressions are not available"
A_TERM = "a word, a phrase in quotation marks, a field or an opening bracket"


class Kind(StrEnum):
    """What a lexeme is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    PLUS = "+"
    NEAR = "NEAR"  # number: the distance
    FIELD = "field"  # text: the name as typed, lower-case
    NEAR_FIELD = "near5:"
    REPEAT = "repeat"
    EXACT = "="
    CASED = "cs:"
    QUOTED = "quoted"  # text: what is between the marks; number: the slop or -1
    WORD = "word"
    END = "end"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query; `start` and `end` are its place in the text."""

    kind: Kind
    text: str
    start: int
    end: int
    number: int = -1
    apart: bool = False  # `"x" ~7`: a space before the slop


_FOLDED = str.maketrans("“”„‟«»‹›❝❞〝〞〟″＂（）：＊～", '"' * 15 + "():*~")
_AFTER = r'(?![^\s()"|])'  # an operator ends where a word would end
# Word processors and keyboards for Chinese make these of a minus; after a word they are a dash.
_DASHES = "\u2010\u2011\u2013\u2212\ufe63\uff0d"
_LEXEME = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<open>\() | (?P<close>\))
    | "(?P<quoted>[^"]*)"(?:(?P<apart>\s*)~(?P<slop>\d+))?(?P<loose>[~*^])?
    | (?P<and>AND{_AFTER}|&&) | (?P<or>OR{_AFTER}|\|\|?)
    | (?P<not>NOT{_AFTER}|(?:[-!]|(?<![^\s(])[{_DASHES}])(?=[\w"(=/*])) | (?P<plus>\+(?=[\w"(=]))
    | (?:/(?P<stroke>\d{{1,2}})|(?i:near|w|n)/(?P<distance>\d+)|(?i:near)(?P<joined>\d+)){_AFTER}
    | (?P<bare_near>NEAR){_AFTER}
    | (?i:near)(?P<near_field>\d+):
    | (?i:repeat(?P<repeat>\d+):|atl(?:east)?(?P<atleast>\d+)(?::|{_AFTER}))
    | (?P<cased>(?i:cs):(?=["\w])) | (?P<exact>=(?=["\w]))
    | (?P<field>[A-Za-z][A-Za-z_]*):(?!//)
    | (?P<word>[^\s()"|]+)
    """,
    re.VERBOSE,
)
_PLAIN = {
    "open": Kind.OPEN,
    "close": Kind.CLOSE,
    "and": Kind.AND,
    "or": Kind.OR,
    "not": Kind.NOT,
    "plus": Kind.PLUS,
    "cased": Kind.CASED,
    "exact": Kind.EXACT,
}
_NUMBERED = {
    "stroke": Kind.NEAR,
    "distance": Kind.NEAR,
    "joined": Kind.NEAR,
    "near_field": Kind.NEAR_FIELD,
    "repeat": Kind.REPEAT,
    "atleast": Kind.REPEAT,
}


def lex(text: str) -> list[Lexeme]:
    """Return the lexemes of a query, ending with one of kind END; QueryError beyond the limits."""
    if len(text) > MAX_LENGTH:
        raise refusal(f"it is longer than {MAX_LENGTH:,} characters", MAX_LENGTH, "a shorter query")
    text = unseen_apart(text.translate(_FOLDED))
    lexemes: list[Lexeme] = []
    position = depth = terms = 0
    while position < len(text):
        match = _LEXEME.match(text, position)
        if match is None:  # only a quotation mark without its partner fits nothing
            raise refusal("this quotation mark is not closed", position, 'a closing `"`')
        lexeme = _lexeme(match)
        position = match.end() if lexeme is None else lexeme.end
        if lexeme is None:
            continue
        lexemes.append(lexeme)
        depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE)
        terms += lexeme.kind in (Kind.WORD, Kind.QUOTED)
        if depth > MAX_DEPTH:
            raise refusal(
                f"brackets are more than {MAX_DEPTH} deep", lexeme.start, "fewer nested brackets"
            )
        if terms > MAX_TERMS:
            raise refusal(f"there are more than {MAX_TERMS:,} terms", lexeme.start, "fewer terms")
    return [*lexemes, Lexeme(Kind.END, "", len(text), len(text))]


def _lexeme(match: re.Match[str]) -> Lexeme | None:
    """Return the lexeme of a match, None for space and punctuation."""
    start, end = match.span()
    name = match.lastgroup or ""
    if match["quoted"] is not None:
        return _quoted(match)
    if name in _PLAIN:
        return Lexeme(_PLAIN[name], match.group(), start, end)
    if name in _NUMBERED:
        return Lexeme(_NUMBERED[name], match.group(), start, end, _number(match, name))
    if name == "field":
        return _field(match)
    if name == "bare_near":
        raise refusal("NEAR has no distance", start, "NEAR/5, or another number of words")
    return _word(match) if name == "word" else None


def _word(match: re.Match[str]) -> Lexeme | None:
    """Return the lexeme of a bare word, None for punctuation."""
    start, end = match.span()
    if _says_something(match.group()):
        return Lexeme(Kind.WORD, match.group(), start, end)
    if match.group() == "/" and match.string[end : end + 1] in ("(", '"'):
        raise refusal(NO_REGEX, start, "a word, or text in quotes")  # `/(a|b)+/`
    return None


def _number(match: re.Match[str], name: str) -> int:
    """Return the number written in an operator: words between for NEAR, mentions for repeat."""
    most = 100
    lowest = 1 if _NUMBERED.get(name) is Kind.REPEAT else 0
    digits = match[name]
    if len(digits) > 3 or not lowest <= int(digits) <= most:
        raise refusal(
            f"`{digits}` is too far" if lowest == 0 else f"`{digits}` mentions cannot be asked for",
            match.start(name),
            f"a number from {lowest} to {most}",
        )
    return int(digits)


def _quoted(match: re.Match[str]) -> Lexeme:
    if match["loose"]:
        raise refusal(
            f"`{match['loose']}` cannot follow a phrase so",
            match.start("loose"),
            'a distance such as `"a b"~5`; write `*` inside the quotation marks',
        )
    number = -1 if match["slop"] is None else _number(match, "slop")
    return Lexeme(Kind.QUOTED, match["quoted"], *match.span(), number, apart=bool(match["apart"]))


def _field(match: re.Match[str]) -> Lexeme:
    """Return a field, or the whole word where the colon is punctuation (`Lavrov: US`)."""
    name, start, end = match["field"].lower(), match.start(), match.end()
    if name in ZONE_FIELDS or name in META_FIELDS:
        return Lexeme(Kind.FIELD, name, start, end)
    if end == len(match.string) or match.string[end].isspace():
        return Lexeme(Kind.WORD, match["field"], start, end)
    raise unknown_field(name, start)


def _says_something(word: str) -> bool:
    """Return whether a word is more than punctuation; `*` is left for the parser to refuse."""
    return bool(tokens(word)) or "*" in word
