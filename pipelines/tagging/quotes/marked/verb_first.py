"""Words around a quotation in, who is said to have said it out, where the verb is first: Arabic.

Arabic has no capitals, so a name that no table knows cannot be told from other words. But its news
say who speaks right behind the verb, and small words end that: `وقال الرئيس X في مؤتمر ان "..."`.

The rules, which an analyst can review:

- The last verb of saying of the sentence before the opening mark; the words behind it, up to a
  preposition, "that", a relative, a mark or another verb, are its subject, given as they stand. A
  person whom a table knows is shown instead of the words that end in the name.
- Certain where the quote follows at once, or behind "that"; within a longer clause only if "that"
  follows the subject and no other verb of saying stands before. Verbs that may have an object too
  (`اتهم X Y`) are certain only before "that".
- `عن X قوله` tells of the words of X.
- A participle (`مضيفا`, `قائلا`) goes on with the subject of the verb before it.
- A verb without a subject is of who spoke last; uncertain, as are "one of" and "some".
"""

import re
from dataclasses import replace

from pipelines.tagging.quotes.genders import PERSON
from pipelines.tagging.quotes.marked.memory import Memory
from pipelines.tagging.quotes.marked.people import People
from pipelines.tagging.quotes.marked.say_words import SayWords
from pipelines.tagging.quotes.marked.subjects import Said, said
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.stretches import Stretch

_LONGEST = 10  # words of a subject: roles are long
_FAR_BACK = 150  # words in which the last speaker is looked for: odd texts have no paragraphs
_LONGEST_PAPER = 2  # words of a newspaper's name between marks
_LONGEST_LEAD = 8  # words before a colon without a verb
_DOUBTED = 3  # words between marks, within a clause, that may be a name or meant in doubt
_CLOSED = frozenset(':;,\u060c\u061b().!?\u061f-\u2013\u2014\u0640"\u00ab')
_MARKS = re.compile('["\u00ab\u00bb\u201c\u201d]')
_COMMAS = frozenset(",\u060c")
_TO = ("\u0644\u0644", "\u0628\u0627\u0644")  # "to the", "by the": "told the reporters"
_THAT = "\u0627\u0646"
_OF = "\u0639\u0646"  # "of"


class VerbFirst:
    """Reads what stands around the quotes of one article."""

    def __init__(self, words: SayWords, people: People) -> None:
        """Nobody has spoken yet."""
        self._words = words
        self._people = people
        self.memory = Memory(people)
        self._endings = frozenset().union(
            words.governing, words.that, words.relative, words.fillers, words.verbs, words.goes_on
        )
        self._told: Said | None = None  # whom the paragraphs before make the subject of such a verb

    def attributed(self, paragraph: Paragraph, stretch: Stretch) -> Said | None:
        """Return who the words around a stretch between marks say has said it."""
        start, stop = stretch.sentence
        behind = paragraph.stop_in[stretch.number]
        found = None if stretch.begins else self._ahead(paragraph, start, stretch.first)
        if found is not None or behind >= stop:
            return found
        apart = stretch.begins or not _COMMAS.isdisjoint(paragraph.gap(behind))
        return self._behind(paragraph, behind, stop) if apart else None

    def speaks(self, paragraph: Paragraph, first: int) -> bool:
        """Return whether a verb of saying follows a closing mark."""
        return paragraph.form(first) in self._words.verbs

    def heading(self, paragraph: Paragraph) -> Said | None:
        """Return who is said to say what the next paragraph holds."""
        stop = len(paragraph.line.words)
        self._told = self._last_subject(paragraph, stop) or self._told
        if not stop or not paragraph.line.text.rstrip().endswith(":"):
            return None
        return self._ahead(paragraph, paragraph.sentence(stop - 1)[0], stop)

    def _ahead(self, paragraph: Paragraph, start: int, first: int) -> Said | None:
        verbs = [word for word in range(start, first) if self._is_verb(paragraph, word)]
        if not verbs:
            return self._led(paragraph, start, first)
        if paragraph.form(first - 1) in self._words.works:
            return None  # "spokesman of the "Party for ...""
        if paragraph.form(verbs[-1]) in self._words.goes_on:
            return self._going_on(paragraph, verbs, first)
        if self._is_saying(paragraph, verbs[-1]):
            return _by("of speaker, his saying, words", self._of(paragraph, start, verbs[-1]))
        return self._of_verb(paragraph, verbs, first)

    def _of_verb(self, paragraph: Paragraph, verbs: list[int], first: int) -> Said | None:
        """Return the subject of the last verb before the words."""
        verb = verbs[-1]
        found = self._subject(paragraph, verb, first)
        if found is None:
            return _by("verb, words", self._unnamed(paragraph, verb))
        that = paragraph.form(found.stop) == _THAT  # not "by that": "described X by that it is"
        alone = that and len(verbs) == 1 and paragraph.mark_end(first) - first > _DOUBTED
        clear = alone or self._follows(paragraph, found.stop, first)
        plain = that or paragraph.form(verb) in self._words.plain
        return _by("verb, speaker, words", replace(found, sure=found.sure and clear and plain))

    def _going_on(self, paragraph: Paragraph, verbs: list[int], first: int) -> Said | None:
        """Return whom a participle goes on to quote: the subject of the verb before it."""
        verb = verbs[-1]
        main = [word for word in verbs if paragraph.form(word) not in self._words.goes_on]
        found = self._subject(paragraph, main[-1], verb) if main else None
        if found is None:
            return _by("participle, words", self._unnamed(paragraph, verb))
        plain = len(main) == 1 and paragraph.form(main[0]) in self._words.plain
        clear = plain and self._follows(paragraph, verb + 1, first)
        return _by("participle, words", replace(found, sure=found.sure and clear))

    def _is_saying(self, paragraph: Paragraph, word: int) -> bool:
        return (paragraph.form(word),) in self._words.leads

    def _of(self, paragraph: Paragraph, start: int, saying: int) -> Said | None:
        """Return of whom something is told: "ونقلت الوكالة عن رمضان قوله"."""
        for word in range(saying - 1, max(saying - _LONGEST, start) - 1, -1):
            if paragraph.form(word) == _OF:
                found = self._phrase(paragraph, word + 1, saying)
                return found if found is not None and found.stop == saying else None
        return None

    def _behind(self, paragraph: Paragraph, first: int, stop: int) -> Said | None:
        """Return who follows the closing mark: "..." ,قال X; "..." ,بحسب X."""
        source = self._opens(paragraph, first)
        if source:
            return _by("words, according to", self._phrase(paragraph, first + source, stop))
        if paragraph.form(first) not in self._words.verbs:
            return None
        found = self._subject(paragraph, first, stop)
        return _by("words, verb, speaker", found or self._unnamed(paragraph, first))

    def _led(self, paragraph: Paragraph, start: int, first: int) -> Said | None:
        """Return by whom a sentence without a verb of saying is, or who stands before a colon."""
        source = self._opens(paragraph, start)
        if source:
            found = self._phrase(paragraph, start + source, first)
            return _by("according to, words", found and replace(found, sure=False))
        if ":" not in paragraph.gap(first) or first - start > _LONGEST_LEAD:
            return None
        people = [who for who in self._people.named(paragraph, start, first) if who.kind == PERSON]
        if len(people) != 1 or people[0].stop != first:
            return None
        return _by("speaker, colon, words", said(people[0], sure=people[0].first == start))

    def _opens(self, paragraph: Paragraph, word: int) -> int:
        """Return the length of what says by whom something is: "وفقا ل", else 0."""
        for form in self._words.by:
            if tuple(map(paragraph.form, range(word, word + len(form)))) == form:
                return len(form)
        return 0

    def _is_verb(self, paragraph: Paragraph, word: int) -> bool:
        form = paragraph.form(word)
        known = form in self._words.verbs or form in self._words.goes_on
        known = known or self._is_saying(paragraph, word)
        about = paragraph.form(word - 1) in self._words.relative  # "who described it as"
        within = word in paragraph.inside or word in paragraph.known
        return known and not about and not within

    def _subject(self, paragraph: Paragraph, verb: int, stop: int) -> Said | None:
        """Return the subject of a verb: behind it, or behind "was" or "as for" before it."""
        return self._phrase(paragraph, verb + 1, stop) or self._subject_before(paragraph, verb)

    def _subject_before(self, paragraph: Paragraph, verb: int) -> Said | None:
        """Return the subject that a sentence begins with: "وكان الاسد قال", "اما بلير فقد شدد"."""
        start = paragraph.sentence(verb)[0]
        opened = paragraph.form(start) in self._words.titles
        end = verb
        while end > start and paragraph.form(end - 1) in self._words.articles:
            end -= 1
        found = self._phrase(paragraph, start + opened, end) if end - start <= _LONGEST else None
        if found is None or found.stop != end:
            return None
        return found if opened else replace(found, sure=False)

    def _unnamed(self, paragraph: Paragraph, verb: int) -> Said | None:
        """Return of whom a verb without a subject tells: who was the last one's; uncertain."""
        told = self._last_subject(paragraph, verb) or self._told
        if told is None:
            return self.memory.unnamed(paragraph, verb)
        return Said(verb, verb + 1, told.tag, told.name, sure=False, rule="verb without a speaker")

    def _last_subject(self, paragraph: Paragraph, stop: int) -> Said | None:
        """Return the subject of the last verb of saying before a word that has one."""
        for word in range(stop - 1, max(stop - _FAR_BACK, 0) - 1, -1):
            if self._is_verb(paragraph, word):
                found = self._subject(paragraph, word, stop)
                if found is not None:
                    return found
        return None

    def _phrase(self, paragraph: Paragraph, first: int, stop: int) -> Said | None:
        """Return the words from `first` on up to what ends a subject, as a speaker."""
        while first < stop and paragraph.form(first) in self._words.fillers:
            first += 1  # "said yesterday the minister"
        end = first
        if (
            not paragraph.form(first).startswith(_TO)
            and paragraph.form(first) not in self._words.he
        ):
            while end < min(stop, first + _LONGEST) and not self._ends(paragraph, end, first):
                end += 1
        if end == first:
            return None
        return self._known(paragraph, first, end) or self._as_they_stand(paragraph, first, end)

    def _known(self, paragraph: Paragraph, first: int, end: int) -> Said | None:
        """Return the known person whose name ends a subject, or the body that it is as a whole."""
        for who in self._people.named(paragraph, first, end):
            if who.stop == end and (who.kind == PERSON or who.first == first):
                return said(who)
        return None

    def _as_they_stand(self, paragraph: Paragraph, first: int, end: int) -> Said:
        name = _MARKS.sub("", paragraph.line.surface(first, end)).strip()
        clear = end - first < _LONGEST and paragraph.form(first) not in self._words.this
        return Said(first, end, "", name, sure=clear, rule="words behind the verb")

    def _ends(self, paragraph: Paragraph, word: int, first: int) -> bool:
        """Return whether a subject ends before a word."""
        form = paragraph.form(word)
        if word > first and form.startswith(_TO[1]):
            return True
        if not form or form in self._endings or self._is_saying(paragraph, word):
            return True
        if word == first or _CLOSED.isdisjoint(paragraph.gap(word)):
            return False
        inside, was_inside = word in paragraph.inside, word - 1 in paragraph.inside
        if inside == was_inside:
            return True
        return inside and paragraph.mark_end(word) - word > _LONGEST_PAPER

    def _follows(self, paragraph: Paragraph, word: int, first: int) -> bool:
        """Return whether the words follow at once, or behind "that"."""
        rest = range(word, first)
        if len(rest) == 1 and paragraph.form(word) in self._words.that:
            return True
        colon = ":" in paragraph.gap(first)
        return not rest or colon or paragraph.form(first - 1) in self._words.that


def _by(rule: str, found: Said | None) -> Said | None:
    return None if found is None else replace(found, rule=f"{rule}; {found.rule}")
