"""Words around a quotation in, who is said to have said it out, where the verb is last: Turkish.

The rules, which an analyst can review:

- Behind the closing mark stands what makes it speech: `"..." dedi`, `diye konuştu`, `ifadelerini
  kullandı`; or a verb before a colon: `Elban, şunları kaydetti: "..."`. Else it is no quote.
- The speaker is who is named right before the opening mark or that verb, `... belirten Arpaguş,
  "..." dedi`, or right behind `diyen`: `"..." diyen Yıldırım`.
- Else the one name of the sentence without an ending of a case: Turkish parts these from names by
  an apostrophe (`Powell'a`), so that such a name is no subject. Certain where a comma or `ise`
  follows it and no other name could be meant.
- A body (`Milli Savunma Bakanlığı`), a paper (`açıklamada`), and whoever spoke or was named before
  are uncertain.
"""

from collections.abc import Iterable
from dataclasses import replace

from pipelines.tagging.quotes.genders import PERSON
from pipelines.tagging.quotes.marked.memory import Memory
from pipelines.tagging.quotes.marked.people import People, Who
from pipelines.tagging.quotes.marked.say_words import SayWords
from pipelines.tagging.quotes.marked.subjects import Said, said
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.stretches import Stretch

_APOSTROPHES = ("'", "\u2019")
_TOPICS = frozenset({"ise", "da", "de"})  # behind the subject: "X ise"
_PARTICIPLES = ("en", "an")  # "belirten Arpaguş"
_LONGEST_BODY = 6


class VerbLast:
    """Reads what stands around the quotes of one article."""

    def __init__(self, words: SayWords, people: People) -> None:
        """Nobody has spoken yet."""
        self._words = words
        self._people = people
        self.memory = Memory(people)

    def attributed(self, paragraph: Paragraph, stretch: Stretch) -> Said | None:
        """Return who the words around a stretch between marks say has said it."""
        behind = paragraph.stop_in[stretch.number]
        start, first = stretch.sentence[0], stretch.first
        length = self._closing(paragraph, behind)
        if length:
            named = self._named_at(paragraph, behind + length)
            if named is not None and paragraph.form(behind + length - 1).endswith(_PARTICIPLES):
                return _by("words, verb, speaker", named)
            found = self._subject(paragraph, start, first)
            return _by("speaker, words, verb", found or self.memory.unnamed(paragraph, first))
        if ":" in paragraph.gap(first) and not stretch.begins:
            return self._led(paragraph, start, first)
        return None

    def speaks(self, paragraph: Paragraph, first: int) -> bool:
        """Return whether a verb of saying follows a closing mark."""
        return bool(self._closing(paragraph, first))

    def heading(self, paragraph: Paragraph) -> Said | None:
        """Return who is said to say what the next paragraph holds."""
        stop = len(paragraph.line.words)
        if not stop or not paragraph.line.text.rstrip().endswith(":"):
            return None
        return self._led(paragraph, paragraph.sentence(stop - 1)[0], stop)

    def _closing(self, paragraph: Paragraph, first: int) -> int:
        """Return how many words from `first` on make speech of the words before them."""
        lengths = {len(form) for form in self._words.closes}
        for length in sorted(lengths, reverse=True):
            form = tuple(map(paragraph.form, range(first, first + length)))
            if form in self._words.closes:
                return length
        return 0

    def _led(self, paragraph: Paragraph, start: int, first: int) -> Said | None:
        """Return who stands before a verb that a colon follows: "şunları kaydetti:"."""
        for form in self._words.leads:
            verb = first - len(form)
            if verb >= start and tuple(map(paragraph.form, range(verb, first))) == form:
                found = self._subject(paragraph, start, verb)
                return _by("speaker, verb, words", found or self.memory.unnamed(paragraph, verb))
        return None

    def _subject(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return the subject of a sentence; words `start` to `stop` of it stand before a verb."""
        while stop > start and paragraph.form(stop - 1) in self._words.fillers:
            stop -= 1
        named = list(self._people.named(paragraph, start, stop))
        close = next((who for who in named if who.stop == stop), None)
        if close is not None and close.kind == PERSON:
            return said(close)
        return (
            self._bare(paragraph, start, stop)
            or _only_subject(paragraph, named)
            or (said(close) if close is not None else None)
            or self._body(paragraph, start, stop)
            or self._paper(paragraph, start, stop)
        )

    def _named_at(self, paragraph: Paragraph, word: int) -> Said | None:
        """Return who is named from a word on, as subject."""
        who = self._people.at(paragraph, word)
        if who is not None:
            return said(who) if _is_subject(paragraph, who) else None
        return self._bare(paragraph, word, word + 1)

    def _bare(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return a surname alone behind a participle: "ifade eden Bayraktar, "...""."""
        word = stop - 1
        if not 0 < word < len(paragraph.line.words) or word < start:
            return None
        if not paragraph.has_capital(word):
            return None
        if paragraph.gap(stop)[:1] in _APOSTROPHES or word in paragraph.inside:
            return None
        before = paragraph.form(word - 1)
        sure = before.endswith(_PARTICIPLES) and not paragraph.has_capital(word - 1)
        name = paragraph.line.surface(word, stop)
        return Said(word, stop, "", name, sure, "bare name") if sure else None

    def _body(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return a ministry or the like that is named without an ending; uncertain."""
        for word in range(start, stop):
            if paragraph.form(word) in self._words.bodies and word not in paragraph.inside:
                first = word
                while first > max(start, word - _LONGEST_BODY) and self._joins(paragraph, first):
                    first -= 1
                name = paragraph.line.surface(first, word + 1)
                return Said(first, word + 1, "", name, sure=False, rule="body")
        return None

    def _joins(self, paragraph: Paragraph, word: int) -> bool:
        """Return whether the word before belongs to the same body: "Ulaştırma ve Altyapı"."""
        if paragraph.gap(word) != " ":
            return False
        return paragraph.has_capital(word - 1) or paragraph.form(word - 1) == "ve"

    def _paper(self, paragraph: Paragraph, start: int, stop: int) -> Said | None:
        """Return the statement in which the words stand; uncertain."""
        for word in range(stop - 1, start - 1, -1):
            if paragraph.form(word) in self._words.documents:
                name = paragraph.line.surface(word, word + 1)
                return Said(word, word + 1, "", name, sure=False, rule="paper")
        return None


def _only_subject(paragraph: Paragraph, named: Iterable[Who]) -> Said | None:
    """Return the last person named without an ending; sure of the only one, if a comma follows."""
    people = [who for who in named if who.kind == PERSON and _is_subject(paragraph, who)]
    if not people:
        return None
    who = people[-1]
    one = len({other.name for other in people}) == 1
    return said(who, sure=one and who.vouched and _is_topic(paragraph, who))


def _is_subject(paragraph: Paragraph, who: Who) -> bool:
    """Return whether a name has no ending of a case, as a subject has none."""
    behind = paragraph.gap(who.stop)
    return behind[:1] not in _APOSTROPHES and who.first not in paragraph.inside


def _is_topic(paragraph: Paragraph, who: Who) -> bool:
    """Return whether a comma or "ise" follows a name."""
    return "," in paragraph.gap(who.stop) or paragraph.form(who.stop) in _TOPICS


def _by(rule: str, found: Said | None) -> Said | None:
    return None if found is None else replace(found, rule=f"{rule}; {found.rule}")
