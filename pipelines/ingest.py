"""The line: from a source's captures to articles in the store.

    read_source(spec)        captures, with the fetch that brought them
    | reader.read            each with its article, read ahead by worker processes:
    |   extract              bytes -> document with zones
    |   dates.resolve        claims -> publication, and why
    |   make_article         one record
    | decide                 new, edited, duplicate, nothing new
    | syndication.assign     copies of one text
    | without_furniture      zones, what the outlet repeats laid over them
    | find_mentions          spans with zones
    | writer.add             all tables in one commit
    ------------------------------------------------
    learn                    which lines their outlet repeats; articles that hold them, tagged again

Each capture ends as exactly one `Outcome`, and the outcomes of a run add up to the captures read.
What cannot be read is counted with its reason and does not stop the rest. Which texts are worth
reading, how a date is judged or what a topic means is decided in the stage of that name, not here.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from xxhash import xxh3_64_intdigest

from pipelines import syndication
from pipelines.article import Capture, Fetch, FetchStatus, Outcome
from pipelines.date_evidence import as_read
from pipelines.errors import CaptureError, NoArticle, Quarantined, Unsupported
from pipelines.furniture import without_furniture
from pipelines.hashing import hash63
from pipelines.learning import learn
from pipelines.reading.read import Read, Reads
from pipelines.store.writer import NEW_VERSION, Writer
from pipelines.tagging import Taggers, find_mentions
from pipelines.versions import decide

_ENDS: dict[type[CaptureError], Outcome] = {
    NoArticle: Outcome.NO_ARTICLE,
    Unsupported: Outcome.UNSUPPORTED,
    Quarantined: Outcome.QUARANTINED,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A capture or fetch that brought no article, and why."""

    locator: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What was odd about a fetch that brought its captures all the same."""

    locator: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What a run did: how many captures ended how, and what could not be used."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    fetches: int = 0
    retagged: int = 0  # stored versions whose lines turned out to be furniture, or none

    def count(self, locator: str, outcome: Outcome, reason: str = "") -> None:
        """Take in one end."""
        self.outcomes[outcome] += 1
        if reason:
            self.problems.append(Problem(locator, outcome, reason))


def ingest(
    stream: Iterable[Fetch | Capture],
    writer: Writer,
    reader: Reads,
    *,
    taggers: Taggers,
    progress: Callable[[IngestReport], None] = lambda report: None,
) -> IngestReport:
    """Bring every capture of `stream` into the store of `writer` and return what became of each."""
    report = IngestReport()
    asked: set[int] = set()

    def is_new(capture: Capture) -> bool:
        """Return whether a capture is worth reading ahead of its turn, which decides for good."""
        key = capture_id(capture)
        is_first = key not in asked  # snapshots of a feed repeat each other
        asked.add(key)
        return is_first and writer.known.decided(key) is None

    for item in reader.read(stream, is_new):
        if isinstance(item, Fetch):
            writer.begin(item)
            report.fetches += 1
            if item.status in (FetchStatus.FAILED, FetchStatus.UNSUPPORTED):
                report.count(item.locator, Outcome(item.status.value), item.reason)
            elif item.reason:
                report.remarks.append(Remark(item.locator, item.reason))
        else:
            outcome, reason = _bring(item, writer, taggers)
            report.count(item.capture.locator, outcome, reason)
        progress(report)
    report.retagged = learn(writer, taggers)
    return report


def _bring(read: Read, writer: Writer, taggers: Taggers) -> tuple[Outcome, str]:
    """Send one capture down the line; return how it ended and, without an article, why."""
    capture = read.capture
    key = capture_id(capture)
    if (before := writer.known.decided(key)) is not None:
        writer.record(capture, key, before)
        return before, "as when it was first read" if before in _ENDS.values() else ""
    article = read.article()
    if isinstance(article, CaptureError):
        outcome, reason = _ENDS[type(article)], str(article)
        reason = reason.removeprefix(f"reading {capture.locator}: ")  # the report names it anyway
        writer.record(capture, key, outcome, reason=reason)
        return outcome, reason
    known = writer.known
    twin = known.twins.get((article.outlet.id, article.content_hash))
    decision = decide(article, known.versions.get(article.article_id, ()), twin)
    if decision.outcome in NEW_VERSION:
        own = known.own_ids.get(article.article_id)
        copy = syndication.assign(article, known.ids_by_text, own, known.copies)
        news = without_furniture(article, known.furniture)
        writer.add(article, decision, copy, find_mentions(news, taggers))
    writer.record(capture, key, decision.outcome, decision=decision, outlet=article.outlet.id)
    return decision.outcome, ""


def capture_id(capture: Capture) -> int:
    """Return the hash of all that decides what becomes of a capture; when it was taken does not."""
    return hash63(
        capture.source,
        capture.form,
        capture.text_source,
        capture.url,
        capture.outlet,
        capture.outlet_country,
        capture.title,
        capture.encoding,
        capture.problem,
        *map(as_read, capture.dates),
        xxh3_64_intdigest(capture.content),
    )
