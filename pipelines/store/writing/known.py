"""What a writer must remember of the store to judge the next capture.

Loaded once when a writer opens and kept current as it adds rows: columns of what is stored, with
what this run adds laid over them (`recall.py`), and the index of copies (`copies.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa

from pipelines.article import LIKELY, Article, Outcome, TextSource
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.writing.lines import has_lines, learned_lines
from pipelines.store.writing.recall import Column, Places, Recalled
from pipelines.syndication import CopyIndex
from pipelines.versions import Decision, KnownVersion, Twin, is_dated

End = tuple[Outcome, int, int]  # of a capture: with article and version, 0 where it has none


@dataclass(slots=True)
class Known:
    """Versions, twins, copies and captures of a store, by the keys they are asked with."""

    versions: Recalled[int, list[KnownVersion]] = field(default_factory=Recalled)
    twins: Recalled[tuple[str, int], Twin] = field(default_factory=Recalled)
    ids_by_text: Recalled[int, int] = field(default_factory=Recalled)
    own_ids: Recalled[int, int] = field(default_factory=Recalled)
    corrected_at: datetime | None = None  # the newest correction by hand
    captures: Recalled[int, End] = field(default_factory=Recalled)
    fetches: Recalled[int, bool] = field(default_factory=Recalled)
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
            decision.version,
            article.text_source,
            article.content_hash,
            article.fetched_at,
            is_dated(article),
        )
        self.versions.setdefault(article.article_id, []).append(version)
        twin = Twin(article.article_id, article.publication.published_day)
        self.twins.setdefault((article.outlet.id, article.content_hash), twin)
        if article.text_hash:
            self.ids_by_text.setdefault(article.text_hash, syndication_id)
        self.own_ids[article.article_id] = syndication_id
        if article.sketch is not None:
            self.copies.add(article.sketch, article.publication.published_day, syndication_id)


_NEVER = -(2**63) + 1
_NO_DAY = 2**31 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ARTICLES = f"""
SELECT article_id, version, text_source, content_hash, outlet,
    coalesce(epoch_us(fetched_at), {_NEVER}) AS fetched,
    coalesce(published_day - DATE '1970-01-01', {_NO_DAY}) AS day, coalesce(text_hash, 0) AS text,
    (date_confidence >= {LIKELY}) IS TRUE AS is_dated
FROM read_parquet(?) ORDER BY first_seen_at, article_id, version
"""
_ANNOTATIONS = """
SELECT article_id, min(syndication_id) AS own FROM read_parquet(?) GROUP BY article_id
"""
_CAPTURES = """
SELECT capture_id, outcome, coalesce(article_id, 0) AS article_id, coalesce(version, 0) AS number
FROM read_parquet(?) ORDER BY version NULLS FIRST
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

        def columns(sql: str, table: str) -> pa.Table | None:
            paths = files.get(table)
            return connection.sql(sql, params=[paths]).to_arrow_table() if paths else None

        _take_articles(known, columns)
        _take_captures(known, columns)
        if rows := columns(_CORRECTED, "overlays"):
            known.corrected_at = rows.columns[0].to_pylist()[0]
    known.furniture = frozenset(k for k, line in learned_lines(files).items() if not line.counts)
    known.has_lines = "articles" not in files or has_lines(files)
    return known


_Columns = Callable[[str, str], pa.Table | None]  # a question to a table; None without the table


def _take_articles(known: Known, columns: _Columns) -> None:
    if rows := columns(_ANNOTATIONS, "annotations"):
        known.own_ids = Recalled(_OwnIds(rows).of)
    if rows := columns(_ARTICLES, "articles"):
        stored = _Versions(rows, known.own_ids)
        known.versions, known.twins = Recalled(stored.of), Recalled(stored.twin)
        known.ids_by_text = Recalled(stored.group)


def _take_captures(known: Known, columns: _Columns) -> None:
    if rows := columns(_CAPTURES, "captures"):
        known.captures = Recalled(_Captures(rows).of)
    if rows := columns(_FETCHES, "fetches"):
        fetches = Places(rows["fetch_id"].to_numpy())
        known.fetches = Recalled(lambda key: bool(fetches.of(key)) or None)
    if rows := columns(_VALIDATORS, "fetches"):
        sources, *marks = (column.to_pylist() for column in rows.columns)
        known.validators = dict(zip(sources, zip(*marks, strict=True), strict=True))


class _OwnIds:
    """The group that each stored article is in by itself."""

    def __init__(self, rows: pa.Table) -> None:
        self._places, self._own = Places(rows["article_id"].to_numpy()), rows["own"].to_numpy()

    def of(self, article_id: int) -> int | None:
        found = self._places.of(article_id)
        return int(self._own[found[0]]) if found else None


class _Versions:
    """The stored versions, in the order in which they came."""

    def __init__(self, rows: pa.Table, own_ids: Recalled[int, int]) -> None:
        self._ids, self._version = (rows[name].to_numpy() for name in ("article_id", "version"))
        self._content, self._text = (rows[name].to_numpy() for name in ("content_hash", "text"))
        self._fetched, self._day = (rows[name].to_numpy() for name in ("fetched", "day"))
        self._is_dated = rows["is_dated"].to_numpy()
        kinds, self._kind = _coded(rows["text_source"])
        self._kinds = [TextSource(kind) for kind in kinds]
        self._outlets, self._outlet = _coded(rows["outlet"])
        self._by_id, self._by_content = Places(self._ids), Places(self._content)
        self._by_text, self._own_ids = Places(self._text), own_ids

    def of(self, article_id: int) -> list[KnownVersion] | None:
        """Return the versions of an article, None without any."""
        return [self._at(row) for row in self._by_id.of(article_id)] or None

    def _at(self, row: int) -> KnownVersion:
        taken = int(self._fetched[row])
        fetched_at = None if taken == _NEVER else _EPOCH + timedelta(microseconds=taken)
        kind = self._kinds[self._kind[row]]
        return KnownVersion(
            int(self._version[row]),
            kind,
            int(self._content[row]),
            fetched_at,
            bool(self._is_dated[row]),
        )

    def twin(self, key: tuple[str, int]) -> Twin | None:
        """Return the first article of an outlet with a title and text."""
        outlet, content = key
        for row in self._by_content.of(content):
            if self._outlets[self._outlet[row]] == outlet:
                return Twin(int(self._ids[row]), self._published(row))
        return None

    def _published(self, row: int) -> date | None:
        day = int(self._day[row])
        return None if day == _NO_DAY else _EPOCH.date() + timedelta(days=day)

    def group(self, text_hash: int) -> int | None:
        """Return the group of the first article of a text: it gives all its copies theirs."""
        found = self._by_text.of(text_hash) if text_hash else []
        if not found:
            return None
        article_id = int(self._ids[found[0]])
        return self._own_ids.get(article_id, article_id)


class _Captures:
    """How the captures ended; of one that ended more than once the last end counts."""

    def __init__(self, rows: pa.Table) -> None:
        self._places = Places(rows["capture_id"].to_numpy())
        outcomes, self._outcome = _coded(rows["outcome"])
        self._outcomes = [Outcome(outcome) for outcome in outcomes]
        self._ids, self._version = (rows[name].to_numpy() for name in ("article_id", "number"))

    def of(self, capture_id: int) -> End | None:
        found = self._places.of(capture_id)
        if not found:
            return None
        row = found[-1]
        return self._outcomes[self._outcome[row]], int(self._ids[row]), int(self._version[row])


def _coded(column: pa.ChunkedArray) -> tuple[Sequence[str], Column]:
    """Return the distinct values of a column, and the place of each row's among them."""
    whole = column.combine_chunks().dictionary_encode()
    codes = whole.indices.to_numpy()
    return whole.dictionary.to_pylist(), codes.astype(np.min_scalar_type(len(whole.dictionary)))
