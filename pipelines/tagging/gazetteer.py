"""Lines of an article in, the names of a table found in them out: longest name first.

The rules, which an analyst can review:

- Only the zones that count are read, line by line, so no name crosses a zone or a paragraph.
- Names are compared by the word forms of `pipelines.querylang.tokens`; between two words of a name
  stand only a space, a hyphen, an apostrophe, a possessive or the dot of an abbreviation.
- A name needs a capital letter somewhere (scripts without capitals have none to need), except in a
  line that has no capital at all: some media are written so.
- A name that keeps its case ("Turkey", "WHO") must be written just so. In a line all in capitals it
  may be in capitals too, unless it is then a common word ("WHO", "US").
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Generic, TypeVar

from pipelines.article import COUNTED_ZONES, Article, Zone
from pipelines.querylang import Token, tokens

Value = TypeVar("Value")

# Abbreviations that a headline in capitals also has as words, English, French and Spanish.
_ALSO_WORDS = frozenset("us who is it un eu au let pace car rt ap sana bild ei fars".split())
_BETWEEN = frozenset(" -\u2010\u2011'\u2019\u02bcs.&/")
_LONGEST_ABBREVIATION = 4  # letters before a dot that does not end a sentence: "Gen.", "Sen."


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a counted zone: its words, their offsets relative to `offset` in the article."""

    text: str
    offset: int
    zone: Zone
    words: list[Token]
    no_capitals: bool
    all_capitals: bool

    def surface(self, first: int, stop: int) -> str:
        """Return the text from word `first` up to and without word `stop`."""
        return self.text[self.words[first].start : self.words[stop - 1].end]

    def gap(self, word: int) -> str:
        """Return what stands between `word` and the word before it."""
        return self.text[self.words[word - 1].end : self.words[word].start]

    def joined(self, word: int) -> bool:
        """Return whether `word` may belong to one name with the word before it."""
        gap = self.gap(word)
        if gap == " ":
            return True
        if not _BETWEEN.issuperset(gap):
            return False
        before = self.words[word - 1]
        return "." not in gap or before.end - before.start <= _LONGEST_ABBREVIATION

    def capital(self, word: int) -> bool:
        """Return whether `word` begins with a capital or in a script that has none."""
        return not self.text[self.words[word].start].islower()


def lines_of(article: Article) -> Iterator[Line]:
    """Yield the lines of the article's counted zones that have words."""
    for span in article.zones:
        if span.zone not in COUNTED_ZONES:
            continue
        offset = span.start
        for text in article.text[span.start : span.end].split("\n"):
            if words := tokens(text):
                yield Line(text, offset, span.zone, words, text.islower(), text.isupper())
            offset += len(text) + 1


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file in `pipelines/tagging/names/`."""
    with (files("pipelines.tagging") / "names" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def read_words(name: str, separator: str | None = None) -> list[str]:
    """Return the words of a text file in `pipelines/tagging/names/`, parted by any space or so."""
    text = (files("pipelines.tagging") / "names" / name).read_text(encoding="utf-8")
    return [word for word in text.split(separator) if word]


def split_names(cell: str) -> list[str]:
    """Return the names of a cell of such a table; a bar separates them."""
    return [name for part in cell.split("|") if (name := part.strip())]


@dataclass(frozen=True, slots=True)
class Name(Generic[Value]):
    """A name to find, what it stands for, and how its letters must be written."""

    text: str
    value: Value
    cased: bool = False  # exactly as written here
    any_case: bool = False  # small letters will do: adjectives of Russian, titles


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """Words `first` up to and without `stop` of a line are a name of each of `values`."""

    first: int
    stop: int
    values: tuple[Value, ...]


@dataclass(slots=True)
class _Node(Generic[Value]):
    after: "dict[str, _Node[Value]]" = field(default_factory=dict)
    names: list[Name[Value]] = field(default_factory=list)


class Gazetteer(Generic[Value]):
    """A trie of names by their word forms."""

    def __init__(self, names: Iterable[Name[Value]]) -> None:
        self._root: _Node[Value] = _Node()
        for name in names:
            node = self._root
            for word in tokens(name.text):
                node = node.after.setdefault(word.form, _Node())
            if node is not self._root:
                node.names.append(name)

    def longest(self, line: Line, first: int) -> Hit[Value] | None:
        """Return the longest name that begins at word `first` of `line`, None if none does."""
        node = self._root.after.get(line.words[first].form)
        found, stop, commas = None, first + 1, 0
        while node is not None:
            if node.names and (values := _fitting(node.names, line, (first, stop), commas)):
                found = Hit(first, stop, values)
            if stop == len(line.words):
                break
            node = node.after.get(line.words[stop].form)
            if node is not None and not line.joined(stop):
                if line.gap(stop) != ", ":
                    break
                commas += 1
            stop += 1
        return found


def _fitting(
    names: Iterable[Name[Value]], line: Line, span: tuple[int, int], commas: int
) -> tuple[Value, ...]:
    values = (
        name.value
        for name in names
        if _written_right(name, line, *span) and name.text.count(",") == commas
    )
    return tuple(dict.fromkeys(values))


def _written_right(name: Name[Value], line: Line, first: int, stop: int) -> bool:
    if name.any_case:
        return True
    if name.cased:
        surface = line.surface(first, stop)
        if line.all_capitals and line.words[first].form in _ALSO_WORDS:
            return False
        return surface == name.text or (line.all_capitals and surface == name.text.upper())
    return line.no_capitals or any(line.capital(word) for word in range(first, stop))
