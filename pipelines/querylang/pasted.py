"""What other tools and word processors write: lexemes in, a refusal or places to warn of out.

LexisNexis, Factiva and Meltwater have `w/s`, `pre/5`, `hlead=` and `HEADLINE(…)`. Read as words
they would find nothing, and nobody would be told why; so each is refused with what to write here.
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.errors import QueryError
from pipelines.querylang.lexer import Kind, Lexeme
from pipelines.querylang.refusal import refusal
from pipelines.querylang.words import tokens

_SCOPES = {
    **dict.fromkeys(("s", "sent"), ("sentence", "NEAR/15")),
    **dict.fromkeys(("p", "para"), ("paragraph", "NEAR/50")),
    **dict.fromkeys(("seg", "doc"), ("part", "AND")),
}
_SCOPE = re.compile(rf"(?:w|near)?/({'|'.join(_SCOPES)})", re.IGNORECASE)
_ORDERED = re.compile(r"(?:pre|onear|p)/(\d+)|adj(\d+)|(?-i:ADJ)", re.IGNORECASE)
_NO_DISTANCE = re.compile(r"near/.*|w/\d.*", re.IGNORECASE)
_CONDITION = re.compile(r"([a-z]{2,12})[=<>]", re.IGNORECASE)
_OURS = {
    **dict.fromkeys(("hl", "hd", "ti", "head", "headline", "title"), "title:(…)"),
    **dict.fromkeys(("hlead", "hlp"), "title:(…) OR lede:(…)"),
    **dict.fromkeys(("lp", "lead"), "lede:(…)"),
    **dict.fromkeys(("td", "body", "text"), "body:(…)"),
    **dict.fromkeys(("la", "language"), "lang:en"),
    **dict.fromkeys(("rst", "sn", "sc", "source", "publication"), "outlet:(…)"),
    **dict.fromkeys(("re", "geographic"), "mentioned:SY"),
    "date": "published:2015-06-01/2015-06-30",
}
_OTHERS = frozenset(
    {"allcaps", "byline", "by", "caps", "company", "length", "nocaps", "section", "subject"}
    | {"terms", "wc", "co", "in", "ns"}
)
_OPENING, _CLOSING = "'‘‚‛", "'’‘"
_MOST_WORDS = 10  # farther apart two apostrophes are no pair of quotation marks


def foreign(word: str, start: int, after: str) -> QueryError | None:
    """Return the error for a word that is syntax of another tool; `after` is what follows it."""
    if found := _SCOPE.fullmatch(word):
        what, instead = _SCOPES[found[1].lower()]
        return refusal(f"`{word}` (in the same {what}) is not available", start, instead)
    if found := _ORDERED.fullmatch(word):
        distance = found[1] or found[2] or "5"
        return refusal(
            f"`{word}` asks for an order, and NEAR takes any",
            start,
            f"a phrase in quotation marks, or NEAR/{distance}",
        )
    if _NO_DISTANCE.fullmatch(word):
        return refusal(f"`{word}` has no distance", start, "NEAR/5, or another number of words")
    return _condition(word, start, after)


def _condition(word: str, start: int, after: str) -> QueryError | None:
    """Return the error for `hd=…` and `HEADLINE(…)`."""
    found = _CONDITION.match(word)
    name = found[1].lower() if found else word.lower()
    if not found and (after != "(" or name not in _OURS.keys() | _OTHERS):
        return None
    written = found[0] if found else f"{word}("
    instead = _OURS.get(name, "words, or a filter outside the query")
    return refusal(f"`{written}` is no field here", start, instead)


def cut_off(word: str) -> bool:
    """Say whether a word ends with `!`, which is LexisNexis' `*`."""
    found = tokens(word) if word.endswith("!") else []
    return len(found) == 1 and len(found[0].form) > 1 and found[0].end == len(word) - 1


def single_quoted(lexemes: Sequence[Lexeme]) -> Iterator[tuple[Lexeme, Lexeme]]:
    """Yield the first and last of words in a row that stand in single quotation marks."""
    first = -1
    for at, lexeme in enumerate(lexemes):
        if lexeme.kind is not Kind.WORD:
            first = -1
            continue
        if len(lexeme.text) > 1 and lexeme.text[0] in _OPENING:
            first = at
        elif first >= 0 and lexeme.text[-1] in _CLOSING and at - first < _MOST_WORDS:
            yield lexemes[first], lexeme
            first = -1
