"""The table of copies in, the index that finds near copies out; and sketches that are missing.

The index is derived and in step with a commit: it is made of the `copies` rows of that commit. As
sorting a million texts takes seconds, the sorted arrays are kept in `index/copies/` beside the
tables and mapped into memory. They name the files of the table they were made of. Where all of
these are still files of the commit, the rest is read and added; otherwise they are made anew.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.article import CopyLevel
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.files.entries import sync
from pipelines.store.writing.facts import read_articles
from pipelines.store.writing.rows import Row, copy_row
from pipelines.syndication import METHOD, CopyIndex, Placement, make_sketch, words_of
from pipelines.syndication.index import Segment, Texts, sorted_segment

Files = Mapping[str, Sequence[str]]  # table -> Parquet files

KEEP_FROM = 20_000  # texts that are not in the kept arrays; fewer are sorted in .1 s
_COVERS = "covers.json"
_SEGMENT = ("hashes", "rows", "places")
_TEXTS = ("groups", "days", "sizes", "levels")
_EPOCH = np.datetime64("0001-01-01", "D").astype(np.int64) - 1  # day 1 is ordinal 1


def load_index(store: Path, files: Files) -> CopyIndex:
    """Return the index of a commit's texts; keep its arrays where much was not yet kept."""
    folder, paths = _folder(store), list(files.get("copies", ()))
    kept, covered = _read_kept(folder, paths)
    rest = [path for path in paths if path not in covered]
    if not rest:
        return kept or CopyIndex()
    with naming_damage(files):
        columns = _read(rest, kept.count if kept else 0)
    index = _extended(kept, columns)
    if len(columns.texts.groups) >= max(KEEP_FROM, (kept.count if kept else 0) // 32):
        _keep(folder, index, paths)
        return _read_kept(folder, paths)[0] or index
    return index


def _folder(store: Path) -> Path:
    return store / "index" / "copies"


class _Columns(NamedTuple):
    """Rows of the table as arrays: the texts, and all their sampled sequences."""

    texts: Texts
    segment: Segment


_ROWS = """
SELECT syndication_id, day, size, level, hashes, places FROM read_parquet(?) ORDER BY arrival
"""


def _read(paths: list[str], first: int) -> _Columns:
    """Return the rows of these files, which come after `first` others."""
    with open_connection() as connection:
        table: pa.Table = connection.sql(_ROWS, params=[paths]).to_arrow_table()
    day = table["day"].cast(pa.int32()).fill_null(int(_EPOCH)).to_numpy().astype(np.int64) - _EPOCH
    texts = Texts(
        table["syndication_id"].to_numpy().astype(np.int64),
        day.astype(np.int32),
        table["size"].to_numpy().astype(np.uint32),
        table["level"].to_numpy().astype(np.uint8),
    )
    hashes, places = _bytes(table["hashes"]).view("<u4"), _bytes(table["places"])
    lengths = pc.binary_length(table["places"]).to_numpy()
    rows = np.repeat(np.arange(first, first + len(lengths), dtype=np.uint32), lengths)
    return _Columns(texts, sorted_segment(hashes, rows, places))


def _bytes(column: pa.ChunkedArray) -> npt.NDArray[np.uint8]:
    """Return all values of a binary column end to end."""
    return np.concatenate([np.zeros(0, np.uint8), *map(_chunk_bytes, column.chunks)])


def _chunk_bytes(chunk: pa.BinaryArray) -> npt.NDArray[np.uint8]:
    offsets = np.frombuffer(chunk.buffers()[1], np.int32)
    first, last = offsets[chunk.offset], offsets[chunk.offset + len(chunk)]
    return np.frombuffer(chunk.buffers()[2] or b"", np.uint8)[first:last]


def _extended(kept: CopyIndex | None, new: _Columns) -> CopyIndex:
    """Return the kept index with further texts, as a segment of their own."""
    if kept is None:
        return CopyIndex(new.texts, len(new.texts.groups), [new.segment])
    texts = kept.texts.followed_by(new.texts)
    return CopyIndex(texts, len(texts.groups), [*kept.segments, new.segment])


def _read_kept(folder: Path, paths: Sequence[str]) -> tuple[CopyIndex | None, set[str]]:
    """Return the kept index and the files it holds; none where it is not of this commit."""
    try:
        note = json.loads((folder / _COVERS).read_text(encoding="utf-8"))
        names = {Path(path).name: path for path in paths}
        if note["method"] != METHOD or not set(note["files"]) <= set(names):
            return None, set()
        segment = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in _SEGMENT]
        texts = [np.load(folder / f"{name}.npy") for name in _TEXTS]
    except (OSError, ValueError, KeyError, TypeError):
        return None, set()  # not there, or cut short: it can always be made anew
    index = CopyIndex(Texts(*texts), len(texts[0]), [Segment(*segment)])
    return index, {names[name] for name in note["files"]}


def _keep(folder: Path, index: CopyIndex, paths: Sequence[str]) -> None:
    """Write the arrays of an index as one segment; a kill leaves the old ones or none."""
    draft = folder.with_name("copies.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    whole = reduce(Segment.joined, index.segments)
    for record, names in ((whole, _SEGMENT), (index.texts, _TEXTS)):
        for name in names:
            np.save(draft / f"{name}.npy", getattr(record, name))
    covers = {"method": METHOD, "files": [Path(path).name for path in paths]}
    (draft / _COVERS).write_text(json.dumps(covers), encoding="utf-8")
    for path in draft.iterdir():
        sync(path)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def kept_files(store: Path) -> set[str]:
    """Return the names of the files whose rows are in the kept arrays."""
    try:
        note = json.loads((_folder(store) / _COVERS).read_text(encoding="utf-8"))
        return set(note["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def rename_kept(store: Path, gone: Collection[str], joined: Collection[str]) -> None:
    """Let the kept arrays name the files `joined` in place of `gone`, which had the same rows."""
    if not gone or not set(gone) <= kept_files(store):
        return
    path = _folder(store) / _COVERS
    note = json.loads(path.read_text(encoding="utf-8"))
    note["files"] = [*(name for name in note["files"] if name not in gone), *joined]
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(note), encoding="utf-8")
    sync(draft)
    os.replace(draft, path)
    sync(path.parent)


class Missing(NamedTuple):
    """Rows that the table of copies lacks; `replaces` where they are all it should have."""

    rows: list[Row]
    replaces: bool


_WANTED = """
SELECT articles.article_id, articles.version, own.syndication_id,
    CASE WHEN own.syndication_id <> articles.article_id THEN 'exact' ELSE '' END AS copy_level
FROM read_parquet($articles) AS articles
JOIN (SELECT article_id, min(syndication_id) AS syndication_id FROM read_parquet($annotations)
      GROUP BY article_id) AS own USING (article_id)
WHERE text_hash <> 0 ORDER BY first_seen_at, article_id, version
"""
_HAVE = "SELECT article_id, version, copy_level, method FROM read_parquet(?)"


def missing_rows(files: Files) -> Missing:
    """Return the rows of stored texts without a sketch of today's method.

    A store of an earlier Wirewatch has none; groups were of exact copies then. Groups stay as they
    are, since ids are never given anew, and so do levels.
    """
    if not files.get("articles"):
        return Missing([], replaces=False)
    levels, methods, todo = _wanted(files)
    replaces = bool(methods - {METHOD})
    if not replaces:
        todo = {key: placement for key, placement in todo.items() if key not in levels}
    todo = {key: p._replace(level=levels.get(key, p.level)) for key, p in todo.items()}
    made = dict(_made(files, todo)) if todo else {}
    first = 0 if replaces else len(levels)
    ordered = [made[key] for key in todo if key in made]
    return Missing([{**row, "arrival": first + n} for n, row in enumerate(ordered)], replaces)


Key = tuple[int, int]  # article_id, version


def _wanted(files: Files) -> tuple[dict[Key, CopyLevel], set[int], dict[Key, Placement]]:
    """Return the levels and methods of the rows there are, and all rows there should be."""
    with naming_damage(files), open_connection() as connection:
        have = connection.execute(_HAVE, [files["copies"]]).fetchall() if "copies" in files else []
        parts = {name: list(files[name]) for name in ("articles", "annotations")}
        wanted = connection.execute(_WANTED, parts).fetchall()
    levels = {(article_id, version): CopyLevel(level) for article_id, version, level, _ in have}
    methods = {method for *_, method in have}
    todo = {
        (article_id, version): Placement(group, CopyLevel(level))
        for article_id, version, group, level in wanted
    }
    return levels, methods, todo


def _made(files: Files, todo: Mapping[Key, Placement]) -> Iterator[tuple[Key, Row]]:
    for article, version in read_articles(files):
        placement = todo.get((article.article_id, version))
        sketch = make_sketch(words_of(article)) if placement else None
        if placement and sketch:
            row = copy_row(article, version, sketch, arrival=0, placement=placement)
            yield (article.article_id, version), row
