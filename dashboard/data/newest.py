"""Which commit of a store is the newest: its folder in, what results are kept under out."""

import time
from pathlib import Path

from dashboard.data.kept import Kept
from pipelines import store as stores
from pipelines.errors import StoreMissing

Key = tuple[str, int, str]  # path and version of a store, and which of them (see `stamp`)
_SETTLED = 2_000_000_000  # ns since a folder changed, after which no change bears the same time
_KEYS = Kept(16)


def newest_key(path: Path, snap: int | None) -> Key:
    """Return path, version and stamp of the newest commit, or of commit `snap`.

    A page asks some twenty times a run; commits are looked through again once one came or went.
    Raises StoreMissing where there is none.
    """
    changed = _changed(path)
    if changed is None or time.time_ns() - changed < _SETTLED:
        return _looked_up(path, snap)
    return _KEYS.take((path, snap, changed), lambda: _looked_up(path, snap))


def _changed(path: Path) -> int | None:
    """Return when the last commit came or went, ns; None where there is no folder of them."""
    try:
        return (path / "commits").stat().st_mtime_ns
    except OSError:
        return None


def _looked_up(path: Path, snap: int | None) -> Key:
    version = snap or stores.last_version(path)
    if version is None:
        raise StoreMissing(f"there is no store in {path} yet")
    return str(path), version, stores.stamp(path, version)
