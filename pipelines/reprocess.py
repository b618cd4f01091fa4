"""Read kept captures again by the code of today: bytes in, what differs as new versions out.

Rules, in the order they are asked; each capture ends as exactly one `Reread`:

1. A capture that this code has read already is *done*. One that was kept without what its source
   said of it (before schema 5) is *without claims*, one whose bytes do not unpack is *damaged*.
   A duplicate stays one.
2. A text that its publisher changed since is *older*: what counts is the later text, and that is
   read again from its own capture.
3. Today's code may find no article where there was one (*lost*) or one of another address
   (*moved*). Both leave the store as it is: what was counted does not vanish by itself.
4. Where words, zones, outlet, language or dates differ from what is stored, the article gets a new
   version, *changed*. Nobody edited it: the version is noted as read again, and is no edit.
5. A capture that brought no article may bring one now, *found*, where the store does not have it
   already. Else there is *nothing* in it still.

A run that is stopped goes on where it was: what was read again is noted with the code that did it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipelines import syndication
from pipelines.article import Article, Capture, Fetch, Outcome
from pipelines.errors import CaptureError
from pipelines.furniture import without_furniture
from pipelines.learning import learn
from pipelines.reading.read import Reads, Result
from pipelines.store.writer import Writer
from pipelines.store.writing.captured import Kept, count_kept, read_kept
from pipelines.store.writing.comparing import Facts, differs, read_facts
from pipelines.store.writing.known import Known
from pipelines.syndication import Placement
from pipelines.tagging import Taggers, find_mentions
from pipelines.versions import Decision, decide

BATCH = 500  # captures whose bytes and stored texts are in memory at once
COMMIT = 2000  # captures read between commits; two minutes of pages
_EVERY = 50  # captures between reports of progress


class Reread(StrEnum):
    """How a kept capture ended; the counts of a run add up to the captures kept."""

    SAME = "same"
    CHANGED = "changed"
    FOUND = "found"
    NOTHING = "nothing"
    LOST = "lost"
    MOVED = "moved"
    OLDER = "older"
    DUPLICATE = "duplicate"
    DONE = "done"
    WITHOUT_CLAIMS = "without claims"
    DAMAGED = "damaged"


_NOTED = frozenset({Reread.SAME, Reread.CHANGED, Reread.FOUND})
_NOTED |= {Reread.NOTHING, Reread.LOST, Reread.MOVED}  # those that were read


@dataclass(frozen=True, slots=True)
class Ended:
    """How one capture ended, why, and what differs."""

    kept: Kept
    outcome: Reread
    reason: str = ""
    article: Article | None = None  # where it gets a version


@dataclass(slots=True)
class Reprocessed:
    """What a run did, or would do."""

    total: int
    outcomes: Counter[Reread] = field(default_factory=Counter)
    ended: list[Ended] = field(default_factory=list)  # those to be shown: changed, lost and so on
    retagged: int = 0

    @property
    def count(self) -> int:
        """Return how many captures were looked at."""
        return self.outcomes.total()


_SHOWN = frozenset({Reread.CHANGED, Reread.FOUND, Reread.LOST, Reread.MOVED, Reread.DAMAGED})
_MOST_SHOWN = 1000  # a run over millions keeps no list of all

Progress = Callable[[Reprocessed], None]
Files = Mapping[str, Sequence[str]]


def preview(
    files: Files, known: Known, reader: Reads, *, read_by: str, progress: Progress
) -> Reprocessed:
    """Return what `reprocess` would do to a store of `files` (table -> Parquet files)."""
    report = Reprocessed(count_kept(files))
    for end in _read_again(files, known, reader, read_by):
        _count(report, end, progress)
    return report


def reprocess(
    writer: Writer, reader: Reads, *, taggers: Taggers, progress: Progress
) -> Reprocessed:
    """Read all kept captures of a store again, store what differs; return what became of each.

    `writer` has the hash of the code in force (`read_by`).
    """
    files, noted = writer.files(), 0
    report = Reprocessed(count_kept(files))
    for end in _read_again(files, writer.known, reader, writer.read_by):
        if end.outcome in _NOTED:
            _store(writer, end, taggers)
            noted += 1
            if not noted % COMMIT:
                writer.flush()
        _count(report, end, progress)
    report.retagged = learn(writer, taggers)
    return report


def _count(report: Reprocessed, end: Ended, progress: Progress) -> None:
    report.outcomes[end.outcome] += 1
    if end.outcome in _SHOWN and len(report.ended) < _MOST_SHOWN:
        report.ended.append(end)
    if not report.count % _EVERY or report.count == report.total:
        progress(report)


def _store(writer: Writer, end: Ended, taggers: Taggers) -> None:
    """Note that a capture was read again, and add the version that came of it."""
    kept, decision = end.kept, None
    if end.article is not None:
        decision = _next_version(writer, end.article)
        news = without_furniture(end.article, writer.known.furniture)
        copy = _placed(writer, end.article)
        writer.add(end.article, decision, copy, find_mentions(news, taggers))
    writer.record_reread(
        {
            "capture_id": kept.capture_id,
            "read_version": kept.read_version,
            "outcome": end.outcome,
            "reason": end.reason,
            "article_id": decision.article_id if decision else kept.article_id or None,
            "version": decision.version if decision else None,
        }
    )


def _next_version(writer: Writer, article: Article) -> Decision:
    known = writer.known.versions.get(article.article_id, ())
    outcome = Outcome.EDITED if known else Outcome.STORED
    number = max((one.version for one in known), default=0) + 1
    return Decision(outcome, article.article_id, number)


def _placed(writer: Writer, article: Article) -> Placement:
    known = writer.known
    own = known.own_ids.get(article.article_id)
    return syndication.assign(article, known.ids_by_text, own, known.copies)


def _read_again(files: Files, known: Known, reader: Reads, read_by: str) -> Iterator[Ended]:
    """Yield how each capture ends; the caller stores it before the next is judged."""
    for batch in read_kept(files, BATCH):
        ends = [(kept, _without_reading(kept, known, read_by)) for kept in batch]
        captures = [kept.capture for kept, end in ends if end is None and kept.capture]
        facts = read_facts(files, sorted({kept.article_id for kept, end in ends if end is None}))
        readings = reader.read(captures, _always)
        articles = (one.article() for one in readings if not isinstance(one, Fetch))
        for kept, end in ends:
            yield end or _read(kept, known, facts, articles)


def _always(capture: Capture) -> bool:
    return True


def _without_reading(kept: Kept, known: Known, read_by: str) -> Ended | None:
    """Return how a capture ends that is not read again."""
    if kept.damage:
        return Ended(kept, Reread.DAMAGED, kept.damage)
    if kept.read_by == read_by:
        return Ended(kept, Reread.DONE)
    if kept.capture is None:
        return Ended(kept, Reread.WITHOUT_CLAIMS)
    if kept.outcome is Outcome.DUPLICATE:
        return Ended(kept, Reread.DUPLICATE)
    if kept.version and not _is_newest(kept, known):
        return Ended(kept, Reread.OLDER)
    return None


def _is_newest(kept: Kept, known: Known) -> bool:
    """Return whether no later text of this kind came of the article."""
    versions = known.versions.get(kept.article_id, ())
    own = next((one for one in versions if one.version == kept.version), None)
    if own is None:
        return False
    alike = [one for one in versions if one.text_source is own.text_source]
    return max(alike, key=lambda one: (_taken(one.fetched_at), one.version)) is own


def _taken(instant: datetime | None) -> tuple[bool, float]:
    return instant is not None, instant.timestamp() if instant else 0.0


def _read(kept: Kept, known: Known, facts: Facts, articles: Iterator[Result]) -> Ended:
    """Return how a capture ends that was read again."""
    article = next(articles)
    if isinstance(article, CaptureError):
        reason = str(article).removeprefix(f"reading {kept.locator}: ")
        return Ended(kept, Reread.LOST if kept.version else Reread.NOTHING, reason)
    if not kept.version:
        return _read_first(kept, known, article)
    if article.article_id != kept.article_id:
        return Ended(kept, Reread.MOVED, f"its address would be {article.url or 'unknown'}")
    names = differs(article, facts.get((kept.article_id, kept.version)))
    if not names:
        return Ended(kept, Reread.SAME)
    return Ended(kept, Reread.CHANGED, ", ".join(names), article)


def _read_first(kept: Kept, known: Known, article: Article) -> Ended:
    """Return how a capture ends that brought no article before, and does now."""
    twin = known.twins.get((article.outlet.id, article.content_hash))
    decision = decide(article, known.versions.get(article.article_id, ()), twin)
    if decision.outcome is Outcome.STORED:
        return Ended(kept, Reread.FOUND, article.title, article)
    return Ended(kept, Reread.NOTHING, "the store has its article already")
