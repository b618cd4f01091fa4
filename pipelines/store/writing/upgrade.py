"""A store of an earlier Wirewatch in, the tables and the commit of this one out.

Schema 1 lacks the table of copies, which `Writer.complete_copies` makes. Schema 2 lacks what tells
which definition of a topic made a tag: its tags are those of commit 0, and the versions of its
topics are read off its commits. Schema 3 lacks names, quotes and what an article is about: they are
empty until the next ingest tags all texts again. Schema 4 lacks what came with a capture beside its
bytes: for those it stays unknown. Schema 5 lacks who changed a topic: nobody was asked. Old commits
are read as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from pipelines.store.files import tables
from pipelines.store.files.commits import Commit
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.files.schema import SCHEMA_VERSION, TABLES, columns_of, lacks_columns
from pipelines.store.writing import definitions

_BATCH = 50_000  # rows held at once
_BATCHES = {"captures": 500}  # a row is a whole page


def upgraded_tables(
    store: Path, commit: Commit, files: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Write the tables that get a column anew; return the versions of those."""
    heads = {}
    for name in files:
        if lacks_columns(name, commit.schema):
            batches = _with_columns(name, list(files[name]), commit.schema)
            reader = pa.RecordBatchReader.from_batches(TABLES[name], batches)
            heads[name] = tables.append(store / "tables" / name, reader, replace=True)
    return heads


def _with_columns(name: str, files: list[str], schema: int) -> Iterator[pa.RecordBatch]:
    with naming_damage({name: files}), open_connection() as connection:
        sql = f"SELECT {columns_of(name, schema)} FROM read_parquet(?)"
        relation = connection.sql(sql, params=[files])
        for batch in relation.to_arrow_reader(_BATCHES.get(name, _BATCH)):
            yield from pa.Table.from_batches([batch]).cast(TABLES[name]).to_batches()


def upgraded_commit(store: Path, commit: Commit) -> Commit:
    """Return the commit with all that an earlier Wirewatch did not say in it."""
    if commit.schema >= 3:
        return replace(commit, schema=SCHEMA_VERSION)
    versions = definitions.read_versions(store, commit)
    topics = definitions.read_topics(store, commit)
    return replace(
        commit,
        schema=SCHEMA_VERSION,
        definitions=definitions.in_force(versions, topics),
        generations={str(topic["id"]): 0 for topic in topics},
    )
