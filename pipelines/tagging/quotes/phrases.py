"""Words of a line in, the name, role or pronoun that they are out.

- Of a role with a name the name is meant, of several the person named last; a person between commas
  behind it too: "the government's lawyer, Richard Keen".
- A body's writing is the body's: "WHO report", "Stardom's statement".
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from pipelines.article import Mention
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.capitals import may_be_person
from pipelines.tagging.quotes.genders import PERSON, kind_of
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.words import word_set

_MOST_BETWEEN = 8  # words between a paper and who wrote it
MOST_WORDS = 9  # of a role, as far back as it is followed
STOPS = w.PREPOSITIONS | w.JOINING | w.SUBORDINATE | w.PRONOUNS | w.RELATIVE | w.AUXILIARIES
_ENDS = STOPS | w.DAYS | w.ADVERBS  # words that a phrase does not go on over
_LONGEST_MARKED = 3  # words of a name between marks
_PLAIN = (" ", "-", "\u2011", "'s ", "\u2019s ", "' ", "\u2019 ", ". ", ".")
_IN_TITLES = word_set("of for the and minister president spokesman spokeswoman envoy")


class Form(StrEnum):
    """How a speaker is named beside the quote."""

    NAME = "name"
    PRONOUN = "pronoun"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Subject:
    """Words `first` up to `stop` of a paragraph name a speaker; `safe`: nothing else could be."""

    paragraph: Paragraph
    first: int
    stop: int
    form: Form
    mention: Mention | None = None
    safe: bool = True

    @property
    def start(self) -> int:
        """Return the offset in the article of the first character."""
        return self.paragraph.start(self.first)

    @property
    def end(self) -> int:
        """Return the offset in the article behind the last character."""
        return self.paragraph.end(self.stop - 1)


def inside_name(paragraph: Paragraph, word: int) -> bool:
    """Return whether the word belongs to a name."""
    return paragraph.mention(word) is not None


def gap_is_plain(paragraph: Paragraph, word: int) -> bool:
    """Return whether nothing but a space, a hyphen or a possessive stands before `word`."""
    return paragraph.gap(word) in _PLAIN


def says(paragraph: Paragraph, word: int) -> bool:
    """Return whether the word is a verb of saying."""
    return word in paragraph.verb_words and paragraph.form(word) not in ("report", "reports")


def role(paragraph: Paragraph, first: int, stop: int) -> Subject:
    """Return words that are no name as a speaker; a body's writing is the body: "WHO report"."""
    name = paragraph.mention(first)
    last = paragraph.form(stop - 1)
    if last in w.WRITINGS:
        stop = next((at for at in range(first + 1, stop) if is_owner(paragraph, at)), stop)
    if name is None and first + 1 < stop and paragraph.form(first) in w.ARTICLES:
        name = paragraph.mention(first + 1)
    if name is not None and name[2].tag and name[1] <= stop and last in w.WRITINGS:
        return named(paragraph, name, safe=True)
    return Subject(paragraph, first, stop, Form.ROLE)


def is_owner(paragraph: Paragraph, word: int) -> bool:
    """Return whether the word before `word` owns what follows: "the judge's statement"."""
    return paragraph.gap(word) in ("'s ", "\u2019s ", "' ", "\u2019 ")


def named(paragraph: Paragraph, name: tuple[int, int, Mention], *, safe: bool) -> Subject:
    """Return a name, as `Paragraph.mention` has it, as a speaker."""
    return Subject(paragraph, name[0], name[1], Form.NAME, name[2], safe)


def is_person(mention: Mention) -> bool:
    """Return whether a person is named, or somebody unknown who may be one."""
    if mention.tag:
        return kind_of(mention.tag) == PERSON
    return may_be_person(mention.surface)


def titled(
    paragraph: Paragraph, name: tuple[int, int, Mention], stop: int
) -> tuple[int, int, Mention]:
    """Return the person whose title begins with a name: "US Secretary of State Mike Pompeo"."""
    word = name[1]
    while not is_person(name[2]) and word < min(stop, name[1] + 7):
        if not gap_is_plain(paragraph, word) or is_owner(paragraph, word):
            break
        other = paragraph.mention(word)
        if other is not None and is_person(other[2]):
            return other
        small = paragraph.line.text[paragraph.line.words[word].start].islower()
        if small and paragraph.form(word) not in _IN_TITLES:
            break
        word += 1
    return name


def beginning(paragraph: Paragraph, first: int, stop: int) -> Subject | None:
    """Return the name, pronoun or role that begins with word `first`."""
    owns = _owns_next(paragraph, first)
    if first < stop and paragraph.form(first) in w.PRONOUNS and not owns:
        return Subject(paragraph, first, first + 1, Form.PRONOUN)
    end = phrase_end(paragraph, first + owns, stop)
    return within(paragraph, first, end, safe=True) if end > first else None


def _owns_next(paragraph: Paragraph, word: int) -> bool:
    """Return whether "her" belongs to the noun behind it: "told by her surgeon"."""
    behind = word + 1
    if paragraph.form(word) != "her" or not gap_is_plain(paragraph, behind):
        return False
    return bool(paragraph.form(behind)) and paragraph.form(behind) not in _ENDS


def phrase_end(paragraph: Paragraph, first: int, stop: int) -> int:
    """Return where the phrase that begins with word `first` ends, `first` if none begins."""
    word = first
    while word < stop and word - first < 2 * MOST_WORDS:
        end = marked_name(paragraph, word)
        if end == word and (word == first or gap_is_plain(paragraph, word)):
            end = _past_word(paragraph, word, begins=word == first)
        if end == word:
            break
        word = end
    return min(word, stop)


def _past_word(paragraph: Paragraph, word: int, *, begins: bool) -> int:
    """Return the word behind the name or word of a role at `word`, `word` if neither is there."""
    name = paragraph.mention(word)
    if name is not None:
        return max(name[1], word + 1)
    form = paragraph.form(word)
    if form in _ENDS or word in paragraph.verb_words or (form in w.ARTICLES and not begins):
        return word
    return word + 1


def marked_name(paragraph: Paragraph, word: int) -> int:
    """Return where a name between marks ends that begins at `word`, else `word`: РИА «Новости»."""
    if word not in paragraph.inside or paragraph.gap(word)[:1] != " ":
        return word
    stop = paragraph.mark_end(word)
    return stop if word < stop <= word + _LONGEST_MARKED else word


def of_a_body(paragraph: Paragraph, first: int, name: tuple[int, int, Mention]) -> bool:
    """Return whether a Russian role has the body it is of behind it: "глава Минобороны"."""
    form = paragraph.form(first)
    cyrillic = "\u0400" <= form[:1] <= "\u04ff" and "\u0400" <= name[2].surface[:1] <= "\u04ff"
    return cyrillic and not is_person(name[2]) and form not in w.BODIES


def within(paragraph: Paragraph, first: int, stop: int, *, safe: bool) -> Subject:
    """Return who is meant by a phrase: the person named last in it, else its name, else all."""
    last = _meant(paragraph, first, stop)
    if last is not None and last[0] > first and of_a_body(paragraph, first, last):
        return Subject(paragraph, first, stop, Form.ROLE, safe=safe)
    name = _apposed(paragraph, stop)
    if name is None and last is not None and _speaks(paragraph, last, stop):
        name = last
    if name is not None:
        return named(paragraph, name, safe=safe)
    return replace(role(paragraph, first, stop), safe=safe)


def _meant(paragraph: Paragraph, first: int, stop: int) -> tuple[int, int, Mention] | None:
    """Return the person named last in a phrase, else the first name in it."""
    last = None
    word = first
    while word < stop:
        name = paragraph.mention(word)
        if name is not None and (last is None or is_person(name[2])):
            last = name
        word = max(name[1], word + 1) if name else word + 1
    return last


def _speaks(paragraph: Paragraph, name: tuple[int, int, Mention], stop: int) -> bool:
    """Return whether a name ends the phrase, or is a person's who owns nothing in it."""
    return name[1] == stop or (is_person(name[2]) and not _owns(paragraph, name))


def _owns(paragraph: Paragraph, name: tuple[int, int, Mention]) -> bool:
    return paragraph.gap(name[1]).startswith(("'s", "\u2019s", "' ", "\u2019 "))


def _apposed(paragraph: Paragraph, stop: int) -> tuple[int, int, Mention] | None:
    """Return the person named between a comma at `stop` and the next mark: ", Richard Keen."."""
    if paragraph.gap(stop) != ", ":
        return None
    name = paragraph.mention(stop)
    if name is None or name[0] != stop or not is_person(name[2]):
        return None
    return (
        name if paragraph.gap(name[1])[:1] in ".,;:\u2014" or not paragraph.form(name[1]) else None
    )


def source(paragraph: Paragraph, first: int, stop: int) -> Subject | None:
    """Return who follows "according to": a body behind "a report by" is the one meant."""
    subject = beginning(paragraph, first, stop)
    if subject is None:
        return None
    wrote = _writer(paragraph, subject, stop)
    if wrote is not None:
        return wrote
    if subject.first >= (end := phrase_end(paragraph, first, stop)) and _is_paper(paragraph, end):
        return role(paragraph, first, end)  # "according to statements, Petrova, now in ..."
    return subject


def _is_paper(paragraph: Paragraph, end: int) -> bool:
    """Return whether a phrase ends with what is read, or with more than one person."""
    last = paragraph.form(end - 1)
    return last in w.WRITINGS or last.endswith("s")


def _writer(paragraph: Paragraph, subject: Subject, stop: int) -> Subject | None:
    """Return who wrote what a subject names: "a report by X", "a Twitter post by X"."""
    name = subject.mention
    if name and (is_person(name) or paragraph.form(subject.stop) not in w.WRITINGS):
        return None
    for at in range(subject.stop, min(stop, subject.stop + _MOST_BETWEEN)):
        if "," in paragraph.gap(at):
            return None
        if paragraph.form(at) not in ("by", "from", "of"):
            continue
        inner = beginning(paragraph, at + 1, stop)
        if inner is not None and (inner.mention is not None or paragraph.form(at) == "of"):
            return inner
    return None
