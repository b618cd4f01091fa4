"""The commits of a store: one file each that names the version of every table.

`commits/<n>.json` is written put-if-absent (a hard link of a finished, synced file), and writing it
is the commit. Readers open the store only through such a file, so they never see articles without
their mentions. One writer at a time holds `lock`.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing
from pipelines.store.files.entries import sync
from pipelines.store.files.schema import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Commit:
    """One state of the whole store."""

    version: int
    made_at: datetime  # UTC, as told by whoever ingested
    tables: dict[str, int]  # table -> Delta version; a table without rows yet is absent
    tags_hash: str  # of the names and code that made the derived tables; topics have their own
    schema: int = SCHEMA_VERSION
    definitions: dict[str, int] = field(default_factory=dict)  # topic -> its version in force
    generations: dict[str, int] = field(default_factory=dict)  # topic -> the commit that tagged it


def commit_path(store: Path, version: int) -> Path:
    """Return where commit `version` lies."""
    return store / "commits" / f"{version:08d}.json"


def kept_versions(store: Path) -> list[int]:
    """Return the numbers of all commits that are there, the oldest first."""
    return sorted(int(path.stem) for path in (store / "commits").glob("[0-9]*.json"))


def last_version(store: Path) -> int | None:
    """Return the newest commit's number, None where nothing was committed yet."""
    return max(kept_versions(store), default=None)


def last_version_at(store: Path, instant: datetime) -> int:
    """Return the number of the newest commit made at or before `instant` (aware, any zone).

    A commit bears the time at which its run began, and so do the articles in it (`first_seen_at`):
    a run that went on at `instant` is in it whole. Where a clock was set back, later commits count
    by the time they bear. Raises StoreMissing where the store has none so old, and as `read_commit`
    does.
    """
    oldest = read_commit(store)
    for version in reversed(kept_versions(store)):
        oldest = read_commit(store, version)
        if oldest.made_at <= instant:
            return version
    raise StoreMissing(
        f"the store in {store} has no version of {instant:%Y-%m-%d %H:%M %Z} or before; the oldest "
        f"kept is version {oldest.version} of {oldest.made_at:%Y-%m-%d %H:%M %Z}"
    )


def stamp(store: Path, version: int) -> str:
    """Return what tells commit `version` from one of the same number in a store made anew.

    Raises StoreMissing where the commit is not there.
    """
    try:
        found = commit_path(store, version).stat()
    except OSError as error:
        raise StoreMissing(f"there is no version {version} of the store in {store}") from error
    return f"{found.st_ino}-{found.st_mtime_ns}"


def read_commit(store: Path, version: int | None = None) -> Commit:
    """Return commit `version`, the newest if None.

    Raises StoreMissing where the store or that commit is not there, StoreDamaged where it cannot be
    read or was written by a newer Wirewatch.
    """
    newest = last_version(store)
    if newest is None:
        raise StoreMissing(
            f"there is no store in {store}; run `python -m pipelines ingest FOLDER` to fill one"
        )
    version = newest if version is None else version
    path = commit_path(store, version)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        schema = int(content["schema"])
        if schema <= SCHEMA_VERSION:
            return Commit(**{**content, "made_at": datetime.fromisoformat(content["made_at"])})
    except FileNotFoundError as error:
        raise _not_there(store, version) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(
            f"cannot read {path}: {error}; remove that file to go back to the commit before it"
        ) from error
    raise StoreDamaged(
        f"{store} was written by a newer Wirewatch (schema {schema}, this one reads "
        f"{SCHEMA_VERSION}); update Wirewatch"
    )


def _not_there(store: Path, version: int) -> StoreMissing:
    """Return the error that says whether a version was removed or never was."""
    kept = kept_versions(store)
    if 0 < version < kept[-1]:  # numbers are given without gaps
        return StoreMissing(
            f"version {version} of the store in {store} was removed; the oldest kept is {kept[0]}, "
            f"the newest {kept[-1]} (`python -m pipelines store pin` keeps a version)"
        )
    return StoreMissing(
        f"there is no version {version} of the store in {store}; the newest is {kept[-1]}"
    )


@contextmanager
def naming_removal(store: Path, version: int) -> Iterator[None]:
    """Turn StoreDamaged into StoreMissing where the version was removed while it was read."""
    try:
        yield
    except StoreDamaged as error:
        if commit_path(store, version).is_file():
            raise
        raise _not_there(store, version) from error


def write_commit(store: Path, commit: Commit) -> None:
    """Write `commit` durably; raise StoreBusy where its number is taken."""
    path = commit_path(store, commit.version)
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({**asdict(commit), "made_at": commit.made_at.isoformat()}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError as error:
        raise StoreBusy(
            f"another writer committed version {commit.version} of {store} first; run again"
        ) from error
    finally:
        draft.unlink()
    sync(path.parent)


@contextmanager
def writer_lock(store: Path) -> Iterator[None]:
    """Hold the store's writer lock.

    Raises StoreBusy where another process holds it, StoreError where `store` cannot be written to.
    """
    try:
        (store / "commits").mkdir(parents=True, exist_ok=True)
        (store / "tables").mkdir(exist_ok=True)
        lock = (store / "lock").open("w")
    except OSError as error:
        raise StoreError(
            f"cannot write a store in {store}: {error.strerror}; choose a folder with --store"
        ) from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(
                f"another run is writing to {store}; wait until it ends and run again"
            ) from error
        yield
