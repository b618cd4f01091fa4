"""Read text that somebody scraped off a page, furniture and all: a capture in, a `Document` out.

1. Each line gets a role by its shape (`lines/roles.py`). A sentence that stands there three
   times is the page's.
2. The body is a run of lines (`lines/run.py`). In it a single heading between prose is a
   subhead; several in a row are links to other stories. A line with a credit is a caption. Under a
   headline a short first paragraph that the others tell again is the standfirst.
3. What stands above and below has zones of its own (`lines/margins.py`). Where no line is like a
   headline there is none, and none is made up. A title that comes with the capture wins; its repeat
   in the text is furniture.
4. In the dump of a whole page the zones of all lines are then settled by trees, for which the
   rules' zones are one sign among others (`lines/model.py`).
5. Everything else is furniture: kept, never counted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines.article import Capture, DateEvidence, DateRole, DateSource, Document, Zone
from pipelines.errors import NoArticle
from pipelines.extraction.claims import text_dates
from pipelines.extraction.decoding import decode
from pipelines.extraction.lines.margins import is_caption, zone_head, zone_tail
from pipelines.extraction.lines.model import settle
from pipelines.extraction.lines.roles import (
    Line,
    Role,
    author_in,
    is_credit,
    is_title_case,
    n_words,
    opens_comment,
    presents_site,
    role_of,
    says_read_also,
)
from pipelines.extraction.lines.run import (
    before_author_box,
    before_biography,
    body_run,
    stems_of,
)
from pipelines.extraction.lines.series import introduced, numbered_headings
from pipelines.extraction.lines.standing_text import standing_text
from pipelines.extraction.zones import (
    Part,
    partition,
    same_line_key,
    tags_part,
    with_headline,
    with_lede,
)
from pipelines.querylang import clean
from pipelines.urls import domain_of

_INSIDE = {
    Role.BYLINE: Zone.BYLINE,
    Role.CAPTION: Zone.CAPTION,
    Role.TAGS: Zone.TAGS,
    Role.PROSE: Zone.BODY,
    Role.SENTENCE: Zone.BODY,
    Role.CLOCK: Zone.FURNITURE,
}
_HEADINGS = (Role.TITLE, Role.SHORT)
_TEASER = [Role.TITLE, Role.PROSE, Role.BYLINE]
_MOST_REPEATED = 3
_SUBHEAD_WORDS = 10
_LINK_WORDS = 16  # of another article's headline; what is longer is a sentence without its stop
_ASIDE_WORDS = 50  # of a caption or a hint at another article
_SUMMED_UP = 3  # paragraphs that an article with a standfirst has
# Weights by logistic regression on which first paragraphs are standfirsts (fundus' summaries and
# the labelled zones): the share of its longer words that come again below, and its words.
_RETOLD, _WORDY, _SUMMARY = 5.9, 0.08, 2.5
_MENU_WORDS = 4  # of an entry of a menu, or a button; what is longer and stands twice is a teaser


@dataclass(frozen=True, slots=True)
class ZonedLines:
    """A text, the title claimed for it, and its lines as the rules zone them.

    The body's run is from `start` to `end`.
    """

    raw: str
    claimed: str
    lines: list[Line]
    start: int
    end: int


def extract_clipping(capture: Capture) -> Document:
    """Return the document of scraped text; raise NoArticle where it has neither text nor title."""
    read = zone_lines(capture)
    zoned = settle(read.lines, read.start, read.end)
    parts = _with_summary([Part(line.text, line.zone) for line in zoned])
    # A claimed title leads the text; a headline found in the text stays where it stands.
    led = with_headline(parts, read.claimed, keep_repeat=True)
    text, zones = partition(with_lede([*led, *tags_part(capture.tags)]))
    return Document(
        text=text,
        zones=zones,
        raw_text=read.raw,
        title=read.claimed or next((x.text for x in zoned if x.zone is Zone.HEADLINE), ""),
        author=capture.author or _author(zoned),
        language=capture.language,
        dates=tuple(_dates(zoned)),
    )


def zone_lines(capture: Capture) -> ZonedLines:
    """Return the lines in the zones that the rules give them; raise NoArticle where none reads."""
    raw = decode(capture.content, capture.encoding)
    site = domain_of(capture.url)
    lines = _lines(raw, site)
    claimed = clean(capture.title).replace("\n", " ")
    start, end = body_run(lines)
    menu = _repeated(lines)
    if start == end and not claimed:
        raise NoArticle(
            f"reading {capture.locator}: no line of it reads as prose or as a headline; "
            "give a title if it is an article"
        )
    head = zone_head(lines[:start], lines[start:end], claimed, menu)
    names = [name for name in (capture.author or _author(head)).split(", ") if " " in name]
    cut = before_author_box(lines, start, end, site)
    lines[cut:end] = [_of_site(line, site) for line in lines[cut:end]]
    end = before_biography(lines, start, cut, names)
    body = lines[start:end]
    tail = zone_tail(lines[end:], body, names, menu)
    return ZonedLines(raw, claimed, head + _body(body, menu) + tail, start, end)


def _with_summary(parts: Sequence[Part]) -> list[Part]:
    """Return the parts; under a headline a first paragraph told again below is a standfirst."""
    parts = list(parts)
    told = [at for at, part in enumerate(parts) if part.zone is Zone.BODY]
    if len(told) < _SUMMED_UP or all(part.zone is not Zone.HEADLINE for part in parts):
        return parts
    first = parts[told[0]].text
    own, rest = stems_of(first), stems_of(" ".join(parts[at].text for at in told[1:]))
    again = len(own & rest) / max(len(own), 1)
    if _RETOLD * again - _WORDY * n_words(first) > _SUMMARY:
        parts[told[0]] = Part(first, Zone.SUBHEAD)
    return parts


def _lines(raw: str, site: str) -> list[Line]:
    """Return the lines with their roles, some of which other lines tell."""
    lines = [
        Line(number, text, role_of(text))
        for number, original in enumerate(raw.splitlines(), 1)
        for text in clean(original).split("\n")
        if text
    ]
    return _without_standing_text(_with_comments(_without_repeats(lines)), site)


def _without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Return the lines; what says the same three times is the page's voice.

    It is an advert's excuse, or an offer to sign up. A question said thrice is a headline.
    """
    times = Counter(x.text for x in lines if x.role is Role.PROSE and x.text[-1] != "?")
    said = {text for text, count in times.items() if count > 2}
    if len(said) > _MOST_REPEATED:  # the whole article stands there several times
        return list(lines)
    return [replace(x, role=Role.FURNITURE) if x.text in said else x for x in lines]


def _with_comments(lines: Sequence[Line]) -> list[Line]:
    """Return the lines; who says something above a date opens the readers' comments."""
    return [
        replace(x, role=Role.COMMENTS) if opens_comment(x.text, below.role) else x
        for x, below in zip(lines, [*lines[1:], *lines[-1:]], strict=True)
    ]


def _without_standing_text(lines: Sequence[Line], site: str) -> list[Line]:
    """Return the lines; what a sender says of itself below its news is the page's."""
    texts = [line.text for line in lines]
    lines, told = list(lines), 0
    for at, line in enumerate(lines):
        told += n_words(line.text) if line.role is Role.PROSE else 0
        own = standing_text(texts, at, site)
        if 0 < sum(n_words(texts[n]) for n in own) < told:
            for n in own:
                lines[n] = replace(lines[n], role=Role.FURNITURE)
    return lines


def _of_site(line: Line, site: str) -> Line:
    return replace(line, role=Role.FURNITURE) if presents_site(line.text, site) else line


def _author(lines: Sequence[Line]) -> str:
    """Return the first name that a byline gives."""
    return next(filter(None, (author_in(x.text) for x in lines if x.zone is Zone.BYLINE)), "")


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Return the keys of short lines that stand in the text more than once: menus and buttons."""
    short = (line.text for line in lines if n_words(line.text) <= _MENU_WORDS)
    times = Counter(filter(None, map(same_line_key, short)))
    return frozenset(key for key, count in times.items() if count > 1)


def _body(lines: Sequence[Line], menu: frozenset[str]) -> list[Line]:
    if all(line.role is not Role.PROSE for line in lines):
        # Headline-shaped lines are all the text there is.
        return [replace(line, zone=_INSIDE.get(line.role, Zone.BODY)) for line in lines]
    zoned = [replace(line, zone=_zone_inside(lines, at, menu)) for at, line in enumerate(lines)]
    for at in numbered_headings(lines):
        zoned[at] = replace(zoned[at], zone=Zone.SUBHEAD)
    for at in introduced(lines):
        zoned[at] = replace(zoned[at], zone=Zone.BODY)
    return zoned


def _zone_inside(lines: Sequence[Line], at: int, menu: frozenset[str]) -> Zone:
    """Return the zone of a line inside the run."""
    text = lines[at].text
    if lines[at].role in (Role.BOUNDARY, Role.FURNITURE, Role.COMMENTS) or is_credit(text):
        return Zone.FURNITURE
    if _sends_elsewhere(lines, at):
        return Zone.RELATED
    if n_words(text) <= _ASIDE_WORDS and is_caption(lines, at):
        return Zone.CAPTION
    if (zone := _INSIDE.get(lines[at].role)) is not None:
        return zone
    return Zone.FURNITURE if same_line_key(text) in menu else _heading_zone(lines, at)


def _sends_elsewhere(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line inside the run is another article's."""
    asked = says_read_also(lines[at].text) and n_words(lines[at].text) <= _ASIDE_WORDS
    return asked or any(_is_teaser(lines, near) for near in (at - 1, at, at + 1))


def _is_teaser(lines: Sequence[Line], at: int) -> bool:
    """Say whether a paragraph inside the run stands between a headline and a name of its own."""
    roles = [line.role for line in lines[max(at - 1, 0) : at + 2]]
    return roles == _TEASER and n_words(lines[at].text) <= _ASIDE_WORDS


def _heading_zone(lines: Sequence[Line], at: int) -> Zone:
    """Return the zone of a line without a full stop inside the run."""
    line = lines[at]
    near = [lines[i] for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    alone = all(x.role not in _HEADINGS or n_words(x.text) > _LINK_WORDS for x in near)
    short_enough = n_words(line.text) <= _SUBHEAD_WORDS
    if alone and short_enough:
        return Zone.SUBHEAD
    if line.role is Role.SHORT:
        return Zone.FURNITURE
    link = n_words(line.text) <= _LINK_WORDS or (not alone and is_title_case(line.text))
    return Zone.RELATED if link else Zone.BODY


def _dates(lines: Sequence[Line]) -> list[DateEvidence]:
    """Return stamps, byline dates, dateline and event dates, in reading order of their kinds."""
    body_at = [at for at, line in enumerate(lines) if line.zone is Zone.BODY]
    first_body = body_at[0] if body_at else len(lines)
    headlines = (at for at, line in enumerate(lines) if line.zone is Zone.HEADLINE)
    below = next(headlines, first_body)
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
