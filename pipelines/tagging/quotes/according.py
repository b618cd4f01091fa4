"""A paragraph in, the clauses that are according to somebody, with who that is, out.

The rules, which an analyst can review:

- `According to X, CLAUSE` and `CLAUSE, according to X`; in Russian "по словам X", "по данным X".
- A clause goes on behind the source if its verb stands before it: "which is, according to police,".
- A Russian source is a known name, or ends with a mark or before a preposition; otherwise the
  speaker is the word itself ("по данным").
"""

from collections.abc import Iterator

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.clause_ends import clause_end, clause_start
from pipelines.tagging.quotes.clauses import has_clause, main_verb
from pipelines.tagging.quotes.direct import Attribution
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import Form, Subject, is_person, source
from pipelines.tagging.quotes.words import word_set

_LONGEST_ASIDE = 14  # words
_ACCORDING = ("according", "по")
_RUSSIAN_SOURCES = word_set(
    "словам данным информации мнению сообщению сообщениям утверждению сведениям"
)


def by_sources(paragraph: Paragraph) -> Iterator[tuple[tuple[int, int], Attribution]]:
    """Yield the words of each clause, first and behind the last, and according to whom it is."""
    for number, word in enumerate(paragraph.line.words):
        if word.form not in _ACCORDING or number in paragraph.inside:
            continue
        behind = paragraph.form(number + 1)
        described = paragraph.form(number + 2) in _RUSSIAN_SOURCES and word.form == "по"
        if behind == "to" or behind in _RUSSIAN_SOURCES or described:
            found = _according(paragraph, number, number + 2 + described)
            if found is not None:
                yield found


def _according(
    paragraph: Paragraph, at: int, whom: int
) -> tuple[tuple[int, int], Attribution] | None:
    """Return the clause that is according to who is named from word `whom` on."""
    start, stop = paragraph.sentence(at)
    subject = source(paragraph, whom, stop)
    if paragraph.form(at) == "по":
        subject = _russian_source(paragraph, at, whom, subject)
    if subject is None:
        return None
    attribution = Attribution(subject, "according to", subject.safe)
    first = clause_start(paragraph, start, at)
    ahead = at - start <= 1 or ";" in paragraph.gap(at)
    if ahead or _is_setting(paragraph, first, at):
        comma = _after_comma(paragraph, subject, stop)
        if comma is not None:
            return (comma, clause_end(paragraph, comma, stop)), attribution
        if ahead:
            return None
        if has_clause(paragraph, subject.stop, stop, loose=False):
            end = clause_end(paragraph, subject.stop, stop)
            return (subject.stop, end), attribution
    if _is_within(paragraph, at, whom, max(subject.stop, whom)):
        return (first, clause_end(paragraph, subject.stop, stop)), attribution
    return (first, at), attribution


def _is_setting(paragraph: Paragraph, first: int, at: int) -> bool:
    """Return whether the words before "according to" are no clause: "As a result, according to"."""
    english = paragraph.form(at) == "according" and "," in paragraph.gap(at)
    return english and not has_clause(paragraph, first, at, loose=True)


def _russian_source(paragraph: Paragraph, at: int, source: int, found: Subject | None) -> Subject:
    """Return whose words "по" at word `at` means: a pronoun's, those of `found`, or the words'."""
    if paragraph.form(at + 1) in w.PRONOUNS:  # "по его словам"
        return Subject(paragraph, at + 1, at + 2, Form.PRONOUN)
    if found is not None and _closed(paragraph, found, source):
        return found
    return Subject(paragraph, at + 1, source, Form.ROLE)


def _is_within(paragraph: Paragraph, at: int, source: int, behind: int) -> bool:
    """Return whether the clause goes on behind the source, which ends before word `behind`.

    It does behind "which is, according to police," and, in Russian, behind any closing comma.
    """
    if "," not in paragraph.gap(at):
        return False
    if paragraph.form(at - 1) in w.FINITE:
        return True
    resumed = paragraph.is_finite(behind) or paragraph.form(at - 1) in w.PREPOSITIONS
    if "," in paragraph.gap(behind) and resumed:  # "then, according to police, fled"
        return True
    goes_on = source < paragraph.sentence(at)[1] and "," in paragraph.gap(behind)
    return goes_on and paragraph.form(at) == "по"


def _closed(paragraph: Paragraph, subject: Subject, source: int) -> bool:
    """Return whether a Russian source ends in a comma: "по словам Пескова,"."""
    if set(",.") & set(paragraph.gap(source)):
        return False
    if subject.mention is not None or paragraph.gap(subject.stop)[:1] in tuple(",.;"):
        return True
    acts = paragraph.form(subject.first).endswith(("ли", "ла", "ло", "ет", "ют", "ут"))
    return not acts and paragraph.form(subject.stop) in w.PREPOSITIONS


def _after_comma(paragraph: Paragraph, subject: Subject, stop: int) -> int | None:
    """Return the word behind the comma that ends the source: ", which cited police," is part."""
    commas = [word for word in range(subject.stop, stop) if "," in paragraph.gap(word)]
    if not commas:
        return None
    if len(commas) == 1 or commas[1] - commas[0] >= _LONGEST_ASIDE:
        return commas[0]
    aside = paragraph.form(commas[0]) in w.RELATIVE | {"a", "an", "citing"}
    return commas[1] if aside or _explains(paragraph, subject, *commas[:2]) else commas[0]


def _explains(paragraph: Paragraph, subject: Subject, first: int, stop: int) -> bool:
    """Return whether words between commas say what a person is: "by Cook, director of ..."."""
    named = subject.mention is not None and is_person(subject.mention)
    begin = paragraph.line.text[paragraph.line.words[first].start]
    small = begin.islower() and begin.isascii()  # of Russian verbs nothing is known
    return named and small and main_verb(paragraph, first, stop, loose=True) is None
