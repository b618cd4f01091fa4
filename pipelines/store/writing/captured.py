"""Captures to rows and back: the bytes, and all that the source said of them.

A capture that was kept before schema 5 has its bytes only. What it would be read as cannot be told
without the date of its feed or the outlet that was named for it, so it is not given back.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.article import Capture, Form, Outcome, TextSource
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.writing.rows import Row, evidence_from_json, evidence_to_json

_CLAIMS = ("outlet", "outlet_country", "title", "author", "language", "problem")


def capture_row(capture: Capture, capture_id: int, outcome: Outcome, reason: str) -> Row:
    """Return the `captures` row of one capture; its bytes can be had back with `zlib`."""
    return {
        "capture_id": capture_id,
        "source": capture.source,
        "locator": capture.locator,
        "fetched_at": capture.fetched_at,
        "outcome": outcome,
        "reason": reason,
        "article_id": None,
        "version": None,
        "url": capture.url,
        "form": capture.form,
        "encoding": capture.encoding,
        "content": zlib.compress(capture.content),
        "claims": _claims(capture),
    }


def _claims(capture: Capture) -> str:
    """Return as JSON what the source said of a capture; empty values are left out."""
    said: dict[str, object] = {name: getattr(capture, name) for name in _CLAIMS}
    said |= {"tags": list(capture.tags), "dates": json.loads(evidence_to_json(capture.dates))}
    kept = {name: value for name, value in said.items() if value}
    return json.dumps({"text_source": capture.text_source, **kept}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture of the store: what it ended as, and which code read it last.

    `version` is that which came of it, when it was last read (0: none). `capture` is None where it
    was kept without what the source said, or its bytes are damaged (`damage` says how).
    """

    capture_id: int
    locator: str
    outcome: Outcome
    article_id: int
    version: int
    read_version: int  # when it came
    read_by: str
    capture: Capture | None = None
    damage: str = ""


_KEPT = """
WITH again AS (
    SELECT capture_id, read_version, arg_max(read_by, made_at) AS last_by,
        arg_max(article_id, made_at) FILTER (version IS NOT NULL) AS last_article,
        arg_max(version, made_at) FILTER (version IS NOT NULL) AS last_version
    FROM {rereads} GROUP BY capture_id, read_version)
SELECT captures.*, last_by, last_article, last_version
FROM {captures} AS captures LEFT JOIN again
    ON captures.capture_id = again.capture_id AND coalesce(version, 0) = read_version
"""
_NO_REREADS = """(SELECT 0::BIGINT AS capture_id, 0 AS read_version, '' AS read_by,
    0::BIGINT AS article_id, 0 AS version, TIMESTAMPTZ '1970-01-01' AS made_at LIMIT 0)"""


def count_kept(files: Mapping[str, Sequence[str]]) -> int:
    """Return how many captures are kept in `files` (table -> Parquet files)."""
    if not files.get("captures"):
        return 0
    with naming_damage(files), open_connection() as connection:
        sql = "SELECT count(*) FROM read_parquet(?)"
        return int(connection.execute(sql, [list(files["captures"])]).fetchall()[0][0])


def read_kept(files: Mapping[str, Sequence[str]], batch: int) -> Iterator[list[Kept]]:
    """Yield the captures kept in `files` (table -> Parquet files), so many at a time."""
    if not files.get("captures"):
        return
    with naming_damage(files), open_connection() as connection:
        paths = {name: list(files.get(name, ())) for name in ("captures", "rereads")}
        tables = {
            name: f"read_parquet(${name})" if some else _NO_REREADS for name, some in paths.items()
        }
        values = {name: some for name, some in paths.items() if some}
        relation = connection.sql(_KEPT.format(**tables), params=values)
        for rows in relation.to_arrow_reader(batch):
            yield [_kept(row) for row in rows.to_pylist()]


def _kept(row: Mapping[str, object]) -> Kept:
    capture, damage = None, ""
    if claims := row.get("claims"):
        try:
            capture = _capture(row, json.loads(str(claims)))
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            damage = f"{type(error).__name__}: {error}"
    came = row["version"] or 0
    has_later = row["last_version"] is not None
    return Kept(
        capture_id=int(str(row["capture_id"])),
        locator=str(row["locator"]),
        outcome=Outcome(str(row["outcome"])),
        article_id=int(str(row["last_article" if has_later else "article_id"] or 0)),
        version=int(str(row["last_version"] if has_later else came)),
        read_version=int(str(came)),
        read_by=str(row["last_by"] or row.get("read_by") or ""),
        capture=capture,
        damage=damage,
    )


def _capture(row: Mapping[str, object], claims: dict[str, object]) -> Capture:
    text = {name: str(claims.get(name, "")) for name in _CLAIMS}
    tags = claims.get("tags", [])
    content = row["content"]
    if not isinstance(tags, list) or not isinstance(content, bytes):
        raise TypeError("a capture has bytes and a list of tags")
    fetched_at = row["fetched_at"]
    return Capture(
        source=str(row["source"]),
        locator=str(row["locator"]),
        form=Form(str(row["form"])),
        content=zlib.decompress(content),
        text_source=TextSource(str(claims["text_source"])),
        encoding=str(row["encoding"] or ""),
        fetched_at=fetched_at,  # type: ignore[arg-type]  # an instant of the table
        url=str(row["url"] or ""),
        tags=tuple(map(str, tags)),
        dates=evidence_from_json(json.dumps(claims.get("dates", []))),
        **text,
    )
