"""Read a store as pandas frames: one immutable commit, opened once, asked many times."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from threading import Lock

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.article import SURE
from pipelines.query import Query
from pipelines.querylang import parse, sentence_at
from pipelines.store.asking import detail, questions, select, source_dates
from pipelines.store.asking.counting import Counting, days_in
from pipelines.store.asking.found import Searches
from pipelines.store.asking.newest import Newest, answers
from pipelines.store.asking.search import HITS, Found, Searcher
from pipelines.store.counted.columns import Columns
from pipelines.store.counted.columns_file import columns_of
from pipelines.store.counted.resident import connect, to_frame
from pipelines.store.files import tables
from pipelines.store.files.commits import naming_removal, read_commit
from pipelines.store.files.damage import find_damage, naming_damage
from pipelines.store.files.texts import Text
from pipelines.store.writing import definitions

RESIDENT = Path("index", "resident")  # below a store: what large ones are counted in


class Store:
    """One commit of a store, open for reading; safe to share between threads.

    `version` is the commit's number, `as_of` when it was made (UTC).
    """

    def __init__(self, path: Path, snap: int | None = None, *, hidden: bool = False) -> None:
        """Open the newest commit, or `snap`. Raises StoreMissing and StoreDamaged.

        With `hidden` its articles are those that people hid, and no others.
        """
        commit = read_commit(path, snap)
        self.path = path
        self.version, self.as_of = commit.version, commit.made_at
        self.tags_hash = commit.tags_hash
        self._commit = commit
        with naming_removal(path, commit.version):
            self._files = {
                name: tables.files_of(path / "tables" / name, version)
                for name, version in commit.tables.items()
            }
            self._connection = connect(
                self._files,
                commit.generations,
                commit.schema,
                path / RESIDENT,
                hidden=hidden,
            )
        self._searcher = Searcher(
            path, self._connection, self.files("texts"), lambda: self.columns.number
        )
        self._naming = partial(_naming_errors, path, self.version, self._files)
        self._searches = Searches(self._searcher, self._naming)
        self._logs: dict[tuple[tuple[str, ...], ...], pd.DataFrame] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Give back memory and files."""
        if hidden := self.__dict__.get("hidden"):
            hidden.close()
        self._connection.close()

    @cached_property
    def hidden(self) -> "Store | None":
        """The articles that people hid, as a store that answers the same; None without any."""
        if not self.look_up("SELECT article_id FROM hidden_article LIMIT 1").empty:
            return Store(self.path, self.version, hidden=True)
        return None

    @cached_property
    def columns(self) -> Columns:
        """The facts of all current articles as arrays."""
        with self._naming():
            return columns_of(self._connection)

    @cached_property
    def counting(self) -> Counting:
        """What counts the articles from these arrays."""
        return Counting(self.columns, partial(days_in, self._connection), self._searches.find)

    @cached_property
    def _newest(self) -> Newest:
        def page(query: Query, count: int, find: Callable[[str], Found]) -> pa.Table:
            return self.counting.finding(find).page(query, limit=count)

        return Newest(self._searcher, self._searches, self.columns, page)

    def hidden_count(self, query: Query) -> int:
        """Return how many more articles `article_count` would count if nobody had hidden any."""
        return self.hidden.article_count(query) if self.hidden else 0

    def files(self, table: str) -> list[str]:
        """Return the files that hold a table in this commit; none where it has no rows yet."""
        return list(self._files.get(table, ()))

    def damage(self) -> list[str]:
        """Return "path: what is wrong" for each file of this commit that cannot be read whole."""
        return list(find_damage(self._files))

    def indexed(self) -> int:
        """Return how many articles the text index covers; the texts of the rest are read."""
        with self._naming():
            return self._searcher.covered()

    def articles(self, query: Query, *, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
        """Return one row per article the query counts, newest first, undated last.

        `mentions` and `headline_mentions` count the spans of the query's series; `published_day` is
        the day in the query's time zone.
        """
        page = self.counting.page(query, limit=limit, offset=offset)
        with self._cursor(query) as cursor:
            cursor.register("page", page)
            return to_frame(cursor.sql(questions.rows(page["number"].to_numpy())))

    def hits(self, query: Query) -> pd.DataFrame:
        """Return article_id, syndication_id, language, day, placement of the query's articles.

        The same articles as `articles`, the newest first, without what takes longer to bring.
        """
        return self.ask(questions.HITS, query, columns=("language",))

    def spans(self, query: Query) -> pd.DataFrame:
        """Return article_id, start, end, why: the same rows as `mentions`, without sentences."""
        with self._cursor(query) as cursor:
            shown, spans = self._lay_out_spans(cursor, query, None), select.spans(query)
            sql = questions.places(spans.text, shown)
            return to_frame(cursor.sql(sql, params=list(spans.values)))

    def facts(self, article_ids: Collection[int]) -> pd.DataFrame:
        """Return article_id, language, outlet (its name), date, url, title of some articles."""
        return self.look_up(questions.FACTS, sorted(article_ids))

    def article_count(self, query: Query) -> int:
        """Return how many rows `articles` has without a limit."""
        counts = self.placements(query)
        wanted = select.wanted_placements(query)
        return int(sum(n for name, n in counts.items() if wanted.values in ((), (name,))))

    def placements(self, query: Query) -> dict[str, int]:
        """Return how many distinct articles of the query are placed, guess, too coarse, undated."""
        return self.counting.placements(query)

    def counts(self, query: Query) -> pd.DataFrame:
        """Return series, placement, bucket, articles, mentions, texts, weak: what each series has.

        `weak` counts articles whose date is less than sure. `bucket` is the first day of the
        query's interval (a day where it names none), empty for articles not placed.
        """
        return self.counting.counts(query)

    def totals(self, query: Query) -> pd.DataFrame:
        """Return placement, bucket, articles, texts of the whole corpus: the denominators."""
        return self.counting.totals(query)

    def days(self, query: Query) -> pd.DataFrame:
        """Return day, articles: how many placed articles of the corpus stand on each day."""
        return self.counting.days(query)

    def mentions(self, query: Query, *, newest: int | None = None) -> pd.DataFrame:
        """Return the evidence: one row per span counted, with the sentence that holds it.

        The distinct articles (or texts) among the rows are the query's count. A query whose series
        has no span of its own (`NOT x`) and one without series open articles, not mentions.
        With `newest` only the evidence of so many articles that the query counts, the newest ones.
        """
        if newest is not None and answers(query):
            with self._naming(), self._connection.cursor() as cursor:
                return self._newest.evidence(cursor, query, newest)
        with self._cursor(query) as cursor:
            shown, spans = self._lay_out_spans(cursor, query, newest), select.spans(query)
            sql = questions.mentions(spans.text, shown)
            rows = to_frame(cursor.sql(sql, params=list(spans.values)))
        return self._with_sentences(rows)

    def _lay_out_spans(
        self, cursor: duckdb.DuckDBPyConnection, query: Query, newest: int | None
    ) -> questions.Numbers:
        """Lay out the spans of free text, and which articles are `shown`; return their numbers."""
        shown = self.counting.page(query, limit=newest)
        cursor.register("shown", shown.select(["number", "day"]))
        numbers: questions.Numbers = shown["number"].to_numpy()
        if asked := select.asked_of_texts(query):
            ids = shown["article_id"].to_pylist()
            spans = self._searcher.spans(parse(getattr(query, asked)), ids)
            number_of = dict(zip(ids, numbers.tolist(), strict=True))
            found = spans["article_id"].to_pylist()
            column = pa.array([number_of[one] for one in found], pa.int32())
            cursor.register(f"{asked}_span", spans.append_column("number", column))
        return numbers

    def _with_sentences(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows with the sentences that they lack, from the texts."""
        lacking = rows["sentence"].isna()
        ids = rows.loc[lacking, "article_id"].unique().tolist()
        texts = self._searcher.texts(ids) if ids else {}
        columns = (rows[name] for name in ("article_id", "start", "end", "sentence"))
        sentences = [
            sentence_at(texts[article_id], start, end) if article_id in texts else sentence
            for article_id, start, end, sentence in zip(*columns, strict=True)
        ]
        return rows.assign(sentence=pd.Series(sentences, dtype="str", index=rows.index))

    def tag_counts(self, query: Query, kind: str) -> pd.DataFrame:
        """Return tag, mentions, articles, texts for every tag of `kind` among the query's articles.

        `kind` is "entity", "country" or "topic"; articles are distinct over the query's series.
        """
        return self.counting.tag_counts(query, kind)

    def group_counts(self, query: Query, column: str) -> pd.DataFrame:
        """Return value, label, articles for `column`: outlet, outlet_country or language."""
        if column not in ("outlet", "outlet_country", "language"):
            raise ValueError(f"cannot group articles by {column!r}")
        if column != "outlet":
            return self.counting.group_counts(query, column)
        return self.ask(questions.OUTLET_COUNTS, query, columns=("outlet", "outlet_name"))

    def topics(self) -> pd.DataFrame:
        """Return id, name, query, color, description, version, since, definition: those in force.

        They are what the tags of this commit were made with; `version` counts the queries a topic
        has had, `since` (UTC) is when this one came, `definition` its hash.
        """
        return self._topics.copy(deep=False)  # copied on write: the kept one stays

    def topic_versions(self) -> pd.DataFrame:
        """Return the columns of `definitions`, and in_force.

        All that each topic ever was, oldest first: several rows of one version differ in name,
        color or description only, or say that the topic was taken away.
        """
        return self._versions.copy(deep=False)

    @cached_property
    def _versions(self) -> pd.DataFrame:
        return definitions.versions_frame(self.path, self._commit)

    @cached_property
    def _topics(self) -> pd.DataFrame:
        topics = self._frame(Query(), "SELECT * FROM topics", ())
        in_force = self._versions[self._versions["in_force"]].drop_duplicates(["id", "version"])
        return topics.merge(in_force[["id", "version", "since", "definition"]], "left", "id")

    def labels(self, topic: str) -> pd.DataFrame:
        """Return the columns of `labels` for a topic: what people said of sentences, oldest first.

        Of two that speak of the same sentence the later one holds.
        """
        sql = "SELECT * FROM labels WHERE topic = ? ORDER BY made_at, article_id"
        return self._frame(Query(), sql, (topic,))

    def furniture(self, outlets: Sequence[str] = ()) -> pd.DataFrame:
        """Return line_key, outlet, outlet_name, articles, since, counts_by, line: what was learned.

        One row a line, most articles first; `line` is its text in one of them. `counts_by` names
        who set it to count all the same, None where it is furniture. Without `outlets` (ids) those
        of all.
        """
        return self._frame(Query(), questions.FURNITURE, (list(outlets), list(outlets)))

    def fetches(self, query: Query) -> pd.DataFrame:
        """Return the collection log under the query's outlet filters, oldest first.

        A source of many outlets is in it where it brought an article of the outlets asked for.
        """
        filters = (query.outlets, query.outlet_countries)
        with self._lock:
            if filters not in self._logs:
                log = select.fetches(Query(outlets=filters[0], outlet_countries=filters[1]))
                if len(self._logs) >= _KEPT_LOGS:
                    self._logs.clear()
                self._logs[filters] = self._frame(Query(), log.text, log.values)
            return self._logs[filters].copy(deep=False)  # copied on write: the kept one stays

    def trouble(self, limit: int) -> pd.DataFrame:
        """Return fetched_at (UTC), source, outcome, reason, locator of captures kept aside.

        The newest `limit` of those quarantined, failed or of an unsupported kind.
        """
        return self._frame(Query(), questions.TROUBLE, (int(limit),))

    def source_dates(self, query: Query) -> pd.DataFrame:
        """Return, per source and outlet, counts of dates beside the time of collection.

        The columns are `source_dates.COLUMNS`; `analysis.date_quality` judges them.
        """
        narrowed = select.narrowed(query)
        sql = source_dates.SOURCE_DATES.format(narrowed=narrowed.text, sure=SURE)
        return self._frame(query, sql, narrowed.values)[list(source_dates.COLUMNS)]

    def article(self, article_id: int, version: int | None = None) -> detail.StoredArticle:
        """Return one article whole, hidden or not, its current version if None; or KeyError."""
        hidden = self.look_up("SELECT * FROM hidden_article WHERE article_id = ?", article_id)
        of = self.hidden if self.hidden and len(hidden) else self
        with of._cursor(Query()) as cursor:
            return detail.read(cursor, article_id, version)

    def texts(self, article_ids: Collection[int]) -> list[Text]:
        """Return the current versions of some articles, as queries see them, in order of ids."""
        with self._naming():
            return self._searcher.articles(sorted(set(article_ids)))

    def ask(
        self,
        template: str,
        query: Query,
        values: Sequence[object] = (),
        *,
        columns: Sequence[str] = (),
        **more: object,
    ) -> pd.DataFrame:
        """Return the answer to SQL that names relations of `select` in braces.

        They are, in this order: `{narrowed}`, `{chosen}`, `{anywhere}` (`chosen` in any placement),
        `{hits}`, `{placements}`. The first three have `columns` of the article beside
        their own. `values` are those of the question marks behind these.
        """
        text, own = self._sql(template, query, columns=columns, **more)
        return self._frame(query, text, (*own, *values))

    def look_up(self, sql: str, *values: object, **tables: pa.Table) -> pd.DataFrame:
        """Return the answer to SQL that rests on no query; it may name `tables` of the caller's."""
        with self._naming(), self._connection.cursor() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            return to_frame(cursor.sql(sql, params=list(values)))

    def current_texts(self, article_ids: Collection[int]) -> dict[int, str]:
        """Return the current texts of some articles by id."""
        with self._naming():
            return self._searcher.texts(sorted(set(article_ids))) if article_ids else {}

    def _sql(
        self, template: str, query: Query, *, columns: Sequence[str] = (), **more: object
    ) -> tuple[str, tuple[object, ...]]:
        made = {
            "narrowed": select.narrowed(query, hit=True, columns=columns),
            "chosen": select.chosen(query, columns),
            "anywhere": select.chosen(query, columns, anywhere=True),
            "hits": select.hits(query),
            "placements": select.wanted_placements(query),
        }
        used = {name: sql for name, sql in made.items() if f"{{{name}}}" in template}
        texts = {name: sql.text for name, sql in used.items()}
        values = (value for sql in used.values() for value in sql.values)
        return template.format(**texts, sure=SURE, **more), tuple(values)

    def _frame(self, query: Query, sql: str, values: tuple[object, ...]) -> pd.DataFrame:
        with self._cursor(query) as cursor:
            return to_frame(cursor.sql(sql, params=list(values)))

    @contextmanager
    def _cursor(self, query: Query) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a connection of its own, with the hits of the query's free texts laid out in it."""
        with self._naming(), self._connection.cursor() as cursor:
            for name, text in (("within", query.within), ("text", query.text)):
                if text:
                    cursor.register(f"{name}_hit", self._find(text).hits)
            yield cursor

    def text_hits(self, text: str) -> pd.DataFrame:
        """Return article_id, n, n_headline of every article that a query matches.

        They are what the query counts as a topic: `n` mentions, `n_headline` of them in headlines.
        Raises QueryError.
        """
        with self._naming():
            return self._find(text).hits.select(HITS.names).to_pandas()

    def _find(self, text: str) -> Found:
        return self._searches.find(text)


_KEPT_LOGS = 8  # a chart asks for the log of its filters, and for that of all, more than once


@contextmanager
def _naming_errors(path: Path, version: int, files: Mapping[str, list[str]]) -> Iterator[None]:
    """Name the file that cannot be read, or say that this version was removed."""
    with naming_removal(path, version), naming_damage(files):
        yield
