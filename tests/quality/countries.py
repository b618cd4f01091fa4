"""Print how well the countries of a text are found: labelled texts in, precision, recall, F1 out.

Usage: python -m tests.quality.countries [../shared/data] [--half develop|test] [--wrong]

Countries are compared document by document, as sets of ISO 3166-1 codes; counts are summed over all
documents (micro). The sets of labels:

- `news`: our own (`gold/news/GUIDELINE.md`): countries mentioned, what a text is about, and its
  dateline. `develop` are the splits train and dev.
- `geovirus`: 229 Wikinews texts (CC BY 2.5) in which others marked every place, each with the
  address of its article in Wikipedia. `gold/countries/geovirus.csv` says, from general knowledge,
  in which country each article's place lies; seas, continents and places in several countries lie
  in none. Only places are marked there, so a country that we find by an adjective alone ("Chinese")
  is not held against us. `develop` is half of the documents by the SHA-256 of their address.
- `gmb`: 130 sentences of newswire from the Groningen Meaning Bank (public domain), drawn by hash;
  `gold/countries/gmb.csv` has the countries each mentions, labelled by the guideline of our news
  texts before the tagger was run on them. All are `test`.

The intervals draw documents, with replacement.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from pipelines.article import (
    Article,
    Outlet,
    Publication,
    TagKind,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.tagging import Taggers, find_mentions, make_taggers
from pipelines.tagging.places import ADJECTIVE, kind_of
from tests.quality.bootstrap import interval
from tests.quality.news_agreement import GOLD, read_keys
from tests.quality.news_texts import news_texts

_GOLD = Path(__file__).with_name("gold") / "countries"
_GMB = Path("entities", "ner", "gmb", "ner_dataset.csv.zip")
_STUCK = re.compile(r" (?=[,.;:?!)%]|'\w|n't)")  # tokens that stand behind a word without a space
GEOVIRUS = Path("entities", "geovirus", "GeoVirus.xml")
Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountryScore:
    """The countries of one document: what is true and what was found, the main one first."""

    publisher: str  # the document: what the interval draws
    half: str  # "develop" or "test"
    true: Codes
    found: Codes
    why: tuple[str, ...] = ()  # of what was found, for a reader


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its labels; None where a sense is not labelled."""

    id: str
    half: str
    article: Article
    mentioned: Codes
    about: Codes | None = None
    dateline: Codes | None = None


def article_of(text: str, *, headline: bool) -> Article:
    """Return an English article of this text; its first line is the headline if asked so."""
    cut = text.find("\n") + 1 if headline else 0
    zones = (ZoneSpan(0, cut, Zone.HEADLINE), ZoneSpan(cut, len(text), Zone.BODY))
    return Article(
        article_id=1,
        outlet=Outlet("example", "Example"),
        url="",
        title=text[:cut].strip(),
        text=text,
        zones=tuple(zone for zone in zones if zone.start < zone.end),
        raw_text=text,
        language="en",
        publication=Publication(),
        text_source=TextSource.FILE,
        content_hash=0,
        text_hash=0,
        n_words=len(text.split()),
    )


def news(data: Path) -> Iterator[Labelled]:
    """Yield our own labelled news texts."""
    keys = read_keys(GOLD / "keys.json")
    rows = json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
    splits = {row["id"]: row["split"] for row in rows}
    for text in news_texts(data):
        if text.id in keys:
            key = keys[text.id]
            dateline = key["dateline"]
            yield Labelled(
                text.id,
                "test" if splits[text.id] == "test" else "develop",
                article_of(text.text, headline=True),
                tuple(sorted(key["countries"])),
                tuple(key["focus"]),
                (dateline[2],) if dateline else (),
            )


def geovirus(data: Path) -> Iterator[Labelled]:
    """Yield GeoVirus' texts with the countries in which their marked places lie."""
    places = _places()
    for number, row in enumerate(etree.parse(data / GEOVIRUS).getroot().iterfind("article")):
        address = row.findtext("source") or ""
        found = {
            places.get((page, place.findtext("name") or "")) or places.get((page, ""), "")
            for place in row.iter("location")
            for page in [_page(place.findtext("page") or "")]
        }
        half = "test" if hashlib.sha256(address.encode()).digest()[0] % 2 else "develop"
        text = row.findtext("text") or ""
        article = article_of(text, headline=False)
        yield Labelled(f"{address} {number}", half, article, tuple(sorted(found - {""})))


def gmb(data: Path) -> Iterator[Labelled]:
    """Yield the labelled sentences of the Groningen Meaning Bank."""
    with (_GOLD / "gmb.csv").open(encoding="utf-8", newline="") as file:
        labels = {int(row["sentence"]): row["codes"].split("|") for row in csv.DictReader(file)}
    words: list[str] = []
    number = 0
    with zipfile.ZipFile(data / _GMB) as archive, archive.open(archive.namelist()[0]) as file:
        rows = csv.reader(io.TextIOWrapper(file, encoding="latin-1"))
        next(rows)
        for begins, word, *_ in chain(rows, [("end", "")]):
            if begins and number in labels:
                text = _STUCK.sub("", " ".join(words))
                codes = tuple(code for code in labels[number] if code)
                yield Labelled(str(number), "test", article_of(text, headline=False), codes)
            if begins:
                number, words = number + 1, []
            words.append(word)


def _page(address: str) -> str:
    return unquote(address.partition("/wiki/")[2] or address)


@cache
def _places() -> dict[tuple[str, str], str]:
    with (_GOLD / "geovirus.csv").open(encoding="utf-8", newline="") as file:
        return {(row["page"], row["name"]): row["code"] for row in csv.DictReader(file)}


@cache
def _taggers() -> Taggers:
    return make_taggers(())


def mentioned(one: Labelled, *, adjectives: bool = True) -> CountryScore:
    """Return the countries mentioned; on request not those named by adjectives alone."""
    found: dict[str, list[str]] = {}
    for mention in _tags(one).mentions:
        if mention.kind is TagKind.COUNTRY and (adjectives or kind_of(mention.why) != ADJECTIVE):
            found.setdefault(mention.tag, []).append(f"{mention.surface} ({mention.why})")
    why = tuple(f"{code}: {', '.join(found[code])}" for code in found)
    return CountryScore(one.id, one.half, one.mentioned, tuple(sorted(found)), why)


@cache
def _tags(one: Labelled) -> Tags:
    return find_mentions(one.article, _taggers())


def about(one: Labelled) -> CountryScore:
    """Return the countries a text is about."""
    return CountryScore(one.id, one.half, one.about or (), _tags(one).about)


def dateline(one: Labelled) -> CountryScore:
    """Return the country of the dateline."""
    found = [mention for mention in _tags(one).mentions if mention.kind is TagKind.DATELINE]
    return CountryScore(
        one.id,
        one.half,
        one.dateline or (),
        tuple(mention.tag for mention in found),
        tuple(mention.surface for mention in found),
    )


READERS: dict[str, Callable[[Path], Iterator[CountryScore]]] = {
    "news mentioned": lambda data: (mentioned(one) for one in news(data)),
    "news about": lambda data: (about(one) for one in news(data)),
    "news dateline": lambda data: (dateline(one) for one in news(data)),
    "geovirus": lambda data: (mentioned(one, adjectives=False) for one in geovirus(data)),
    "gmb": lambda data: (mentioned(one) for one in gmb(data)),
}


def precision(scores: Sequence[CountryScore]) -> float:
    """Return the share of right ones among the countries found; 1 where none was."""
    found = sum(len(score.found) for score in scores)
    return _right(scores) / found if found else 1.0


def recall(scores: Sequence[CountryScore]) -> float:
    """Return the share of the true countries that were found; 1 where there are none."""
    true = sum(len(score.true) for score in scores)
    return _right(scores) / true if true else 1.0


def f1(scores: Sequence[CountryScore]) -> float:
    """Return F1 over the countries of all documents; 1 where there are none."""
    both = sum(len(score.true) + len(score.found) for score in scores)
    return 2 * _right(scores) / both if both else 1.0


def main_country(scores: Sequence[CountryScore]) -> float:
    """Return in which share of the documents about some country the first one found is the first.

    A document about none counts where we say that it is about some.
    """
    judged = [score for score in scores if score.true or score.found]
    right = sum(score.true[:1] == score.found[:1] for score in judged)
    return right / len(judged) if judged else 1.0


def among_the_main(scores: Sequence[CountryScore]) -> float:
    """Return in which share of these documents the first one found is any of the true ones."""
    judged = [score for score in scores if score.true or score.found]
    right = sum(bool(score.found) and score.found[0] in score.true for score in judged)
    return right / len(judged) if judged else 1.0


def _right(scores: Sequence[CountryScore]) -> int:
    return sum(len(set(score.true) & set(score.found)) for score in scores)


FIGURES = {"P": precision, "R": recall, "F1": f1}
ORDERED = {"main": main_country, "main is one of": among_the_main}


def main() -> None:
    """Print the figures of one half, and on request what is wrong in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.countries")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--half", choices=("develop", "test"), default="develop")
    parser.add_argument("--only", choices=READERS, help="one of the sets")
    parser.add_argument("--wrong", action="store_true", help="print the documents that are wrong")
    asked = parser.parse_args()
    for name in [asked.only] if asked.only else READERS:
        scores = [one for one in READERS[name](asked.data) if one.half == asked.half]
        if not scores:  # a set that nobody develops on
            continue
        if asked.wrong and asked.half == "develop":
            _print_wrong(scores)
        parts = []
        for title, figure in (FIGURES | (ORDERED if name == "news about" else {})).items():
            low, high = interval(scores, figure)
            parts.append(f"{title} {figure(scores):.3f} [{low:.3f}, {high:.3f}]")
        print(f"{name:15} {len(scores):4} documents  {'  '.join(parts)}", flush=True)


def _print_wrong(scores: Sequence[CountryScore]) -> None:
    for score in scores:
        extra, missed = set(score.found) - set(score.true), set(score.true) - set(score.found)
        if extra or missed or score.true[:1] != score.found[:1]:
            print(score.publisher, "extra", sorted(extra), "missed", sorted(missed))
            print("   ", score.true, score.found, *(w for w in score.why if w[:2] in extra))


if __name__ == "__main__":
    main()
