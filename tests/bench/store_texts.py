"""A word to its count by day and the sentences of the newest twenty: ours, FTS5, pandas.

FTS5 has the current texts and their days in one table; pandas reads them from a CSV file and looks
through all, as one would without an index. Each round asks for another word, so that no one
answers from what it kept.
"""

import re
import sqlite3
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.query import Interval, Query
from pipelines.store import Store
from pipelines.store.fulltext.update import rebuild_index
from tests.bench.store_drawing import draw_words
from tests.bench.store_rivals import Days, by_day
from tests.bench.store_table import Line, timed

TITLE = "a word to counts by day and 20 sentences"
_NEWEST = 20
_RANKS = range(900, 1_300, 7)  # of the words: each is in about one article of 160
_TEXTS = """
COPY (SELECT CASE WHEN surely_placed THEN utc_day - DATE '1970-01-01' END::INT AS day, text
      FROM current JOIN texts USING (article_id, version)) TO '{path}' (FORMAT csv, HEADER)
"""


def text_line(store: Store, folder: Path, rounds: int) -> Line:
    """Return the line; the index and the rivals' files are made where they are not there."""
    rebuild_index(store.path)
    path = folder / "texts.csv"
    if not path.exists():
        with store._connection.cursor() as cursor:
            cursor.execute(_TEXTS.format(path=path))
    rivals = {"SQLite FTS5": _Fts5(folder, path), "pandas, CSV and contains": _Csv(path)}
    askers = {"ours": partial(_ours, store), **{name: one.ask for name, one in rivals.items()}}
    for word in (next(_words()), "topicb"):
        answers = {name: ask(word) for name, ask in askers.items()}
        assert all(one == answers["ours"] for one in answers.values()), f"{word}: answers differ"
    calls = {name: partial(_next, ask, _words()) for name, ask in askers.items()}
    return timed(TITLE, calls, rounds=min(rounds, 5))


def _words() -> Iterator[str]:
    """Yield words of the drawn texts, over and over."""
    tokens = draw_words(np.random.default_rng(0)).tokens
    return cycle([tokens[rank].as_py() for rank in _RANKS])


def _next(ask, words: Iterator[str]) -> None:
    ask(next(words))


def _ours(store: Store, word: str) -> tuple[Days, int]:
    query = Query(text=f'="{word}"', interval=Interval.DAY)
    days = by_day(store.counts(query))
    return days, store.mentions(query, newest=_NEWEST)["article_id"].nunique()


class _Fts5:
    """One table of texts, with the day beside."""

    def __init__(self, folder: Path, path: Path) -> None:
        database = folder / "texts.db"
        is_new = not database.exists()
        self.connection = sqlite3.connect(database)
        if is_new:
            self.connection.execute("CREATE VIRTUAL TABLE found USING fts5 (text, day UNINDEXED)")
            for part in pd.read_csv(path, chunksize=50_000):
                days = [None if pd.isna(day) else int(day) for day in part["day"]]
                rows = zip(part["text"], days, strict=True)
                self.connection.executemany("INSERT INTO found VALUES (?, ?)", rows)
            self.connection.execute("INSERT INTO found (found) VALUES ('optimize')")
            self.connection.commit()

    def ask(self, word: str) -> tuple[Days, int]:
        counted = """SELECT day, count(*) FROM found WHERE found MATCH ? AND day IS NOT NULL
            GROUP BY day"""
        newest = """SELECT snippet(found, 0, '[', ']', '...', 30) FROM found WHERE found MATCH ?
            ORDER BY day DESC LIMIT ?"""
        days = dict(self.connection.execute(counted, [f'"{word}"']).fetchall())
        rows = self.connection.execute(newest, [f'"{word}"', _NEWEST]).fetchall()
        return days, len(rows)


class _Csv:
    """The file, read anew with each question."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, word: str) -> tuple[Days, int]:
        texts = pd.read_csv(self.path)
        pattern = rf"\b{re.escape(word)}\b"
        rows = texts[texts["text"].str.contains(pattern, case=False, regex=True)]
        days = rows["day"].value_counts()
        newest = rows.nlargest(_NEWEST, "day")
        sentences = newest["text"].str.extract(rf"(?i)([^.]*{pattern}[^.]*)")
        return {int(day): int(n) for day, n in days.items()}, int(sentences[0].notna().sum())
