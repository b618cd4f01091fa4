"""A small store of many commits, and what it says, for tests of its upkeep."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipelines.article import (
    Capture,
    CopyLevel,
    Fetch,
    Form,
    Outcome,
    Quote,
    QuoteKind,
    SourceKind,
    TagKind,
    Zone,
)
from pipelines.ingest import capture_id
from pipelines.query import Query
from pipelines.store import Writer, open_store, open_writer
from pipelines.syndication import Placement, make_sketch, words_of
from pipelines.versions import Decision
from tests.store.build import NOW, Written, article, naming, on_day

TOPICS = [
    {"id": i, "name": i, "query": i, "color": "", "description": ""} for i in ("syria", "ukraine")
]


def make(path: Path, commits: int = 4) -> Path:
    """Make a store of so many commits."""
    with open_writer(path, now=NOW) as writer:
        for number in range(commits):
            _add_fetch(writer, number)
            writer.flush()
    return path


def add_commit(path: Path, number: int) -> None:
    """Commit one more fetch."""
    with open_writer(path, now=NOW) as writer:
        _add_fetch(writer, number)


def _add_fetch(writer: Writer, number: int) -> None:
    """Add a fetch of two new articles, and of an edit of the very first one."""
    if not writer.commit.tags_hash:
        writer.replace_topics(TOPICS, "test")
    writer.begin(Fetch("files", SourceKind.JSONL, f"part-{number}.jsonl"))
    _add(writer, 0, version=number + 1)
    for place in (1, 2):
        _add(writer, 2 * number + place, version=1)
    writer.end_fetch()


def _add(writer: Writer, number: int, version: int) -> None:
    one = written(number, version)
    article_id = one.article.article_id
    outcome = Outcome.STORED if version == 1 else Outcome.EDITED
    decision = Decision(outcome, article_id, version)
    writer.add(one.article, decision, Placement(article_id, CopyLevel.NONE), one.tags)
    content = one.article.text.encode()
    capture = Capture("files", one.article.url, Form.TEXT, content, url=one.article.url)
    writer.record(capture, capture_id(capture), outcome, decision=decision)


def written(number: int, version: int) -> Written:
    """Return an article that names Syria and Ukraine, and quotes one."""
    mark = f"{number} of {version}"
    text = " ".join(f"On the {n}th day of {mark} Syria and Ukraine spoke." for n in range(9))
    made = article(number, on_day(date(2015, 6, 1 + number % 28)), text=text)
    made = replace(made, text_hash=made.content_hash)
    made = replace(made, sketch=make_sketch(words_of(made)))
    tagged = naming(made, (TagKind.TOPIC, "syria", "Syria"), (TagKind.TOPIC, "ukraine", "Ukraine"))
    said = Quote(0, 5, QuoteKind.DIRECT, Zone.HEADLINE, "lavrov", "Lavrov")
    return replace(tagged, tags=replace(tagged.tags, quotes=(said,)))


def said_by(path: Path, snap: int | None = None) -> tuple[str, ...]:
    """Return what a version says: articles, evidence, the log, a text search."""
    with closing(open_store(path, snap=snap)) as store:
        mentions = store.mentions(Query(topics=("syria", "ukraine")))
        frames = (store.articles(Query()), mentions, store.fetches(Query()))
        found = store.text_hits("Syria").sort_values("article_id")
        return (*(frame.to_csv(index=False) for frame in frames), found.to_csv(index=False))
