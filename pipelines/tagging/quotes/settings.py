"""Words behind a verb of saying in, the word at which what was said may begin out.

The rules, which an analyst can review:

- Passed over are the hearer ("told reporters", "explained to Reuters"), days, adverbs and occasions
  ("on Monday at a press conference"), in any order.
- What has a preposition and a comma behind it is an occasion too ("said in Paris, ..."), but "at
  least 71 people" begins what was said.
- Behind "of" and "about", and behind a colon, nothing is reported.
"""

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

_DOUBT = -1.0  # score of a word that may be a finite verb
_OCCASION = 9  # words from a preposition to the end of the occasion
_MOST_SETTINGS = 4
_HEARER = 5  # words of a hearer before its name: "Brussels-based media network EURACTIV"
_CLAUSE_STARTS = word_set("he she they it we there i you")
_THAT = word_set("that что будто")
_NO_CLAUSE = word_set("to of and but about")
_STOPS = frozenset(":;")
_BEFORE_DAYS = word_set("this last next early late earlier")
_ABOUT = word_set("about around over under between")
_NUMBERS = word_set("a an half two three four five six seven eight nine ten dozens hundreds")
_CLOCK = word_set("am pm p a utc gmt")
_HEARERS = word_set("media reporters journalists agency news newspaper television tv")
_NO_NOUNS = w.ARTICLES - {"many", "several", "this"}  # what else begins with these is a noun


def skip_to_clause(paragraph: Paragraph, verb: int, stop: int) -> tuple[int | None, bool]:
    """Return the word at which a clause behind `verb` may begin, and whether "that" stands before.

    None where nothing may begin.
    """
    entry = paragraph.verb(verb)
    word = verb + 1
    if entry.to_somebody:
        word = _past_hearer(paragraph, word, stop) if not _stops(paragraph, word) else word
        if _stops(paragraph, word):
            that = _that_ahead(paragraph, word, stop)
            return (None, False) if that is None else (that + 1, True)
    elif paragraph.form(word) == "to" and _is_hearer(paragraph, word + 1):
        word = _past_hearer(paragraph, word + 1, stop)
    word = _past_settings(paragraph, word, stop)
    if word >= stop:
        return None, False
    if paragraph.form(word) in _THAT:
        return word + 1, True
    if entry.language == "ru":
        return _russian_that(paragraph, word, stop)
    return _english(paragraph, word, stop, entry.takes)


def _english(paragraph: Paragraph, word: int, stop: int, takes: Takes) -> tuple[int | None, bool]:
    that = _that_ahead(paragraph, word, stop) if takes is Takes.CLAUSE else None
    if that is not None:
        return that + 1, True
    if takes is Takes.THAT and paragraph.form(word) == "out":
        return word + 1 + (paragraph.form(word + 1) == "that"), True
    if _stops(paragraph, word) or not _STOPS.isdisjoint(paragraph.gap(word)):
        return None, False
    return word, False


def _stops(paragraph: Paragraph, word: int) -> bool:
    return paragraph.form(word) in _NO_CLAUSE and not is_quantity(paragraph, word)


def _is_hearer(paragraph: Paragraph, word: int) -> bool:
    """Return whether somebody is told: "explained to reporters", not "claimed to have"."""
    return paragraph.form(word) in _HEARERS or word in paragraph.known


def _that_ahead(paragraph: Paragraph, word: int, stop: int) -> int | None:
    """Return the "that" of a clause behind a setting not known: "said many times that"."""
    if paragraph.form(word) in _NO_NOUNS:
        return None
    for ahead in range(word, min(stop, word + _OCCASION)):
        if ahead in paragraph.inside or "," in paragraph.gap(ahead) or paragraph.is_finite(ahead):
            return None
        if paragraph.form(ahead) == "that":
            return None if paragraph.is_finite(ahead + 1, _DOUBT) else ahead
    return None


def _russian_that(paragraph: Paragraph, word: int, stop: int) -> tuple[int | None, bool]:
    for that in range(word, min(stop, word + 14)):
        if paragraph.form(that) == "что" and "," in paragraph.gap(that):
            return (that + 1, True) if paragraph.form(that - 1) != "тем" else (None, False)
        if that in paragraph.verb_words:
            break
    return None, False


def _past_hearer(paragraph: Paragraph, word: int, stop: int) -> int:
    for ahead in range(word, min(stop, word + _HEARER)):
        name = paragraph.mention(ahead)
        if name is not None:
            return name[1]
        if paragraph.gap(ahead + 1) not in (" ", "-") or paragraph.form(ahead) in w.PRONOUNS:
            break
        if paragraph.form(ahead + 1) in _CLAUSE_STARTS | {"that"}:
            return ahead + 1
    if paragraph.form(word) in w.ARTICLES:
        word += 1
    return word + 1 + (paragraph.form(word + 1) in _HEARERS)


def _past_settings(paragraph: Paragraph, word: int, stop: int) -> int:
    """Return the word behind as many settings as follow each other from `word` on."""
    for _ in range(_MOST_SETTINGS):
        behind = _past_setting(paragraph, word, stop)
        if behind == word:
            break
        word = behind
    return word


def _past_setting(paragraph: Paragraph, word: int, stop: int) -> int:
    """Return the word behind a day, an adverb or "at a press conference" that begins at `word`."""
    form = paragraph.form(word)
    if form in w.DAYS and word < stop:
        return word + 1
    if form in _BEFORE_DAYS and paragraph.form(word + 1) in w.DAYS:  # "this morning"
        return word + 2
    if _is_adverb(paragraph, word):
        return word + 1
    if form not in w.PREPOSITIONS - _NO_CLAUSE or is_quantity(paragraph, word):
        return word
    if "," in paragraph.gap(word + 1):  # "has said before, we"
        return word + 1
    return _past_occasion(paragraph, word, stop)


def _is_adverb(paragraph: Paragraph, word: int) -> bool:
    form = paragraph.form(word)
    if paragraph.form(word + 1) in w.FINITE:
        return False
    return form in w.ADVERBS or (form.endswith("ly") and paragraph.gap(word) == " ")


def is_quantity(paragraph: Paragraph, word: int) -> bool:
    """Return whether a preposition begins a number: "at least 71 people", not "at 7 pm"."""
    behind = paragraph.form(word + 1)
    if behind in ("least", "most"):
        return True
    number = behind[:1].isdigit() or behind in _NUMBERS
    if paragraph.form(word) not in _ABOUT or not number:
        return False
    return not any(paragraph.form(word + later) in _CLOCK for later in (2, 3))


def _past_occasion(paragraph: Paragraph, word: int, stop: int) -> int:
    """Return the word behind what the preposition at `word` begins, `word` if that is unclear."""
    for ahead in range(word + 1, min(stop, word + _OCCASION)):
        if _ends_occasion(paragraph, ahead):
            return ahead + 1
        if paragraph.form(ahead) == "that":
            return ahead
        if "," in paragraph.gap(ahead + 1):
            return ahead + 1
    name = paragraph.mention(word + 1)
    return name[1] if name else word


def _ends_occasion(paragraph: Paragraph, word: int) -> bool:
    """Return whether a day or an occasion ends with `word`: "interview", not "Monday's"."""
    form = paragraph.form(word)
    year = len(form) == 4 and form.isdigit()
    if form not in w.OCCASIONS and form not in w.DAYS and not year:
        return False
    owns = paragraph.gap(word + 1)[:1] in ("'", "\u2019")
    return not owns and paragraph.form(word + 1) not in w.OCCASIONS
