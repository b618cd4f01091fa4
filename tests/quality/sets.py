"""Read what the measures run over: the real test data in, one list of scores for each set out.

A set is one way of reading one or more corpora. A sample takes every n-th score of a set, so that
the tests can keep floors in seconds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipelines.urls import domain_of
from tests.quality import (
    body_f1,
    date_days,
    fundus_bodies,
    languages,
    near_copies,
    tagging_sets,
    topics,
    zones,
)
from tests.quality.measures import DateScore, Score
from tests.quality.zones import Form
from tests.quality.zones_gold import SEEN

CORPORA = {
    "scrapinghub-aeb": Path("pages", "scrapinghub-aeb"),
    "htmldate-eval": Path("pages", "htmldate-eval"),
    "fundus-parsers": Path("pages", "fundus-parsers"),
    "near_copies": Path("articles", "near_copies"),
    "zone labels": Path(__file__).with_name("gold") / "zones",  # ours, so absolute
    "language labels": Path(__file__).with_name("gold") / "languages",
    "topic labels": Path(__file__).with_name("gold") / "topics",
    "news labels": Path(__file__).with_name("gold") / "news",
    "marked quote labels": Path(__file__).with_name("gold") / "quotes_marked",
    "tongue quote labels": Path(__file__).with_name("gold") / "quotes_tongues",
    "body labels": Path(__file__).with_name("gold") / "bodies",
    "country labels": Path(__file__).with_name("gold") / "countries",
    "main country labels": Path(__file__).with_name("gold") / "main_country",
    "us_gov_rss": Path("feeds", "us_gov_rss"),
    **{name: Path(name) for name in ("articles", "entities", "facts", "gdelt", "seed", "tone")},
}
_PAGES = tagging_sets.PAGES
_JUDGED = (*_PAGES, "topic labels", "us_gov_rss", "articles", "entities", "facts", "gdelt", "seed")
_LABELLED = (*_PAGES, "zone labels")
_AS_PAGES, _AS_DUMPS = zones.READINGS["pages"], zones.READINGS["dumps"]


@dataclass(frozen=True, slots=True)
class ScoreSet:
    """The corpora a set is read from, and its reader: data folder and n in, scores out."""

    corpora: tuple[str, ...]
    read: Callable[[Path, int], list[Score]]


def bodies(data: Path, every: int) -> list[Score]:
    """Return how well bodies are found in scrapinghub's pages."""
    pages = islice(body_f1.body_pages(data / CORPORA["scrapinghub-aeb"]), 0, None, every)
    return [body_f1.score(page, body_f1.our_body(page)) for page in pages]


def dumps(data: Path, every: int) -> list[Score]:
    """Return how well bodies are found in the visible text of scrapinghub's pages."""
    pages = islice(body_f1.body_pages(data / CORPORA["scrapinghub-aeb"]), 0, None, every)
    return [body_f1.score(page, body_f1.our_body_of_dump(page)) for page in pages]


def htmldate(data: Path, every: int) -> list[Score]:
    """Return what becomes of the dates of htmldate's pages."""
    pages = date_days.htmldate_pages(data / CORPORA["htmldate-eval"])
    return [date_score(page) for page in islice(pages, 0, None, every)]


def fundus(data: Path, every: int) -> list[Score]:
    """Return what becomes of the dates of fundus' pages."""
    pages = date_days.fundus_pages(data / CORPORA["fundus-parsers"])
    return [date_score(page) for page in islice(pages, 0, None, every)]


def bodies_of_fundus(data: Path, every: int) -> list[Score]:
    """Return how well bodies are found in fundus' pages, with the language of each."""
    pages = fundus_bodies.fundus_bodies(data / CORPORA["fundus-parsers"])
    found = islice(pages, 0, None, every)
    return [fundus_bodies.score(page, fundus_bodies.our_body(page)) for page in found]


def zones_of(form: Form, splits: Sequence[str]) -> Callable[[Path, int], list[Score]]:
    """Return the reader of how well zones are found in the labelled pages of these splits."""

    def read(data: Path, every: int) -> list[Score]:
        pages = zones.labelled_pages(data, splits)
        return list(zones.zone_scores(pages[::every], form))

    return read


def titles(data: Path, every: int) -> list[Score]:
    """Return whether the languages of the pages' titles are found."""
    return list(islice(languages.scores(data / "pages"), 0, None, every))


def copies(data: Path, every: int) -> list[Score]:
    """Return how the families of near copies are grouped."""
    # All texts are grouped even for a sample: with fewer families fewer could be mixed up.
    return list(near_copies.read_copy_scores(data / CORPORA["near_copies"], every=every))


def judged_articles(data: Path, every: int) -> list[Score]:
    """Return what the shipped topics make of the judged articles of the test half."""
    return list(topics.tested(data, every))


def date_score(page: date_days.Page) -> DateScore:
    """Return what becomes of the date of one page."""
    publication = date_days.publication_of(page)
    at, day = publication.published_at, publication.published_day
    right = day == page.day
    return DateScore(
        publisher=domain_of(page.url) or page.name,
        right=right,
        dated=day is not None,
        confidence=publication.confidence,
        clock=not right and day is not None and date_days.is_clock(page, publication),
        minute=None if page.instant is None else date_days.same_minute(page, at),
        exact=None if page.instant is None else date_days.as_exact(page, at, day),
        timed=date_days.is_timed(page),
    )


SETS: Mapping[str, ScoreSet] = {
    "bodies": ScoreSet(("scrapinghub-aeb",), bodies),
    "fundus bodies": ScoreSet(("fundus-parsers",), bodies_of_fundus),
    "dumps": ScoreSet(("scrapinghub-aeb",), dumps),
    "htmldate": ScoreSet(("htmldate-eval",), htmldate),
    "fundus": ScoreSet(("fundus-parsers",), fundus),
    "zones of pages": ScoreSet(_LABELLED, zones_of(_AS_PAGES, SEEN)),
    "zones of dumps": ScoreSet(_LABELLED, zones_of(_AS_DUMPS, SEEN)),
    "zones of fresh pages": ScoreSet(_LABELLED, zones_of(_AS_PAGES, ["fresh"])),
    "zones of fresh dumps": ScoreSet(_LABELLED, zones_of(_AS_DUMPS, ["fresh"])),
    "copies": ScoreSet(("near_copies",), copies),
    "judged articles": ScoreSet((*_JUDGED, "tone"), judged_articles),
    "titles": ScoreSet((*_PAGES, "language labels"), titles),
    **{name: ScoreSet(*made) for name, made in tagging_sets.SETS.items()},
}

OF_PAGES = (*islice(SETS, list(SETS).index("copies")), "titles")
"""The sets that read whole pages; the others read texts."""


def corpora_of(sets: Sequence[str]) -> list[str]:
    """Return the corpora that these sets are read from, in order of their names."""
    return sorted({corpus for name in sets for corpus in SETS[name].corpora})


def read_scores(data: Path, sets: Sequence[str], every: int = 1) -> dict[str, list[Score]]:
    """Return every n-th score of each of these sets."""
    return {name: SETS[name].read(data, every) for name in sets}
