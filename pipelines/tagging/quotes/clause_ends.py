"""A clause that begins at a word in, where it ends out.

The rules, which an analyst can review:

- It ends with its sentence; before a semicolon, but not one with "and", "or" or "that" behind;
  before a colon with a quote; before a dash with "suggesting" or the like.
- It ends where the same speaker says more (", adding", "and said", "and urged"), where somebody
  else speaks (", but Reuters reported"), and where the writer does (", and I wonder").
- It ends before "and" with a whole sentence between marks; not with the rest of one.
"""

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.clauses import DASHES, SUBORDINATES
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

_OTHER = 8  # words of another speaker, up to the verb
_BREAKS = word_set("before prior blaming according following citing")


def clause_end(paragraph: Paragraph, first: int, stop: int) -> int:
    """Return where the clause that begins at `first` ends: with its sentence or before."""
    for word in range(first + 2, stop):
        if word not in paragraph.inside:
            if _ends_clause(paragraph, word, stop):
                return word
        elif word - 1 not in paragraph.inside and ":" in paragraph.gap(word):
            return word
    return stop


def clause_start(paragraph: Paragraph, start: int, stop: int) -> int:
    """Return where the clause begins that ends before `stop`: behind a semicolon, "On Monday,"."""
    for word in range(stop - 1, start, -1):
        if ";" in paragraph.gap(word):
            return word
    on_a_day = paragraph.form(start) == "on" and paragraph.form(start + 1) in w.DAYS
    return start + 2 if on_a_day and "," in paragraph.gap(start + 2) else start


def _ends_clause(paragraph: Paragraph, word: int, stop: int) -> bool:
    form, gap = paragraph.form(word), paragraph.gap(word)
    if ";" in gap:
        return form not in ("or", "and", "no", "that")
    if not DASHES.isdisjoint(gap) and form.endswith("ing"):
        return True
    if form in w.JOINING:
        return _ends_before_and(paragraph, word, stop)
    if "," not in gap:
        return False
    if form == "with":
        return _participle_near(paragraph, word, stop)
    return form in _BREAKS or _says_more(paragraph, word)


def _ends_before_and(paragraph: Paragraph, word: int, stop: int) -> bool:
    """Return whether a clause ends before "and" or "but", which is `word`."""
    if "," in paragraph.gap(word) and _turns(paragraph, word + 1):
        return True
    more = _quotes_on(paragraph, word + 1) or _says_more(paragraph, word + 1)
    return more or _another_says(paragraph, word + 1, stop)


def _quotes_on(paragraph: Paragraph, word: int) -> bool:
    """Return whether a whole sentence between marks begins, not the rest of one: "and "left"."""
    if word not in paragraph.inside:
        return False
    small = paragraph.line.text[paragraph.line.words[word].start].islower()
    return not small or paragraph.form(word) in w.PRONOUNS


def _another_says(paragraph: Paragraph, first: int, stop: int) -> bool:
    """Return whether somebody else speaks from word `first` on: "but Reuters reported"."""
    for word in range(first, min(stop, first + _OTHER)):
        if word in paragraph.inside or (word > first and "," in paragraph.gap(word)):
            return False
        if word in paragraph.verb_words:
            alone = word == first or paragraph.form(word - 1) in w.RELATIVE | {"to"}
            return not alone and paragraph.is_finite(word)
        if paragraph.is_finite(word) or paragraph.form(word) in SUBORDINATES:
            return False
    return False


def _turns(paragraph: Paragraph, word: int) -> bool:
    """Return whether the writer goes on behind "and": "and I wonder", "but that is not so"."""
    form, behind = paragraph.form(word), paragraph.form(word + 1)
    return form == "i" or (form in ("that", "this") and behind in ("is", "s", "was"))


def _says_more(paragraph: Paragraph, word: int) -> bool:
    """Return whether another statement begins at `word`: "saying", "and said", "called"."""
    while paragraph.form(word) in w.ADVERBS or paragraph.form(word) in ("and", "but"):
        word += 1
    if word in paragraph.verb_words and paragraph.gap(word + 1) != ".":
        clause = paragraph.verb(word).takes not in (Takes.WORDS, Takes.LABEL)
        behind = paragraph.form(word + 1)  # of "and continued to act", "and referred to it as"
        return behind != "by" and (clause or behind != "to")
    return paragraph.form(word) in w.NEXT_ACTS


def _participle_near(paragraph: Paragraph, word: int, stop: int) -> bool:
    return any(paragraph.form(ahead).endswith("ing") for ahead in range(word, min(stop, word + 6)))
