"""Stores of drawn outlets, each with a feed of its own, in which what is missing is known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from pipelines.article import Fetch, FetchStatus, Outlet, SourceKind, TagKind
from tests.store.build import Written, article, build, naming, on_day

FIRST = date(2015, 3, 2)  # a Monday
_HOURS = (1, 7, 13, 19)


@dataclass(frozen=True)
class Feed:
    """An outlet with its feed: (articles, those that name Syria) of each day, and its failures."""

    name: str
    days: tuple[tuple[int, int], ...]
    failed: frozenset[date] = field(default_factory=frozenset)
    lost: frozenset[date] = field(default_factory=frozenset)  # nothing came, though all was well

    def written(self, start: int) -> list[Written]:
        """Return the articles of the days that were neither failed nor lost."""
        outlet = Outlet(self.name, self.name.title(), f"{self.name}.example", "GB", "en")
        made = []
        for n, (articles, named) in enumerate(self.days):
            day = FIRST + timedelta(days=n)
            if day in self.failed | self.lost:
                continue
            for place in range(articles):
                text = "On Syria." if place < named else "On the harvest."
                one = article(start + len(made), on_day(day), outlet=outlet, text=text)
                syria = (TagKind.TOPIC, "syria", "Syria")
                tagged = naming(replace(one, source=self.name), syria)
                made.append(tagged)
        return made

    def fetches(self) -> list[Fetch]:
        """Return four fetches a day; those of a failed day answered without a byte."""
        return [
            Fetch(
                self.name,
                SourceKind.FEED,
                f"https://{self.name}.example/feed",
                FetchStatus.FAILED if day in self.failed else FetchStatus.OK,
                datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
                outlet=self.name,
                reason="an answer without a byte" if day in self.failed else "",
            )
            for day in (FIRST + timedelta(days=n) for n in range(len(self.days)))
            for hour in _HOURS
        ]


def write(path: Path, feeds: Collection[Feed]) -> Path:
    """Write a store of these feeds."""
    written: list[Written] = []
    for feed in feeds:
        written += feed.written(len(written) + 1)
    log = [fetch for feed in feeds for fetch in feed.fetches()]
    return build(path, written, fetches=log)


def drawn_days(
    rng: np.random.Generator, per_day: Mapping[int, float] | float, days: int
) -> tuple[tuple[int, int], ...]:
    """Return days of Poisson numbers about `per_day`, which may be one for each weekday."""
    rates = [per_day[n % 7] if isinstance(per_day, Mapping) else per_day for n in range(days)]
    return tuple((int(n), 0) for n in rng.poisson(rates))
