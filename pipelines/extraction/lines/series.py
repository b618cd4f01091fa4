"""Find the headings of an article that counts: lines in, the places of its numbered headings out.

"1. Start small" and far below "2. Get support", or "Tip 1: Cut it up": each next number stands
below the last one with prose between them. A list of the most read stories has numbers too, and no
prose between; the steps of a recipe are sentences. Of the 184 labelled dumps eight have such
headings, 48 in all, and each was labelled as the article's.
"""

import re
from collections.abc import Sequence

from pipelines.extraction.lines.roles import Line, Role

# "1. ...", "2) ...", "#3: ...", "Tip 4: ..."
_NUMBERED = re.compile(
    r"(?P<what>(?:[^\W\d_]{1,12}\s)?[#№]?\s?)(?P<number>\d{1,2})(?:[.):]|\s[–—-])[\W_]*[^\W\d_].*"
)
_OTHER = (Role.PROSE, Role.CLOCK, Role.FURNITURE)  # "30. Oktober 2023" is a date
_INTRODUCE = (Role.PROSE, Role.TITLE)
_ITEMS = (Role.TITLE, Role.SHORT, Role.TAGS)
_ITEMS_OF_A_LIST = range(3, 21)  # two are mostly a link to another story and its kicker
_REACH = 80  # lines from one number to the next


def numbered_headings(lines: Sequence[Line]) -> frozenset[int]:
    """Return where headings stand that are numbered on with prose between them."""
    prose = [0]
    for line in lines:
        prose.append(prose[-1] + (line.role is Role.PROSE))
    last: dict[tuple[str, int], int] = {}
    found: set[int] = set()
    for at, line in enumerate(lines):
        match = _NUMBERED.fullmatch(line.text)
        if match is None or line.role in _OTHER:
            continue
        what, number = match["what"].strip().casefold(), int(match["number"])
        for before in (number - 1, number + 1):  # some count down to the best
            above = last.get((what, before))
            if above is not None and at - above <= _REACH and prose[at] > prose[above + 1]:
                found |= {above, at}
        last[what, number] = at
    return frozenset(found)


def introduced(lines: Sequence[Line]) -> frozenset[int]:
    """Return where the items of a list stand below a line of some length that ends with a colon."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if line.role not in _INTRODUCE or line.text[-1] not in ":：":
            continue
        end = at + 1
        while end < len(lines) and lines[end].role in _ITEMS:
            end += 1
        if end - at - 1 in _ITEMS_OF_A_LIST:
            found.update(range(at + 1, end))
    return frozenset(found)
