"""Read the article's own text, as rows of data carry it: a capture in, a `Document` out.

Nothing else is in it, so nothing is thrown away. The headline is the title that comes with the
capture; the text's first line is not promoted to one. A short line without a full stop between
paragraphs is a subhead.
"""

from collections.abc import Sequence

from pipelines.article import Capture, Document, Zone
from pipelines.errors import NoArticle
from pipelines.extraction.claims.text_dates import find_dates
from pipelines.extraction.decoding import decode
from pipelines.extraction.lines.roles import Role, role_of
from pipelines.extraction.zones import Part, partition, tags_part, with_headline, with_lede
from pipelines.querylang import clean

_HEADING = (Role.TITLE, Role.SHORT)
_PROSE = (Role.PROSE, Role.SENTENCE)


def extract_text(capture: Capture) -> Document:
    """Return the document of plain text; raise NoArticle where it has neither text nor title."""
    raw = decode(capture.content, capture.encoding)
    title = clean(capture.title).replace("\n", " ")
    lines = [line for line in clean(raw).split("\n") if line]
    if not lines and not title:
        raise NoArticle(f"reading {capture.locator}: it has neither text nor title; nothing to do")
    roles = [role_of(line) for line in lines]
    own = [Part(line, _zone(roles, at)) for at, line in enumerate(lines)]
    body = with_headline(own, title)
    text, zones = partition(with_lede([*body, *tags_part(capture.tags)]))
    return Document(
        text=text,
        zones=zones,
        raw_text=raw,
        title=title,
        author=capture.author,
        language=capture.language,
        dates=tuple(find_dates([part.text for part in body if part.zone is Zone.BODY])),
    )


def _zone(roles: Sequence[Role], at: int) -> Zone:
    """Return SUBHEAD for a heading between paragraphs of prose, else BODY."""
    between = 0 < at < len(roles) - 1
    if between and roles[at] in _HEADING:
        return Zone.SUBHEAD if {roles[at - 1], roles[at + 1]} <= set(_PROSE) else Zone.BODY
    return Zone.BODY
