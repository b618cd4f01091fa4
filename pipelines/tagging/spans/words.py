"""A text in, its words out, as the names model sees them: by line and by sentence.

Rules: a possessive, a hyphen and each mark are words of their own; initials and abbreviations keep
their dots ("J.", "U.S."); a line ends a sentence, and so does a full stop, question or exclamation
mark before a capital, a digit or a quotation mark, unless it follows a title ("Mr.").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark, with its offsets in the text."""

    text: str
    start: int
    end: int


class Cut(NamedTuple):
    """The words of one sentence as they were found; most sentences need no offsets."""

    texts: list[str]
    found: list[re.Match[str]]
    offset: int  # of the line in the text

    def words(self) -> list[Word]:
        """Return the words with their offsets."""
        return [
            Word(one.group(), self.offset + one.start(), self.offset + one.end())
            for one in self.found
        ]


def sentences_of(text: str) -> Iterator[list[Word]]:
    """Yield the words of each sentence."""
    for sentence in cut(text):
        yield sentence.words()


def cut(text: str) -> Iterator[Cut]:
    """Yield the sentences."""
    offset = 0
    for line in text.split("\n"):
        found = list(_WORD.finditer(line))
        if found:
            yield from _sentences(Cut([one.group() for one in found], found, offset))
        offset += len(line) + 1


def _sentences(line: Cut) -> Iterator[Cut]:
    texts, found, offset = line
    first = 0
    for place in [place for place, text in enumerate(texts, 1) if text[-1] in _MAY_END]:
        if place < len(texts) and _begins(line, place, first):
            yield Cut(texts[first:place], found[first:place], offset)
            first = place
    yield Cut(texts[first:], found[first:], offset)


def _begins(line: Cut, place: int, first: int) -> bool:
    """Return whether a sentence begins at `place`, behind a mark that may end one."""
    texts, found, _ = line
    text, before = texts[place], place - 1
    if found[place].start() == found[before].end() or text in _CLOSING - {'"', "'"}:
        return False
    while before > first and texts[before] in _CLOSING:
        before -= 1
    end = texts[before]
    if end in _ENDS:
        stop = end == "." and before > first and _TITLES.fullmatch(texts[before - 1])
        return not stop and not text[0].islower()
    abbreviated = len(end) > 2 and end.endswith(".") and end[0].isalpha()
    return abbreviated and bool(_STARTERS.fullmatch(text))
