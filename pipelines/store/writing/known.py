"""What a writer must remember of the store to judge the next capture, held in memory.

Loaded once when a writer opens and kept current as it adds rows; about 200 bytes an article, and
the index of copies (`copies.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from pipelines.article import Article, Outcome, TextSource
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.writing.lines import has_lines, learned_lines
from pipelines.syndication import CopyIndex
from pipelines.versions import Decision, KnownVersion, Twin


@dataclass(slots=True)
class Known:
    """Versions, twins, copies and captures of a store, by the keys they are asked with."""

    versions: dict[int, list[KnownVersion]] = field(default_factory=dict)
    twins: dict[tuple[str, int], Twin] = field(default_factory=dict)
    ids_by_text: dict[int, int] = field(default_factory=dict)
    own_ids: dict[int, int] = field(default_factory=dict)
    corrected_at: datetime | None = None  # the newest correction by hand
    captures: dict[int, tuple[Outcome, int, int]] = field(default_factory=dict)
    fetches: set[int] = field(default_factory=set)
    validators: dict[str, tuple[str, str]] = field(default_factory=dict)
    furniture: frozenset[int] = frozenset()  # keys of learned lines
    has_lines: bool = True  # of every article, by the method in force
    copies: CopyIndex = field(default_factory=CopyIndex)

    def decided(self, capture_id: int) -> Outcome | None:
        """Return how these very bytes ended before, None where they must be read (again).

        A capture that became a version says nothing new only while it is still the newest of its
        kind; otherwise it may be a text that went back to an earlier wording.
        """
        seen = self.captures.get(capture_id)
        if seen is None:
            return None
        outcome, article_id, version = seen
        if outcome not in (Outcome.STORED, Outcome.ENRICHED, Outcome.EDITED):
            return outcome
        versions = self.versions.get(article_id, [])
        kinds = {known.text_source for known in versions if known.version == version}
        newest = [known.version for known in versions if known.text_source in kinds]
        return Outcome.UNCHANGED if newest and max(newest) == version else None

    def remember(self, article: Article, decision: Decision, syndication_id: int) -> None:
        """Take in an article that was just added."""
        version = KnownVersion(
            decision.version, article.text_source, article.content_hash, article.fetched_at
        )
        self.versions.setdefault(article.article_id, []).append(version)
        twin = Twin(article.article_id, article.publication.published_day)
        self.twins.setdefault((article.outlet.id, article.content_hash), twin)
        if article.text_hash:
            self.ids_by_text.setdefault(article.text_hash, syndication_id)
        self.own_ids[article.article_id] = syndication_id
        if article.sketch is not None:
            self.copies.add(article.sketch, article.publication.published_day, syndication_id)


_ARTICLES = """
SELECT article_id, version, text_source, content_hash, fetched_at, outlet, published_day, text_hash
FROM read_parquet(?) ORDER BY first_seen_at, article_id, version
"""


class _Row(NamedTuple):
    article_id: int
    version: int
    text_source: str
    content_hash: int
    fetched_at: datetime | None
    outlet: str
    day: date | None
    text_hash: int


_ANNOTATIONS = "SELECT article_id, min(syndication_id) FROM read_parquet(?) GROUP BY article_id"
_CAPTURES = """
SELECT capture_id, outcome, article_id, version FROM read_parquet(?) ORDER BY version NULLS FIRST
"""
_VALIDATORS = """
SELECT source, arg_max(etag, fetched_at), arg_max(last_modified, fetched_at) FROM read_parquet(?)
WHERE status = 'ok' AND etag || last_modified <> '' GROUP BY source
"""
_FETCHES = "SELECT fetch_id FROM read_parquet(?)"
_CORRECTED = "SELECT max(made_at) FROM read_parquet(?)"


def load_known(files: dict[str, list[str]]) -> Known:
    """Return what the store made of `files` (table -> Parquet files) knows."""
    known = Known()
    with naming_damage(files), open_connection() as connection:

        def rows(sql: str, table: str) -> Iterable[tuple[object, ...]]:
            paths = files.get(table)
            return connection.execute(sql, [paths]).fetchall() if paths else ()

        known.own_ids = dict(rows(_ANNOTATIONS, "annotations"))  # type: ignore[arg-type]  # two ints
        for row in rows(_ARTICLES, "articles"):
            _take(known, _Row(*row))  # type: ignore[arg-type]  # columns as selected above
        known.captures = {
            int(str(capture_id)): (Outcome(str(outcome)), article_id or 0, version or 0)  # type: ignore[misc]
            for capture_id, outcome, article_id, version in rows(_CAPTURES, "captures")
        }
        known.fetches = {fetch_id for (fetch_id,) in rows(_FETCHES, "fetches")}  # type: ignore[misc]
        known.validators = {
            str(source): (str(etag), str(last_modified))
            for source, etag, last_modified in rows(_VALIDATORS, "fetches")
        }
        (newest,) = next(iter(rows(_CORRECTED, "overlays")), (None,))
        known.corrected_at = newest  # type: ignore[assignment]  # an instant
    known.furniture = frozenset(k for k, line in learned_lines(files).items() if not line.counts)
    known.has_lines = "articles" not in files or has_lines(files)
    return known


def _take(known: Known, row: _Row) -> None:
    """Take in a stored version; the first article of a text gives all its copies their group."""
    known.versions.setdefault(row.article_id, []).append(
        KnownVersion(row.version, TextSource(row.text_source), row.content_hash, row.fetched_at)
    )
    known.twins.setdefault((row.outlet, row.content_hash), Twin(row.article_id, row.day))
    if row.text_hash:
        group = known.own_ids.get(row.article_id, row.article_id)
        known.ids_by_text.setdefault(row.text_hash, group)
