"""Print the table of the store's targets: ours, rivals and the limit, turn and turn about.

Usage: python -m tests.bench.store_speed FOLDER [ARTICLES] [--metadata] [--short] [--keep DATE]
       (`make bench-store`; default 100,000 articles; the corpus in FOLDER is used again)

Every rival's answer is first checked to be ours. Then all are asked in each of some rounds. Shown
are the least time on the wall and the median CPU time of all threads, in milliseconds, and the
ratio: the median over the rounds of ours through theirs in CPU time, so below 1 ours is faster.
With `--short` no round is repeated often and a ratio past its limit ends with an error: a limit is
far from what was measured and catches only a collapse.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from pipelines.query import Interval, Query
from pipelines.store import Store, open_store
from tests.bench.store_chores import chores
from tests.bench.store_corpus import DAYS, FIRST_DAY, corpus_in
from tests.bench.store_growth import draw_growth
from tests.bench.store_rivals import Asked, DiskLimit, Limit, by_day, rivals_in, write_flat
from tests.bench.store_table import Line, keep, timed, to_text

_LAST = FIRST_DAY + timedelta(days=DAYS - 1)
_ALL = Query(start=FIRST_DAY, end=_LAST, interval=Interval.DAY)
_EPOCH = date(1970, 1, 1)
QUESTIONS = {  # name of a method: what it is called, and what the CPU time may be times pandas'
    "chart": ("filter change to the chart's data", 20),
    "topic": ("articles of a topic by day", 20),
    "share": ("share of a topic by day", 20),
    "map": ("countries of a topic's articles", 10),
    "top": ("entities of the last 90 days", 10),
    "latest": ("latest fifty of a topic, whole rows", 40),
}


class Ours:
    """The store's own reads, as the dashboard asks them."""

    name = "ours"

    def __init__(self, store: Store) -> None:
        self.store = store

    def _days(self, query: Query, *, totals: bool) -> dict[int, int]:
        counts = self.store.counts(query)
        found = by_day(counts)
        if not totals:
            return found
        of = by_day(self.store.totals(query))
        return {day: 10**7 * of[day] + n for day, n in found.items()}

    def topic(self, asked: Asked) -> dict[int, int]:
        return self._days(_with(_ALL, topics=(asked.topic,)), totals=False)

    def chart(self, asked: Asked) -> dict[int, int]:
        query = _with(_ALL, topics=(asked.topic,), outlet_countries=(asked.country,))
        return self._days(query, totals=True)

    def share(self, asked: Asked) -> dict[int, int]:
        return self._days(_with(_ALL, topics=(asked.topic,)), totals=True)

    def map(self, asked: Asked) -> dict[str, int]:
        rows = self.store.tag_counts(_with(_ALL, topics=(asked.topic,)), "country")
        return dict(zip(rows["tag"].tolist(), rows["articles"].tolist(), strict=True))

    def top(self, asked: Asked) -> dict[str, int]:
        start = _EPOCH + timedelta(days=asked.since)
        rows = self.store.tag_counts(_with(_ALL, start=start), "entity")
        return dict(zip(rows["tag"].tolist(), rows["articles"].tolist(), strict=True))

    def latest(self, asked: Asked) -> list[int]:
        rows = self.store.articles(_with(_ALL, topics=(asked.topic,)), limit=50)
        return sorted((day - _EPOCH).days for day in rows["published_day"])


def _with(query: Query, **more: object) -> Query:
    return Query(**{name: getattr(query, name) for name in query.__slots__} | more)  # type: ignore[arg-type]


def questions(
    store: Store,
    folder: Path,
    rounds: int,
    rivals_of: Callable[[Path], Sequence[object]] = rivals_in,
) -> list[Line]:
    """Return one line for each question, every rival's answer checked; their files are `folder`."""
    if not (folder / "tags.parquet").exists():
        write_flat(store, folder)
    asked = Asked(since=(_LAST - _EPOCH).days - 89)
    rivals = rivals_of(folder)
    limits = [Limit(folder), DiskLimit(folder)]
    ours, lines = Ours(store), []
    for name, (title, most) in QUESTIONS.items():
        own = getattr(ours, name)(asked)
        for rival in rivals:
            theirs = getattr(rival, name)(asked)
            assert theirs == own, f"{title}: {rival.name} answers otherwise"
        everyone = [ours, *rivals, *(one for one in limits if hasattr(one, name))]
        calls: dict[str, Callable[[], object]] = {
            one.name: partial(getattr(one, name), asked) for one in everyone
        }
        lines.append(timed(title, calls, rounds=rounds, most={"pandas, in memory": most}))
        print(to_text(lines[-1]), flush=True)
    return lines


def main() -> None:
    """Build what is missing, ask, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.store_speed")
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("--metadata", action="store_true", help="tags without texts")
    parser.add_argument("--short", action="store_true", help="few rounds; fail past a limit")
    parser.add_argument("--keep", type=date.fromisoformat, metavar="DATE")
    options = parser.parse_args()
    path = corpus_in(options.folder, options.articles, metadata=options.metadata)
    store = open_store(path)
    rounds = 3 if options.short else 9
    flat = path.with_name(f"{path.name}-flat")
    lines = questions(store, flat, rounds)
    for line in chores(store, flat, has_texts=not options.metadata, rounds=rounds):
        print(to_text(line), flush=True)
        lines.append(line)
    if options.keep:
        keep(lines, options.articles, options.keep)
        draw_growth()
    collapsed = [line.title for line in lines if line.collapsed]
    if options.short and collapsed:
        sys.exit(f"much slower than it was: {', '.join(collapsed)}")


if __name__ == "__main__":
    main()
