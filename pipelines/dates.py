"""Decide when an article was published from every date found in or with it, and say why.

Claims come in as `DateEvidence` (feeds and rows hand over raw strings), a `Publication` goes out.

1. A claim is read by `date_formats`. A time without a zone counts as UTC in page metadata and
   feeds, at nine tenths of its weight; elsewhere only its day is kept. `05/06/2015` is read where
   other dates of its file show what comes first, at nine tenths of the weight, and at eight where
   only the fetch shows it (`date_order.py`).
2. Each source has a weight (`WEIGHTS`). Claims within a day of each other agree. Sources that are
   written by the same hand form a family (`FAMILIES`), of which only the strongest speaks; families
   are combined as independent witnesses: 1 - (1 - a)(1 - b). Of the dates a page shows the first
   speaks: those further down are of teasers. A meta element that only says "date" often holds the
   day of the last change (`VAGUE_META_WEIGHT`).
3. The strongest rival side, more than a day away, takes up to half: confidence * (1 - rival / 2).
4. Page and fetch clocks never date an article; they say that it is no younger than them.
5. A claim later than the day after the fetch is refused. So is one before 1990, unless a person or
   a row of data made it: archives are older, parsing accidents too.
6. The month of an address dates nothing by itself: it bears out or contradicts the other claims and
   bounds an article without any.
7. The day shown in the address or on the page is the publisher's own; it decides the day of an
   instant given in UTC.
8. What the user set is certain. Without any claim a modification date is a guess.
9. All evidence is kept, with a note on what became of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import prod

from pipelines.article import (
    LIKELY,
    DateEvidence,
    DatePrecision,
    DateRole,
    DateSource,
    Publication,
)
from pipelines.date_evidence import (
    DAY_KEPT,
    EITHER_WAY,
    NO_ZONE,
    NOT_LATER,
    YEAR_FIRST,
    date_in_url,
    day_in_url,
    fetch_clock,
    is_read_in_order,
    parse_claim,
    read,
)
from pipelines.date_formats import day_and_month, make_day, parse_instant

__all__ = ["WEIGHTS", "date_in_url", "day_in_url", "parse_claim", "parse_instant", "resolve"]

# How often a source is right where nothing else speaks: page sources as counted on 552 real pages
# by tests/quality/fit_dates.py. Fitted on four fifths of the publishers and measured on the rest,
# the calibration error is .018-.021 (three shufflings; .074 with the first guess). Free text is
# what htmldate reads where a page states no date plainly. The day of an address was right on 90 of
# 91 pages, nearly always beside another claim. Feeds, rows and the rungs without a page of their
# own keep a first guess.
WEIGHTS = {
    DateSource.SET_BY_USER: 1.0,
    DateSource.JSON_LD: 0.95,
    DateSource.META: 0.92,
    DateSource.MICRODATA: 0.95,
    DateSource.FEED: 0.90,
    DateSource.SITEMAP: 0.90,
    DateSource.ROW: 0.90,
    DateSource.URL: 0.93,
    DateSource.TIME_TAG: 0.92,
    DateSource.BYLINE: 0.91,
    DateSource.DATELINE: 0.60,
    DateSource.RELATIVE: 0.50,
    DateSource.FREE_TEXT: 0.77,
}
FAMILIES = {
    DateSource.JSON_LD: "markup",
    DateSource.META: "markup",
    DateSource.MICRODATA: "markup",
    DateSource.FEED: "list",
    DateSource.SITEMAP: "list",
    DateSource.ROW: "list",
    DateSource.TIME_TAG: "shown",
    DateSource.BYLINE: "shown",
    DateSource.RELATIVE: "prose",
    DateSource.FREE_TEXT: "prose",
}
MODIFIED_WEIGHT = 0.4
EITHER_WAY_WEIGHT = 0.55  # a guess: 10/05/2015 is May or October
# What is left of the weight where another date of the file shows which; first guesses. With other
# hands in a file their order may not show itself, and some feeds announce what is to come.
_OF_A_WITNESS, _OF_THE_FETCH = 0.9, 0.8
VAGUE_META_WEIGHT = 0.80  # right on 60 of 70 pages, but on 1 of 8 where the page shows another day
_VAGUE_META = frozenset({"date", "dc.date", "dc:date", "dcterms.date"})
_MOST = 0.99  # only the user is certain
_ONE_DAY = timedelta(days=1)
# Pacific Standard Time and New Zealand's summer. Farther out there are few publishers, and a day
# shown that only Hawaii could have is the day before a correction (2 of 2 such pages).
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-8), timedelta(hours=13)
_OLD_ALLOWED = frozenset({DateSource.SET_BY_USER, DateSource.ROW})
_SHOWN_DAY = (DateSource.URL, DateSource.BYLINE, DateSource.TIME_TAG)
_CLOCKS = frozenset({DateSource.PAGE_CLOCK, DateSource.FETCH_CLOCK})
_ROLE_NOTES = {
    DateRole.UPPER_BOUND: "upper bound only",
    DateRole.EVENT: "event in the text",
    DateRole.MODIFIED: "modification",
}


def weight_of(item: DateEvidence) -> float:
    """Return how often a claim of this kind is right where nothing else speaks."""
    if EITHER_WAY in item.where or YEAR_FIRST in item.where:
        return EITHER_WAY_WEIGHT
    if is_read_in_order(item):
        certain = not item.where.endswith(NOT_LATER)
        return WEIGHTS[item.source] * (_OF_A_WITNESS if certain else _OF_THE_FETCH)
    return VAGUE_META_WEIGHT if is_vague(item) else WEIGHTS[item.source]


def is_vague(item: DateEvidence) -> bool:
    """Say whether the claim is of a meta element that names no event, only "date"."""
    return item.source is DateSource.META and item.where in _VAGUE_META


def resolve(
    evidence: Sequence[DateEvidence], *, fetched_at: datetime | None, now: datetime | None = None
) -> Publication:
    """Return when the article was published, with all evidence annotated; never raises.

    Nothing was published after it was fetched or, where nobody says when that was, after `now`.
    """
    found = [read(item) for item in dict.fromkeys(evidence)]
    if fetched_at is not None and not any(e.source is DateSource.FETCH_CLOCK for e in found):
        found.append(fetch_clock(fetched_at))
    ruling = _Ruling(found, fetched_at or now)
    chosen = ruling.choose()
    if chosen is None:
        earliest, latest = ruling.bounds()
        return Publication(
            earliest=earliest,
            latest=latest,
            modified_at=ruling.modified_at,
            evidence=ruling.annotated(None),
        )
    day = ruling.publishers_day(chosen)
    first, last = (day, day) if chosen.is_fine else (chosen.first, chosen.last)
    instant = chosen.evidence.instant if chosen.precision is DatePrecision.INSTANT else None
    return Publication(
        published_at=instant.astimezone(UTC) if instant else None,
        published_day=day,
        precision=chosen.precision,
        source=chosen.evidence.source,
        confidence=round(ruling.confidence(chosen), 4),
        earliest=first,
        latest=last,
        modified_at=ruling.modified_at,
        evidence=ruling.annotated(chosen),
    )


@dataclass(frozen=True, slots=True)
class _Claim:
    """One admissible claim: the evidence, its weight and the days it covers."""

    evidence: DateEvidence
    weight: float
    family: str
    first: date
    last: date

    @property
    def precision(self) -> DatePrecision:
        """Return how fine the claim is; a dateline completed with a year is a day."""
        return self.evidence.precision or DatePrecision.DAY

    @property
    def is_fine(self) -> bool:
        """Say whether the claim names one day."""
        return self.precision in (DatePrecision.INSTANT, DatePrecision.DAY)

    def agrees(self, other: "_Claim") -> bool:
        """Say whether the days of the two claims overlap or lie next to each other."""
        return self.first - other.last <= _ONE_DAY and other.first - self.last <= _ONE_DAY


class _Ruling:
    """The claims of one article weighed against each other."""

    def __init__(self, found: Sequence[DateEvidence], there_at: datetime | None) -> None:
        """Weigh what was found of an article that was there at an instant, if that is known."""
        self.found = found
        self.refused: dict[DateEvidence, str] = {}
        self.limit = date(2100, 1, 1) if there_at is None else there_at.astimezone(UTC).date()
        stated = [e for e in found if e.role is DateRole.PUBLISHED and e.source not in _CLOCKS]
        self.claims = self._first_shown(self._admitted((e, weight_of(e)) for e in stated))
        self.claims += _datelines(found, self.claims)
        self.months = [c for c in self.claims if _is_month_of_url(c.evidence)]
        bounds = [e for e in found if e.role is DateRole.UPPER_BOUND]
        self.bound = _earliest(bounds)
        self.page_clock = _earliest(e for e in bounds if e.source is DateSource.PAGE_CLOCK)
        self.modified_at = _last_change(found)

    def _admitted(self, weighted: Iterable[tuple[DateEvidence, float]]) -> list[_Claim]:
        claims = (self._claim(item, weight) for item, weight in weighted)
        return [claim for claim in claims if claim is not None]

    def _first_shown(self, claims: Sequence[_Claim]) -> list[_Claim]:
        """Return the claims without the bylines that follow the first and name another day."""
        bylines = [c for c in claims if c.evidence.source is DateSource.BYLINE]
        later = [c for c in bylines[1:] if c.first != bylines[0].first]
        self.refused |= {c.evidence: "shown further down" for c in later}
        return [c for c in claims if c not in later]

    def _claim(self, item: DateEvidence, weight: float) -> _Claim | None:
        """Return the evidence as a claim; None, and why, where it is refused."""
        if item.precision is None or item.day is None:
            return None
        certain = item.source is DateSource.SET_BY_USER
        if item.day - self.limit > _ONE_DAY and not certain:
            self.refused[item] = "rejected: in the future when the capture was fetched or read"
            return None
        if item.day.year < 1990 and item.source not in _OLD_ALLOWED:
            self.refused[item] = "rejected: before 1990"
            return None
        first, last = _span(item.day, item.precision)
        weight *= 0.9 if NO_ZONE in item.note else 1.0
        return _Claim(item, weight, FAMILIES.get(item.source, item.source), first, last)

    def choose(self) -> _Claim | None:
        """Return the claim to follow; None leaves the article undated."""
        for certain in self.claims:
            if certain.evidence.source is DateSource.SET_BY_USER:
                return certain
        candidates = [claim for claim in self.claims if claim not in self.months]
        if not candidates:
            changed = [item for item in self.found if item.role is DateRole.MODIFIED]
            admitted = self._admitted((item, MODIFIED_WEIGHT) for item in changed)
            self.claims = candidates = [c for c in admitted if all(map(c.agrees, self.months))][:1]
        if not candidates:
            return None
        best = max(candidates, key=self._rank)
        return self._finest(best) if best.is_fine else best

    def bounds(self) -> tuple[date | None, date | None]:
        """Return the first and last day on which an undated article may have appeared."""
        ends = [day for day in (self.bound, *(month.last for month in self.months)) if day]
        latest = min(ends, default=None)
        firsts = [m.first for m in self.months if latest is None or m.first <= latest]
        return max(firsts, default=None), latest

    def _finest(self, best: _Claim) -> _Claim:
        """Return the claim to an instant on the day of `best`: itself, else the weightiest."""
        same_day = [
            c for c in self.claims if c.precision is DatePrecision.INSTANT and c.first == best.first
        ]
        at = best if best in same_day else max(same_day, key=_weight, default=best)
        return next((c for c in same_day if _is_local_time_of(c, at)), at)

    def _rank(self, claim: _Claim) -> tuple[bool, int, float, bool, float]:
        confidence = round(self.confidence(claim), 6)
        fineness = -(claim.last - claim.first).days
        timed = claim.precision is DatePrecision.INSTANT
        return confidence >= LIKELY, fineness, confidence, timed, claim.weight

    def confidence(self, claim: _Claim) -> float:
        """Return how sure the claim's day is: agreeing families, less the strongest rival."""
        if claim.evidence.source is DateSource.SET_BY_USER:
            return 1.0
        side = self._weight_of_side(claim)
        rivals = (self._weight_of_side(c) for c in self.claims if not claim.agrees(c))
        rival = max(rivals, default=0.0)
        confidence = side * (1 - rival / 2)
        too_late = self.page_clock is not None and claim.first - self.page_clock > _ONE_DAY
        return confidence / 2 if too_late else confidence

    def _weight_of_side(self, claim: _Claim) -> float:
        """Return the weight of all families that agree with the claim."""
        strongest: dict[str, float] = {}
        for other in self.claims:
            if claim.agrees(other):
                # A month bears out a day in it by half: most wrong days lie in the same month.
                weight = other.weight / (1 + (claim.is_fine and not other.is_fine))
                strongest[other.family] = max(strongest.get(other.family, 0.0), weight)
        return min(1 - prod(1 - weight for weight in strongest.values()), _MOST)

    def publishers_day(self, chosen: _Claim) -> date:
        """Return the publisher's day: for an instant in UTC, the day shown in address or page."""
        instant = chosen.evidence.instant
        if chosen.precision is not DatePrecision.INSTANT or instant is None or instant.utcoffset():
            return chosen.first
        for source in _SHOWN_DAY:
            for other in self.claims:
                shown = other.evidence
                if (
                    shown.source is source
                    and shown.precision is DatePrecision.DAY
                    and _is_day_somewhere(instant, other.first)
                ):
                    return other.first
        return chosen.first

    def annotated(self, chosen: _Claim | None) -> tuple[DateEvidence, ...]:
        """Return all evidence with a note on what became of each."""
        by_evidence = {claim.evidence: claim for claim in self.claims}
        return tuple(
            replace(item, note=self._note(item, by_evidence.get(item), chosen) + _howread(item))
            for item in self.found
        )

    def _note(self, item: DateEvidence, claim: _Claim | None, chosen: _Claim | None) -> str:
        if item in self.refused:
            return self.refused[item]
        if item.source in _CLOCKS:
            return _ROLE_NOTES[DateRole.UPPER_BOUND]
        if chosen is None or claim is None:
            month = _is_month_of_url(item) and "bounds only: a month"
            return month or _ROLE_NOTES.get(item.role, "cannot be read as one date")
        if claim is not chosen:
            return "agrees" if claim.agrees(chosen) else "rival"
        if item.role is DateRole.MODIFIED:
            return "used as a guess: only a modification date"
        return "used"


def _last_change(found: Iterable[DateEvidence]) -> datetime | None:
    changes = [e.instant for e in found if e.role is DateRole.MODIFIED and e.instant]
    return max(changes).astimezone(UTC) if changes else None


def _is_month_of_url(item: DateEvidence) -> bool:
    return item.source is DateSource.URL and item.precision is DatePrecision.MONTH


def _is_day_somewhere(instant: datetime, day: date) -> bool:
    """Say whether some publisher's calendar shows `day` at an instant given in UTC."""
    return (instant + _WESTERNMOST).date() <= day <= (instant + _EASTERNMOST).date()


def _datelines(found: Iterable[DateEvidence], claims: Sequence[_Claim]) -> list[_Claim]:
    """Return the datelines without a year whose day and month another claim bears out."""
    return [
        _Claim(item, WEIGHTS[item.source], item.source, day, day)
        for item in found
        if _is_yearless(item) and (day := _year_of(item, claims))
    ]


def _is_yearless(item: DateEvidence) -> bool:
    return item.source is DateSource.DATELINE and item.precision is None


def _year_of(item: DateEvidence, claims: Sequence[_Claim]) -> date | None:
    month_day = day_and_month(item.raw)
    if month_day is None:
        return None
    for claim in claims:
        if not claim.is_fine:
            continue
        for year in (claim.first.year, claim.first.year - 1, claim.first.year + 1):
            day = make_day(year, *month_day)
            if day and abs(day - claim.first) <= _ONE_DAY:
                return day
    return None


def _span(day: date, precision: DatePrecision) -> tuple[date, date]:
    if precision is DatePrecision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision is DatePrecision.MONTH:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - _ONE_DAY
    return day, day


def _earliest(found: Iterable[DateEvidence]) -> date | None:
    return min((item.day for item in found if item.day), default=None)


def _is_local_time_of(claim: _Claim, other: _Claim) -> bool:
    """Say whether `claim` has the clock time of `other` and a zone, where `other` says UTC.

    Templates print local time and `+00:00` behind it; the claim that knows its zone is right.
    """
    local, at = claim.evidence.instant, other.evidence.instant
    if local is None or at is None or at.utcoffset() or not local.utcoffset():
        return False
    return local.replace(tzinfo=None, microsecond=0) == at.replace(tzinfo=None, microsecond=0)


def _weight(claim: _Claim) -> float:
    return claim.weight


def _howread(item: DateEvidence) -> str:
    """Return what reading noted; notes of an earlier ruling are dropped."""
    return next((f"; {note}" for note in (NO_ZONE, DAY_KEPT) if note in item.note), "")
