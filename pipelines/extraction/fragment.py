"""Read the HTML of one feed entry: a capture in, a `Document` out.

Tags become paragraphs. What feeds hang on the end is furniture: "The post X appeared first on Y",
"Read more", "[…]". The headline is the entry's title; a heading inside is not promoted to one.
"""

import html
import re
from collections.abc import Sequence

from pipelines.article import Capture, Document, Zone
from pipelines.errors import NoArticle
from pipelines.extraction.body.blocks import parse_html, parts_of
from pipelines.extraction.claims.text_dates import find_dates
from pipelines.extraction.decoding import decode
from pipelines.extraction.lines.roles import is_furniture
from pipelines.extraction.zones import Part, partition, tags_part, with_headline, with_lede
from pipelines.querylang import clean

_TAG = re.compile(r"<(?:/?(?:p|div|a|br|img|strong|em|b|i|span|ul|li|h\d|figure)\b)[^<>]*>", re.I)
_MORE = r"""
read\ more | continue\ reading\b[^.]{0,120} | weiterlesen | lire\ la\ suite | leer\ más
| читать\ далее
"""
_ENDING = re.compile(
    rf"""
    (?: ^ | (?<=[\s.!?…”"»)\]]) )
    (?: [\[(] \s* (?: … | \.\.\. | \+\d+\ chars | more | {_MORE} ) \s* (?: … | \.\.\. )? \s* [\])]
      | (?: {_MORE} ) \s* (?: … | \.\.\. | » | → | >+ )?
    ) \s* $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_APPEARED = re.compile(
    r"""
    ^(?: the\ post\ .{1,300}\ (?:appeared\ first|first\ appeared)\ on\ .{1,120}
    | this\ (?:article|post|story)\ (?:was\ )?(?:originally|first)\ (?:appeared|published)\ .{1,200}
    | der\ (?:beitrag|artikel)\ .{1,300}\ erschien\ zuerst\ auf\ .{1,120}
    | l.article\ .{1,300}\ est\ apparu\ en\ premier\ sur\ .{1,120}
    | la\ entrada\ .{1,300}\ (?:se\ publicó|aparece)\ primero\ en\ .{1,120}
    | сообщение\ .{1,300}\ появились?\ сначала\ на\ .{1,120}
    )$
    """,
    re.IGNORECASE | re.VERBOSE,
)


def extract_fragment(capture: Capture) -> Document:
    """Return the document of a feed entry; raise NoArticle where it has neither text nor title."""
    raw = decode(capture.content, capture.encoding)
    title = plain_title(capture.title)
    parts = fragment_parts(raw)
    body = _without_endings(parts)
    if not title and not any(part.zone in (Zone.BODY, Zone.CAPTION) for part in body):
        raise NoArticle(f"reading {capture.locator}: the entry has neither text nor title")
    body = with_headline(body, title)
    text, zones = partition(with_lede([*body, *tags_part(capture.tags)]))
    return Document(
        text=text,
        zones=zones,
        raw_text="\n".join(part.text for part in parts),
        title=title,
        author=capture.author,
        language=capture.language,
        dates=tuple(find_dates([part.text for part in body if part.zone is Zone.BODY])),
    )


def fragment_parts(markup: str) -> list[Part]:
    """Return the paragraphs of a piece of HTML; markup escaped twice is read twice."""
    tree = parse_html(f"<div>{markup}</div>")
    parts = [] if tree is None else parts_of(tree)
    if not _TAG.search(markup) and any(_TAG.search(part.text) for part in parts):
        tree = parse_html(f"<div>{html.unescape(markup)}</div>")
        parts = [] if tree is None else parts_of(tree)
    return parts


def plain_title(title: str) -> str:
    """Return a title as one line of text: entities read, tags dropped."""
    text = html.unescape(title) if "&" in title else title
    if _TAG.search(text):
        text = " ".join(part.text for part in fragment_parts(text))
    return clean(text).replace("\n", " ")


def _without_endings(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with what feeds hang on the end set apart as furniture."""
    kept = list(parts)
    for position in range(len(kept) - 1, max(-1, len(kept) - 5), -1):
        part = kept[position]
        if _APPEARED.match(part.text) or is_furniture(part.text):
            kept[position] = Part(part.text, Zone.FURNITURE)
            continue
        if (match := _ENDING.search(part.text)) is not None:
            rest = part.text[: match.start()].rstrip()
            split = [Part(rest, part.zone)] if rest else []
            kept[position : position + 1] = [*split, Part(match[0], Zone.FURNITURE)]
        if part.zone is Zone.BODY:
            break
    return kept
