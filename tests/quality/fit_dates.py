"""Fit the weights of the date ladder, and measure them on publishers that were kept apart.

Usage: python -m tests.quality.fit_dates [../shared/data]     (about a minute)

A weight is how often the source is right where no other family speaks and no rival, drawn towards
the ladder's first guess as by ten more pages. Each of three shufflings deals the publishers into
five parts; four are fitted, the fifth is measured.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from random import Random

from pipelines import dates
from pipelines.article import DateEvidence, DateSource
from pipelines.urls import domain_of
from tests.quality.date_days import fundus_pages, htmldate_pages, publication_of
from tests.quality.measures import (
    DateScore,
    calibration_error,
    day_accuracy,
    right_where_sure,
    share_sure,
)

FIRST_GUESS = dates.WEIGHTS | {
    DateSource.JSON_LD: 0.97,
    DateSource.META: 0.92,
    DateSource.TIME_TAG: 0.82,
    DateSource.BYLINE: 0.72,
    DateSource.FREE_TEXT: 0.50,
}
_DRAWN = 10  # pages the first guess is worth
_FEWEST = 5  # pages from which a source is fitted
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Read:
    """The dates found in one page, and the true day."""

    publisher: str
    evidence: tuple[DateEvidence, ...]
    crawled: datetime | None
    day: date | None


def read_pages(data: Path) -> list[Read]:
    """Return what extraction finds in the pages of both sets."""
    pages = [*htmldate_pages(data / "pages/htmldate-eval")]
    pages += fundus_pages(data / "pages/fundus-parsers")
    found = []
    for page in pages:
        evidence = tuple(
            replace(one, note="")
            for one in publication_of(page).evidence
            if one.source is not DateSource.FETCH_CLOCK
        )
        found.append(Read(domain_of(page.url), evidence, page.crawled, page.day))
    return found


def fit(pages: Sequence[Read], guess: Mapping[DateSource, float]) -> dict[DateSource, float]:
    """Return the weights under which each source is as sure as it is right."""
    dates.WEIGHTS.update(guess)
    alone: dict[DateSource, list[bool]] = defaultdict(list)
    for page in pages:
        publication = dates.resolve(page.evidence, fetched_at=page.crawled)
        notes = publication.evidence
        agreeing = [one for one in notes if one.note.startswith(("used", "agrees"))]
        used = {one.source for one in agreeing if not dates.is_vague(one)}
        families = {dates.FAMILIES.get(source, source) for source in used}
        rival = any(one.note.startswith("rival") for one in notes)
        if publication.published_day and len(families) == 1 and not rival:
            strongest = max(used, key=guess.__getitem__)
            alone[strongest].append(publication.published_day == page.day)
    fitted = {
        source: round((sum(right) + _DRAWN * guess[source]) / (len(right) + _DRAWN), 2)
        for source, right in alone.items()
        if len(right) >= _FEWEST
    }
    return {**guess, **fitted}


def measure(pages: Sequence[Read], weights: Mapping[DateSource, float]) -> list[DateScore]:
    """Return what becomes of each page under `weights`."""
    dates.WEIGHTS.update(weights)
    scores = []
    for page in pages:
        found = dates.resolve(page.evidence, fetched_at=page.crawled)
        right = found.published_day == page.day
        dated = found.published_day is not None
        scores.append(DateScore(page.publisher, right, dated, found.confidence, False, None))
    return scores


def held_out(pages: Sequence[Read], shuffling: int) -> list[DateScore]:
    """Return the scores of every page under weights fitted without its publisher."""
    publishers = sorted({page.publisher for page in pages})
    Random(shuffling).shuffle(publishers)
    scores = []
    for part in range(_PARTS):
        apart = set(publishers[part::_PARTS])
        weights = fit([page for page in pages if page.publisher not in apart], FIRST_GUESS)
        scores += measure([page for page in pages if page.publisher in apart], weights)
    return scores


def show(name: str, scores: Sequence[DateScore]) -> None:
    """Print the four figures of one set of scores."""
    print(
        f"{name:16} calibration error {calibration_error(scores):.4f}, "
        f"day {day_accuracy(scores):.4f}, sure {share_sure(scores):.3f} "
        f"of which right {right_where_sure(scores):.4f}"
    )


if __name__ == "__main__":
    in_force = dict(dates.WEIGHTS)
    everything = read_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
    show("first guess", measure(everything, FIRST_GUESS))
    for number in (1, 2, 3):
        show(f"kept apart, {number}", held_out(everything, number))
    for source, weight in fit(everything, FIRST_GUESS).items():
        if weight != in_force[source]:
            print(f"{source}: fitted {weight}, in force {in_force[source]}")
    show("in force", measure(everything, in_force))
