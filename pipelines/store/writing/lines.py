"""The lines of a store's articles in, how they repeat out: what furniture is learned from.

The `lines` table has one row for each line of each stored version; nothing of it is held in memory.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.furniture import FEWEST_ARTICLES, METHOD, Repeats
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection

Files = Mapping[str, Sequence[str]]

# A place is beside the line before or the line after; a long line is also looked for anywhere.
# Nearly all lines stand in one article only; they are gone before anything dear is asked.
_REPEATS = """
WITH candidates AS (
    SELECT line_key, count(DISTINCT article_id) AS anywhere FROM read_parquet($lines)
    WHERE line_key IN (SELECT line_key FROM read_parquet($lines) GROUP BY line_key
                       HAVING min(article_id) <> max(article_id))
    GROUP BY line_key HAVING anywhere >= $fewest),
candidate AS (
    SELECT DISTINCT outlet, line_key, article_id, day, is_long, before, after, anywhere
    FROM read_parquet($lines) JOIN candidates USING (line_key)),
placed AS (
    SELECT *, 'anywhere' AS side, 0 AS neighbour FROM candidate WHERE is_long
    UNION ALL SELECT *, 'before', before FROM candidate
    UNION ALL SELECT *, 'after', after FROM candidate),
repeated AS (
    SELECT outlet, line_key, side, any_value(is_long) AS is_long, any_value(anywhere) AS anywhere,
        count(DISTINCT article_id) AS articles, min(day) AS first_day, max(day) AS last_day
    FROM placed GROUP BY outlet, line_key, side, neighbour HAVING articles >= $fewest),
published AS (
    SELECT outlet, day, count(*) AS n
    FROM (SELECT outlet, min(day) AS day FROM read_parquet($lines) GROUP BY outlet, article_id)
    GROUP BY outlet, day),
outlets AS (SELECT outlet, sum(n) AS n FROM published GROUP BY outlet)
SELECT line_key, outlet, is_long, side <> 'anywhere', articles, anywhere, first_day, last_day,
    (SELECT coalesce(sum(n), 0) FROM published WHERE published.outlet = repeated.outlet
        AND (day IS NULL OR day BETWEEN first_day AND last_day)),
    outlets.n
FROM repeated JOIN outlets USING (outlet)
"""
_HOLDERS = """
SELECT DISTINCT article_id FROM read_parquet($lines) WHERE line_key IN (SELECT unnest($keys))
ORDER BY article_id
"""
_METHODS = "SELECT DISTINCT method FROM read_parquet($lines)"
_LEARNED = "SELECT line_key, outlet, since, counts FROM read_parquet($furniture)"
_SET_BY_HAND = """
SELECT article_id FROM read_parquet($overlays) WHERE field = 'line'
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY made_at DESC) = 1
    AND value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class LearnedLine:
    """A line that is furniture of its outlet."""

    key: int
    outlet: str  # id
    since: datetime  # UTC, the run that learned it
    counts: bool  # a person says that it is no furniture


def repeated_lines(files: Files) -> Iterator[tuple[int, str, Repeats]]:
    """Yield key, outlet and repeats of every line and place that are in enough articles."""
    for key, outlet, *numbers in _rows(files, "lines", _REPEATS, fewest=FEWEST_ARTICLES):
        yield int(str(key)), str(outlet), Repeats(*numbers)  # type: ignore[arg-type]  # as selected


def holders(files: Files, keys: Collection[int]) -> list[int]:
    """Return the ids of the articles that have one of these lines, in any version."""
    return [int(str(row[0])) for row in _rows(files, "lines", _HOLDERS, keys=sorted(keys))]


def has_lines(files: Files) -> bool:
    """Return whether the lines of every article are there, made by the method in force."""
    return "lines" in files and _rows(files, "lines", _METHODS) in ([], [(METHOD,)])


def learned_lines(files: Files) -> dict[int, LearnedLine]:
    """Return the lines the store has learned, by key."""
    found = [LearnedLine(*row) for row in _rows(files, "furniture", _LEARNED)]  # type: ignore[arg-type]  # as selected
    return {line.key: line for line in found}


def lines_set_to_count(files: Files) -> set[int]:
    """Return the keys of the lines that a person says are no furniture."""
    return {int(str(row[0])) for row in _rows(files, "overlays", _SET_BY_HAND)}


def _rows(files: Files, table: str, sql: str, **values: object) -> list[tuple[object, ...]]:
    """Return the rows of a question to one table; none where the store does not have it yet."""
    if not files.get(table):
        return []
    with naming_damage(files), open_connection() as connection:
        return connection.execute(sql, {table: list(files[table]), **values}).fetchall()
