"""Check a store whole: every file read to its end, and in each commit the laws between its tables.

Each file is read once, however many commits name it. Of a damaged commit the laws are not asked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.errors import StoreError
from pipelines.store.counted.layout import lay_out_tables
from pipelines.store.files.commits import Commit, commit_path, kept_versions, read_commit
from pipelines.store.files.damage import find_damage
from pipelines.store.files.tables import files_of
from pipelines.store.fulltext import damage, folder_of
from pipelines.store.upkeep.laws import breaches
from pipelines.store.upkeep.pins import read_pins


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, the versions it is wrong in, and how to mend it."""

    what: str
    versions: tuple[int, ...]
    mend: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is wrong."""

    versions: tuple[int, ...]
    files: int
    findings: tuple[Finding, ...]


def check(
    store: Path,
    *,
    every: bool = True,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Checked:
    """Check all commits of a store, else the newest and the pinned ones, and its text index.

    `progress` is told the commits done and those to do. Raises StoreMissing.
    """
    kept = kept_versions(store)
    if not kept:
        read_commit(store)  # says that there is none, and how to make one
    pinned = {pin.version for pin in read_pins(store)}
    numbers = kept if every else sorted({kept[-1], *pinned & set(kept)})
    checks = _Checks(store, kept)
    for done, number in enumerate(numbers):
        progress(done, len(numbers))
        checks.look_at(number)
    progress(len(numbers), len(numbers))
    findings = [*checks.findings(), *_of_pins(pinned - set(kept)), *_of_index(store)]
    return Checked(tuple(numbers), len(checks.looked_at), tuple(findings))


class _Checks:
    """What was found so far, and which files were read."""

    def __init__(self, store: Path, kept: Sequence[int]) -> None:
        self._store, self._kept = store, kept
        self.looked_at: set[str] = set()
        self._damaged: dict[str, str] = {}  # file -> what is wrong
        self._found: dict[str, list[int]] = {}  # what is wrong -> versions
        self._whole: set[int] = set()
        self._seen = 0  # commits

    def look_at(self, number: int) -> None:
        """Read what of a commit was not read yet, and ask its laws."""
        self._seen += 1
        try:
            commit = read_commit(self._store, number)
            files = {
                name: files_of(self._store / "tables" / name, version)
                for name, version in commit.tables.items()
            }
        except StoreError as error:
            self._add(str(error), number)
            return
        found = self._damage(files)
        for what in found or self._breaches(commit, files):
            self._add(what, number)

    def _add(self, what: str, number: int) -> None:
        self._found.setdefault(what, []).append(number)

    def _damage(self, files: dict[str, list[str]]) -> list[str]:
        paths = {path: name for name, paths in files.items() for path in paths}
        for path in paths.keys() - self.looked_at:
            for what in find_damage({paths[path]: [path]}):
                self._damaged[path] = what
        self.looked_at |= paths.keys()
        return [self._damaged[path] for path in paths if path in self._damaged]

    def _breaches(self, commit: Commit, files: dict[str, list[str]]) -> list[str]:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            lay_out_tables(connection, files, commit.schema)
            found = breaches(connection, commit)
        if not found:
            self._whole.add(commit.version)
        return found

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, with how to mend it."""
        for what, versions in self._found.items():
            yield Finding(what, tuple(versions), self._mend(versions))

    def _mend(self, versions: Sequence[int]) -> str:
        """Return how to come by a whole store again where some of its versions are damaged."""
        newest = self._kept[-1]
        if newest not in versions:
            return "restore it from a backup; the newest version does not need it"
        if not self._whole:
            return "restore the store's folder from a backup" + (
                ", or ingest into a new store"
                if self._seen == len(self._kept)
                else "; `store verify` without --newest says which version before it is whole"
            )
        back = max(self._whole)
        gone = (str(commit_path(self._store, n)) for n in self._kept if n > back)
        return (
            f"restore it from a backup, or go back to version {back}: rm {' '.join(gone)}; "
            "the next ingest reads again what is missing"
        )


def _of_pins(lost: set[int]) -> Iterator[Finding]:
    for number in sorted(lost):
        mend = f"restore the store from a backup, or python -m pipelines store unpin {number}"
        yield Finding(f"version {number} is pinned and is not there", (number,), mend)


def _of_index(store: Path) -> Iterator[Finding]:
    for part in damage(folder_of(store)):
        yield Finding(f"{part} is damaged", (), "python -m pipelines index --anew")
