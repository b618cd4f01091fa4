"""Add articles to a store: buffered rows, one atomic commit for all tables.

Order of a commit: facts, derived rows, the collection log (each a durable Delta append), then
`commits/<n+1>.json`. A run killed anywhere before that last file leaves tables ahead of the commit;
the next writer restores them first. Commits fall on borders between fetches, so a fetch is in the
store with all its captures or not at all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa

from pipelines.article import Article, Capture, Fetch, FetchStatus, Outcome, Tags
from pipelines.hashing import hash63
from pipelines.store.files import tables
from pipelines.store.files.commits import (
    Commit,
    last_version,
    read_commit,
    write_commit,
    writer_lock,
)
from pipelines.store.files.entries import sync
from pipelines.store.files.heads import restored_heads
from pipelines.store.files.open_tables import OpenTables
from pipelines.store.files.schema import LINES, SCHEMA_VERSION, TABLES
from pipelines.store.files.staging import Staged
from pipelines.store.fulltext import update_index
from pipelines.store.writing import definitions, rows
from pipelines.store.writing.captured import capture_row
from pipelines.store.writing.copies import load_index, missing_rows
from pipelines.store.writing.definitions import Signed
from pipelines.store.writing.known import Known, load_known
from pipelines.store.writing.lines import LearnedLine
from pipelines.store.writing.upgrade import upgraded_commit, upgraded_tables
from pipelines.syndication import Placement
from pipelines.versions import Decision

NEW_VERSION = frozenset({Outcome.STORED, Outcome.ENRICHED, Outcome.EDITED})
TAGGED = ("annotations", "mentions", "quotes", "retagged")  # the tables of tags
_TAGS = frozenset({"annotations", "mentions", "quotes"})
_TICK = timedelta(microseconds=1)  # as fine as the store keeps instants
INDEX_AFTER = 20_000  # articles; a search reads the texts that are not in the index yet
SPILL = 100_000  # mentions of articles tagged again that are held; the rest waits on the disk
BATCH = 500  # captures between commits: 86 ms a commit (measured), so under 0.2 ms a capture


class Writer:
    """The one writer of a store; open it with `open_writer`.

    `known` is what stages need to judge a capture. `now` is the time of this run in UTC.
    """

    def __init__(self, store: Path, now: datetime, read_by: str = "") -> None:
        """Restore tables that are ahead of the last commit and load what is known.

        `read_by` says which code and settings read the captures of this run.
        """
        self._store, self.now, self.read_by = store, now, read_by
        number = last_version(store)
        empty = Commit(0, now, {}, "")
        self.commit = read_commit(store, number) if number is not None else empty
        self._heads = restored_heads(store, self.commit)
        self._tables = OpenTables()
        self._files: dict[str, tuple[int, list[str]]] = {}  # of each table's version, as last read
        files = self.files()
        self.known: Known = load_known(files)
        self.known.copies = load_index(store, files)
        self._rows: dict[str, list[rows.Row]] = {name: [] for name in TABLES}
        self._replaced: set[str] = set()
        self._retagged: set[int] = set()
        self._spilled = Staged(store, "lines", "")
        self._spilled.clear()  # what a killed run left there is of no use
        self._is_ahead = False  # a table has rows for the next commit
        self._fetch: Fetch | None = None
        self._outcomes: Counter[Outcome] = Counter()
        self._outlets: set[str] = set()
        self._fetch_hash = 0
        self._captures = 0
        self._not_indexed = 0

    def files(self) -> dict[str, list[str]]:
        """Return the Parquet files of each table: the last commit, and what was written since."""
        for name, version in self._heads.items():
            if self._files.get(name, (None,))[0] != version:
                found = tables.files_of(self._store / "tables" / name, version)
                self._files[name] = version, found
        return {name: list(self._files[name][1]) for name in self._heads}

    @property
    def next_version(self) -> int:
        """Return the number of the commit that rows added now become part of."""
        return self.commit.version + 1

    @property
    def path(self) -> Path:
        """Return the store's folder."""
        return self._store

    def validators(self, source: str) -> tuple[str, str]:
        """Return ETag and Last-Modified of the source's last good answer, else empty texts."""
        return self.known.validators.get(source, ("", ""))

    def begin(self, fetch: Fetch) -> None:
        """Begin a fetch: the captures recorded from now on came with it."""
        self.end_fetch()
        self._fetch, self._fetch_hash = fetch, hash63(*astuple(replace(fetch, content=b"")))
        if fetch.status is FetchStatus.UNSUPPORTED:
            self._outcomes[Outcome.UNSUPPORTED] += 1
        elif fetch.status is FetchStatus.FAILED:
            self._outcomes[Outcome.FAILED] += 1

    def add(self, article: Article, decision: Decision, copy: Placement, tags: Tags) -> None:
        """Add one version of an article, in its group of copies, with its mentions."""
        version = decision.version
        self._rows["articles"].append(rows.article_row(article, version, self.now))
        self._rows["texts"].append(rows.text_row(article, version))
        if self.known.has_lines:  # else all are made at once, and a part would look like all
            self._rows["lines"] += rows.line_rows(article, version)
        self._tag(article.article_id, version, copy.syndication_id, tags)
        if article.sketch is not None:
            arrival = self.known.copies.count
            self._rows["copies"].append(
                rows.copy_row(article, version, article.sketch, arrival=arrival, placement=copy)
            )
        self.known.remember(article, decision, copy.syndication_id)

    def _tag(self, article_id: int, version: int, syndication_id: int, tags: Tags) -> None:
        row = rows.annotation_row(article_id, version, syndication_id, tags)
        self._rows["annotations"].append({**row, "tagged_in": self.next_version})
        for row in rows.mention_rows(article_id, version, tags.mentions):
            self._rows["mentions"].append({**row, "tagged_in": self.next_version})
        self._rows["quotes"] += rows.quote_rows(article_id, version, tags.quotes)

    def record(
        self,
        capture: Capture,
        capture_id: int,
        outcome: Outcome,
        *,
        reason: str = "",
        decision: Decision | None = None,
        outlet: str = "",
    ) -> None:
        """Count how a capture ended, and keep its bytes unless they are already kept."""
        self._outcomes[outcome] += 1
        self._fetch_hash ^= capture_id
        self._captures += 1
        if outlet:
            self._outlets.add(outlet)
        if outcome is Outcome.UNCHANGED:
            return
        if capture_id in self.known.captures and outcome not in NEW_VERSION:
            return
        row = capture_row(capture, capture_id, outcome, reason) | {"read_by": self.read_by}
        if decision:
            row |= {"article_id": decision.article_id, "version": decision.version}
        self._rows["captures"].append(row)
        where = (decision.article_id, decision.version) if decision else (0, 0)
        self.known.captures[capture_id] = (outcome, *where)

    def record_reread(self, row: rows.Row) -> None:
        """Note that a capture was read again (the columns of `rereads` but two)."""
        self._rows["rereads"].append({**row, "read_by": self.read_by, "made_at": self.now})

    def end_fetch(self) -> None:
        """Log the current fetch, and commit where enough has come together."""
        if self._fetch is not None and self._fetch_hash not in self.known.fetches:
            outlet = next(iter(self._outlets)) if len(self._outlets) == 1 else ""
            row = rows.fetch_row(self._fetch, self._fetch_hash, outlet, self._outcomes)
            self._rows["fetches"].append(row)
            self.known.fetches[self._fetch_hash] = True
        self._fetch, self._outcomes, self._outlets = None, Counter(), set()
        if self._captures >= BATCH:
            self.flush()

    def topics(self) -> list[rows.Row]:
        """Return the topics of the last commit as declared, in their order."""
        return definitions.read_topics(self._store, self.commit)

    def definitions(self) -> dict[str, int]:
        """Return topic -> hash of the query that its tags were made with."""
        versions = definitions.read_versions(self._store, self.commit)
        numbers = {(str(row["id"]), row["version"]): row["definition"] for row in versions}
        in_force = self.commit.definitions.items()
        return {topic: int(str(numbers[topic, number])) for topic, number in in_force}

    def replace_topics(
        self,
        topics: Collection[rows.Row],
        tags_hash: str,
        signed: Signed | None = None,
    ) -> None:
        """Make `topics` (id, name, query, color, description) those of the next commit.

        What was tagged with another query of a topic is not counted from then on. `signed` says who
        changed one of them.
        """
        before = definitions.read_versions(self._store, self.commit)
        gone = self.commit.definitions.keys() - {str(topic["id"]) for topic in topics}
        added = definitions.new_versions(before, topics, self.now, gone=sorted(gone), signed=signed)
        self._rows["definitions"] += added
        self._rows["topics"] = list(topics)
        self._replaced.add("topics")
        numbers = definitions.in_force([*before, *added], topics)
        old, generations = self.commit.definitions, self.commit.generations
        self.commit = replace(
            self.commit,
            tags_hash=tags_hash,
            definitions=numbers,
            generations={
                topic: generations[topic] if old.get(topic) == number else self.next_version
                for topic, number in numbers.items()
            },
        )

    def take_staged(self, staged: Staged) -> None:
        """Make what was staged part of the next commit, without holding it in memory.

        With a part of `annotations` it replaces all that was tagged before; else it is what topics
        that changed found anew.
        """
        everything = "annotations" in staged.tables
        for name in TAGGED if everything else ("retagged", "mentions"):
            path = self._store / "tables" / name
            self._heads[name] = self._tables.append(path, staged.reader(name), replace=everything)
        self._is_ahead = True

    def retag(self, article_id: int, version: int, tags: Tags) -> None:
        """Replace the tags of a stored version in the next commit; do so with all of an article."""
        self._retagged.add(article_id)
        self._tag(article_id, version, self.known.own_ids[article_id], tags)
        if len(self._rows["mentions"]) >= SPILL:
            self._spilled.add({name: self._rows[name] for name in _TAGS}, 1)
            self._rows |= {name: [] for name in _TAGS}

    def replace_lines(self, batches: Iterable[list[rows.Row]]) -> None:
        """Make `batches` all lines of the store; they count with the next commit."""
        path = self._store / "tables" / "lines"
        self._heads["lines"] = self._tables.append(path, LINES.empty_table(), replace=True)
        for batch in batches:
            self._heads["lines"] = self._tables.append(path, _table(batch, LINES))
        self.known.has_lines = self._is_ahead = True

    def replace_furniture(self, learned: Collection[LearnedLine]) -> None:
        """Make `learned` the furniture of the next commit, and of what is added from now on."""
        self._rows["furniture"] = [rows.furniture_row(line) for line in learned]
        self._replaced.add("furniture")
        self.known.furniture = frozenset(line.key for line in learned if not line.counts)

    def complete_copies(self) -> None:
        """Make the sketches that are missing or were made by another method; commit them."""
        made = missing_rows(self.files())
        if made.rows:
            self._rows["copies"] = made.rows
            if made.replaces:
                self._replaced.add("copies")
            self.flush()
            self.known.copies = load_index(self._store, self.files())

    def label(self, labels: Iterable[rows.Row]) -> None:
        """Add what a person says of sentences (the columns of `labels` without `made_at`)."""
        self._rows["labels"] += [{**row, "made_at": self.now} for row in labels]

    def upgrade(self) -> None:
        """Bring a store of an earlier Wirewatch to the tables of this one; commit that."""
        if self.commit.schema < SCHEMA_VERSION:
            self._heads |= upgraded_tables(self._store, self.commit, self.files())
            if self.commit.schema < 3:
                self._rows["definitions"] = definitions.read_versions(self._store, self.commit)
            self.commit = upgraded_commit(self._store, self.commit)
            self._is_ahead = True
            self.flush()

    def overlay(self, row: rows.Row) -> None:
        """Add a correction made by a person; it is the newest, whatever the clock says.

        The newest wins. Of two of the same instant, or after a clock was set back, it would be any.
        """
        before = self.known.corrected_at
        made_at = self.now if before is None else max(self.now, before + _TICK)
        self.known.corrected_at = made_at
        self._rows["overlays"].append({**row, "made_at": made_at})

    def flush(self) -> None:
        """Commit all rows added since the last commit; without any, nothing is written."""
        self._captures = 0
        names = self._changed_tables()
        if not names and not self._is_ahead:
            return
        articles = len(self._rows["articles"])
        for name in names:
            batch = _table(self._rows[name], TABLES[name])
            path = self._store / "tables" / name
            if self._retagged and name in _TAGS and name in self._heads:
                tables.remove(path, self._retagged)
            if self._spilled.parts and name in _TAGS:
                self._heads[name] = self._tables.append(path, self._spilled.reader(name))
            self._heads[name] = self._tables.append(path, batch, replace=name in self._replaced)
            self._rows[name] = []
        self._replaced, self._retagged, self._is_ahead = set(), set(), False
        sync(self._store / "tables")
        number, heads = self.next_version, dict(self._heads)
        self.commit = replace(self.commit, version=number, made_at=self.now, tables=heads)
        write_commit(self._store, self.commit)
        self._spilled.clear()
        self._not_indexed += articles
        if self._not_indexed >= INDEX_AFTER:
            self.index()

    def index(self) -> None:
        """Bring the text index to the last commit."""
        update_index(self._store, self.files(), tags=self.commit.tags_hash)
        self._not_indexed = 0

    def _changed_tables(self) -> list[str]:
        """Return the names of the tables that get a version with the next commit."""
        changed = set(self._replaced)
        if self._retagged:
            changed |= _TAGS & set(self._heads)
            changed |= self._spilled.tables if self._spilled.parts else set()
        if self._rows["articles"] and self.known.has_lines:
            changed.add("lines")  # even without a row: its absence means that none were kept
        return [name for name, new in self._rows.items() if new or name in changed]


def _table(new: list[rows.Row], schema: pa.Schema) -> pa.Table:
    try:
        return pa.Table.from_pylist(new, schema=schema)
    except UnicodeEncodeError:  # a file name that is no text: caf\xe9.txt on a UTF-8 disk
        shown = [{key: _encodable(value) for key, value in row.items()} for row in new]
        return pa.Table.from_pylist(shown, schema=schema)


def _encodable(value: object) -> object:
    if not isinstance(value, str):
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def open_writer(store: Path, *, now: datetime, read_by: str = "") -> Iterator[Writer]:
    """Hold the store's lock and yield its writer; what was added is committed at the end.

    `read_by` says which code and settings read the captures of this run (`reading/read_by.py`).
    After an error nothing of the unfinished batch is committed. Raises StoreBusy where another
    process writes, StoreError where no store can be kept in such a folder.
    """
    tables.uri_of(store)
    with writer_lock(store):
        writer = Writer(store, now, read_by)
        writer.upgrade()
        writer.complete_copies()
        yield writer
        writer.end_fetch()
        writer.flush()
        writer.index()
