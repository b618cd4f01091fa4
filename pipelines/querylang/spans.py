"""Places where terms of one query stand in; merged spans, as they are counted, out.

- Overlapping places are one span (`Security Council` within `UN Security Council`).
- A name and its abbreviation in brackets are one span, from the name to the closing bracket:
  `United Nations Security Council (UNSC)`; also the other way round. The abbreviation is one word,
  in capitals or made of the name's initials.
"""

import re
from collections.abc import Collection
from typing import NamedTuple, TypeAlias

from pipelines.querylang.words import tokens
from pipelines.querylang.words_of import Words

OPENS = re.compile(r"\s{0,9}[(\[（]\s{0,9}[\"“«'‘]?")
CLOSES = re.compile(r"[\"”»'’]?\s{0,9}[)\]）]")
_WIDEST = 20  # characters that OPENS can match


class Span(NamedTuple):
    """One mention: `text[start:end]`, and the term of the query that made it."""

    start: int
    end: int
    term: str


Mark: TypeAlias = tuple[int, int, str]  # the first word and the last, and the term found there


def marked_spans(marks: Collection[Mark], words: Words) -> tuple[Span, ...]:
    """Return the merged spans of what was marked."""
    starts, ends = words.starts, words.ends
    if len(marks) == 1:
        ((first, last, term),) = marks
        return (Span(starts[first], ends[last], term),)
    return merge(words.text, [Span(starts[a], ends[z], term) for a, z, term in set(marks)])


def merge(text: str, found: Collection[Span]) -> tuple[Span, ...]:
    """Return the spans in order, overlapping ones and bracketed abbreviations joined.

    A joined span carries the term of its longest part; of equally long parts that of the first, of
    equal parts the longest term.
    """
    if len(found) < 2:
        return tuple(found)
    merged: list[Span] = []
    longest = reach = 0  # of the parts of the last merged span: their length, their end
    for span in sorted(found, key=_order):
        start, end, term = span
        if start >= reach:
            merged.append(span)
            longest, reach = end - start, end
            continue
        before = merged[-1]
        if end - start <= longest:
            term = before.term
        else:
            longest = end - start
        reach = max(reach, end)
        merged[-1] = Span(before.start, reach, term)
    return tuple(_with_abbreviations(text, merged))


def _order(span: Span) -> tuple[int, int, int, str]:
    """Return the key that puts the longest first, and of equal ones that of the longest term."""
    return span.start, -span.end, -len(span.term), span.term


def _with_abbreviations(text: str, spans: list[Span]) -> list[Span]:
    joined = spans[:1]
    for span in spans[1:]:
        before = joined[-1]
        if span.start - before.end <= _WIDEST and (end := _closing(text, before, span)):
            joined[-1] = before._replace(end=end)
        else:
            joined.append(span)
    return joined


def _closing(text: str, name: Span, inner: Span) -> int:
    """Return where the bracket around `inner` closes if the two are a name and its short form."""
    if not OPENS.fullmatch(text, name.end, inner.start):
        return 0
    closing = CLOSES.match(text, inner.end)
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
    return (short.isupper() and len(short) > 1) or letters[0] == "".join(word[:1] for word in words)
