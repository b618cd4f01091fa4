"""Words beside a quotation in, who is said to have said it out, for the languages of `say_words`.

The rules, which an analyst can review. Sentences are not taken apart; a speaker is certain only
where one name can be meant, see `subjects.py`.

- Behind the closing mark a verb of saying, then the speaker: `«...», sagte Trainer Krickau`. `so`,
  `selon` and `según` stand for the verb.
- Before the opening mark, behind a colon, "that" or the verb itself: who stands before the verb,
  else behind it (`In Berlin sagte Scholz: «...»`), uncertain if a comma follows.
- A name and a colon alone are enough: `Krickau: «...»`. With more words it is uncertain.
- A pronoun, or a verb alone where the language allows it, is who was named last in the paragraph,
  else who spoke or was named in those just before; uncertain.
"""

from dataclasses import replace
from itertools import product

from pipelines.tagging.quotes.genders import PERSON
from pipelines.tagging.quotes.marked.memory import Memory
from pipelines.tagging.quotes.marked.people import People
from pipelines.tagging.quotes.marked.say_words import SayWords
from pipelines.tagging.quotes.marked.subjects import Said, Subjects, said
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.stretches import Stretch, next_quote

_MOST_FILLERS = 3  # "a-t-il ajouté"
_TOLD = "words, according to"
_FAR_PAPER = 5  # words behind a verb up to the paper that words stand in
_FEW = 3  # words before what says by whom a sentence is
_DOUBTED = 4  # words between marks, within a clause, that may be a name or meant in doubt
_FAR_THAT = 8  # words behind a verb up to "that"
_LONGEST_LEAD = 14  # words of a sentence that ends in a colon and has no verb of saying
_BETWEEN = frozenset(" \u00a0\u202f,\u2013\u2014-\"'\u201c\u201d\u00bb\u2019")


class Beside:
    """Reads the words beside the quotes of one article."""

    def __init__(self, words: SayWords, people: People) -> None:
        """Nobody has spoken yet."""
        self._words = words
        self._people = people
        self._subjects = Subjects(words, people)
        self.memory = Memory(people)

    def attributed(self, paragraph: Paragraph, stretch: Stretch) -> Said | None:
        """Return who the words beside a stretch between marks say has said it."""
        start, stop = stretch.sentence
        behind = paragraph.stop_in[stretch.number]
        ahead = None if stretch.begins else self.ahead(paragraph, start, stretch.first)
        if ahead is not None and ahead.sure:
            return ahead
        stop = min(stop, next_quote(paragraph, stretch.number, stop))
        if behind >= stop:
            return ahead
        end = paragraph.line.words[behind].start
        between = paragraph.line.text[stretch.span[1] : end]
        after = self.behind(paragraph, behind, stop) if leads_on(between) else None
        return _surer(ahead, after)

    def behind(self, paragraph: Paragraph, first: int, stop: int) -> Said | None:
        """Return who follows a closing mark; `first` is the word behind it."""
        verb = self._past_fillers(paragraph, first, stop)
        paper = self._document(paragraph, verb, stop)
        if paper is not None:
            return paper
        if verb >= stop or paragraph.form(verb) not in self._words.verbs:
            length = self._according(paragraph, first, stop)
            found = self._named_after(paragraph, first + length, stop) if length else None
            return _by(_TOLD, found)
        spoken_of = next((word for word in range(first, verb) if self._is_he(paragraph, word)), -1)
        if spoken_of >= 0:
            return _by("words, verb, speaker", self.memory.pronoun(paragraph, spoken_of))
        found = self._named_after(paragraph, verb + 1, stop)
        if found is not None or not self._words.drops:
            return _by("words, verb, speaker", found)
        return _by("words", self.memory.unnamed(paragraph, verb))

    def _document(self, paragraph: Paragraph, verb: int, stop: int) -> Said | None:
        """Return the paper that words stand in: "зазначається в доповіді"; not sure whose it is."""
        for word in range(verb + 1, min(verb + _FAR_PAPER, stop)):
            if paragraph.form(word) in self._words.documents:
                name = paragraph.line.surface(word, word + 1)
                return Said(word, word + 1, "", name, sure=False, rule="words, verb, paper")
        return None

    def speaks(self, paragraph: Paragraph, first: int) -> bool:
        """Return whether a verb of saying follows a closing mark in the same sentence."""
        if paragraph.gap(first).strip().endswith("."):
            return False
        verb = self._past_fillers(paragraph, first, first + _MOST_FILLERS)
        return paragraph.form(verb) in self._words.verbs

    def ahead(self, paragraph: Paragraph, start: int, first: int) -> Said | None:
        """Return who stands before an opening mark; `first` is the word behind it."""
        colon = ":" in paragraph.gap(first)
        verbs = (word for word in range(first - 1, start - 1, -1) if self._is_verb(paragraph, word))
        verb = next(verbs, None)
        if verb is None:
            found = self._before_colon(paragraph, start, first) if colon else None
            return _by("speaker, colon, words", found) or self._opened(paragraph, start, first)
        that = paragraph.form(first - 1) in self._words.that and first - verb <= 3
        if colon or that or verb == first - 1:
            found = self._around(paragraph, verb, start, first)
            unnamed = self._words.drops and found is None
            return self.memory.unnamed(paragraph, verb) if unnamed else found
        return self._in_clause(paragraph, verb, start, first)

    def _in_clause(self, paragraph: Paragraph, verb: int, start: int, first: int) -> Said | None:
        """Return who says a clause of which the words are a part: "X said that it was "...""."""
        near = range(verb + 1, min(verb + _FAR_THAT, first))
        that = next((word for word in near if paragraph.form(word) in self._words.that), None)
        found = self._of_clause(paragraph, (verb, that), start, first)
        if found is None:
            return None
        plain = that == verb + 1 and self._is_plain(paragraph, start, (verb, first))
        sure = found.sure and plain and paragraph.mark_end(first) - first > _DOUBTED
        return replace(found, sure=sure, rule=f"speaker, verb, ... words; {found.rule}")

    def _is_plain(self, paragraph: Paragraph, start: int, clause: tuple[int, int]) -> bool:
        """Return whether a clause tells of nobody else who may have said it, nor of a work.

        Languages without articles set names between marks in any case.
        """
        verb, first = clause
        if not self._words.articles or paragraph.form(first - 1) in self._words.works:
            return False
        if paragraph.has_capital(first):
            return False  # "subrayó que durante el “Congreso Europeo sobre ...”"
        if sum(self._is_verb(paragraph, word) for word in range(start, first)) > 1:
            return False
        named = self._people.named(paragraph, verb, first)
        return all(who.kind != PERSON for who in named)

    def _of_clause(
        self, paragraph: Paragraph, verb_and_that: tuple[int, int | None], start: int, first: int
    ) -> Said | None:
        """Return the subject of a verb with a clause, if it has one: before it, else behind it."""
        verb, that = verb_and_that
        behind = self._named_after(paragraph, verb + 1, first) if that is None else None
        if behind is not None and behind.stop == first:  # "Тому, вважає Жмеренецький, «...»"
            return behind
        found = self._named_before(paragraph, verb, start)
        if found is None and that is not None and that > verb + 1:
            found = self._named_after(paragraph, verb + 1, that)
        if found is None and self._words.drops:
            return self.memory.unnamed(paragraph, verb)
        return found

    def _opened(self, paragraph: Paragraph, start: int, first: int) -> Said | None:
        """Return by whom a sentence begins to be: "Según X, ...", "A su juicio, ..."."""
        comma = next((at for at in range(start, start + _FEW) if "," in paragraph.gap(at + 1)), -1)
        places = (start, comma + 1) if comma >= 0 else (start,)  # "До того ж, на його думку, ..."
        for place, form in product(places, self._words.by):
            stop = place + len(form)
            if tuple(paragraph.form(word) for word in range(place, stop)) == form:
                return _by("by whom, words", self._by_whom(paragraph, (place, stop), first))
        return None

    def _by_whom(self, paragraph: Paragraph, by: tuple[int, int], first: int) -> Said | None:
        """Return who follows "según"; of words that a comma follows, whom they tell of."""
        start, stop = by
        if "," in paragraph.gap(stop):
            return self.memory.pronoun(paragraph, start)
        found = self._named_after(paragraph, stop, first)
        if found is None:
            return None
        close = found.stop == first and "," in paragraph.gap(first)
        close = close and self._subjects.is_titled(paragraph, stop, found.first)
        return replace(found, sure=found.sure and close)

    def heading(self, paragraph: Paragraph) -> Said | None:
        """Return who is said to say what the next paragraph holds."""
        stop = len(paragraph.line.words)
        if not stop or not paragraph.line.text.rstrip().endswith(":"):
            return None
        start = paragraph.sentence(stop - 1)[0]
        verbs = (word for word in range(stop - 1, start - 1, -1) if self._is_verb(paragraph, word))
        verb = next(verbs, None)
        return None if verb is None else self._around(paragraph, verb, start, stop)

    def _around(self, paragraph: Paragraph, verb: int, start: int, first: int) -> Said | None:
        """Return who stands before the verb that leads to the words, else behind it."""
        before = _by("speaker, verb, words", self._named_before(paragraph, verb, start))
        if before is not None and before.sure:
            return before
        after = _by("verb, speaker, words", self._named_after(paragraph, verb + 1, first))
        if after is None:
            return before or self._bare_before(paragraph, verb, first)
        goes_on = any("," in paragraph.gap(word) for word in range(after.stop, first))
        return replace(after, sure=after.sure and not goes_on)  # "sagte X, als jemand rief: ..."

    def _bare_before(self, paragraph: Paragraph, verb: int, first: int) -> Said | None:
        """Return the name right before the words: "Розповідає мама учня Наталія: «...»"."""
        bare = self._people.bare_before(paragraph, first)
        if bare is None or bare.first <= verb:
            return None
        return _by("verb, ... speaker, words", said(bare, sure=False))

    def _is_verb(self, paragraph: Paragraph, word: int) -> bool:
        if word in paragraph.inside or paragraph.form(word) not in self._words.verbs:
            return False
        return not paragraph.has_capital(word) or word == paragraph.sentence(word)[0]

    def _is_he(self, paragraph: Paragraph, word: int) -> bool:
        return paragraph.form(word) in self._words.he

    def _past_fillers(self, paragraph: Paragraph, first: int, stop: int) -> int:
        at = first
        while at < min(stop, first + _MOST_FILLERS):
            if paragraph.form(at) not in self._words.fillers:
                break
            at += 1
        return at

    def _according(self, paragraph: Paragraph, first: int, stop: int) -> int:
        """Return how many words from `first` on stand for a verb: "so", "за словами"."""
        for form in self._words.according:
            behind = range(first, min(stop, first + len(form)))
            if tuple(map(paragraph.form, behind)) == form:
                return len(form)
        return 0

    def _named_after(self, paragraph: Paragraph, first: int, stop: int) -> Said | None:
        if paragraph.form(first) == "t":  # "ajoute-t-il"
            first += 1
        if first >= stop:
            return None
        if self._is_he(paragraph, first):
            return self.memory.pronoun(paragraph, first)
        return self._subjects.after(paragraph, first, stop)

    def _named_before(self, paragraph: Paragraph, verb: int, start: int) -> Said | None:
        at = verb - 1
        while at > start and paragraph.form(at) in self._words.fillers - self._words.he:
            at -= 1
        if at < start:
            return None
        if self._is_he(paragraph, at):
            return self.memory.pronoun(paragraph, at)
        return self._subjects.before(paragraph, start, at)

    def _before_colon(self, paragraph: Paragraph, start: int, first: int) -> Said | None:
        """Return the only person whom words before a colon name."""
        named = self._people.named(paragraph, start, first)
        people = [who for who in named if who.kind == PERSON and who.vouched]
        if len({who.name for who in people}) != 1 or first - start > _LONGEST_LEAD:
            return None
        who = people[-1]
        alone = who.stop == first and self._subjects.is_titled(paragraph, start, who.first)
        return said(who, sure=alone)


def _surer(ahead: Said | None, after: Said | None) -> Said | None:
    """Return who is sure of those before and behind the words, else the one before."""
    if ahead is None or after is None:
        return ahead or after
    if ahead.name != after.name and after.rule.startswith(_TOLD):
        return replace(after, sure=False)  # "X los calificó de “...”, según relató Y"
    return after if after.sure else ahead


def leads_on(text: str) -> bool:
    """Return whether nothing but marks, commas and dashes stands behind a quote."""
    return set(text) <= _BETWEEN


def _by(rule: str, found: Said | None) -> Said | None:
    """Return who was found with the rule before how they are named."""
    return None if found is None else replace(found, rule=f"{rule}; {found.rule}")
