"""A verb of saying in, the name, role or pronoun that is its subject out.

The rules, which an analyst can review:

- Before the verb stands its subject; adverbs, auxiliaries and days between them are passed over.
- A name behind a preposition is no subject, see `endings.py`.
- Between commas stands something about the subject ("Belski, the director of Amnesty, said"),
  unless it is a person's name itself ("the director of Amnesty, Mariela Belski, said").
- "who said" takes what stands before "who".
- A verb behind "and" and a participle (", adding that") have the subject of their sentence: the
  first name, role or pronoun that stands behind no preposition.
- Behind the verb ("said Lavrov") the subject is what follows at once, to the next comma or
  preposition; of a role with a name it is the name.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.article import Mention
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.endings import ending, phrase_ending
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.passing import pass_over
from pipelines.tagging.quotes.phrases import (
    MOST_WORDS,
    STOPS,
    Form,
    Subject,
    beginning,
    gap_is_plain,
    inside_name,
    is_person,
    marked_name,
    named,
    phrase_end,
    titled,
    within,
)

_COMMAS = frozenset(",;:\u2014\u2013()")
_OF_THE_SENTENCE = w.JOINING | w.NOT | {"to"}  # before a verb whose subject stands further ahead
_QUOTING = ("quoted", "quotes", "quoting", "cited", "cites", "citing", "reported")
_ROLE_STARTS = w.ARTICLES | w.PEOPLE


def before(paragraph: Paragraph, verb: int, start: int) -> Subject | None:
    """Return the subject that stands before `verb`, not before word `start`; None if none does."""
    entry = paragraph.verb(verb)
    if entry.impersonal:
        return _document(paragraph, verb)
    if entry.language == "ru" and (inverted := _inserted(paragraph, verb)):
        return inverted
    if is_passive(paragraph, verb):
        return beginning(paragraph, verb + 2, len(paragraph.line.words))
    if entry.participle:
        return _of_participle(paragraph, verb, start)
    last = pass_over(paragraph, verb - 1 - (paragraph.form(verb) == "clear"), start)
    return _up_to(paragraph, last, start) if last >= start else None


def _of_participle(paragraph: Paragraph, verb: int, start: int) -> Subject | None:
    if paragraph.form(verb - 1) == "as":
        return _quoted(paragraph, verb, start)
    if has_own_subject(paragraph, verb, start):
        return phrase_ending(paragraph, verb - 1, start)
    return of_sentence(paragraph, start, verb)


def _quoted(paragraph: Paragraph, verb: int, start: int) -> Subject | None:
    """Return whom somebody quotes: "Reuters cited Petrova, the minister, as saying"."""
    for word in range(verb - 2, start - 1, -1):
        if paragraph.form(word) in _QUOTING:
            return beginning(paragraph, word + 1, verb - 1)
    return None


def _up_to(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the subject of a verb before which, adverbs apart, word `last` stands."""
    if not inside_name(paragraph, last):
        if paragraph.form(last) in _OF_THE_SENTENCE:
            return of_sentence(paragraph, start, last)
        if _is_relative(paragraph, last):
            return _before_relative(paragraph, last, start)
    if _is_set_apart(paragraph, last):
        return _beyond_aside(paragraph, last, start)
    subject = ending(paragraph, last, start)
    who = _who_before(paragraph, subject, start)
    if who is not None:
        return _before_relative(paragraph, who, start)
    if subject is None or not _explains(paragraph, subject):
        return subject
    explained = _beyond_aside(paragraph, subject.stop - 1, start)
    if explained is not None and explained.mention is not None:
        subject = explained  # not in "In a journal, a team of scientists reported"
    return replace(subject, safe=False)


def _is_set_apart(paragraph: Paragraph, last: int) -> bool:
    """Return whether a comma or bracket stands behind a word; none that closes "Bank (NB) said"."""
    name = paragraph.mention(last)
    closed = paragraph.gap(last + 1).startswith(")") and "(" in paragraph.gap(last)
    if closed and name is not None and name[0] < last and name[1] == last + 1:
        return False
    return not _COMMAS.isdisjoint(paragraph.gap(last + 1))


def _who_before(paragraph: Paragraph, subject: Subject | None, start: int) -> int | None:
    """Return the "who" whose object a role is: "Collins who sponsored the bill said"."""
    if subject is None or subject.form is not Form.ROLE:
        return None
    for word in range(subject.first - 1, max(start, subject.first - MOST_WORDS), -1):
        if "," in paragraph.gap(word + 1):
            return None
        if paragraph.form(word) == "who" and gap_is_plain(paragraph, word):
            return word
    return None


def _is_relative(paragraph: Paragraph, word: int) -> bool:
    """Return whether the word before a verb stands for what it follows: "who", or "that"."""
    form = paragraph.form(word)
    return form in w.RELATIVE or (form == "that" and gap_is_plain(paragraph, word + 1))


def _explains(paragraph: Paragraph, subject: Subject) -> bool:
    """Return whether a role explains a name before it: "Hawk, a dealer in Florida told Fox"."""
    indefinite = paragraph.form(subject.first) in ("a", "an") and subject.form is Form.ROLE
    return indefinite and "," in paragraph.gap(subject.first)


def _inserted(paragraph: Paragraph, verb: int) -> Subject | None:
    """Return the subject behind a Russian verb between commas: "..., заметил он, ..."."""
    if "," not in paragraph.gap(verb) or paragraph.verb(verb).participle:
        return None
    subject = after(paragraph, verb, len(paragraph.line.words))
    if subject is None or paragraph.form(subject.first) in w.HEARERS:
        return None
    return subject if paragraph.gap(subject.stop)[:1] in tuple(",.:;") else None


def _document(paragraph: Paragraph, verb: int) -> Subject | None:
    """Return whose paper says it: "сообщается в пресс-релизе «Роснефти»"."""
    word, stop = verb + 2, len(paragraph.line.words)
    if paragraph.form(verb + 1) not in ("в", "во", "на") or word >= stop:
        return None
    first = word
    while paragraph.form(word) in w.DOCUMENTS:
        word += 1
    owner = beginning(paragraph, word, stop) if word > first else None
    return owner or beginning(paragraph, first, stop)


def is_passive(paragraph: Paragraph, verb: int) -> bool:
    """Return whether who said it follows: "was told by", "as reported by"."""
    return paragraph.form(verb + 1) == "by" and paragraph.gap(verb + 1) == " "


def has_own_subject(paragraph: Paragraph, verb: int, start: int) -> bool:
    """Return whether a participle has a subject of its own: "with local press claiming"."""
    word = verb - 1
    while word > start and gap_is_plain(paragraph, word + 1) and word > verb - 6:
        if paragraph.form(word) == "with":
            return True
        word -= 1
    return False


def _before_relative(paragraph: Paragraph, word: int, start: int) -> Subject | None:
    if word - 1 < start:
        return None
    if _COMMAS & set(paragraph.gap(word)):
        person = _person_ending(paragraph, word - 1)
        if person is not None:
            return named(paragraph, person, safe=True)
        if paragraph.form(word - 1) in w.PEOPLE:
            return phrase_ending(paragraph, word - 1, start)
        return _beyond_aside(paragraph, word - 1, start)
    subject = phrase_ending(paragraph, word - 1, start)
    if subject is not None and paragraph.form(subject.stop - 1) in w.WRITINGS:
        return of_sentence(paragraph, start, subject.first)
    return subject


def _person_ending(paragraph: Paragraph, last: int) -> tuple[int, int, Mention] | None:
    """Return the name of a person whose last word is `last`, as `Paragraph.mention` has it."""
    name = paragraph.mention(last)
    return name if name and name[1] == last + 1 and is_person(name[2]) else None


def _beyond_aside(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the subject where a comma or bracket stands behind word `last`."""
    commas = [word for word in range(last, start, -1) if _COMMAS & set(paragraph.gap(word))]
    ahead = (_before_comma(paragraph, word, start) for word in commas)
    found = [subject for subject in ahead if subject is not None]
    person = _person_ending(paragraph, last)
    if person is not None and _is_apposed(paragraph, person[0], start):
        alone = not any(_is_named_person(subject) for subject in found)
        return named(paragraph, person, safe=alone)  # not in "Ann, sister of the king, Lee, said"
    chosen = next((one for one in found if one.form is not Form.ROLE), None)
    if chosen is None:
        return found[0] if found else ending(paragraph, last, start)
    return _whose_aside(paragraph, chosen, found)


def _whose_aside(paragraph: Paragraph, aside: Subject, found: Sequence[Subject]) -> Subject:
    """Return the person before commas around a party or place: "Ann Lee, Republican, said"."""
    if _is_named_person(aside) or paragraph.gap(aside.first) != ", ":
        return aside
    people = (one for one in found if _is_named_person(one))
    return next((replace(one, safe=False) for one in people), aside)


def _is_named_person(subject: Subject) -> bool:
    return subject.mention is not None and is_person(subject.mention)


def _before_comma(paragraph: Paragraph, comma: int, start: int) -> Subject | None:
    """Return the subject that ends before word `comma`; none in "Cooper, of CNN,"."""
    last = pass_over(paragraph, _out_of_marks(paragraph, comma - 1), start)
    subject = ending(paragraph, last, start)
    if subject is not None and _is_set_behind(paragraph, subject.first - 1):
        return None
    return subject


def _is_set_behind(paragraph: Paragraph, word: int) -> bool:
    """Return whether a preposition behind a comma stands at `word`."""
    return paragraph.form(word) in w.PREPOSITIONS and "," in paragraph.gap(word)


def _is_apposed(paragraph: Paragraph, first: int, start: int) -> bool:
    """Return whether a name, with the role before it, has a comma before it or is all there is."""
    begins = _role_before(paragraph, first, start)
    if paragraph.form(begins).endswith("ly"):
        return False  # "someone, seemingly Honcharuk, says"
    return begins == start or bool(_COMMAS & set(paragraph.gap(begins)))


def _out_of_marks(paragraph: Paragraph, word: int) -> int:
    """Return the last word before the marks that `word` stands between: of "Have no fear"."""
    while word in paragraph.inside:
        word -= 1
    return word - (paragraph.form(word) in w.PREPOSITIONS)


def _role_before(paragraph: Paragraph, first: int, start: int) -> int:
    word = first
    while word > start and word > first - 5 and gap_is_plain(paragraph, word):
        if paragraph.form(word - 1) in STOPS:
            break
        word -= 1
    return word


def of_sentence(paragraph: Paragraph, start: int, stop: int) -> Subject | None:
    """Return the first name, pronoun or role of the words that stands behind no preposition."""
    found: list[Subject] = []
    word = start
    while word < stop and len(found) < 2:
        if word in paragraph.inside:
            word += 1
            continue
        free = word == start or not _is_governed(paragraph, word)
        subject, word = _read(paragraph, word, stop, free=free)
        if subject is not None:
            found.append(subject)
    return _best(found)


def _is_governed(paragraph: Paragraph, word: int) -> bool:
    """Return whether a word stands right behind a preposition."""
    return paragraph.form(word - 1) in w.PREPOSITIONS and gap_is_plain(paragraph, word)


def _read(paragraph: Paragraph, word: int, stop: int, *, free: bool) -> tuple[Subject | None, int]:
    """Return the subject that begins with a word, if any, and the word to read after it.

    What is not `free` stands behind a preposition and is passed over as a whole.
    """
    name = paragraph.mention(word)
    if name is not None:
        meant = titled(paragraph, name, stop)
        fits = free and name[1] <= stop
        return named(paragraph, meant, safe=False) if fits else None, meant[1]
    form = paragraph.form(word)
    if free and form in w.PRONOUNS:
        return Subject(paragraph, word, word + 1, Form.PRONOUN, safe=False), word + 1
    if form in _ROLE_STARTS:
        end = phrase_end(paragraph, word, stop)
        fits = free and end > word and not _is_time(paragraph, end)
        return within(paragraph, word, end, safe=False) if fits else None, max(end, word + 1)
    return None, word + 1


def _is_time(paragraph: Paragraph, end: int) -> bool:
    """Return whether a phrase that ends before word `end` tells when: "the same day"."""
    return paragraph.form(end) in w.DAYS or paragraph.form(end - 1) in w.DAYS


def _best(found: Sequence[Subject]) -> Subject | None:
    """Return the first, or the name in apposition to it: "The mayor of Paris, Anne Hidalgo"."""
    if len(found) == 2 and found[0].form is Form.ROLE and found[1].form is Form.NAME:
        paragraph, second = found[1].paragraph, found[1]
        close = second.first - found[0].stop <= 4 and paragraph.gap(second.first) == ", "
        if close and second.mention and is_person(second.mention):
            return second
    return found[0] if found else None


def after(paragraph: Paragraph, verb: int, stop: int) -> Subject | None:
    """Return the subject right behind `verb`, before word `stop`; None if none is there."""
    first = verb + 1
    if first >= stop or (paragraph.gap(first) != " " and marked_name(paragraph, first) == first):
        return None
    if paragraph.form(first) == "внимание":
        first += 1
    if paragraph.verb(verb).verb == "цитировать":
        return _cited(paragraph, first, stop)
    if paragraph.verb(verb).language == "ru" and (source := _referred(paragraph, first, stop)):
        return source
    subject = beginning(paragraph, first, stop)
    return None if subject is None else _whole(paragraph, subject, stop)


def _whole(paragraph: Paragraph, subject: Subject, stop: int) -> Subject:
    """Return who is meant where more follows a subject: "said co-author and fellow Martin How"."""
    if subject.form is Form.ROLE and paragraph.form(subject.stop) in w.JOINING:
        return replace(subject, safe=False)
    return _named_last(paragraph, subject, stop) or subject


def _named_last(paragraph: Paragraph, subject: Subject, stop: int) -> Subject | None:
    """Return the person between commas that a long title ends with: "said Oslo, its chief, Ann"."""
    if subject.form is Form.PRONOUN or (subject.mention and is_person(subject.mention)):
        return None
    for word in range(subject.stop, min(stop, subject.stop + MOST_WORDS)):
        if word in paragraph.inside or word in paragraph.verb_words:
            return None
        name = paragraph.mention(word)
        follows = name and name[0] == word and paragraph.gap(word) == ", "
        if name and follows and is_person(name[2]) and _is_closed(paragraph, name[1]):
            return named(paragraph, name, safe=True)
    return None


def _is_closed(paragraph: Paragraph, stop: int) -> bool:
    """Return whether a mark, or nothing, follows what ends before word `stop`."""
    return paragraph.gap(stop)[:1] in tuple(",.;:") or not paragraph.form(stop)


def _referred(paragraph: Paragraph, first: int, stop: int) -> Subject | None:
    """Return whom an agency names as its source: "передает ТАСС со ссылкой на Пескова"."""
    for word in range(first, min(stop, first + MOST_WORDS)):
        if paragraph.form(word) in ("ссылкой", "ссылаясь") and paragraph.form(word + 1) == "на":
            return beginning(paragraph, word + 2, stop)
    return None


def _cited(paragraph: Paragraph, first: int, stop: int) -> Subject | None:
    """Return whom an agency quotes: "цитирует РИА «Новости» черногорского президента"."""
    stop = min(stop, first + 2 * MOST_WORDS)
    commas = (word for word in range(first + 1, stop) if "," in paragraph.gap(word))
    stop = next(commas, stop)
    name = paragraph.mention(stop - 1)
    if name is not None and name[0] > first and is_person(name[2]):
        return named(paragraph, name, safe=True)
    marks = [word for word in range(first, stop) if word in paragraph.inside]
    if marks and marks[-1] == stop - 1:
        return Subject(paragraph, marks[0], stop, Form.ROLE, safe=False)
    start = marks[-1] + 1 if marks else first + 1
    return Subject(paragraph, start, stop, Form.ROLE, safe=False) if start < stop else None
