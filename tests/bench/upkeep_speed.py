"""Print what joining the small files of a store costs and brings, at several numbers of files.

Usage: python -m tests.bench.upkeep_speed [ARTICLES]   (default 50,000)

Articles of 120 drawn words with 22 spans each (as the sample data has) come in commits of 500, as
from an ingest. Opening and three questions are asked before and after `compact`, five times each,
the fastest shown.
"""

import random
import resource
import shutil
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from pipelines.article import CopyLevel, Mention, Outcome, TagKind, Tags, Zone
from pipelines.query import Query
from pipelines.store import open_store, open_writer
from pipelines.store.files.commits import read_commit
from pipelines.store.files.tables import parts_of
from pipelines.store.upkeep.compaction import compact
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import NOW, article, on_day

_WORDS = [f"{a}{b}{c}" for a in "bdfklmprst" for b in ("ara", "eto", "ilu") for c in "nrstvxyz"]
_TAGS = [(TagKind.TOPIC, f"topic{n}") for n in range(10)]
_TAGS += [(TagKind.ENTITY, f"entity{n}") for n in range(300)]
_TAGS += [(TagKind.COUNTRY, f"{a}{b}") for a in "ABCDE" for b in "QRSTU"]
_BATCH = 500
_ROUNDS = 5


def fill(store: Path, count: int, first: int = 0) -> None:
    """Write articles `first` to `count`, with a commit for each 500."""
    draw = random.Random(first)
    topics = [
        {"id": tag, "name": tag, "query": tag, "color": "", "description": ""}
        for kind, tag in _TAGS
        if kind is TagKind.TOPIC
    ]
    with open_writer(store, now=NOW) as writer:
        if not writer.commit.tags_hash:
            writer.replace_topics(topics, "bench")
        for number in range(first, count):
            day = date(2015, 1, 1) + timedelta(days=number * 1000 // count - draw.randrange(9))
            text = " ".join(draw.choices(_WORDS, k=120))
            one = replace(article(number, on_day(day), text=text), sketch=None)
            spans = sorted(draw.sample(range(0, len(text) - 10), 22))
            mentions = tuple(
                Mention(*draw.choice(_TAGS), at, at + 6, text[at : at + 6], Zone.LEDE, why="word")
                for at in spans
            )
            named = dict.fromkeys(m.tag for m in mentions if m.kind is TagKind.TOPIC)
            decision = Decision(Outcome.STORED, one.article_id, 1)
            placement = Placement(one.article_id, CopyLevel.NONE)
            writer.add(one, decision, placement, Tags(mentions, tuple(named)))
            if number % _BATCH == _BATCH - 1:
                writer.flush()


def fastest(asked) -> float:
    """Return the seconds of the fastest of some calls."""
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        asked()
        times.append(time.perf_counter() - started)
    return min(times)


def measured(path: Path) -> dict[str, float]:
    """Return milliseconds of opening the store and of three questions."""

    def opened():
        with closing(open_store(path)) as store:
            return store.version

    with closing(open_store(path)) as store:
        some = int(store.articles(Query(), limit=1)["article_id"].iloc[0])
        topic = Query(topics=("topic3",), start=date(2016, 1, 1), end=date(2016, 2, 1))
        newest = Query(topics=("topic3",))
        asked = {
            "open": opened,
            "one article": lambda: store.article(some),
            "spans of a topic in a month": lambda: store.spans(topic),
            "evidence of the 50 newest": lambda: store.mentions(newest, newest=50),
            "text search": lambda: store.text_hits(f"{_WORDS[3]} {_WORDS[7]}"),
        }
        return {name: fastest(ask) * 1000 for name, ask in asked.items()}


def described(path: Path) -> str:
    """Return files, and megabytes of the newest commit."""
    commit = read_commit(path)
    parts = [
        part for name, at in commit.tables.items() for part in parts_of(path / "tables" / name, at)
    ]
    most = max(len(parts_of(path / "tables" / name, at)) for name, at in commit.tables.items())
    return f"{len(parts)} files, at most {most} a table, {sum(p.size for p in parts) / 1e6:.0f} MB"


def main(count: int = 50_000) -> None:
    """Fill a store, measure, join, measure again."""
    folder = Path(tempfile.mkdtemp(prefix="upkeep"))
    try:
        started = time.perf_counter()
        fill(folder, count)
        print(f"filled with {count} in {time.perf_counter() - started:.0f} s")
        print(described(folder))
        before = measured(folder)
        high = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, cpu = time.perf_counter(), time.process_time()
        for one in compact(folder, now=NOW):
            print(one)
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - high
        print(
            f"joined in {wall:.1f} s ({cpu:.1f} s of processor), memory rose by {more / 1e3:.0f} MB"
        )
        print(described(folder))
        for name, milliseconds in measured(folder).items():
            print(f"{name:<30}{before[name]:>10.1f}{milliseconds:>10.1f} ms")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
