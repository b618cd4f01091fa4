"""What must hold between the tables of a commit: each law with the SQL that finds its breaches."""

import duckdb

from pipelines.store.files.commits import Commit
from pipelines.store.files.schema import OUTCOME_COLUMNS

_KEY = "article_id, version"


def _twice(table: str, key: str = _KEY) -> str:
    return f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1"


def _without(table: str, other: str) -> str:
    return f"SELECT DISTINCT {_KEY} FROM {table} ANTI JOIN {other} USING ({_KEY})"


def _outside(table: str) -> str:
    """Select the spans of a table that do not lie within their text, in code points."""
    sizes = f"(SELECT {_KEY}, length(text) AS size FROM texts)"
    inside = '0 <= start AND start < "end" AND "end" <= size'
    return f"SELECT {_KEY}, start FROM {table} JOIN {sizes} USING ({_KEY}) WHERE NOT ({inside})"


# What is said of a breach -> its rows.
LAWS = {
    "versions that are twice in articles": _twice("articles"),
    "versions that are twice in texts": _twice("texts"),
    "versions that are twice in annotations": _twice("annotations"),
    "fetches that are twice in the log": _twice("stored_fetches", "fetch_id"),
    "versions without their text": _without("articles", "texts"),
    "texts without their article": _without("texts", "articles"),
    "versions without their tags": _without("articles", "annotations"),
    **{
        f"rows of {table.removeprefix('stored_')} without their article": _without(
            table, "articles"
        )
        for table in ("annotations", "stored_mentions", "quotes", "retagged", "lines", "copies")
    },
    "captures whose article is not there": (
        "SELECT DISTINCT article_id, version FROM captures ANTI JOIN articles"
        " USING (article_id, version) WHERE outcome IN ('stored', 'enriched', 'edited')"
    ),
    **{
        f"{table.removeprefix('stored_')} outside their text": _outside(table)
        for table in ("stored_mentions", "quotes", "lines")
    },
    "fetches whose outcomes do not add up": (
        f"SELECT fetch_id FROM stored_fetches WHERE entries <> {' + '.join(OUTCOME_COLUMNS)}"
    ),
}


def breaches(connection: duckdb.DuckDBPyConnection, commit: Commit) -> list[str]:
    """Return in words each law that does not hold in a commit, with how often and an example.

    The connection has the commit's tables as `layout.lay_out_tables` makes them.
    """
    found = []
    for said, sql in LAWS.items():
        if count := connection.execute(f"SELECT count(*) FROM ({sql})").fetchall()[0][0]:
            example = connection.execute(f"{sql} LIMIT 1").fetchall()[0]
            found.append(f"{said}: {count}, such as {', '.join(map(str, example))}")
    return found + _of_topics(connection, commit)


def _of_topics(connection: duckdb.DuckDBPyConnection, commit: Commit) -> list[str]:
    """Return where the commit and its tables disagree on definitions of topics."""
    known = set(connection.execute("SELECT id, version FROM definitions").fetchall())
    lost = sorted(set(commit.definitions.items()) - known) if commit.schema >= 3 else []
    found = [f"topic {topic} has no definition {number}" for topic, number in lost]
    for table in ("annotations", "stored_mentions", "retagged"):
        sql = f"SELECT count(*) FROM {table} WHERE tagged_in > ?"
        if count := connection.execute(sql, [commit.version]).fetchall()[0][0]:
            found.append(f"rows of {table.removeprefix('stored_')} from a later version: {count}")
    return found
