"""Bring a store's tags to the topics and names in force: facts stay, derived tables are made anew.

What is read anew depends on what changed since the last commit:

- names of entities and countries, the user's files of them, the model that finds other names or the
  setting that chooses it, or the code of `tagging` and `querylang`: every tag of every stored
  version;
- the queries of some topics: those topics only, asked of the articles that the text index names
  (all, where a query asks for days). What else an article was tagged with is taken from the store;
- a topic's name, color or description, or a topic that is gone: nothing.

The result is one commit, so that no number ever mixes two definitions. Until then it waits, part by
part, beside the store (`store/files/staging.py`): a run that is killed goes on with the part it
was in.
"""

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from xxhash import xxh3_64_intdigest

from pipelines.article import Tags
from pipelines.furniture import without_furniture
from pipelines.hashing import hash63
from pipelines.querylang import ASK_FOR_QUOTES, parse
from pipelines.store.corrections import has_other_outlets
from pipelines.store.files.staging import Staged
from pipelines.store.reader import Store
from pipelines.store.writer import Writer
from pipelines.store.writing.definitions import Signed, definition_of
from pipelines.store.writing.passes import Part, Pass, StoredText, open_pass
from pipelines.store.writing.rows import (
    Row,
    annotation_row,
    mention_rows,
    quote_rows,
    retagged_rows,
)
from pipelines.tagging import Taggers, TopicTagger, find_topics
from pipelines.tagging.topics import Topic
from pipelines.tagging_apart import tagging

_DECIDE = ("tagging", "querylang")  # the folders whose code and tables decide on a tag
_DAYS = frozenset({"published", "seen"})  # fields of the query language
_OUTLETS = frozenset({"outlet", "outlet_country", "domain"})
_ENDINGS = (".py", ".csv", ".tsv", ".toml", ".txt", ".crfsuite")
_TOPICS = "topics.toml"  # the shipped topics lie there too, and are hashed one by one

Candidates = Callable[[Writer, Sequence[Topic]], Collection[int] | None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Retag:
    """What was brought up to date: topics by id, and how many stored versions were read for it."""

    topics: tuple[str, ...] = ()
    versions: int = 0
    everything: bool = False  # entities and countries too


def names_hash(names: str) -> str:
    """Return the hash of all that decides on tags beside the topics' queries: names and code.

    `names` is the setting of that name. Of 8 MB the bytes are hashed: as text they took 166 ms of
    each run.
    """
    here = Path(__file__).parent
    files = sorted(
        path
        for folder in _DECIDE
        for path in (here / folder).rglob("*")
        if path.suffix in _ENDINGS and path.name != _TOPICS
    )
    return f"{hash63(names, *(xxh3_64_intdigest(path.read_bytes()) for path in files)):016x}"


def _with_files(shipped: str, files: Sequence[str]) -> str:
    """Return the hash of the shipped names and of the user's files; without any, the first."""
    if not files:
        return shipped
    return f"{hash63(shipped, *(Path(file).read_bytes() for file in files)):016x}"


def indexed_candidates(writer: Writer, topics: Sequence[Topic]) -> set[int] | None:
    """Return the ids of the articles that the text index finds for some topics; None for all.

    All where a query asks for days: a search takes the days that people set, and when an article
    came; a topic takes those of its text. So with outlets, where people set any. Hidden articles
    are among them: their tags must be there when they are shown again.
    """
    queries = [parse(topic.query) for topic in topics]
    fields = {field for query in queries for field in query.fields}
    if fields & _DAYS:
        return None
    with closing(Store(writer.path, writer.commit.version)) as store:
        if fields & _OUTLETS and has_other_outlets(store):
            return None
        return {key for query in queries for key in _matched(store, query.text)}


def _matched(store: Store, query: str) -> Iterator[int]:
    """Yield the ids of the articles that a query matches, hidden ones too."""
    for one in (store, store.hidden):
        if one is not None:
            yield from map(int, one.text_hits(query)["article_id"])


def refresh_tags(
    writer: Writer,
    taggers: Taggers,
    topics: Sequence[Topic],
    *,
    candidates: Candidates = indexed_candidates,
    processes: int = 0,
    progress: Progress = lambda done, all: None,
    signed: Signed | None = None,
    before_commit: Callable[[], None] = lambda: None,
) -> Retag:
    """Tag the stored versions again as far as definitions changed; return what was done.

    `candidates` names the articles (ids) whose current version can match one of the topics it is
    given, so that only those are read; it must leave none out, and returns None for all.
    `processes` tag, where all tags of many texts are to be found: below two only this one does.
    `progress` is told the versions done and those to do. `signed` says who changed one topic.
    `before_commit` is called when all is ready and nothing counts yet; after its error nothing
    will. Raises WorkersLost as `tagging` does.
    """
    plan = _plan(writer, topics, taggers)
    if not plan.reads and plan.declared == writer.topics():
        before_commit()
        return Retag()
    reads = plan.reads and "articles" in writer.commit.tables
    only = candidates(writer, plan.changed) if reads and not plan.everything else None
    staged = Staged(writer.path, "retag", _key(writer, plan, only))
    writer.replace_topics(plan.declared, plan.tags_hash, signed)
    if reads:
        with ExitStack() as stack:
            quotes = _asks_for_quotes(plan)
            texts = stack.enter_context(open_pass(writer.files(), only, quotes=quotes))
            how_many = texts.texts - staged.count
            tagging_part = (
                _tagging_all(writer, taggers, texts=how_many, processes=processes)
                if plan.everything
                else _tagging_topics(writer, plan.changed)
            )
            _stage(texts, staged, stack.enter_context(tagging_part), progress)
        writer.take_staged(staged)
    before_commit()
    writer.flush()
    versions = staged.count
    staged.clear()
    return Retag(tuple(topic.id for topic in plan.changed), versions, plan.everything)


def is_outdated(writer: Writer, files: Sequence[str], names: str) -> bool:
    """Return whether what decides on all tags is not what the store was tagged with.

    `files` are the user's files of names, `names` is the setting of that name.
    """
    return writer.commit.tags_hash != _with_files(names_hash(names), files)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done: the topics as the store keeps them, and those whose query is new."""

    declared: list[Row]
    changed: list[Topic]
    everything: bool
    tags_hash: str

    @property
    def reads(self) -> bool:
        """Say whether texts have to be read."""
        return self.everything or bool(self.changed)


def _plan(writer: Writer, topics: Sequence[Topic], taggers: Taggers) -> _Plan:
    tags_hash = _with_files(names_hash(taggers.names), taggers.files)
    made_with = writer.definitions()
    everything = writer.commit.tags_hash != tags_hash
    changed = [
        topic
        for topic in topics
        if everything or made_with.get(topic.id) != definition_of(topic.query)
    ]
    return _Plan([_declared(topic) for topic in topics], changed, everything, tags_hash)


def _asks_for_quotes(plan: _Plan) -> bool:
    """Say whether a topic needs the quotes that are stored; tagging everything finds its own."""
    queries = [] if plan.everything else [parse(topic.query) for topic in plan.changed]
    return any(query.fields & ASK_FOR_QUOTES for query in queries)


def _declared(topic: Topic) -> Row:
    return {
        "id": topic.id,
        "name": topic.name,
        "query": topic.query,
        "color": topic.color,
        "description": topic.description,
    }


def _key(writer: Writer, plan: _Plan, only: Collection[int] | None) -> str:
    """Return what parts must have been made of and for to be of use: the store, and the wish."""
    queries = sorted(f"{topic.id} {definition_of(topic.query)}" for topic in plan.changed)
    chosen = "all" if only is None else hash63(*sorted(only))
    return f"{hash63(writer.commit.version, plan.tags_hash, chosen, *queries):016x}"


Rows: TypeAlias = dict[str, list[Row]]  # by table
Tag: TypeAlias = Callable[[Sequence[StoredText]], Iterator[Rows]]  # of a part, text by text


@contextmanager
def _tagging_all(writer: Writer, taggers: Taggers, *, texts: int, processes: int) -> Iterator[Tag]:
    """Yield what makes the rows of all derived tables of stored texts."""
    number, furniture = writer.next_version, writer.known.furniture

    def tag(part: Sequence[StoredText]) -> Iterator[Rows]:
        for stored, tags in zip(part, find_all(one.article for one in part), strict=True):
            key = stored.article.article_id, stored.version
            annotation = annotation_row(*key, stored.syndication_id, tags)
            yield {
                "annotations": _made_in(number, [annotation]),
                "mentions": _made_in(number, mention_rows(*key, tags.mentions)),
                "quotes": quote_rows(*key, tags.quotes),
            }

    with tagging(taggers, furniture, articles=texts, processes=processes) as find_all:
        yield tag


@contextmanager
def _tagging_topics(writer: Writer, changed: Sequence[Topic]) -> Iterator[Tag]:
    """Yield what makes the rows of some topics of stored texts.

    No processes are worth it: reading the texts takes as long as tagging them.
    """
    number, furniture = writer.next_version, writer.known.furniture
    tagger = TopicTagger(changed)

    def tag(part: Sequence[StoredText]) -> Iterator[Rows]:
        for stored in part:
            news = without_furniture(stored.article, furniture)
            tags: Tags = find_topics(news, tagger, stored.found)
            key = news.article_id, stored.version
            yield {
                "retagged": _made_in(number, retagged_rows(*key, tags)),
                "mentions": _made_in(number, mention_rows(*key, tags.mentions)),
            }

    yield tag


def _made_in(number: int, rows: Sequence[Row]) -> list[Row]:
    return [{**row, "tagged_in": number} for row in rows]


def _stage(texts: Pass, staged: Staged, tag: Tag, progress: Progress) -> None:
    """Tag the parts that are not yet staged."""
    progress(staged.count, texts.texts)
    with closing(_ahead(texts, texts.parts[staged.parts :])) as parts:
        for part in parts:
            rows: Rows = {}
            for count, made in enumerate(tag(part), 1):
                for name, new in made.items():
                    rows.setdefault(name, []).extend(new)
                if not count % _EVERY:
                    progress(staged.count + count, texts.texts)
            staged.add(rows, len(part))
            progress(staged.count, texts.texts)


_EVERY = 200  # texts between reports of progress


def _ahead(texts: Pass, parts: Sequence[Part]) -> Generator[list[StoredText], None, None]:
    """Yield the texts of each part, while those of the next one are read.

    Half of reading is unpacking, which leaves Python free to tag. To be closed before `texts` is.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        reading: deque[Future[list[StoredText]]] = deque()
        for part in parts:
            reading.append(thread.submit(lambda wanted: list(texts.read(wanted)), part))
            if len(reading) > 1:
                yield reading.popleft().result()
        while reading:
            yield reading.popleft().result()
