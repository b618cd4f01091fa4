"""A paragraph in, the clauses that are according to somebody, with who that is, out.

The rules, which an analyst can review:

- `According to X, CLAUSE` and `CLAUSE, according to X`; in Russian "по словам X", "по данным X".
- A clause goes on behind the source if its verb stands before it: "which is, according to police,".
- A Russian source is a known name, or ends with a mark or before a preposition; otherwise the
  speaker is the word itself ("по данным").
"""

from collections.abc import Iterator

from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.clauses import clause_end, clause_start
from pipelines.tagging.quotes.direct import Attribution
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import Form, Subject, beginning
from pipelines.tagging.quotes.words import word_set

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
    paragraph: Paragraph, at: int, source: int
) -> tuple[tuple[int, int], Attribution] | None:
    """Return the clause that is according to who is named from word `source` on."""
    start, stop = paragraph.sentence(at)
    subject = _source(paragraph, source, stop)
    if paragraph.form(at) == "по":
        subject = _russian_source(paragraph, at, source, subject)
    if subject is None:
        return None
    attribution = Attribution(subject, "according to", subject.safe)
    if at - start <= 1 or ";" in paragraph.gap(at):
        first = _after_comma(paragraph, subject.stop, stop)
        if first is None:
            return None
        return (first, clause_end(paragraph, first, stop)), attribution
    first = clause_start(paragraph, start, at)
    if _is_within(paragraph, at, source, max(subject.stop, source)):
        return (first, clause_end(paragraph, subject.stop, stop)), attribution
    return (first, at), attribution


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
