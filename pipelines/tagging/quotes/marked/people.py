"""The paragraphs of an article in, who is named at a word of one out.

The taggers before know the names of the tables; the model of names reads English only. So a run of
two to four words with capitals counts as a person's name too, from a given name on that is known;
else titles before it are left out ("Trainer Nicolej Krickau") and words that the article also
writes small ("Auch Nicolej Krickau"). Elsewhere its last word alone stands for it ("Krickau"), if
no other such name ends in it.

German writes all nouns with capitals, so a run there is vouched for only by a known given name, a
title before it or a verb of saying beside it; any other counts where it follows such a verb, alone.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.tagging.gazetteer import read_names, read_table
from pipelines.tagging.quotes.capitals import may_be_person
from pipelines.tagging.quotes.genders import PERSON, kind_of, name_of
from pipelines.tagging.quotes.marked.say_words import SayWords
from pipelines.tagging.quotes.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Who:
    """Words `first` up to `stop` of a paragraph name somebody; `tag` is empty for no known name."""

    first: int
    stop: int
    tag: str
    name: str
    kind: str
    vouched: bool = True  # surely a name


class People:
    """Everybody an article names, by paragraph and word."""

    def __init__(self, paragraphs: Sequence[Paragraph], words: SayWords) -> None:
        """Collect the full names of those whom no table knows."""
        self._words = words
        self._small = {
            word.form
            for paragraph in paragraphs
            for word in paragraph.line.words
            if paragraph.line.text[word.start].islower()
        }
        self._full: dict[str, set[str]] = defaultdict(set)  # by the last word, those vouched for
        self._all: dict[str, set[str]] = defaultdict(set)
        self._runs = {one.number: list(self._full_names(one)) for one in paragraphs}
        for paragraph in paragraphs:
            for who in self._runs[paragraph.number]:
                last = paragraph.form(who.stop - 1)
                self._all[last].add(who.name)
                if who.vouched:
                    self._full[last].add(who.name)
        self._read: dict[int, list[Who]] = {}

    def named(self, paragraph: Paragraph, first: int, stop: int) -> Iterator[Who]:
        """Yield who is named from word `first` up to `stop`, in order; none in part."""
        read = self._in(paragraph)
        for place in range(bisect_left(read, first, key=_first), len(read)):
            if read[place].stop > stop:
                return
            yield read[place]

    def at(self, paragraph: Paragraph, word: int) -> Who | None:
        """Return whose name begins with a word."""
        found = next(self.named(paragraph, word, len(paragraph.line.words)), None)
        return found if found is not None and found.first == word else None

    def surname(self, paragraph: Paragraph, word: int) -> Who | None:
        """Return who a word behind a verb of saying names that nothing else vouches for.

        It has a capital and no article, as German nouns have: "erklärt Kleinfeld". Sure where one
        full name of the article ends in it.
        """
        if not _stands_alone(paragraph, word) or paragraph.form(word) in self._small:
            return None
        full = self._all.get(paragraph.form(word), ())
        name = next(iter(full)) if len(full) == 1 else paragraph.line.surface(word, word + 1)
        return Who(word, word + 1, "", name, PERSON, vouched=len(full) == 1)

    def bare_before(self, paragraph: Paragraph, stop: int) -> Who | None:
        """Return the words with capitals that end before word `stop`: "Provea afirmó"; not sure."""
        if self._words.capital_nouns:
            return None
        first = stop
        while first > max(stop - _LONGEST_BARE, 0) and self._is_bare(paragraph, first - 1):
            first -= 1
            if first and paragraph.gap(first) != " ":
                break
        if first == stop:
            return None
        return Who(first, stop, "", paragraph.line.surface(first, stop), "", vouched=False)

    def _is_bare(self, paragraph: Paragraph, word: int) -> bool:
        form = paragraph.form(word)
        own = form in self._words.small or form in self._words.verbs or self._words.is_title(form)
        return paragraph.has_capital(word) and word not in paragraph.inside and not own

    def last(self, paragraph: Paragraph, stop: int) -> Who | None:
        """Return which person of a known name or given name is named last before word `stop`.

        So is a surname that one full name of the article ends in.
        """
        read = self._in(paragraph)
        for place in range(bisect_left(read, stop, key=_first) - 1, -1, -1):
            who = read[place]
            surname = (
                who.stop == who.first + 1 and " " in who.name and not self._words.capital_nouns
            )
            named = who.kind == PERSON and (who.tag or surname or _begins_with_given(who.name))
            if named and who.stop <= stop and who.first not in paragraph.inside:
                return who
        return None

    def _in(self, paragraph: Paragraph) -> list[Who]:
        read = self._read.get(paragraph.number)
        if read is None:
            found = [*self._known(paragraph), *self._unknown(paragraph)]
            read = self._read[paragraph.number] = sorted(found, key=_first)
        return read

    def _known(self, paragraph: Paragraph) -> Iterator[Who]:
        for word, (first, stop, mention) in paragraph.known.items():
            if word == first and not _is_part(paragraph, first, stop):
                while stop - first > 1 and self._words.is_title(paragraph.form(first)):
                    first += 1
                yield Who(first, stop, mention.tag, name_of(mention.tag), kind_of(mention.tag))

    def _unknown(self, paragraph: Paragraph) -> Iterator[Who]:
        within: set[int] = set(paragraph.known)
        for who in self._runs[paragraph.number]:
            within.update(range(who.first, who.stop))
            yield who
        for word in range(len(paragraph.line.words)):
            full = self._full.get(paragraph.form(word), ())
            if word in within or len(full) != 1 or self._ends_longer(paragraph, word):
                continue
            if _stands_alone(paragraph, word):
                yield Who(word, word + 1, "", next(iter(full)), PERSON)

    def _ends_longer(self, paragraph: Paragraph, word: int) -> bool:
        """Return whether a word ends a longer name: "Movimiento Gay de Minas Gerais"."""
        if self._words.capital_nouns or paragraph.gap(word) != " ":
            return False
        before = paragraph.form(word - 1)
        known = self._words.is_title(before) or before in self._small | self._words.small
        return paragraph.has_capital(word - 1) and not known

    def _full_names(self, paragraph: Paragraph) -> Iterator[Who]:
        for run_first, stop, _ in paragraph.unknown():
            first = self._begins(paragraph, run_first, stop)
            name = paragraph.line.surface(first, stop)
            given = paragraph.form(first) in _given_names()
            if not given and self._words.is_title(paragraph.form(stop - 1)):
                continue  # "Luxemburgs Außenminister"
            if " " in name and may_be_person(name) and (given or not _PARTICLE.search(name)):
                vouched = given or self._is_vouched(paragraph, first, stop)
                yield Who(first, stop, "", name, PERSON, vouched)

    def _begins(self, paragraph: Paragraph, first: int, stop: int) -> int:
        """Return the given name in a run, else the word behind what is no name."""
        for word in range(first, stop - 1):
            if paragraph.form(word) in _given_names():
                return word
        begins = first
        for word in range(first, stop - 1):
            form = paragraph.form(word)
            small = form in self._small or form in self._words.small
            small = small or paragraph.line.surface(word, word + 1).isupper()  # "РФ Георгій Чижов"
            if self._words.is_title(form) or (word == begins and small):
                begins = word + 1
        return begins

    def _is_vouched(self, paragraph: Paragraph, first: int, stop: int) -> bool:
        words = self._words
        if not words.capital_nouns or words.is_title(paragraph.form(first - 1)):
            return True
        beside = {paragraph.form(first - 1), paragraph.form(stop)}
        return not words.verbs.isdisjoint(beside) or (paragraph.form(first - 1),) in words.according


_LONGEST_BARE = 4
# "Schreiben der Bildungsdirektion", "Schulen von Lienz": no name without a known given name.
_PARTICLE = re.compile(r" [a-z]+ ")


def _is_part(paragraph: Paragraph, first: int, stop: int) -> bool:
    """Return whether a hyphen ties words to others: "CDU-Kandidat", "Martinot-Lagarde"."""
    return "-" in (paragraph.gap(first), paragraph.gap(stop))


def _first(who: Who) -> int:
    return who.first


def _begins_with_given(name: str) -> bool:
    return name.partition(" ")[0].casefold() in _given_names()


def _stands_alone(paragraph: Paragraph, word: int) -> bool:
    """Return whether a word is written as a surname is."""
    surface = paragraph.line.surface(word, word + 1)
    return (
        not _is_part(paragraph, word, word + 1) and surface[:1].isupper() and not surface.isupper()
    )


@cache
def _given_names() -> frozenset[str]:
    gendered = (row["name"] for row in read_table("say_given_names.csv"))
    listed = read_names("given_names.txt").split()
    return frozenset(name.casefold() for name in (*listed, *gendered))
