"""Which versions of a store must stay, and why: what links and reports name.

`pins/<n>.json` is one pin, written durably. Pinning waits for no writer, only for a `vacuum`, which
holds `pins/lock` too: so none takes a version away that is being pinned.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipelines.errors import StoreBusy, StoreDamaged, StoreError, StoreMissing
from pipelines.store.files.commits import read_commit
from pipelines.store.files.entries import sync


@dataclass(frozen=True, slots=True)
class Pin:
    """A version that stays: why, who says so, since when (UTC)."""

    version: int
    why: str
    who: str
    made_at: datetime


def read_pins(store: Path) -> list[Pin]:
    """Return all pins by version; raise StoreDamaged where one cannot be read."""
    return [_read(path) for path in sorted((store / "pins").glob("[0-9]*.json"))]


def pin(store: Path, version: int, *, why: str, who: str, now: datetime) -> Pin:
    """Let `version` stay, until it is unpinned.

    Raises StoreMissing where it is not there, StoreError where it is pinned already.
    """
    read_commit(store, version)
    with pins_lock(store):
        read_commit(store, version)  # again: it may have gone while we waited for the lock
        path = _path(store, version)
        if path.exists():
            before = _read(path)
            raise StoreError(
                f"version {version} is pinned already, by {before.who} "
                f"({before.why or 'no reason given'}); to give another reason, first run "
                f"`python -m pipelines store unpin {version}`"
            )
        made = Pin(version, why, who, now)
        draft = path.with_suffix(".draft")
        content = {**asdict(made), "made_at": now.isoformat()}
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        sync(draft)
        os.replace(draft, path)
        sync(path.parent)
        return made


def unpin(store: Path, version: int) -> None:
    """Take a pin back; raise StoreMissing where there is none."""
    read_commit(store)
    with pins_lock(store):
        path = _path(store, version)
        if not path.exists():
            pinned = ", ".join(str(one.version) for one in read_pins(store)) or "none"
            raise StoreMissing(f"version {version} is not pinned; pinned: {pinned}")
        path.unlink()
        sync(path.parent)


@contextmanager
def pins_lock(store: Path) -> Iterator[None]:
    """Hold the lock of the pins; raise StoreBusy where another process holds it."""
    try:
        (store / "pins").mkdir(parents=True, exist_ok=True)
        lock = (store / "pins" / "lock").open("w")
    except OSError as error:
        raise StoreError(f"cannot write pins in {store}: {error.strerror}") from error
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(
                f"another run pins or removes versions of {store}; wait until it ends"
            ) from error
        yield


def _path(store: Path, version: int) -> Path:
    return store / "pins" / f"{version:08d}.json"


def _read(path: Path) -> Pin:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        made_at = datetime.fromisoformat(content["made_at"])
        return Pin(int(content["version"]), content["why"], content["who"], made_at)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(
            f"cannot read the pin {path}: {error}; remove that file and pin the version again"
        ) from error
