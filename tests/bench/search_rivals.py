"""SQLite FTS5, tantivy and pandas over the same drawn articles, asked the same questions.

Each is given what it is best at: FTS5 its own phrases, NEAR and prefixes; tantivy queries built by
hand, since its parser finds nothing for `ukrain*`; pandas compiled regular expressions. None knows
plurals, so where ours takes them along the others look for a little less.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import tantivy

from tests.bench.search_corpus import LANGUAGES, Part


@dataclass(frozen=True)
class Asked:
    """One question in four languages; filters are a country and the days from one on."""

    name: str
    ours: str
    fts5: str
    tantivy: tuple  # see Tantivy.query
    regex: tuple[str, ...]  # all must be found; one that begins with ! must not
    country: str = ""
    since: int = 0


ASKED = [
    Asked("word", "syria", "syria", ("term", "syria"), (r"\bsyria\b",)),
    Asked(
        "boolean",
        "syria AND (iran OR sanctions)",
        "syria AND (iran OR sanctions)",
        ("and", ("term", "syria"), ("or", ("term", "iran"), ("term", "sanctions"))),
        (r"\bsyria\b", r"\b(?:iran|sanctions)\b"),
    ),
    Asked(
        "phrase",
        '"security council"',
        '"security council"',
        ("phrase", "security", "council"),
        (r"\bsecurity\s+council\b",),
    ),
    Asked(
        "proximity",
        "kerry NEAR/5 lavrov",
        "NEAR(kerry lavrov, 5)",
        ("near", 5, "kerry", "lavrov"),
        (r"\bkerry\W+(?:\w+\W+){0,5}?lavrov\b|\blavrov\W+(?:\w+\W+){0,5}?kerry\b",),
    ),
    Asked("prefix", "ukrain*", "ukrain*", ("prefix", "ukrain"), (r"\bukrain",)),
    Asked(
        "not, country",
        "council NOT security",
        "council NOT security",
        ("not", ("term", "council"), ("term", "security")),
        (r"\bcouncil\b", r"!\bsecurity\b"),
        country="RU",
    ),
    Asked(
        "all, a year",
        '("security council" OR unsc) AND resolution* AND syria NEAR/10 veto',
        '("security council" OR unsc) AND resolution* AND NEAR(syria veto, 10)',
        (
            "and",
            ("or", ("phrase", "security", "council"), ("term", "unsc")),
            ("prefix", "resolution"),
            ("near", 10, "syria", "veto"),
        ),
        (
            r"\bsecurity\s+council\b|\bunsc\b",
            r"\bresolution",
            r"\bsyria\W+(?:\w+\W+){0,10}?veto\b|\bveto\W+(?:\w+\W+){0,10}?syria\b",
        ),
        since=730,
    ),
]


class Fts5:
    """An external-content table of SQLite, optimised after it was filled.

    Days and countries stand in a narrow table of their own too: beside the texts, half of the time
    went into walking over these. The newest are asked for in two ways: in one statement, as the
    manual shows, which makes a snippet of each article before it sorts them; and by number first.
    """

    name = "FTS5"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path)
        self.connection.executescript(
            """PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;
            CREATE TABLE doc (id INTEGER PRIMARY KEY, article INT, day INT, country TEXT,
                              lang TEXT, body TEXT);
            CREATE VIRTUAL TABLE found USING fts5(body, content='doc', content_rowid='id');"""
        )

    @classmethod
    def reopened(cls, path: Path) -> "Fts5":
        rival = cls.__new__(cls)
        rival.path, rival.connection = path, sqlite3.connect(path)
        rival.connection.execute("PRAGMA cache_size = -200000")
        return rival

    def add(self, part: Part) -> None:
        texts = (f"{t}\n{b}" for t, b in zip(part.titles, part.bodies, strict=True))
        countries = (part.country(outlet) for outlet in part.outlets.tolist())
        languages = (LANGUAGES[language] for language in part.languages.tolist())
        rows = zip(part.ids.tolist(), part.days.tolist(), countries, languages, texts, strict=True)
        self.connection.executemany(
            "INSERT INTO doc (article, day, country, lang, body) VALUES (?, ?, ?, ?, ?)", rows
        )

    def finish(self) -> None:
        self.connection.executescript(
            "INSERT INTO found (found) VALUES ('rebuild'); INSERT INTO found (found) "
            "VALUES ('optimize'); CREATE INDEX days ON doc (day, country); "
            "CREATE TABLE fact (id INTEGER PRIMARY KEY, day INT, country TEXT); "
            "INSERT INTO fact SELECT id, day, country FROM doc ORDER BY id; ANALYZE;"
        )
        self.connection.commit()

    def size(self) -> int:
        """Return the bytes of the index alone."""
        sql = "SELECT sum(length(block)) FROM found_data"
        sizes = self.connection.execute("SELECT sum(length(sz)) FROM found_docsize").fetchone()
        return self.connection.execute(sql).fetchone()[0] + sizes[0]

    def _where(self, asked: Asked) -> tuple[str, list]:
        where, values = "found MATCH ?", [asked.fts5]
        if asked.country:
            where, values = f"{where} AND country = ?", [*values, asked.country]
        if asked.since:
            where, values = f"{where} AND day >= ?", [*values, asked.since]
        return where, values

    def by_day(self, asked: Asked) -> int:
        where, values = self._where(asked)
        sql = f"""SELECT day, count(*) FROM found JOIN fact ON id = found.rowid
            WHERE {where} GROUP BY 1"""
        return sum(n for _, n in self.connection.execute(sql, values).fetchall())

    def newest(self, asked: Asked) -> int:
        where, values = self._where(asked)
        sql = f"""SELECT article, snippet(found, 0, '[', ']', '...', 24)
            FROM found JOIN doc ON id = found.rowid WHERE found MATCH ? AND found.rowid IN (
                SELECT id FROM found JOIN fact ON id = found.rowid WHERE {where}
                ORDER BY day DESC LIMIT 20)"""
        return len(self.connection.execute(sql, [asked.fts5, *values]).fetchall())

    def newest_in_one(self, asked: Asked) -> int:
        where, values = self._where(asked)
        sql = f"""SELECT article, snippet(found, 0, '[', ']', '...', 24)
            FROM found JOIN doc ON id = found.rowid WHERE {where} ORDER BY day DESC LIMIT 20"""
        return len(self.connection.execute(sql, values).fetchall())


class Tantivy:
    """An index with stored texts, days and countries as fast fields, of one segment at the end."""

    name = "tantivy"

    def __init__(self, path: Path) -> None:
        path.mkdir()
        self.path = path
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=True)
        builder.add_text_field("country", tokenizer_name="raw", fast=True)
        builder.add_integer_field("day", stored=True, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=str(path))
        self.writer = self.index.writer(200_000_000, 1)

    @classmethod
    def reopened(cls, path: Path) -> "Tantivy":
        rival = cls.__new__(cls)
        rival.path, rival.index = path, tantivy.Index.open(str(path))
        rival.schema = rival.index.schema
        rival.searcher = rival.index.searcher()
        return rival

    def add(self, part: Part) -> None:
        for n, (title, body) in enumerate(zip(part.titles, part.bodies, strict=True)):
            self.writer.add_document(
                tantivy.Document(
                    body=f"{title}\n{body}",
                    country=part.country(int(part.outlets[n])),
                    day=int(part.days[n]),
                )
            )

    def finish(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def size(self) -> int:
        """Return the bytes of the index without stored texts."""
        return sum(p.stat().st_size for p in self.path.iterdir() if p.suffix != ".store")

    def query(self, node: tuple) -> tantivy.Query:
        kind, *rest = node
        query, occur = tantivy.Query, tantivy.Occur
        if kind == "term":
            return query.term_query(self.schema, "body", rest[0])
        if kind == "prefix":
            return query.regex_query(self.schema, "body", f"{rest[0]}.*")
        if kind == "phrase":
            return query.phrase_query(self.schema, "body", rest)
        if kind == "near":  # its slop is one-sided, so both orders are asked for
            slop, *words = rest
            several = [
                query.phrase_query(self.schema, "body", w, slop) for w in (words, words[::-1])
            ]
            return query.boolean_query([(occur.Should, one) for one in several])
        if kind == "not":
            return query.boolean_query(
                [(occur.Must, self.query(rest[0])), (occur.MustNot, self.query(rest[1]))]
            )
        how = occur.Must if kind == "and" else occur.Should
        return query.boolean_query([(how, self.query(child)) for child in rest])

    def _asked(self, asked: Asked) -> tantivy.Query:
        must = [self.query(asked.tantivy)]
        if asked.country:
            must.append(tantivy.Query.term_query(self.schema, "country", asked.country))
        if asked.since:
            kind = tantivy.FieldType.Integer
            must.append(tantivy.Query.range_query(self.schema, "day", kind, asked.since, 10**6))
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in must])

    def by_day(self, asked: Asked) -> int:
        wanted = {"days": {"histogram": {"field": "day", "interval": 1.0}}}
        found = self.searcher.aggregate(self._asked(asked), wanted)
        return sum(bucket["doc_count"] for bucket in found["days"]["buckets"])

    def newest(self, asked: Asked) -> int:
        query = self._asked(asked)
        hits = self.searcher.search(query, 20, order_by_field="day").hits
        maker = tantivy.SnippetGenerator.create(
            self.searcher, self.query(asked.tantivy), self.schema, "body"
        )
        return len([maker.snippet_from_doc(self.searcher.doc(address)) for _, address in hits])


class Pandas:
    """Texts in memory as a column, asked with `str.contains`."""

    name = "pandas"

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, part: Part) -> None:
        texts = [f"{t}\n{b}" for t, b in zip(part.titles, part.bodies, strict=True)]
        countries = [part.country(outlet) for outlet in part.outlets.tolist()]
        self._parts.append(pd.DataFrame({"text": texts, "day": part.days, "country": countries}))

    def finish(self) -> None:
        self.texts = pd.concat(self._parts, ignore_index=True)
        self._parts = []

    def _found(self, asked: Asked) -> pd.DataFrame:
        rows = self.texts
        if asked.country:
            rows = rows[rows["country"] == asked.country]
        rows = rows[rows["day"] >= asked.since]
        for pattern in asked.regex:
            held = rows["text"].str.contains(pattern.removeprefix("!"), case=False, regex=True)
            rows = rows[~held if pattern.startswith("!") else held]
        return rows

    def by_day(self, asked: Asked) -> int:
        return int(self._found(asked).groupby("day").size().sum())


def filled(rivals: list, parts: Iterator[Part]) -> None:
    """Give every part to each rival."""
    for part in parts:
        for rival in rivals:
            rival.add(part)
