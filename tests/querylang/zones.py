"""Make searchable articles of marked texts: `headline: **Syria** ¶ body: talks`."""

import re

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import Searchable, make_searchable, match, parse

_ZONE = re.compile(rf"({'|'.join(Zone)}): ")


def unmarked(marked: str) -> tuple[str, tuple[ZoneSpan, ...], list[tuple[int, int]]]:
    """Return the text without its marks, its zones, and the spans that were marked `**so**`."""
    text, zones, spans = "", [], []
    paragraphs = marked.split(" ¶ ")
    for number, paragraph in enumerate(paragraphs):
        zone = Zone.BODY
        if named := _ZONE.match(paragraph):
            zone, paragraph = Zone(named[1]), paragraph[named.end() :]
        begin = len(text)
        for part, piece in enumerate(paragraph.split("**")):
            if part % 2:
                spans.append((len(text), len(text) + len(piece)))
            text += piece
        text += "\n" if number < len(paragraphs) - 1 else ""
        zones.append(ZoneSpan(begin, len(text), zone))
    return text, tuple(zones), spans


def article(marked: str, language: str = "") -> Searchable:
    """Return the searchable article of a marked text."""
    text, zones, _ = unmarked(marked)
    return make_searchable(text, zones, language=language)


def surfaces(query: str, marked: str, language: str = "") -> list[str] | None:
    """Return what the query marks in the text, None where it does not match."""
    text, zones, _ = unmarked(marked)
    spans = match(parse(query), make_searchable(text, zones, language=language))
    return None if spans is None else [text[span.start : span.end] for span in spans]
