"""The names of an article in; out: who a name, a role or a pronoun beside a quote is.

The rules, which an analyst can review:

- A name is who the taggers before say it is; one that they do not know is not sure,
  except in Russian, where only the table knows names. "Mr" before it must not be a woman's.
- `he` and `she` are a person named before outside of quotation marks whose given name, title or
  surname does not speak against it. It is sure only where nobody else like that was named before,
  and one of these speaks for it or the name stands in this sentence or the one before; else who is
  named in this sentence or the one before is taken, first of all a subject.
- `the minister` is the person that a name before has that title with ("Foreign Minister Lavrov",
  "Lavrov, the foreign minister"); sure where it is one person only, else the last one. A role of
  nobody named is sure where its words tell of people, a body or a paper.
- `they`, `we` and `I` stay as they are written.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.article import Mention
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.capitals import may_be_person
from pipelines.tagging.quotes.genders import PERSON, gender_of, kind_of, name_of
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import Form, Subject
from pipelines.tagging.quotes.words import word_set

_LONG_ROLE = 8  # words; more hold a clause
_SELF = word_set("сам сама само сами")
_UNKNOWN = "unknown:"
_WORD = re.compile(r"[^\W\d_]+")
_LAST_PEOPLE = 100  # places of names before a role that are searched for it
_TITLE = 70  # characters before and behind a name in which its title stands
_NOT_THE_SAME = [["vice"], ["deputy"], ["former"], ["assistant"], ["ex"], ["бывший"]]
_IN_TITLES = word_set("of for the and")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a tag or none, the name to show, and whether it is sure."""

    tag: str
    name: str
    sure: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Person:
    """One place at which a person is named."""

    mention: Mention
    gender: str
    behind: bool  # a preposition: no subject


@dataclass(frozen=True, slots=True)
class _Fitting:
    """The people whom a pronoun fits: their places, and how many there are up to each."""

    people: list[_Person]
    starts: list[int]
    ends: list[int]
    distinct: list[int]


class Cast:
    """Everybody an article names."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        """Take the text and its paragraphs with their names."""
        self._text = text
        self._paragraphs = paragraphs
        self._mentions = [mention for one in paragraphs for mention in one.named]
        self._people: list[_Person] | None = None
        self._full: dict[str, str] = {}
        self._by_gender: dict[str, _Fitting] = {}

    def resolve(self, subject: Subject) -> Speaker:
        """Return who `subject` is."""
        if subject.mention is not None:
            return self._by_name(subject, subject.mention)
        if subject.form is Form.PRONOUN:
            return self._by_pronoun(subject)
        return self._by_role(subject)

    def _by_name(self, subject: Subject, mention: Mention) -> Speaker:
        tag = mention.tag
        if not tag:
            sure = subject.safe and _cyrillic(subject)  # the names model reads English only
            return Speaker("", mention.surface, sure, "name not known")
        # A place before a Russian verb is often its object: "который посетил Белград, заявил".
        sure = subject.safe and not (_cyrillic(subject) and kind_of(tag) == "place")
        return Speaker(tag, self.full_name(tag), sure and self._fits_title(mention), "name")

    def _fits_title(self, mention: Mention) -> bool:
        """Return whether a title does not speak against a link: "Mr Petrov" to "Ms Petrova"."""
        title = gender_of("", self._word_before(mention))
        return not title or title == (self._genders.get(mention.tag) or title)

    def _by_pronoun(self, subject: Subject) -> Speaker:
        form = subject.paragraph.form(subject.first)
        gender = "m" if form in w.HE else "f" if form in w.SHE else ""
        found, sure = self._pronoun(subject, gender) if gender else ("", False)
        if found.startswith(_UNKNOWN):
            return Speaker("", found.removeprefix(_UNKNOWN), False, "pronoun")
        if found:
            return Speaker(found, self.full_name(found), sure and subject.safe, "pronoun")
        words = self._text[subject.start : subject.end]
        return Speaker("", words, False, "pronoun of nobody named")

    def _by_role(self, subject: Subject) -> Speaker:
        found, sure = self._role(subject)
        if found and not found.startswith(_UNKNOWN):
            return Speaker(found, self.full_name(found), sure and subject.safe, "role")
        words = self._text[subject.start : subject.end]
        return Speaker("", words, subject.safe and _is_plain(subject), "role of nobody named")

    def full_name(self, tag: str) -> str:
        """Return the fullest form in which the article names the bearer of a tag."""
        if not self._full:
            self._full = self._fullest()
        return self._full.get(tag, name_of(tag))

    def _fullest(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for mention in self._mentions:
            if ":" in mention.tag:
                found[mention.tag] = name_of(mention.tag)
                continue
            known = set(_WORD.findall(name_of(mention.tag)))
            said = mention.surface
            if mention.why.startswith("role"):
                kept = [word for word in said.split() if word in known]
                said = " ".join(kept) or name_of(mention.tag)
            found[mention.tag] = max(found.get(mention.tag, ""), said, key=len)
        return found

    @property
    def people(self) -> list[_Person]:
        """Return the places at which people are named outside of quotation marks, in order."""
        if self._people is None:
            self._people = list(self._read_people())
        return self._people

    def _read_people(self) -> Iterator[_Person]:
        for mention, last in self._places:
            yield _Person(mention, self._genders[mention.tag], last in w.PREPOSITIONS)

    @cached_property
    def _places(self) -> list[tuple[Mention, str]]:
        """Return where people are named outside of quotation marks, each with the word before."""
        return [
            (mention, self._word_before(mention))
            for paragraph in self._paragraphs
            for mention in self._all_named(paragraph)
            if not _marked(paragraph, mention) and not self._is_credit(mention)
        ]

    def _is_credit(self, mention: Mention) -> bool:
        """Return whether a name is of who took a picture: "AP Photo/Ann Lee"."""
        return self._text[mention.start - 1 : mention.start] == "/"

    @cached_property
    def _genders(self) -> Mapping[str, str]:
        """Return the gender of who bears a tag, by the first name or title that shows it."""
        genders: dict[str, str] = defaultdict(str)
        for mention, last in self._places:
            genders[mention.tag] = genders[mention.tag] or gender_of(name_of(mention.tag), last)
        return genders

    def _word_before(self, mention: Mention) -> str:
        before = _WORD.findall(self._text[max(mention.start - 24, 0) : mention.start])
        return before[-1].casefold() if before else ""

    def _all_named(self, paragraph: Paragraph) -> list[Mention]:
        """Return the people of a paragraph in order, those that no tagger knows with a made tag."""
        found = [one for one in paragraph.named if kind_of(one.tag) == PERSON]
        for _, _, mention in paragraph.unknown():
            if may_be_person(mention.surface):
                known = self._surnames.get(mention.surface.split()[-1], _UNKNOWN + mention.surface)
                found.append(replace(mention, tag=known))
        return sorted(found, key=lambda one: one.start)

    @cached_property
    def _surnames(self) -> dict[str, str]:
        people = (one for one in self._mentions if kind_of(one.tag) == PERSON)
        return {name_of(one.tag).split()[-1]: one.tag for one in people}

    def _pronoun(self, subject: Subject, gender: str) -> tuple[str, bool]:
        """Return who is meant and whether that is sure, which is where only one fits."""
        fitting = self._fitting(gender)
        stop = bisect_right(fitting.ends, subject.start)
        if stop == 0:
            return "", False
        if fitting.distinct[stop - 1] == 1:
            return fitting.people[0].mention.tag, self._is_plainly(fitting, stop, subject)
        same = _begins_before(subject)
        if same is not None:
            return self._pronoun(same, gender)[0], False
        first = bisect_left(fitting.starts, self._sentence_before(subject), hi=stop)
        near = fitting.people[first:stop]
        if not near:
            return fitting.people[stop - 1].mention.tag, False
        paragraph = subject.paragraph
        begins = paragraph.start(paragraph.sentence(subject.first)[0])
        here = [person for person in near if person.mention.start >= begins]
        subjects = [person for person in here if not person.behind]
        subjects = subjects or [person for person in near if not person.behind]
        chosen = (subjects or here or near)[0]
        return chosen.mention.tag, False

    def _is_plainly(self, fitting: _Fitting, stop: int, subject: Subject) -> bool:
        """Return whether the one whom a pronoun fits is surely of its gender, or named close by."""
        if any(person.gender for person in fitting.people[:stop]):
            return True
        return fitting.starts[stop - 1] >= self._sentence_before(subject)

    def _fitting(self, gender: str) -> _Fitting:
        if gender not in self._by_gender:
            people = [person for person in self.people if person.gender in (gender, "")]
            tags: set[str] = set()
            distinct = []
            for person in people:
                tags.add(person.mention.tag)
                distinct.append(len(tags))
            starts = [person.mention.start for person in people]
            ends = [person.mention.end for person in people]
            self._by_gender[gender] = _Fitting(people, starts, ends, distinct)
        return self._by_gender[gender]

    def _sentence_before(self, subject: Subject) -> int:
        """Return the offset at which the sentence before the subject's begins."""
        paragraph = subject.paragraph
        first = paragraph.sentence(subject.first)[0]
        if first == 0:
            if paragraph.number == 0:
                return 0
            paragraph = self._paragraphs[paragraph.number - 1]
            return paragraph.start(paragraph.sentence(len(paragraph.line.words) - 1)[0])
        return paragraph.start(paragraph.sentence(first - 1)[0])

    @cached_property
    def _ends(self) -> list[int]:
        return [person.mention.end for person in self.people]

    def _role(self, subject: Subject) -> tuple[str, bool]:
        paragraph = subject.paragraph
        if paragraph.form(subject.first) not in ("the", "this") and not _cyrillic(subject):
            return "", False
        head = " ".join(
            paragraph.form(word)
            for word in range(subject.first, subject.stop)
            if paragraph.form(word) not in w.ARTICLES
        )
        if not head:
            return "", False
        stop = bisect_right(self._ends, subject.start)
        before = self.people[max(stop - _LAST_PEOPLE, 0) : stop]
        held = [one.mention.tag for one in before if self._holds(one.mention, head)]
        return (held[-1], len(set(held)) == 1) if held else ("", False)

    def _holds(self, mention: Mention, head: str) -> bool:
        """Return whether a title that stands with a name ends in the words of `head`."""
        text, wanted = self._text, head.split()
        before = text[max(mention.start - _TITLE, 0) : mention.start].rpartition("\n")[2]
        if mention.why.startswith("role"):
            before += mention.surface.rpartition(" ")[0]
        words = _WORD.findall(re.split(r"[.;:,]\s", before)[-1])
        for stop in range(len(words), max(len(words) - 6, 0), -1):
            titles = [word.casefold() for word in words[:stop]]
            if titles[-len(wanted) :] == wanted:
                return titles[-len(wanted) - 1 : -len(wanted)] not in _NOT_THE_SAME
            if words[stop - 1].islower() and words[stop - 1] not in _IN_TITLES:
                break
        behind = text[mention.end : mention.end + _TITLE].partition("\n")[0]
        aside = re.match(r", (?:the |an? |его |ее )?([^,.;:]+)", behind)
        if aside is None:
            return False
        said = [word.casefold() for word in _WORD.findall(aside.group(1))]
        return said[: len(wanted)] == wanted or wanted == said[1 : 1 + len(wanted)]


def _is_plain(subject: Subject) -> bool:
    """Return whether a role is as roles are: "the mayor", "two officials", "a report"; no verb.

    It tells of people, a body or a paper, by name or not. Other words, and those that stand without
    an article, are often the end of something else ("a month", "the number of reported cases").
    """
    paragraph = subject.paragraph
    words = range(subject.first, subject.stop)
    if _cyrillic(subject):
        return _is_plain_russian(paragraph, words)
    if any(paragraph.is_finite(word) for word in words):
        return False
    last = paragraph.form(subject.stop - 1)
    begun = paragraph.form(subject.first) in w.ARTICLES
    if not begun and last not in w.PEOPLE | w.WRITINGS and not last.endswith("s"):
        return False
    tells = any(w.may_speak(paragraph.form(word)) for word in words)
    return tells or subject.stop - 1 in paragraph.known


def _is_plain_russian(paragraph: Paragraph, words: Sequence[int]) -> bool:
    """Return whether a Russian role tells of people or a body, or is a name: "сам Песков"."""
    forms = [paragraph.form(word) for word in words]
    if len(forms) <= _LONG_ROLE and any(form.startswith(w.RUSSIAN_SPEAKERS) for form in forms):
        return True
    named = [word for word, form in zip(words, forms, strict=True) if form not in _SELF]
    return bool(named) and all(
        paragraph.has_capital(word) and paragraph.form(word) not in w.ADVERBS for word in named
    )


def _begins_before(subject: Subject) -> Subject | None:
    """Return the same pronoun where the sentence before begins with it: "He left. He said"."""
    paragraph = subject.paragraph
    first = paragraph.sentence(subject.first)[0]
    if first == 0 or subject.first != first:
        return None
    before = paragraph.sentence(first - 1)[0]
    same = paragraph.form(before) == paragraph.form(subject.first)
    return replace(subject, first=before, stop=before + 1) if same else None


def _cyrillic(subject: Subject) -> bool:
    return "\u0400" <= subject.paragraph.form(subject.first)[:1] <= "\u04ff"


def _marked(paragraph: Paragraph, mention: Mention) -> bool:
    place = bisect_right(
        paragraph.marked, (mention.start - paragraph.line.offset, len(paragraph.line.text))
    )
    return place > 0 and mention.start - paragraph.line.offset < paragraph.marked[place - 1][1]
