"""The last commit in, the versions of its tables out, after undoing what no commit names."""

import shutil
from pathlib import Path

from pipelines.store.files import tables
from pipelines.store.files.commits import Commit
from pipelines.store.files.schema import TABLES


def restored_heads(store: Path, commit: Commit) -> dict[str, int]:
    """Undo what a killed run wrote ahead of `commit`; return the versions that hold its content.

    The caller holds the store's lock.
    """
    heads = dict(commit.tables)
    for name in TABLES:
        path = store / "tables" / name
        committed = commit.tables.get(name)
        if committed is None:
            shutil.rmtree(path, ignore_errors=True)  # no commit names it, so no reader has it
        elif tables.version_of(path) != committed:
            heads[name] = tables.restore(path, committed)
    return heads
