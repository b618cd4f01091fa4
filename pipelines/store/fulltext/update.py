"""Bring the index of a store to a commit: what it lacks is read from the store and added.

It is done after commits, never within one: a reader of a commit that the index is behind reads the
texts it lacks. What is missing is told by comparing keys (`rows.py`), so it does not matter why it
is: articles came, a line was learned, a run was killed, or the index was lost. Quotes are no part
of a key, as reading them all at each opening would take too long: they change with the code and the
names that texts are tagged by, and then the index is made from nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.article import ZoneSpan
from pipelines.errors import StoreError
from pipelines.store.files.commits import read_commit, writer_lock
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.files.tables import files_of
from pipelines.store.files.texts import zone_spans
from pipelines.store.fulltext import manifest
from pipelines.store.fulltext.documents import Drafted
from pipelines.store.fulltext.merge import due, join
from pipelines.store.fulltext.rows import Rows, read_rows
from pipelines.store.fulltext.segment import Segment

Files = Mapping[str, Sequence[str]]  # table -> Parquet files
_WORDS = 4_000_000  # of texts that are in memory at once

_SPANS = """
CREATE OR REPLACE TEMP TABLE furniture_span AS
SELECT article_id, version, start, "end" FROM read_parquet($lines)
JOIN read_parquet($furniture) USING (line_key) WHERE NOT counts
"""
_NO_SPANS = """
CREATE OR REPLACE TEMP TABLE furniture_span (article_id BIGINT, version INT, start INT, "end" INT)
"""
_SAID = """
CREATE OR REPLACE TEMP TABLE said AS
SELECT article_id, version, list([start, "end"]) AS said FROM read_parquet(?)
SEMI JOIN missing USING (article_id) GROUP BY ALL
"""
_NOTHING_SAID = """
CREATE OR REPLACE TEMP TABLE said (article_id BIGINT, version INT, said INT[][])
"""
_TEXTS = """
SELECT article_id, version, text, zones, spans, said FROM read_parquet(?) AS texts
LEFT JOIN (SELECT article_id, version, list({'start': start, 'end': "end"}) AS spans
           FROM furniture_span GROUP BY ALL) USING (article_id, version)
LEFT JOIN said USING (article_id, version)
"""


def update_index(
    store: Path,
    files: Files,
    *,
    tags: str = "",
    anew: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """Bring the index to the commit that `files` make up; return how many versions were added.

    `tags` is the hash of what the commit's tags were made with, quotes among them. With `anew` it
    is made from nothing, and of one piece. A kill keeps what was finished. The
    caller holds the store's lock. Raises StoreDamaged where a file of the store cannot be read,
    StoreError where the index cannot be written.
    """
    try:
        folder = manifest.folder_of(store)
        if anew or manifest.tags_of(folder) != tags:
            manifest.write_entries(folder, [], tags=tags)
        return _updated(folder, files, join=anew, progress=progress)
    except OSError as error:
        raise StoreError(
            f"cannot write the text index of the store in {store}: {error}; what was committed "
            "stays and is searched without it, make room and run `python -m pipelines index`"
        ) from error


def _updated(
    folder: Path, files: Files, *, join: bool, progress: Callable[[int, int], None]
) -> int:
    with naming_damage(files), open_connection() as connection:
        _prepare(connection, files)
        texts = list(files.get("texts", ()))
        wanted = read_rows(connection, texts)
        have = [segment.documents.documents for segment in _whole(folder)]
        missing = wanted.taken(~np.isin(wanted.keys, np.concatenate([wanted.keys[:0], *have])))
        _show_quotes(connection, files, missing)
        done = 0
        for draft in _drafts(connection, texts, missing):
            _add(folder, draft)
            _tidy(folder, wanted)
            done += draft.documents
            progress(done, len(missing.keys))
        if join:
            _join(folder, _whole(folder), wanted)
    return done


def rebuild_index(
    store: Path,
    *,
    anew: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> int:
    """Bring the index of a store to its newest commit; return how many versions were added.

    Raises StoreBusy where another process writes, StoreDamaged where a file cannot be read.
    """
    with writer_lock(store):
        commit = read_commit(store)
        files = {
            name: files_of(store / "tables" / name, version)
            for name, version in commit.tables.items()
        }
        return update_index(store, files, tags=commit.tags_hash, anew=anew, progress=progress)


def _prepare(connection: duckdb.DuckDBPyConnection, files: Files) -> None:
    tables = {name: list(files.get(name, ())) for name in ("lines", "furniture")}
    if all(tables.values()):
        connection.execute(_SPANS, tables)
    else:
        connection.execute(_NO_SPANS)


def _show_quotes(connection: duckdb.DuckDBPyConnection, files: Files, missing: Rows) -> None:
    """Make a table of where the quotes of the missing texts are."""
    quotes = list(files.get("quotes", ()))
    if not quotes or not len(missing.ids):
        connection.execute(_NOTHING_SAID)
        return
    connection.register("missing", pa.table({"article_id": missing.ids}))
    connection.execute(_SAID, [quotes])


def _whole(folder: Path) -> list[Segment]:
    """Open the segments; one that is damaged, or a manifest of another method, is dropped."""
    segments = manifest.open_all(folder)
    names = {segment.name for segment in segments}
    entries = manifest.read_entries(folder)
    if len(names) < len(entries):
        manifest.write_entries(folder, [entry for entry in entries if entry.name in names])
    return segments


def _drafts(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[str], missing: Rows
) -> Iterator[Drafted]:
    draft = Drafted()
    for key, text, zones, quotes in _articles(connection, texts, missing):
        draft.add(key, text, zones, quotes)
        if len(draft) >= _WORDS:
            yield draft
            draft = Drafted()
    if draft.documents:
        yield draft


def _articles(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[str], missing: Rows
) -> Iterator[tuple[int, str, Sequence[ZoneSpan], list[tuple[int, int]]]]:
    """Yield key, text, zones and quotes of the missing rows; read only the files that hold some."""
    order = np.argsort(-missing.files, kind="stable")  # the newest file is named first
    for part in np.split(order, np.flatnonzero(np.diff(missing.files[order])) + 1):
        if not len(part):
            continue
        rows = missing.taken(part)
        keys = dict(
            zip(
                zip(rows.ids.tolist(), rows.versions.tolist(), strict=True),
                rows.keys.tolist(),
                strict=True,
            )
        )
        cursor = connection.execute(_TEXTS, [texts[int(rows.files[0])]])
        while batch := cursor.fetchmany(500):
            for article_id, version, text, zones, spans, said in batch:
                key = keys.get((article_id, version))
                if key is not None:
                    yield key, text, zone_spans(zones, spans), [(s, e) for s, e in said or ()]


def _add(folder: Path, draft: Drafted) -> None:
    path = manifest.draft_of(folder)
    documents = draft.write(path)
    manifest.publish(
        folder, path, replacing=set(), documents=draft.documents, size=documents.universe
    )


def _tidy(folder: Path, wanted: Rows) -> None:
    """Join segments of one size while there are many of them."""
    while True:
        segments = _whole(folder)
        joined = due([segment.documents.universe for segment in segments])
        if not joined:
            return
        _join(folder, [segments[place] for place in joined], wanted)


def _join(folder: Path, segments: Sequence[Segment], wanted: Rows) -> None:
    if len(segments) < 2:
        return
    path = manifest.draft_of(folder)
    documents = join(segments, wanted.keys, path)
    names = {segment.name for segment in segments}
    if documents is None:
        entries = manifest.read_entries(folder)
        manifest.write_entries(folder, [entry for entry in entries if entry.name not in names])
        return
    manifest.publish(
        folder,
        path,
        replacing=names,
        documents=len(documents.documents),
        size=documents.universe,
    )
