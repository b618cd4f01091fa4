"""A paragraph in, the clauses that say what somebody said, with who said it, out.

The rules, which an analyst can review:

- `X said (that) CLAUSE`; between the verb and the clause may stand the hearer, a day and the
  occasion ("told reporters on Monday at a conference that"). Without "that" the clause needs a
  finite verb: "announced a plan" reports nothing. Russian needs "что".
- `CLAUSE, X said` and `CLAUSE, said X` at the end of a sentence; `As X said, CLAUSE`; `..., X says,
  CLAUSE`.
- `According to X, CLAUSE` and `CLAUSE, according to X`, see `according.py`.
- What was not said, or not yet, is no quote: "did not say", "would say", "to say", "was told".
- A clause ends with its sentence, before "and said", ", saying" and the like.
- A clause that is nothing but words between marks is a direct quote only.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.tagging.quotes import subjects
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.according import by_sources
from pipelines.tagging.quotes.clauses import clause_end, clause_start, has_clause, skip_to_clause
from pipelines.tagging.quotes.direct import Attribution, Speech
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import MOST_WORDS, Form, Subject
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

Clause = tuple[int, int]
_FEWEST_WORDS = 3
_LONGEST_TAIL = 9  # words that may follow "he said" at the end of a sentence
_THAT = ("that", "что", "будто")
_UNSAID = w.NOT | w.PASSIVE | word_set("would could might may should must will can if whether бы")


def find_reported(
    paragraph: Paragraph, speech: Speech
) -> Iterator[tuple[tuple[int, int], Attribution]]:
    """Yield the span in the line of each clause and who said it; none overlaps another."""
    taken = 0  # words before this one belong to a clause already
    found = [*_by_verbs(paragraph, speech), *by_sources(paragraph)]
    unmarked = [one for one in found if not _all_marked(paragraph, one[0])]
    for (first, stop), attribution in sorted(unmarked, key=lambda one: one[0]):
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
        if found is not None:
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


@dataclass(frozen=True, slots=True)
class _Saying:
    """A verb with its speaker, in the middle or at the end of the sentence that they report."""

    rule: str
    verb: int
    subject: Subject
    first: int  # the word with which the two begin
    stop: int  # the word behind both

    @property
    def inverted(self) -> bool:
        return self.first == self.verb


def _behind_clause(
    paragraph: Paragraph, verb: int, sentence: tuple[int, int]
) -> tuple[Clause, Attribution] | None:
    """Return the clause of `CLAUSE, said X`, `CLAUSE, X said` and `..., X said, CLAUSE`."""
    start, stop = sentence
    entry = paragraph.verb(verb)
    if verb == start or entry.participle or entry.takes is Takes.THAT:
        return None
    saying = _saying(paragraph, verb, sentence)
    if saying is None or not _is_set_off(paragraph, saying, start):
        return None
    if _has_comma(paragraph, saying.stop, stop):
        found = _around(paragraph, saying, sentence) or _next_to(paragraph, saying, stop)
        if found is not None:
            return found
    return _in_front(paragraph, saying, sentence)


def _saying(paragraph: Paragraph, verb: int, sentence: tuple[int, int]) -> _Saying | None:
    """Return the verb with its speaker, who stands behind it if a comma stands before it."""
    start, stop = sentence
    if "," in paragraph.gap(verb) and paragraph.form(verb - 1) not in w.JOINING:
        subject = subjects.after(paragraph, verb, stop)
        if subject is None:
            return None
        return _Saying("clause, verb, speaker", verb, subject, verb, subject.stop)
    subject = _close_before(paragraph, verb, start)
    if subject is None:
        return None
    first = _with_article(paragraph, subject.first)
    return _Saying("clause, speaker, verb", verb, subject, first, verb + 1)


def _is_set_off(paragraph: Paragraph, saying: _Saying, start: int) -> bool:
    """Return whether a comma or dash parts the two from a clause before, and no "who" or "of"."""
    if saying.first <= start or not set(",\u2014") & set(paragraph.gap(saying.first)):
        return False
    if paragraph.form(saying.first - 1) in w.RELATIVE:
        return False
    return saying.subject.form is not Form.ROLE or paragraph.form(saying.stop) != "of"


def _has_comma(paragraph: Paragraph, word: int, stop: int) -> bool:
    """Return whether a comma stands before `word` and the sentence goes on with it."""
    return word < stop and "," in paragraph.gap(word)


def _around(
    paragraph: Paragraph, saying: _Saying, sentence: tuple[int, int]
) -> tuple[Clause, Attribution] | None:
    """Return the clause that the two only interrupt: "The plan, he said, is dead"."""
    start, stop = sentence
    russian = paragraph.verb(saying.verb).language == "ru"
    short = russian and saying.inverted and saying.first - start < _FEWEST_WORDS
    if not short and paragraph.form(saying.stop) not in w.FINITE:
        return None
    first = clause_start(paragraph, start, saying.first)
    attribution = Attribution(saying.subject, "..., speaker, verb, ...", saying.subject.safe)
    return (first, clause_end(paragraph, saying.stop, stop)), attribution


def _next_to(paragraph: Paragraph, saying: _Saying, stop: int) -> tuple[Clause, Attribution] | None:
    """Return the clause that follows the two and a comma: "On Monday, he said, it will end"."""
    if not has_clause(paragraph, saying.stop, stop, loose=True):
        return None
    first = saying.stop + (paragraph.form(saying.stop) in _THAT)
    attribution = Attribution(saying.subject, "..., speaker, verb, clause", saying.subject.safe)
    return (first, clause_end(paragraph, first, stop)), attribution


def _in_front(
    paragraph: Paragraph, saying: _Saying, sentence: tuple[int, int]
) -> tuple[Clause, Attribution] | None:
    """Return the clause before the two, if nothing but the occasion follows them."""
    start, stop = sentence
    stop = _before_next_statement(paragraph, saying.stop, stop)
    hearer = paragraph.verb(saying.verb).to_somebody
    if not _is_tail(paragraph, saying.stop, stop, hearer=hearer):
        return None
    first = clause_start(paragraph, start, saying.first)
    too_short = saying.first - first < _FEWEST_WORDS
    if too_short or paragraph.form(first) in ("when", "if", "as", "asked"):
        return None
    if not saying.inverted and not has_clause(paragraph, first, saying.first, loose=True):
        return None
    return (first, saying.first), Attribution(saying.subject, saying.rule, saying.subject.safe)


def _with_article(paragraph: Paragraph, first: int) -> int:
    """Return where a name with the role before it begins: ", Dr Martisius told"."""
    lead = first
    while lead > max(first - MOST_WORDS, 0) and paragraph.gap(lead) in (" ", ". ", "-"):
        if paragraph.form(lead - 1) in w.PREPOSITIONS or paragraph.form(lead - 1) in w.JOINING:
            break
        lead -= 1
    return lead


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
    start = sentence[0]
    if paragraph.form(verb - 1) == "как":
        subject, at = _beside_verb(paragraph, verb, sentence), verb - 1
    else:
        subject = _subject_before(paragraph, verb, start, speech)
        at = _with_as(paragraph, subject.first - 1, start) if subject else -1
    if subject is None or at < start or paragraph.form(at) not in ("as", "как"):
        return None
    if paragraph.form(at - 1) == "того":  # "после того, как X объявил"
        return None
    clause = _beside_as(paragraph, at, max(verb, subject.stop - 1) + 1, sentence)
    return (clause, Attribution(subject, "as said", subject.safe)) if clause else None


def _beside_verb(paragraph: Paragraph, verb: int, sentence: tuple[int, int]) -> Subject | None:
    """Return who stands behind "как заявил", or whose paper it is in "как сообщается в"."""
    start, stop = sentence
    if paragraph.verb(verb).impersonal:
        return subjects.before(paragraph, verb, start)
    return subjects.after(paragraph, verb, stop)


def _beside_as(
    paragraph: Paragraph, at: int, behind: int, sentence: tuple[int, int]
) -> Clause | None:
    """Return the clause after the comma that ends "As X said" at word `behind` or later, or before.

    Before it is only if "as", word `at`, does not begin the sentence and has a comma before it.
    """
    start, stop = sentence
    if at > start:
        return (start, at) if "," in paragraph.gap(at) else None
    commas = (word for word in range(behind, stop) if "," in paragraph.gap(word))
    comma = next(commas, None)
    return None if comma is None else (comma, clause_end(paragraph, comma, stop))


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
    first, with_that = skip_to_clause(paragraph, verb, stop)
    if first is None or first >= stop:
        return None
    if not with_that and not _needs_no_that(paragraph, verb, first, stop):
        return None
    subject = _subject_before(paragraph, verb, start, speech)
    if subject is None and paragraph.verb(verb).language == "ru":
        subject = subjects.after(paragraph, verb, first)
    if subject is None:
        return None
    rule = "speaker, verb, that" if with_that else "speaker, verb, clause"
    end = clause_end(paragraph, first, stop)
    if _is_aside(paragraph, verb):
        end = _aside_end(paragraph, first, end)
    return (first, end), Attribution(subject, rule, subject.safe)


def _needs_no_that(paragraph: Paragraph, verb: int, first: int, stop: int) -> bool:
    """Return whether the verb reports what begins with word `first` without a "that"."""
    entry = paragraph.verb(verb)
    if entry.language == "ru" or entry.takes is Takes.THAT or first in paragraph.inside:
        return False
    return has_clause(paragraph, first, stop, loose=entry.takes is Takes.CLAUSE)


def _is_aside(paragraph: Paragraph, verb: int) -> bool:
    """Return whether the verb follows a "who" that is no part of a name, the WHO."""
    return paragraph.form(verb - 1) in w.RELATIVE and paragraph.mention(verb - 1) is None


def _aside_end(paragraph: Paragraph, first: int, end: int) -> int:
    """Return where the clause of "X, who said CLAUSE, did" ends: at a comma outside of marks."""
    commas = (word for word in range(first + 2, end) if "," in paragraph.gap(word))
    return next((word for word in commas if word not in paragraph.inside), end)
