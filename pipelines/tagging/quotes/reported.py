"""A paragraph in, the clauses that say what somebody said, with who said it, out.

The rules, which an analyst can review:

- `X said (that) CLAUSE`; between the verb and the clause may stand the hearer, a day and the
  occasion ("told reporters on Monday at a conference that"). Without "that" the clause needs a
  finite verb: "announced a plan" reports nothing. Russian needs "что".
- `CLAUSE, X said` and `CLAUSE, said X` at the end of a sentence; `As X said, CLAUSE`; `..., X says,
  CLAUSE`.
- `According to X, CLAUSE` and `CLAUSE, according to X`.
- What was not said, or not yet, is no quote: "did not say", "would say", "to say", "was told".
- A clause ends with its sentence, before "and said", ", saying" and the like.
- A clause that is nothing but words between marks is a direct quote only.
"""

from bisect import bisect_left
from collections.abc import Iterator

from pipelines.tagging.quotes import subjects
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.clauses import clause_end, has_clause, skip_to_clause
from pipelines.tagging.quotes.direct import Attribution, Speech
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import MOST_WORDS, Form, Subject, beginning
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

Clause = tuple[int, int]
_FEWEST_WORDS = 3
_LONGEST_TAIL = 9  # words that may follow "he said" at the end of a sentence
_THAT = ("that", "что", "будто")
_UNSAID = w.NOT | w.PASSIVE | word_set("would could might may should must will can if whether бы")
_ACCORDING = {"according": "to", "по": ""}
_RUSSIAN_SOURCES = word_set(
    "словам данным информации мнению сообщению сообщениям утверждению сведениям"
)


def find_reported(
    paragraph: Paragraph, speech: Speech
) -> Iterator[tuple[tuple[int, int], Attribution]]:
    """Yield the span in the line of each clause and who said it; none overlaps another."""
    taken = 0  # words before this one belong to a clause already
    found = [*_by_verbs(paragraph, speech), *_by_sources(paragraph)]
    for (first, stop), attribution in sorted(found, key=lambda one: one[0]):
        if first >= taken and stop - first >= _FEWEST_WORDS:
            taken = stop
            yield _span(paragraph, first, stop), attribution


def _span(paragraph: Paragraph, first: int, stop: int) -> tuple[int, int]:
    start, end = paragraph.line.words[first].start, paragraph.line.words[stop - 1].end
    if first < paragraph.mark_end(first) <= stop:  # begins with a mark
        start = paragraph.marked[bisect_left(paragraph.first_in, first)][0] - 1
    last = bisect_left(paragraph.stop_in, stop)
    ends = last < len(paragraph.stop_in) and paragraph.stop_in[last] == stop
    if ends and paragraph.first_in[last] >= first:
        end = min(paragraph.marked[last][1] + 1, len(paragraph.line.text))
    return start, end


def _by_verbs(paragraph: Paragraph, speech: Speech) -> Iterator[tuple[Clause, Attribution]]:
    for verb in paragraph.said:
        if paragraph.verb(verb).takes in (Takes.WORDS, Takes.LABEL) or _unsaid(paragraph, verb):
            continue
        start, stop = paragraph.sentence(verb)
        if verb in speech.spent:
            continue
        found = (
            _behind_clause(paragraph, verb, (start, stop))
            or _as_said(paragraph, verb, (start, stop), speech)
            or _before_clause(paragraph, verb, (start, stop), speech)
        )
        if found is not None and not _all_marked(paragraph, found[0]):
            yield found


def _unsaid(paragraph: Paragraph, verb: int) -> bool:
    word = verb - 1
    while paragraph.form(word) in w.ADVERBS or paragraph.form(word).endswith("ly"):
        word -= 1
    form = paragraph.form(word)
    if subjects.is_passive(paragraph, verb):
        return True
    if paragraph.form(verb) == "clear":
        return False
    if form == "to":
        return paragraph.form(word - 1) not in ("on", "far", "happy", "proud")
    if paragraph.verb(verb).participle:
        return form in ("of", "for", "without", "not")
    return form in _UNSAID


def _all_marked(paragraph: Paragraph, clause: Clause) -> bool:
    return all(word in paragraph.inside for word in range(*clause))


def _subject_before(paragraph: Paragraph, verb: int, start: int, speech: Speech) -> Subject | None:
    subject = speech.of_verb.get(verb)
    if subject is None:
        subject = subjects.before(paragraph, verb, start)
        if subject is not None:
            speech.of_verb[verb] = subject
    return subject


def _behind_clause(
    paragraph: Paragraph, verb: int, sentence: tuple[int, int]
) -> tuple[Clause, Attribution] | None:
    """Return the clause of `CLAUSE, said X`, `CLAUSE, X said` and `..., X said, CLAUSE`."""
    start, stop = sentence
    entry = paragraph.verb(verb)
    if verb == start or entry.participle or entry.takes is Takes.THAT:
        return None
    if "," in paragraph.gap(verb) and paragraph.form(verb - 1) not in w.JOINING:
        subject = subjects.after(paragraph, verb, stop)
        begins, tail = verb, subject.stop if subject else stop
        rule = "clause, verb, speaker"
    else:
        subject = _close_before(paragraph, verb, start)
        begins, tail = (subject.first if subject else start), verb + 1
        begins = _with_article(paragraph, begins)
        rule = "clause, speaker, verb"
    if subject is None or begins <= start or not set(",\u2014") & set(paragraph.gap(begins)):
        return None
    role = subject.form is Form.ROLE
    if paragraph.form(begins - 1) in w.RELATIVE or (role and paragraph.form(tail) == "of"):
        return None
    short = entry.language == "ru" and begins == verb and begins - start < _FEWEST_WORDS
    goes_on = tail < stop and "," in paragraph.gap(tail)
    if goes_on and (short or paragraph.form(tail) in w.FINITE):
        first = _clause_start(paragraph, start, begins)
        attribution = Attribution(subject, "..., speaker, verb, ...", subject.safe)
        return (first, clause_end(paragraph, tail, stop)), attribution
    if tail < stop and "," in paragraph.gap(tail) and has_clause(paragraph, tail, stop, loose=True):
        first = tail + (paragraph.form(tail) in _THAT)
        end = clause_end(paragraph, first, stop)
        return (first, end), Attribution(subject, "..., speaker, verb, clause", subject.safe)
    stop = _before_next_statement(paragraph, tail, stop)
    if not _is_tail(paragraph, tail, stop, hearer=entry.to_somebody):
        return None
    first = _clause_start(paragraph, start, begins)
    inverted = begins == verb
    if begins - first < _FEWEST_WORDS or paragraph.form(first) in ("when", "if", "as", "asked"):
        return None
    if not inverted and not has_clause(paragraph, first, begins, loose=True):
        return None
    return (first, begins), Attribution(subject, rule, subject.safe)


def _with_article(paragraph: Paragraph, first: int) -> int:
    """Return where a name with the role before it begins: ", Dr Martisius told"."""
    lead = first
    while lead > max(first - MOST_WORDS, 0) and paragraph.gap(lead) in (" ", ". ", "-"):
        if paragraph.form(lead - 1) in w.PREPOSITIONS or paragraph.form(lead - 1) in w.JOINING:
            break
        lead -= 1
    return lead


def _clause_start(paragraph: Paragraph, start: int, stop: int) -> int:
    """Return where the clause begins that ends before `stop`: behind a semicolon, "On Monday,"."""
    for word in range(stop - 1, start, -1):
        if ";" in paragraph.gap(word):
            return word
    on_a_day = paragraph.form(start) == "on" and paragraph.form(start + 1) in w.DAYS
    return start + 2 if on_a_day and "," in paragraph.gap(start + 2) else start


def _close_before(paragraph: Paragraph, verb: int, start: int) -> Subject | None:
    if paragraph.form(verb - 1) in w.JOINING | w.RELATIVE:
        return None
    subject = subjects.before(paragraph, verb, start)
    return subject if subject is not None and subject.first > start else None


def _before_next_statement(paragraph: Paragraph, first: int, stop: int) -> int:
    """Return where ", adding that ..." begins behind "he said"."""
    nexts = (word for word in range(first, stop) if paragraph.form(word).endswith("ing"))
    return next((word for word in nexts if "," in paragraph.gap(word)), stop)


def _is_tail(paragraph: Paragraph, first: int, stop: int, *, hearer: bool) -> bool:
    """Return whether what follows "he said" is only the hearer, the day and the occasion."""
    if stop - first > _LONGEST_TAIL:
        return False
    form = paragraph.form(first)
    setting = form in w.PREPOSITIONS | w.DAYS | w.ADVERBS or "," in paragraph.gap(first)
    if first < stop and not hearer and not setting:
        return False
    if any(word in paragraph.inside for word in range(first, stop)):
        return False
    return not has_clause(paragraph, first, stop, loose=True)


def _as_said(
    paragraph: Paragraph, verb: int, sentence: tuple[int, int], speech: Speech
) -> tuple[Clause, Attribution] | None:
    """Return the clause of `As X said, CLAUSE` and `CLAUSE, as X said`."""
    start, stop = sentence
    if paragraph.form(verb - 1) == "как":
        papers = paragraph.verb(verb).impersonal
        find = subjects.before if papers else subjects.after
        subject, at = find(paragraph, verb, start if papers else stop), verb - 1
    else:
        subject = _subject_before(paragraph, verb, start, speech)
        at = _with_as(paragraph, subject.first - 1, start) if subject else -1
    if subject is None or at < start or paragraph.form(at) not in ("as", "как"):
        return None
    if paragraph.form(at - 1) == "того":  # "после того, как X объявил"
        return None
    comma = next(
        (
            word
            for word in range(max(verb, subject.stop - 1) + 1, stop)
            if "," in paragraph.gap(word)
        ),
        None,
    )
    safe = subject.safe
    if at == start and comma is not None:
        return (comma, clause_end(paragraph, comma, stop)), Attribution(subject, "as said", safe)
    if at > start and "," in paragraph.gap(at):
        return (start, at), Attribution(subject, "as said", safe)
    return None


def _with_as(paragraph: Paragraph, word: int, start: int) -> int:
    start = max(start, word - MOST_WORDS)
    while word > start and paragraph.form(word) not in ("as", "как"):
        if paragraph.gap(word + 1) not in (" ", ". ", "-"):
            return -1
        word -= 1
    return word


def _before_clause(
    paragraph: Paragraph, verb: int, sentence: tuple[int, int], speech: Speech
) -> tuple[Clause, Attribution] | None:
    """Return the clause of `X said (that) CLAUSE`."""
    start, stop = sentence
    entry = paragraph.verb(verb)
    first, with_that = skip_to_clause(paragraph, verb, stop)
    if first is None or first >= stop:
        return None
    russian = entry.language == "ru"
    if not with_that and (russian or entry.takes is Takes.THAT):
        return None
    if first in paragraph.inside and not with_that:
        return None
    loose = entry.takes is Takes.CLAUSE
    if not with_that and not has_clause(paragraph, first, stop, loose=loose):
        return None
    subject = _subject_before(paragraph, verb, start, speech)
    if subject is None and russian:
        subject = subjects.after(paragraph, verb, first)
    if subject is None:
        return None
    rule = "speaker, verb, that" if with_that else "speaker, verb, clause"
    end = clause_end(paragraph, first, stop)
    if paragraph.form(verb - 1) in w.RELATIVE and paragraph.mention(verb - 1) is None:
        commas = (word for word in range(first + 2, end) if "," in paragraph.gap(word))
        end = next((word for word in commas if word not in paragraph.inside), end)
    clause = (first, end)
    return clause, Attribution(subject, rule, subject.safe)


def _by_sources(paragraph: Paragraph) -> Iterator[tuple[Clause, Attribution]]:
    for number, word in enumerate(paragraph.line.words):
        if word.form not in _ACCORDING or number in paragraph.inside:
            continue
        behind = paragraph.form(number + 1)
        described = paragraph.form(number + 2) in _RUSSIAN_SOURCES and word.form == "по"
        if behind == "to" or behind in _RUSSIAN_SOURCES or described:
            found = _according(paragraph, number, number + 2 + described)
            if found is not None and not _all_marked(paragraph, found[0]):
                yield found


def _according(paragraph: Paragraph, at: int, source: int) -> tuple[Clause, Attribution] | None:
    """Return the clause that is according to who is named from word `source` on."""
    start, stop = paragraph.sentence(at)
    subject = _source(paragraph, source, stop)
    russian = paragraph.form(at) == "по"
    if russian and paragraph.form(at + 1) in w.PRONOUNS:  # "по его словам"
        subject = Subject(paragraph, at + 1, at + 2, Form.PRONOUN)
    elif russian and not (subject and _closed(paragraph, subject, source)):
        subject = Subject(paragraph, at + 1, source, Form.ROLE)
    if subject is None:
        return None
    attribution = Attribution(subject, "according to", subject.safe)
    if at - start <= 1 or ";" in paragraph.gap(at):
        first = _after_comma(paragraph, subject.stop, stop)
        if first is None:
            return None
        return (first, clause_end(paragraph, first, stop)), attribution
    first = _clause_start(paragraph, start, at)
    within = russian and source < stop and "," in paragraph.gap(max(subject.stop, source))
    if "," in paragraph.gap(at) and (within or paragraph.form(at - 1) in w.FINITE):
        return (first, clause_end(paragraph, subject.stop, stop)), attribution
    return (first, at), attribution


def _closed(paragraph: Paragraph, subject: Subject, source: int) -> bool:
    """Return whether a Russian source ends in a comma: "по словам Пескова,"."""
    if set(",.") & set(paragraph.gap(source)):
        return False
    if subject.mention is not None or paragraph.gap(subject.stop)[:1] in tuple(",.;"):
        return True
    acts = paragraph.form(subject.first).endswith(("ли", "ла", "ло", "ет", "ют", "ут"))
    return not acts and paragraph.form(subject.stop) in w.PREPOSITIONS


def _source(paragraph: Paragraph, first: int, stop: int) -> Subject | None:
    """Return who follows "according to": a body behind "a report by" is the one meant."""
    subject = beginning(paragraph, first, stop)
    word = subject.stop if subject else stop
    if subject is None or subject.mention is not None:
        return subject
    for at in range(word, min(stop, word + 8)):
        if "," in paragraph.gap(at):
            break
        if paragraph.form(at) in ("by", "from", "of"):
            inner = beginning(paragraph, at + 1, stop)
            if inner is not None and (inner.mention is not None or paragraph.form(at) == "of"):
                return inner
    return subject


def _after_comma(paragraph: Paragraph, first: int, stop: int) -> int | None:
    """Return the word behind the comma that ends the source: ", which cited police," is part."""
    commas = [word for word in range(first, stop) if "," in paragraph.gap(word)]
    if not commas:
        return None
    aside = paragraph.form(commas[0]) in w.RELATIVE | {"a", "an", "citing"}
    return commas[1] if aside and len(commas) > 1 and commas[1] - commas[0] < 14 else commas[0]
