"""Turn the records of the line into rows of the store's tables, and date evidence back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime

from pipelines import furniture, syndication
from pipelines.article import (
    Article,
    DateEvidence,
    DatePrecision,
    DateRole,
    DateSource,
    Fetch,
    Mention,
    Outcome,
    Quote,
    Sketch,
    TagKind,
    Tags,
    Zone,
)
from pipelines.furniture import lines_of
from pipelines.store.writing.lines import LearnedLine
from pipelines.syndication import Placement

Row = dict[str, object]


def article_row(article: Article, version: int, now: datetime) -> Row:
    """Return the `articles` row of one version that enters the store at `now`."""
    published = article.publication
    return {
        "article_id": article.article_id,
        "version": version,
        "url": article.url,
        "outlet": article.outlet.id,
        "outlet_name": article.outlet.name,
        "outlet_domain": article.outlet.domain,
        "outlet_country": article.outlet.country,
        "language": article.language,
        "title": article.title,
        "author": article.author,
        "published_at": published.published_at,
        "published_day": published.published_day,
        "date_precision": published.precision,
        "date_source": published.source,
        "date_confidence": published.confidence,
        "date_earliest": published.earliest,
        "date_latest": published.latest,
        "modified_at": published.modified_at,
        "date_evidence": evidence_to_json(published.evidence),
        "fetched_at": article.fetched_at,
        "first_seen_at": now,
        "n_words": article.n_words,
        "content_hash": article.content_hash,
        "text_hash": article.text_hash,
        "text_source": article.text_source,
        "source": article.source,
        "locator": article.locator,
    }


def text_row(article: Article, version: int) -> Row:
    """Return the `texts` row of one version."""
    return {
        "article_id": article.article_id,
        "version": version,
        "text": article.text,
        "raw_text": "" if article.raw_text == article.text else article.raw_text,
        "zones": [{"start": z.start, "end": z.end, "zone": z.zone.value} for z in article.zones],
    }


def fetch_row(fetch: Fetch, fetch_id: int, outlet: str, outcomes: Mapping[Outcome, int]) -> Row:
    """Return the `fetches` row of one request with the outcomes of the captures it brought."""
    return {
        "fetch_id": fetch_id,
        "source": fetch.source,
        "kind": fetch.kind,
        "locator": fetch.locator,
        "outlet": outlet,
        "fetched_at": fetch.fetched_at,
        "status": fetch.status,
        "http_status": fetch.http_status,
        "size": fetch.size,
        "reason": fetch.reason,
        "etag": fetch.etag,
        "last_modified": fetch.last_modified,
        "complete_from": fetch.complete_from,
        "complete_to": fetch.complete_to,
        "entries": sum(outcomes.values()),
        **{outcome.value: outcomes.get(outcome, 0) for outcome in Outcome},
    }


def annotation_row(article_id: int, version: int, syndication_id: int, tags: Tags) -> Row:
    """Return the `annotations` row: how often each tag is named, in all and in the headline.

    A topic that matches without a span of its own stands there with 0.
    """
    counts = _counts(tags)
    datelines = [mention.tag for mention in tags.mentions if mention.kind is TagKind.DATELINE]
    return {
        "article_id": article_id,
        "version": version,
        "syndication_id": syndication_id,
        "topics": _tagged(counts[TagKind.TOPIC]),
        "entities": _tagged(counts[TagKind.ENTITY]),
        "countries": _tagged(counts[TagKind.COUNTRY]),
        "names": _tagged(counts[TagKind.NAME]),
        "about": list(tags.about),
        "dateline": datelines[0] if datelines else "",
    }


def _counts(tags: Tags) -> dict[TagKind, dict[str, list[int]]]:
    """Return how often each tag of a kind is named, in all and in the headline."""
    counts: dict[TagKind, dict[str, list[int]]] = {kind: {} for kind in TagKind}
    counts[TagKind.TOPIC] = {topic: [0, 0] for topic in tags.topics}
    for mention in tags.mentions:
        count = counts[mention.kind].setdefault(mention.tag, [0, 0])
        count[0] += 1
        count[1] += mention.zone is Zone.HEADLINE
    return counts


def _tagged(counts: Mapping[str, list[int]]) -> list[Row]:
    return [{"id": tag, "n": n, "n_headline": head} for tag, (n, head) in sorted(counts.items())]


def retagged_rows(article_id: int, version: int, tags: Tags) -> list[Row]:
    """Return one `retagged` row for each topic that matches, counted as in `annotation_row`."""
    return [
        {"article_id": article_id, "version": version, "topic": tag, "n": n, "n_headline": head}
        for tag, (n, head) in sorted(_counts(tags)[TagKind.TOPIC].items())
    ]


def copy_row(
    article: Article, version: int, sketch: Sketch, *, arrival: int, placement: Placement
) -> Row:
    """Return the `copies` row of one version: its sketch, group and level."""
    return {
        "article_id": article.article_id,
        "version": version,
        "arrival": arrival,
        "syndication_id": placement.syndication_id,
        "copy_level": placement.level,
        "day": article.publication.published_day,
        "method": syndication.METHOD,
        "size": sketch.size,
        "level": sketch.level,
        "hashes": sketch.hashes,
        "places": sketch.places,
    }


def mention_rows(article_id: int, version: int, mentions: Iterable[Mention]) -> list[Row]:
    """Return one `mentions` row a span."""
    return [
        {
            "article_id": article_id,
            "version": version,
            "kind": mention.kind,
            "tag": mention.tag,
            "start": mention.start,
            "end": mention.end,
            "surface": mention.surface,
            "zone": mention.zone,
            "in_quote": mention.in_quote,
            "why": mention.why,
        }
        for mention in mentions
    ]


def quote_rows(article_id: int, version: int, quotes: Iterable[Quote]) -> list[Row]:
    """Return one `quotes` row for each quote; the words stay in the text."""
    return [
        {
            "article_id": article_id,
            "version": version,
            "kind": quote.kind,
            "start": quote.start,
            "end": quote.end,
            "zone": quote.zone,
            "speaker": quote.speaker,
            "speaker_name": quote.speaker_name,
            "speaker_start": quote.speaker_start,
            "speaker_end": quote.speaker_end,
            "certain": quote.certain,
            "why": quote.why,
        }
        for quote in quotes
    ]


def line_rows(article: Article, version: int) -> list[Row]:
    """Return one `lines` row for each line that the outlet's furniture is learned from."""
    published = article.publication
    day = published.published_day or published.latest
    if day is None and article.fetched_at is not None:
        day = article.fetched_at.date()
    return [
        {
            "article_id": article.article_id,
            "version": version,
            "outlet": article.outlet.id,
            "line_key": line.key,
            "start": line.start,
            "end": line.end,
            "is_long": line.is_long,
            "before": line.before,
            "after": line.after,
            "day": day,
            "method": furniture.METHOD,
        }
        for line in lines_of(article)
    ]


def furniture_row(line: LearnedLine) -> Row:
    """Return the `furniture` row of one learned line."""
    return {
        "line_key": line.key,
        "outlet": line.outlet,
        "since": line.since,
        "counts": line.counts,
    }


def evidence_to_json(evidence: Iterable[DateEvidence]) -> str:
    """Return all date evidence as one JSON array; empty values are left out."""
    rows = []
    for item in evidence:
        row = {f.name: getattr(item, f.name) for f in fields(item)}
        rows.append({k: _plain(v) for k, v in row.items() if v not in (None, "")})
    return json.dumps(rows, ensure_ascii=False)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def evidence_from_json(text: str) -> tuple[DateEvidence, ...]:
    """Return the date evidence of a stored article."""
    return tuple(
        DateEvidence(
            source=DateSource(row["source"]),
            raw=row.get("raw", ""),
            role=DateRole(row["role"]),
            instant=datetime.fromisoformat(row["instant"]) if "instant" in row else None,
            day=date.fromisoformat(row["day"]) if "day" in row else None,
            precision=DatePrecision(row["precision"]) if "precision" in row else None,
            where=row.get("where", ""),
            note=row.get("note", ""),
        )
        for row in json.loads(text or "[]")
    )
