"""What is known of English words before a text is read, from two tables that ship with the model.

`cues.csv` is written by us: words that stand before, in or behind names, by what they tell.
`english_words.tsv` is made by `tests/quality/names_words.py`; a line is a word or phrase in small
letters, its marks, how often of nine it is written small inside a sentence, and its two clusters.

| mark | the word or phrase is |
|---|---|
| `g`, `s` | a given name, a surname somewhere in the world |
| `p`, `P` | a town; a city of a million or a place of our tables |
| `C`, `A` | a country; the adjective or people of one |
| `N`, `O` | a person or an organisation of our table |
| `o`, `t` | a firm, medium, party or body, a team that we wrote down (`world_organisations.toml`) |
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WORDS, CUES = "english_words.tsv", "cues.csv"
_LONGEST = 9  # words of a phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tables say of one word."""

    marks: str = ""
    small: str = ""  # "0" to "9", empty: seen too seldom
    groups: tuple[str, ...] = ()
    cues: str = ""  # first letters of the cues


NOTHING = Entry()


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases that begin with one word."""

    lengths: tuple[int, ...]  # in words, with the first; longest first
    marks: Mapping[tuple[str, ...], str]  # by the other words

    def longest(self, words: Sequence[str], first: int) -> tuple[int, str] | None:
        """Return where the longest phrase from `first` ends, and its marks; None if none begins."""
        for length in self.lengths:
            stop = first + length
            if stop <= len(words):
                marks = self.marks.get(tuple(words[first + 1 : stop]))
                if marks is not None:
                    return stop, marks
        return None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words, and the phrases by their first word."""

    words: Mapping[str, Entry]
    phrases: Mapping[str, Phrases]

    def entry(self, word: str) -> Entry:
        """Return what is known of a word in small letters."""
        return self.words.get(word, NOTHING)


@cache
def read_lexicon() -> Lexicon:
    """Read the tables, once for a process; it takes a quarter of a second."""
    folder = files("pipelines.tagging.spans")
    cues: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO((folder / CUES).read_text(encoding="utf-8"))):
        for word in row["words"].split("|"):
            cues[word] = cues.get(word, "") + row["cue"][0]
    words: dict[str, Entry] = {}
    phrases: dict[str, dict[tuple[str, ...], str]] = {}
    for line in (folder / WORDS).read_text(encoding="utf-8").splitlines():
        word, marks, small, groups = line.split("\t")
        if " " in word:
            first, *rest = word.split(" ")
            if len(rest) < _LONGEST:
                phrases.setdefault(first, {}).setdefault(tuple(rest), marks)
        else:
            cue = cues.get(word) or cues.get(word.rstrip("."), "")  # "Mr.", "Inc."
            words[word] = Entry(marks, small, tuple(groups.split(".")) if groups else (), cue)
    words.update((word, Entry(cues=cue)) for word, cue in cues.items() if word not in words)
    return Lexicon(words, {first: _phrases(found) for first, found in phrases.items()})


def _phrases(found: Mapping[tuple[str, ...], str]) -> Phrases:
    return Phrases(tuple(sorted({len(rest) + 1 for rest in found}, reverse=True)), found)
