"""Words of a sentence in, whether they make a clause, and which verb is its own, out.

There is no parser here: a clause has a finite verb (`finite.py`) that belongs to no "who", "that"
or "if" within it, and that does not follow "and" at once. Behind a verb that often has a noun for
its object ("announced a plan") the clause begins with no preposition, and a verb that is in doubt
makes none.
"""

from collections.abc import Iterator

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.settings import is_quantity
from pipelines.tagging.quotes.words import word_set

DASHES = frozenset("\u2013\u2014")
_LEAST = -2.6  # the same where the verb of saying nearly always has a clause
_LOOK = 40  # words in which the finite verb must come
_NOMINATIVE = word_set("he she they we i")
_PRONOUNS = _NOMINATIVE | word_set("it you us him them")
_NO_VERBS = w.PREPOSITIONS | w.ARTICLES | w.JOINING | {"as", "to", ""}
_SO = word_set("as so since before after")
_OWNERS = word_set("his her its their my our")
_QUESTIONS = word_set("how why what when where whether")
SUBORDINATES = (
    w.RELATIVE | _QUESTIONS | word_set("that if because although though while until unless whether")
)


def has_clause(paragraph: Paragraph, first: int, stop: int, *, loose: bool) -> bool:
    """Return whether words `first` up to `stop` hold a finite verb; `loose` asks for less."""
    if first >= stop or _is_no_statement(paragraph, first):
        return False
    if paragraph.form(first) in _PRONOUNS and not _is_abbreviation(paragraph, first):
        return _is_subject(paragraph, first) and stop - first > 2
    if not loose:
        return _is_surely_clause(paragraph, first, stop)
    verbs = (main_verb(paragraph, first, stop, loose=True, least=one) for one in (0.0, _LEAST))
    return any(verb is not None for verb in verbs)


def _is_surely_clause(paragraph: Paragraph, first: int, stop: int) -> bool:
    start = paragraph.form(first)
    governed = start in w.PREPOSITIONS and not is_quantity(paragraph, first)
    if governed or start in ("as", "or"):
        return False
    if start in _OWNERS:
        stop = _phrase_stop(paragraph, first, stop)
    return main_verb(paragraph, first, stop, loose=False) is not None


def _is_abbreviation(paragraph: Paragraph, word: int) -> bool:
    return paragraph.line.surface(word, word + 1).isupper()  # "US", not "us"


def _is_subject(paragraph: Paragraph, word: int) -> bool:
    """Return whether a pronoun may have a verb: "said it had", not "declared it on his blog"."""
    if paragraph.form(word) in _NOMINATIVE:
        return True
    return paragraph.form(word + 1) not in _NO_VERBS and "," not in paragraph.gap(word + 1)


def _phrase_stop(paragraph: Paragraph, first: int, stop: int) -> int:
    """Return where "his resignation in 1995, and ..." ends, which is no clause by what follows."""
    between = False
    for word in range(first + 1, stop):
        between = between or paragraph.form(word) == "between"
        if "," in paragraph.gap(word) or (paragraph.form(word) == "and" and not between):
            return word
    return stop


def _is_no_statement(paragraph: Paragraph, first: int) -> bool:
    """Return whether a question, a relative clause, ", adding ..." or a dash begins at `first`."""
    start, gap = paragraph.form(first), paragraph.gap(first)
    if start in _QUESTIONS or start in w.RELATIVE:
        return True
    dash = not DASHES.isdisjoint(gap)
    return dash or (start.endswith("ing") and "," in gap)


def main_verb(
    paragraph: Paragraph, first: int, stop: int, *, loose: bool, least: float = 0.0
) -> int | None:
    """Return the finite verb that is the clause's own, not that of "who" or "if" in it.

    A verb behind "and" that no other went before is of the sentence: "announced a plan and left".
    """
    owed = 0  # finite verbs of "who", "that" and "if" that are still to come
    for word in _own_words(paragraph, first, min(stop, first + _LOOK), loose=loose):
        if _subordinates(paragraph, word, loose=loose):
            owed += 1
        elif word > first and _is_verb(paragraph, word, least):
            if _is_second(paragraph, word, first):
                return None
            if not owed:
                return word
            owed -= 1
    return None


def _own_words(paragraph: Paragraph, first: int, stop: int, *, loose: bool) -> Iterator[int]:
    """Yield the words of a clause up to where it breaks off, those of whole quotes left out."""
    word = first
    while word < stop:
        if _begins_quote(paragraph, word):
            if _quotes(paragraph, word):
                return
            word = max(paragraph.mark_end(word), word + 1)
            continue
        if word > first and _breaks_off(paragraph, first, word, loose=loose):
            return
        yield word
        word += 1


def _subordinates(paragraph: Paragraph, word: int, *, loose: bool) -> bool:
    form = paragraph.form(word)
    if form == "that" and paragraph.is_finite(word + 1):
        return paragraph.form(word - 1) not in w.JOINING  # "but that might end"
    so = not loose and form in _SO and "," not in paragraph.gap(word + 1)
    return so or form in SUBORDINATES


def _is_verb(paragraph: Paragraph, word: int, least: float) -> bool:
    return paragraph.mention(word) is None and paragraph.is_finite(word, least)


def _begins_quote(paragraph: Paragraph, word: int) -> bool:
    """Return whether a stretch between marks begins that is no part of the clause around it."""
    if word not in paragraph.inside or word - 1 in paragraph.inside:
        return False
    small = paragraph.line.text[paragraph.line.words[word].start].islower()
    return not small or _quotes(paragraph, word)


def _quotes(paragraph: Paragraph, word: int) -> bool:
    """Return whether a direct quote begins at `word`: behind a comma or a colon."""
    begins = word in paragraph.inside and word - 1 not in paragraph.inside
    return begins and bool(set(",:") & set(paragraph.gap(word)))


def _breaks_off(paragraph: Paragraph, first: int, word: int, *, loose: bool) -> bool:
    """Return whether ", saying" or ", and" begins at `word`, so that the clause is over."""
    if "," not in paragraph.gap(word):
        return False
    form = paragraph.form(word)
    if word in paragraph.verb_words or form in ("however", "but"):
        return True
    if form in w.JOINING and loose:  # not the last of a list: "a host, a writer, and Petrova"
        return form == "and" and not any(
            "," in paragraph.gap(one) for one in range(first + 1, word)
        )
    return not loose and (form in w.JOINING | _SO or form.endswith("ing"))


def _is_second(paragraph: Paragraph, word: int, first: int) -> bool:
    """Return whether a verb stands right behind "and", so that it has the subject before it."""
    before = word - 1
    while before > first and paragraph.form(before) in w.ADVERBS:
        before -= 1
    return paragraph.form(before) in w.JOINING
