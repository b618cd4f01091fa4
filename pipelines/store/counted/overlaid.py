"""Corrections made by people in, the articles as a reader counts them out.

Of several corrections of one thing the latest holds; one without a value takes the former back.
Facts stay as they are beside it (`articles`), so that what was found can always be shown. The
rules:

1. What is said of one article goes before what is said of all of its outlet's domain, part by part:
   an article whose country was set keeps it where its domain gets another name.
2. A correction of a domain holds for the articles that come later, too. The domain is the one that
   the article was stored with.
3. The log of collection follows an outlet that gets another id with all its articles.
4. A hidden article is in none of the tables that are counted. It is in those of a reader that was
   opened for hidden articles only, so that what is left out can be counted by the same questions.
"""

import json

import duckdb
import pyarrow as pa

PARTS = ("id", "name", "domain", "country")  # of an outlet: what a correction may set
_COLUMNS = dict(
    zip(PARTS, ("outlet", "outlet_name", "outlet_domain", "outlet_country"), strict=True)
)

IN_FORCE = """
SELECT article_id, field, value FROM overlays
QUALIFY row_number() OVER (PARTITION BY article_id, field ORDER BY made_at DESC) = 1
    AND value IS NOT NULL
"""
_HIDDEN = f"""
CREATE TABLE hidden_article AS SELECT article_id FROM ({IN_FORCE}) WHERE field = 'hidden'
"""
_FETCHES = """
CREATE TABLE renamed AS
SELECT outlet AS was, any_value(id) AS id FROM articles
LEFT JOIN domain_outlet ON outlet_domain = said_of
GROUP BY outlet HAVING bool_and(id IS NOT NULL) AND count(DISTINCT id) = 1
"""
_OUTLETS = f"""
SELECT articles.* REPLACE ({
    ", ".join(
        f"coalesce(article_outlet.{part}, domain_outlet.{part}, {column}) AS {column}"
        for part, column in _COLUMNS.items()
    )
})
FROM articles LEFT JOIN article_outlet ON article_id = article_outlet.said_of
LEFT JOIN domain_outlet ON outlet_domain = domain_outlet.said_of"""
_ONLY = "article_id IN (SELECT article_id FROM hidden_article)"


def lay_over(connection: duckdb.DuckDBPyConnection, *, hidden: bool = False) -> None:
    """Make `corrected_articles` and `fetches`: the facts with the corrections in force laid over.

    `hidden_article` has the ids of hidden articles; they are left out, or with `hidden` all others.
    """
    said = connection.execute(IN_FORCE).fetchall()
    own = [(key, json.loads(value)) for key, field, value in said if field == "outlet"]
    parsed = [json.loads(value) for _, field, value in said if field == "domain"]
    of_domain = [(one["at"], one) for one in parsed]
    _lay_out(connection, "article_outlet", pa.int64(), own)
    _lay_out(connection, "domain_outlet", pa.string(), of_domain)
    connection.execute(_HIDDEN)
    any_hidden = any(field == "hidden" for _, field, _ in said)
    source = _OUTLETS if own or of_domain else "SELECT * FROM articles"
    only = _ONLY if hidden else f"NOT {_ONLY}" if any_hidden else "true"
    connection.execute(f"CREATE VIEW corrected_articles AS {source} WHERE {only}")
    _lay_out_fetches(connection, any_renamed=any("id" in one for one in parsed))


def _lay_out(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key_type: pa.DataType,
    said: list[tuple[object, dict[str, str]]],
) -> None:
    schema = pa.schema([("said_of", key_type), *((part, pa.string()) for part in PARTS)])
    rows = [{"said_of": key, **{part: one.get(part) for part in PARTS}} for key, one in said]
    connection.register("said", pa.Table.from_pylist(rows, schema))
    connection.execute(f"CREATE TABLE {table} AS SELECT * FROM said")
    connection.unregister("said")


def _lay_out_fetches(connection: duckdb.DuckDBPyConnection, *, any_renamed: bool) -> None:
    if not any_renamed:
        connection.execute("CREATE VIEW fetches AS SELECT * FROM stored_fetches")
        return
    connection.execute(_FETCHES)
    connection.execute(
        "CREATE VIEW fetches AS SELECT stored_fetches.* REPLACE (coalesce(id, outlet) AS outlet) "
        "FROM stored_fetches LEFT JOIN renamed ON outlet = was"
    )
