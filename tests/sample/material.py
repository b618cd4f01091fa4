"""The written material in: outlets, dated facts, background, reactions. Typed records out."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("en", "ru", "fr")
FIRST_DENSE = date(2024, 11, 18)
LAST_DENSE = date(2024, 12, 31)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented newspaper, agency or site, and its manners."""

    name: str
    domain: str
    country: str
    language: str
    city: str
    date: tuple[str, ...]
    path: str
    form: str
    offset: int = 0
    title_case: bool = False
    prepositions: tuple[str, ...] = ("на", "с")
    beat: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns for one event in one language."""

    headlines: tuple[str, ...]
    ledes: tuple[str, ...]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One real, dated, public event, and how much is written about it."""

    id: str
    day: date
    hour: int
    topics: tuple[str, ...]
    articles: int
    after: tuple[int, ...]
    names: Mapping[str, str]
    words: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences that go with a topic, and the days from and to which they hold."""

    topics: tuple[str, ...]
    since: date
    until: date
    by_language: Mapping[str, tuple[str, ...]]
    headlines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML file of this folder."""
    with (HERE / name).open("rb") as stored:
        return tomllib.load(stored)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return all outlets, in the order of the file."""
    rows = read_toml("outlets.toml")["outlet"]
    return tuple(_outlet(row) for row in rows)


def _outlet(row: dict[str, Any]) -> Outlet:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Outlet(**values)


def outlet(name: str) -> Outlet:
    """Return the outlet of that name."""
    return next(one for one in outlets() if one.name == name)


@cache
def events() -> tuple[Event, ...]:
    """Return all events, oldest first."""
    written = [
        _event(row)
        for path in sorted((HERE / "facts").glob("20*.toml"))
        for row in read_toml(f"facts/{path.name}")["event"]
    ]
    return tuple(
        sorted([*written, *_tabled()], key=lambda event: (event.day, event.hour, event.id))
    )


def _event(row: Mapping[str, Any]) -> Event:
    words = {
        language: Words(*(tuple(row[language][part]) for part in ("h", "l", "d")))
        for language in LANGUAGES
        if language in row
    }
    return Event(
        id=row["id"],
        day=row["date"],
        hour=row["hour"],
        topics=tuple(row["topics"]),
        articles=row["n"],
        after=tuple(row.get("after", ())),
        names=row["np"],
        words=words,
    )


def _tabled() -> Iterator[Event]:
    """Yield the vetoes and trips: one row of a table each, worded by shared patterns."""
    for kind in ("vetoes", "trips"):
        patterns = read_toml("facts/tables.toml")[kind]
        with (HERE / "facts" / f"{kind}.csv").open(encoding="utf-8", newline="") as stored:
            for row in csv.DictReader(stored):
                yield _row_event(kind, row, patterns)


def _row_event(kind: str, row: Mapping[str, str], patterns: Mapping[str, Any]) -> Event:
    slots = {**row, **patterns["who"][row["who"]]}
    topics = (*row["topics"].split(), *patterns["topics"])
    words = {
        language: Words(
            *(
                tuple(_fill(pattern, slots) for pattern in patterns[language][part])
                for part in ("h", "l", "d")
            )
        )
        for language in LANGUAGES
    }
    label = row["draft"].replace("/", "-").lower() if kind == "vetoes" else row["place_en"]
    return Event(
        id=f"{kind}-{row['date']}-{label}".replace(" ", "-").lower(),
        day=date.fromisoformat(row["date"]),
        hour=17 if kind == "vetoes" else 12,
        topics=tuple(dict.fromkeys(topics)),
        articles=patterns["n"],
        after=(),
        names={lang: _fill(patterns["np"][lang], slots) for lang in LANGUAGES},
        words=words,
    )


def _fill(pattern: str, slots: Mapping[str, str]) -> str:
    for name, value in slots.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


@cache
def background() -> tuple[Sentences, ...]:
    """Return what reporters add below the news."""
    return tuple(_sentences(row) for row in read_toml("voices/background.toml")["background"])


@cache
def reactions() -> tuple[Sentences, ...]:
    """Return what invented observers say."""
    return tuple(_sentences(row) for row in read_toml("voices/reactions.toml")["reaction"])


@cache
def explainers() -> tuple[Sentences, ...]:
    """Return the explainers: texts that name no day."""
    return tuple(_sentences(row) for row in read_toml("voices/follow.toml")["explainer"])


@cache
def follow_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the headlines and first sentences of the days after, by language."""
    table = read_toml("voices/follow.toml")
    return {
        lang: {part: tuple(table[lang][part]) for part in ("headline", "lede")}
        for lang in LANGUAGES
    }


def _sentences(row: Mapping[str, Any]) -> Sentences:
    return Sentences(
        topics=tuple(row["topics"]),
        since=row.get("since", date.min),
        until=row.get("until", date.max),
        by_language={lang: tuple(row[lang]) for lang in LANGUAGES if lang in row},
        headlines={lang: tuple(row[f"{lang}_h"]) for lang in LANGUAGES if f"{lang}_h" in row},
    )
