"""Read text that somebody scraped off a page, furniture and all: a capture in, a `Document` out.

1. Each line gets a role by its shape (`lines.py`).
2. The body is the contiguous run with the most prose: prose adds its words, everything else costs.
   A single heading between prose is a subhead; several in a row are links to other stories.
3. On the head side stand headline, byline and stamps. The headline is the headline-shaped line
   next to the body; where none has that shape there is none, and none is made up. A title that
   comes with the capture wins; its repeat in the text is furniture.
4. On the tail side headline-shaped lines are related stories and comma lists are tags.
5. Everything else is furniture: kept, never counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipelines.article import Capture, DateEvidence, DateRole, DateSource, Document, Zone
from pipelines.errors import NoArticle
from pipelines.extraction import text_dates
from pipelines.extraction.decoding import decode
from pipelines.extraction.lines import Role, author_in, is_title_case, n_words, role_of
from pipelines.extraction.zones import (
    Part,
    partition,
    same_line_key,
    tags_part,
    with_headline,
    with_lede,
)
from pipelines.querylang import clean

_COST = {
    Role.CLOCK: -6,
    Role.FURNITURE: -4,
    Role.COMMENTS: -4,
    Role.BOUNDARY: -200,  # prose on both sides of it is never one article
    Role.BYLINE: -4,
    Role.CAPTION: -2,
    Role.TAGS: -15,
    Role.SENTENCE: 4,
    Role.TITLE: -5,
    Role.SHORT: -3,
}
_ABOVE = {Role.BYLINE: Zone.BYLINE, Role.CAPTION: Zone.CAPTION, Role.TAGS: Zone.TAGS}
_BELOW = {
    **_ABOVE,
    Role.CLOCK: Zone.BYLINE,
    Role.TITLE: Zone.SUBHEAD,
    Role.SENTENCE: Zone.SUBHEAD,
}
_INSIDE = {
    **_ABOVE,
    Role.PROSE: Zone.BODY,
    Role.SENTENCE: Zone.BODY,
    Role.CLOCK: Zone.FURNITURE,
    Role.FURNITURE: Zone.FURNITURE,
    Role.BOUNDARY: Zone.FURNITURE,
    Role.COMMENTS: Zone.FURNITURE,
}
_AFTER = {Role.TITLE: Zone.RELATED, Role.TAGS: Zone.TAGS, Role.BYLINE: Zone.BYLINE}
_MOST_WORDS = 60  # of a line, so that one endless line of legal text is no article
_SUBHEAD_WORDS = 12
_LONGEST_HEADLINE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the clipping: its number in the file, normalised text, role and zone."""

    number: int
    text: str
    role: Role
    zone: Zone = Zone.FURNITURE


def extract_clipping(capture: Capture) -> Document:
    """Return the document of scraped text; raise NoArticle where it has neither text nor title."""
    raw = decode(capture.content, capture.encoding)
    lines = _lines(raw)
    claimed = clean(capture.title).replace("\n", " ")
    start, end = _body_run(lines)
    if start == end and not claimed:
        raise NoArticle(
            f"reading {capture.locator}: no line of it reads as prose or as a headline; "
            "give a title if it is an article"
        )
    head, headline_at = _head(lines[:start], claimed)
    zoned = head + _body(lines[start:end]) + _tail(lines[end:])
    parts = [Part(line.text, line.zone) for line in zoned]
    # A claimed title leads the text; a headline found in the text stays where it stands.
    led = with_headline(parts, claimed, keep_repeat=True)
    text, zones = partition(with_lede([*led, *tags_part(capture.tags)]))
    return Document(
        text=text,
        zones=zones,
        raw_text=raw,
        title=claimed or _first(zoned, Zone.HEADLINE),
        author=capture.author or author_in(_first(zoned, Zone.BYLINE)),
        language=capture.language,
        dates=tuple(_dates(zoned, headline_at)),
    )


def _lines(raw: str) -> list[Line]:
    return [
        Line(number, text, role_of(text))
        for number, original in enumerate(raw.splitlines(), 1)
        for text in clean(original).split("\n")
        if text
    ]


def _first(lines: Sequence[Line], zone: Zone) -> str:
    """Return the first line of a zone; of bylines, one that names somebody."""
    wanted = (line for line in lines if line.zone is zone and line.role is not Role.CLOCK)
    return next((line.text for line in wanted), "")


def _body_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the bounds of the run with the highest sum (Kadane); (0, 0) where nothing adds."""
    lines = lines[: _readers_begin(lines)]
    scores = list(map(_score, lines))
    if not any(line.role is Role.PROSE for line in lines):
        # Nothing has a full stop: headline-shaped lines are then all the text there is.
        scores = [
            n_words(x.text) if x.role is Role.TITLE else s
            for x, s in zip(lines, scores, strict=True)
        ]
    best, bounds, start = 0, (0, 0), 0
    sums = list(accumulate(scores, lambda total, score: max(total, 0) + score))
    for position, total in enumerate(sums):
        if total == scores[position]:  # the sum before was not worth keeping
            start = position
        if total > best:
            best, bounds = total, (start, position + 1)
    return bounds


def _readers_begin(lines: Sequence[Line]) -> int:
    """Return where the readers' comments begin: their heading, once there was prose before it.

    Comments can be longer than the article. The same word above the article is a link to them.
    """
    prose = 0
    for at, line in enumerate(lines):
        prose += line.role is Role.PROSE
        if line.role is Role.COMMENTS and prose >= 2:
            return at
    return len(lines)


def _score(line: Line) -> int:
    return min(n_words(line.text), _MOST_WORDS) if line.role is Role.PROSE else _COST[line.role]


def _head(lines: Sequence[Line], claimed: str) -> tuple[list[Line], int | None]:
    """Return the lines before the body in their zones, and the position of the headline."""
    at = _headline_position(lines, claimed)
    above = len(lines) if at is None else at
    zoned = [replace(line, zone=_ABOVE.get(line.role, Zone.FURNITURE)) for line in lines[:above]]
    if at is not None:
        zoned.append(replace(lines[at], zone=Zone.HEADLINE))
        below = lines[at + 1 :]
        zoned += [replace(line, zone=_BELOW.get(line.role, Zone.FURNITURE)) for line in below]
    return zoned, at


def _headline_position(lines: Sequence[Line], claimed: str) -> int | None:
    """Return where the headline stands: the claimed one, else the headline shape next to the body.

    Of two such lines in a row the second is the deck; of three or more, a list of links that runs
    up to the article, the last is the headline.
    """
    if claimed:
        key = same_line_key(claimed)
        return next((at for at, line in enumerate(lines) if same_line_key(line.text) == key), None)
    shaped = [
        position
        for position, line in enumerate(lines)
        if line.role is Role.TITLE and n_words(line.text) <= _LONGEST_HEADLINE
    ]
    if not shaped:
        return None
    last = shaped[-1]
    if last - 1 in shaped and last - 2 not in shaped:
        return last - 1
    return last


def _body(lines: Sequence[Line]) -> list[Line]:
    if all(line.role is not Role.PROSE for line in lines):
        # Headline-shaped lines are all the text there is.
        return [replace(line, zone=_INSIDE.get(line.role, Zone.BODY)) for line in lines]
    return [
        replace(line, zone=_INSIDE.get(line.role) or _heading_zone(lines, at))
        for at, line in enumerate(lines)
    ]


def _heading_zone(lines: Sequence[Line], at: int) -> Zone:
    """Return the zone of a line without a full stop inside the run."""
    line = lines[at]
    near = [lines[i].role for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    alone = line.role not in near
    short_enough = n_words(line.text) <= _SUBHEAD_WORDS
    if alone and short_enough:
        return Zone.SUBHEAD
    if line.role is Role.SHORT:
        return Zone.FURNITURE
    link = not alone and (short_enough or is_title_case(line.text))
    return Zone.RELATED if link else Zone.BODY


def _tail(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, zone=_AFTER.get(line.role, Zone.FURNITURE)) for line in lines]


def _dates(lines: Sequence[Line], headline_at: int | None) -> list[DateEvidence]:
    """Return stamps, byline dates, dateline and event dates, in reading order of their kinds."""
    body_at = [at for at, line in enumerate(lines) if line.zone is Zone.BODY]
    first_body = body_at[0] if body_at else len(lines)
    below = first_body if headline_at is None else headline_at
    found = [
        _stamp(line, above_body=at < first_body, below_headline=at > below)
        for at, line in enumerate(lines)
    ]
    body = [lines[at].text for at in body_at]
    return [*filter(None, found), *text_dates.find_dates(body)]


def _stamp(line: Line, *, above_body: bool, below_headline: bool) -> DateEvidence | None:
    """Return the date that a line beside the body carries, if it carries one."""
    where = f"line {line.number}"
    if line.role is Role.CLOCK and above_body:
        return text_dates.stamp(line.text, where, below_headline=below_headline)
    if line.role is Role.CLOCK:
        return DateEvidence(DateSource.FREE_TEXT, line.text, DateRole.EVENT, where=where)
    if line.zone is Zone.BYLINE and any(map(str.isdecimal, line.text)):
        return DateEvidence(DateSource.BYLINE, line.text, where=where)
    return None
