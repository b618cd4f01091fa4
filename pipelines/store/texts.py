"""The texts of current articles in, searchable articles out: what the matcher reads."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.article import Zone, ZoneSpan
from pipelines.errors import StoreDamaged
from pipelines.furniture import lay_over
from pipelines.querylang import Searchable, make_searchable
from pipelines.store.schema import TEXTS

_TEXTS = """
SELECT article.article_id, texts.text, texts.zones, furniture.spans, outlet, outlet_name,
       outlet_domain, outlet_country, language, published_day, first_seen_at::DATE AS seen_day,
       {tags}
FROM article JOIN {texts} AS texts USING (article_id, version)
LEFT JOIN (SELECT article_id, version, list({{'start': start, 'end': "end"}}) AS spans
           FROM furniture_span WHERE {only} GROUP BY ALL) AS furniture USING (article_id, version)
"""
_TAGS = """
LEFT JOIN (SELECT article_id, list(tag) FILTER (kind = 'topic') AS topics,
               list(tag) FILTER (kind = 'entity') AS entities,
               list(tag) FILTER (kind = 'country') AS countries,
               list(tag) FILTER (kind = 'about') AS abouts
           FROM article_tag WHERE {only} GROUP BY 1) AS tags
    ON tags.article_id = article.article_id
"""
ASK_FOR_TAGS = frozenset(["topic", "entity", "mentioned", "about"])  # fields of the query language
_FEW = 2_000  # texts that are taken out of their files one by one; more are read with all beside
_COLUMNS = ["article_id", "version", "text", "zones"]

_NO_TEXTS = TEXTS.empty_table()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts to read: those of some articles, and where they lie in the files of `texts`."""

    ids: Sequence[int]
    places: Mapping[str, npt.NDArray[np.int64]]  # of each file: rows, in order


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


def read_texts(
    connection: duckdb.DuckDBPyConnection, fields: Collection[str], wanted: Wanted | None = None
) -> Iterator[Text]:
    """Yield the current texts of all articles, or of those wanted, ready for a query.

    `fields` are those that the query asks for; tags are read only where it asks for tags.
    """
    if wanted is not None and not wanted.ids:
        return
    has_tags = not ASK_FOR_TAGS.isdisjoint(fields)
    texts, only = _narrowed(connection, wanted)
    sql = _TEXTS.format(
        tags="topics, entities, countries, abouts" if has_tags else "NULL, NULL, NULL, NULL",
        texts=texts,
        only=only,
    )
    cursor = connection.execute(sql + (_TAGS.format(only=only) if has_tags else ""))
    while rows := cursor.fetchmany(500):
        for row in rows:
            yield _text(row)


def _narrowed(connection: duckdb.DuckDBPyConnection, wanted: Wanted | None) -> tuple[str, str]:
    """Return the relation of texts to read, and the condition on the articles of others."""
    if wanted is None:
        return "texts", "true"
    if len(wanted.ids) <= _FEW:
        parts = [_taken(path, rows) for path, rows in wanted.places.items()]
        connection.register("few_texts", pa.concat_tables(parts) if parts else _NO_TEXTS)
        return "few_texts", f"article_id IN ({', '.join(map(str, wanted.ids))})"
    ids = pa.table({"article_id": pa.array(wanted.ids, pa.int64())})
    connection.register("wanted_text", ids)
    only = "article_id IN (SELECT article_id FROM wanted_text)"
    paths = ", ".join("'" + path.replace("'", "''") + "'" for path in wanted.places)
    return f"(SELECT * FROM read_parquet([{paths}]) WHERE {only})", only


def _taken(path: str, rows: npt.NDArray[np.int64]) -> pa.Table:
    """Return some rows of a file, reading only the groups that hold them (3 ms against 46)."""
    try:
        file = pq.ParquetFile(path)
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
        ends = np.cumsum(sizes)
        groups = np.searchsorted(ends, rows, "right")
        read = np.unique(groups)
        before = np.zeros(len(sizes), np.int64)  # rows that are read before those of a group
        before[read] = np.cumsum(np.array(sizes)[read]) - np.array(sizes)[read]
        inside = rows - (ends - sizes)[groups] + before[groups]
        return file.read_row_groups(read.tolist(), columns=_COLUMNS, use_threads=False).take(inside)
    except (OSError, pa.ArrowException) as error:
        raise StoreDamaged(f"cannot read {path}: {error}; restore it from a backup") from error


def _text(row: tuple[Any, ...]) -> Text:
    article_id, text, stored, furniture, outlet, name, domain, country, lang, day, seen = row[:11]
    topics, entities, countries, about = (tuple(tags or ()) for tags in row[11:])
    zones = zone_spans(stored, furniture)
    searchable = make_searchable(
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
        about=about,
    )
    return Text(article_id, text, zones, searchable)
