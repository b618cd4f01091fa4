"""The sources of two versions of counting tables in, the articles that differ between them out.

An article differs where its own rows do: a version came, was tagged again, or a person corrected,
hid or showed it; where a query that was changed finds it or found it; or where that is true of a
copy of its text, since copies know each other. Rows are compared by what names them: a file that
only one of the versions has may be joined of files that the other has. Evidence is not compared:
it is written with the tags that it proves.

The connection has the tables of the later version (`layout.py`) and those of the other as `kept`.
"""

import json
from pathlib import Path

import duckdb

from pipelines.store.counted.layout import Sources, listed

# What names a row, of the tables that are made part of the counting tables.
_KEYS = {
    "articles": "article_id, version",
    "annotations": "article_id, version, tagged_in",
    "retagged": "article_id, version, topic, tagged_in",
    "copies": "article_id, version, copy_level",
}
_OVERLAYS = "article_id, field, value, made_at"
_LINES = "article_id, version, line_key, start"
_FURNITURE = "line_key, counts"


def find_changes(connection: duckdb.DuckDBPyConnection, old: Sources, new: Sources) -> None:
    """Make tables of ids: `changed` articles, `touched` ones (and copies), `lined` ones.

    Of the last the lines that count differ. Raises duckdb.IOException where a file is gone.
    """
    connection.execute("CREATE TEMP TABLE changed (article_id BIGINT)")
    for table, keys in _KEYS.items():
        _add(connection, f"SELECT article_id FROM ({_different(table, keys, old, new)})")
    _add_corrected(connection, old, new)
    topics = sorted({one for one, _ in {*old.generations.items()} ^ {*new.generations.items()}})
    if topics:
        _add(connection, _TAGGED.format(topics=listed(topics)))
    connection.execute(_TOUCHED)
    connection.execute(f"CREATE TEMP TABLE lined AS {_lined(old, new)}")


def _add(connection: duckdb.DuckDBPyConnection, ids: str) -> None:
    connection.execute(
        f"""INSERT INTO changed SELECT DISTINCT article_id FROM ({ids})
        WHERE article_id NOT IN (SELECT article_id FROM changed)"""
    )


def _different(table: str, columns: str, old: Sources, new: Sources) -> str:
    """Return SQL for the rows that only one of the versions has."""
    before, after = ({Path(p).name: p for p in one.files.get(table, [])} for one in (old, new))
    gone = new.rows(table, columns, [p for name, p in before.items() if name not in after])
    come = new.rows(table, columns, [p for name, p in after.items() if name not in before])
    return f"(({gone}) EXCEPT ({come})) UNION ALL (({come}) EXCEPT ({gone}))"


def _add_corrected(connection: duckdb.DuckDBPyConnection, old: Sources, new: Sources) -> None:
    """Add the articles that people said something of, and those of the domains that they did."""
    rows = connection.execute(_different("overlays", _OVERLAYS, old, new)).fetchall()
    ids = [row[0] for row in rows if row[1] != "domain"]  # or the key of a line, which is none
    keys = {row[0] for row in rows if row[1] == "domain"}
    if ids:
        _add(connection, f"SELECT unnest([{', '.join(map(str, ids))}]) AS article_id")
    if keys:
        said = f"({old.rows('overlays', _OVERLAYS)}) UNION ({new.rows('overlays', _OVERLAYS)})"
        domains = {
            str(json.loads(value)["at"])
            for key, field, value, _ in connection.execute(said).fetchall()
            if field == "domain" and key in keys and value is not None
        }
        of_domains = f"outlet_domain IN ({listed(sorted(domains))})"
        _add(connection, f"SELECT article_id FROM main.articles WHERE {of_domains}")


# Whom a topic names in either version; the second and third also where this one is the earlier.
_TAGGED = """
SELECT article_id FROM kept.article_tag JOIN kept.current USING (number)
    WHERE kind = 'topic' AND tag IN ({topics})
UNION ALL
SELECT article_id FROM main.retagged JOIN in_force USING (topic)
    WHERE topic IN ({topics}) AND tagged_in = generation
UNION ALL
SELECT article_id FROM main.annotations
    JOIN (SELECT list(topic) AS wanted, min(generation) AS since FROM in_force
          WHERE topic IN ({topics})) ON tagged_in >= since
    WHERE list_has_any([one.id FOR one IN topics], wanted)
"""

_TOUCHED = """
CREATE TEMP TABLE touched AS
WITH mine AS (
    SELECT syndication_id FROM main.annotations
    WHERE article_id IN (SELECT article_id FROM changed)
    UNION
    SELECT syndication_id FROM kept.current WHERE article_id IN (SELECT article_id FROM changed)
)
SELECT article_id FROM changed
UNION
SELECT article_id FROM kept.current WHERE syndication_id IN (SELECT syndication_id FROM mine)
"""


def _lined(old: Sources, new: Sources) -> str:
    lines = _different("lines", _LINES, old, new)
    learned = _different("furniture", _FURNITURE, old, new)
    return f"""
        SELECT DISTINCT article_id FROM ({lines})
        UNION
        SELECT DISTINCT article_id FROM main.lines
        WHERE line_key IN (SELECT line_key FROM ({learned}))
        UNION
        SELECT DISTINCT article_id FROM ({old.rows("lines", "article_id, line_key")})
        WHERE line_key IN (SELECT line_key FROM ({learned}))"""
