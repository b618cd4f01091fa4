"""Read the news texts that we label: two public archives in, documents of plain text out.

Both may be used by anyone: Wikinews of 2019 and 2020 (CC BY 2.5) and two feeds of the US government
of 2021 and 2022 (public domain). A document is the headline, then a line for each paragraph, up to
the paragraph that holds the 350th word. How a text is made here must not change: labels are offsets
into it, and `news_gold.py` refuses a text whose SHA-256 is another.

`python -m tests.quality.news_texts ../shared/data` prints the list that `choose` makes, as JSON.
"""

import csv
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from lxml import etree, html

WORDS = 350
_FEWEST = 80
_WANTED = {"wikinews": 120, "state": 60, "whitehouse": 40}
_SPLITS = (("train", 0.50), ("dev", 0.65), ("test", 1.0))  # upper bounds of a document's share
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "br", "tr", "blockquote")


@dataclass(frozen=True, slots=True)
class NewsText:
    """One document: its archive and name there, the day the archive gives, and its text."""

    archive: str
    name: str
    day: str
    text: str

    @property
    def id(self) -> str:
        """Return the id by which keys name the document."""
        return f"{self.archive}:{hashlib.sha256(self.name.encode()).hexdigest()[:12]}"

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A document that was chosen to be labelled, and on which side of the split it lies."""

    id: str
    sha256: str
    split: str


@cache  # nine measures of the gate read them, and unpacking takes seconds each time
def news_texts(data: Path) -> tuple[NewsText, ...]:
    """Return every document of at least 80 words, once; `data` is the folder of test data."""
    first: dict[str, NewsText] = {}
    for text in _all(data):
        if len(text.text.split()) >= _FEWEST:
            first.setdefault(text.text.partition("\n")[0].casefold(), text)
    return tuple(first.values())


def choose(data: Path) -> list[Chosen]:
    """Return the documents to label, drawn by the SHA-256 of their names, and their split.

    The split is drawn by document before anyone has read one: half to train, 15 % to develop, 35 %
    to test.
    """
    texts = sorted(news_texts(data), key=_draw)
    chosen: list[Chosen] = []
    for archive, number in _WANTED.items():
        drawn = [text for text in texts if text.archive == archive][:number]
        for place, text in enumerate(drawn):
            share = (place + 0.5) / number
            split = next(name for name, bound in _SPLITS if share < bound)
            chosen.append(Chosen(text.id, text.sha256, split))
    return sorted(chosen, key=lambda one: one.id)


def _draw(text: NewsText) -> str:
    return hashlib.sha256(f"news 1 {text.archive} {text.name}".encode()).hexdigest()


def _all(data: Path) -> Iterator[NewsText]:
    yield from _wikinews(data / "articles" / "wikinews_2019_2020.tar.xz")
    for archive in ("state", "whitehouse"):
        path = data / "feeds" / "us_gov_rss" / f"{archive}_before_2022-02-18.tar.xz"
        yield from _feed(path, archive)


def _wikinews(path: Path) -> Iterator[NewsText]:
    csv.field_size_limit(10_000_000)
    for _, content in _files(path, ".csv"):
        for row in csv.DictReader(io.StringIO(content.decode("utf-8"))):
            text = cut([row["title"], *row["text"].split("\n")])
            yield NewsText("wikinews", row["url"], row["date"], text)


def _feed(path: Path, archive: str) -> Iterator[NewsText]:
    """Yield each item of a feed's history as it first came."""
    seen: set[str] = set()
    for _, content in _files(path, ".rss"):
        try:
            root = etree.fromstring(content)
        except etree.XMLSyntaxError:
            continue  # the history holds empty answers; their items came with others
        for item in root.iter("item"):
            name = item.findtext("guid") or item.findtext("link") or ""
            if name and name not in seen:
                seen.add(name)
                body = item.findtext(_CONTENT) or item.findtext("description") or ""
                text = cut([item.findtext("title") or "", *_lines(body)])
                yield NewsText(archive, name, item.findtext("pubDate") or "", text)


def _files(path: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda one: one.name):
            file = archive.extractfile(member) if member.name.endswith(ending) else None
            if file is not None:
                yield member.name, file.read()


def _lines(markup: str) -> list[str]:
    if not markup.strip():
        return []
    root = html.fromstring(f"<div>{markup}</div>")
    for element in root.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return str(root.text_content()).split("\n")


def cut(lines: list[str]) -> str:
    """Return the lines with one space between words, up to the one that holds word 350."""
    kept: list[str] = []
    words = 0
    for line in lines:
        tidy = " ".join(line.split())
        if not tidy:
            continue
        kept.append(tidy)
        words += len(tidy.split())
        if words >= WORDS:
            break
    return "\n".join(kept)


if __name__ == "__main__":
    rows = [asdict(one) for one in choose(Path(sys.argv[1]))]
    print(json.dumps(rows, indent=0))
