"""A paragraph in, the words between its quotation marks with who said them out.

The rules, which an analyst can review:

- Fewer than three words that are no whole sentence are no quote, nor are words that nobody is said
  to have said: titles of works and words set off in doubt.
- Words that begin a sentence belong to who follows: `"...," Lavrov said`, `"...," said Lavrov`.
- Else, and if nobody follows, they belong to the verb of saying before them: `Lavrov said: "..."`,
  `Lavrov called it "..."`; to the subject of the sentence where it ends in a colon.
- Words that begin a sentence behind one with words of somebody go on speaking: `"...," Lavrov said.
  "..."`; so do those at the beginning of a paragraph whose own last one was not closed.
- A whole paragraph between marks that says nothing of the speaker is of the last one, uncertain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipelines.tagging.quotes import subjects
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import Form, Subject, is_person, source
from pipelines.tagging.quotes.stretches import FEWEST_WORDS, next_quote, stretches
from pipelines.tagging.quotes.verbs import Takes

_NEAR = 16  # words behind the closing mark in which the verb must come
_LEADING_IN = frozenset(",:")
_DASHES_AND_COMMA = frozenset(",\u2014\u2013")
_OTHERS = 6  # words of another speaker up to the verb
_SHORT = 9  # words of a sentence that does nothing but name the speaker


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said it, by which rule, and whether that rule alone is enough."""

    subject: Subject
    rule: str
    safe: bool = True


@dataclass(slots=True)
class Speech:
    """What the paragraphs before say of who speaks; and of each verb of this one its subject."""

    last: Attribution | None = None
    open: bool = False  # the paragraph before ended within quotation marks
    of_verb: dict[int, Subject] = field(default_factory=dict)
    spent: set[int] = field(default_factory=set)  # verbs that follow the words of a direct quote
    heading: Subject | None = None  # who the paragraph before names, if it ends in a colon


def find_direct(
    paragraph: Paragraph, speech: Speech
) -> Iterator[tuple[tuple[int, int], Attribution]]:
    """Yield the span in the line of each quote and who said it; `speech` is carried on."""
    was_open, speech.open = speech.open, False
    said_here: Attribution | None = None
    sentence_of_last = -1
    for stretch in stretches(paragraph):
        found = _attributed(paragraph, stretch.number, stretch.sentence, speech)
        if found is None and stretch.begins:
            before = said_here if stretch.follows == sentence_of_last else None
            found = _going_on(paragraph, stretch.first, before, speech, was_open=was_open)
        start, end = stretch.span
        if found is None or start <= found.subject.start - paragraph.line.offset < end:
            continue
        yield stretch.span, found
        said_here, speech.last = found, found
        sentence_of_last = stretch.sentence[0]
    speech.heading = _heading(paragraph)
    if paragraph.marked:
        speech.open = paragraph.marked[-1][1] == len(paragraph.line.text)


def _attributed(
    paragraph: Paragraph, number: int, sentence: tuple[int, int], speech: Speech
) -> Attribution | None:
    if paragraph.first_in[number] == sentence[0]:
        found = _behind(paragraph, number, sentence[1], speech)
        return found or _in_next_sentence(paragraph, number, sentence[1])
    if ":" in paragraph.gap(paragraph.first_in[number]) and _verb_follows(paragraph, number):
        return _behind(paragraph, number, sentence[1], speech)
    return _ahead(paragraph, number, sentence[0], speech) or _behind(
        paragraph, number, sentence[1], speech
    )


def _verb_follows(paragraph: Paragraph, number: int) -> bool:
    """Return whether a verb and a name stand right behind the words: `"...," wrote Warren`."""
    verb = paragraph.stop_in[number]
    return verb in paragraph.verb_words and verb + 1 in paragraph.known


def _behind(paragraph: Paragraph, number: int, stop: int, speech: Speech) -> Attribution | None:
    """Return who follows the closing mark in the same sentence."""
    first = paragraph.stop_in[number]
    stop = min(stop, next_quote(paragraph, number, stop))
    if first >= stop or paragraph.form(first) in w.JOINING:
        return None
    behind = paragraph.line.text[paragraph.marked[number][1] : paragraph.line.words[first].start]
    if ";" in behind:
        return None
    verb = _verb_between(paragraph, first, min(stop, first + _NEAR))
    until = min(stop, first + _NEAR) if verb is None else verb
    according = _according(paragraph, first, until, stop)
    if according is not None:
        return according
    if verb is None or paragraph.verb(verb).takes is Takes.LABEL:
        return None
    found = _beside_verb(paragraph, verb, (first, stop))
    if found is not None:
        speech.of_verb[verb] = found.subject
        speech.spent.add(verb)
    return found


def _according(paragraph: Paragraph, first: int, until: int, stop: int) -> Attribution | None:
    """Return according to whom it is, where that stands between words `first` and `until`."""
    near = range(first, until)
    at = next((word for word in near if paragraph.form(word) == "according"), None)
    if at is None or paragraph.form(at + 1) != "to":
        return None
    subject = source(paragraph, at + 2, stop)
    return Attribution(subject, "words, according to", at == first) if subject else None


def _beside_verb(paragraph: Paragraph, verb: int, near: tuple[int, int]) -> Attribution | None:
    """Return the subject of a verb behind the words: `said Lavrov`, else `Lavrov said`."""
    first, stop = near
    if all(paragraph.form(word) in w.ADVERBS for word in range(first, verb)):
        subject = subjects.after(paragraph, verb, stop)
        return Attribution(subject, "words, verb, speaker") if subject else None
    if paragraph.verb(verb).participle:
        return None
    subject = subjects.before(paragraph, verb, first)
    if subject is None or _is_aside_about(paragraph, subject):
        return None
    between = range(first, subject.first)
    safe = not any(paragraph.is_finite(word) for word in between)
    return Attribution(
        subject, "words, speaker, verb", safe and not _speaks_behind(paragraph, verb, stop)
    )


def _speaks_behind(paragraph: Paragraph, verb: int, stop: int) -> bool:
    """Return whether a comma parts the verb from what is before, and somebody follows it."""
    if "," not in paragraph.gap(verb):
        return False
    subject = subjects.after(paragraph, verb, stop)
    return subject is not None and not paragraph.verb(verb).to_somebody


def _is_aside_about(paragraph: Paragraph, subject: Subject) -> bool:
    """Return whether words explain a name before: of "Have no fear", a charity, told."""
    about = paragraph.form(subject.first) in ("a", "an") and subject.form is Form.ROLE
    return about and "," in paragraph.gap(subject.stop)


def _verb_between(paragraph: Paragraph, first: int, stop: int) -> int | None:
    return next(iter(paragraph.verbs_within(first, stop)), None)


def _in_next_sentence(paragraph: Paragraph, number: int, first: int) -> Attribution | None:
    """Return who a sentence names that does nothing else: `"... peace." Pelosi said.`"""
    if first >= len(paragraph.line.words) or first != paragraph.stop_in[number]:
        return None
    stop = paragraph.sentence(first)[1]
    verb = _verb_between(paragraph, first, stop)
    if verb is None or stop - first > _SHORT or not _ends_with(paragraph, verb, stop):
        return None
    if paragraph.gap(stop).strip()[:1] not in ("", "."):
        return None
    subject = subjects.before(paragraph, verb, first)
    return Attribution(subject, "words, speaker, verb") if subject else None


def _ends_with(paragraph: Paragraph, verb: int, stop: int) -> bool:
    """Return whether nothing but a hearer and a setting follows a verb: "told the world"."""
    if verb + 1 == stop:
        return True
    rest = range(verb + 1, stop)
    return paragraph.verb(verb).to_somebody and not any(
        word in paragraph.inside or paragraph.form(word) == "that" or paragraph.is_finite(word)
        for word in rest
    )


def _ahead(paragraph: Paragraph, number: int, start: int, speech: Speech) -> Attribution | None:
    """Return who stands before the opening mark in the same sentence."""
    first = paragraph.first_in[number]
    colon = ":" in paragraph.gap(first)
    verb = _verb_ahead(paragraph, start, first)
    if verb is not None:
        nobody = paragraph.verb(verb).impersonal and not colon
        return None if nobody else _of_verb_ahead(paragraph, number, (start, verb), speech)
    if paragraph.form(start) == "according" and paragraph.form(start + 1) == "to":
        subject = source(paragraph, start + 2, first)
        return Attribution(subject, "according to, words", subject.safe) if subject else None
    subject = subjects.of_sentence(paragraph, start, first) if colon else None
    return Attribution(subject, "speaker, colon, words") if subject else None


def _of_verb_ahead(
    paragraph: Paragraph, number: int, up_to_verb: tuple[int, int], speech: Speech
) -> Attribution | None:
    """Return the subject of a verb before the words; `up_to_verb`: start of sentence, and verb."""
    first = paragraph.first_in[number]
    start, verb = up_to_verb
    subject = _subject_of(paragraph, verb, (start, first), speech)
    if subject is None:
        return None
    above = _named_above(paragraph, verb, start, speech) if subject.form is Form.ROLE else None
    if above is not None:
        return Attribution(above, "speaker, verb, ... words", safe=False)
    if paragraph.verb(verb).takes is Takes.LABEL:
        return Attribution(subject, "speaker, verb of judging, words", safe=False)
    if _is_close(paragraph, verb, first):
        return Attribution(subject, "speaker, verb, words")
    doubt = _may_be_no_quote(paragraph, verb, number) or _is_within(paragraph, verb, start)
    return Attribution(subject, "speaker, verb, ... words", safe=not doubt)


def _is_within(paragraph: Paragraph, verb: int, start: int) -> bool:
    """Return whether what is said belongs to what another says: "X said Y promised a "new" law"."""
    return paragraph.is_finite(verb + 1) or _verb_ahead(paragraph, start, verb) is not None


def _named_above(paragraph: Paragraph, verb: int, start: int, speech: Speech) -> Subject | None:
    """Return the name or pronoun that the verb of saying before `verb` has, if it has one."""
    earlier = _verb_ahead(paragraph, start, verb)
    if earlier is None:
        return None
    above = _subject_of(paragraph, earlier, (start, verb), speech)
    return above if above is not None and above.form is not Form.ROLE else None


def _is_close(paragraph: Paragraph, verb: int, first: int) -> bool:
    """Return whether the verb, a comma, a colon or "that" stands right before the words."""
    if first == verb + 1 or not _LEADING_IN.isdisjoint(paragraph.gap(first)):
        return True
    return paragraph.form(first - 1) in ("that", "что")


def _may_be_no_quote(paragraph: Paragraph, verb: int, number: int) -> bool:
    """Return whether words that are not close to the verb may be a name, or meant in doubt.

    Russian sets names of companies between marks, and a few words behind an article may be in
    doubt rather than said.
    """
    first = paragraph.first_in[number]
    short = paragraph.stop_in[number] - first <= FEWEST_WORDS + 1
    doubted = short and paragraph.form(first - 1) in ("a", "an", "the")
    return doubted or paragraph.verb(verb).language == "ru"


def _verb_ahead(paragraph: Paragraph, start: int, stop: int) -> int | None:
    return next(
        (
            verb
            for verb in reversed(paragraph.verbs_within(start, stop))
            if not _is_aside(paragraph, verb, stop)
        ),
        None,
    )


def _is_aside(paragraph: Paragraph, verb: int, stop: int) -> bool:
    """Return whether nobody says it: "as reported by X", "was told", "— which X noted as"."""
    before = paragraph.form(verb - 1)
    if subjects.is_passive(paragraph, verb):
        return before in ("as", "if")
    if paragraph.verb(verb).needs_hearer and before in w.PASSIVE:
        return True
    for word in range(verb - 1, max(verb - _OTHERS, 0), -1):
        if "," in paragraph.gap(word + 1):
            break
        if paragraph.form(word) == "which" and _DASHES_AND_COMMA & set(paragraph.gap(word)):
            closing = range(verb + 1, stop + 1)
            return any(_DASHES_AND_COMMA & set(paragraph.gap(one)) for one in closing)
    return False


def _subject_of(
    paragraph: Paragraph, verb: int, within: tuple[int, int], speech: Speech
) -> Subject | None:
    subject = speech.of_verb.get(verb) or continued(paragraph, verb, within[0], speech)
    if subject is None:
        subject = subjects.before(paragraph, verb, within[0])
    if subject is None:
        subject = subjects.after(paragraph, verb, within[1])
    if subject is not None:
        speech.of_verb[verb] = subject
    return subject


def continued(paragraph: Paragraph, verb: int, start: int, speech: Speech) -> Subject | None:
    """Return who a participle goes on to quote: the subject of the verb before, ", adding that"."""
    if paragraph.form(verb - 1) == "as":
        return None
    if not paragraph.verb(verb).participle or subjects.has_own_subject(paragraph, verb, start):
        return None
    said = (one for one in reversed(paragraph.verbs_within(start, verb)) if _states(paragraph, one))
    earlier = next(said, None)
    if earlier is None or paragraph.verb(earlier).language == "ru":
        return None
    subject = speech.of_verb.get(earlier) or subjects.before(paragraph, earlier, start)
    return replace(subject, safe=False) if subject else None


def _states(paragraph: Paragraph, verb: int) -> bool:
    """Return whether a verb is one that a participle goes on from: not "continued to act"."""
    return paragraph.verb(verb).takes is not Takes.WORDS and not _is_aside(paragraph, verb, verb)


def _going_on(
    paragraph: Paragraph,
    first: int,
    before: Attribution | None,
    speech: Speech,
    *,
    was_open: bool,
) -> Attribution | None:
    """Return who goes on speaking where a sentence begins with words of somebody unnamed."""
    if before is not None:
        return Attribution(before.subject, "goes on", before.safe)
    if first == 0:
        return _from_paragraph_before(speech, was_open=was_open)
    start, stop = paragraph.sentence(first - 1)
    subject = _subject_of_last_verb(paragraph, start, stop, speech)
    if subject is not None:
        return Attribution(subject, "goes on from what was reported", safe=False)
    subject = _last_person(paragraph, start, stop)
    return Attribution(subject, "who was spoken of", safe=False) if subject else None


def _from_paragraph_before(speech: Speech, *, was_open: bool) -> Attribution | None:
    """Return who speaks at the beginning of a paragraph that names nobody."""
    if speech.heading is not None:
        return Attribution(speech.heading, "name, colon, words of the next paragraph")
    if speech.last is None:
        return None
    rule = "goes on in the next paragraph" if was_open else "last speaker"
    return Attribution(speech.last.subject, rule, was_open and speech.last.safe)


def _subject_of_last_verb(
    paragraph: Paragraph, start: int, stop: int, speech: Speech
) -> Subject | None:
    verb = next(reversed(paragraph.verbs_within(start, stop)), None)
    if verb is None:
        return None
    return speech.of_verb.get(verb) or subjects.before(paragraph, verb, start)


def _heading(paragraph: Paragraph) -> Subject | None:
    """Return who a short line names that ends in a colon: "Statement of the president:"."""
    stop = len(paragraph.line.words)
    if not paragraph.line.text.endswith(":") or stop > _NEAR:
        return None
    person = _last_person(paragraph, 0, stop)
    if person is not None:
        return person
    name = next((name for word in range(stop) if (name := paragraph.mention(word))), None)
    return Subject(paragraph, name[0], name[1], Form.NAME, name[2], safe=False) if name else None


def _last_person(paragraph: Paragraph, start: int, stop: int) -> Subject | None:
    for word in range(stop - 1, start - 1, -1):
        name = paragraph.mention(word)
        if name is not None and is_person(name[2]):
            return Subject(paragraph, name[0], name[1], Form.NAME, name[2], safe=False)
    return None
