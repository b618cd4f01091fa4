"""One Delta table on disk: append, overwrite, remove, join, restore, and the files of a version.

deltalake never calls fsync (counted: 0 calls), so an append here syncs the files it added, its log
entry and both folders before it returns; that is what makes a commit survive a power cut. What a
writer adds time and again goes through `open_tables.py`.
"""

import json
import re
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

import pyarrow as pa
from deltalake import DeltaTable, PostCommitHookProperties, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from pipelines.errors import StoreDamaged, StoreError
from pipelines.store.files.entries import Part, sync, write_entry

# Without this every 100th write removes log entries older than 30 days, and with them the versions
# that commits and shared links name (seen: version 5 of 102 could no longer be opened).
_KEEP_LOG = PostCommitHookProperties(cleanup_expired_logs=False)

# A search opens a few texts among many, and what is read of a file is whole row groups.
ROWS_OF_TEXTS = 128
_OF_TEXTS = WriterProperties(compression="ZSTD", max_row_group_size=ROWS_OF_TEXTS)
_OF_OTHERS = WriterProperties(compression="ZSTD")  # without a word of it nothing is compressed


def version_of(path: Path) -> int | None:
    """Return the newest version of the Delta table at `path`, None where there is no table."""
    try:
        return int(DeltaTable(uri_of(path)).version())
    except TableNotFoundError:
        return None
    except DeltaError as error:
        raise StoreDamaged(
            f"cannot read the table {path.name} of the store in {path.parent.parent}: {error}; "
            "restore its folder from a backup, or ingest into a new store"
        ) from error


def files_of(path: Path, version: int) -> list[str]:
    """Return the Parquet files that make up `version` of the table at `path`."""
    uris = _opened(path, version).file_uris()
    return [str(path / uri.rpartition("/")[2]) for uri in uris]  # names that need no quoting


def uri_of(path: Path) -> str:
    """Return the address of a table or store, which deltalake opens whatever language it is in.

    Raises StoreError for a path that it takes for another one or cannot take at all.
    """
    if found := _CANNOT_TAKE.search(path.absolute().as_posix()):
        raise StoreError(
            f"cannot keep a store in {path}: the library that writes its tables cannot open a path "
            f"with {found.group()!r} in it; choose a folder without one"
        )
    return path.absolute().as_uri()


_CANNOT_TAKE = re.compile(r"[\[\]\\^|\x00-\x1f\x7f]|%[0-9A-Fa-f]{2}")


def _opened(path: Path, version: int, attempts: int = 3) -> DeltaTable:
    # A vacuum may take away log entries between the listing and the reading of them.
    try:
        return DeltaTable(uri_of(path), version=version)
    except DeltaError as error:
        if attempts > 1:
            return _opened(path, version, attempts - 1)
        raise _cannot_open(path, version, error) from error


def _cannot_open(path: Path, version: int, error: Exception) -> StoreDamaged:
    return StoreDamaged(
        f"cannot open version {version} of the table {path.name} in {path.parent.parent}: "
        f"{error}; `python -m pipelines doctor` names what is missing"
    )


def parts_of(path: Path, version: int) -> list[Part]:
    """Return the files of `version` of the table at `path` in their order, with size and rows."""
    found = _opened(path, version).get_add_actions(flatten=True)
    columns = (found[name].to_pylist() for name in ("path", "size_bytes", "num_records"))
    return [Part(name, size, rows) for name, size, rows in zip(*columns, strict=True)]


Rows: TypeAlias = pa.Table | pa.RecordBatchReader


def append(path: Path, rows: Rows, *, replace: bool = False) -> int:
    """Write `rows` as the table's next version, durably, and return that version's number.

    With `replace` the new version holds these rows only, and may have other columns; older versions
    keep theirs. Of a reader only some batches are in memory at a time.
    """
    mode: Literal["overwrite", "append"] = "overwrite" if replace else "append"
    properties = _OF_TEXTS if path.name == "texts" else _OF_OTHERS
    try:
        write_deltalake(
            uri_of(path),
            rows,
            mode=mode,
            writer_properties=properties,
            schema_mode="overwrite" if replace else None,
            post_commithook_properties=_KEEP_LOG,
        )
    except (DeltaError, OSError) as error:
        raise cannot_write(path, error) from error
    return made_durable(path)


def remove(path: Path, article_ids: Collection[int]) -> int:
    """Write the table's next version without the rows of these articles; return its number."""
    # A merge, because a predicate of thousands of ids is slower (10,000 ids: 1.1 s against 0.2 s).
    gone = pa.table({"gone": pa.array(sorted(article_ids), pa.int64())})
    table = DeltaTable(uri_of(path))
    try:
        table.merge(
            gone,
            predicate="stored.article_id = gone.gone",
            source_alias="gone",
            target_alias="stored",
            post_commithook_properties=_KEEP_LOG,
        ).when_matched_delete().execute()
    except (DeltaError, OSError) as error:
        raise cannot_write(path, error) from error
    return made_durable(path)


def join(path: Path, gone: Sequence[Part], joined: Sequence[Part], now: datetime) -> int:
    """Write the table's next version with the files `joined` in place of `gone`, durably.

    The caller has written and synced `joined`, with the rows of `gone` and no others. Returns the
    version's number.
    """
    number = int(DeltaTable(uri_of(path)).version()) + 1
    moment = int(now.timestamp() * 1000)
    try:
        write_entry(path, number, moment=moment, operation="OPTIMIZE", new=joined, gone=gone)
    except OSError as error:
        raise cannot_write(path, error) from error
    return number


def cannot_write(path: Path, error: Exception) -> StoreError:
    """Return the error that says that nothing was added to the table at `path`."""
    return StoreError(
        f"cannot write the table {path.name} of the store in {path.parent.parent}: {error}; "
        "nothing of this batch was committed, make room and run again"
    )


def made_durable(path: Path) -> int:
    """Sync what the library wrote as the newest version of a table; return its number."""
    # The newest entry by its name: opening each table again took a fifth of a commit.
    log = max((path / "_delta_log").glob(f"{'[0-9]' * 20}.json"))
    version = int(log.stem)
    for line in log.read_text(encoding="utf-8").splitlines():
        if added := json.loads(line).get("add"):
            sync(path / added["path"])
    for checkpoint in log.parent.glob(f"{version:020d}.checkpoint*"):
        sync(checkpoint)
    sync(log)
    sync(log.parent)
    sync(path)
    return version


def restore(path: Path, version: int) -> int:
    """Make the content of the table that of `version` again; return the new version's number."""
    table = DeltaTable(uri_of(path))
    table.restore(version, post_commithook_properties=_KEEP_LOG)
    return made_durable(path)  # the log of what is added next has this entry before it
