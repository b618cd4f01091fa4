"""Read the corpora that the names model is made of: files in, texts with the names in them out.

Tokens of a corpus are put together to running text as a newspaper would print it, so that one
reading of words serves for all. Kinds are those of our own gold (`gold/news/GUIDELINE.md`):
`PER`, `ORG`, `LOC`. What the corpora call otherwise is turned into these:

- GMB (silver): `geo` is a place, `gpe` one unless it is an adjective or a people; a title at the
  front of a person is cut off. It has no documents, so ten sentences that follow make one.
- GUM: entities are also common nouns; a name is an entity all in capitals, or its last such part.
- WikiGold: an article at the front of a name is cut off.
- WNUT: companies and groups are organisations; products and works are none.
"""

import csv
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.tagging.gazetteer import read_names, read_table, split_names
from tests.quality.news_texts import news_texts

_LISTS = tomllib.loads(Path(__file__).with_name("names_lists.toml").read_text(encoding="utf-8"))
GOLD = Path(__file__).with_name("gold") / "news"
Name = tuple[int, int, str]
Tagged = tuple[str, str]  # token, BIO label

_OPENING = frozenset("([“‘$£€#@")
_NO_SPACE_BEFORE = frozenset(".,;:!?)]%”’…") | {"'s", "’s", "n't", "'"}
_HYPHENS = frozenset("-–/")
_BLOCK = 10  # sentences


@dataclass(frozen=True, slots=True)
class NamedText:
    """One document: the corpus it is from, its text, and the names in it."""

    corpus: str
    id: str
    text: str
    names: tuple[Name, ...] = field(default=())


def gold_texts(data: Path, split: str) -> list[NamedText]:
    """Return the documents of one side of our own gold."""
    rows = json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
    wanted = {row["id"] for row in rows if row["split"] == split}
    keys = json.loads((GOLD / "keys.json").read_text(encoding="utf-8"))
    names = {row["id"]: row["entities"] for row in keys}
    return [
        NamedText(
            "gold", text.id, text.text, tuple((s, e, kind) for s, e, kind, _ in names[text.id])
        )
        for text in news_texts(data)
        if text.id in wanted
    ]


def unseen_ids() -> set[str]:
    """Return the ids of the documents on which nothing may be fitted."""
    rows = json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
    return {row["id"] for row in rows if row["split"] != "train"}


def running(
    sentences: Iterable[Sequence[Tagged]], per_line: int = 2, *, tight: bool = False
) -> tuple[str, list[Name]]:
    """Return the text of some sentences of tokens, and the names by offsets; `tight`: co-worker."""
    text: list[str] = []
    names: list[Name] = []
    size, glue = 0, True
    for number, sentence in enumerate(sentences):
        if number:
            text.append("\n" if number % per_line == 0 else " ")
            size, glue = size + 1, True
        quotes = 0
        for token, label in sentence:
            opening = token == '"' and quotes % 2 == 0
            closing = token == '"' and not opening
            quotes += token == '"'
            hyphen = token in _HYPHENS and tight
            if not (glue or closing or hyphen or token in _NO_SPACE_BEFORE):
                text.append(" ")
                size += 1
            start, size = size, size + len(token)
            text.append(token)
            if label.startswith("B-"):
                names.append((start, size, label[2:]))
            elif label.startswith("I-") and names:
                names[-1] = (names[-1][0], size, names[-1][2])
            glue = opening or hyphen or token in _OPENING
    return "".join(text), names


def _documents(corpus: str, groups: Iterable[Sequence[Sequence[Tagged]]]) -> Iterator[NamedText]:
    for number, sentences in enumerate(groups):
        text, names = running(sentences)
        yield NamedText(corpus, f"{corpus}:{number}", text, tuple(names))


def gmb_texts(data: Path) -> Iterator[NamedText]:
    """Yield blocks of ten sentences of the Groningen Meaning Bank, with silver names."""
    path = data / "entities" / "ner" / "gmb" / "ner_dataset.csv.zip"
    sentences: list[list[Tagged]] = []
    with zipfile.ZipFile(path) as archive:
        raw = archive.read(archive.namelist()[0]).decode("latin-1")
    for row in csv.DictReader(io.StringIO(raw)):
        if row["Sentence #"]:
            sentences.append([])
        sentences[-1].append((row["Word"], row["Tag"]))
    clean = list(dict.fromkeys(tuple(_from_gmb(one)) for one in sentences))
    yield from _documents("gmb", _blocks(clean))


def _blocks(sentences: Sequence[Sequence[Tagged]]) -> Iterator[Sequence[Sequence[Tagged]]]:
    for first in range(0, len(sentences), _BLOCK):
        yield sentences[first : first + _BLOCK]


_KINDS = {
    "geo": "LOC", "gpe": "LOC", "org": "ORG", "per": "PER",
    "person": "PER", "organization": "ORG", "location": "LOC", "place": "LOC",
    "corporation": "ORG", "group": "ORG", "PER": "PER", "ORG": "ORG", "LOC": "LOC",
}  # fmt: skip


def _adjectives() -> frozenset[str]:
    return frozenset(
        word for row in read_table("countries.csv") for word in split_names(row["adjectives"])
    ) | frozenset(_LISTS["adjectives"].split())


_ADJECTIVES = _adjectives()
_TITLE_WORDS = frozenset(
    word for line in read_names("titles.txt").split("\n") for word in line.split()
) | frozenset(_LISTS["titles"].split()) - {"Mohammed"}


def _from_gmb(sentence: Sequence[Tagged]) -> Iterator[Tagged]:
    fresh = False  # the name before was cut away up to here
    for token, label in sentence:
        where, _, what = label.partition("-")
        kind = _KINDS.get(what, "")
        if not kind or (what in ("gpe", "geo") and token in _ADJECTIVES):
            fresh = False
            yield token, "O"
        elif kind == "PER" and (where == "B" or fresh) and token in _TITLE_WORDS:
            fresh = True
            yield token, "O"
        else:
            yield token, ("B-" if where == "B" or fresh else "I-") + kind
            fresh = False


def _conll(path: Path, column: int = -1) -> Iterator[list[Tagged]]:
    """Yield the sentences of a file with a token and a label on each line."""
    sentence: list[Tagged] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        parts = line.split()
        if len(parts) < 2 or parts[0] == "-DOCSTART-":
            if sentence:
                yield _as_bio(sentence)
            sentence = []
        else:
            sentence.append((parts[0], parts[column]))
    if sentence:
        yield _as_bio(sentence)


def _as_bio(sentence: Sequence[Tagged]) -> list[Tagged]:
    """Return the sentence with our kinds; `I-` after another kind begins a name."""
    out: list[Tagged] = []
    before = ""
    for token, label in sentence:
        where, _, what = label.partition("-")
        kind = _KINDS.get(what, "")
        begins = where == "B" or before != kind
        out.append((token, f"{'B' if begins else 'I'}-{kind}" if kind else "O"))
        before = kind
    return out


def wikigold_texts(data: Path) -> Iterator[NamedText]:
    """Yield WikiGold in blocks of ten sentences."""
    path = data / "entities/ner/wikigold/data/wikigold/CONLL-format/data/wikigold.conll.txt"
    for one in _documents("wikigold", _blocks(list(_conll(path)))):
        yield replace(one, names=tuple(_without_article(one.text, name) for name in one.names))


def _without_article(text: str, name: Name) -> Name:
    start, end, kind = name
    article = text[start:end].lower().startswith("the ") and end - start > len("the ")
    return start + len("the ") * article, end, kind


def wnut_texts(data: Path) -> Iterator[NamedText]:
    """Yield the training part of WNUT 2017, a document for each message."""
    path = data / "entities/ner/wnut17/data/WNUT17/CONLL-format/data/train/wnut17train.conll"
    yield from _documents("wnut", ([one] for one in _conll(path)))


def btc_texts(data: Path) -> Iterator[NamedText]:
    """Yield the Broad Twitter Corpus, a document for each message."""
    folder = data / "entities/ner/btc/data/BTC/CONLL-format/data"
    for path in sorted(folder.glob("*.conll")):
        yield from _documents(f"btc {path.stem}", ([part] for part in _conll(path)))


_ENTITY = re.compile(r"(person|organization|place)(?:\[(\d+)\])?")
_SMALL = frozenset(_LISTS["small"].split())


def gum_texts(data: Path) -> Iterator[NamedText]:
    """Yield the news and interviews of GUM; the id says which."""
    for path in sorted((data / "entities" / "ner" / "gum").glob("*.tsv")):
        text, names = running(list(_gum(path)), tight=True)
        yield NamedText("gum", path.stem, text, tuple(names))


def _gum(path: Path) -> Iterator[list[Tagged]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if re.match(r"\d+-\d+\t", line)]
        if rows:
            yield _gum_sentence(rows)


def _gum_sentence(rows: Sequence[Sequence[str]]) -> list[Tagged]:
    tokens = [row[2] for row in rows]
    spans: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        for kind, number in _ENTITY.findall(row[3]):
            spans.setdefault((_KINDS[kind], number or f"at {place}"), []).append(place)
    labels = ["O"] * len(tokens)
    entities = sorted(spans.items(), key=lambda one: (one[0][0] == "PER", -len(one[1])))
    for (kind, _), places in entities:
        inner = {
            place
            for (other, _), part in spans.items()
            if kind == "PER" and other != "PER" and set(part) < set(places)
            for place in part
        }
        part = _named_part(tokens, [place for place in places if place not in inner], kind)
        if part and all(labels[place] == "O" for place in part):
            for number, place in enumerate(part):
                labels[place] = ("I-" if number else "B-") + kind
    return list(zip(tokens, labels, strict=True))


def _named_part(tokens: Sequence[str], places: Sequence[int], kind: str) -> list[int]:
    """Return the places of the name in an entity, none if it is a common noun."""
    part = list(places)
    if (
        kind == "PER"
    ):  # "US President Donald Trump": what stands behind the title, up to a small word
        titles = [n for n, place in enumerate(part) if tokens[place] in _TITLE_WORDS]
        part = part[titles[-1] + 1 :] if titles else part
        while part and not tokens[part[0]][0].isupper():
            part = part[1:]
        for n, place in enumerate(part):
            word = tokens[place]
            small = word in ("of", "and", "the", "for") or not (
                word[0].isupper() or word.lower() in _SMALL or word in _HYPHENS or word == "."
            )
            if small or place != part[0] + n:
                part = part[:n]
                break
    while part and tokens[part[0]].lower() in ("the", "a", "an", '"', "'"):
        part = part[1:]
    while part and tokens[part[-1]] in ("'s", "’s", '"', "'", ",", ".", "-"):
        part = part[:-1]
    words = [tokens[place] for place in part]
    if not words or words[0].lower() in _NO_NAMES or (len(words) == 1 and words[0] in _ADJECTIVES):
        return []
    named = all(
        word[0].isupper()
        or word.lower() in _SMALL
        or word in _HYPHENS
        or word == "."
        or word.isdigit()
        for word in words
    )
    return part if named and words[0][0].isupper() else []


_NO_NAMES = frozenset(_LISTS["no_names"].split())
