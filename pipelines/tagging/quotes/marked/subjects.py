"""A verb of saying in, who stands before or behind it out: a name, a body, a role or a pronoun.

Nothing is known of the sentence but its commas and small words:

- Who follows a preposition is no speaker, but what it governs may be passed over: `dijo a EFE el
  presidente`, `indique pour sa part le général`.
- Behind the verb the first person is meant, up to a clause, a mark or a comma without a name behind
  it: `a déclaré le ministre des Affaires étrangères, Jean-Yves Le Drian`. Else a body, a role, or a
  bare word with a capital.
- Between commas before the verb stands something about the name before, unless it has a name
  itself: `Norbert Salcher, Leiter der Schule, sagte`. Else the only name of the sentence may be
  meant; that is not sure.
- A role is given as it stands, sure if it begins with "a": `ein Sprecher`.
"""

from dataclasses import dataclass, replace

from pipelines.tagging.quotes.genders import PERSON
from pipelines.tagging.quotes.marked.people import People, Who
from pipelines.tagging.quotes.marked.say_words import SayWords
from pipelines.tagging.quotes.paragraphs import Paragraph

_FAR = 14  # words behind a verb in which the speaker must begin
_LONGEST_ROLE = 6
_SHORT_ROLE = 4
_CLOSED = frozenset(";:!?()\u2013\u2014")
_ORGANISATION = "organisation"
# Prepositions that go on with a role: "eine Sprecherin des Ministeriums".
_OF = frozenset({"des", "du", "de", "del", "della", "dello", "dell", "do", "da"})


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it: the words `first` up to `stop` beside the quote, tag and name, and the rule.

    `heading` is the paragraph that has these words where that is the one before the quote's.
    """

    first: int
    stop: int
    tag: str
    name: str
    sure: bool
    rule: str
    heading: Paragraph | None = None


def said(who: Who, *, sure: bool = True) -> Said:
    """Return somebody named as a speaker."""
    rule = "name" if who.tag else "name of no table"
    return Said(who.first, who.stop, who.tag, who.name, sure, rule)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Reads what stands around the verbs of one article."""

    words: SayWords
    people: People

    def after(self, paragraph: Paragraph, first: int, stop: int) -> Said | None:
        """Return who is named behind a verb, from word `first` up to `stop`."""
        first = self._past_hearer(paragraph, first, stop)
        if first >= stop:
            return None
        stop = self._phrase_stop(paragraph, first, stop)
        named = list(self.people.named(paragraph, first, stop))
        for who in named:
            if (who.vouched or who.first == first) and self._is_free(paragraph, who, first):
                return said(who)
        if named and named[0].kind == _ORGANISATION and named[0].first - first <= 1:
            return said(named[0])
        return self._role(paragraph, first, stop) or self._bare(paragraph, first)

    def before(self, paragraph: Paragraph, start: int, last: int) -> Said | None:
        """Return who is named before a verb; word `last` stands right before it."""
        free = [
            who
            for who in self.people.named(paragraph, start, last + 1)
            if who.vouched and who.first not in paragraph.inside
            if not self._is_governed(paragraph, who.first, start)
        ]
        found = _set_apart(paragraph, last, free, start)
        if found is not None:
            return said(found)
        people = {who.name: who for who in free if who.kind == PERSON}
        near = self._near_before(paragraph, start, last + 1)
        if near is None and len(people) == 1:
            return said(next(iter(people.values())), sure=False)
        return near

    def is_titled(self, paragraph: Paragraph, start: int, stop: int) -> bool:
        """Return whether nothing but titles and articles stands from `start` up to `stop`."""
        return all(
            self.words.is_title(form) or form in self.words.articles
            for form in map(paragraph.form, range(start, stop))
        )

    def _is_free(self, paragraph: Paragraph, who: Who, start: int) -> bool:
        return who.kind == PERSON and not self._is_governed(paragraph, who.first, start)

    def _is_governed(self, paragraph: Paragraph, word: int, start: int) -> bool:
        """Return whether a preposition stands before a name, its title and its article."""
        at = word - 1
        while at >= start and paragraph.form(at) not in self.words.governing:
            if not self.is_titled(paragraph, at, at + 1):
                return False
            at -= 1
        return at >= start

    def _past_hearer(self, paragraph: Paragraph, first: int, stop: int) -> int:
        """Return the word behind "a EFE" or "pour sa part", `stop` for any other preposition."""
        if paragraph.form(first) not in self.words.governing:
            return first
        hearer = next(self.people.named(paragraph, first, min(stop, first + 3)), None)
        if hearer is not None and hearer.first <= first + 2:
            return hearer.stop
        for word in range(first + 2, min(stop, first + 4)):
            if paragraph.form(word) in self.words.articles or self.people.at(paragraph, word):
                return word
        return stop

    def _phrase_stop(self, paragraph: Paragraph, first: int, stop: int) -> int:
        """Return where what may name the subject ends: at a clause, or a comma without a name."""
        commas = 0
        for word in range(first + 1, min(stop, first + _FAR)):
            gap = paragraph.gap(word)
            if not _CLOSED.isdisjoint(gap) or word in paragraph.inside:
                return word
            if "," in gap:
                commas += 1
                if commas > 1 or not self._begins_name(paragraph, word):
                    return word
        return min(stop, first + _FAR)

    def _begins_name(self, paragraph: Paragraph, word: int) -> bool:
        """Return whether a name begins with a word, with a title before it or without."""
        for at in (word, word + 1, word + 2):
            if self.people.at(paragraph, at) is not None:
                return True
            if not self.words.is_title(paragraph.form(at)):
                return False
        return False

    def _role(self, paragraph: Paragraph, first: int, stop: int) -> Said | None:
        """Return a role without a name, up to a preposition: "ein Sprecher des Ministeriums"."""
        begun = paragraph.form(first) in self.words.articles
        if not self.words.articles:
            first = self._past_object(paragraph, first, stop)
        if not begun and not self.words.is_title(paragraph.form(first)):
            return None
        end = first + 1
        ends = (self.words.governing | self.words.fillers | self.words.verbs) - _OF
        while end < min(stop, first + _LONGEST_ROLE) and paragraph.form(end) not in ends:
            if "," in paragraph.gap(end):
                break
            end += 1
        return self._as_role(paragraph, first, end) if end - first >= 1 + begun else None

    def _past_object(self, paragraph: Paragraph, first: int, stop: int) -> int:
        """Return the title behind words that have none: "прокоментувала такий крок заступник"."""
        for word in range(first, min(stop, first + _SHORT_ROLE)):
            if paragraph.form(word) in self.words.governing or paragraph.has_capital(word):
                break
            if self.words.is_title(paragraph.form(word)):
                return word
        return first

    def _bare(self, paragraph: Paragraph, word: int) -> Said | None:
        """Return a word with a capital and no article: "erklärt Kleinfeld"."""
        who = self.people.surname(paragraph, word)
        return None if who is None else said(who, sure=who.vouched)

    def _role_before(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return the role that a sentence begins with: "Eine Sprecherin sagte"."""
        if not 2 <= stop - start <= _LONGEST_ROLE:
            return None
        forms = [paragraph.form(word) for word in range(start, stop)]
        if forms[0] not in self.words.articles or not self.words.relative.isdisjoint(forms[1:]):
            return None
        return self._as_role(paragraph, start, stop)

    def _near_before(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return the role or bare name that ends right before a verb; a bare one is not sure."""
        role = self._role_before(paragraph, start, stop)
        if role is not None:
            return role
        bare = self.people.bare_before(paragraph, stop)
        if bare is not None and bare.first >= start:
            governed = self._is_governed(paragraph, bare.first, start)
            return None if governed else said(bare, sure=False)
        return self._role_ending(paragraph, start, stop)

    def _role_ending(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return the role that ends right before a verb, within a sentence: not sure."""
        if "," in paragraph.gap(stop):
            return None
        for first in range(stop - 1, max(stop - _SHORT_ROLE, start) - 1, -1):
            form = paragraph.form(first)
            ends = form in self.words.governing and form not in _OF
            if ends or form in self.words.relative or "," in paragraph.gap(first + 1):
                return None
            begins = form in self.words.articles or (
                not self.words.articles and self.words.is_title(form)
            )
            if begins and not self._is_governed(paragraph, first, start):
                return replace(self._as_role(paragraph, first, stop), sure=False)
        return None

    def _as_role(self, paragraph: Paragraph, first: int, stop: int) -> Said:
        form = paragraph.form(first)
        sure = form in self.words.articles and form not in self.words.this
        return Said(first, stop, "", paragraph.line.surface(first, stop), sure, "role")


def _set_apart(paragraph: Paragraph, last: int, free: list[Who], start: int) -> Who | None:
    """Return who is named up to word `last`, or before or in the commas that end there."""
    named = [who for who in free if who.kind in (PERSON, _ORGANISATION)]
    if "," not in paragraph.gap(last + 1):
        return next((who for who in named if who.stop == last + 1), None)
    commas = (word for word in range(last, start, -1) if "," in paragraph.gap(word))
    comma = next(commas, start)
    within = [who for who in named if who.first >= comma and who.kind == PERSON]
    before = [who for who in named if who.stop == comma]
    chosen = within if len(within) == 1 else before
    return chosen[-1] if chosen else None
