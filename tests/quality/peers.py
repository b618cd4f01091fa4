"""Measure the libraries that Wirewatch builds on, on the same pages: scores of peers out.

Each is called as its own documentation advises for news. htmldate is given the address, and the day
of the crawl as its latest day, since Wirewatch has both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import trafilatura
from htmldate import find_date
from readability import Document as Readability

from pipelines.urls import domain_of
from tests.quality import body_f1, date_days
from tests.quality.body_f1 import BodyPage
from tests.quality.bootstrap import interval
from tests.quality.dumps import visible_text
from tests.quality.floors import Peer
from tests.quality.measures import CORPORA, MEASURES, DateScore, Score, Scores


@dataclass(frozen=True, slots=True)
class Pair:
    """The scores of one page: ours and a peer's."""

    publisher: str
    ours: Score
    theirs: Score


def measure_peers(pages: Path, ours: Scores) -> list[Peer]:
    """Return the figures of all peers with the interval of the difference to ours."""
    bodies = list(body_f1.body_pages(pages / CORPORA["bodies"]))
    htmldate = date_days.htmldate_pages(pages / CORPORA["htmldate"])
    fundus = date_days.fundus_pages(pages / CORPORA["fundus"])
    return [
        *(_peer("body_f1", name, ours, _bodies(bodies, find)) for name, find in _BODIES.items()),
        _peer("dump_f1", "the dump as it is", ours, _bodies(bodies, _dump)),
        _peer("day_htmldate", "htmldate, extensive", ours, [_htmldate(p) for p in htmldate]),
        _peer("day_fundus", "htmldate, extensive", ours, [_htmldate(p) for p in fundus]),
    ]


def _peer(measure: str, name: str, ours: Scores, theirs: Sequence[Score]) -> Peer:
    figure = MEASURES[measure].figure
    (part,) = MEASURES[measure].sets
    pairs = [Pair(a.publisher, a, b) for a, b in zip(ours[part], theirs, strict=True)]

    def difference(drawn: Sequence[Pair]) -> float:
        return figure([p.ours for p in drawn]) - figure([p.theirs for p in drawn])

    low, high = interval(pairs, difference)
    return Peer(measure, name, round(figure(theirs), 4), round(low, 4), round(high, 4))


def _bodies(pages: Sequence[BodyPage], find: Callable[[BodyPage], str]) -> list[Score]:
    return [body_f1.score(page, find(page)) for page in pages]


def _precise(page: BodyPage) -> str:
    markup = page.content.decode("utf-8", errors="replace")
    return trafilatura.extract(markup, favor_precision=True, include_comments=False) or ""


def _readable(page: BodyPage) -> str:
    markup = page.content.decode("utf-8", errors="replace")
    return visible_text(Readability(markup).summary(html_partial=True).encode())


def _dump(page: BodyPage) -> str:
    return visible_text(page.content)


def _htmldate(page: date_days.Page) -> DateScore:
    latest = page.crawled.date().isoformat() if page.crawled else None
    found = find_date(
        page.content, extensive_search=True, original_date=True, url=page.url, max_date=latest
    )
    day = date.fromisoformat(found) if found else None
    publisher = domain_of(page.url) or page.name
    return DateScore(publisher, day == page.day, day is not None, 0.0, clock=False, minute=None)


_BODIES: Mapping[str, Callable[[BodyPage], str]] = {
    "trafilatura, precision": _precise,
    "readability": _readable,
}
