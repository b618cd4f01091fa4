"""A text in, the stretches of it that stand inside quotation marks out.

Double marks of all styles count, single ones do not: they are apostrophes too often. A mark that
opens a paragraph and is not closed in it quotes to the paragraph's end, as newspapers set long
quotations; any other mark without a partner quotes nothing.
"""

import re

_PAIRS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", '"': '"'}
_MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of what stands between quotation marks, in order, marks left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        spans += [(start + first, start + last) for first, last in _in_line(line)]
        start += len(line) + 1
    return spans


def _in_line(line: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for match in _MARK.finditer(line):
        mark = match.group()
        if closing and mark in closing:
            spans.append((opened, match.start()))
            closing = ""
        elif not closing and mark in _PAIRS:
            opened, closing = match.end(), _PAIRS[mark]
    if closing and not line[: opened - 1].strip():
        spans.append((opened, len(line)))
    return spans
