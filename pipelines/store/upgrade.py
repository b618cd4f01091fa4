"""A store of an earlier Wirewatch in, the tables and the commit of this one out.

Schema 1 lacks the table of copies, which `Writer.complete_copies` makes. Schema 2 lacks what tells
which definition of a topic made a tag: its tags are those of commit 0, and the versions of its
topics are read off its commits. Old commits stay as they are, and are read as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.store import definitions, tables
from pipelines.store.commits import Commit
from pipelines.store.damage import naming_damage
from pipelines.store.schema import SCHEMA_VERSION, TABLES

_WITH_COLUMN = ("annotations", "mentions")  # that lack `tagged_in`
_BATCH = 50_000  # rows held at once


def upgraded_tables(
    store: Path, commit: Commit, files: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Write the tables that get a column anew; return the versions of those."""
    heads = {}
    for name in _WITH_COLUMN if commit.schema < 3 else ():
        if name in files:
            batches = _with_column(name, list(files[name]))
            reader = pa.RecordBatchReader.from_batches(TABLES[name], batches)
            heads[name] = tables.append(store / "tables" / name, reader, replace=True)
    return heads


def _with_column(name: str, files: list[str]) -> Iterator[pa.RecordBatch]:
    with naming_damage({name: files}), duckdb.connect() as connection:
        relation = connection.sql(
            "SELECT *, 0::INT AS tagged_in FROM read_parquet(?)", params=[files]
        )
        for batch in relation.to_arrow_reader(_BATCH):
            yield from pa.Table.from_batches([batch]).cast(TABLES[name]).to_batches()


def upgraded_commit(store: Path, commit: Commit) -> Commit:
    """Return the commit with all that an earlier Wirewatch did not say in it."""
    versions, topics = definitions.read_versions(store, commit), []
    if commit.schema < 3:
        topics = definitions.read_topics(store, commit)
    return replace(
        commit,
        schema=SCHEMA_VERSION,
        definitions=definitions.in_force(versions, topics),
        generations={str(topic["id"]): 0 for topic in topics},
    )
