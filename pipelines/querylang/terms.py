"""A bare or quoted text of a query in, its term, prefix or phrase out.

What looks like syntax that we do not have (`/regex/`, `word~`, `te?t`, `wea*n`) is refused: read as
words it would find something else than was asked for.
"""

import re
import unicodedata
from collections.abc import Iterator

from pipelines.querylang.lexer import NO_REGEX, Kind, Lexeme
from pipelines.querylang.refusal import refusal
from pipelines.querylang.tree import Form, Phrase, Prefix, Term
from pipelines.querylang.words import is_unspaced, tokens, without_invisible

MAX_PHRASE = 50  # words
MAX_LOOSE = 10  # words of a phrase in any order

_WEIGHT = re.compile(r"\^[\d.]+$")
_NOT_OURS = (  # what is refused in a bare word, why, and what to write
    (re.compile(r"()/[^/]"), NO_REGEX, "a word, or text in quotes"),
    (re.compile(r".*?(?:\w|^)()~"), "`~` after a word is not available", "spellings joined by OR"),
    (re.compile(r".*?(?:\w()|^())\?\w"), "`?` for one letter is not available", "`*` at the end"),
)


def term(lexeme: Lexeme, form: Form, slop: int = -1) -> Term | Prefix | Phrase:
    """Return what a WORD or QUOTED lexeme asks for; `slop` of 0 and more: in any order."""
    if lexeme.kind is Kind.WORD:
        text, offset = without_weight(lexeme.text), lexeme.start
        _refuse_foreign(text, offset)
    else:
        text, offset = lexeme.text, lexeme.start + 1
    _refuse_stars(text, offset, form)
    words = tuple(_words(text, offset, form))
    slop = max(slop, lexeme.number)
    if not words:
        raise refusal("there is no word in it", offset, "letters or digits")
    if len(words) > (MAX_PHRASE if slop < 0 else MAX_LOOSE):
        raise refusal("the phrase is too long", offset, f"at most {MAX_PHRASE} words, 10 with `~`")
    return words[0] if len(words) == 1 else Phrase(words, None if slop < 0 else slop)


def without_weight(text: str) -> str:
    """Return the word without a weight such as `^2`, which other tools rank by."""
    return _WEIGHT.sub("", text)


def _refuse_foreign(text: str, offset: int) -> None:
    for pattern, message, instead in _NOT_OURS:
        if found := pattern.match(text):
            raise refusal(message, offset + found.end(found.lastindex or 0), instead)


def _refuse_stars(text: str, offset: int, form: Form) -> None:
    """Refuse a `*` that is not at the end of a word."""
    ends = {token.end for token in tokens(text)}
    for star in re.finditer(r"\*(\w)?", text):
        expected = "a word's beginning and then `*`"
        if star.start() not in ends or star[1]:
            message = "`*` stands only at the end of a word"
            raise refusal(message, offset + star.start(), expected)
        if form is not Form.INFLECTED:
            raise refusal(f"`*` cannot be used with `{form}`", offset + star.start(), expected)


def _words(text: str, offset: int, form: Form) -> Iterator[Term | Prefix]:
    for token in tokens(text):
        word = unicodedata.normalize("NFC", without_invisible(text[token.start : token.end]))
        if text[token.end : token.end + 1] != "*":
            yield Term(word, form)
        elif len(token.form) > 1 or is_unspaced(word[0]):
            yield Prefix(word)
        else:
            raise refusal("one letter and `*` is too little", offset + token.start, "two letters")
