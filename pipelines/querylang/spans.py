"""Places where terms of one query stand in; merged spans, as they are counted, out.

- Overlapping places are one span (`Security Council` within `UN Security Council`).
- A name and its abbreviation in brackets are one span, from the name to the closing bracket:
  `United Nations Security Council (UNSC)`; also the other way round. The abbreviation is one word,
  in capitals or made of the name's initials.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipelines.querylang.words import tokens

_OPENS = re.compile(r"\s*[(\[（]\s*[\"“«'‘]?")
_CLOSES = re.compile(r"[\"”»'’]?\s*[)\]）]")


@dataclass(frozen=True, slots=True)
class Span:
    """One mention: `text[start:end]`, and the term of the query that made it."""

    start: int
    end: int
    term: str


def merge(text: str, found: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, overlapping ones and bracketed abbreviations joined.

    A joined span carries the term of its longest part.
    """
    merged: list[Span] = []
    longest = 0  # of the parts of the last merged span
    for span in sorted(found, key=_order):
        if not merged or span.start >= merged[-1].end:
            merged.append(span)
            longest = span.end - span.start
            continue
        term = merged[-1].term
        if span.end - span.start > longest:
            term, longest = span.term, span.end - span.start
        merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end), term)
    return tuple(_with_abbreviations(text, merged))


def _order(span: Span) -> tuple[int, int, int, str]:
    """Return the key that puts the longest first, and of equal ones that of the longest term."""
    return span.start, -span.end, -len(span.term), span.term


def _with_abbreviations(text: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and (end := _closing(text, joined[-1], span)):
            joined[-1] = replace(joined[-1], end=end)
        else:
            joined.append(span)
    return joined


def _closing(text: str, name: Span, inner: Span) -> int:
    """Return where the bracket around `inner` closes if the two are a name and its short form."""
    if not _OPENS.fullmatch(text, name.end, inner.start):
        return 0
    closing = _CLOSES.match(text, inner.end)
    if closing is None:
        return 0
    outside, inside = text[name.start : name.end], text[inner.start : inner.end]
    if _abbreviates(inside, outside) or _abbreviates(outside, inside):
        return closing.end()
    return 0


def _abbreviates(short: str, name: str) -> bool:
    words = [token.form for token in tokens(name)]
    letters = [token.form for token in tokens(short)]
    if len(letters) != 1 or len(words) < 2:
        return False
    return (short.isupper() and len(short) > 1) or letters[0] == "".join(word[0] for word in words)
