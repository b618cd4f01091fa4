"""The texts of current articles in, searchable articles out: what the matcher reads."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.article import Quote, QuoteKind, Zone, ZoneSpan
from pipelines.furniture import lay_over
from pipelines.querylang import ASK_FOR_QUOTES, Searchable, SoughtByLanguage, make_searchable
from pipelines.store.files.row_groups import read_rows

# What queries ask of an article beside its text, tags apart; in the order `_text` takes them.
FACTS = """outlet, outlet_name, outlet_domain, outlet_country, language, published_day,
       first_seen_at::DATE AS seen_day"""
_TEXTS = f"""
SELECT article.article_id, texts.text, texts.zones, furniture.spans, {FACTS}, {{lists}}
FROM article JOIN {{texts}} AS texts USING (article_id, version)
LEFT JOIN (SELECT article_id, version, list({{{{'start': start, 'end': "end"}}}}) AS spans
           FROM furniture_span {{among}} GROUP BY ALL) AS furniture USING (article_id, version)
"""
_TAGS = """
LEFT JOIN (SELECT number, list(tag) FILTER (kind = 'topic') AS topics,
               list(tag) FILTER (kind = 'entity') AS entities,
               list(tag) FILTER (kind = 'country') AS countries,
               list(tag) FILTER (kind = 'about') AS abouts
           FROM article_tag {among} GROUP BY 1) AS tags
    ON tags.number = article.number
"""
_QUOTES = """
LEFT JOIN (SELECT number, list({{'start': start, 'end': "end", 'kind': kind, 'zone': zone,
               'speaker': speaker, 'speaker_name': speaker_name, 'certain': certain}}
               ORDER BY start, "end") AS quotes
           FROM quote {among} GROUP BY 1) AS said
    ON said.number = article.number
"""
# Fields of the query language that ask for tags.
ASK_FOR_TAGS = frozenset(["topic", "entity", "mentioned", "about"])
_FEW = 2_000  # texts that are taken out of their files one by one; more are read with all beside
_COLUMNS = ("article_id", "version", "text", "zones")
_AMONG = (
    "WHERE {of}number IN (SELECT unnest($numbers))"  # written out, 20 numbers took 7 ms to plan
)
_SPANS = """
SELECT article_id, version, list({'start': start, 'end': "end"}) FROM furniture_span
WHERE article_id IN (SELECT unnest($ids)) GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts to read: those of some articles, and where they lie in the files of `texts`."""

    ids: Sequence[int]
    numbers: npt.NDArray[np.int64]  # by which the counting tables know them
    places: Mapping[str, npt.NDArray[np.int32]]  # of each file: rows, in order
    facts: Mapping[int, Sequence[object]] | None = None  # FACTS of each id, where known already


class Text(NamedTuple):
    """The current text of an article, as stored and as queries see it."""

    article_id: int
    text: str
    zones: tuple[ZoneSpan, ...]
    searchable: Searchable


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


def stored_quote(row: Mapping[str, Any]) -> Quote:
    """Return a quote of the store as queries see it, from its columns."""
    kind, zone = QuoteKind(row["kind"]), Zone(row["zone"])
    return Quote(**{**row, "kind": kind, "zone": zone})


def read_texts(
    connection: duckdb.DuckDBPyConnection,
    fields: Collection[str],
    wanted: Wanted | None = None,
    sought: SoughtByLanguage | None = None,
) -> Iterator[Text]:
    """Yield the current texts of all articles, or of those wanted, ready for a query.

    `fields` are those that the query asks for; tags and quotes are read where it asks for them.
    With `sought` the texts are ready for its queries alone.
    """
    if wanted is not None and not wanted.ids:
        return
    lists, joins = _beside(fields)
    if wanted is not None and len(wanted.ids) <= _FEW:
        yield from _few(connection, wanted, sought, (lists, joins))
        return
    texts, among, numbered = "texts", "", ""
    if wanted is not None:
        ids = pa.table({"article_id": pa.array(wanted.ids, pa.int64())})
        connection.register("wanted_text", ids)
        connection.register("wanted_number", pa.table({"number": pa.array(wanted.numbers)}))
        numbered = "WHERE number IN (SELECT number FROM wanted_number)"
        among = "WHERE article_id IN (SELECT article_id FROM wanted_text)"
        paths = ", ".join("'" + path.replace("'", "''") + "'" for path in wanted.places)
        texts = f"(SELECT * FROM read_parquet([{paths}]) {among})"
    sql = _TEXTS.format(lists=lists, texts=texts, among=among)
    cursor = connection.execute(sql + joins.format(among=numbered))
    while rows := cursor.fetchmany(500):
        for article_id, text, zones, furniture, *facts in rows:
            yield ready_text(article_id, text, zone_spans(zones, furniture), facts, sought=sought)


def asks_beside(fields: Collection[str]) -> bool:
    """Return whether a query with these fields asks for tags or quotes."""
    return not (ASK_FOR_TAGS | ASK_FOR_QUOTES).isdisjoint(fields)


def _beside(fields: Collection[str]) -> tuple[str, str]:
    """Return the columns of lists that a query with these fields asks for, and their joins."""
    tags, quotes = (not names.isdisjoint(fields) for names in (ASK_FOR_TAGS, ASK_FOR_QUOTES))
    lists = "topics, entities, countries, abouts, " if tags else "NULL, NULL, NULL, NULL, "
    joins = (_TAGS if tags else "") + (_QUOTES if quotes else "")
    return lists + ("quotes" if quotes else "NULL"), joins


def _few(
    connection: duckdb.DuckDBPyConnection,
    wanted: Wanted,
    sought: SoughtByLanguage | None,
    asked: tuple[str, str],
) -> Iterator[Text]:
    """Yield some texts, taken out of their files."""
    facts, (lists, joins) = wanted.facts, asked
    if facts is None or joins:
        beside, among = joins.format(among=_AMONG.format(of="")), _AMONG.format(of="article.")
        sql = f"SELECT article.article_id, {FACTS}, {lists} FROM article {beside} {among}"
        rows = connection.execute(sql, {"numbers": wanted.numbers.tolist()}).fetchall()
        facts = {row[0]: row[1:] for row in rows}
    for article_id, text, zones in stored_texts(connection, wanted):
        yield ready_text(article_id, text, zones, facts[article_id], sought=sought)


def stored_texts(
    connection: duckdb.DuckDBPyConnection, wanted: Wanted
) -> Iterator[tuple[int, str, tuple[ZoneSpan, ...]]]:
    """Yield id, text and zones of some articles, taken out of their files."""
    rows = connection.execute(_SPANS, {"ids": list(map(int, wanted.ids))}).fetchall()
    furniture = {(article_id, version): spans for article_id, version, spans in rows}
    for path, places in wanted.places.items():
        columns = (column.to_pylist() for column in read_rows(path, places, _COLUMNS).columns)
        for article_id, version, text, zones in zip(*columns, strict=True):
            yield article_id, text, zone_spans(zones, furniture.get((article_id, version)))


def ready_text(
    article_id: int,
    text: str,
    zones: tuple[ZoneSpan, ...],
    facts: Sequence[Any],
    *,
    sought: SoughtByLanguage | None,
) -> Text:
    """Return a text, ready for a query, with its facts.

    These are the columns of `FACTS`, lists of tags, and quotes.
    """
    outlet, name, domain, country, lang, day, seen = facts[:7]
    topics, entities, countries, about, quotes = (
        tuple(some or ()) for some in facts[7:] or [()] * 5
    )
    searchable = make_searchable(
        text,
        sought.narrowed(text, zones, lang) if sought else zones,
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
        about=about,
        quotes=map(stored_quote, quotes),
    )
    return Text(article_id, text, zones, searchable)
