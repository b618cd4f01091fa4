"""Make searchable articles of marked texts: `headline: **Syria** ¶ body: talks`.

`‹lavrov: we talk›` is a quote of somebody, `‹?lavrov: we talk›` one whose speaker is uncertain.
"""

import re
from typing import NamedTuple

from pipelines.article import Quote, QuoteKind, Zone, ZoneSpan
from pipelines.querylang import Searchable, make_searchable, match, parse

_ZONE = re.compile(rf"({'|'.join(Zone)}): ")
_MARK = re.compile(r"(?P<span>\*\*)|‹(?P<doubt>\??)(?P<speaker>[^›]*?): |(?P<end>›)")


class Unmarked(NamedTuple):
    """A text without its marks, its zones, the spans marked `**so**`, and its quotes."""

    text: str
    zones: tuple[ZoneSpan, ...]
    spans: list[tuple[int, int]]
    quotes: list[Quote]

    def searchable(self, language: str = "") -> Searchable:
        """Return the article as queries see it."""
        return make_searchable(self.text, self.zones, language=language, quotes=self.quotes)


def unmarked(marked: str) -> Unmarked:
    """Return what a marked text says."""
    text, zones = "", []
    marks: list[int] = []
    begun, quotes = [], []
    paragraphs = marked.split(" ¶ ")
    for number, paragraph in enumerate(paragraphs):
        zone = Zone.BODY
        if named := _ZONE.match(paragraph):
            zone, paragraph = Zone(named[1]), paragraph[named.end() :]
        begin, at = len(text), 0
        for mark in _MARK.finditer(paragraph):
            text, at = text + paragraph[at : mark.start()], mark.end()
            if mark["span"]:
                marks.append(len(text))
            elif mark["end"]:
                start, speaker, sure = begun.pop()
                quotes.append(
                    Quote(start, len(text), QuoteKind.DIRECT, zone, speaker, certain=sure)
                )
            else:
                begun.append((len(text), mark["speaker"], not mark["doubt"]))
        text += paragraph[at:] + ("\n" if number < len(paragraphs) - 1 else "")
        zones.append(ZoneSpan(begin, len(text), zone))
    return Unmarked(text, tuple(zones), list(zip(marks[::2], marks[1::2], strict=True)), quotes)


def article(marked: str, language: str = "") -> Searchable:
    """Return the searchable article of a marked text."""
    return unmarked(marked).searchable(language)


def surfaces(query: str, marked: str, language: str = "") -> list[str] | None:
    """Return what the query marks in the text, None where it does not match."""
    made = unmarked(marked)
    spans = match(parse(query), made.searchable(language))
    return None if spans is None else [made.text[span.start : span.end] for span in spans]
