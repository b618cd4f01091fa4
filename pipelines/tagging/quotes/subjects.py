"""A verb of saying in, the name, role or pronoun that is its subject out.

The rules, which an analyst can review:

- Before the verb stands its subject; adverbs, auxiliaries and days between them are passed over.
- A name behind a preposition is no subject: "Norris of the University of Guelph said" is Norris.
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

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph
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
    of_a_body,
    phrase_end,
    role,
    says,
    titled,
    within,
)

_PASSED = w.ADVERBS | w.AUXILIARIES | w.DAYS
_COMMAS = frozenset(",;:\u2014\u2013()")


def before(paragraph: Paragraph, verb: int, start: int) -> Subject | None:
    """Return the subject that stands before `verb`, not before word `start`; None if none does."""
    entry = paragraph.verb(verb)
    if entry.impersonal:
        return _document(paragraph, verb)
    if entry.language == "ru" and (inverted := _inserted(paragraph, verb)):
        return inverted
    if is_passive(paragraph, verb):
        return beginning(paragraph, verb + 2, len(paragraph.line.words))
    if entry.participle and not _beside(paragraph, verb, start):
        return of_sentence(paragraph, start, verb)
    if entry.participle:
        return _phrase(paragraph, verb - 1, start)
    last = _pass_over(paragraph, verb - 1 - (paragraph.form(verb) == "clear"), start)
    return _up_to(paragraph, last, start) if last >= start else None


def _up_to(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the subject of a verb before which, adverbs apart, word `last` stands."""
    form = paragraph.form(last)
    aside = bool(_COMMAS & set(paragraph.gap(last + 1)))
    if not inside_name(paragraph, last):
        if form in w.JOINING or form == "to" or form in w.NOT:
            return of_sentence(paragraph, start, last)
        if form in w.RELATIVE or (form == "that" and gap_is_plain(paragraph, last + 1)):
            return _before_relative(paragraph, last, start)
    if aside:
        return _beyond_aside(paragraph, last, start)
    subject = _ending(paragraph, last, start)
    if subject is None or not _explains(paragraph, subject):
        return subject
    explained = _beyond_aside(paragraph, subject.stop - 1, start)
    return replace(explained, safe=False) if explained else None


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


def _beside(paragraph: Paragraph, verb: int, start: int) -> bool:
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
        name = paragraph.mention(word - 1)
        if name and name[1] == word and is_person(name[2]):
            return named(paragraph, name, safe=True)
        return _beyond_aside(paragraph, word - 1, start)
    subject = _phrase(paragraph, word - 1, start)
    if subject is not None and paragraph.form(subject.stop - 1) in w.WRITINGS:
        return of_sentence(paragraph, start, subject.first)
    return subject


def _pass_over(paragraph: Paragraph, word: int, start: int) -> int:
    while word >= start and not inside_name(paragraph, word):
        form = paragraph.form(word)
        if form in w.SPANS and paragraph.form(word - 1) in w.OF_SPANS:
            while paragraph.form(word - 1) in w.OF_SPANS:
                word -= 1
            word -= 1
        elif form in w.DAYS and paragraph.form(word - 1) in (
            "on",
            "last",
            "this",
            "в",
            "во",
            "earlier",
        ):
            word -= 2
        elif form in _PASSED or (form.endswith("ly") and form not in ("family", "ally")):
            word -= 1
        else:
            break
    return word


def _beyond_aside(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the subject where a comma or bracket stands behind word `last`."""
    name = paragraph.mention(last)
    if name and name[1] == last + 1 and is_person(name[2]):
        first = _role_before(paragraph, name[0], start)
        if paragraph.form(first).endswith("ly"):
            pass  # "someone, seemingly Honcharuk, says"
        elif first == start or _COMMAS & set(paragraph.gap(first)):
            return named(paragraph, name, safe=True)
    nearest = None
    for word in range(last, start, -1):
        if not _COMMAS & set(paragraph.gap(word)):
            continue
        subject = _ending(paragraph, _out_of_marks(paragraph, word - 1), start)
        if subject is not None and subject.form is not Form.ROLE:
            return subject
        nearest = nearest or subject
    return nearest or _ending(paragraph, last, start)


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


def _ending(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the subject whose last word, with all that belongs to it, is `last`."""
    found = None
    while last >= start:
        subject = _phrase(paragraph, last, start)
        if subject is None:
            return found
        found = found or subject
        lead = _lead(paragraph, subject, start)
        if _is_body_of(paragraph, subject, lead):
            subject = found = Subject(paragraph, lead, subject.stop, Form.ROLE)
        at = lead - 1
        if subject.form is Form.PRONOUN or at < start or not gap_is_plain(paragraph, at + 1):
            return subject
        form = paragraph.form(at)
        if form not in w.PREPOSITIONS:
            return _first_of_two(paragraph, subject, at, start)
        if subject.mention and is_person(subject.mention) and subject.first - at > 1:
            return subject  # "Secretary of State Mike Pompeo"
        if at - 1 < start or not gap_is_plain(paragraph, at):
            return replace(subject, safe=False)  # "in Paris said": nobody else is there
        if form == "by" and paragraph.form(at - 1).endswith("ed"):
            return subject
        if paragraph.form(at - 1) in ("part", "most", "some", "one"):
            return subject
        found, last = subject, at - 1
    return found


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
    if paragraph.form(at) not in ("and", "и") or at - 1 < start:
        return subject
    if at + 1 < subject.first and paragraph.form(at + 1) not in w.ARTICLES:
        return subject  # "party leader and Prime Minister Boris Johnson" is one
    other = _ending(paragraph, at - 1, start)
    if other is None:
        return subject
    lead = _lead(paragraph, other, start)
    begins = lead == start or "," in paragraph.gap(lead)
    return other if begins else subject


def _phrase(paragraph: Paragraph, last: int, start: int) -> Subject | None:
    """Return the name, pronoun or role that ends with word `last`."""
    name = paragraph.mention(last)
    if name is not None and name[1] == last + 1 and name[0] >= start:
        return named(paragraph, name, safe=True)
    form = paragraph.form(last)
    if form in w.PRONOUNS:
        return Subject(paragraph, last, last + 1, Form.PRONOUN)
    if form in STOPS or form in w.NOT:
        return None
    first = last
    while first > start and last - first < MOST_WORDS and gap_is_plain(paragraph, first):
        before = paragraph.form(first - 1)
        if before in STOPS or before in _PASSED or says(paragraph, first - 1):
            break
        name = paragraph.mention(first - 1)
        first = name[0] if name and name[0] >= start else first - 1
        if before in w.ARTICLES:
            break
    return role(paragraph, first, last + 1)


def of_sentence(paragraph: Paragraph, start: int, stop: int) -> Subject | None:
    """Return the first name, pronoun or role of the words that stands behind no preposition."""
    found: list[Subject] = []
    word = start
    while word < stop and len(found) < 2:
        if word in paragraph.inside:
            word += 1
            continue
        form = paragraph.form(word)
        name = paragraph.mention(word)
        behind = word > start and paragraph.form(word - 1) in w.PREPOSITIONS
        behind = behind and gap_is_plain(paragraph, word)
        if name is not None:
            meant = titled(paragraph, name, stop)
            if not behind and name[1] <= stop:
                found.append(named(paragraph, meant, safe=False))
            word = meant[1]
        elif form in w.PRONOUNS and not behind:
            found.append(Subject(paragraph, word, word + 1, Form.PRONOUN, safe=False))
            word += 1
        elif form in w.ARTICLES or form in w.PEOPLE:
            end = phrase_end(paragraph, word, stop)
            timely = paragraph.form(end) in w.DAYS or paragraph.form(end - 1) in w.DAYS
            if not behind and end > word and not timely:
                found.append(within(paragraph, word, end, safe=False))
            word = max(end, word + 1)
        else:
            word += 1
    return _best(found)


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
    if paragraph.form(first) in w.PRONOUNS:
        return Subject(paragraph, first, first + 1, Form.PRONOUN)
    return beginning(paragraph, first, stop)


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
