"""A word before a verb in; how many words that only say when or how are passed over, out."""

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.endings import PASSED
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import inside_name

_ASIDES = {
    last: [aside for aside in w.ASIDES if aside[-1] == last]
    for last in (aside[-1] for aside in w.ASIDES)
}
_BEFORE_DAYS = w.PREPOSITIONS | {"last", "this", "earlier"}


def pass_over(paragraph: Paragraph, word: int, start: int) -> int:
    """Return the last word up to `word` that does not merely say when or how; it may be a name's.

    All words were passed over if it is smaller than `start`.
    """
    while word >= start and not inside_name(paragraph, word):
        passed = _words_of_aside(paragraph, word) or _words_to_pass(paragraph, word)
        if not passed:
            break
        word -= passed
    return word


def _words_to_pass(paragraph: Paragraph, word: int) -> int:
    """Return the length of the adverb, auxiliary, day or span of time that ends here, else 0."""
    form, lead = paragraph.form(word), paragraph.form(word - 1)
    if form in w.SPANS and lead in w.OF_SPANS:  # "over the past few months"
        first = word - 1
        while paragraph.form(first - 1) in w.OF_SPANS:
            first -= 1
        return word - first + 1
    if form in w.DAYS:
        return _words_of_day(paragraph, word, lead)
    if form in ("all", "both") and lead in w.PRONOUNS:  # "we all said"
        return 1
    adverb = form.endswith("ly") and form not in ("family", "ally")
    return int(adverb or form in PASSED)


def _words_of_aside(paragraph: Paragraph, word: int) -> int:
    """Return the length of the set phrase that ends with a word, else 0: "в свою очередь"."""
    for aside in _ASIDES.get(paragraph.form(word), ()):
        first = word - len(aside) + 1
        if first >= 0 and all(paragraph.form(first + n) == form for n, form in enumerate(aside)):
            return len(aside)
    return 0


def _words_of_day(paragraph: Paragraph, word: int, lead: str) -> int:
    """Return the length of "28 May", "on Monday" or "as of Wednesday" that ends with `word`."""
    if lead in _BEFORE_DAYS and paragraph.form(word - 2) == "as":
        return 3
    return 2 if lead in _BEFORE_DAYS or lead.isdigit() else 1
