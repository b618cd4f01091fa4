"""Read the world news texts that we label for names alone: archives in, short plain texts out.

Three archives: Wikinews of 2019 and 2020 (CC BY 2.5), blocks of ten sentences of the Groningen
Meaning Bank (public domain), and news pages of two public test sets, as their own gold bodies give
them (`page`; texts of their publishers, so nothing is fitted to these: they only measure). A text
ends with the line that holds its 200th word. How a text is made here must not change: labels are
offsets into it, and a text whose SHA-256 is another is refused. `written_texts` reads the news
that we wrote ourselves, labels in the text.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.quality.fundus import fundus_gold
from tests.quality.names_corpora import GOLD, Name, NamedText, gmb_texts
from tests.quality.news_texts import news_texts

WORDS = 200
KEYS = GOLD.parent / "world" / "keys.json"
WRITTEN = Path(__file__).with_name("written_news.txt")
_KINDS = {"P": "PER", "O": "ORG", "L": "LOC"}
_LABELLED = re.compile(r"\[([POL]) ([^\]]+)\]")


class ChangedText(ValueError):
    """A text that is not the one that was labelled."""


@dataclass(frozen=True, slots=True)
class WorldKey:
    """The labels of one document: its id, the hash of its text, its side, the names."""

    id: str
    sha256: str
    split: str
    names: tuple[Name, ...]


def sha256(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def world_texts(data: Path) -> Iterator[tuple[str, str]]:
    """Yield id and text of every document that could be labelled."""
    for one in news_texts(data):
        if one.archive == "wikinews":
            yield one.id, first_lines(one.text.split("\n"))
    for block in gmb_texts(data):
        yield block.id, block.text
    yield from _pages(data / "pages")


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    truths = json.loads((folder / "scrapinghub-aeb" / "ground-truth.json").read_text("utf-8"))
    for name, truth in sorted(truths.items()):
        yield f"page:{name[:12]}", first_lines(truth["articleBody"].split("\n"))
    for page in fundus_gold(folder / "fundus-parsers"):
        body = page.gold.get("body") or {}
        lines = [page.gold.get("title") or "", *body.get("summary", [])]
        for section in body.get("sections", []):
            lines += [*section.get("headline", []), *section.get("paragraphs", [])]
        yield f"page:{page.name.removesuffix('.html.gz')}", first_lines(lines)


def first_lines(lines: list[str]) -> str:
    """Return the lines with one space between words, up to the one that holds word 200."""
    kept: list[str] = []
    words = 0
    for line in lines:
        tidy = " ".join(line.split())
        if tidy and words < WORDS:
            kept.append(tidy)
            words += len(tidy.split())
    return "\n".join(kept)


def world_keys() -> list[WorldKey]:
    """Return all labels, in the order of the file."""
    rows = json.loads(KEYS.read_text(encoding="utf-8"))
    return [
        WorldKey(
            row["id"], row["sha256"], row["split"], tuple((s, e, k) for s, e, k in row["names"])
        )
        for row in rows
    ]


def world_gold(data: Path, split: str) -> list[NamedText]:
    """Return the labelled documents of one side ("train", "test"), refusing a changed text."""
    keys = {key.id: key for key in world_keys() if key.split == split}
    found = {name: text for name, text in world_texts(data) if name in keys}
    for key in keys.values():
        if sha256(found.get(key.id, "")) != key.sha256:
            raise ChangedText(f"reading {key.id}: its text is not the one that was labelled")
    return [NamedText("world", key.id, found[key.id], key.names) for key in keys.values()]


def written_texts() -> list[NamedText]:
    """Return the news that we wrote, in the order of the file."""
    blocks = WRITTEN.read_text(encoding="utf-8").strip().split("\n\n")
    return [
        read_labelled(f"written:{number}", block)
        for number, block in enumerate(block for block in blocks if not block.startswith("#"))
    ]


def read_labelled(name: str, block: str) -> NamedText:
    """Return one text with labels in it as text and offsets; a bar is the end of a paragraph."""
    text, names, done = "", [], 0
    for found in _LABELLED.finditer(block):
        text += block[done : found.start()]
        names.append((len(text), len(text) + len(found.group(2)), _KINDS[found.group(1)]))
        text, done = text + found.group(2), found.end()
    return NamedText("written", name, (text + block[done:]).replace("|", "\n"), tuple(names))
