"""A stretch between quotation marks in, whether it is words of somebody out.

Fewer than three words that are no whole sentence are none, nor are titles of works.
"""

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph

FEWEST_WORDS = 3
_LONGEST_TITLE = 9  # words
_SMALL = w.ARTICLES | w.PREPOSITIONS | w.JOINING


def is_quote(paragraph: Paragraph, number: int) -> bool:
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
    return len(long) > 1 and all(not text[word.start].islower() for word in long)
