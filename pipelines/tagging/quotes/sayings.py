"""A verb of saying in the middle or at the end of a sentence in, the clause that it reports out.

The rules, which an analyst can review:

- `CLAUSE, X said` and `CLAUSE, said X`, where no more follows than the hearer, the day and the
  occasion.
- `..., X said, CLAUSE` where a setting stands before ("On Monday, he said, it will end").
- The whole sentence where the two interrupt it: "The plan, he said, is dead", "It ended, he said,
  to save money".
"""

from dataclasses import dataclass

from pipelines.article import Zone
from pipelines.tagging.quotes import subjects
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.clause_ends import clause_end, clause_start
from pipelines.tagging.quotes.clauses import has_clause, main_verb
from pipelines.tagging.quotes.direct import Attribution
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import MOST_WORDS, Form, Subject
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

Clause = tuple[int, int]
FEWEST_WORDS = 3
_LONGEST_TAIL = 9  # words that may follow "he said" at the end of a sentence
_NOT_OF_A_ROLE = w.PREPOSITIONS | w.JOINING | w.RELATIVE | {"as"}
_GOING_ON = w.PREPOSITIONS | word_set("to because if when while although though and or")
_THAT = ("that", "что", "будто")


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


def behind_clause(
    paragraph: Paragraph, verb: int, sentence: tuple[int, int]
) -> tuple[Clause, Attribution] | None:
    """Return the clause of `CLAUSE, said X`, `CLAUSE, X said` and `..., X said, CLAUSE`."""
    start, stop = sentence
    entry = paragraph.verb(verb)
    if verb == start or entry.participle or entry.takes is Takes.THAT or entry.verb == "deny":
        return None  # "..., a claim Petrova denied" is no claim of hers
    if paragraph.form(verb + 1) == "with":
        return None  # "When it did not, Petrova responded with scorn"
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
    inverted = "," in paragraph.gap(verb) and paragraph.form(verb - 1) not in w.JOINING
    if inverted and not paragraph.verb(verb).needs_hearer:
        subject = subjects.after(paragraph, verb, stop)
        if subject is None:
            return None
        return _Saying("clause, verb, speaker", verb, subject, verb, subject.stop)
    subject = _close_before(paragraph, verb, start)
    if subject is None:
        return None
    first = with_article(paragraph, subject.first)
    return _Saying("clause, speaker, verb", verb, subject, first, verb + 1)


def _is_set_off(paragraph: Paragraph, saying: _Saying, start: int) -> bool:
    """Return whether a comma or dash parts the two from a clause before, and no "who" or "of"."""
    if saying.first <= start or not set(",\u2014") & set(paragraph.gap(saying.first)):
        return False
    if paragraph.form(saying.first - 1) in w.RELATIVE | {"as"}:
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
    short = russian and saying.inverted and saying.first - start < FEWEST_WORDS
    first = clause_start(paragraph, start, saying.first)
    goes_on = not russian and _goes_on(paragraph, saying, first, stop)
    if not short and not goes_on and paragraph.form(saying.stop) not in w.FINITE:
        return None
    attribution = Attribution(saying.subject, "..., speaker, verb, ...", saying.subject.safe)
    return (first, clause_end(paragraph, saying.stop, stop)), attribution


def _goes_on(paragraph: Paragraph, saying: _Saying, first: int, stop: int) -> bool:
    """Return whether what follows belongs to the clause before: its verb, or "to", "because"."""
    word = saying.stop
    while paragraph.form(word) in w.ADVERBS:
        word += 1
    verb = word + (paragraph.form(word) == "and")
    if paragraph.is_finite(verb):
        return verb not in paragraph.verb_words
    if paragraph.form(word) not in _GOING_ON:
        return False
    if paragraph.form(word) != "to" and _is_tail(paragraph, saying.stop, stop, hearer=False):
        return False
    return main_verb(paragraph, first, saying.first, loose=True) is not None


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
    too_short = saying.first - first < FEWEST_WORDS
    if too_short or paragraph.form(first) in ("as", "asked"):
        return None
    if not _is_statement(paragraph, saying, first):
        return None
    return (first, saying.first), Attribution(saying.subject, saying.rule, saying.subject.safe)


def _is_statement(paragraph: Paragraph, saying: _Saying, first: int) -> bool:
    """Return whether words before the two are a clause; headlines may leave out its verb."""
    russian = paragraph.verb(saying.verb).language == "ru"
    if saying.inverted and (russian or paragraph.line.zone is Zone.HEADLINE):
        return True
    return has_clause(paragraph, first, saying.first, loose=True)


def with_article(paragraph: Paragraph, first: int) -> int:
    """Return where a name with the role before it begins: ", Dr Martisius told"."""
    lead = first
    while lead > max(first - MOST_WORDS, 0) and paragraph.gap(lead) in (" ", ". ", "-"):
        if paragraph.form(lead - 1) in _NOT_OF_A_ROLE:
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
