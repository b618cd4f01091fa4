"""The last word before a verb in, the name, pronoun or role that ends with it out.

The rules, which an analyst can review:

- A name behind a preposition is no subject: "Norris of the University of Guelph said" is Norris.
- "After X said" and "before X said" have the subject X, though the same words are prepositions.
- It is one in "a report released by X", "some of the doctors", and where nothing else is there.
- Of two speakers that "and" joins at the beginning of a sentence it is the first.
- A role is followed back to its article.
"""

from dataclasses import replace

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import (
    MOST_WORDS,
    STOPS,
    Form,
    Subject,
    gap_is_plain,
    is_person,
    named,
    of_a_body,
    role,
    says,
)

PASSED = w.ADVERBS | w.AUXILIARIES | w.DAYS | {"first"}
_JOIN_CLAUSES = ("after", "before", "since", "until")
_SURE = 2.0  # score of a word that is a finite verb: seven times of eight
_ROLE_STOPS = STOPS | PASSED | w.NOT


def ending(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the subject whose last word, with all that belongs to it, is `last`."""
    found = None
    while last >= start:
        phrase = phrase_ending(paragraph, last, start)
        if phrase is None:
            return found
        subject, lead = _with_lead(paragraph, phrase, start)
        at = lead - 1  # what stands before the whole phrase
        if at < start or not gap_is_plain(paragraph, lead) or subject.form is Form.PRONOUN:
            return subject
        if not _governs(paragraph, at):
            return _first_of_two(paragraph, subject, at, start)
        if _speaks_itself(paragraph, subject, at, start):
            return subject
        if at - 1 < start or not gap_is_plain(paragraph, at):
            return replace(subject, safe=False)  # "in Paris said": nobody else is there
        found, last = subject, _before_governor(paragraph, at)
    return found


def _speaks_itself(paragraph: Paragraph, subject: Subject, at: int, start: int) -> bool:
    """Return whether a phrase is the subject although a preposition, word `at`, governs it."""
    if _ends_title(paragraph, subject, at) or _keeps_preposition(paragraph, at, start):
        return True
    return _begins_clause(paragraph, at, subject)


def _begins_clause(paragraph: Paragraph, at: int, subject: Subject) -> bool:
    """Return whether a word joins a clause with its subject: "a month after Petrova announced"."""
    if paragraph.form(at) not in _JOIN_CLAUSES:
        return False
    return subject.mention is not None or w.may_speak(paragraph.form(subject.stop - 1))


def _before_governor(paragraph: Paragraph, at: int) -> int:
    """Return the last word before a preposition, or before "in relaying"."""
    participle = paragraph.form(at) not in w.PREPOSITIONS
    return at - 1 - (participle and paragraph.form(at - 1) in w.PREPOSITIONS)


def _governs(paragraph: Paragraph, word: int) -> bool:
    """Return whether a preposition or participle governs what follows: "citing", "in relaying"."""
    form, before = paragraph.form(word), paragraph.form(word - 1)
    if form in w.PREPOSITIONS or form == "citing":
        return True
    if form in w.OF_MEETINGS and before in ("в", "во"):
        return True
    return form.endswith("ing") and before in ("in", "by", "while", "when")


def _with_lead(paragraph: Paragraph, subject: Subject, start: int) -> tuple[Subject, int]:
    """Return where the whole phrase of a subject begins, and the role if it is a body's."""
    lead = _lead(paragraph, subject, start)
    if _is_body_of(paragraph, subject, lead):
        return Subject(paragraph, lead, subject.stop, Form.ROLE), lead
    return subject, lead


def _ends_title(paragraph: Paragraph, subject: Subject, at: int) -> bool:
    """Return whether a person's title holds the preposition: "Secretary of State Mike Pompeo"."""
    if subject.mention is None or not is_person(subject.mention):
        return False
    if subject.first - at > 1:
        return True
    title = at - 1 not in paragraph.known and paragraph.has_capital(at - 1)
    return title and subject.stop - subject.first > 1  # "Representative for Iran Brian Hook"


def _keeps_preposition(paragraph: Paragraph, at: int, start: int) -> bool:
    """Return whether the phrase behind a preposition speaks: "released by X", "some of them"."""
    if at - 1 < start or not gap_is_plain(paragraph, at):
        return False
    form = paragraph.form(at - 1)
    by = paragraph.form(at) == "by" and form.endswith("ed")
    return by or form in ("part", "most", "some", "one")


def _is_body_of(paragraph: Paragraph, subject: Subject, lead: int) -> bool:
    if subject.mention is None or lead == subject.first:
        return False
    return of_a_body(paragraph, lead, (subject.first, subject.stop, subject.mention))


def _lead(paragraph: Paragraph, subject: Subject, start: int) -> int:
    """Return where the phrase of a name begins: "the UK's National Crime Agency"."""
    first = subject.first
    if subject.mention is None:
        return first
    while first > start and subject.first - first < MOST_WORDS:
        form = paragraph.form(first - 1)
        if not gap_is_plain(paragraph, first) or form in STOPS or says(paragraph, first - 1):
            break
        name = paragraph.mention(first - 1)
        if name is not None and is_person(subject.mention):
            return subject.first  # "of Amnesty Mariela Belski": the name is no part of "of Amnesty"
        first = name[0] if name and name[0] >= start else first - 1
    return first


def _first_of_two(paragraph: Paragraph, subject: Subject, at: int, start: int) -> Subject:
    """Return the first of two joint speakers that begin their sentence, else the one given."""
    if paragraph.form(at) not in ("and", "и") or at - 1 < start or "," in paragraph.gap(at):
        return subject
    if at + 1 < subject.first and paragraph.form(at + 1) not in w.ARTICLES:
        return subject  # "party leader and Prime Minister Boris Johnson" is one
    subject = replace(subject, safe=False)
    other = ending(paragraph, at - 1, start)
    if other is None:
        return subject
    lead = _lead(paragraph, other, start)
    begins = lead == start or "," in paragraph.gap(lead)
    return other if begins else subject


def phrase_ending(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the name, pronoun or role that ends with word `last`."""
    name = paragraph.mention(last)
    if name is not None and name[1] == last + 1 and name[0] >= start:
        return named(paragraph, name, safe=True)
    form = paragraph.form(last)
    if form in w.PRONOUNS:
        return Subject(paragraph, last, last + 1, Form.PRONOUN)
    if form in STOPS or form in w.NOT:
        return None
    return role(paragraph, _role_start(paragraph, last, start), last + 1)


def _role_start(paragraph: Paragraph, last: int, start: int) -> int:
    """Return where the role that ends with word `last` begins: with its article, if it has one."""
    first = last
    while first > start and last - first < MOST_WORDS and gap_is_plain(paragraph, first):
        before = paragraph.form(first - 1)
        named_so = first - 1 in paragraph.known
        stops = before in _ROLE_STOPS or paragraph.is_finite(first - 1, _SURE)
        if says(paragraph, first - 1) or (stops and not named_so):
            break
        name = paragraph.mention(first - 1)
        first = name[0] if name and name[0] >= start else first - 1
        if before in w.ARTICLES:
            break
    return first
