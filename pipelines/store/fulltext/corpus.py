"""A commit's current articles and an index in, which document of the index is which article out.

Facts about articles are asked of the resident tables, by distinct value and with the matcher's own
rules (`querylang/facts.py`).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from pipelines.querylang import Searchable, make_searchable
from pipelines.querylang.facts import holds
from pipelines.querylang.tree import Meta
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.hits import Hits
from pipelines.store.fulltext.quotes import QuoteFacts, Quotes, QuoteSpace, read_quotes, space_of
from pipelines.store.fulltext.rows import Keys, read_rows
from pipelines.store.fulltext.space import Mask, Space

_FEW = 10_000  # ids that are looked up one by one
Codes: TypeAlias = npt.NDArray[np.int16]
Places: TypeAlias = npt.NDArray[np.int32]

_IDS = "SELECT number, article_id, version, language FROM article"
_TAGGED = "SELECT number, tag FROM article_tag WHERE kind = ?"
_KINDS = {"topic": "topic", "entity": "entity", "mentioned": "country", "about": "about"}
_COLUMNS = {  # of a field of the query language: what its rule looks at
    "published": ("published_day",),
    "seen": ("first_seen_at::DATE",),
    "domain": ("outlet_domain",),
    "outlet": ("outlet", "outlet_name", "outlet_domain"),
    "outlet_country": ("outlet_country",),
    "lang": ("language",),
}
_NAMES = {  # of a column, where make_searchable has it under another one
    "outlet_domain": "domain",
    "first_seen_at::DATE": "seen_day",
}


class Corpus:
    """The current articles of a commit, as rows, and the slots of the index that hold them.

    The row of an article is its `ordinal` in `Columns`, so that what the index finds needs no join;
    `numbers` says how the tables of the connection number each. `files` are those of the `texts`
    table. Not to be shared between threads while it is asked.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        files: Sequence[str],
        space: Space,
        numbers: Numbers,
    ) -> None:
        """Find the document of each current article."""
        self._connection, self.files, self.numbers = connection, files, numbers
        self._space = space
        self._row_of_number = np.zeros(int(numbers.max(initial=-1)) + 1, np.int32)
        self._row_of_number[numbers] = np.arange(len(numbers))
        current = connection.sql(_IDS).to_arrow_table()
        ordinals = self._numbered(current)
        self.ids: Numbers = _scattered(current["article_id"], ordinals)
        versions = _scattered(current["version"], ordinals)
        self.file_of, self.place_of, keys = self._texts(versions)
        documents = space.documents
        self.row_of = np.full(len(documents), -1)  # of each slot
        slots = _matched(documents, keys)
        self.covered: Mask = (slots >= 0) & (self.file_of >= 0)
        self.row_of[slots[self.covered]] = np.flatnonzero(self.covered)
        self.live: Mask = self.row_of >= 0  # which slots are current articles
        self.all_live = bool(self.live.all())
        self.uncovered: Numbers = np.flatnonzero(~self.covered)  # rows that have to be read
        self.languages, self._language_of = self._coded_languages(current["language"], ordinals)
        self._codes: dict[str, tuple[list[Searchable], Numbers]] = {}
        self._tags: dict[str, tuple[list[str], Numbers, Numbers]] = {}

    def _texts(self, versions: Numbers) -> tuple[Places, Places, Keys]:
        """Return file (-1: none) and row of each article's current text, and its key."""
        stored = read_rows(self._connection, self.files)
        rows = _matched(self.ids, stored.ids)
        current = (rows >= 0) & (versions[rows] == stored.versions)
        files, places = (np.full(len(self.ids), -1, np.int32) for _ in range(2))
        keys = np.zeros(len(self.ids), np.uint64)
        files[rows[current]] = stored.files[current]
        places[rows[current]] = stored.places[current]
        keys[rows[current]] = stored.keys[current]
        return files, places, keys

    def _numbered(self, table: pa.Table) -> Numbers:
        """Return the row of each article that a table of the connection has by its number."""
        rows: Numbers = self._row_of_number[table["number"].to_numpy()].astype(np.int64)
        return rows

    def _coded_languages(self, column: pa.ChunkedArray, rows: Numbers) -> tuple[list[str], Codes]:
        """Return the languages, and for each slot the place of its own, -1 if it is not current."""
        values, codes = _coded(column)
        languages = sorted({_language(value) for value in values})
        of_value = np.array([languages.index(_language(value)) for value in values], np.int16)
        of_rows = np.full(len(self.ids) + 1, -1, np.int16)
        of_rows[rows] = of_value[codes]
        return languages, of_rows[self.row_of]

    def rows_of(self, ids: Sequence[int] | Numbers) -> Numbers:
        """Return the rows of some articles by their ids, -1 for one that is not current."""
        asked = np.array(ids, np.int64)
        if not len(self.ids) or len(asked) > _FEW:
            return _matched(self.ids, asked)
        rows = self._by_id[np.searchsorted(self._sorted_ids, asked).clip(max=len(self.ids) - 1)]
        return np.where(self.ids[rows] == asked, rows, -1)

    @cached_property
    def _by_id(self) -> Places:
        return np.argsort(self.ids).astype(np.int32)

    @cached_property
    def _sorted_ids(self) -> Numbers:
        return self.ids[self._by_id]

    def places_of(self, rows: Numbers) -> dict[str, Places]:
        """Return the files that hold the current texts of some articles, and their rows there."""
        rows = rows[(rows >= 0) & (self.file_of[rows] >= 0)]
        numbers = self.file_of[rows]
        return {
            self.files[number]: np.sort(self.place_of[rows[numbers == number]])
            for number in np.unique(numbers).tolist()
        }

    def in_languages(self, codes: Sequence[int]) -> Mask:
        """Return which slots are in one of the languages, by their places in `languages`."""
        wanted = np.zeros(len(self.languages) + 1, bool)
        wanted[list(codes)] = True
        found: Mask = wanted[self._language_of]
        return found

    def holding(self, condition: Meta) -> Mask:
        """Return the slots of the articles that fulfil a condition."""
        if condition.name in _KINDS:
            of_rows = self._tagged(condition)
        else:
            examples, codes = self._examples(condition.name)
            fulfil = np.array([holds(condition, example) for example in examples], bool)
            of_rows = fulfil[codes]
        found: Mask = np.append(of_rows, False)[self.row_of]
        return found

    @cached_property
    def _quotes(self) -> QuoteSpace:
        slots = np.flatnonzero(self.live)
        numbers = self.numbers[self.row_of[slots]]
        quotes = read_quotes(self._connection, self._space, numbers, slots)
        return space_of(quotes, self._space)

    @property
    def quotes(self) -> Quotes:
        """The quotes of the current articles; read when first asked."""
        return self._quotes.quotes

    def quoted(self, space: Space) -> QuoteFacts:
        """Return what is asked of each quote by itself, of the articles in a space."""
        return QuoteFacts(replace(self._quotes, space=space), self)

    def said_by(self, condition: Meta) -> Hits:
        """Return the quotes of a speaker."""
        quotes, which = self.quotes, self.quotes.said_by(condition)
        return Hits(quotes.documents(which), *quotes.words(which))

    def _tagged(self, condition: Meta) -> Mask:
        """Return the rows one of whose tags fulfils the condition."""
        kind = _KINDS[condition.name]
        if kind not in self._tags:
            table = self._connection.sql(_TAGGED, params=[kind]).to_arrow_table()
            tags, codes = _coded(table["tag"])
            rows = self._numbered(table)
            self._tags[kind] = tags, codes, rows
        tags, codes, rows = self._tags[kind]
        examples = [_tagged(condition.name, tag) for tag in tags]
        fulfil = np.array([holds(condition, example) for example in examples], bool)
        found = np.zeros(len(self.ids), bool)
        if len(codes):
            found[rows[fulfil[codes]]] = True
        return found

    def _examples(self, name: str) -> tuple[list[Searchable], Numbers]:
        """Return an article for each distinct value of a fact, and which of them each row is."""
        if name not in self._codes:
            columns = ", ".join(_COLUMNS[name])
            sql = f"SELECT number, {columns} FROM article"
            table = self._connection.sql(sql).to_arrow_table()
            coded = [_coded(column) for column in table.columns[1:]]
            combined = np.zeros(len(table), np.int64)
            for distinct, codes in coded:
                combined = combined * len(distinct) + codes
            _, first, number = np.unique(combined, return_index=True, return_inverse=True)
            names = [_NAMES.get(column, column) for column in _COLUMNS[name]]
            examples = []
            for at in first.tolist():
                facts = [distinct[codes[at]] for distinct, codes in coded]
                known = dict(zip(names, facts, strict=True))
                examples.append(make_searchable("", (), **known))
            in_rows = np.empty(len(self.ids), np.int64)
            in_rows[self._numbered(table)] = number
            self._codes[name] = examples, in_rows
        return self._codes[name]


def _matched(known: npt.NDArray[Any], asked: npt.NDArray[Any]) -> Numbers:
    """Return the place among `known` of each value asked for, -1 where it is not there.

    A million among a million take .1 s by a table of hashes, half of what sorting both takes.
    """
    index = pd.Index(known)
    if not index.is_unique:  # a document that came twice
        known, first = np.unique(known, return_index=True)
        places = pd.Index(known).get_indexer(asked)
        return np.where(places >= 0, first[places], -1)
    found: Numbers = index.get_indexer(asked)
    return found


def _scattered(column: pa.ChunkedArray, rows: Numbers) -> Numbers:
    """Return a column of whole numbers in the order of the rows."""
    found = np.empty(len(rows), np.int64)
    found[rows] = column.to_numpy()
    return found


def _coded(column: pa.ChunkedArray) -> tuple[list[Any], Numbers]:
    """Return the distinct values of a column, None among them, and the place of each row's."""
    whole = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return whole.dictionary.to_pylist(), whole.indices.to_numpy().astype(np.int64)


def _language(stored: str) -> str:
    """Return a language as the matcher knows it."""
    return make_searchable("", (), language=stored).language


def _tagged(name: str, tag: str) -> Searchable:
    match name:
        case "topic":
            return make_searchable("", (), topics=(tag,))
        case "entity":
            return make_searchable("", (), entities=(tag,))
        case "about":
            return make_searchable("", (), about=(tag,))
        case _:
            return make_searchable("", (), mentioned=(tag,))
