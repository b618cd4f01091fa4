"""A paragraph in, the stretches between its quotation marks that are words of somebody out.

Fewer than three words that are no whole sentence are none, nor are titles of works.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph

FEWEST_WORDS = 3
_LONGEST_TITLE = 9  # words
_SMALL = w.ARTICLES | w.PREPOSITIONS | w.JOINING


@dataclass(frozen=True, slots=True)
class Stretch:
    """The marked stretch `number` of a paragraph: where it stands, its first word, its sentence."""

    number: int
    span: tuple[int, int]
    first: int
    sentence: tuple[int, int]  # first word, and stop
    follows: int  # first word of the sentence before, for words that begin one; else -1

    @property
    def begins(self) -> bool:
        """Return whether a sentence begins with these words."""
        return self.sentence[0] == self.first


def stretches(paragraph: Paragraph) -> Iterator[Stretch]:
    """Yield in order the stretches that are words of somebody."""
    for number, span in enumerate(paragraph.marked):
        if _is_quote(paragraph, number):
            first = paragraph.first_in[number]
            sentence = paragraph.sentence(first)
            behind_another = 0 < first == sentence[0]
            follows = paragraph.sentence(first - 1)[0] if behind_another else -1
            yield Stretch(number, span, first, sentence, follows)


def next_quote(paragraph: Paragraph, number: int, stop: int) -> int:
    """Return the first word of the next such stretch behind `number`, `stop` if there is none."""
    later = range(number + 1, len(paragraph.first_in))
    return next((paragraph.first_in[one] for one in later if _is_quote(paragraph, one)), stop)


def _is_quote(paragraph: Paragraph, number: int) -> bool:
    """Return whether the marked stretch `number` holds words of somebody, no title or doubt."""
    first, stop = paragraph.first_in[number], paragraph.stop_in[number]
    start, end = paragraph.marked[number]
    words = paragraph.line.text[start:end]
    if stop - first >= FEWEST_WORDS:
        return not _is_title(paragraph, first, stop)
    return stop > first and words[-1:] in ".!?" and not words[:1].islower()


def _is_title(paragraph: Paragraph, first: int, stop: int) -> bool:
    """Return whether all long words are written with a capital, as in titles of works."""
    text = paragraph.line.text
    if stop - first > _LONGEST_TITLE or paragraph.line.surface(first, stop).isupper():
        return False
    words = paragraph.line.words[first:stop]
    long = [word for word in words if word.form not in _SMALL]
    if not any(text[word.start].isupper() for word in long):
        return False  # scripts without capitals
    return len(long) > 1 and all(not text[word.start].islower() for word in long)
