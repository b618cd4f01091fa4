"""Build small real stores for tests: articles written by hand, added by the real writer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.article import (
    Article,
    Capture,
    CopyLevel,
    DatePrecision,
    DateSource,
    Fetch,
    Form,
    Mention,
    Outcome,
    Outlet,
    Publication,
    SourceKind,
    TagKind,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.hashing import hash63
from pipelines.ingest import capture_id
from pipelines.store import open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision

NOW = datetime(2015, 7, 1, 12, tzinfo=UTC)
LENTA = Outlet("lenta", "Lenta", "lenta.example", "RU", "ru")
HERALD = Outlet("herald", "The Herald", "herald.example", "GB", "en")
NOWHERE = Outlet("unknown", "(unknown outlet)")


@dataclass(frozen=True)
class Written:
    """An article with the tags a test wants it to have."""

    article: Article
    tags: Tags = field(default_factory=Tags)
    syndication_id: int | None = None


UNDATED = Publication()


def on_day(day: date, confidence: float = 0.97) -> Publication:
    return Publication(
        published_day=day,
        precision=DatePrecision.DAY,
        source=DateSource.META,
        confidence=confidence,
    )


def at(instant: datetime) -> Publication:
    return Publication(
        published_at=instant.astimezone(UTC),
        published_day=instant.date(),
        precision=DatePrecision.INSTANT,
        source=DateSource.FEED,
        confidence=0.97,
    )


def in_month(day: date) -> Publication:
    return replace(on_day(day), precision=DatePrecision.MONTH)


def in_year(year: int) -> Publication:
    return replace(on_day(date(year, 1, 1)), precision=DatePrecision.YEAR)


def article(
    number: int,
    publication: Publication = UNDATED,
    *,
    outlet: Outlet = HERALD,
    text: str = "",
    title: str = "",
    language: str = "en",
    text_source: TextSource = TextSource.FILE,
    fetched_at: datetime | None = None,
) -> Article:
    title = title or f"Headline {number}"
    body = text or f"Body of article {number}."
    full = f"{title}\n{body}"
    edge = len(title) + 1
    return Article(
        article_id=hash63("test", number),
        outlet=outlet,
        url=f"https://{outlet.domain or 'nowhere.example'}/{number}",
        title=title,
        text=full,
        zones=(ZoneSpan(0, edge, Zone.HEADLINE), ZoneSpan(edge, len(full), Zone.LEDE)),
        raw_text=full,
        language=language,
        publication=publication,
        text_source=text_source,
        content_hash=hash63(full),
        text_hash=0,
        n_words=len(full.split()),
        fetched_at=fetched_at,
    )


def naming(written: Article, *names: tuple[TagKind, str, str]) -> Written:
    """Tag every place where a surface stands in the text: (kind, tag, surface)."""
    mentions = []
    for kind, tag, surface in names:
        start = written.text.find(surface)
        while start >= 0:
            zone = next(z.zone for z in written.zones if z.start <= start < z.end)
            end = start + len(surface)
            mentions.append(Mention(kind, tag, start, end, surface, zone, why=surface))
            start = written.text.find(surface, end)
    topics = dict.fromkeys(m.tag for m in mentions if m.kind is TagKind.TOPIC)
    return Written(written, Tags(tuple(mentions), tuple(topics)))


def build(
    path: Path,
    written: Sequence[Written],
    fetches: Sequence[Fetch] = (),
    topics: Sequence[tuple[str, str]] = (("syria", "Syria"), ("ukraine", "Ukraine")),
    now: datetime = NOW,
) -> Path:
    """Write a store of these articles, each as version 1, and these entries of the log."""
    with open_writer(path, now=now) as writer:
        if not writer.commit.tags_hash:
            rows = [
                {"id": i, "name": n, "query": n, "color": "", "description": ""} for i, n in topics
            ]
            writer.replace_topics(rows, "test")
        for fetch in fetches:
            writer.begin(fetch)
        writer.begin(Fetch("files", SourceKind.JSONL, "test.jsonl"))
        for item in written:
            made = item.article
            decision = Decision(Outcome.STORED, made.article_id, 1)
            group = item.syndication_id or made.article_id
            writer.add(made, decision, Placement(group, CopyLevel.NONE), item.tags)
            capture = Capture("files", made.url, Form.TEXT, made.text.encode(), url=made.url)
            writer.record(
                capture,
                capture_id(capture),
                Outcome.STORED,
                decision=decision,
                outlet=made.outlet.id,
            )
    return path
