"""Draw a large store from a seed, in bulk: articles, tags and evidence as Delta tables, one commit.

Usage: python -m tests.bench.store_corpus FOLDER [ARTICLES] [--metadata]   (default 100,000)

300 outlets and 20,000 entities, each rank as frequent as its reciprocal; 1,096 days with quiet
weekends and a growth of half; one text in seven is a copy of one a few days older; 4 in 100 have no
date, 3 a guess, 1 a month; one in a hundred was edited. A topic has .57 of an article's tags, one
of them with a month in which it doubles. Texts are of 40,000 made-up words by Zipf's law, 60 at the
median, with the names of their tags in them. With `--metadata` there are tags and no texts: 12
entities an article. It goes past the line, which would take hours.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, write_commit
from pipelines.store.files.schema import DEFINITIONS, FETCHES, TABLES, TOPICS
from pipelines.store.writing.definitions import definition_of
from tests.bench.store_drawing import Units, draw_units, draw_words

FIRST_DAY = date(2013, 1, 1)
DAYS = 1_096
OUTLETS = 300
MADE = datetime(2016, 1, 2, tzinfo=UTC)
HOMES = ["RU", "US", "GB", "FR", "DE", "UA", "SY", "IR", "TR", "CN", "IT", "ES", "PL", "", "IN"]
LANGUAGES = ["en", "en", "en", "ru", "fr", "de", "es"]
TOPICS_NAMED = [f"topic{letter}" for letter in "abcdefghij"]
PART = 250_000  # articles written at a time
_EPOCH_DAY = (FIRST_DAY - date(1970, 1, 1)).days


@dataclass(frozen=True)
class Drawn:
    """Some articles as columns: `unit` is the text of each, `days` are since FIRST_DAY."""

    ids: np.ndarray
    groups: np.ndarray
    unit: np.ndarray
    days: np.ndarray
    seconds: np.ndarray  # of the day
    outlets: np.ndarray
    fate: np.ndarray  # of the date: below .04 none, .07 a guess, .08 a month, .5 an instant
    versions: np.ndarray


def calendar() -> np.ndarray:
    """Return the share of all articles that stands on each day, added up."""
    days = np.arange(DAYS)
    weekday = (days + FIRST_DAY.weekday()) % 7
    volume = np.where(weekday >= 5, 0.55, 1.0) * (1 + 0.5 * days / DAYS)
    return np.cumsum(volume) / volume.sum()


def draw_articles(draw: np.random.Generator, first: int, n: int, total: int) -> Drawn:
    """Return articles `first` to `first + n` of `total`, in the order in which they came."""
    at = np.clip((np.arange(first, first + n) + 0.5) / total + draw.normal(0, 5e-4, n), 0, 1)
    days = np.minimum(np.searchsorted(calendar(), at), DAYS - 1)
    is_copy = (draw.random(n) < 1 / 7) & (np.arange(n) > 0)
    unit = np.cumsum(~is_copy) - 1
    original = np.flatnonzero(~is_copy)
    ids = (
        np.arange(first + 1, first + n + 1).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        >> np.uint64(1)
    ).astype(np.int64)
    ranks = 1 / np.arange(1, OUTLETS + 1)
    outlets = np.searchsorted(np.cumsum(ranks) / ranks.sum(), draw.random(n))
    edited = np.flatnonzero(draw.random(n) < 0.01)
    rows = np.append(np.arange(n), edited)
    versions = np.append(np.ones(n, np.int32), np.full(len(edited), 2, np.int32))
    seconds, fate = draw.integers(0, 86_400, n), draw.random(n)
    drawn = (ids, ids[original][unit], unit, days, seconds, outlets, fate)
    return Drawn(*(column[rows] for column in drawn), versions)


def article_columns(drawn: Drawn, titles: pa.Array) -> dict[str, object]:
    """Return the columns of `articles` that are not the same in all."""
    n, fate = len(drawn.ids), drawn.fate
    undated, guess, month = fate < 0.04, fate < 0.07, (fate >= 0.07) & (fate < 0.08)
    instant = (fate >= 0.08) & (fate < 0.5)
    day = drawn.days + _EPOCH_DAY
    month_day = day.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")
    day = np.where(month, month_day.astype(np.int64), day)
    at = (day * 86_400 + drawn.seconds) * 1_000_000
    precision = np.select([undated, month, instant], ["", "month", "instant"], "day")
    seen = ((drawn.days + _EPOCH_DAY) * 86_400 + drawn.seconds + 3_600) * 1_000_000
    names = [f"outlet-{o}" for o in range(OUTLETS)]
    homes = [HOMES[o % len(HOMES)] for o in range(OUTLETS)]
    spoken = [LANGUAGES[o % len(LANGUAGES)] for o in range(OUTLETS)]
    numbers = pa.array(drawn.ids).cast(pa.string())
    domains = pa.array([f"https://o{o}.example/news/" for o in range(OUTLETS)])
    empty = pa.nulls(n, pa.string()).fill_null("")
    return {
        "article_id": drawn.ids,
        "version": drawn.versions,
        "url": pa.compute.binary_join_element_wise(domains.take(drawn.outlets), numbers, ""),
        "outlet": pa.array(names).take(drawn.outlets),
        "outlet_name": pa.array([n.title() for n in names]).take(drawn.outlets),
        "outlet_domain": pa.array([f"o{o}.example" for o in range(OUTLETS)]).take(drawn.outlets),
        "outlet_country": pa.array(homes).take(drawn.outlets),
        "language": pa.array(spoken).take(drawn.outlets),
        "title": titles.take(pa.array(drawn.unit)),
        "author": empty,
        "published_at": _masked(at, ~instant, pa.timestamp("us", "UTC")),
        "published_day": _masked(day.astype(np.int32), undated, pa.date32()),
        "date_precision": pa.array(precision, pa.string(), mask=undated),
        "date_source": pa.array(np.where(instant, "feed", "meta"), pa.string(), mask=undated),
        "date_confidence": np.where(undated, 0.0, np.where(guess, 0.3, 0.97)),
        "date_evidence": pa.array(["[]"]).take(pa.array(np.zeros(n, np.int64))),
        "fetched_at": _masked(seen, np.zeros(n, bool), pa.timestamp("us", "UTC")),
        "first_seen_at": _masked(seen, np.zeros(n, bool), pa.timestamp("us", "UTC")),
        "n_words": np.full(n, 60, np.int32),
        "content_hash": drawn.groups,
        "text_hash": np.zeros(n, np.int64),
        "text_source": pa.array(["page"]).take(pa.array(np.zeros(n, np.int64))),
        "source": pa.array(names).take(drawn.outlets),
        "locator": empty,
    }


def _masked(values: np.ndarray, gone: np.ndarray, kind: pa.DataType) -> pa.Array:
    return pa.array(values, mask=gone).cast(kind)


def parts(drawn: Drawn, units: Units) -> Iterator[tuple[str, pa.Table]]:
    """Yield the rows of each table."""
    unit, n = pa.array(drawn.unit), len(drawn.ids)
    own = {"article_id": drawn.ids, "version": drawn.versions}
    yield "articles", _table("articles", article_columns(drawn, units.titles))
    lists = {name: column.take(unit) for name, column in units.lists.items()}
    datelines = units.datelines.take(unit)
    made = {"tagged_in": np.ones(n, np.int32), "syndication_id": drawn.groups}
    yield "annotations", _table("annotations", own | lists | made | {"dateline": datelines})
    if units.texts is None:
        return
    zones = {"text": units.texts.take(unit), "zones": units.zones.take(unit)}
    raw = {"raw_text": pa.nulls(n, pa.string()).fill_null("")}
    yield "texts", _table("texts", own | zones | raw)
    for name, (columns, owners) in {"mentions": units.mentions, "quotes": units.quotes}.items():
        rows, of = _expanded(owners, drawn.unit)
        repeated = {key: value[of] for key, value in own.items()}
        taken = {key: value.take(pa.array(rows)) for key, value in columns.items()}
        yield name, _table(name, repeated | taken)


def _expanded(owners: np.ndarray, unit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of each article's text, and which article each is of; owners ascend."""
    begins = np.searchsorted(owners, unit, "left")
    counts = np.searchsorted(owners, unit, "right") - begins
    of = np.repeat(np.arange(len(unit)), counts)
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return begins[of] + inside, of


def _table(name: str, columns: dict[str, object]) -> pa.Table:
    schema, n = TABLES[name], len(columns["article_id"])  # type: ignore[arg-type]
    made = []
    for field in schema:
        column = columns.get(field.name)
        if column is None:
            column = pa.nulls(n, field.type)
        elif not isinstance(column, pa.Array):
            column = pa.array(column)
        made.append(column.cast(field.type))
    return pa.Table.from_arrays(made, schema=schema)


def write_corpus(store: Path, count: int, *, metadata: bool = False, seed: int = 0) -> None:
    """Write so many articles as a store of one commit."""
    draw = np.random.default_rng(seed)
    words = draw_words(draw)
    (store / "commits").mkdir(parents=True)
    heads: dict[str, int] = {}
    for first in range(0, count, PART):
        drawn = draw_articles(draw, first, min(PART, count - first), count)
        units = draw_units(draw, words, _unit_days(drawn), metadata=metadata)
        for name, table in parts(drawn, units):
            heads[name] = tables.append(store / "tables" / name, table)
        print(f"{first + PART} articles written", flush=True)
    for name, table in _declared().items():
        heads[name] = tables.append(store / "tables" / name, table)
    versions, generations = dict.fromkeys(TOPICS_NAMED, 1), dict.fromkeys(TOPICS_NAMED, 1)
    commit = Commit(1, MADE, heads, "drawn", definitions=versions, generations=generations)
    write_commit(store, commit)


def _unit_days(drawn: Drawn) -> np.ndarray:
    """Return the day of the first article of each text."""
    _, first = np.unique(drawn.unit, return_index=True)
    return drawn.days[first]


def _declared() -> dict[str, pa.Table]:
    """Return the topics, and a log in which every outlet was fetched each day."""
    topics = [
        {"id": one, "name": one.title(), "query": one, "color": "", "description": ""}
        for one in TOPICS_NAMED
    ]
    versions = [
        one
        | {"version": 1, "since": MADE, "definition": definition_of(one["query"])}
        | {"is_removed": False, "who": "", "why": ""}
        for one in topics
    ]
    n = DAYS * OUTLETS
    day, outlet = np.divmod(np.arange(n), OUTLETS)
    names = pa.array([f"outlet-{o}" for o in range(OUTLETS)]).take(pa.array(outlet))
    fetched = ((day + _EPOCH_DAY) * 86_400 + 43_200 + outlet) * 1_000_000
    zero = np.zeros(n, np.int32)
    fixed = {"kind": "feed", "locator": "", "status": "ok", "reason": "", "etag": ""}
    columns: dict[str, object] = {
        name: pa.array([value]).take(pa.array(zero)) for name, value in fixed.items()
    }
    columns |= {"fetch_id": np.arange(n), "source": names, "outlet": names}
    columns |= {"fetched_at": _masked(fetched, zero > 0, pa.timestamp("us", "UTC"))}
    filled = [columns.get(field.name, pa.nulls(n, field.type)) for field in FETCHES]
    fetches = [
        (c if isinstance(c, pa.Array) else pa.array(c)).cast(field.type)
        for c, field in zip(filled, FETCHES, strict=True)
    ]
    return {
        "topics": pa.Table.from_pylist(topics, TOPICS),
        "definitions": pa.Table.from_pylist(versions, DEFINITIONS),
        "fetches": pa.Table.from_arrays(fetches, schema=FETCHES),
    }


def corpus_in(folder: Path, count: int, *, metadata: bool = False) -> Path:
    """Return the store of so many articles in `folder`, written now where it is not there."""
    store = folder / f"{'metadata' if metadata else 'store'}-{count}"
    if not list((store / "commits").glob("*.json")):
        write_corpus(store, count, metadata=metadata)
    return store


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.store_corpus")
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("--metadata", action="store_true")
    asked = parser.parse_args()
    print(corpus_in(asked.folder, asked.articles, metadata=asked.metadata))


if __name__ == "__main__":
    main()
