"""Read the real texts that topics are judged on: the test data in, captures with a name out.

Pages, feeds and GDELT's rows go through the readers of the line; articles and sentences that come
as plain text are read as rows of text are. Every text has a corpus and a unit (a file, a row or a
sentence), by which a key finds it again, and belongs to the half dev or the half test: pages by
publisher, where one publisher wrote a whole corpus by the text.
"""

import csv
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipelines.article import Article, Capture, Form, SourceKind
from pipelines.config import SourceConfig
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from pipelines.outlets import Outlets, read_outlets
from pipelines.reading.reader import make_article
from pipelines.sources import read_source
from pipelines.urls import domain_of
from tests.quality.body_f1 import body_pages
from tests.quality.date_days import htmldate_pages
from tests.quality.fundus import fundus_gold

_SNAPSHOTS = 8  # every eighth fetch of a feed: an entry stays in it for days


@dataclass(frozen=True, slots=True)
class Text:
    """One real text: where it stands, whose it is, and the capture it goes down the line as."""

    corpus: str
    unit: str
    publisher: str
    capture: Capture

    @property
    def half(self) -> str:
        """Return "dev", which topics are mended on, or "test", which is reported."""
        digest = hashlib.sha256(f"topics {self.publisher}".encode()).digest()
        return "dev" if digest[0] % 2 else "test"


def article_of(text: Text) -> Article | None:
    """Return the article that the line makes of a text, None where it makes none."""
    try:
        return make_article(text.capture, extract(text.capture), _outlets())
    except CaptureError:
        return None


def read_texts(data: Path, corpora: frozenset[str] | None = None) -> Iterator[Text]:
    """Yield the texts of these corpora (all by default), corpus by corpus in a fixed order."""
    for corpus, read in CORPORA.items():
        if corpora is None or corpus in corpora:
            seen: Counter[str] = Counter()
            for name, publisher, capture in read(data):
                seen[name] += 1
                unit = name if seen[name] == 1 else f"{name} ({seen[name]})"
                yield Text(corpus, unit, publisher or f"{corpus} {name}", capture)


_Item = tuple[str, str, Capture]  # unit, publisher ("" where each text counts alone), capture


@cache
def _outlets() -> Outlets:
    return read_outlets(())


def _fundus(data: Path) -> Iterator[_Item]:
    for page in fundus_gold(data / "pages/fundus-parsers"):
        capture = Capture("topics", page.name, Form.PAGE, page.content, url=page.url)
        yield page.name, domain_of(page.url) or page.outlet, capture


def _scrapinghub(data: Path) -> Iterator[_Item]:
    for page in body_pages(data / "pages/scrapinghub-aeb"):
        capture = Capture("topics", page.name, Form.PAGE, page.content, url=page.url)
        yield page.name, domain_of(page.url), capture


def _htmldate(data: Path) -> Iterator[_Item]:
    for page in htmldate_pages(data / "pages/htmldate-eval"):
        capture = Capture("topics", page.name, Form.PAGE, page.content, url=page.url)
        yield page.name, domain_of(page.url) or page.name, capture


def _seed(data: Path) -> Iterator[_Item]:
    for path in sorted((data / "seed").glob("*.txt")):
        yield path.name, "", Capture("topics", path.name, Form.CLIPPING, path.read_bytes())


def _feeds(data: Path) -> Iterator[_Item]:
    """Yield each entry of the two feeds once, as it was first fetched."""
    for archive in sorted((data / "feeds/us_gov_rss").glob("*.tar.xz")):
        with tempfile.TemporaryDirectory() as work, tarfile.open(archive) as tar:
            names = sorted(name for name in tar.getnames() if name.endswith(".rss"))
            tar.extractall(work, [tar.getmember(name) for name in names[::_SNAPSHOTS]])
            seen: set[str] = set()
            for name in names[::_SNAPSHOTS]:
                for capture in _captures(Path(work) / name, SourceKind.FEED):
                    if capture.url not in seen:
                        seen.add(capture.url)
                        yield capture.url, "", capture


def _gdelt(data: Path) -> Iterator[_Item]:
    [archive] = (data / "gdelt").glob("*.gkg.csv.zip")
    with tempfile.TemporaryDirectory() as work, zipfile.ZipFile(archive) as packed:
        packed.extractall(work)
        [rows] = Path(work).glob("*.csv")
        for capture in _captures(rows, SourceKind.GDELT):
            yield capture.url, domain_of(capture.url), capture


def _captures(path: Path, kind: SourceKind) -> Iterator[Capture]:
    for item in read_source(SourceConfig(location=str(path), kind=kind)):
        if isinstance(item, Capture):
            yield item


def _wikinews(data: Path) -> Iterator[_Item]:
    with tarfile.open(data / "articles/wikinews_2019_2020.tar.xz") as tar:
        for name in sorted(tar.getnames()):
            if name.endswith(".csv") and (file := tar.extractfile(name)):
                for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")):
                    yield row["url"], "", _plain(row["text"], row["title"])


def _geovirus(data: Path) -> Iterator[_Item]:
    for entry in ET.parse(data / "entities/geovirus/GeoVirus.xml").getroot():
        yield entry.findtext("source", ""), "", _plain(entry.findtext("text", ""))


def _bodies(data: Path) -> Iterator[_Item]:
    """Yield the bodies that near copies were made of; many are of pages kept aside."""
    with gzip.open(data / "articles/near_copies/docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for entry in map(json.loads, lines):
            if entry["kind"] == "base":
                yield str(entry["id"]), "", _plain(entry["text"], language="")


def _events(data: Path) -> Iterator[_Item]:
    path = data / "facts/wp_current_events_2025_26.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for entry in map(json.loads, lines):
            yield entry["day"], "", _plain(entry["text"])


def _gum(data: Path) -> Iterator[_Item]:
    for path in sorted((data / "entities/ner/gum").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        sentences = [line.removeprefix("#Text=") for line in lines if line.startswith("#Text=")]
        yield path.name, "", _plain("\n".join(sentences))


def _gmb(data: Path) -> Iterator[_Item]:
    with zipfile.ZipFile(data / "entities/ner/gmb/ner_dataset.csv.zip") as packed:
        [name] = packed.namelist()
        with packed.open(name) as file:
            unit, words = "", list[str]()
            for row in csv.reader(io.TextIOWrapper(file, encoding="latin-1")):
                if row[0].startswith("Sentence: "):
                    if words:
                        yield unit, "", _plain(_spaced(words))
                    unit, words = row[0].removeprefix("Sentence: "), []
                words.append(row[1])
            yield unit, "", _plain(_spaced(words))


def _wikigold(data: Path) -> Iterator[_Item]:
    return _conll(data / "entities/ner/wikigold/data/wikigold/CONLL-format/data", " ")


def _tweets(data: Path) -> Iterator[_Item]:
    return _conll(data / "entities/ner/btc/data/BTC/CONLL-format/data", "\t")


def _conll(folder: Path, separator: str) -> Iterator[_Item]:
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        blocks = path.read_text(encoding="utf-8", errors="replace").split("\n\n")
        for number, block in enumerate(blocks):
            words = [line.split(separator)[0] for line in block.split("\n") if line.strip()]
            if words and words[0] != "-DOCSTART-":
                yield f"{path.name}:{number}", "", _plain(_spaced(words))


def _tone(data: Path) -> Iterator[_Item]:
    with (data / "tone/train.jsonl").open(encoding="utf-8") as lines:
        for number, entry in enumerate(map(json.loads, lines)):
            yield str(number), "", _plain(entry["sentence_normalized"])


def _spaced(words: list[str]) -> str:
    return " ".join(words).replace(" 's ", "'s ").replace(" ,", ",").replace(" .", ".")


def _plain(text: str, title: str = "", language: str = "en") -> Capture:
    capture = Capture("topics", "", Form.TEXT, text.encode(), title=title, encoding="utf-8")
    return replace(capture, language=language)


CORPORA: Mapping[str, Callable[[Path], Iterator[_Item]]] = {
    "fundus-parsers": _fundus,
    "scrapinghub-aeb": _scrapinghub,
    "htmldate-eval": _htmldate,
    "seed": _seed,
    "us_gov_rss": _feeds,
    "gdelt": _gdelt,
    "wikinews": _wikinews,
    "geovirus": _geovirus,
    "near_copies": _bodies,
    "wp_current_events": _events,
    "gum": _gum,
    "gmb": _gmb,
    "wikigold": _wikigold,
    "tone": _tone,
    "btc": _tweets,
}
