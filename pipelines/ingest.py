"""The line: from a source's captures to articles in the store.

    read_source(spec)        captures, with the fetch that brought them
    | extract                bytes -> document with zones
    | dates.resolve          claims -> publication, and why
    | make_article           one record
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

from pipelines import dates, language, syndication
from pipelines.article import (
    Article,
    Capture,
    DateSource,
    Document,
    Extraction,
    Fetch,
    FetchStatus,
    Outcome,
)
from pipelines.errors import CaptureError, NoArticle, Quarantined, Unsupported
from pipelines.extraction import extract
from pipelines.furniture import without_furniture
from pipelines.hashing import hash63
from pipelines.learning import learn
from pipelines.outlets import Outlets
from pipelines.querylang import tokens
from pipelines.store.writer import NEW_VERSION, Writer
from pipelines.tagging import Taggers, find_mentions
from pipelines.urls import canonical
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


@dataclass(slots=True)
class IngestReport:
    """What a run did: how many captures ended how, and what could not be used."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
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
    *,
    outlets: Outlets,
    taggers: Taggers,
    extraction: Extraction = Extraction.CASCADE,
    progress: Callable[[IngestReport], None] = lambda report: None,
) -> IngestReport:
    """Bring every capture of `stream` into the store of `writer` and return what became of each."""
    report = IngestReport()
    for item in stream:
        if isinstance(item, Fetch):
            writer.begin(item)
            report.fetches += 1
            if item.status in (FetchStatus.FAILED, FetchStatus.UNSUPPORTED):
                report.count(item.locator, Outcome(item.status.value), item.reason)
        else:
            outcome, reason = _bring(item, writer, outlets, taggers, extraction=extraction)
            report.count(item.locator, outcome, reason)
        progress(report)
    report.retagged = learn(writer, taggers)
    return report


def _bring(
    capture: Capture,
    writer: Writer,
    outlets: Outlets,
    taggers: Taggers,
    *,
    extraction: Extraction,
) -> tuple[Outcome, str]:
    """Send one capture down the line; return how it ended and, without an article, why."""
    key = capture_id(capture)
    if (before := writer.known.decided(key)) is not None:
        writer.record(capture, key, before)
        return before, "as in an earlier run" if before in _ENDS.values() else ""
    try:
        document = extract(capture, extraction)
        article = make_article(capture, document, outlets)
    except CaptureError as error:
        outcome, reason = _ENDS[type(error)], str(error)
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


def make_article(capture: Capture, document: Document, outlets: Outlets) -> Article:
    """Return the article of a capture.

    Its id is a 63-bit hash of the canonical URL, else of outlet and content, so that any worker can
    give it. What the user or the source says wins over what the page says of itself.
    """
    url = canonical(capture.url or document.url)
    outlet = outlets.find(
        name=capture.outlet,
        url=url,
        site_name=document.site_name,
        country=capture.outlet_country,
    )
    in_url = dates.date_in_url(url)
    evidence = (*capture.dates, *document.dates, *((in_url,) if in_url else ()))
    below = [token.form for token in tokens("\n".join(document.counted(headline=False)))]
    words = [token.form for token in tokens(document.title)] + below
    publication = dates.resolve(evidence, fetched_at=capture.fetched_at)
    # A date the user sets on a text already stored is news to the store, so it makes a version.
    said = publication.published_day if publication.source is DateSource.SET_BY_USER else ""
    return Article(
        article_id=hash63(url) if url else hash63(outlet.id, *words),
        outlet=outlet,
        url=url,
        title=document.title,
        text=document.text,
        zones=document.zones,
        raw_text=document.raw_text,
        language=language.detect(
            "\n".join(document.counted()), capture.language or document.language
        ),
        publication=publication,
        text_source=capture.text_source,
        content_hash=hash63(said, document.title.casefold(), *words),
        text_hash=syndication.text_hash(below),
        sketch=syndication.make_sketch(below),
        n_words=len(words),
        author=capture.author or document.author,
        source=capture.source,
        locator=capture.locator,
        fetched_at=capture.fetched_at,
    )


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
        *(claim.raw for claim in capture.dates),
        xxh3_64_intdigest(capture.content),
    )
