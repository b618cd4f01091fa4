"""Paragraphs as they are read in, of whom a sentence goes on to tell without a name out.

Whoever is named or spoke before is never certain, but where a paragraph that ends in a colon says
who speaks in the next.
"""

from dataclasses import replace

from pipelines.tagging.quotes.marked.people import People, Who
from pipelines.tagging.quotes.marked.subjects import Said
from pipelines.tagging.quotes.paragraphs import Paragraph

_FORGOTTEN = 2  # paragraphs in which nobody speaks, or nobody is named


class Memory:
    """Who spoke and who was named last in one article."""

    def __init__(self, people: People) -> None:
        """Nobody has spoken yet."""
        self._people = people
        self._last: Said | None = None
        self._quiet = 0  # paragraphs since somebody spoke
        self._seen: Who | None = None
        self._unnamed_for = 0  # paragraphs since somebody was named
        self.heading: Said | None = None  # who the paragraph before names, if it ends in a colon

    @property
    def last(self) -> Said | None:
        """Return who spoke last, if not long ago."""
        return self._last

    def heard(self, speaker: Said) -> None:
        """Keep who spoke; a paper is no "he"."""
        if not speaker.rule.endswith("paper"):
            self._last, self._quiet = speaker, 0

    def read_past(self, paragraph: Paragraph, heading: Said | None) -> None:
        """Keep whom a paragraph names last, and forget who was named or spoke long before."""
        seen = self._people.last(paragraph, len(paragraph.line.words))
        self._unnamed_for = 0 if seen else self._unnamed_for + 1
        if seen is not None or self._unnamed_for > _FORGOTTEN:
            self._seen = seen
        # Without its place: that counts words of the paragraph before, not of the quote's own.
        self.heading = replace(heading, first=0, stop=0) if heading else None
        self._quiet += 1
        if self._quiet > _FORGOTTEN:
            self._last = None

    def pronoun(self, paragraph: Paragraph, word: int) -> Said:
        """Return of whom a pronoun tells, itself if of nobody who was named."""
        who = self._spoken_of(paragraph, word)
        if who is not None:
            return Said(word, word + 1, who.tag, who.name, sure=False, rule="pronoun")
        name = paragraph.line.surface(word, word + 1)
        return Said(word, word + 1, "", name, sure=False, rule="pronoun of nobody named")

    def unnamed(self, paragraph: Paragraph, verb: int) -> Said | None:
        """Return of whom a verb without a subject tells."""
        who = self._spoken_of(paragraph, verb)
        rule = "verb without a speaker"
        return Said(verb, verb + 1, who.tag, who.name, sure=False, rule=rule) if who else None

    def _spoken_of(self, paragraph: Paragraph, word: int) -> Said | Who | None:
        return self._people.last(paragraph, word) or self._last or self._seen
