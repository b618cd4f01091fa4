"""A rule in, a smaller store out: which versions stay, and what only the others consist of.

Stay: the newest version, those the rule keeps, those that are pinned. A table's log is a chain, so
before anything goes, the state of the first version of each unbroken row of kept ones is written
down (a checkpoint); entries before it are of no use then.

The order is such that a kill at any moment leaves every kept version readable: checkpoints first;
then the commits, by which alone readers know of a version; then files and log entries. What is
removed is found by what kept commits name and by nothing that was noted before, so running it again
finishes the work, and takes what killed runs left behind too.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deltalake import DeltaTable

from pipelines.errors import StoreDamaged
from pipelines.store.files.commits import (
    Commit,
    commit_path,
    kept_versions,
    read_commit,
    writer_lock,
)
from pipelines.store.files.entries import sync
from pipelines.store.files.heads import restored_heads
from pipelines.store.files.tables import files_of, uri_of
from pipelines.store.upkeep.pins import pins_lock, read_pins

_HAVE_DEFINITIONS = 3  # the schema since which a commit tells the topics' versions by itself


@dataclass(frozen=True, slots=True)
class Rule:
    """Keep so many of the newest versions, and those made at `since` (UTC) or later."""

    last: int = 1
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a vacuum does: versions that stay and go, and the files that go, with their bytes."""

    kept: tuple[int, ...]
    gone: tuple[int, ...]
    files: tuple[Path, ...]
    size: int


def vacuum(store: Path, rule: Rule, agreed: Callable[[Plan], bool]) -> Plan:
    """Remove the versions that `rule` does not keep, and all that only they and killed runs need.

    `agreed` is shown the plan first; where it returns False nothing is removed. Raises StoreBusy
    where another run is writing or pinning, StoreDamaged where a kept version cannot be opened (and
    removes nothing), and StoreMissing.
    """
    newest = read_commit(store)
    with writer_lock(store), pins_lock(store):
        newest = read_commit(store)
        restored_heads(store, newest)
        kept, gone = _chosen(store, rule)
        versions = _versions_of_tables(store, kept)
        files = tuple(_unneeded(store, versions))
        paths = (*files, *(commit_path(store, number) for number in gone))
        size = sum(path.stat().st_size for path in paths)
        plan = Plan(tuple(commit.version for commit in kept), tuple(gone), files, size)
        if agreed(plan):
            _remove(store, plan, versions)
    return plan


def _chosen(store: Path, rule: Rule) -> tuple[list[Commit], list[int]]:
    """Return the commits that stay, oldest first, and the numbers of those that go."""
    commits = [read_commit(store, number) for number in kept_versions(store)]
    stay = {pin.version for pin in read_pins(store)}
    stay |= {commit.version for commit in commits[-max(rule.last, 1) :]}
    if rule.since is not None:
        stay |= {commit.version for commit in commits if commit.made_at >= rule.since}
    # Those before that schema tell the versions of topics by all commits before them.
    old = [c.version for c in commits if c.version in stay and c.schema < _HAVE_DEFINITIONS]
    stay |= set(range(max(old, default=0)))
    kept = [commit for commit in commits if commit.version in stay]
    return kept, [commit.version for commit in commits if commit.version not in stay]


def _versions_of_tables(store: Path, kept: Iterable[Commit]) -> dict[Path, list[int]]:
    """Return for each table's folder which of its versions kept commits name."""
    named: dict[Path, set[int]] = {}
    for commit in kept:
        for name, version in commit.tables.items():
            named.setdefault(store / "tables" / name, set()).add(version)
    return {path: sorted(versions) for path, versions in named.items()}


def _rows(versions: Iterable[int]) -> list[list[int]]:
    """Part sorted numbers into unbroken rows."""
    found: list[list[int]] = []
    for version in versions:
        if found and found[-1][-1] == version - 1:
            found[-1].append(version)
        else:
            found.append([version])
    return found


def _unneeded(store: Path, versions: Mapping[Path, list[int]]) -> Iterator[Path]:
    """Yield the files of tables and notes that no kept commit needs."""
    named: set[str] = set()
    for table, kept in versions.items():
        needed = _named_files(table, kept)
        named |= needed
        yield from (path for path in table.glob("*.parquet") if path.name not in needed)
        yield from _unneeded_log(table, kept)
    notes = (store / "index" / "moved").glob("*.json")
    yield from (path for path in notes if f"{path.stem}.parquet" not in named)
    yield from (store / "commits").glob("*.draft")
    yield from (store / "pins").glob("*.draft")


def _named_files(table: Path, kept: Iterable[int]) -> set[str]:
    """Return the names of the Parquet files that make up some versions of a table."""
    named: set[str] = set()
    for row in _rows(kept):
        named |= {Path(file).name for file in files_of(table, row[0])}
        for version in row[1:]:  # within a row each version has what its entry adds
            named |= set(_added(table, version))
    return named


def _added(table: Path, version: int) -> Iterator[str]:
    entry = table / "_delta_log" / f"{version:020d}.json"
    try:
        lines = [json.loads(line) for line in entry.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise StoreDamaged(
            f"cannot read {entry}: {error}; nothing was removed, `store verify` "
            "says which versions are whole"
        ) from error
    yield from (line["add"]["path"] for line in lines if "add" in line)


def _unneeded_log(table: Path, kept: list[int]) -> Iterator[Path]:
    """Yield the entries of a table's log that no kept version is read by.

    Those above the newest stay: a killed run wrote them, the next entry comes behind them.
    """
    for path in sorted((table / "_delta_log").iterdir()):
        number, _, kind = path.name.partition(".")
        is_entry = number.isdecimal() and kind != "draft"
        if path.name == "_last_checkpoint" or (is_entry and int(number) in kept):
            continue
        if not is_entry or int(number) < kept[-1]:
            yield path


def _remove(store: Path, plan: Plan, versions: Mapping[Path, list[int]]) -> None:
    for table, kept in versions.items():
        for row in _rows(kept):
            _write_checkpoint(table, row[0])
        sync(table / "_delta_log")
    for number in plan.gone:
        commit_path(store, number).unlink()
    sync(store / "commits")
    for path in plan.files:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in plan.files}:
        sync(folder)
    shutil.rmtree(store / "staging" / "joining", ignore_errors=True)


def _write_checkpoint(table: Path, version: int) -> None:
    """Write down, durably, the state of a table at a version."""
    log = table / "_delta_log"
    path = log / f"{version:020d}.checkpoint.parquet"
    if not path.exists():
        DeltaTable(uri_of(table), version=version).create_checkpoint()
    sync(path)
    hint = log / "_last_checkpoint"
    if hint.exists():
        sync(hint)
