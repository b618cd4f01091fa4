"""A text in, the stretches of it that stand inside quotation marks out.

Double marks of all styles count, single ones do not: they are apostrophes too often. Marks within
marks belong to the words around them: `"the play "The Wall" was good"` is one stretch. A mark that
opens a paragraph and is not closed in it quotes to the paragraph's end, as newspapers set long
quotations; any other mark without a partner quotes nothing.
"""

import re

_PAIRS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", '"': '"'}
_MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_LOOKS_OPEN = re.compile(r"(?:^|(?<=[\s(\[\u2014\u2013-]))[\"\u201c\u201e\u00ab](?=\S)")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of what stands between quotation marks, in order, marks left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        spans += [(start + first, start + last) for first, last in _in_line(line)]
        start += len(line) + 1
    return spans


def _in_line(line: str) -> list[tuple[int, int]]:
    marks = [(match.start(), match.group()) for match in _MARK.finditer(line)]
    if not marks:
        return []
    nested = _nested(line, marks) if len(marks) > 2 else None
    return _flat(line, marks) if nested is None else nested


def _nested(line: str, marks: list[tuple[int, str]]) -> list[tuple[int, int]] | None:
    """Return the outermost stretches, None where the marks do not pair up."""
    spans: list[tuple[int, int]] = []
    closings: list[str] = []
    opened = -1
    opening = {match.start() for match in _LOOKS_OPEN.finditer(line)}
    for place, mark in marks:
        if closings and mark in closings[-1] and (mark != '"' or place not in opening):
            closings.pop()
            if not closings:
                spans.append((opened, place))
        elif mark in _PAIRS and place in opening:
            opened = opened if closings else place + 1
            closings.append(_PAIRS[mark])
        else:
            return None
    return None if closings else spans


def _flat(line: str, marks: list[tuple[int, str]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for place, mark in marks:
        if closing and mark in closing:
            spans.append((opened, place))
            closing = ""
        elif not closing and mark in _PAIRS:
            opened, closing = place + 1, _PAIRS[mark]
    if closing and not line[: opened - 1].strip():
        spans.append((opened, len(line)))
    return spans
