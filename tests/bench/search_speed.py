"""Time searches over drawn articles: ours, SQLite FTS5, tantivy and pandas, turn and turn about.

Usage: python -m tests.bench.search_speed [ARTICLES] [FOLDER] [--without-tantivy]
       [--rounds N] [--rescan TEXTS] [--keep DATE]
       (default 100,000 articles; needs tantivy; with FOLDER what was built is used again)

Asked is what the search box asks: counts by day under filters, and the 20 newest articles with
their sentences. Ours are the store's own reads with nothing kept from the question before. "index
alone" is what of it the index does: the facts are in the query, its articles are counted by day.
Shown are the least time on the wall and the median CPU time, and ours through the others' in CPU
time, so below 1 ours is faster. pandas is asked once and over 100,000 articles at most.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.query import Interval, Query
from pipelines.querylang import match, parse
from pipelines.store import open_store
from pipelines.store.asking.newest import _KEPT_ROWS
from pipelines.store.asking.recent import Recent
from pipelines.store.asking.search import _KEPT_CHARACTERS
from pipelines.store.files.texts import read_texts
from pipelines.store.fulltext import Evaluation, folder_of, update_index
from pipelines.store.fulltext.lists import Lists
from tests.bench.search_corpus import FIRST_DAY, drawn, write_store
from tests.bench.search_rivals import ASKED, Asked, Fts5, Pandas, Tantivy, filled
from tests.bench.search_table import SEARCH_SPEEDS
from tests.bench.store_table import Line, keep, timed, to_text

_PANDAS = 100_000
TOPIC = '("security council" OR unsc) AND (syria OR iran) AND NOT ukrain*'


class Ours:
    """The store's reads."""

    name = "ours"

    def __init__(self, path: Path) -> None:
        self.store = open_store(path)

    def _query(self, asked: Asked) -> Query:
        self.store._searches.kept.clear()
        return Query(
            text=asked.ours,
            outlet_countries=(asked.country,) if asked.country else (),
            start=FIRST_DAY + timedelta(days=asked.since) if asked.since else None,
            interval=Interval.DAY,
        )

    def by_day(self, asked: Asked) -> int:
        return int(self.store.counts(self._query(asked))["articles"].sum())

    def newest(self, asked: Asked) -> int:
        return self.store.mentions(self._query(asked), newest=20)["article_id"].nunique()

    def anew(self, ask: Callable[[Asked], int], asked: Asked) -> int:
        """Ask what nobody has asked before: nothing is kept of its words nor of articles."""
        self.store._searcher._open()[0]._lists = Lists()
        self.store._searcher._recent = Recent(_KEPT_CHARACTERS)
        self.store._newest._recent = Recent(_KEPT_ROWS)
        return ask(asked)


def _build(folder: Path, count: int, *, tantivy: bool) -> None:
    built: dict[str, float] = {}
    with _measured(built, "store"):
        files = write_store(folder / "store", drawn(count))
    with _measured(built, "ours"):
        update_index(folder / "store", files, anew=True)
    rivals = [Fts5(folder / "fts5.db"), *([Tantivy(folder / "tantivy")] if tantivy else [])]
    for rival in rivals:
        for part in drawn(count):
            with _measured(built, rival.name):
                rival.add(part)
        with _measured(built, rival.name):
            rival.finish()
        built[f"{rival.name} bytes"] = rival.size() / count
    (folder / "built.json").write_text(json.dumps(built), encoding="utf-8")


@contextmanager
def _measured(spent: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds of CPU time that something takes."""
    began = time.process_time()
    yield
    spent[name] = spent.get(name, 0) + time.process_time() - began


def _made(folder: Path, count: int) -> list[Line]:
    """Return what the indexes took to make, and their sizes."""
    built = json.loads((folder / "built.json").read_text(encoding="utf-8"))
    own, packed = _sizes(folder / "store", count)
    names = [name for name in ("FTS5", "tantivy") if name in built]
    speeds = ", ".join(f"{name} {count / built[name]:.0f}" for name in names)
    sizes = ", ".join(f"{name} {built[f'{name} bytes']:.0f}" for name in names)
    return [
        Line("index made, articles a second of CPU", said=f"{count / built['ours']:.0f}; {speeds}"),
        Line("bytes of the index an article", said=f"{own:.0f}; {sizes}"),
        Line("index through the texts packed with zstd", said=f"{own / packed:.2f}"),
    ]


def _sizes(store: Path, count: int) -> tuple[float, float]:
    """Return bytes an article: of the index, and of the texts packed."""
    texts = sorted((store / "tables" / "texts").glob("*.parquet"))
    packer, packed, articles = pa.Codec("zstd", compression_level=3), 0, 0
    for path in texts[:4]:
        for group in pq.ParquetFile(path).iter_batches(512, columns=["text"]):
            rows = group["text"].to_pylist()
            packed, articles = (
                packed + len(packer.compress("\0".join(rows).encode())),
                articles + len(rows),
            )
    index = sum(p.stat().st_size for p in folder_of(store).rglob("*") if p.is_file()) / count
    return index, packed / articles


def _asked(folder: Path, ours: "Ours", rounds: int) -> list[Line]:
    """Return a line for each question."""
    fts5 = Fts5.reopened(folder / "fts5.db")
    everyone: list[Ours | Fts5 | Tantivy] = [ours, fts5]
    if (folder / "tantivy").exists():
        everyone.append(Tantivy.reopened(folder / "tantivy"))
    alone, lines = by_day_of_index(ours), []
    for asked in ASKED:
        calls = {one.name: partial(one.by_day, asked) for one in everyone}
        calls["index alone"] = partial(alone, asked)
        said = f"{ours.by_day(asked):,} articles"
        lines.append(timed(f"counts by day: {asked.name}", calls, rounds=rounds, said=said))
        print(to_text(lines[-1]), flush=True)
    for asked in ASKED:
        calls = {one.name: partial(one.newest, asked) for one in everyone}
        calls["FTS5, one statement"] = partial(fts5.newest_in_one, asked)
        lines.append(timed(f"20 newest: {asked.name}", calls, rounds=rounds))
        print(to_text(lines[-1]), flush=True)
    lines += _asked_anew(ours, fts5, rounds)
    for kind in ("counts by day", "20 newest"):
        rows = [line for line in lines if line.title.startswith(f"{kind}: ")]
        ratios = {n: median(row.ratios[n] for row in rows) for n in rows[0].ratios}
        lines.append(Line(f"{kind}: median of the ratios", said=_said(ratios)))
        print(to_text(lines[-1]), flush=True)
    return lines


def _asked_anew(ours: Ours, fts5: Fts5, rounds: int) -> Iterator[Line]:
    """Yield what the same questions take where their words and articles were not asked before."""
    for kind, own, others in (
        ("counts by day", ours.by_day, (fts5.by_day,)),
        ("20 newest", ours.newest, (fts5.newest, fts5.newest_in_one)),
    ):
        found = []
        for asked in ASKED:
            calls = {other.__name__: partial(other, asked) for other in others}
            calls["ours"] = partial(ours.anew, own, asked)
            found.append(timed(asked.name, calls, rounds=rounds))
        for other in others:
            name = {"newest_in_one": "FTS5, one statement"}.get(other.__name__, "FTS5")
            ratios = [line.ratios[other.__name__] for line in found]
            each = ", ".join(
                f"{line.title} {line.cpu['ours']:g} ms, {ratio:.3g}"
                for line, ratio in zip(found, ratios, strict=True)
            )
            line = Line(
                f"{kind}, words new, of {name}", said=f"{each}; median {median(ratios):.3g}"
            )
            print(to_text(line), flush=True)
            yield line


def _said(ratios: dict[str, float]) -> str:
    return ", ".join(f"{ratio:.3g} of {name}" for name, ratio in ratios.items())


def _by_pandas(count: int) -> Line:
    """Return what pandas takes for the same counts, asked once."""
    pandas = Pandas()
    filled([pandas], islice(drawn(count), -(-_PANDAS // 25_000)))
    pandas.finish()
    spent = []
    for asked in ASKED:
        began = time.process_time()
        pandas.by_day(asked)
        spent.append((time.process_time() - began) * 1000)
    times = ", ".join(f"{asked.name} {ms:.0f}" for asked, ms in zip(ASKED, spent, strict=True))
    return Line(f"pandas over {len(pandas.texts):,} of them, ms", said=times)


def _topic(ours: Ours, rescan: int) -> list[Line]:
    """Return what a changed topic takes: all its counts, through the index and by the matcher."""
    ours.store._searches.kept.clear()
    began = time.process_time()
    hits = ours.store.text_hits(TOPIC)
    spent = time.process_time() - began
    through = Line("all counts of a changed topic", said=f"{spent:.3f} s, {len(hits):,} articles")
    counts = dict(zip(hits["article_id"], hits["n"], strict=True))
    parsed, differing, done = parse(TOPIC), 0, 0
    began = time.process_time()
    for text in islice(read_texts(ours.store._connection.cursor(), ()), rescan):
        spans = match(parsed, text.searchable)
        differing += counts.get(text.article_id) != (None if spans is None else len(spans))
        done += 1
    speed = done / (time.process_time() - began)
    said = f"{speed:.0f} texts a second, {differing} of {done:,} counted otherwise"
    return [through, Line("the same by reading all texts", said=said)]


def by_day_of_index(ours: Ours) -> Callable[[Asked], int]:
    """Return the question to the index alone: facts in the query, articles counted by day."""
    space, corpus = ours.store._searcher._open()
    days = ours.store._connection.sql("SELECT article_id, published_day FROM article")
    table = days.to_arrow_table().sort_by("article_id")
    number = table["published_day"].cast(pa.int32()).to_numpy()
    of_slot = number[np.searchsorted(np.sort(corpus.ids), corpus.ids)][corpus.row_of]

    def _asked(asked: Asked) -> int:
        facts = [f"outlet_country:{asked.country}"] if asked.country else []
        if asked.since:
            facts.append(f"published:{FIRST_DAY + timedelta(days=asked.since)}/")
        tree = parse(" AND ".join([f"({asked.ours})", *facts])).tree
        counted = Evaluation(space, corpus).count(tree)
        return int(np.bincount(of_slot[counted.slots]).sum())

    return _asked


def run(count: int, folder: Path, *, rounds: int, rescan: int) -> list[Line]:
    """Return the lines of the table for what was built in a folder."""
    lines = _made(folder, count)
    ours = Ours(folder / "store")
    began = time.process_time()
    ours.by_day(ASKED[0])
    first = f"{(time.process_time() - began) * 1000:.0f} ms"
    lines.append(Line("first search of a process", said=first))
    for line in lines:
        print(to_text(line), flush=True)
    lines += _asked(folder, ours, rounds)
    for line in (_by_pandas(count), *_topic(ours, rescan)):
        print(to_text(line), flush=True)
        lines.append(line)
    return lines


def main() -> None:
    """Run with what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search_speed")
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--without-tantivy", action="store_true", help="it takes long to build")
    parser.add_argument("--rounds", type=int, default=9, metavar="N")
    parser.add_argument("--rescan", type=int, default=5_000, help="texts read to compare counts")
    parser.add_argument("--keep", type=date.fromisoformat, metavar="DATE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "built.json").exists():
            _build(folder, options.articles, tantivy=not options.without_tantivy)
        lines = run(options.articles, folder, rounds=options.rounds, rescan=options.rescan)
    if options.keep:
        keep(lines, options.articles, options.keep, SEARCH_SPEEDS)


if __name__ == "__main__":
    main()
