"""Draw a store of tagged articles from a seed, without texts: what the dashboard's charts read.

Two years of 300 outlets in 14 countries with a weekly cycle; 12 topics of falling frequency, each
six times as frequent on one day in seventy, so that charts have peaks to find; 800 entities and 27
countries by Zipf's law. One article in 40 has no date, one in 40 only a guess.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, write_commit
from pipelines.store.files.schema import ANNOTATIONS, ARTICLES, TABLES, TEXTS
from pipelines.store.writing.definitions import new_versions
from pipelines.store.writing.rows import Row

FIRST_DAY, DAYS = date(2014, 1, 1), 730
TOPICS_DRAWN = [f"topic-{n:02d}" for n in range(12)]
COUNTRIES = ["RU", "US", "GB", "FR", "DE", "UA", "SY", "IR", "TR", "CN", "EG", "IL", "IN", "JP"]
NAMED = [*COUNTRIES, "IQ", "LB", "JO", "SA", "YE", "LY", "PL", "IT", "ES", "BR", "ZA", "NG", "KE"]
LANGUAGES = ["en", "en", "en", "ru", "fr", "de", "es"]
_OUTLETS, _ENTITIES = 300, 800
_PART = 100_000
_BURST_EVERY, _BURST = 70, 6.0  # days between the bursts of a topic; times its frequency
_MADE = datetime(2016, 1, 2, tzinfo=UTC)


def write_tagged_store(store: Path, articles: int, seed: int = 0) -> None:
    """Write a store of one commit with so many articles."""
    draw = np.random.default_rng(seed)
    heads: dict[str, int] = {}
    (store / "commits").mkdir(parents=True)
    (store / "tables").mkdir()
    for first in range(0, articles, _PART):
        ids = _ids(np.arange(first, min(first + _PART, articles)))
        for name, table in _tables(draw, ids).items():
            heads[name] = tables.append(store / "tables" / name, table)
    versions = new_versions([], _topics(), _MADE)
    for name, rows in (("topics", _topics()), ("definitions", versions)):
        table = pa.Table.from_pylist(rows, schema=TABLES[name])
        heads[name] = tables.append(store / "tables" / name, table)
    first = dict.fromkeys(TOPICS_DRAWN, 1)
    write_commit(store, Commit(1, _MADE, heads, "drawn", definitions=first, generations=first))


def _ids(numbers: np.ndarray) -> np.ndarray:
    return (numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(1)).astype(
        np.int64
    )


def _topics() -> list[Row]:
    return [
        {"id": one, "name": one.replace("-", " "), "query": one, "color": "", "description": ""}
        for one in TOPICS_DRAWN
    ]


def _days(draw: np.random.Generator, n: int) -> np.ndarray:
    """Return days since FIRST_DAY; a Sunday has half of what another day has."""
    weights = np.where((np.arange(DAYS) + FIRST_DAY.weekday()) % 7 == 6, 0.5, 1.0)
    return draw.choice(DAYS, n, p=weights / weights.sum())


def _tables(draw: np.random.Generator, ids: np.ndarray) -> dict[str, pa.Table]:
    n = len(ids)
    outlets, days = draw.integers(0, _OUTLETS, n), _days(draw, n)
    undated, guess = draw.random(n) < 1 / 40, draw.random(n) < 1 / 40
    dated = [
        None if lacks else FIRST_DAY + timedelta(days=int(day))
        for day, lacks in zip(days, undated, strict=True)
    ]
    filled = {
        "article_id": ids,
        "version": np.ones(n, np.int32),
        "url": [
            f"https://o{outlet}.example/{one}" for outlet, one in zip(outlets, ids, strict=True)
        ],
        "outlet": [f"o{outlet}" for outlet in outlets],
        "outlet_name": [f"Outlet {outlet}" for outlet in outlets],
        "outlet_domain": [f"o{outlet}.example" for outlet in outlets],
        "outlet_country": [COUNTRIES[outlet % len(COUNTRIES)] for outlet in outlets],
        "language": [LANGUAGES[outlet % len(LANGUAGES)] for outlet in outlets],
        "title": [
            f"Headline of article {one} at outlet {outlet}"
            for one, outlet in zip(ids, outlets, strict=True)
        ],
        "published_day": dated,
        "date_precision": np.where(undated, None, "day"),
        "date_source": np.where(undated, None, "meta"),
        "date_confidence": np.where(undated, 0.0, np.where(guess, 0.4, 0.97)),
        "first_seen_at": [_MADE] * n,
        "n_words": np.full(n, 300, np.int32),
        "text_source": ["page"] * n,
        "syndication_id": np.where(draw.random(n) < 0.1, np.roll(ids, 1), ids),
    }
    filled |= _tags(draw, days)
    filled["text"] = filled["title"]
    filled["zones"] = [
        [{"start": 0, "end": len(title), "zone": "headline"}] for title in filled["title"]
    ]
    schemas = {"articles": ARTICLES, "texts": TEXTS, "annotations": ANNOTATIONS}
    return {
        name: pa.table(
            {column: filled.get(column, [None] * n) for column in schema.names}, schema=schema
        )
        for name, schema in schemas.items()
    }


def _tags(draw: np.random.Generator, days: np.ndarray) -> dict[str, list]:
    """Return the columns of tags: half a topic an article, four entities, two countries."""
    n, places = len(days), np.arange(len(TOPICS_DRAWN))
    bursts = (days[:, None] + 11 * places) % _BURST_EVERY == 0
    often = 0.12 / (places + 1) ** 0.6 * np.where(bursts, _BURST, 1.0)
    topics = draw.random((n, len(TOPICS_DRAWN))) < often
    entities = np.minimum(draw.zipf(1.3, (n, 4)) - 1, _ENTITIES - 1)
    countries = np.minimum(draw.zipf(1.4, (n, 2)) - 1, len(NAMED) - 1)
    counts = draw.integers(1, 6, n)
    found = [list(dict.fromkeys(row)) for row in countries.tolist()]
    return {
        "topics": [
            [_tag(TOPICS_DRAWN[place], count) for place in np.flatnonzero(row)]
            for row, count in zip(topics, counts.tolist(), strict=True)
        ],
        "entities": [[_tag(f"entity-{one}", 1) for one in set(row)] for row in entities.tolist()],
        "countries": [[_tag(NAMED[one], 1) for one in row] for row in found],
        "names": [[] for _ in range(n)],
        "about": [[NAMED[row[0]]] for row in found],
        "dateline": [""] * n,
        "tagged_in": [1] * n,
    }


def _tag(name: str, count: int) -> dict[str, object]:
    return {"id": name, "n": count, "n_headline": 0}
