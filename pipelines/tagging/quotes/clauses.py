"""Words of a sentence in; whether they make a clause, where it begins behind a verb, where it ends.

There is no parser here: a clause is known by its finite verb (`words.FINITE`, or a form in "-ed"
with an object behind it), by a pronoun that begins it, or by "that".
"""

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

_LOOK = 40  # words in which the finite verb must come
_OCCASION = 9  # words from a preposition to the end of the occasion
_MOST_SETTINGS = 4
_HEARER = 5  # words of a hearer before its name: "Brussels-based media network EURACTIV"
_DASHES = frozenset("\u2013\u2014")
_CLAUSE_STARTS = word_set("he she they it we there i you")
_THAT = word_set("that что будто")
_NO_CLAUSE = word_set("to of and but about")
_STOPS = frozenset(":;")
_OBJECTS = w.ARTICLES | w.PRONOUNS | word_set("that him them us no")
_OWNERS = word_set("his her its their my our")
_BREAKS = word_set("before prior blaming according following citing")
_HEARERS = word_set("media reporters journalists agency news newspaper television tv")
_QUESTIONS = word_set("how why what when where whether")
_SUBORDINATES = w.RELATIVE | _QUESTIONS | {"that"}
_STRONG = word_set(
    """is are was were am has had have will would can could may might must shall should do does did
    isn aren wasn weren hasn haven hadn won wouldn couldn didn doesn don cannot ll ve re
    went fell rose took made came gave saw knew became began found lost won left held kept led felt
    got met paid ran stood remain remains appear appears seem seems"""
)


def has_clause(paragraph: Paragraph, first: int, stop: int, *, loose: bool) -> bool:
    """Return whether words `first` up to `stop` hold a finite verb; `loose` asks for less."""
    if first >= stop or _is_no_statement(paragraph, first):
        return False
    start = paragraph.form(first)
    if start in _CLAUSE_STARTS and stop - first > 2:
        return True
    if loose:
        return _finite_within(paragraph, first, stop, loose=True)
    if start in w.PREPOSITIONS or start in ("as", "or"):
        return False
    if start in _OWNERS:
        stop = _phrase_stop(paragraph, first, stop)
    return _finite_within(paragraph, first, stop, loose=False)


def _is_no_statement(paragraph: Paragraph, first: int) -> bool:
    """Return whether a question, a relative clause, ", adding ..." or a dash begins at `first`."""
    start, gap = paragraph.form(first), paragraph.gap(first)
    if start in _QUESTIONS or start in w.RELATIVE:
        return True
    dash = not _DASHES.isdisjoint(gap)
    return dash or (start.endswith("ing") and "," in gap)


def _finite_within(paragraph: Paragraph, first: int, stop: int, *, loose: bool) -> bool:
    finite, barred = (w.FINITE, w.RELATIVE) if loose else (_STRONG, _SUBORDINATES)
    for word in range(first + 1, min(stop, first + _LOOK)):
        if _quotes(paragraph, word):
            return False
        if paragraph.mention(word) is not None:
            continue
        form = paragraph.form(word)
        if form in barred:
            return False
        if form in finite and paragraph.form(word - 1) not in w.PREPOSITIONS:
            return True
        if _is_finite(paragraph, word, stop, loose=loose):
            return True
    return False


def _quotes(paragraph: Paragraph, word: int) -> bool:
    """Return whether a direct quote begins at `word`: behind a comma or a colon."""
    begins = word in paragraph.inside and word - 1 not in paragraph.inside
    return begins and bool(set(",:") & set(paragraph.gap(word)))


def _is_finite(paragraph: Paragraph, word: int, stop: int, *, loose: bool) -> bool:
    """Return whether a form in "-ed" or "-s" is a finite verb by what follows."""
    form = paragraph.form(word)
    if form.endswith("ed") and len(form) > 4:
        return _acts(paragraph, word, stop, loose=loose)
    if form.endswith("s") and not paragraph.form(word - 1).endswith("s"):
        return _takes_object(paragraph, word, stop)
    return False


def _phrase_stop(paragraph: Paragraph, first: int, stop: int) -> int:
    """Return where "his resignation in 1995, and ..." ends, which is no clause by what follows."""
    for word in range(first + 1, stop):
        if "," in paragraph.gap(word) or paragraph.form(word) == "and":
            return word
    return stop


def _takes_object(paragraph: Paragraph, word: int, stop: int) -> bool:
    """Return whether a form in "-s" is a verb: "the scope allows it", "indicates 82 %"."""
    behind = paragraph.form(word + 1) if word + 1 < stop else ""
    plain = paragraph.gap(word + 1) == " " and len(paragraph.form(word)) > 3
    return plain and (behind in ("it", "him", "them", "us", "the", "a", "an") or behind.isdigit())


def _acts(paragraph: Paragraph, word: int, stop: int, *, loose: bool) -> bool:
    """Return whether a form in "-ed" is a verb with a subject: "found", not "the wanted man"."""
    behind = paragraph.form(word + 1) if word + 1 < stop else ""
    if behind in _OBJECTS or paragraph.mention(word + 1) is not None or behind.isdigit():
        return True
    if behind == "at":
        return True
    return loose and behind != "by" and paragraph.form(word - 1) not in w.ARTICLES


def skip_to_clause(paragraph: Paragraph, verb: int, stop: int) -> tuple[int | None, bool]:
    """Return the word at which a clause behind `verb` may begin, and whether "that" stands before.

    Passed over are the hearer, a day and an occasion; None where nothing may begin.
    """
    entry = paragraph.verb(verb)
    word = verb + 1
    if entry.to_somebody:
        word = _past_hearer(paragraph, word, stop)
    word = _past_settings(paragraph, word, stop)
    if word >= stop:
        return None, False
    form = paragraph.form(word)
    if form in _THAT:
        return word + 1, True
    if entry.language == "ru":
        return _russian_that(paragraph, word, stop)
    if entry.takes is Takes.THAT and form == "out":
        return (word + 2, True) if paragraph.form(word + 1) == "that" else (None, False)
    if form in _NO_CLAUSE or not _STOPS.isdisjoint(paragraph.gap(word)):
        return None, False
    return word, False


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
    if form in w.ADVERBS and paragraph.form(word + 1) not in w.FINITE:
        return word + 1
    if form not in w.PREPOSITIONS:
        return word
    if "," in paragraph.gap(word + 1):  # "has said before, we"
        return word + 1
    return _past_occasion(paragraph, word, stop)


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
    if form not in w.OCCASIONS and form not in w.DAYS:
        return False
    owns = paragraph.gap(word + 1)[:1] in ("'", "\u2019")
    return not owns and paragraph.form(word + 1) not in w.OCCASIONS


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
        return form not in ("or", "and", "no")
    if form in w.JOINING:
        turns = "," in gap and _turns(paragraph, word + 1)
        return turns or word + 1 in paragraph.inside or _says_more(paragraph, word + 1)
    if "," not in gap:
        return False
    if form == "with":
        return _participle_near(paragraph, word, stop)
    return form in _BREAKS or _says_more(paragraph, word)


def _turns(paragraph: Paragraph, word: int) -> bool:
    """Return whether the writer goes on behind "and": "and I wonder", "but that is not so"."""
    form, behind = paragraph.form(word), paragraph.form(word + 1)
    return form == "i" or (form in ("that", "this") and behind in ("is", "s", "was"))


def _says_more(paragraph: Paragraph, word: int) -> bool:
    """Return whether another statement begins at `word`: "saying", "and said", "called"."""
    while paragraph.form(word) in w.ADVERBS or paragraph.form(word) in ("and", "but"):
        word += 1
    if word in paragraph.verb_words and paragraph.gap(word + 1) != ".":
        return True
    return paragraph.form(word) in w.NEXT_ACTS


def _participle_near(paragraph: Paragraph, word: int, stop: int) -> bool:
    return any(paragraph.form(ahead).endswith("ing") for ahead in range(word, min(stop, word + 6)))
