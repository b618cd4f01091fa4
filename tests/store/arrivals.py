"""A random stream of what arrives at a store: fetches, edits, corrections, changes of topics.

Each arrival has its time and goes through the real line, so that a store can be brought to any
time by letting it take what had arrived until then.
"""

import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.article import Fetch, FetchStatus, SourceKind
from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.retag import refresh_tags
from pipelines.sources import read_source
from pipelines.store import keep_labels, open_store, open_writer, set_date
from pipelines.tagging import Taggers, TopicTagger, make_taggers
from pipelines.tagging.topics import read_topics

_FIRST = datetime(2015, 6, 1, tzinfo=UTC)
_READER = Reader(read_outlets(()))
_NAMES = make_taggers(()).in_order[:-1]  # made once: it takes a second
_QUERIES = ("Syria", "Syria OR Geneva", "talks", "war NOT Syria", "mentioned:SY", "Ukraine talks")
_SENTENCES = (
    "Talks on Syria began in Geneva.",
    "Lavrov flew to Ukraine for talks.",
    'Sergei Lavrov said: "We stand by the talks on Syria."',
    "Nobody in Damascus spoke of war.",
    "The Security Council met.",
    "Jane Doe wrote a letter to Kyiv.",
)
_WIRE = " ".join(f"{word} of the wire on Syria and its war." for word in ("One", "Two", "Three"))
_DESK = "Write to our Syria desk."  # furniture once many articles end with it


@dataclass(frozen=True)
class Arrival:
    """What came at a time, and all that decides what becomes of it."""

    at: datetime
    kind: str
    draw: int  # of the seed of what it brings

    def reach(self, store: Path, folder: Path) -> None:
        """Let a store take it; `folder` is where its files lie."""
        _KINDS[self.kind](self, random.Random(self.draw), store, folder)


def drawn_arrivals(draw: random.Random, count: int) -> list[Arrival]:
    """Return so many arrivals, hours or days apart; the first two bring topics and articles."""
    kinds = ["topics", "rows", *draw.choices(list(_KINDS), [5, 3, 2, 1, 1], k=count - 2)]
    now, arrivals = _FIRST, []
    for kind in kinds:
        now += timedelta(minutes=draw.randint(1, 60 * 24 * 3))
        arrivals.append(Arrival(now, kind, draw.randrange(1 << 30)))
    return arrivals


def _rows(arrival: Arrival, draw: random.Random, store: Path, folder: Path) -> None:
    path = folder / f"{arrival.at:%m-%d-%H-%M}.jsonl"
    path.write_text("\n".join(map(json.dumps, _drawn_rows(arrival, draw))))
    with open_writer(store, now=arrival.at) as writer:
        taggers = _taggers(read_topics_of(folder))
        stream = read_source(SourceConfig(location=str(path)))
        ingest(stream, writer, _READER, taggers=taggers)


def _drawn_rows(arrival: Arrival, draw: random.Random) -> Iterator[dict[str, str]]:
    for _ in range(draw.randint(1, 12)):
        outlet = draw.choice(["Post", "Herald", "Lenta"])
        sentences = [_WIRE] if draw.random() < 0.3 else draw.choices(_SENTENCES, k=3)
        day = date(2015, 5, 1) + timedelta(days=draw.randint(0, 40))
        dates = ["", day.isoformat(), day.isoformat(), f"{day:%Y-%m}", f"{day}T10:00:00Z"]
        yield {
            "url": f"https://{outlet.lower()}.example/{draw.randint(1, 9)}",
            "title": f"Title {draw.choice(['of Syria', 'of talks', 'of nothing'])}",
            "text": "\n".join([*sentences, *[_DESK] * (draw.random() < 0.7)]),
            "media_name": outlet,
            "publish_date": draw.choice(dates),
            "fetched_at": arrival.at.isoformat(),
        }


def _failure(arrival: Arrival, draw: random.Random, store: Path, folder: Path) -> None:
    failed = Fetch(
        "feed",
        SourceKind.FEED,
        "https://post.example/rss",
        status=FetchStatus.FAILED,
        fetched_at=arrival.at,
        reason="the server is down",
    )
    with open_writer(store, now=arrival.at) as writer:
        ingest([failed], writer, _READER, taggers=_taggers(read_topics_of(folder)))


def _topics(arrival: Arrival, draw: random.Random, store: Path, folder: Path) -> None:
    chosen = draw.sample(["syria", "peace", "war"], k=draw.randint(1, 3))
    (folder / "topics.toml").write_text(
        "".join(
            f"[[topic]]\nid = '{key}'\nname = '{key}'\nquery = '{draw.choice(_QUERIES)}'\n"
            for key in chosen
        )
    )
    with open_writer(store, now=arrival.at) as writer:
        topics = read_topics_of(folder)
        refresh_tags(writer, _taggers(topics), topics)


def read_topics_of(folder: Path):
    return read_topics((str(folder / "topics.toml"),))


def _taggers(topics) -> Taggers:
    return Taggers((*_NAMES, TopicTagger(topics)))


def _correction(arrival: Arrival, draw: random.Random, store: Path, folder: Path) -> None:
    day = draw.choice([date(2015, 5, draw.randint(1, 31)), None])
    article_id = draw.choice(_ids(store))
    set_date(store, article_id, day, who="Ann", now=arrival.at, why="says the archive")


def _label(arrival: Arrival, draw: random.Random, store: Path, folder: Path) -> None:
    with closing(open_store(store)) as opened:
        topic, definition = opened.topics()[["id", "definition"]].iloc[0]
    row = {"article_id": draw.choice(_ids(store)), "sentence_key": 1, "seed": 1}
    labels = [{**row, "sense": "hit", "right": draw.random() < 0.5}]
    keep_labels(store, topic, int(definition), labels, who="Ann", now=arrival.at)


def _ids(store: Path) -> list[int]:
    with closing(open_store(store)) as opened:
        return sorted(opened.hits(Query())["article_id"].tolist())


_KINDS = {
    "rows": _rows,
    "correction": _correction,
    "topics": _topics,
    "failure": _failure,
    "label": _label,
}
