"""Who writes about what, and when: events in, all stories out, oldest first.

The number of articles follows the events, so that charts peak where the news did. Quiet days of the
dense weeks are filled with what papers print on quiet days: pieces on the events just past.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tests.sample import material
from tests.sample.compose import Story, Writer, at
from tests.sample.material import FIRST_DENSE, LAST_DENSE, Event, Outlet
from tests.sample.spin import draw, shuffled

OUTAGE_OUTLET = "Bosphorus Herald"
OUTAGE = tuple(date(2024, 12, day) for day in range(3, 8))
_SHARES = {"en": 0.58, "ru": 0.25, "fr": 0.17}
_QUIET = 22  # articles a dense day has at least
_COPYING = (
    "Dnipro Chronicle",
    "Elbe Review",
    "Barada Post",
    "Corniche Daily",
    "Deccan Observer",
    "Guanabara Report",
    "Rift Valley Standard",
    "Thameside Courier",
)


def all_stories() -> list[Story]:
    """Return every story of the sample, oldest first."""
    writer = Writer()
    stories = list(_wire_stories(writer))
    for event in material.events():
        stories += _of_the_day(writer, event)
        stories += _days_after(writer, event)
    stories += _quiet_days(writer, stories)
    stories += _explainers(writer)
    return sorted(stories, key=lambda story: (story.published, story.key))


def _of_the_day(writer: Writer, event: Event) -> Iterator[Story]:
    for language, number in _shares(event, event.articles).items():
        for count, outlet in enumerate(_rotation(event, language, number, event.day)):
            published = _moment(event.day, event.hour, f"{event.id}/{outlet.name}/{count}")
            yield writer.news(event, outlet, published, count)


def _days_after(writer: Writer, event: Event) -> Iterator[Story]:
    for later, articles in enumerate(event.after, 1):
        day = event.day + timedelta(days=later)
        if day > LAST_DENSE:
            continue
        for language, number in _shares(event, articles).items():
            for count, outlet in enumerate(_rotation(event, language, number, day)):
                published = _moment(day, 6, f"{event.id}/{outlet.name}/{day}/{count}")
                yield writer.follow(event, outlet, published, count)


def _shares(event: Event, articles: int) -> dict[str, int]:
    """Return how many of the articles are in which language."""
    total = sum(_SHARES[language] for language in event.words)
    shares = {lang: int(articles * _SHARES[lang] / total) for lang in event.words}
    shares["en"] += articles - sum(shares.values())
    return shares


def _rotation(event: Event, language: str, number: int, day: date) -> list[Outlet]:
    """Return the outlets that write: those on whose beat the event is first, then by turns."""
    all_of_them = [one for one in material.outlets() if one.language == language]
    there = [one for one in all_of_them if not (one.name == OUTAGE_OUTLET and day in OUTAGE)]
    order = shuffled(f"{event.id}/{day}", there)
    order.sort(key=lambda outlet: not set(outlet.beat) & set(event.topics))
    return [order[turn % len(order)] for turn in range(number)]


def _moment(day: date, hour: int, key: str) -> datetime:
    """Return a time of the day not before the event, and so that no offset moves it to another."""
    earliest = min(max(hour, 4), 19)
    return at(day, earliest + draw(key + "h", 20 - earliest), draw(key + "m", 60))


def _wire_stories(writer: Writer) -> Iterator[Story]:
    table = tomllib.loads((material.HERE / "wire.toml").read_text(encoding="utf-8"))
    events = {event.id: event for event in material.events()}
    for row in table["story"]:
        event = events[row["event"]]
        hour = min(max(event.hour, 4), 17)
        published = at(event.day, hour, draw(event.id, 50))
        story = writer.wire(event, material.outlet("Meridian Wire"), published)
        yield story
        names = shuffled(event.id, _COPYING)[: row["verbatim"] + row["edited"]]
        for number, name in enumerate(names):
            later = at(event.day, hour + 1 + draw(event.id + name, 2), draw(name + event.id, 60))
            outlet = material.outlet(name)
            yield writer.copy(story, outlet, later, edited=number >= row["verbatim"])


def _quiet_days(writer: Writer, stories: list[Story]) -> Iterator[Story]:
    """Yield pieces on recent events for dense days that have too few articles."""
    per_day = Counter(story.day for story in stories)
    for number in range((LAST_DENSE - FIRST_DENSE).days + 1):
        day = FIRST_DENSE + timedelta(days=number)
        missing = _QUIET + draw(f"quiet/{day}", 4) - per_day[day]
        recent = [e for e in material.events() if 1 <= (day - e.day).days <= 4]
        for turn in range(max(missing, 0) if recent else 0):
            event = recent[-1 - turn % len(recent)]
            languages = [lang for lang in event.words if draw(f"{day}/{turn}", 3) or lang == "en"]
            language = languages[turn % len(languages)]
            outlets = _rotation(event, language, 8 + turn, day)
            outlet = outlets[3 + turn]
            published = _moment(day, 5, f"quiet/{day}/{turn}")
            yield writer.follow(event, outlet, published, 50 + turn)


def _explainers(writer: Writer) -> Iterator[Story]:
    """Yield the explainers, two outlets each where the language has as many."""
    for text in material.explainers():
        for language in text.by_language:
            order = [one for one in material.outlets() if one.language == language]
            for outlet in shuffled(f"explained/{text.topics}", order)[:2]:
                day = date(2024, 12, 1) + timedelta(days=draw(f"{text.topics}/{outlet.name}", 28))
                if outlet.form in {"rss", "atom"}:
                    continue
                published = _moment(day, 6, f"explained/{text.topics}/{outlet.name}")
                yield writer.explainer(text, outlet, published)
