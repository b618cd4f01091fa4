"""Measure other libraries on the same pages as Wirewatch: our scores in, theirs beside ours out.

How each is called stands in `peer_extractors.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.urls import domain_of
from tests.quality import body_f1, date_days, fundus_bodies, languages, near_copies
from tests.quality.bootstrap import interval
from tests.quality.dumps import visible_text
from tests.quality.floors import Peer
from tests.quality.measures import MEASURES, DateScore, Score, Scores
from tests.quality.peer_extractors import BODIES, DAYS, INSTANTS, LANGUAGES
from tests.quality.sets import CORPORA

_PACKAGES = {"readability": "readability-lxml", "lingua": "lingua-language-detector"}
_BEST_BODIES = ("trafilatura, precision", "readability", "newspaper4k")
_Read = Callable[[Path], list[Score]]


@dataclass(frozen=True, slots=True)
class Rival:
    """A library measured as we are: data folder in, one score a page out, in the set's order."""

    measure: str
    name: str
    read: _Read


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
        for peer in RIVALS
        if set(MEASURES[peer.measure].sets) <= set(ours)
    ]


def _peer(rival: Rival, ours: Sequence[Score], theirs: Sequence[Score], on: str) -> Peer:
    figure = MEASURES[rival.measure].figure
    both = zip(ours, theirs, strict=True)
    pairs = [Pair(a.publisher, a, b) for a, b in both if MEASURES[rival.measure].over(a)]
    ours, theirs = [pair.ours for pair in pairs], [pair.theirs for pair in pairs]

    def difference(drawn: Sequence[Pair]) -> float:
        return figure([p.ours for p in drawn]) - figure([p.theirs for p in drawn])

    low, high = interval(pairs, difference)
    return Peer(
        rival.measure,
        _with_version(rival.name),
        round(figure(theirs), 4),
        round(figure(ours), 4),
        round(low, 4),
        round(high, 4),
        on,
    )


def _with_version(name: str) -> str:
    """Return "trafilatura 2.3.1, fast" for "trafilatura, fast"; a dump has no version."""
    library, comma, how = name.partition(",")
    try:
        return f"{library} {version(_PACKAGES.get(library, library))}{comma}{how}"
    except PackageNotFoundError:
        return name


def _bodies(find: Callable[[bytes, str], str]) -> _Read:
    def read(data: Path) -> list[Score]:
        pages = body_f1.body_pages(data / CORPORA["scrapinghub-aeb"])
        return [body_f1.score(page, find(page.content, page.url)) for page in pages]

    return read


def _fundus_bodies(find: Callable[[bytes, str], str]) -> _Read:
    def read(data: Path) -> list[Score]:
        pages = fundus_bodies.fundus_bodies(data / CORPORA["fundus-parsers"])
        return [fundus_bodies.score(page, find(page.content, page.url)) for page in pages]

    return read


def _dump(content: bytes, url: str) -> str:
    del url
    return visible_text(content)


def _days(
    pages: Callable[[Path], Iterable[date_days.Page]],
    find: Callable[[bytes, str, date | None], date | None],
) -> _Read:
    def read(data: Path) -> list[Score]:
        return [_day_score(page, find) for page in pages(data)]

    return read


def _minutes(find: Callable[[bytes, str, date | None], datetime | None]) -> _Read:
    def read(data: Path) -> list[Score]:
        return [_minute_score(page, find) for page in _fundus(data)]

    return read


def _day_score(
    page: date_days.Page, find: Callable[[bytes, str, date | None], date | None]
) -> DateScore:
    # The crawl's day is the latest: Wirewatch has it too.
    day = find(page.content, page.url, page.crawled.date() if page.crawled else None)
    return _score(page, day, minute=None)


def _minute_score(
    page: date_days.Page, find: Callable[[bytes, str, date | None], datetime | None]
) -> DateScore:
    at = find(page.content, page.url, page.crawled.date() if page.crawled else None)
    minute = date_days.same_minute(page, at)
    return _score(page, None, minute=minute, exact=date_days.as_exact(page, at, None))


def _score(
    page: date_days.Page, day: date | None, *, minute: bool | None, exact: bool | None = None
) -> DateScore:
    publisher = domain_of(page.url) or page.name
    return DateScore(
        publisher,
        day == page.day,
        day is not None,
        0.0,
        clock=False,
        minute=minute,
        timed=date_days.is_timed(page),
        exact=exact,
    )


def _titles(find: Callable[[str], str]) -> _Read:
    def read(data: Path) -> list[Score]:
        return languages.peer_scores(list(languages.titles(data / "pages")), find)

    return read


@cache  # precision and recall are two figures of one run
def _datasketch(data: Path) -> list[Score]:
    folder = data / CORPORA["near_copies"]
    return near_copies.read_copy_scores(folder, near_copies.datasketch_groups)


def _htmldate(data: Path) -> Iterable[date_days.Page]:
    return date_days.htmldate_pages(data / CORPORA["htmldate-eval"])


def _fundus(data: Path) -> Iterable[date_days.Page]:
    return date_days.fundus_pages(data / CORPORA["fundus-parsers"])


RIVALS = (
    *(Rival("body_f1", name, _bodies(find)) for name, find in BODIES.items()),
    *(Rival("fundus_f1", name, _fundus_bodies(BODIES[name])) for name in _BEST_BODIES),
    Rival("dump_f1", "the dump as it is", _bodies(_dump)),
    *(Rival("day_htmldate", name, _days(_htmldate, find)) for name, find in DAYS.items()),
    *(Rival("day_fundus", name, _days(_fundus, find)) for name, find in DAYS.items()),
    *(
        Rival(measure, name, _minutes(find))
        for name, find in INSTANTS.items()
        for measure in ("minute_fundus", "minute_timed", "exact_fundus")
    ),
    *(Rival("language", name, _titles(find)) for name, find in LANGUAGES.items()),
    *(Rival(f"copy_{part}", "datasketch", _datasketch) for part in ("precision", "recall")),
)
