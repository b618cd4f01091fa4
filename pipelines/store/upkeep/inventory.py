"""What a store consists of: rows, files and bytes of each table, and what other versions take."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.store.files.commits import kept_versions, read_commit
from pipelines.store.files.tables import parts_of
from pipelines.store.upkeep.pins import Pin, read_pins


@dataclass(frozen=True, slots=True)
class TableSize:
    """One table in the newest version."""

    name: str
    rows: int
    files: int
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Inventory:
    """The newest version's tables, and all that is kept beside them; sizes in bytes."""

    tables: tuple[TableSize, ...]
    versions: tuple[int, ...]
    oldest: datetime  # UTC, when the oldest version kept was made
    newest: datetime
    pins: tuple[Pin, ...]
    index_size: int  # of texts and of copies
    older_size: int  # Parquet files that the newest version does not name
    log_size: int  # commits and the logs of tables


def take_inventory(store: Path) -> Inventory:
    """Return what the store at `store` consists of; raises StoreMissing and StoreDamaged."""
    commit, versions = read_commit(store), kept_versions(store)
    sizes, older, logs = [], 0, _size_of(store / "commits")
    for name, version in sorted(commit.tables.items()):
        path = store / "tables" / name
        parts = parts_of(path, version)
        size = sum(part.size for part in parts)
        sizes.append(TableSize(name, sum(part.rows for part in parts), len(parts), size))
        older += sum(file.stat().st_size for file in path.glob("*.parquet")) - size
        logs += _size_of(path / "_delta_log")
    return Inventory(
        tables=tuple(sizes),
        versions=tuple(versions),
        oldest=read_commit(store, versions[0]).made_at,
        newest=commit.made_at,
        pins=tuple(read_pins(store)),
        index_size=_size_of(store / "index"),
        older_size=older,
        log_size=logs,
    )


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
