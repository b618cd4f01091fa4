"""Find what an ad-hoc query names by reading the texts: exact, and as slow as the texts are many.

The matcher is the one that tags topics, so a query typed into the search box and the same query
saved as a topic count the same spans.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pipelines.article import Zone, ZoneSpan
from pipelines.furniture import lay_over
from pipelines.querylang import ParsedQuery, Searchable, make_searchable, match

HITS = pa.schema([("article_id", pa.int64()), ("n", pa.int32()), ("n_headline", pa.int32())])
SPANS = pa.schema(
    [
        ("article_id", pa.int64()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("surface", pa.string()),
        ("zone", pa.string()),
        ("why", pa.string()),
    ]
)

_TEXTS = """
SELECT article.article_id, texts.text, texts.zones, furniture.spans, outlet, outlet_name,
       outlet_domain, outlet_country, language, published_day, first_seen_at::DATE AS seen_day,
       topics.tags, entities.tags, countries.tags
FROM article JOIN texts USING (article_id, version)
LEFT JOIN (SELECT article_id, version, list({'start': start, 'end': "end"}) AS spans
           FROM furniture_span GROUP BY ALL) AS furniture USING (article_id, version)
LEFT JOIN (SELECT article_id, list(tag) AS tags FROM article_tag WHERE kind = 'topic' GROUP BY 1)
    AS topics ON topics.article_id = article.article_id
LEFT JOIN (SELECT article_id, list(tag) AS tags FROM article_tag WHERE kind = 'entity' GROUP BY 1)
    AS entities ON entities.article_id = article.article_id
LEFT JOIN (SELECT article_id, list(tag) AS tags FROM article_tag WHERE kind = 'country' GROUP BY 1)
    AS countries ON countries.article_id = article.article_id
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query matched: one row per article in `hits`, one row per span in `spans`."""

    hits: pa.Table
    spans: pa.Table


def find(connection: duckdb.DuckDBPyConnection, query: ParsedQuery) -> Found:
    """Return the articles and spans that `query` matches among the current articles."""
    hits: list[dict[str, object]] = []
    spans: list[dict[str, object]] = []
    for article_id, text, zones, searchable in _searchables(connection):
        found = match(query, searchable)
        if found is None:
            continue
        rows = [
            {
                "article_id": article_id,
                "start": span.start,
                "end": span.end,
                "surface": text[span.start : span.end],
                "zone": zone_at(zones, span.start),
                "why": span.term,
            }
            for span in found
        ]
        in_headline = sum(row["zone"] == Zone.HEADLINE for row in rows)
        hits.append({"article_id": article_id, "n": len(rows), "n_headline": in_headline})
        spans += rows
    return Found(pa.Table.from_pylist(hits, HITS), pa.Table.from_pylist(spans, SPANS))


def zone_at(zones: tuple[ZoneSpan, ...], position: int) -> Zone:
    """Return the zone that holds the code point at `position`."""
    return next(zone.zone for zone in zones if zone.start <= position < zone.end)


def zone_spans(
    stored: list[dict[str, object]], furniture: list[dict[str, int]] | None = None
) -> tuple[ZoneSpan, ...]:
    """Return the zones of a `texts` row as records, learned furniture laid over them."""
    zones = tuple(
        ZoneSpan(int(str(row["start"])), int(str(row["end"])), Zone(str(row["zone"])))
        for row in stored
    )
    spans = [(row["start"], row["end"]) for row in furniture or ()]
    return lay_over(zones, spans) if spans else zones


def _searchables(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[int, str, tuple[ZoneSpan, ...], Searchable]]:
    cursor = connection.execute(_TEXTS)
    while rows := cursor.fetchmany(500):
        for row in rows:
            article_id, text, stored, furniture, outlet, name, domain, country, lang = row[:9]
            day, seen = row[9:11]
            topics, entities, countries = (tuple(tags or ()) for tags in row[11:])
            zones = zone_spans(stored, furniture)
            yield (
                article_id,
                text,
                zones,
                make_searchable(
                    text,
                    zones,
                    outlet=outlet,
                    outlet_name=name,
                    domain=domain,
                    outlet_country=country,
                    language=lang,
                    published_day=day,
                    seen_day=seen,
                    topics=topics,
                    entities=entities,
                    mentioned=countries,
                ),
            )
