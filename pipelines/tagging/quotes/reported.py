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
from collections.abc import Iterator, Sequence

from pipelines.tagging.quotes import subjects
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.according import by_sources
from pipelines.tagging.quotes.clause_ends import clause_end
from pipelines.tagging.quotes.clauses import has_clause, main_verb
from pipelines.tagging.quotes.direct import Attribution, Speech, continued
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import MOST_WORDS, Form, Subject
from pipelines.tagging.quotes.sayings import FEWEST_WORDS, Clause, behind_clause, with_article
from pipelines.tagging.quotes.settings import skip_to_clause
from pipelines.tagging.quotes.verbs import Takes
from pipelines.tagging.quotes.words import word_set

_Found = tuple[Clause, Attribution]
_DOUBT = -1.0  # score of a word that may be a finite verb
_NOBODY = word_set("no nobody none neither what how")
_WHEN = word_set("after when while although though since as if before because")
_UNSAID = w.NOT | w.PASSIVE | word_set("would could might may should must will can if whether бы")


def find_reported(
    paragraph: Paragraph, speech: Speech
) -> Iterator[tuple[tuple[int, int], Attribution]]:
    """Yield the span in the line of each clause and who said it; none overlaps another."""
    taken = 0  # words before this one belong to a clause already
    found = [*_by_verbs(paragraph, speech), *by_sources(paragraph)]
    unmarked = [one for one in found if not _all_marked(paragraph, one[0])]
    unmarked = [one for one in unmarked if not _holds_another(one, unmarked)]
    for (first, stop), attribution in sorted(unmarked, key=lambda one: one[0]):
        if first >= taken and stop - first >= FEWEST_WORDS:
            taken = stop
            yield _span(paragraph, first, stop), attribution


def _holds_another(one: _Found, found: Sequence[_Found]) -> bool:
    """Return whether somebody says something in what is according to another: Y is quoted."""
    (first, stop), attribution = one
    if attribution.rule != "according to":
        return False
    return any(first < inner and end == stop for (inner, end), _ in found)


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
        if verb in speech.spent and not _is_half_marked(paragraph, verb, start):
            continue
        found = (
            behind_clause(paragraph, verb, (start, stop))
            or _as_said(paragraph, verb, (start, stop), speech)
            or _before_clause(paragraph, verb, (start, stop), speech)
        )
        if found is not None:
            yield found


def _is_half_marked(paragraph: Paragraph, verb: int, start: int) -> bool:
    """Return whether words before a verb are a clause that ends in marks: `It is "x", he said`."""
    if start in paragraph.inside or paragraph.verbs_within(start, verb):
        return False
    words = range(start + 1, verb)
    first = next((word for word in words if word in paragraph.inside), verb)
    return first < verb and paragraph.gap(first)[:-1] == " "


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
    subject = speech.of_verb.get(verb) or continued(paragraph, verb, start, speech)
    if subject is None:
        subject = subjects.before(paragraph, verb, start)
    if subject is None or _is_number(subject) or paragraph.form(subject.first) in _NOBODY:
        return None
    speech.of_verb[verb] = subject
    return subject


def _is_number(subject: Subject) -> bool:
    """Return whether a number stands where a speaker should: "100,000 confirmed deaths"."""
    last = subject.paragraph.form(subject.stop - 1)
    return subject.form is Form.ROLE and (last.isdigit() or last in ("million", "billion"))


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
    if at > start and "," not in paragraph.gap(at):
        return None
    if at > start and paragraph.is_finite(at - 1):  # "it is, as X noted, free"
        return start, clause_end(paragraph, behind, stop)
    if at > start:
        return start, at
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
    subject = _speaker(paragraph, verb, (start, first), speech)
    if subject is None:
        return None
    lacks_subject = _stands_for_subject(paragraph, subject, first)
    reports = _follows_that if with_that else _needs_no_that
    if not lacks_subject and not reports(paragraph, verb, first, stop):
        return None
    rule = "speaker, verb, that" if with_that else "speaker, verb, clause"
    end = clause_end(paragraph, first, stop)
    if lacks_subject or _is_subordinate(paragraph, verb, subject, start):
        end = _aside_end(paragraph, first, end)
    return (first, end), Attribution(subject, rule, subject.safe)


def _speaker(
    paragraph: Paragraph, verb: int, within: tuple[int, int], speech: Speech
) -> Subject | None:
    """Return who says a clause that begins behind `verb`; in Russian they may stand between."""
    subject = _subject_before(paragraph, verb, within[0], speech)
    if subject is None and paragraph.verb(verb).language == "ru":
        return subjects.after(paragraph, verb, within[1])
    if subject is not None and subject.stop > within[1]:  # "says he": no part of his own words
        return None
    return subject


def _follows_that(paragraph: Paragraph, verb: int, first: int, stop: int) -> bool:
    """Return whether "that" begins a clause: not in "pointing out that amount as the price"."""
    if paragraph.verb(verb).language == "ru":
        return True
    words = range(first, stop)
    return any(word in paragraph.inside or paragraph.is_finite(word, _DOUBT) for word in words)


def _stands_for_subject(paragraph: Paragraph, subject: Subject, first: int) -> bool:
    """Return whether the clause has its subject before the speaker: "which X said were lost"."""
    lead = with_article(paragraph, subject.first)
    return paragraph.form(lead - 1) in w.RELATIVE and paragraph.is_finite(first)


def _needs_no_that(paragraph: Paragraph, verb: int, first: int, stop: int) -> bool:
    """Return whether the verb reports what begins with word `first` without a "that"."""
    entry = paragraph.verb(verb)
    if entry.language == "ru" or entry.takes is Takes.THAT or first in paragraph.inside:
        return False
    if _is_aside(paragraph, verb):
        commas = (word for word in range(first + 1, stop) if "," in paragraph.gap(word))
        stop = next(commas, stop)
    return has_clause(paragraph, first, stop, loose=entry.takes is Takes.CLAUSE)


def _is_aside(paragraph: Paragraph, verb: int) -> bool:
    """Return whether the verb follows a "who" that is no part of a name, the WHO."""
    return paragraph.form(verb - 1) in w.RELATIVE and paragraph.mention(verb - 1) is None


def _is_subordinate(paragraph: Paragraph, verb: int, subject: Subject, start: int) -> bool:
    """Return whether the sentence goes on behind the clause: "After X said CLAUSE, ..."."""
    if _is_aside(paragraph, verb):
        return True
    if paragraph.form(start) not in _WHEN or paragraph.form(start + 1) == "of":
        return False
    return not any("," in paragraph.gap(word) for word in range(start + 1, subject.stop))


def _aside_end(paragraph: Paragraph, first: int, end: int) -> int:
    """Return where the clause of "X, who said CLAUSE, did" ends: at a comma outside of marks."""
    verb = main_verb(paragraph, first, end, loose=True) or first
    commas = (word for word in range(max(verb, first + 2), end) if "," in paragraph.gap(word))
    return next((word for word in commas if word not in paragraph.inside), end)
