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
import io
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Generic, TypeVar

from pipelines.article import COUNTED_ZONES, Article, Zone, ZoneSpan
from pipelines.querylang import Token, tokens

Value = TypeVar("Value")

# Abbreviations that a headline in capitals also has as words, English, French and Spanish.
_ALSO_WORDS = re.compile("us|who|is|it|un|eu|au|let|pace|car|rt|ap|sana|bild|ei|fars")
_SPEAKERS = frozenset({"MR", "MRS", "MS", "MADAM"})
_PARTED = frozenset({" ", " \u00ab"})  # Russian puts the names of bodies in quotes
_BETWEEN = frozenset(" -\u2010\u2011'\u2019\u02bcs.&/+")
_ABBREVIATIONS = re.compile("[a-z]|mrs?|ms|dr|st|gen|sen|rep|gov|col|lt|maj|adm|sgt|prof|jr|ee")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a counted zone: its words, their offsets relative to `offset` in the article."""

    text: str
    offset: int
    zone: Zone
    words: list[Token]
    no_capitals: bool
    all_capitals: bool
    forms: list[str]  # of the words

    def beginning(self, starts: Set[str]) -> list[int]:
        """Return the words that are among `starts`: most begin nothing, so this must be quick."""
        return [word for word, form in enumerate(self.forms) if form in starts]

    def surface(self, first: int, stop: int) -> str:
        """Return the text from word `first` up to and without word `stop`."""
        return self.text[self.words[first].start : self.words[stop - 1].end]

    def gap(self, word: int) -> str:
        """Return what stands between `word` and the word before it."""
        return self.text[self.words[word - 1].end : self.words[word].start]

    def joined(self, word: int) -> bool:
        """Return whether `word` may belong to one name with the word before it."""
        gap = self.gap(word)
        if gap in _PARTED:
            return True
        if not _BETWEEN.issuperset(gap):
            return False
        return "." not in gap or bool(_ABBREVIATIONS.fullmatch(self.words[word - 1].form))

    def capital(self, word: int) -> bool:
        """Return whether `word` begins with a capital or in a script that has none."""
        return not self.text[self.words[word].start].islower()


def lines_of(article: Article) -> tuple[Line, ...]:
    """Return the lines of the article's counted zones that have words."""
    return _lines(article.text, article.zones)


@lru_cache(maxsize=1)  # the next tagger asks for the same article: words are the larger cost
def _lines(text: str, zones: tuple[ZoneSpan, ...]) -> tuple[Line, ...]:
    return tuple(line for span in zones if span.zone in COUNTED_ZONES for line in _in(text, span))


def _in(text: str, span: ZoneSpan) -> Iterator[Line]:
    offset = span.start
    for part in text[span.start : span.end].split("\n"):
        if words := tokens(part):
            forms = [word.form for word in words]
            yield Line(part, offset, span.zone, words, part.islower(), part.isupper(), forms)
        offset += len(part) + 1


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file in `pipelines/tagging/names/`."""
    return list(csv.DictReader(io.StringIO(read_names(name))))


def read_names(name: str) -> str:
    """Return the text of a file in `pipelines/tagging/names/`."""
    return (files("pipelines.tagging") / "names" / name).read_text(encoding="utf-8")


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
        """Put all names into the trie; a name may stand for several values."""
        self._root: _Node[Value] = _Node()
        for name in names:
            node = self._root
            for word in tokens(name.text):
                node = node.after.setdefault(word.form, _Node())
            if node is not self._root:
                node.names.append(name)

    @property
    def starts(self) -> Set[str]:
        """Return the word forms with which a name begins."""
        return self._root.after.keys()

    def seconds(self) -> dict[str, Set[str]]:
        """Return the first words that are no name by themselves, and what may follow each."""
        firsts = self._root.after.items()
        return {form: node.after.keys() for form, node in firsts if not node.names}

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


def _as_in_minutes(line: Line, first: int) -> bool:
    """Return whether "MR" or the like stands before a name: minutes set speakers in capitals."""
    return first > 0 and line.surface(first - 1, first) in _SPEAKERS


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
        if line.all_capitals and _ALSO_WORDS.fullmatch(line.words[first].form):
            return False
        if surface == name.text:
            return True
        return surface == name.text.upper() and (line.all_capitals or _as_in_minutes(line, first))
    return line.no_capitals or any(line.capital(word) for word in range(first, stop))
