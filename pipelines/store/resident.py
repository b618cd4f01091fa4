"""The tables a reader keeps in memory: current articles with their tags, nothing of their text.

`article` has one row per article, of its current version: the newest from the richest kind of
text, with the corrections people made laid over it (`overlaid.py`). Of a group of copies the
earliest article with a likely date is the original. It may have come later than a copy that began
the group: that copy then has the level at which the original joined. `article_tag` has one row per
article and tag (of kind `about` and `dateline` too: countries),
`furniture_span` one per place in a version's text where a learned line of furniture stands.

A topic whose query changed is tagged again without touching what was written before: its new tags
stand in `retagged` and among the `mentions`, marked with the commit that made them (`tagged_in`).
`in_force` says from which commit on the tags of a topic are those of its definition; older ones,
and those of topics that are gone, are stale and in none of the tables above.
"""

from collections.abc import Mapping
from contextlib import ExitStack

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.article import LIKELY
from pipelines.store.damage import naming_damage
from pipelines.store.overlaid import lay_over
from pipelines.store.schema import TABLES, columns_of

_ARTICLE = f"""
CREATE TABLE article AS
WITH ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY article_id
        ORDER BY list_position(['summary', 'feed_text', 'file', 'page'], text_source) DESC,
                 coalesce(fetched_at, first_seen_at) DESC, version DESC) AS newest,
        min(first_seen_at) OVER (PARTITION BY article_id) AS seen_first,
        count(*) OVER (PARTITION BY article_id) AS versions
    FROM corrected_articles
), corrected AS (
    SELECT article_id, value::DATE AS day FROM overlays WHERE field = 'published_day'
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY made_at DESC) = 1
), levels AS (
    SELECT article_id, nullif(max(copy_level), '') AS level FROM copies GROUP BY article_id
), grouped AS (
    SELECT ranked.* EXCLUDE (newest, seen_first, first_seen_at, published_at, published_day,
                             date_precision, date_source, date_confidence, date_evidence),
        ranked.seen_first AS first_seen_at,
        CASE WHEN corrected.day IS NULL THEN published_at END AS published_at,
        coalesce(corrected.day, published_day) AS published_day,
        CASE WHEN corrected.day IS NULL THEN date_precision ELSE 'day' END AS date_precision,
        CASE WHEN corrected.day IS NULL THEN date_source ELSE 'set by user' END AS date_source,
        CASE WHEN corrected.day IS NULL THEN date_confidence ELSE 1.0 END AS date_confidence,
        annotations.syndication_id, about, dateline
    FROM ranked
    JOIN annotations USING (article_id, version)
    LEFT JOIN corrected USING (article_id)
    WHERE newest = 1
)
SELECT * EXCLUDE (level, original, original_level),
    nullif(original, article_id) AS copy_of,
    CASE WHEN original = article_id THEN '' ELSE coalesce(level, original_level, 'exact') END
        AS copy_level
FROM (
    SELECT grouped.*, level, first_value(article_id) OVER earliest AS original,
        first_value(level) OVER earliest AS original_level
    FROM grouped LEFT JOIN levels USING (article_id)
    WINDOW earliest AS (
        PARTITION BY syndication_id
        ORDER BY date_confidence >= {LIKELY} DESC, published_day NULLS LAST,
                 published_at NULLS LAST, first_seen_at, article_id)
)
"""

_ARTICLE_TAG = """
CREATE TABLE article_tag AS
WITH tagged AS (
    SELECT article_id, version, 'entity' AS kind, unnest(entities) AS tag FROM annotations
    UNION ALL
    SELECT article_id, version, 'country', unnest(countries) FROM annotations
    UNION ALL
    SELECT article_id, version, 'about',
        unnest(list_filter(countries, lambda one: list_contains(about, one.id))) FROM annotations
    UNION ALL
    SELECT article_id, version, 'dateline', {'id': dateline, 'n': 1, 'n_headline': 0}
    FROM annotations WHERE dateline <> ''
), topics AS (
    SELECT article_id, version, tagged_in, unnest(topics) AS tag FROM annotations
), counted AS (
    SELECT article_id, version, kind, tag.id AS tag, tag.n AS n, tag.n_headline AS n_headline
    FROM tagged
    UNION ALL
    SELECT article_id, version, 'topic', tag.id, tag.n, tag.n_headline
    FROM topics JOIN in_force ON tag.id = topic AND tagged_in >= generation
    UNION ALL
    SELECT article_id, version, 'topic', topic, n, retagged.n_headline
    FROM retagged JOIN in_force USING (topic)
    JOIN annotations USING (article_id, version)
    WHERE retagged.tagged_in = generation AND annotations.tagged_in < generation
)
SELECT article_id, kind, tag, n, n_headline FROM counted JOIN article USING (article_id, version)
"""

_MENTIONS = """
CREATE VIEW mentions AS
SELECT stored.* FROM stored_mentions AS stored LEFT JOIN in_force ON tag = topic
WHERE kind <> 'topic' OR tagged_in >= generation
"""

_MENTION = """
CREATE VIEW mention AS
SELECT mentions.* FROM mentions JOIN article USING (article_id, version)
"""

_QUOTE = """
CREATE VIEW quote AS
SELECT quotes.* FROM quotes JOIN article USING (article_id, version)
"""

_FURNITURE_SPAN = """
CREATE TABLE furniture_span AS
SELECT article_id, version, start, "end" FROM lines JOIN furniture USING (line_key)
WHERE NOT counts
"""

_SETTINGS = "SET TimeZone = 'UTC'"


def connect(
    files: dict[str, list[str]],
    generations: Mapping[str, int],
    schema: int,
    *,
    hidden: bool = False,
) -> duckdb.DuckDBPyConnection:
    """Return a database over `files` (table -> Parquet files), resident tables built.

    `generations` says for each topic in force which commit tagged it; in a store of before such
    marks (`schema` below 3) all tags of its topics are in force. With `hidden` the articles are
    those that people hid, and no others. Raises StoreDamaged naming the file that cannot be read.
    """
    connection = duckdb.connect()
    connection.execute(_SETTINGS)
    with ExitStack() as stack:
        stack.callback(connection.close)
        stack.enter_context(naming_damage(files))
        lay_out_tables(connection, files, schema)
        _lay_out_in_force(connection, generations if schema >= 3 else None)
        lay_over(connection, hidden=hidden)
        for statement in (_ARTICLE, _ARTICLE_TAG, _MENTIONS, _MENTION, _QUOTE, _FURNITURE_SPAN):
            connection.execute(statement)
        stack.pop_all()  # all went well: it stays open
    return connection


def lay_out_tables(
    connection: duckdb.DuckDBPyConnection, files: dict[str, list[str]], schema: int
) -> None:
    """Make a view of each stored table, as it is: `mentions` is `stored_mentions`."""
    for name, columns in TABLES.items():
        view = _STORED.get(name, name)
        if files.get(name):
            paths = ", ".join("'" + path.replace("'", "''") + "'" for path in files[name])
            select = f"SELECT {columns_of(name, schema)} FROM read_parquet([{paths}])"
            connection.execute(f"CREATE VIEW {view} AS {select}")
        else:
            connection.register("nothing", columns.empty_table())
            connection.execute(f"CREATE TABLE {view} AS SELECT * FROM nothing")


# what holds stale rows too, and what names outlets as they were then
_STORED = {"mentions": "stored_mentions", "fetches": "stored_fetches"}


def _lay_out_in_force(
    connection: duckdb.DuckDBPyConnection, generations: Mapping[str, int] | None
) -> None:
    if generations is None:
        connection.execute(
            "CREATE TABLE in_force AS SELECT id AS topic, 0::INT AS generation FROM topics"
        )
        return
    connection.execute("CREATE TABLE in_force (topic VARCHAR, generation INT)")
    if generations:
        connection.executemany("INSERT INTO in_force VALUES (?, ?)", list(generations.items()))


def to_frame(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return a relation as a frame; 64-bit integers stay integers where values are missing.

    As floats they would lose the last digits of an article id.
    """
    types = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = rows.to_arrow_table().to_pandas(types_mapper=types.get)
    return frame
