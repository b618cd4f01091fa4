"""Read one article whole: text in zones, date evidence, every version, every span."""

from dataclasses import dataclass

import duckdb
import pandas as pd

from pipelines.article import DateEvidence, ZoneSpan
from pipelines.store.rows import Row, evidence_from_json
from pipelines.store.search import zone_spans


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One version of an article with all that is known of it.

    `row` holds the columns of the `article` relation; `versions` has one row per version, newest
    first; `mentions` the spans of this version; `corrections` what people set by hand.
    """

    row: Row
    text: str
    zones: tuple[ZoneSpan, ...]
    evidence: tuple[DateEvidence, ...]
    versions: pd.DataFrame
    mentions: pd.DataFrame
    corrections: pd.DataFrame


_VERSIONS = """
SELECT version, title, text_source, fetched_at, first_seen_at, n_words, url, locator, date_evidence
FROM articles WHERE article_id = ? ORDER BY version DESC
"""
_MENTIONS = """
SELECT kind, tag, zone, start, "end", surface, in_quote, why FROM mentions
WHERE article_id = ? AND version = ? ORDER BY start, kind, tag
"""
_OVERLAYS = """
SELECT field, value, who, made_at, why FROM overlays WHERE article_id = ? ORDER BY made_at DESC
"""


def read(cursor: duckdb.DuckDBPyConnection, article_id: int, version: int | None) -> StoredArticle:
    """Return article `article_id`; KeyError where the store does not have it (in that version)."""
    current = cursor.execute("SELECT * FROM article WHERE article_id = ?", [article_id])
    names = [column[0] for column in current.description]
    found = current.fetchone()
    if found is None:
        raise KeyError(f"the store has no article {article_id}")
    row: Row = dict(zip(names, found, strict=True))
    number = row["version"] if version is None else version
    keys = [article_id, number]
    text = cursor.execute(
        "SELECT text, zones FROM texts WHERE article_id = ? AND version = ?", keys
    ).fetchone()
    if text is None:
        raise KeyError(f"article {article_id} has no version {version}")
    versions = cursor.execute(_VERSIONS, [article_id]).to_arrow_table().to_pandas()
    evidence = versions.loc[versions["version"] == number, "date_evidence"].iloc[0]
    return StoredArticle(
        row=row,
        text=text[0],
        zones=zone_spans(text[1]),
        evidence=evidence_from_json(evidence),
        versions=versions.drop(columns="date_evidence"),
        mentions=cursor.execute(_MENTIONS, keys).to_arrow_table().to_pandas(),
        corrections=cursor.execute(_OVERLAYS, [article_id]).to_arrow_table().to_pandas(),
    )
