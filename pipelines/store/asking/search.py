"""Find what an ad-hoc query names: counts from the index, spans from the texts of some articles.

The matcher is the one that tags topics, so a query typed into the search box and the same query
saved as a topic count the same spans; only of days they know different ones, as
docs/query-language.md says. The index gives what the matcher would; the articles it does not cover,
because they came just now or it was lost, are read by the matcher.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import (
    ASK_FOR_QUOTES,
    ParsedQuery,
    SoughtByLanguage,
    Span,
    match,
    sentence_at,
)
from pipelines.store.asking.recent import Recent
from pipelines.store.files.texts import (
    ASK_FOR_TAGS,
    Text,
    Wanted,
    asks_beside,
    read_texts,
    ready_text,
    stored_texts,
    zone_at,
)
from pipelines.store.fulltext import Corpus, Evaluation, Space, folder_of, open_all
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.space import Ranges

_Stored = tuple[str, tuple[ZoneSpan, ...]]  # a text and its zones
_FEW = 2_000  # texts that are taken out of their files one by one
_KEPT_CHARACTERS = 8_000_000
_BESIDE_TEXT = 1_000  # what the zones of a text take, as characters
HITS = pa.schema([("article_id", pa.int64()), ("n", pa.int32()), ("n_headline", pa.int32())])
_JOINED = HITS.append(pa.field("number", pa.int32()))
SPANS = pa.schema(
    [
        ("article_id", pa.int64()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("surface", pa.string()),
        ("zone", pa.string()),
        ("why", pa.string()),
        ("sentence", pa.string()),
    ]
)


@dataclass(frozen=True)
class Found:
    """What a query matched: one place per article in each array; `read` texts had to be read.

    By `ordinals` `Columns` know the articles, which are those of `corpus`.
    """

    corpus: Corpus
    ordinals: Numbers
    n: Numbers
    read: int
    in_headlines: Callable[[], Numbers]

    @cached_property
    def n_headline(self) -> Numbers:
        """How many of the mentions stand in headlines; a fifth of the work, so when first asked."""
        return self.in_headlines()

    @property
    def hits(self) -> pa.Table:
        """The same as a table with the columns of HITS and `number`, which SQL joins by."""
        ids, numbers = self.corpus.ids[self.ordinals], self.corpus.numbers[self.ordinals]
        columns = (ids, self.n, self.n_headline, numbers)
        return pa.table([pa.array(column) for column in columns], schema=_JOINED)


class Searcher:
    """Searches one commit of a store; `texts` are the files of that table."""

    def __init__(
        self,
        store: Path,
        connection: duckdb.DuckDBPyConnection,
        texts: Sequence[str],
        numbers: Callable[[], Numbers],
    ) -> None:
        """Open nothing yet: many readers never search.

        `numbers` gives that of each article in the counting tables, in the order of `Columns`.
        """
        self._store, self._connection, self._texts = store, connection, list(texts)
        self._numbers = numbers
        self._opened: tuple[Space, Corpus] | None = None
        self._recent: Recent[_Stored] = Recent(_KEPT_CHARACTERS)
        self._lock = Lock()

    def _open(self) -> tuple[Space, Corpus]:
        with self._lock:
            if self._opened is None:
                _keep_freed_memory()
                space = Space(open_all(folder_of(self._store)))
                corpus = Corpus(self._connection.cursor(), self._texts, space, self._numbers())
                self._opened = space, corpus
            return self._opened

    def covered(self) -> int:
        """Return how many current articles the index answers for."""
        return int(self._open()[1].covered.sum())

    def documents(self) -> Numbers | None:
        """Return the article (-1: none) of each document, as they came; None where some lack one.

        An article without a document has to be read for each search, so there is no part of them
        that is searched for less.
        """
        _, corpus = self._open()
        return corpus.row_of if corpus.covered.all() else None

    def find(self, query: ParsedQuery, among: Ranges | None = None) -> Found:
        """Return the current articles that `query` matches, with their mentions.

        Those of some ranges of documents, or of all.
        """
        space, corpus = self._open()
        with self._lock:
            counted = Evaluation(space.narrowed(among), corpus).count(query.tree)
        rows = corpus.row_of.take(counted.slots)
        unclear = np.append(corpus.uncovered, corpus.row_of.take(counted.doubtful))
        if not len(unclear):
            return Found(corpus, rows, counted.n, 0, counted.in_headlines)
        read_rows, read_n, read_heads = self._read(query, corpus, unclear)
        return Found(
            corpus,
            np.concatenate([rows, read_rows]),
            np.concatenate([counted.n, read_n]),
            len(unclear),
            lambda: np.concatenate([counted.in_headlines(), read_heads]),
        )

    def _read(self, query: ParsedQuery, corpus: Corpus, rows: Numbers) -> tuple[Numbers, ...]:
        """Return row, mentions and those in headlines of the hits among some, from their texts."""
        hits = []
        for text in self._texts_for(query, corpus.ids[rows].tolist()):
            found = match(query, text.searchable)
            if found is not None:
                zones = [zone_at(text.zones, span.start) for span in found]
                hits.append((text.article_id, len(found), zones.count(Zone.HEADLINE)))
        ids, n, n_headline = np.array(hits, np.int64).reshape(-1, 3).T
        return corpus.rows_of(ids), n, n_headline

    def spans(self, query: ParsedQuery, ids: list[int]) -> pa.Table:
        """Return one row for each span of `query` in some articles: what `hits` counts."""
        return pa.Table.from_pylist(self.marked(query, ids), SPANS)

    def marked(
        self,
        query: ParsedQuery,
        ids: list[int],
        facts: Mapping[int, Sequence[object]] | None = None,
    ) -> list[dict[str, object]]:
        """Return the same as records with the columns of SPANS; `facts` as in `texts.Wanted`."""
        if facts is None or len(ids) > _FEW or asks_beside(query.fields):
            texts = self._texts_for(query, ids, facts)
        else:
            texts = self._known(query, ids, facts)
        return [
            _span_row(text, span) for text in texts for span in match(query, text.searchable) or ()
        ]

    def _known(
        self, query: ParsedQuery, ids: list[int], facts: Mapping[int, Sequence[object]]
    ) -> Iterator[Text]:
        """Yield the texts of some articles, ready for this query; those read last are kept."""

        def _read(missing: list[int]) -> Iterator[tuple[int, _Stored, int]]:
            with self._connection.cursor() as cursor:
                for article_id, text, zones in stored_texts(cursor, self._wanted(missing)):
                    yield article_id, (text, zones), len(text) + _BESIDE_TEXT

        sought = SoughtByLanguage([query])
        for article_id, (text, zones) in self._recent.of(ids, _read).items():
            yield ready_text(article_id, text, zones, facts[article_id], sought=sought)

    def texts(self, ids: list[int]) -> dict[int, str]:
        """Return the current texts of some articles."""
        return {text.article_id: text.text for text in self._texts_of((), ids)}

    def articles(self, ids: list[int]) -> list[Text]:
        """Return current versions of some articles, with tags and quotes, in order of ids."""
        return sorted(
            self._texts_of(ASK_FOR_TAGS | ASK_FOR_QUOTES, ids), key=lambda text: text.article_id
        )

    def _texts_for(
        self,
        query: ParsedQuery,
        ids: list[int],
        facts: Mapping[int, Sequence[object]] | None = None,
    ) -> Iterator[Text]:
        """Yield the texts of some articles, ready for this query."""
        yield from self._texts_of(query.fields, ids, facts, SoughtByLanguage([query]))

    def _texts_of(
        self,
        fields: Collection[str],
        ids: list[int],
        facts: Mapping[int, Sequence[object]] | None = None,
        sought: SoughtByLanguage | None = None,
    ) -> Iterator[Text]:
        """Yield the texts of some articles, ready for queries that use these fields."""
        with self._connection.cursor() as cursor:
            yield from read_texts(cursor, fields, self._wanted(ids, facts), sought)

    def _wanted(
        self, ids: list[int], facts: Mapping[int, Sequence[object]] | None = None
    ) -> Wanted:
        """Return which texts to read, and where they lie."""
        _, corpus = self._open()
        rows = corpus.rows_of(ids)
        return Wanted(ids, corpus.numbers[rows[rows >= 0]], corpus.places_of(rows), facts)


def _keep_freed_memory() -> None:
    """Let the C library keep a few arrays' room for the next ones.

    A search makes some twenty arrays of the size of its lists and drops them. Given back to the
    system and taken again, page by page, this took three quarters of its time (decoding 360,000
    places: 15 ms, so 4). glibc keeps up to twice the size of the largest block that was ever freed,
    as far as 32 MB; elsewhere this changes nothing.
    """
    np.empty(_LARGEST_KEPT, np.uint8)


_LARGEST_KEPT = (32 << 20) - (64 << 10)


def _span_row(text: Text, span: Span) -> dict[str, object]:
    return {
        "article_id": text.article_id,
        "start": span.start,
        "end": span.end,
        "surface": text.text[span.start : span.end],
        "zone": zone_at(text.zones, span.start),
        "why": span.term,
        "sentence": sentence_at(text.text, span.start, span.end),
    }
