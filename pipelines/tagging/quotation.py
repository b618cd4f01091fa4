"""A text in, the stretches of it that stand inside quotation marks out.

Double marks of all styles count. Single ones do only in a line without double ones, and only with a
mark of punctuation before the closing one ('It is late,' he said): else they are apostrophes. Marks
within marks belong to the words around them: `"the play "The Wall" was good"` is one stretch. A
mark that is not closed in its paragraph quotes to the end where it opens the paragraph or where the
next one begins with such a mark, as newspapers set long quotations; else it quotes nothing.
"""

import re
from collections.abc import Sequence

_PAIRS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", '"': '"'}
_MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_ANY = re.compile("[\"'\u2018\u201c\u201d\u201e\u00ab\u00bb]")
_LOOKS_OPEN = re.compile(r"(?:^|(?<=[\s(\[\u2014\u2013-]))[\"\u201c\u201e\u00ab](?=\S)")


_SINGLE = re.compile(
    r"(?:^|(?<=[\s:(]))['\u2018](?=[^\W\d_])([^'\u2018\u2019]|(?<=\w)['\u2019](?=\w))*?"
    r"[.,!?\u2026]['\u2019](?=\s|$)"
)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of what stands between quotation marks, in order, marks left out."""
    spans: list[tuple[int, int]] = []
    if not _ANY.search(text):
        return spans
    start = 0
    lines = text.split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        found = _in_line(line, goes_on=after[:1] in _PAIRS)
        spans += [(start + first, start + last) for first, last in found]
        start += len(line) + 1
    return spans


def _in_line(line: str, *, goes_on: bool) -> list[tuple[int, int]]:
    marks = [(match.start(), match.group()) for match in _MARK.finditer(line)]
    if not marks:
        singles = "'" in line or "\u2018" in line
        found = _SINGLE.finditer(line) if singles else ()
        return [(match.start() + 1, match.end() - 1) for match in found]
    nested = _nested(line, marks) if len(marks) > 2 else None
    return _flat(line, marks, goes_on=goes_on) if nested is None else nested


def _nested(line: str, marks: list[tuple[int, str]]) -> list[tuple[int, int]] | None:
    """Return the outermost stretches, None where the marks do not pair up."""
    spans: list[tuple[int, int]] = []
    closings: list[str] = []
    opened = -1
    opening = {match.start() for match in _LOOKS_OPEN.finditer(line)}
    for place, mark in marks:
        if _closes(mark, closings, looks_open=place in opening):
            closings.pop()
            if not closings:
                spans.append((opened, place))
        elif mark in _PAIRS and place in opening:
            opened = opened if closings else place + 1
            closings.append(_PAIRS[mark])
        else:
            return None
    return None if closings else spans


def _closes(mark: str, closings: Sequence[str], *, looks_open: bool) -> bool:
    """Return whether a mark closes the innermost stretch; a straight one only as it stands."""
    return bool(closings) and mark in closings[-1] and not (mark == '"' and looks_open)


def _flat(line: str, marks: list[tuple[int, str]], *, goes_on: bool) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for place, mark in marks:
        if closing and mark in closing:
            spans.append((opened, place))
            closing = ""
        elif not closing and mark in _PAIRS:
            opened, closing = place + 1, _PAIRS[mark]
    if closing and (goes_on or not line[: opened - 1].strip()):
        spans.append((opened, len(line)))
    return spans
