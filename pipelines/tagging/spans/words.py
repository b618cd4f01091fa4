"""A text in, its words out, as the names model sees them: by line and by sentence.

Rules: a possessive, a hyphen and each mark are words of their own; initials and abbreviations keep
their dots ("J.", "U.S."); a line ends a sentence, and so does a full stop, question or exclamation
mark before a capital, a digit or a quotation mark, unless it follows a title ("Mr.").
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?=[ -][A-Z])"  # U.S., J.
    r"|(?:Jr|Sr|Inc|Ltd|Corp|St|Mt|Dr|Mrs?|Ms|JR|SR|INC|MRS?|MS|DR)\."
    r"|['’]s\b"
    r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*"
    r"|\d+(?:[.,:]\d+)*|\w+"
    r"|[^\w\s]"
)
_ENDS = frozenset(".!?")
_CLOSING = frozenset("\"'”’)]")
_MAY_END = _ENDS | _CLOSING
_TITLES = re.compile(
    "mr|mrs|ms|dr|prof|gen|lt|col|maj|capt|sgt|sen|rep|gov|rev|hon|st|mt|ft|adm|cmdr|supt|insp|no|vs",
    re.IGNORECASE,
)
_STARTERS = re.compile(
    "The|An?|In|On|At|He|She|It|They|We|I|But|And|This|That|These|Those|His|Her|Their|As|For"
    "|There|After|Before|When|While|If|With"
)


class Word(NamedTuple):  # made twice as fast as a frozen dataclass, and there are many
    """One word or mark, with its offsets in the text."""

    text: str
    start: int
    end: int


def sentences_of(text: str) -> Iterator[list[Word]]:
    """Yield the words of each sentence."""
    offset = 0
    for line in text.split("\n"):
        words = [
            Word(found.group(), offset + found.start(), offset + found.end())
            for found in _WORD.finditer(line)
        ]
        yield from _sentences(words)
        offset += len(line) + 1


def _sentences(words: list[Word]) -> Iterator[list[Word]]:
    first = 0
    may_begin = [place for place, word in enumerate(words, 1) if word.text[-1] in _MAY_END]
    for place in may_begin:
        if place < len(words) and _begins(words, place, first):
            yield words[first:place]
            first = place
    if first < len(words):
        yield words[first:]


def _begins(words: list[Word], place: int, first: int) -> bool:
    """Return whether a sentence begins at `place`, behind a mark that may end one."""
    word, before = words[place], place - 1
    if word.start == words[before].end or word.text in _CLOSING - {'"', "'"}:
        return False
    while before > first and words[before].text in _CLOSING:
        before -= 1
    end = words[before].text
    if end in _ENDS:
        stop = end == "." and before > first and _TITLES.fullmatch(words[before - 1].text)
        return not stop and not word.text[0].islower()
    abbreviated = len(end) > 2 and end.endswith(".") and end[0].isalpha()
    return abbreviated and bool(_STARTERS.fullmatch(word.text))
