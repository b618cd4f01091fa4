"""Draw a corpus from a seed: articles of Zipf words with the names of queries in them, as a store.

Words are 400,000; the chance of a rank falls with its power of 1, from rank 8,000 on of 1.6 (large
corpora bend so). Lengths are log-normal with a median of 300 words (mean 370), in sentences of 18
and paragraphs of 54 words. 300 outlets in 19 countries, 5 languages, 1,096 days. Articles come in
the order of their days, give or take a week, as where archives are read beside feeds. One in eight
is about the queries' subject and holds their words; elsewhere these are rare.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, write_commit
from pipelines.store.files.schema import ANNOTATIONS, ARTICLES, TEXTS, TOPICS

FIRST_DAY = date(2013, 1, 1)
DAYS = 1_096
COUNTRIES = [
    "RU",
    "US",
    "GB",
    "FR",
    "DE",
    "UA",
    "SY",
    "IR",
    "TR",
    "CN",
    *(f"X{n}" for n in range(9)),
]
LANGUAGES = ["en", "en", "en", "ru", "fr", "de", "es"]
_WORDS = 400_000
# fmt: off
_TOPICAL = [
    "syria",
    "iran",
    "sanctions",
    "sanction",
    "kerry",
    "lavrov",
    "putin",
    "ukraine",
    "ukrainian",
    "ukrainians",
    "ukrainy",
    "security",
    "council",
    "resolution",
    "resolutions",
    "veto",
    "envoy",
    "talks",
    "nuclear",
    "ceasefire",
    "draft",
    "unsc",
]
# fmt: on
_BEND = 8_000  # rank
_PART = 25_000


@dataclass(frozen=True)
class Part:
    """Some articles, as columns."""

    ids: np.ndarray
    days: np.ndarray  # since FIRST_DAY
    outlets: np.ndarray
    languages: np.ndarray
    titles: list[str]
    bodies: list[str]
    ledes: list[int]  # code points of the first paragraph with its line break

    def country(self, outlet: int) -> str:
        return COUNTRIES[outlet % len(COUNTRIES)]


def vocabulary(draw: np.random.Generator) -> list[str]:
    """Return the words by rank, frequent ones short."""
    letters = np.array(list("etaoinshrdlucmfwypvbgkqjxz"))
    weights = 1 / np.arange(3, 29)
    weights /= weights.sum()
    words, known = [], set(_TOPICAL)
    sizes = np.clip(draw.normal(3 + np.log10(np.arange(1, _WORDS + 1)) * 1.1, 1.2), 2, 14)
    while len(words) < _WORDS:
        size = int(sizes[len(words)])
        word = "".join(draw.choice(letters, size, p=weights))
        while word in known:
            word += str(draw.choice(letters))
        known.add(word)
        words.append(word)
    return words


def drawn(count: int, seed: int = 0) -> Iterator[Part]:
    """Yield so many articles, in parts."""
    draw = np.random.default_rng(seed)
    words = [*_TOPICAL, *vocabulary(draw)]
    shapes = [words, [w.capitalize() for w in words], [f"{w}." for w in words]]
    spelled = [word for shape in shapes for word in shape]
    every = len(words)
    ranks = np.arange(1, _WORDS + 1)
    chances = 1 / (ranks + 2.7) * np.minimum(1, (_BEND / ranks) ** 0.6)
    chances = np.cumsum(chances) / chances.sum()
    for first in range(0, count, _PART):
        n = min(_PART, count - first)
        sizes = np.clip(draw.lognormal(np.log(300), 0.65, n), 20, 6_000).astype(int)
        total = int(sizes.sum())
        tokens = np.searchsorted(chances, draw.random(total)) + len(_TOPICAL)
        owner = np.repeat(np.arange(n), sizes)
        about = draw.random(n) < 1 / 8
        chance = np.where(about[owner], 0.03, 0.0001)
        named = np.flatnonzero(draw.random(total) < chance)
        tokens[named] = np.minimum(draw.zipf(1.3, len(named)) - 1, 10**6) % len(_TOPICAL)
        council = named[tokens[named] == _TOPICAL.index("security")]
        tokens[np.minimum(council + 1, total - 1)] = _TOPICAL.index("council")
        ends = draw.random(total) < 1 / 18
        begins = np.append(True, ends[:-1])
        tokens = tokens + np.where(ends, 2 * every, np.where(begins, every, 0))
        days = (np.arange(first, first + n) * DAYS // max(count, 1)) + draw.integers(-7, 8, n)
        yield _part(draw, first, np.clip(days, 0, DAYS - 1), sizes, tokens, spelled)


def _part(draw, first, days, sizes, tokens, spelled) -> Part:
    titles, bodies, ledes = [], [], []
    at = 0
    for size in sizes.tolist():
        row = [spelled[token] for token in tokens[at : at + size].tolist()]
        at += size
        titles.append(" ".join(row[:8]).rstrip("."))
        paragraphs = [" ".join(row[n : n + 54]) for n in range(8, size, 54)]
        ledes.append(len(paragraphs[0]) + (len(paragraphs) > 1))
        bodies.append("\n".join(paragraphs))
    n = len(sizes)
    ids = draw.permutation(np.arange(n)) + first
    ids = (ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(1)).astype(np.int64)
    outlets, languages = draw.integers(0, 300, n), draw.integers(0, len(LANGUAGES), n)
    return Part(ids, days, outlets, languages, titles, bodies, ledes)


def write_store(store: Path, parts: Iterator[Part]) -> dict[str, list[str]]:
    """Write the articles as a store of one commit; return the files of its tables."""
    (store / "commits").mkdir(parents=True)
    heads: dict[str, int] = {}
    for part in parts:
        for name, table in _tables(part).items():
            heads[name] = tables.append(store / "tables" / name, table)
    heads["topics"] = tables.append(store / "tables" / "topics", TOPICS.empty_table())
    write_commit(store, Commit(1, datetime(2016, 1, 1, tzinfo=UTC), heads, "drawn"))
    return {name: tables.files_of(store / "tables" / name, head) for name, head in heads.items()}


def _tables(part: Part) -> dict[str, pa.Table]:
    n = len(part.ids)
    ones, none = np.ones(n, np.int32), [None] * n
    days = [FIRST_DAY + timedelta(days=int(day)) for day in part.days]
    seen = datetime(2016, 1, 1, tzinfo=UTC)
    filled: dict[str, object] = {
        "article_id": part.ids,
        "version": ones,
        "url": [f"https://o{o}.example/{i}" for o, i in zip(part.outlets, part.ids, strict=True)],
        "outlet": [f"o{outlet}" for outlet in part.outlets],
        "outlet_name": [f"Outlet {outlet}" for outlet in part.outlets],
        "outlet_domain": [f"o{outlet}.example" for outlet in part.outlets],
        "outlet_country": [part.country(outlet) for outlet in part.outlets],
        "language": [LANGUAGES[language] for language in part.languages],
        "title": part.titles,
        "published_day": days,
        "date_precision": ["day"] * n,
        "date_source": ["meta"] * n,
        "date_confidence": np.full(n, 0.97),
        "first_seen_at": [seen] * n,
        "n_words": np.full(n, 300, np.int32),
        "text_source": ["page"] * n,
        "syndication_id": part.ids,
    }
    filled["text"] = [f"{t}\n{b}" for t, b in zip(part.titles, part.bodies, strict=True)]
    filled["zones"] = [
        _zones(len(title) + 1, lede, len(title) + 1 + len(body))
        for title, lede, body in zip(part.titles, part.ledes, part.bodies, strict=True)
    ]
    schemas = {"articles": ARTICLES, "texts": TEXTS, "annotations": ANNOTATIONS}
    return {
        name: pa.table({column: filled.get(column, none) for column in schema.names}, schema=schema)
        for name, schema in schemas.items()
    }


def _zones(title: int, lede: int, end: int) -> list[dict[str, object]]:
    edges = [0, title, min(title + lede, end), end]
    names = ("headline", "lede", "body")
    spans = zip(edges, edges[1:], names, strict=False)
    return [{"start": a, "end": b, "zone": zone} for a, b, zone in spans if a < b]
