"""An event and an outlet in, one article out: headline, first sentence, details, background.

Of several wordings the one is taken that shares least with what was written before about the same
days, so that two outlets never read like copies of each other unless they are meant to.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tests.sample import material
from tests.sample.calendar_words import plain_day, when
from tests.sample.material import Event, Outlet, Sentences, Words
from tests.sample.slugs import slug_of
from tests.sample.spin import capital, draw, pick, shuffled, wording

_DRAWS = 14
_NEAR = timedelta(days=9)
_LIKENESS = 0.13  # share of four-word sequences; copies begin at about twice that
_LEAST_WORDS = 62
_SMALL = re.compile(r"an?|and|as|at|but|by|for|from|in|of|on|or|the|to|with|over|into")


@dataclass(frozen=True, slots=True)
class Story:
    """One article as an outlet published it, before it is put into any file."""

    key: str
    event: str
    kind: str  # news, follow, explainer, wire, copy, edited copy
    outlet: Outlet
    title: str
    paragraphs: tuple[str, ...]
    published: datetime  # UTC
    topics: tuple[str, ...]
    url: str
    wire: str = ""  # key of the agency story it was taken from

    @property
    def text(self) -> str:
        """Return the paragraphs, one to a line."""
        return "\n".join(self.paragraphs)

    @property
    def day(self) -> date:
        """Return the day of publication."""
        return self.published.date()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written: the event, who writes, when, and under which key."""

    key: str
    kind: str
    event: Event
    outlet: Outlet
    published: datetime


_Attempt = Callable[[str], tuple[str, list[str]]]  # draft -> pattern of the headline, of sentences


class Writer:
    """Writes stories one after the other and remembers what was written."""

    def __init__(self) -> None:
        self._written: list[tuple[date, int, int]] = []  # day, sequences, paragraphs
        self._where: dict[str, list[int]] = {}  # sequence or paragraph -> who has it
        self._urls: set[str] = set()

    def news(self, event: Event, outlet: Outlet, published: datetime, number: int) -> Story:
        """Return an article of the day itself."""
        words = event.words[outlet.language]
        key = f"{event.id}/{outlet.name}/{number}"

        def attempt(draft: str) -> tuple[str, list[str]]:
            most = min(len(words.details), 3 if outlet.language == "en" else 2 + draw(draft, 2))
            sentences = [pick(draft + "l", words.ledes), *_in_order(draft, words.details, most)]
            return pick(draft + "h", words.headlines), sentences

        return self._best(Task(key, "news", event, outlet, published), attempt)

    def follow(self, event: Event, outlet: Outlet, published: datetime, number: int) -> Story:
        """Return an article of one of the days after."""
        words, frame = event.words[outlet.language], material.follow_words()[outlet.language]
        key = f"{event.id}/{outlet.name}/{published:%m%d}/{number}"

        def attempt(draft: str) -> tuple[str, list[str]]:
            ledes = [pick(draft + "l", frame["lede"]), pick(draft + "k", words.ledes)]
            details = _in_order(draft, words.details, 1 + draw(draft, 2))
            return pick(draft + "h", frame["headline"]), [*ledes, *details]

        return self._best(Task(key, "follow", event, outlet, published), attempt)

    def explainer(self, text: Sentences, outlet: Outlet, published: datetime) -> Story:
        """Return an article that names no day."""
        language = outlet.language
        event = Event(
            id=f"explained-{text.topics[0]}",
            day=published.date(),
            hour=0,
            topics=text.topics,
            articles=1,
            after=(),
            names={language: ""},
            words={language: Words((), (), ())},
        )

        def attempt(draft: str) -> tuple[str, list[str]]:
            return pick(draft + "h", text.headlines[language]), list(text.by_language[language])

        key = f"{event.id}/{outlet.name}"
        return self._best(Task(key, "explainer", event, outlet, published), attempt)

    def wire(self, event: Event, outlet: Outlet, published: datetime) -> Story:
        """Return an agency story: long, with the place and the agency in front."""
        words = event.words["en"]

        def attempt(draft: str) -> tuple[str, list[str]]:
            return words.headlines[0], [words.ledes[0], *words.details[:4]]

        story = self._best(Task(f"{event.id}/wire", "wire", event, outlet, published), attempt)
        city = pick(event.id, ["UNITED NATIONS", "LONDON", "GENEVA", "BEIRUT"])
        front = f"{city}, {published:%b} {published.day} (Meridian Wire) - "
        return replace(story, paragraphs=(front + story.paragraphs[0], *story.paragraphs[1:]))

    def copy(self, story: Story, outlet: Outlet, published: datetime, *, edited: bool) -> Story:
        """Return the agency story as another outlet prints it, word for word or lightly edited."""
        paragraphs = list(story.paragraphs)
        if edited:
            body = paragraphs[0].partition(" (Meridian Wire) - ")[2]
            paragraphs[0] = f"{outlet.city} (Agencies) - {body}"
            paragraphs[-1] = "This report was shortened and edited by our desk."
        title = story.title if draw(story.key + outlet.name, 2) else _own_title(story, outlet)
        copied = replace(
            story,
            key=f"{story.key}/{outlet.name}",
            kind="edited copy" if edited else "copy",
            outlet=outlet,
            title=title,
            paragraphs=tuple(paragraphs),
            published=published,
            wire=story.key,
        )
        return replace(copied, url=self._url(copied))

    def _best(self, task: Task, attempt: _Attempt) -> Story:
        """Return the draft that is least like what was written before."""
        best: tuple[float, Story] | None = None
        for number in range(_DRAWS):
            draft = f"{task.key}/{number}"
            story = _story(draft, task, *attempt(draft))
            likeness = self._likeness(story)
            if best is None or likeness < best[0]:
                best = (likeness, story)
            if likeness < _LIKENESS:
                break
        assert best is not None
        self._remember(best[1])
        return replace(best[1], url=self._url(best[1]))

    def _remember(self, story: Story) -> None:
        grams = frozenset(_grams(story.text))
        paragraphs = frozenset(story.paragraphs)
        for piece in grams | paragraphs:
            self._where.setdefault(piece, []).append(len(self._written))
        self._written.append((story.day, len(grams), len(paragraphs)))

    def _likeness(self, story: Story) -> float:
        """Return the share of sequences, or half that of paragraphs, with the nearest story."""
        grams, paragraphs = frozenset(_grams(story.text)), frozenset(story.paragraphs)
        shared = Counter(who for gram in grams for who in self._where.get(gram, ()))
        same = Counter(who for text in paragraphs for who in self._where.get(text, ()))
        most = 0.0
        for who in shared.keys() | same.keys():
            day, n_grams, n_paragraphs = self._written[who]
            if abs(day - story.day) <= _NEAR:
                most = max(
                    most,
                    shared[who] / (len(grams) + n_grams - shared[who]),
                    same[who] / min(len(paragraphs), n_paragraphs) / 2,
                )
        return most

    def _url(self, story: Story) -> str:
        """Return an address nobody has yet, in the outlet's manner."""
        outlet, number = story.outlet, 100_000 + draw(story.key, 800_000)
        slug = slug_of(story.title)
        while True:
            day = story.published
            manner = "/explained/{slug}" if story.kind == "explainer" else outlet.path
            path = manner.format(
                y=day.year, m=f"{day.month:02}", d=f"{day.day:02}", slug=slug, n=number
            )
            url = f"https://www.{outlet.domain}{path}"
            if url not in self._urls:
                self._urls.add(url)
                return url
            number += 1
            slug = f"{slug.rstrip('0123456789-')}-{number % 1000}"


def _in_order(draft: str, details: Sequence[str], most: int) -> list[str]:
    """Return some of the details, in the order in which they were written."""
    chosen = sorted(shuffled(draft + "d", range(len(details)))[:most])
    return [details[number] for number in chosen]


def _story(draft: str, task: Task, title: str, sentences: Sequence[str]) -> Story:
    """Return the story of chosen patterns: background and voices added, slots filled, cut up."""
    outlet, today = task.outlet, task.published.date()
    slots = _slots(draft, task.event, outlet, today)
    told = [capital(wording(s, f"{draft}/{n}", slots)) for n, s in enumerate(sentences)]
    for number, pattern in enumerate(_around(draft, task.event, outlet.language, today)):
        if number >= 2 and sum(map(_n_words, told)) >= _LEAST_WORDS:
            break
        told.append(capital(wording(pattern, f"{draft}/b{number}", slots)))
    headline = capital(wording(title, draft + "h", slots))
    return Story(
        key=task.key,
        event=task.event.id,
        kind=task.kind,
        outlet=outlet,
        title=_in_title_case(headline) if outlet.title_case else headline,
        paragraphs=tuple(_paragraphs(draft, told)),
        published=task.published,
        topics=task.event.topics,
        url="",
    )


def _slots(draft: str, event: Event, outlet: Outlet, today: date) -> dict[str, str]:
    language, styles = outlet.language, outlet.date
    near = abs((today - event.day).days) <= 5
    usable = [s for s in styles if near or "{month}" in s] or list(styles)
    told = when(event.day, language, pick(draft + "w", usable))
    now = when(today, language, pick(draft + "t", styles))
    preposition, away = outlet.prepositions
    day = plain_day(event.day, language, styles)
    return {
        "when": told,
        "When": capital(told),
        "day": day,
        "du_jour": f"du {day}",
        "today": now,
        "today_cap": capital(now).rstrip(","),
        "np": event.names.get(language, ""),
        "na": preposition,
        "na2": capital(preposition),
        "s": away,
        "S": capital(away),
    }


def _around(draft: str, event: Event, language: str, today: date) -> Iterator[str]:
    """Yield background and voices in turn: those of the event's topics, then general ones."""
    for topics in (set(event.topics), {"general"}):
        facts = _fitting(material.background(), topics, language, today)
        voices = _fitting(material.reactions(), topics, language, today)
        facts, voices = shuffled(draft + "f", facts), shuffled(draft + "v", voices)
        for number in range(max(len(facts), len(voices))):
            turn = [facts, voices] if draw(draft, 2) else [voices, facts]
            yield from (bank[number] for bank in turn if number < len(bank))


def _fitting(banks: Sequence[Sentences], topics: set[str], language: str, today: date) -> list[str]:
    return [
        sentence
        for bank in banks
        if topics & set(bank.topics) and bank.since <= today <= bank.until
        for sentence in bank.by_language.get(language, ())
    ]


def _paragraphs(draft: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the first sentence alone, then one or two sentences at a time."""
    yield sentences[0]
    rest = list(sentences[1:])
    number = 0
    while rest:
        size = 1 + draw(f"{draft}/p{number}", 2)
        yield " ".join(rest[:size])
        rest, number = rest[size:], number + 1


def _own_title(story: Story, outlet: Outlet) -> str:
    event = next(one for one in material.events() if one.id == story.event)
    slots = _slots(story.key + outlet.name, event, outlet, story.day)
    draft = f"{story.key}/{outlet.name}"
    return capital(wording(pick(draft, event.words["en"].headlines), draft, slots))


def _in_title_case(headline: str) -> str:
    words = headline.split(" ")
    return " ".join(
        word if number and _SMALL.fullmatch(word) else capital(word)
        for number, word in enumerate(words)
    )


def _grams(text: str) -> Iterator[str]:
    words = _words(text.lower())
    return (" ".join(words[n : n + 4]) for n in range(len(words) - 3))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _n_words(text: str) -> int:
    return len(_words(text))


def at(day: date, hour: int, minute: int) -> datetime:
    """Return an instant in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
