"""pandas, polars, SQLite and bare memory over a drawn store's articles, asked the same questions.

Each is given the current articles as flat tables that need no working out: the day on which an
article is placed, empty where it is on none, and one row per article and tag with that day beside
it. The limit is what reading the needed columns once takes, from memory or from a file.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from pipelines.store import Store

try:
    import polars as pl
except ImportError:  # only .venv-bench has it, see store_peers.txt
    pl = None

Days = dict[int, int]  # day since 1970 -> articles; other answers have other keys

_EPOCH = date(1970, 1, 1).toordinal()
_MOST = 2_000_000  # articles
_ARTICLES = """
COPY (SELECT number AS ordinal, article_id, outlet_country,
          CASE WHEN surely_placed THEN utc_day - DATE '1970-01-01' END::INT AS day
      FROM current ORDER BY number) TO '{path}' (FORMAT parquet)
"""
_TAGS = """
COPY (SELECT kind, tag, number AS ordinal, outlet_country,
          CASE WHEN surely_placed THEN utc_day - DATE '1970-01-01' END::INT AS day
      FROM article_tag JOIN current USING (number) WHERE kind IN ('topic', 'country', 'entity')
      ORDER BY kind, tag, ordinal) TO '{path}' (FORMAT parquet)
"""


@dataclass(frozen=True)
class Asked:
    """What the questions are about."""

    topic: str = "topica"
    country: str = "US"
    since: int = 0  # the days from this one on


def write_flat(store: Store, folder: Path) -> None:
    """Write articles.parquet and tags.parquet of a store."""
    folder.mkdir(parents=True, exist_ok=True)
    with store._connection.cursor() as cursor:
        cursor.execute(_ARTICLES.format(path=folder / "articles.parquet"))
        cursor.execute(_TAGS.format(path=folder / "tags.parquet"))


def by_day(counts: pd.DataFrame) -> Days:
    """Return the placed articles of `Store.counts` or `Store.totals` by day."""
    columns = (counts[name].tolist() for name in ("placement", "bucket", "articles"))
    rows = zip(*columns, strict=True)
    return {day.toordinal() - _EPOCH: n for placement, day, n in rows if placement == "placed"}


class Pandas:
    """Frames in memory with categories."""

    name = "pandas, in memory"

    def __init__(self, folder: Path) -> None:
        self.articles = pd.read_parquet(folder / "articles.parquet")
        self.tags = pq.read_table(folder / "tags.parquet", read_dictionary=["kind", "tag"])
        frame = self.tags.to_pandas()
        frame["outlet_country"] = frame["outlet_country"].astype("category")
        self.articles["outlet_country"] = self.articles["outlet_country"].astype("category")
        self.kinds = {kind: rows for kind, rows in frame.groupby("kind", observed=True)}
        for rows in self.kinds.values():
            rows["tag"] = rows["tag"].cat.remove_unused_categories()
        self.tags = frame

    def topic(self, asked: Asked) -> Days:
        rows = self.kinds["topic"]
        return _counted(rows.loc[rows["tag"] == asked.topic, "day"])

    def chart(self, asked: Asked) -> Days:
        rows = self.kinds["topic"]
        here = (rows["tag"] == asked.topic) & (rows["outlet_country"] == asked.country)
        total = self.articles
        totals = _counted(total.loc[total["outlet_country"] == asked.country, "day"])
        return {day: 10**7 * totals[day] + n for day, n in _counted(rows.loc[here, "day"]).items()}

    def share(self, asked: Asked) -> Days:
        totals = _counted(self.articles["day"])
        return {day: 10**7 * totals[day] + n for day, n in self.topic(asked).items()}

    def map(self, asked: Asked) -> Mapping[str, int]:
        topics, lands = self.kinds["topic"], self.kinds["country"]
        placed = topics.loc[(topics["tag"] == asked.topic) & topics["day"].notna(), "ordinal"]
        found = lands.loc[lands["ordinal"].isin(placed), "tag"].value_counts()
        return {str(tag): int(n) for tag, n in found.items() if n}

    def top(self, asked: Asked) -> Mapping[str, int]:
        rows = self.kinds["entity"]
        found = rows.loc[rows["day"] >= asked.since, "tag"].value_counts()
        return {str(tag): int(n) for tag, n in found.items() if n}

    def latest(self, asked: Asked) -> list[int]:
        rows = self.kinds["topic"]
        rows = rows[rows["tag"] == asked.topic].nlargest(50, "day")
        return sorted(rows["day"].astype(int))


def _counted(days: pd.Series) -> Days:
    return {int(day): int(n) for day, n in days.value_counts().items()}


class Polars:
    """Lazy scans of the Parquet files, read anew with each question."""

    name = "polars, from files"

    def __init__(self, folder: Path) -> None:
        self.articles = pl.scan_parquet(folder / "articles.parquet")
        self.tags = pl.scan_parquet(folder / "tags.parquet")

    def _topic(self, asked: Asked):
        is_topic = (pl.col("kind") == "topic") & (pl.col("tag") == asked.topic)
        return self.tags.filter(is_topic)

    def topic(self, asked: Asked) -> Days:
        return _by_day(self._topic(asked))

    def chart(self, asked: Asked) -> Days:
        here = pl.col("outlet_country") == asked.country
        totals = _by_day(self.articles.filter(here))
        return {
            d: 10**7 * totals[d] + n for d, n in _by_day(self._topic(asked).filter(here)).items()
        }

    def share(self, asked: Asked) -> Days:
        totals = _by_day(self.articles)
        return {day: 10**7 * totals[day] + n for day, n in self.topic(asked).items()}

    def map(self, asked: Asked) -> Mapping[str, int]:
        placed = self._topic(asked).filter(pl.col("day").is_not_null()).select("ordinal")
        lands = self.tags.filter(pl.col("kind") == "country")
        return _by(lands.join(placed, on="ordinal", how="semi"), "tag")

    def top(self, asked: Asked) -> Mapping[str, int]:
        recent = (pl.col("kind") == "entity") & (pl.col("day") >= asked.since)
        return _by(self.tags.filter(recent), "tag")

    def latest(self, asked: Asked) -> list[int]:
        rows = self._topic(asked).filter(pl.col("day").is_not_null()).select("day")
        return sorted(rows.sort("day").tail(50).collect()["day"].to_list())


def _by_day(rows) -> Days:
    return _by(rows.filter(pl.col("day").is_not_null()), "day")


def _by(rows, column: str) -> dict:
    found = rows.group_by(column).agg(pl.len()).collect()
    return dict(zip(*found.to_dict(as_series=False).values(), strict=True))


class Sqlite:
    """Two tables with an index for each question."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        path = folder / "flat.db"
        is_new = not path.exists()
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA cache_size = -400000")
        if is_new:
            self._fill(folder)

    def _fill(self, folder: Path) -> None:
        self.connection.executescript(
            """PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            CREATE TABLE article (ordinal INTEGER PRIMARY KEY, id INT, country TEXT, day INT);
            CREATE TABLE tagged (kind TEXT, tag TEXT, ordinal INT, country TEXT, day INT);"""
        )
        for name, table in (("articles", "article"), ("tags", "tagged")):
            for batch in pq.ParquetFile(folder / f"{name}.parquet").iter_batches():
                marks = ", ".join("?" * batch.num_columns)
                rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
                self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self.connection.executescript(
            """CREATE INDEX by_country ON article (country, day);
            CREATE INDEX by_day ON article (day);
            CREATE INDEX by_tag ON tagged (kind, tag, country, day, ordinal);
            CREATE INDEX by_article ON tagged (ordinal, kind, tag);
            CREATE INDEX by_kind ON tagged (kind, day, tag); ANALYZE;"""
        )

    def _asked(self, sql: str, *values: object) -> dict:
        return dict(self.connection.execute(sql, values).fetchall())

    def topic(self, asked: Asked) -> Days:
        return self._asked(
            """SELECT day, count(*) FROM tagged WHERE kind = 'topic' AND tag = ?
            AND day IS NOT NULL GROUP BY day""",
            asked.topic,
        )

    def chart(self, asked: Asked) -> Days:
        totals = self._asked(
            "SELECT day, count(*) FROM article WHERE country = ? GROUP BY day", asked.country
        )
        found = self._asked(
            """SELECT day, count(*) FROM tagged WHERE kind = 'topic' AND tag = ? AND country = ?
            AND day IS NOT NULL GROUP BY day""",
            asked.topic,
            asked.country,
        )
        return {day: 10**7 * totals[day] + n for day, n in found.items()}

    def share(self, asked: Asked) -> Days:
        totals = self._asked("SELECT day, count(*) FROM article GROUP BY day")
        return {day: 10**7 * totals[day] + n for day, n in self.topic(asked).items()}

    def map(self, asked: Asked) -> Mapping[str, int]:
        return self._asked(
            """SELECT land.tag, count(*) FROM tagged JOIN tagged AS land USING (ordinal)
            WHERE tagged.kind = 'topic' AND tagged.tag = ? AND tagged.day IS NOT NULL
            AND land.kind = 'country' GROUP BY land.tag""",
            asked.topic,
        )

    def top(self, asked: Asked) -> Mapping[str, int]:
        return self._asked(
            "SELECT tag, count(*) FROM tagged WHERE kind = 'entity' AND day >= ? GROUP BY tag",
            asked.since,
        )

    def latest(self, asked: Asked) -> list[int]:
        sql = """SELECT day FROM tagged WHERE kind = 'topic' AND tag = ? AND day IS NOT NULL
            ORDER BY day DESC LIMIT 50"""
        return sorted(day for (day,) in self.connection.execute(sql, [asked.topic]).fetchall())


def rivals_in(folder: Path) -> list[object]:
    """Return all rivals that can be had, over the flat tables of a folder.

    Of ten million articles with 160 million tags pandas' frames would take half of the memory, and
    filling SQLite hours: polars alone is asked.
    """
    others = [Polars(folder)] if pl else []
    return others if is_too_large(folder) else [Pandas(folder), *others, Sqlite(folder)]


def is_too_large(folder: Path) -> bool:
    """Return whether the flat tables are too large for pandas and SQLite."""
    return pq.ParquetFile(folder / "articles.parquet").metadata.num_rows > _MOST


class Limit:
    """Reading once, from memory, the columns a question needs; the answer is of no use."""

    name = "limit: memory"

    def __init__(self, folder: Path) -> None:
        tags = pq.read_table(folder / "tags.parquet", read_dictionary=["kind", "tag"])
        articles = pq.read_table(folder / "articles.parquet")
        n = len(articles)
        self.day, self.country = np.ones(n, np.int16), np.ones(n, np.int8)
        frame = tags.select(["kind", "day"]).to_pandas()
        self.of = {k: int(v) for k, v in frame["kind"].value_counts().items()}
        recent = frame.loc[frame["kind"] == "entity", "day"]
        self.recent = np.ones(int((recent >= recent.max() - 90).sum()), np.int32)
        self.columns = {k: np.ones(v, np.int32) for k, v in self.of.items() if k != "entity"}

    def topic(self, asked: Asked) -> int:
        return int(self.columns["topic"].max())

    def chart(self, asked: Asked) -> int:
        return self.topic(asked) + int(self.day.max()) + int(self.country.max())

    def share(self, asked: Asked) -> int:
        return self.topic(asked) + int(self.day.max())

    def map(self, asked: Asked) -> int:
        return self.topic(asked) + int(self.columns["country"].max())

    def top(self, asked: Asked) -> int:
        return int(self.recent.max())

    def latest(self, asked: Asked) -> int:
        return self.topic(asked)


class DiskLimit:
    """Reading the columns a question needs from their files, in the page cache or not."""

    name = "limit: files"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _read(self, *wanted: tuple[str, list[str]]) -> int:
        tables = (pq.read_table(self.folder / f"{name}.parquet", columns=c) for name, c in wanted)
        return sum(len(table) for table in tables)

    def topic(self, asked: Asked) -> int:
        table = pq.read_table(
            self.folder / "tags.parquet", columns=["day"], filters=[("kind", "=", "topic")]
        )
        return len(table)

    def chart(self, asked: Asked) -> int:
        return self.topic(asked) + self._read(("articles", ["outlet_country", "day"]))

    def share(self, asked: Asked) -> int:
        return self.topic(asked) + self._read(("articles", ["day"]))
