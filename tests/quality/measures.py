"""The measures of the quality gate: what is counted over which scores, and which way is better.

Bodies are scored by the multisets of 4-token shingles of scrapinghub's benchmark. A day is right
where it equals the true one; a page whose truth is "no date" is right where none is found. Measures
of confidence run over the pages for which a day was found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.quality import (
    body_f1,
    fundus_bodies,
    languages,
    near_copies,
    tagging_measures,
    topics,
    zones,
)
from tests.quality.bootstrap import HasPublisher
from tests.quality.languages import LanguageScore

SURE = 0.95
_BINS = 10


@dataclass(frozen=True, slots=True)
class DateScore:
    """What became of the date of one page; `minute` is None where the true instant is unknown."""

    publisher: str
    right: bool
    dated: bool
    confidence: float
    clock: bool
    minute: bool | None
    timed: bool = False  # whether the truth is a time and no midnight, which stands for a day
    exact: bool | None = None  # the right minute, or day where the truth is a day


Score = HasPublisher  # each set has a record of its own
Scores = Mapping[str, Sequence[Score]]  # by set of readings


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure over one or more sets of scores."""

    title: str
    sets: tuple[str, ...]
    figure: Callable[[Sequence[Score]], float]
    better: Literal["more", "less", "none"] = "more"  # none: must be 0, nothing to raise
    over: Callable[[Score], bool] = lambda score: True  # which of the scores

    def chosen(self, scores: Scores) -> list[Score]:
        """Return the scores that the figure is taken over."""
        return [score for part in self.sets for score in scores[part] if self.over(score)]


def day_accuracy(scores: Sequence[DateScore]) -> float:
    """Return the share of pages with the right day."""
    return _share([s.right for s in scores])


def minute_accuracy(scores: Sequence[DateScore]) -> float:
    """Return the share of pages with the right minute, of those whose true instant is known."""
    return _share([s.minute for s in scores if s.minute is not None])


def exact_accuracy(scores: Sequence[DateScore]) -> float:
    """Return the share of pages whose date is right and as exact as the known truth."""
    return _share([s.exact for s in scores if s.exact is not None])


def right_where_sure(scores: Sequence[DateScore]) -> float:
    """Return the share of right days among the pages with a confidence of at least .95."""
    return _share([s.right for s in scores if s.confidence >= SURE])


def share_sure(scores: Sequence[DateScore]) -> float:
    """Return the share of all pages that have a confidence of at least .95."""
    return _share([s.confidence >= SURE for s in scores])


def calibration_error(scores: Sequence[DateScore]) -> float:
    """Return the expected calibration error: ten bins of equal width, weighted by their pages."""
    bins: list[list[DateScore]] = [[] for _ in range(_BINS)]
    dated = [s for s in scores if s.dated]
    for score in dated:
        bins[min(int(score.confidence * _BINS), _BINS - 1)].append(score)
    gaps = (abs(sum(s.right - s.confidence for s in found)) for found in bins)
    return sum(gaps) / len(dated) if dated else 0.0


def clocks_taken(scores: Sequence[DateScore]) -> float:
    """Return on how many pages a page or fetch clock was taken for the date."""
    return float(sum(s.clock for s in scores))


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def is_timed(score: DateScore) -> bool:
    """Say whether the page's true instant is a time of day."""
    return score.timed


def has_text(score: LanguageScore) -> bool:
    """Say whether there is more than a title to tell the language by."""
    return score.by_text is not None


_TITLES, _JUDGED = ("titles",), ("judged articles",)
_DATED = ("htmldate", "fundus")
_PAGES, _DUMPS = ("zones of pages",), ("zones of dumps",)
_FRESH_PAGES, _FRESH_DUMPS = ("zones of fresh pages",), ("zones of fresh dumps",)
MEASURES: Mapping[str, Measure] = {
    "body_f1": Measure("F1 of bodies, pages", ("bodies",), body_f1.f1),
    "fundus_f1": Measure("F1 of bodies, fundus' pages", ("fundus bodies",), body_f1.f1),
    "worst_language": Measure(
        "F1 of bodies, the worst language", ("fundus bodies",), fundus_bodies.worst_language
    ),
    "dump_f1": Measure("F1 of bodies, page dumps as clippings", ("dumps",), body_f1.f1),
    "day_htmldate": Measure("right day, htmldate's pages", ("htmldate",), day_accuracy),
    "day_fundus": Measure("right day, fundus' pages", ("fundus",), day_accuracy),
    "minute_fundus": Measure("right minute, fundus' pages", ("fundus",), minute_accuracy),
    "minute_timed": Measure(
        "right minute where the truth has one", ("fundus",), minute_accuracy, over=is_timed
    ),
    "exact_fundus": Measure(
        "right minute, or day where the truth is a day", ("fundus",), exact_accuracy
    ),
    "right_where_sure": Measure("right day where confidence >= .95", _DATED, right_where_sure),
    "share_sure": Measure("pages with confidence >= .95", _DATED, share_sure),
    "calibration_error": Measure("expected calibration error", _DATED, calibration_error, "less"),
    "clocks_taken": Measure("clocks taken for dates", _DATED, clocks_taken, "none"),
    "zones_fresh_pages": Measure("F1 of zones, fresh pages", _FRESH_PAGES, zones.zone_f1),
    "zones_fresh_dumps": Measure("F1 of zones, fresh dumps", _FRESH_DUMPS, zones.zone_f1),
    "counted_fresh_pages": Measure(
        "F1 of what counts, fresh pages", _FRESH_PAGES, zones.counted_f1
    ),
    "counted_fresh_dumps": Measure(
        "F1 of what counts, fresh dumps", _FRESH_DUMPS, zones.counted_f1
    ),
    "stray_fresh_pages": Measure(
        "mentions off the article, fresh pages", _FRESH_PAGES, zones.stray_mentions, "less"
    ),
    "stray_fresh_dumps": Measure(
        "mentions off the article, fresh dumps", _FRESH_DUMPS, zones.stray_mentions, "less"
    ),
    "zones_pages": Measure("F1 of zones, pages", _PAGES, zones.zone_f1),
    "zones_dumps": Measure("F1 of zones, dumps", _DUMPS, zones.zone_f1),
    "counted_pages": Measure("F1 of what counts, pages", _PAGES, zones.counted_f1),
    "counted_dumps": Measure("F1 of what counts, dumps", _DUMPS, zones.counted_f1),
    "stray_pages": Measure("mentions off the article, pages", _PAGES, zones.stray_mentions, "less"),
    "stray_dumps": Measure("mentions off the article, dumps", _DUMPS, zones.stray_mentions, "less"),
    "language": Measure("language, title alone", _TITLES, languages.language_accuracy),
    "language_declared": Measure(
        "language, title and declaration", _TITLES, languages.declared_accuracy
    ),
    "language_text": Measure(
        "language, also 500 characters", _TITLES, languages.text_declared_accuracy, over=has_text
    ),
    "topic_precision": Measure("shipped topics, precision", _JUDGED, topics.precision),
    "topic_recall": Measure("shipped topics, recall of what was drawn", _JUDGED, topics.recall),
    "copy_precision": Measure("near copies, precision", ("copies",), near_copies.copy_precision),
    "copy_recall": Measure("near copies, recall", ("copies",), near_copies.copy_recall),
    **{
        name: Measure(title, sets, figure)
        for name, (title, sets, figure) in tagging_measures.MEASURES.items()
    },
}
