"""Measure the libraries that Wirewatch builds on, on the same pages: scores of peers out.

Each is called as its own documentation advises for news. htmldate is given the address, and the day
of the crawl as its latest day, since Wirewatch has both.
"""

from collections.abc import Callable, Sequence
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
from tests.quality.measures import MEASURES, DateScore, Score, Scores
from tests.quality.sets import CORPORA


@dataclass(frozen=True, slots=True)
class Rival:
    """A library measured as we are: data folder in, one score a page out, in the set's order."""

    measure: str
    name: str
    read: Callable[[Path], list[Score]]


@dataclass(frozen=True, slots=True)
class Pair:
    """The scores of one page: ours and a peer's."""

    publisher: str
    ours: Score
    theirs: Score


def measure_peers(data: Path, ours: Scores, on: str) -> list[Peer]:
    """Return the figures of the peers of each measured set, with the interval of the difference."""
    return [
        _peer(peer, ours[MEASURES[peer.measure].sets[0]], peer.read(data), on)
        for peer in PEERS
        if set(MEASURES[peer.measure].sets) <= set(ours)
    ]


def _peer(rival: Rival, ours: Sequence[Score], theirs: Sequence[Score], on: str) -> Peer:
    figure = MEASURES[rival.measure].figure
    pairs = [Pair(a.publisher, a, b) for a, b in zip(ours, theirs, strict=True)]

    def difference(drawn: Sequence[Pair]) -> float:
        return figure([p.ours for p in drawn]) - figure([p.theirs for p in drawn])

    low, high = interval(pairs, difference)
    return Peer(
        rival.measure,
        rival.name,
        round(figure(theirs), 4),
        round(figure(ours), 4),
        round(low, 4),
        round(high, 4),
        on,
    )


def _bodies(find: Callable[[BodyPage], str]) -> Callable[[Path], list[Score]]:
    def read(data: Path) -> list[Score]:
        pages = body_f1.body_pages(data / CORPORA["scrapinghub-aeb"])
        return [body_f1.score(page, find(page)) for page in pages]

    return read


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


def _days_of_htmldate(data: Path) -> list[Score]:
    return list(map(_htmldate, date_days.htmldate_pages(data / CORPORA["htmldate-eval"])))


def _days_of_fundus(data: Path) -> list[Score]:
    return list(map(_htmldate, date_days.fundus_pages(data / CORPORA["fundus-parsers"])))


PEERS = (
    Rival("body_f1", "trafilatura, precision", _bodies(_precise)),
    Rival("body_f1", "readability", _bodies(_readable)),
    Rival("dump_f1", "the dump as it is", _bodies(_dump)),
    Rival("day_htmldate", "htmldate, extensive", _days_of_htmldate),
    Rival("day_fundus", "htmldate, extensive", _days_of_fundus),
)
