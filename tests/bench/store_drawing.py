"""The texts of a drawn store and what is named in them: random numbers in, columns out.

A text is a row of tokens, and a token is a word, with or without a full stop, or the name of a
topic, an entity or a country. Names so stand where the spans say, as in a store that the line made.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.store.files.schema import ANNOTATIONS, TEXTS

WORDS = 40_000
ENTITIES = 20_000
TOPICS = 10
COUNTRIES = ["RU", "US", "GB", "FR", "DE", "UA", "SY", "IR", "TR", "CN", "IT", "ES"]
COUNTRIES += ["PL", "IL", "EG", "SA", "QA", "IQ", "AF", "PK", "IN", "JP", "KR", "BR"]
_PER_TEXT = {"topic": 0.57, "entity": 4.0, "country": 1.5}  # drawn names a text
_PER_METADATA = {"topic": 0.57, "entity": 14.0, "country": 2.0}
_TITLE = 7  # tokens
_BURST = (500, 530)  # days in which the first topic doubles


@dataclass(frozen=True)
class Vocabulary:
    """Every token's words; the words of topics, entities and countries come last."""

    tokens: pa.Array
    lengths: np.ndarray
    tags: pa.Array  # of a name: its tag
    kinds: np.ndarray  # of a name: 0 topic, 1 entity, 2 country
    chances: np.ndarray  # of words, added up


@dataclass(frozen=True)
class Units:
    """The texts: titles, tags as lists, and unless metadata only texts, zones, spans and quotes."""

    titles: pa.Array
    lists: dict[str, pa.Array]
    datelines: pa.Array
    texts: pa.Array | None = None
    zones: pa.Array | None = None
    mentions: tuple[dict[str, pa.Array], np.ndarray] = ({}, np.zeros(0, np.int64))
    quotes: tuple[dict[str, pa.Array], np.ndarray] = ({}, np.zeros(0, np.int64))


def draw_words(draw: np.random.Generator) -> Vocabulary:
    """Return the tokens, words by rank: frequent ones are short."""
    sizes = np.clip(draw.normal(2 + np.log10(np.arange(1, WORDS + 1)) * 1.2, 1), 2, 12).astype(int)
    letters = "etaoinshrdlucmfwypvbgkqjxz"
    codes = draw.integers(0, 18, int(sizes.sum()))
    flat, ends = "".join(letters[c] for c in codes.tolist()), np.cumsum(sizes)
    words = [flat[e - s : e] for s, e in zip(sizes.tolist(), ends.tolist(), strict=True)]
    names = [f"{words[n % 997].title()} {words[n + 1_000].title()}" for n in range(ENTITIES)]
    topics = [f"topic{letter}" for letter in "abcdefghij"]
    lands = [f"Land{code.title()}" for code in COUNTRIES]
    tags = [*topics, *(n.lower().replace(" ", "-") + f"-{k}" for k, n in enumerate(names))]
    tokens = pa.array([*words, *(f"{word}." for word in words), *topics, *names, *lands])
    kinds = np.repeat([0, 1, 2], [TOPICS, ENTITIES, len(COUNTRIES)])
    chances = 1 / (np.arange(1, WORDS + 1) + 2.7)
    return Vocabulary(
        tokens,
        pc.utf8_length(tokens).to_numpy().astype(np.int64),
        pa.array([*tags, *COUNTRIES]),
        kinds,
        np.cumsum(chances) / chances.sum(),
    )


def draw_units(
    draw: np.random.Generator, words: Vocabulary, days: np.ndarray, *, metadata: bool
) -> Units:
    """Return one text for each of `days`."""
    owners, names = _names(draw, days, _PER_METADATA if metadata else _PER_TEXT)
    if metadata:
        heads = draw.random(len(names)) < 0.15
        return Units(
            _short_titles(draw, words, len(days)), *_tags(words, owners, names, heads, days)
        )
    sizes = np.clip(draw.lognormal(np.log(60), 0.5, len(days)), 20, 600).astype(int)
    begins = np.cumsum(sizes) - sizes
    tokens = np.searchsorted(words.chances, draw.random(int(sizes.sum())))
    tokens += np.where(draw.random(len(tokens)) < 1 / 15, WORDS, 0)
    places = begins[owners] + (draw.random(len(owners)) * sizes[owners]).astype(int)
    tokens[places] = 2 * WORDS + names
    places = np.flatnonzero(tokens >= 2 * WORDS)  # a name may have fallen on another
    owners, names = np.searchsorted(begins, places, "right") - 1, tokens[places] - 2 * WORDS
    starts = np.cumsum(words.lengths[tokens] + 1) - words.lengths[tokens] - 1
    starts -= starts[begins][np.repeat(np.arange(len(days)), sizes)]
    heads = places - begins[owners] < _TITLE
    titles, texts, title_ends = _texts(words, tokens, begins, sizes)
    lists, datelines = _tags(words, owners, names, heads, days)
    lengths = pc.utf8_length(texts).to_numpy().astype(np.int64)
    mentions = _mentions(words, names, starts[places], heads), owners
    quotes = _quotes(draw, words, owners, names, lengths)
    zones = _zones(title_ends, lengths)
    return Units(titles, lists, datelines, texts, zones, mentions, quotes)


def _names(
    draw: np.random.Generator, days: np.ndarray, rates: dict[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return which text each drawn name is in, ascending, and which name it is."""
    owners, names = [], []
    for kind, first, size in (
        ("topic", 0, TOPICS),
        ("entity", TOPICS, ENTITIES),
        ("country", TOPICS + ENTITIES, len(COUNTRIES)),
    ):
        chances = np.cumsum(1 / np.arange(1, size + 1))
        owner = np.repeat(np.arange(len(days)), draw.poisson(rates[kind], len(days)))
        names.append(np.searchsorted(chances / chances[-1], draw.random(len(owner))) + first)
        owners.append(owner)
    burst = np.flatnonzero(
        (days >= _BURST[0]) & (days < _BURST[1]) & (draw.random(len(days)) < 0.2)
    )
    owner = np.concatenate([*owners, burst])
    order = np.argsort(owner, kind="stable")
    return owner[order], np.concatenate([*names, np.zeros(len(burst), np.int64)])[order]


def _texts(
    words: Vocabulary, tokens: np.ndarray, begins: np.ndarray, sizes: np.ndarray
) -> tuple[pa.Array, pa.Array, np.ndarray]:
    """Return titles, whole texts, and where the body begins."""
    offsets = np.append(begins, len(tokens))
    cuts = np.sort(np.concatenate([offsets, begins + _TITLE]))
    spoken = words.tokens.take(pa.array(tokens))
    joined = pc.binary_join(pa.ListArray.from_arrays(cuts.astype(np.int32), spoken), " ")
    even = np.arange(0, 2 * len(sizes), 2)
    titles, bodies = joined.take(pa.array(even)), joined.take(pa.array(even + 1))
    ends = pc.utf8_length(titles).to_numpy().astype(np.int64) + 1
    return titles, pc.binary_join_element_wise(titles, bodies, "\n"), ends


def _short_titles(draw: np.random.Generator, words: Vocabulary, n: int) -> pa.Array:
    tokens = np.searchsorted(words.chances, draw.random(_TITLE * n))
    offsets = np.arange(0, _TITLE * n + 1, _TITLE).astype(np.int32)
    return pc.binary_join(
        pa.ListArray.from_arrays(offsets, words.tokens.take(pa.array(tokens))), " "
    )


def _tags(
    words: Vocabulary, owners: np.ndarray, names: np.ndarray, heads: np.ndarray, days: np.ndarray
) -> tuple[dict[str, pa.Array], pa.Array]:
    """Return the list columns of `annotations`, and the datelines."""
    keys, place, counts = np.unique(
        owners * len(words.tags) + names, return_inverse=True, return_counts=True
    )
    in_headline = np.bincount(place, heads, len(keys)).astype(np.int32)
    owner, name = np.divmod(keys, len(words.tags))
    n, lists = len(days), {}
    for number, column in enumerate(("topics", "entities", "countries")):
        chosen = np.flatnonzero(words.kinds[name] == number)
        offsets = np.searchsorted(owner[chosen], np.arange(n + 1)).astype(np.int32)
        tags = words.tags.take(pa.array(name[chosen]))
        columns = [tags, pa.array(counts[chosen].astype(np.int32)), pa.array(in_headline[chosen])]
        kind = ANNOTATIONS.field(column).type
        rows = pa.StructArray.from_arrays(columns, fields=list(kind.value_type))
        lists[column] = pa.ListArray.from_arrays(offsets, rows).cast(kind)
    lists["names"] = pa.ListArray.from_arrays(
        np.zeros(n + 1, np.int32), lists["topics"].values[:0]
    ).cast(ANNOTATIONS.field("names").type)
    land = np.flatnonzero(words.kinds[name] == 2)
    first = land[np.unique(owner[land], return_index=True)[1]]
    offsets = np.searchsorted(owner[first], np.arange(n + 1)).astype(np.int32)
    lists["about"] = pa.ListArray.from_arrays(offsets, words.tags.take(pa.array(name[first])))
    filed = np.zeros(n, np.int64)
    filed[owner[first]] = name[first]
    said = filed * (np.arange(n) % 4 == 0)
    datelines = pc.if_else(pa.array(said > 0), words.tags.take(pa.array(said)), "")
    return lists, datelines


def _mentions(
    words: Vocabulary, names: np.ndarray, starts: np.ndarray, heads: np.ndarray
) -> dict[str, pa.Array]:
    kinds, zones = pa.array(["topic", "entity", "country"]), pa.array(["lede", "headline"])
    surfaces = words.tokens.take(pa.array(names + 2 * WORDS))
    zero = np.zeros(len(names), np.int32)
    return {
        "kind": kinds.take(pa.array(words.kinds[names])),
        "tag": words.tags.take(pa.array(names)),
        "start": pa.array(starts),
        "end": pa.array(starts + words.lengths[names + 2 * WORDS]),
        "surface": surfaces,
        "zone": zones.take(pa.array(heads.astype(np.int64))),
        "in_quote": pa.array(zero > 0),
        "why": surfaces,
        "tagged_in": pa.array(zero + 1),
    }


def _quotes(
    draw: np.random.Generator,
    words: Vocabulary,
    owners: np.ndarray,
    names: np.ndarray,
    lengths: np.ndarray,
) -> tuple[dict[str, pa.Array], np.ndarray]:
    """Return a quote of every sixth entity, somewhere in its text."""
    said = np.flatnonzero((words.kinds[names] == 1) & (draw.random(len(names)) < 1 / 6))
    owner = owners[said]
    start = (draw.random(len(said)) * lengths[owner] * 0.6).astype(np.int64)
    zero = np.zeros(len(said), np.int32)
    one = {"kind": "direct", "zone": "lede", "why": "said"}
    columns = {key: pa.array([value]).take(pa.array(zero)) for key, value in one.items()}
    columns |= {
        "start": pa.array(start),
        "end": pa.array(start + (lengths[owner] * 0.3).astype(int)),
    }
    columns |= {"speaker": words.tags.take(pa.array(names[said]))}
    columns |= {"speaker_name": words.tokens.take(pa.array(names[said] + 2 * WORDS))}
    columns |= {"speaker_start": pa.array(zero), "speaker_end": pa.array(zero + 1)}
    return columns | {"certain": pa.array(draw.random(len(said)) < 0.8)}, owner


def _zones(title_ends: np.ndarray, lengths: np.ndarray) -> pa.Array:
    n = len(lengths)
    zero = np.zeros(n, np.int64)
    starts = np.stack([zero, title_ends], 1).ravel().astype(np.int32)
    ends = np.stack([title_ends, lengths], 1).ravel().astype(np.int32)
    names = pa.array(["headline", "lede"]).take(pa.array(np.arange(2 * n) % 2))
    kind = TEXTS.field("zones").type
    columns = [pa.array(starts), pa.array(ends), names]
    rows = pa.StructArray.from_arrays(columns, fields=list(kind.value_type))
    offsets = np.arange(0, 2 * n + 1, 2).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, rows).cast(kind)
