"""Decide whether an article is new, an edit, an enrichment, a duplicate or nothing new.

The rules, in the order they are asked:

1. An address (or, without one, a text) never seen at this outlet is *stored*. Where the same title
   and text already stand at the same outlet under another address, and the publication days are
   not more than three days apart, it is a *duplicate*. An untitled item without text is equal to
   nothing.
2. A known article whose text comes from a richer kind of source than any before (a page after a
   feed's summary) is *enriched*; the first text from a poorer kind adds nothing: *unchanged*.
3. Compared with the newest version from the same kind of source, the same title and text is
   *unchanged*, another one is *edited*.
4. What would be unchanged is *enriched* where it tells a likely date and no version has one.
5. A capture that is older than that newest version, or that does not say when it was taken, is
   *unchanged* where any version already has its title and text; so reading the same files twice,
   in any order, changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipelines.article import LIKELY, Article, Outcome, TextSource

_RICHNESS = {kind: rank for rank, kind in enumerate(TextSource)}
_SAME_STORY = timedelta(days=3)  # a daily schedule repeats its words on another day


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """What must be remembered of a stored version to judge the next capture."""

    version: int
    text_source: TextSource
    content_hash: int
    fetched_at: datetime | None
    is_dated: bool  # on a likely day


@dataclass(frozen=True, slots=True)
class Twin:
    """A stored article with the same title and text at the same outlet."""

    article_id: int
    published_day: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one article, and the version it gets or already has."""

    outcome: Outcome
    article_id: int
    version: int


def decide(article: Article, known: Sequence[KnownVersion], twin: Twin | None) -> Decision:
    """Return the outcome for `article`, given its stored versions (oldest first) and its twin."""
    if not known:
        return _first(article, twin)
    number = known[-1].version + 1
    alike = [version for version in known if version.text_source is article.text_source]
    if not alike:
        richest = max(known, key=lambda version: _RICHNESS[version.text_source])
        if _RICHNESS[article.text_source] > _RICHNESS[richest.text_source]:
            return Decision(Outcome.ENRICHED, article.article_id, number)
        return _nothing_new(article, known, richest)
    newest = max(alike, key=_taken)
    for version in alike:
        seen = version.content_hash == article.content_hash
        if seen and (version is newest or not _is_later(article, newest)):
            return _nothing_new(article, known, version)
    return Decision(Outcome.EDITED, article.article_id, number)


def _nothing_new(article: Article, known: Sequence[KnownVersion], seen: KnownVersion) -> Decision:
    """Return the outcome for words that say nothing new: their date may."""
    if is_dated(article) and not any(version.is_dated for version in known):
        return Decision(Outcome.ENRICHED, article.article_id, known[-1].version + 1)
    return Decision(Outcome.UNCHANGED, article.article_id, seen.version)


def is_dated(article: Article) -> bool:
    """Say whether an article tells a day on which it is likely to have been published."""
    return article.publication.confidence >= LIKELY


def _first(article: Article, twin: Twin | None) -> Decision:
    if twin is not None and _same_days(article.publication.published_day, twin.published_day):
        return Decision(Outcome.DUPLICATE, twin.article_id, 1)
    return Decision(Outcome.STORED, article.article_id, 1)


def _taken(version: KnownVersion) -> tuple[bool, float, int]:
    taken = version.fetched_at
    return taken is not None, taken.timestamp() if taken else 0.0, version.version


def _is_later(article: Article, newest: KnownVersion) -> bool:
    if article.fetched_at is None or newest.fetched_at is None:
        return False
    return article.fetched_at > newest.fetched_at


def _same_days(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= _SAME_STORY
