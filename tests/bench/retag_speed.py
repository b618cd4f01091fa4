"""Print what a changed topic costs: one of ten tagged again, beside all tags made anew.

Usage: python -m tests.bench.retag_speed [ARTICLES] [WORDS]   (default 20,000 of 150 words)

Texts are drawn from a seed: made-up words, a known name in 25 of them, and of each topic's word one
text in twenty. Candidates
are the articles that the drawing put the word in, as an index would name them.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines import retag
from pipelines.article import CopyLevel, Outcome, Tags
from pipelines.query import Query
from pipelines.retag import refresh_tags
from pipelines.store import open_store, open_writer
from pipelines.syndication import Placement
from pipelines.tagging import Taggers, make_taggers
from pipelines.tagging.topics import Topic
from pipelines.versions import Decision
from tests.store.build import article, on_day

_NOW = datetime(2020, 1, 1, tzinfo=UTC)
_WORDS = [f"{a}{b}{c}" for a in "bdfklm" for b in ("ara", "eto", "ilu") for c in "nrstvxyz"]
_TOPICS = [f"topic{letter}" for letter in "abcdefghij"]
_NAMES = ["Sergei Lavrov", "John Kerry", "Moscow", "Syria", "Ukraine", "Geneva", "United Nations"]
_SHARE = 20  # one text in so many names a topic


def fill(store: Path, count: int, words: int) -> set[int]:
    """Write `count` articles without tags; return the ids of those that name the last topic."""
    draw, named = random.Random(0), set()
    with open_writer(store, now=_NOW) as writer:
        for number in range(count):
            text = draw.choices(_WORDS, k=words)
            for name in draw.choices(_NAMES, k=words // 25):
                text[draw.randrange(words)] = name
            for topic in _TOPICS:
                if not draw.randrange(_SHARE):
                    text[draw.randrange(words)] = topic
            day = date(2015, 1, 1) + timedelta(days=number % 1500)
            one = replace(article(number, on_day(day), text=" ".join(text)), sketch=None)
            if _TOPICS[-1] in text:
                named.add(one.article_id)
            decision = Decision(Outcome.STORED, one.article_id, 1)
            writer.add(one, decision, Placement(one.article_id, CopyLevel.NONE), Tags())
            if not number % 500:
                writer.flush()
    return named


def run(store: Path, topics: list[Topic], taggers: Taggers, **how: Callable[..., object]) -> str:
    """Bring the store to `topics`; return what it cost."""
    wall, cpu = time.perf_counter(), time.process_time()
    with open_writer(store, now=_NOW) as writer:
        opened = time.perf_counter()
        done = refresh_tags(writer, taggers, topics, **how)  # type: ignore[arg-type]
    spent = time.process_time() - cpu
    with closing(open_store(store)) as reader:
        count = reader.article_count(Query(topics=(topics[-1].id,)))
    return (
        f"{done.versions:>8} texts, {spent:6.1f} s CPU, {time.perf_counter() - opened:6.1f} s"
        f" (opening {opened - wall:.1f} s), {count} articles in the last topic"
    )


def main() -> None:
    """Fill a store, tag it, change one topic three ways."""
    count, words = (int(word) for word in (sys.argv[1:] + ["20000", "150"][len(sys.argv) - 1 :]))
    topics = [Topic(one, one, one) for one in _TOPICS]
    taggers = make_taggers(topics)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        named = fill(store, count, words)
        print("all tags     ", run(store, topics, taggers))
        changed = [*topics[:-1], Topic(_TOPICS[-1], "", f"{_TOPICS[-1]} OR neverthere")]
        print("one of ten   ", run(store, changed, taggers))
        again = [*topics[:-1], Topic(_TOPICS[-1], "", f"{_TOPICS[-1]} OR nowhere")]
        print("its candidates", run(store, again, taggers, candidates=lambda *_: named))
        names, retag.names_hash = retag.names_hash, lambda names: "other"
        print("all tags     ", run(store, again, taggers))
        retag.names_hash = names
        size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size / count:.0f} bytes an article in all, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
