"""A commit's files in, the tables that questions are counted in out: views, then `current.py`.

A topic whose query changed is tagged again without touching what was written before: its new tags
stand in `retagged` and among the `mentions`, marked with the commit that made them (`tagged_in`).
`in_force` says from which commit on the tags of a topic are those of its definition; older ones,
and those of topics that are gone, are stale and in none of the tables.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import duckdb

from pipelines.hashing import hash63
from pipelines.store.counted import current
from pipelines.store.counted.overlaid import lay_over
from pipelines.store.files.schema import TABLES, columns_of

# number of the tables' form: goes up when `current.py` or `columns_file.py` makes others
_LAYOUT = 6
# Planning distinct counts anew took 5 of 14 ms of a small question, and of a large one a quarter of
# the work (entities of three years among a million articles: 365 ms of CPU, without it 274).
# A bar drawn after two seconds would stand in the middle of a CSV.
SETTINGS = """
SET TimeZone = 'UTC'; SET enable_progress_bar = false;
SET GLOBAL disabled_optimizers = 'distinct_aggregate_rewrite'
"""
# what holds stale rows too, and what names outlets as they were then
_STORED = {"mentions": "stored_mentions", "fetches": "stored_fetches"}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the tables are made of: files of each table, and which tags are in force.

    `generations` says for each topic in force which commit tagged it; in a store of before such
    marks (`schema` below 3) all tags of its topics are in force.
    """

    files: Mapping[str, list[str]]
    generations: Mapping[str, int]
    schema: int

    @property
    def name(self) -> str:
        """Return a name that no other content has."""
        tables = [f"{n}:{Path(p).name}" for n, ps in sorted(self.files.items()) for p in ps]
        marks = [f"{topic}:{number}" for topic, number in sorted(self.generations.items())]
        return f"{hash63(_LAYOUT, duckdb.__version__, self.schema, *tables, *marks):016x}.duckdb"

    def to_json(self) -> str:
        """Return it as text, without the folder of the store, which may be moved."""
        files = {table: [Path(path).name for path in paths] for table, paths in self.files.items()}
        return json.dumps({**asdict(self), "files": files})

    @classmethod
    def from_json(cls, text: str, store: Path) -> Self:
        """Return what `to_json` made a text of, as of the store in a folder."""
        read = json.loads(text)
        files = {
            table: [str(store / "tables" / table / name) for name in names]
            for table, names in read.pop("files").items()
        }
        return cls(files=files, **read)

    def rows(self, table: str, columns: str, paths: list[str] | None = None) -> str:
        """Return SQL for some columns of a stored table, or of some files of it."""
        found = list(self.files.get(table, [])) if paths is None else paths
        if not found:
            return f"SELECT {columns} FROM main.{_STORED.get(table, table)} WHERE false"
        stored = f"SELECT {columns_of(table, self.schema)} FROM read_parquet([{listed(found)}])"
        return f"SELECT {columns} FROM ({stored})"


def listed(texts: list[str]) -> str:
    """Return texts as SQL, with commas between."""
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def lay_out_tables(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, list[str]], schema: int
) -> None:
    """Make a view of each stored table, as it is: `mentions` is `stored_mentions`."""
    for name, columns in TABLES.items():
        view = _STORED.get(name, name)
        if files.get(name):
            paths = listed(files[name])
            select = f"SELECT {columns_of(name, schema)} FROM read_parquet([{paths}])"
            connection.execute(f"CREATE VIEW {view} AS {select}")
        else:
            connection.register("nothing", columns.empty_table())
            connection.execute(f"CREATE TABLE {view} AS SELECT * FROM nothing")


def show_files(
    connection: duckdb.DuckDBPyConnection, sources: Sources, *, hidden: bool = False
) -> None:
    """Make a view of each stored table, `in_force`, and the facts with corrections laid over."""
    lay_out_tables(connection, sources.files, sources.schema)
    lay_over(connection, hidden=hidden)
    if sources.schema < 3:
        connection.execute(
            "CREATE TABLE in_force AS SELECT id AS topic, 0::INT AS generation FROM topics"
        )
    else:
        connection.execute("CREATE TABLE in_force (topic VARCHAR, generation INT)")
        if sources.generations:
            rows = list(sources.generations.items())
            connection.executemany("INSERT INTO in_force VALUES (?, ?)", rows)
    connection.execute(current.MENTIONS)


def lay_out(connection: duckdb.DuckDBPyConnection, *, into: str = "") -> None:
    """Make `current` and `article_tag` in the database `into`, "" for that in memory."""
    for statement in current.CURRENT:
        connection.execute(statement.replace("{into}", into))
    if into:
        connection.execute(f"CREATE VIEW current AS SELECT * FROM {into}current")
    for statement in current.TAGGED:
        connection.execute(statement.replace("{into}", into))
    for name in current.DRAFTS:
        connection.execute(f"DROP TABLE {name}")
