"""Read one article whole: text in zones, date evidence, every version, every span."""

from dataclasses import dataclass

import duckdb
import pandas as pd

from pipelines.article import DateEvidence, ZoneSpan
from pipelines.hashing import id_text
from pipelines.store.counted.resident import to_frame
from pipelines.store.files.texts import zone_spans
from pipelines.store.writing.rows import Row, evidence_from_json


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One version of an article with all that is known of it.

    `row` holds the columns of the `article` relation; `versions` has one row per version, newest
    first; `evidence` is of this version, and where another one dates the article of that one too;
    `mentions` the spans of this version, `quotes` what is said in it; `corrections` what
    people set by hand, of it or of its outlet's domain, newest first. A version with `read_from` is
    that one, read again by later code: nobody edited it. `copies` has one row per article with this
    text, this one too and the original first; none if it is alone.
    """

    row: Row
    text: str
    zones: tuple[ZoneSpan, ...]
    evidence: tuple[DateEvidence, ...]
    versions: pd.DataFrame
    mentions: pd.DataFrame
    corrections: pd.DataFrame
    copies: pd.DataFrame
    quotes: pd.DataFrame


_DATE = ["published_day", "published_at", "date_precision", "date_source", "date_confidence"]
_VERSIONS = f"""
SELECT version, title, outlet_domain, text_source, fetched_at, first_seen_at, n_words, url, locator,
    read_version AS read_from, date_evidence, {", ".join(_DATE)}
FROM articles LEFT JOIN (SELECT article_id, version, read_version FROM rereads
    WHERE outcome = 'changed') USING (article_id, version)
WHERE article_id = ? ORDER BY version DESC
"""
_TEXT = """
SELECT text, zones, (SELECT list({'start': start, 'end': "end"}) FROM furniture_span
    WHERE article_id = texts.article_id AND version = texts.version)
FROM texts WHERE article_id = ? AND version = ?
"""
_MENTIONS = """
SELECT kind, tag, zone, start, "end", surface, in_quote, why FROM mentions
WHERE article_id = ? AND version = ? ORDER BY start, kind, tag
"""
_QUOTES = """
SELECT kind, start, "end", zone, speaker, speaker_name, speaker_start, speaker_end, certain, why
FROM quotes WHERE article_id = ? AND version = ? ORDER BY start, "end" DESC
"""
_OVERLAYS = """
SELECT field, value, who, made_at, why FROM overlays
WHERE field <> 'domain' AND article_id = $article
    OR field = 'domain' AND article_id IN (
        SELECT other.article_id FROM overlays AS other, articles
        WHERE other.field = 'domain' AND articles.article_id = $article
            AND outlet_domain = json_extract_string(other.value, '$.at'))
ORDER BY made_at DESC
"""
_COPIES = """
SELECT article_id, outlet_name, title, published_day, published_at, date_precision, date_source,
    date_confidence, copy_of, copy_level
FROM article WHERE syndication_id = ?
QUALIFY count(*) OVER () > 1
ORDER BY copy_of IS NOT NULL, coalesce(published_at::DATE, published_day) NULLS LAST,
    published_at NULLS LAST, article_id
"""


def read(cursor: duckdb.DuckDBPyConnection, article_id: int, version: int | None) -> StoredArticle:
    """Return article `article_id`; KeyError where the store does not have it (in that version)."""
    current = cursor.sql("SELECT * FROM article WHERE article_id = ?", params=[article_id])
    found = current.fetchall()
    if not found:
        raise KeyError(f"the store has no article {id_text(article_id)}")
    row: Row = dict(zip(current.columns, found[0], strict=True))
    number = row["version"] if version is None else version
    keys = [article_id, number]
    texts = cursor.sql(_TEXT, params=keys).fetchall()
    if not texts:
        raise KeyError(f"article {id_text(article_id)} has no version {version}")
    text, zones, furniture = texts[0]
    versions = to_frame(cursor.sql(_VERSIONS, params=[article_id]))
    return StoredArticle(
        row=row,
        text=text,
        zones=zone_spans(zones, furniture),
        evidence=_evidence(versions, row, number),
        versions=versions.drop(columns=["date_evidence", *_DATE]),
        mentions=to_frame(cursor.sql(_MENTIONS, params=keys)),
        corrections=to_frame(cursor.sql(_OVERLAYS, params={"article": article_id})),
        copies=to_frame(cursor.sql(_COPIES, params=[row["syndication_id"]])),
        quotes=to_frame(cursor.sql(_QUOTES, params=keys)),
    )


def _evidence(versions: pd.DataFrame, row: Row, number: object) -> tuple[DateEvidence, ...]:
    """Return the evidence of a version, and of the one that dates the current one."""
    own = versions.loc[versions["version"] == number]
    found = evidence_from_json(own["date_evidence"].iloc[0])
    if number != row["version"]:
        return found
    in_force = versions["date_source"].eq(row["date_source"])
    in_force &= versions["date_confidence"].eq(row["date_confidence"])
    in_force &= versions["published_day"].eq(row["published_day"])
    if own.index.isin(versions.index[in_force]).all() or not in_force.any():
        return found  # its own date, none, or one that was set by hand
    return (*found, *evidence_from_json(versions.loc[in_force, "date_evidence"].iloc[0]))
