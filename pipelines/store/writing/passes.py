"""Every stored text in, part by part: what a pass over the whole store reads to tag it again.

A part is some thousand rows of the `texts` table, in the order of its files, so that one part is in
memory at a time and a pass that was stopped goes on with the part it was in. Beside each text come
the entities and countries that were found in it, and on request the quotes, for queries that ask
for them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import duckdb
import pyarrow as pa

from pipelines.article import Article, Outlet, TextSource
from pipelines.store.files.damage import naming_damage
from pipelines.store.files.engine import open_connection
from pipelines.store.files.text_rows import text_rows
from pipelines.store.files.texts import stored_quote, zone_spans
from pipelines.store.writing.facts import stored_publication
from pipelines.tagging.topics import Found

PART = 4000  # texts


@dataclass(frozen=True, slots=True)
class Part:
    """Whole files of the table, or the rows `first` to `last` of one."""

    paths: tuple[str, ...]
    rows: int
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class StoredText:
    """One stored version, with what was found in it."""

    article: Article
    version: int
    syndication_id: int
    found: Found


# Looked for among all articles first, their lists were read for a million to keep 37,000 (1.2 s of
# CPU time, so .5).
_META = """
CREATE TEMP TABLE meta AS
SELECT articles.article_id, articles.version, outlet, outlet_name, outlet_domain, outlet_country,
    language, title, published_day, date_precision, date_confidence, date_latest, text_source,
    fetched_at, syndication_id,
    [tag.id FOR tag IN entities] AS entities,
    [tag.id FOR tag IN countries] AS countries, about, said, file, place
FROM (SELECT * FROM read_parquet($articles) {among}) AS articles
JOIN (SELECT * FROM read_parquet($annotations) {among}) AS annotations USING (article_id, version)
JOIN placed USING (article_id, version)
LEFT JOIN said USING (article_id, version)
"""
_SAID = """
CREATE TEMP TABLE said AS
SELECT article_id, version, list({'start': start, 'end': "end", 'kind': kind, 'zone': zone,
    'speaker': speaker, 'speaker_name': speaker_name, 'certain': certain}
    ORDER BY start, "end") AS said
FROM read_parquet(?) GROUP BY ALL
"""
_NOTHING_SAID = """
CREATE TEMP TABLE said (article_id BIGINT, version INT, said INT[])
"""
_AMONG = "WHERE article_id IN (SELECT article_id FROM wanted)"
# Who names candidates knows the current versions only: of an article with several all are read.
_WANTED = """
CREATE TEMP TABLE wanted AS SELECT article_id FROM candidate
UNION SELECT article_id FROM read_parquet($articles) WHERE version > 1
"""
# By their places, so that ids and versions are not read of the files once more: an eighth less.
_TEXTS = """
SELECT meta.* EXCLUDE (file, place), text, zones FROM (
    SELECT $numbers[file_index::BIGINT + 1] AS number, file_row_number AS row, text, zones
    FROM read_parquet($paths, file_row_number = true)
    WHERE file_row_number >= $first AND ($last IS NULL OR file_row_number < $last)
) AS texts JOIN meta ON file = number AND place = row
ORDER BY number, row
"""


class Pass:
    """The parts of one pass over the texts of a store; open it with `open_pass`."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        files: Mapping[str, Sequence[str]],
        only: Collection[int] | None,
        *,
        quotes: bool,
    ) -> None:
        """Load what is known of each version; of `only` some articles where it is given."""
        self._connection, self._files = connection, files
        tables = {name: list(files[name]) for name in ("articles", "annotations")}
        if only is not None:
            ids = pa.table({"article_id": pa.array(sorted(only), pa.int64())})
            connection.register("candidate", ids)
            connection.execute(_WANTED, {"articles": tables["articles"]})
        if quotes and files.get("quotes"):
            connection.execute(_SAID, [list(files["quotes"])])
        else:
            connection.execute(_NOTHING_SAID)
        paths = sorted(files["texts"])
        self._numbers = {path: number for number, path in enumerate(paths)}
        rows = text_rows(connection, paths)
        placed = {"article_id": rows.ids, "version": rows.versions}
        placed |= {"file": rows.files, "place": rows.places}
        connection.register("placed", pa.table(placed))
        connection.execute(_META.format(among="" if only is None else _AMONG), tables)
        connection.unregister("placed")
        self.texts = int(connection.execute("SELECT count(*) FROM meta").fetchall()[0][0])
        self.parts = list(_parts(connection, paths, self.texts))

    def read(self, part: Part) -> Iterator[StoredText]:
        """Yield the texts of a part, in the order of their rows."""
        values = {"paths": list(part.paths), "first": part.first, "last": part.last}
        values["numbers"] = [self._numbers[path] for path in part.paths]
        cursor = self._connection.execute(_TEXTS, values)
        while rows := cursor.fetchmany(500):
            yield from (_stored(_Row(*row)) for row in rows)


@contextmanager
def open_pass(
    files: Mapping[str, Sequence[str]],
    only: Collection[int] | None = None,
    *,
    quotes: bool = False,
) -> Iterator[Pass]:
    """Yield a pass over all stored versions.

    With `only` (ids of articles) it reads their versions, and all those of articles that have more
    than one: whoever names candidates knows current versions only. With `quotes` what was found in
    a text has its quotes too.
    """
    with naming_damage(files), open_connection() as connection:
        yield Pass(connection, files, only, quotes=quotes)


_SIZES = "SELECT file_name, num_rows FROM parquet_file_metadata(?)"


def _parts(connection: duckdb.DuckDBPyConnection, paths: list[str], wanted: int) -> Iterator[Part]:
    """Yield parts with about `PART` of the wanted rows: small files together, large ones cut.

    Each part looks through its rows for those wanted. Of a million texts of which 37,000 were, a
    change of a topic took 35 s of CPU time in 250 parts, 15 in ten.
    """
    sizes = dict(connection.execute(_SIZES, [paths]).fetchall())
    most = max(PART, PART * sum(sizes.values()) // max(wanted, 1))
    waiting: list[str] = []
    count = 0
    for path in paths:
        if sizes[path] > most:
            for first in range(0, sizes[path], most):
                last = min(first + most, sizes[path])
                yield Part((path,), last - first, first, last)
            continue
        if count + sizes[path] > most:
            yield Part(tuple(waiting), count)
            waiting, count = [], 0
        waiting.append(path)
        count += sizes[path]
    if waiting:
        yield Part(tuple(waiting), count)


class _Row(NamedTuple):
    article_id: int
    version: int
    outlet: str
    outlet_name: str
    outlet_domain: str
    outlet_country: str
    language: str
    title: str
    published_day: date | None
    date_precision: str | None
    date_confidence: float | None
    date_latest: date | None
    text_source: str
    fetched_at: datetime | None
    syndication_id: int
    entities: list[str] | None
    countries: list[str] | None
    about: list[str] | None
    said: list[dict[str, object]] | None
    text: str
    zones: list[dict[str, object]]


def _stored(row: _Row) -> StoredText:
    """Return a row as a record; what tagging does not ask for is left empty."""
    article = Article(
        article_id=row.article_id,
        outlet=Outlet(row.outlet, row.outlet_name, row.outlet_domain, row.outlet_country),
        url="",
        title=row.title,
        text=row.text,
        zones=zone_spans(row.zones),
        raw_text=row.text,
        language=row.language,
        publication=stored_publication(
            row.published_day, row.date_precision, row.date_confidence, row.date_latest
        ),
        text_source=TextSource(row.text_source),
        content_hash=0,
        text_hash=0,
        n_words=0,
        fetched_at=row.fetched_at,
    )
    found = Found(
        frozenset(row.entities or ()),
        frozenset(row.countries or ()),
        frozenset(row.about or ()),
        tuple(map(stored_quote, row.said or ())),
    )
    return StoredText(article, row.version, row.syndication_id, found)
