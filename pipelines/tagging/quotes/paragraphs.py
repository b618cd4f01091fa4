"""A line of an article in; its sentences, what is between marks and who is named where out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.article import Mention, TagKind
from pipelines.tagging.gazetteer import Line
from pipelines.tagging.quotes.capitals import runs
from pipelines.tagging.quotes.finite import finite_score
from pipelines.tagging.quotes.verbs import Verb, verbs
from pipelines.tagging.quotes.words import (
    ADVERBS,
    ARTICLES,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)

_LIKELY = -1.5  # the same of "claims" and "reports", which GMB has as nouns above all
_SURE = 1.0  # score of a word that is a finite verb, three times of four
_AS = 8  # words from "as" to the verb of "as the treaty notes"
_LONGEST_SENTENCE = 150  # words on either side that are looked at: odd texts have no full stop
_ENDS = re.compile(r"[.!?\u2026]")
_ABBREVIATIONS = word_set(
    """mr mrs ms dr st gen sen rep gov col lt maj adm sgt prof jr sr no vs г гг им тыс млн млрд
    руб"""
)
_ALSO_NOUNS = word_set(
    """report reports claim claims state states note notes comment comments mention reply estimate
    estimates post posts stress answer answers promise promises pledge pledges call calls warning
    attack demand demands signal signals point points praise blame quote quotes brand brands label
    labels remarks hint hints counter joke jokes recall reason tweet tweets"""
)
_BEFORE_VERBS = PRONOUNS | PEOPLE | ADVERBS
_GERUND = word_set("on of for about from than with")
_BEGIN_CLAUSES = word_set("the it he she they there we that")
_HYPHEN, _IN_NUMBERS = "-", (",", ":")
_OF_NOUNS = ARTICLES - word_set("many several some both all one two most few another")
_MADE = word_set("is was are were been made make makes making")
_SPACED = "\u201e\u00ab"  # marks that open a quote also where a space follows
_OPENS = "\u201c\u201e\u00ab\"'\u2018(["


@dataclass(slots=True)
class Paragraph:
    """One line, with offsets relative to `line.offset`; words are named by their number.

    `marked` are the stretches between quotation marks, `first_in` and `stop_in` their words.
    """

    number: int
    line: Line
    marked: Sequence[tuple[int, int]]
    named: Sequence[Mention]  # in order, none within another
    said: list[int] = field(default_factory=list)  # verbs of saying outside of marks
    first_in: list[int] = field(default_factory=list)
    stop_in: list[int] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)  # words between marks
    verb_words: frozenset[int] = frozenset()  # the words of `said`
    _known: dict[int, tuple[int, int, Mention]] | None = None
    _mentions: dict[int, tuple[int, int, Mention]] | None = None
    _unknown: list[tuple[int, int, Mention]] | None = None
    _bounds: list[int] | None = None
    _finite: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the words between marks, and the verbs of saying that are not."""
        starts = [word.start for word in self.line.words]
        for start, end in self.marked:
            first, stop = bisect_right(starts, start - 1), bisect_right(starts, end - 1)
            self.first_in.append(first)
            self.stop_in.append(stop)
            self.inside.update(range(first, stop))
        table = verbs()
        self.said = [
            number
            for number, word in enumerate(self.line.words)
            if word.form in table and number not in self.inside and self._is_verb(number)
        ]
        self.verb_words = frozenset(self.said)

    def verbs_within(self, first: int, stop: int) -> list[int]:
        """Return the verbs of saying from word `first` up to and without `stop`."""
        return self.said[bisect_left(self.said, first) : bisect_left(self.said, stop)]

    def mark_end(self, word: int) -> int:
        """Return the stop of the marked stretch that begins with `word`, `word` if none does."""
        place = bisect_left(self.first_in, word)
        begins = place < len(self.first_in) and self.first_in[place] == word
        return self.stop_in[place] if begins else word

    def _is_verb(self, word: int) -> bool:
        """Return whether a form of the table is the verb here, not "the report"."""
        form, before = self.form(word), self.form(word - 1)
        if self._is_of_a_noun(word, form, before):
            return False
        if form == "say" and self._is_between_commas(word):
            return False  # "makers of, say, cars"
        if form == "clear":
            return before in _MADE
        if form in _ALSO_NOUNS and word and not self._is_verb_not_noun(word, form, before):
            return False
        return word not in self.known and (word == 0 or self._is_small(word))

    def _is_of_a_noun(self, word: int, form: str, before: str) -> bool:
        """Return whether a form is a noun or describes one: "the claim", "amid reported losses"."""
        if form.endswith("ing"):
            return before in _GERUND or (before in _OF_NOUNS and self.gap(word) == " ")
        if before in _OF_NOUNS and self.gap(word) == " ":
            return True
        if not form.endswith("ed"):
            return False
        several = before in ARTICLES and not self.is_finite(word, _SURE)
        return several or before in PREPOSITIONS  # "several alleged accomplices"

    def _is_subject(self, word: int) -> bool:
        """Return whether a noun ends with a word: "claims, he noted", "reports said"."""
        alone = "," in self.gap(word + 1) and not self._follows_as(word)
        return alone or self.is_finite(word + 1)

    def _follows_as(self, word: int) -> bool:
        """Return whether "as" begins what the word may end: "As the treaty notes, ..."."""
        return any(self.form(earlier) == "as" for earlier in range(max(word - _AS, 0), word))

    def _is_between_commas(self, word: int) -> bool:
        return "," in self.gap(word) and "," in self.gap(word + 1)

    def _is_small(self, word: int) -> bool:
        return self.line.text[self.line.words[word].start].islower()

    def has_capital(self, word: int) -> bool:
        """Return whether a word of the line begins with a capital."""
        return word >= 0 and self.line.text[self.line.words[word].start].isupper()

    def _is_verb_not_noun(self, word: int, form: str, before: str) -> bool:
        if before in PREPOSITIONS or "s " in self.gap(word):
            return False
        if before in _BEFORE_VERBS:
            return True
        if before == "and" or "," in self.gap(word):
            return self.form(word + 1) in _BEGIN_CLAUSES  # "a list of it, states it runs"
        return self._follows_subject(word, form, before)

    def _follows_subject(self, word: int, form: str, before: str) -> bool:
        """Return whether a form that is a noun too follows who says it: "Reuters reports"."""
        named = word - 1 in self.known or not self._is_small(word - 1)
        if not form.endswith("s"):
            return before.endswith("s") and not named
        if self.is_finite(word, _LIKELY):
            return self._is_small(word) and not self._is_subject(word)
        return named and form != "states"  # "US states"

    def form(self, word: int) -> str:
        """Return the form by which the word is compared; empty outside of the line."""
        return self.line.words[word].form if 0 <= word < len(self.line.words) else ""

    def verb(self, word: int) -> Verb:
        """Return what the table has on a word of `said`."""
        return verbs()[self.line.words[word].form]

    def is_finite(self, word: int, least: float = 0.0) -> bool:
        """Return whether `finite.py` gives a word more than `least`; 0 is as likely as not."""
        if not 0 <= word < len(self.line.words):
            return False
        score = self._finite.get(word)
        if score is None:
            score = self._finite[word] = finite_score(self.line, word)
        return score > least

    def gap(self, word: int) -> str:
        """Return what stands before `word`, up to the word before it."""
        words = self.line.words
        before = words[word - 1].end if word else 0
        gap = self.line.text[before : words[word].start if word < len(words) else None]
        return _HYPHEN if gap in _IN_NUMBERS else gap  # "35,000" is one word

    def mention(self, word: int) -> tuple[int, int, Mention] | None:
        """Return first word, stop and mention of the name that covers `word`."""
        if self._mentions is None:
            self._mentions = dict(self.known)
            for found in self.unknown():
                self._mentions.update(dict.fromkeys(range(found[0], found[1]), found))
        return self._mentions.get(word)

    @property
    def known(self) -> dict[int, tuple[int, int, Mention]]:
        """Return by word what `mention` returns, without the runs of capitals."""
        if self._known is None:
            self._known = self._by_word()
        return self._known

    def _by_word(self) -> dict[int, tuple[int, int, Mention]]:
        starts = [word.start for word in self.line.words]
        found = {}
        for mention in self.named:
            first = bisect_right(starts, mention.start - self.line.offset - 1)
            stop = bisect_right(starts, mention.end - self.line.offset - 1)
            found.update(dict.fromkeys(range(first, stop), (first, stop, mention)))
        return found

    def unknown(self) -> Sequence[tuple[int, int, Mention]]:
        """Return the runs of capitals that nobody named, as mentions without a tag."""
        if self._unknown is None:
            self._unknown = list(self._runs())
        return self._unknown

    def _runs(self) -> Iterator[tuple[int, int, Mention]]:
        for first, stop in runs(self.line, self.known, frozenset(self.bounds)):
            start, end = self.start(first), self.end(stop - 1)
            surface = self.line.surface(first, stop)
            yield (
                first,
                stop,
                Mention(TagKind.NAME, "", start, end, surface, self.line.zone, "capitals"),
            )

    @property
    def bounds(self) -> list[int]:
        """Return the first words of the sentences, and the number of words at the end."""
        if self._bounds is None:
            self._bounds = [0, *self._breaks(), len(self.line.words)]
        return self._bounds

    def sentence(self, word: int) -> tuple[int, int]:
        """Return first word and stop of the sentence that `word` is in, as far as it may reach."""
        place = bisect_right(self.bounds, word, hi=len(self.bounds) - 1)
        start, stop = self.bounds[place - 1], self.bounds[place]
        return max(start, word - _LONGEST_SENTENCE), min(stop, word + _LONGEST_SENTENCE)

    def _breaks(self) -> Iterator[int]:
        place = 0  # of the first marked stretch that does not end before the word
        for word in self._behind_stops():
            while place < len(self.stop_in) and self.stop_in[place] <= word:
                place += 1
            if place < len(self.first_in) and self.first_in[place] < word:
                continue
            gap = self.gap(word)
            if self.line.text[self.line.words[word - 1].end - 1] == ".":
                if self._ends_abbreviated(word, gap):
                    yield word
            elif len(gap) > 1 and self._ends(word, gap):
                yield word

    def _behind_stops(self) -> Iterator[int]:
        """Yield each word, but the first, that has a mark of `_ENDS` between it and the last."""
        words = self.line.words
        starts = [word.start for word in words]
        last = 0
        for mark in _ENDS.finditer(self.line.text):
            word = bisect_right(starts, mark.start())
            if last < word < len(words) and words[word - 1].end <= mark.end():
                last = word
                yield word

    def _ends_abbreviated(self, word: int, gap: str) -> bool:
        """Return whether a sentence ends with an abbreviation before `word`: "at 7 p.m. The"."""
        if not gap.startswith(" ") or self._is_small(word):
            return False
        clock = self.form(word - 1) in ("am", "pm")
        return clock or self.form(word) in _OF_NOUNS | PRONOUNS or word in self.first_in

    def _ends(self, word: int, gap: str) -> bool:
        if self.line.no_capitals:
            return True
        before = self.form(word - 1)
        initial = len(before) == 1 and before.isalpha() and before != "i"
        if gap == ". " and (initial or before in _ABBREVIATIONS):
            return False
        begin = self.line.text[self.line.words[word].start]
        opened = gap[-1] in _OPENS or gap.rstrip()[-1] in _SPACED
        return not begin.islower() or (opened and not gap[0].isspace())

    def start(self, word: int) -> int:
        """Return the offset of a word in the article."""
        return self.line.offset + self.line.words[word].start

    def end(self, word: int) -> int:
        """Return the offset in the article at which a word ends."""
        return self.line.offset + self.line.words[word].end
