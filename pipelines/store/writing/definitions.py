"""The topics of a run in, the versions of their definitions out: what each number was counted by.

A topic's version goes up when what decides does: the hash of the reading of its query, so that
other spaces, brackets or spellings of an operator make none. A new name, color or description is
kept as a further row of the same version, with its own `since`; so is that a topic was taken away.
Who made a change and why stands beside it, where that was said. Rows are never removed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipelines.errors import QueryError
from pipelines.hashing import hash63
from pipelines.querylang import parse
from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, commit_path, read_commit
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.files.schema import DEFINITIONS, columns_of
from pipelines.store.writing.rows import Row

_TICK = timedelta(microseconds=1)
_DECLARED = ("id", "name", "query", "color", "description")
_TOLD = (*_DECLARED, "is_removed")  # what makes a further row where it differs


@dataclass(frozen=True, slots=True)
class Signed:
    """Who changed one topic, and why."""

    topic: str
    who: str
    why: str


def definition_of(query: str) -> int:
    """Return the hash of what decides which articles a query finds."""
    try:
        return hash63(parse(query).reading)
    except QueryError:  # stored by an earlier Wirewatch, which could read it
        return hash63(query)


def new_versions(
    before: Iterable[Row],
    topics: Iterable[Row],
    now: datetime,
    *,
    gone: Collection[str] = (),
    signed: Signed | None = None,
) -> list[Row]:
    """Return the rows to add to `before` (all versions, oldest first) for the topics of a run.

    `gone` are the topics that the run before had and this one has not; `signed` says who changed
    one of them all. Of one topic a row is always younger than the one before, also where a clock
    was set back.
    """
    newest = {row["id"]: row for row in before}
    wanted = [{**{name: one[name] for name in _DECLARED}, "is_removed": False} for one in topics]
    wanted += [{**newest[key], "is_removed": True} for key in gone]
    added: list[Row] = []
    for row in wanted:
        known = newest.get(row["id"])
        if known is not None and all(known[name] == row[name] for name in _TOLD):
            continue
        row |= _numbered(row, known, now) | _said(signed, row["id"])
        newest[row["id"]] = row
        added.append(row)
    return added


def _said(signed: Signed | None, topic: object) -> Row:
    is_of_it = signed is not None and signed.topic == topic
    return {"who": signed.who, "why": signed.why} if signed and is_of_it else {"who": "", "why": ""}


def _numbered(row: Row, known: Row | None, now: datetime) -> Row:
    """Return version, since and definition of a row that comes behind `known`."""
    definition = definition_of(str(row["query"]))
    if known is None:
        return {"version": 1, "since": now, "definition": definition}
    return {
        "version": int(str(known["version"])) + (known["definition"] != definition),
        "since": max(now, known["since"] + _TICK),  # type: ignore[operator]  # an instant
        "definition": definition,
    }


def read_versions(store: Path, commit: Commit) -> list[Row]:
    """Return every version a commit knows of, oldest first.

    A store of before version 3 has no table of them; there they are put together from the topics
    that each of its commits had.
    """
    if commit.schema >= 3:
        return list(_rows("definitions", _files(store, "definitions", commit), commit.schema))
    versions: list[Row] = []
    last = None
    for earlier in _commits(store, commit.version):
        if earlier.tables.get("topics") != last:
            last = earlier.tables["topics"]
            topics = read_topics(store, earlier)
            versions += new_versions(versions, topics, earlier.made_at)
    return versions


def read_topics(store: Path, commit: Commit) -> list[Row]:
    """Return the topics of a commit as declared, in their order."""
    return list(_rows("topics", _files(store, "topics", commit), commit.schema))


def _commits(store: Path, newest: int) -> Iterator[Commit]:
    numbers = (number for number in range(1, newest + 1) if commit_path(store, number).is_file())
    return (read_commit(store, number) for number in numbers)


def _files(store: Path, table: str, commit: Commit) -> list[str]:
    version = commit.tables.get(table)
    return [] if version is None else tables.files_of(store / "tables" / table, version)


def _rows(table: str, files: Sequence[str], schema: int) -> Iterator[Row]:
    if not files:
        return
    order = "ORDER BY version, since, id" if table == "definitions" else ""
    with naming_damage({table: files}), open_connection() as connection:
        sql = f"SELECT {columns_of(table, schema)} FROM read_parquet(?) {order}"
        cursor = connection.execute(sql, [list(files)])
        names = [column[0] for column in cursor.description]
        yield from (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def in_force(versions: Iterable[Row], topics: Iterable[Row]) -> dict[str, int]:
    """Return topic -> number of its newest version, for the topics of a run."""
    newest = {str(row["id"]): int(str(row["version"])) for row in versions}
    return {str(topic["id"]): newest[str(topic["id"])] for topic in topics}


def versions_frame(store: Path, commit: Commit) -> pd.DataFrame:
    """Return all versions of all topics of a commit as a frame, `in_force` beside each."""
    versions = read_versions(store, commit)
    numbers = commit.definitions
    if commit.schema < 3:
        numbers = in_force(versions, read_topics(store, commit))
    frame = pa.Table.from_pylist(versions, DEFINITIONS).to_pandas()
    frame = frame.sort_values(["id", "version", "since"], ignore_index=True)
    wanted = [numbers.get(key) for key in frame["id"]]
    is_wanted = frame["version"] == pd.Series(wanted, dtype="Int64", index=frame.index)
    is_wanted = is_wanted.fillna(value=False).astype(bool)
    return frame.assign(in_force=is_wanted & ~frame["is_removed"].astype(bool))
