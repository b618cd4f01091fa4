"""Write a store of ten weeks of five outlets, with a peak of each make planted in a topic."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pipelines.article import Outlet, TagKind
from pipelines.query import Interval, Query
from tests.store.build import Written, article, build, naming, on_day

FIRST = date(2015, 3, 2)
DAYS = 70
OUTLETS = [Outlet(f"o{n}", f"Paper {n}", f"o{n}.example", "GB", "en") for n in range(5)]
TOPICS = ("plain", "wire", "alone", "weak", "late", "redated", "few", "burst", "joined")
NAMES = [(TagKind.TOPIC, one, one.upper()) for one in TOPICS]
SERIES = Query(topics=TOPICS, interval=Interval.DAY, start=FIRST, end=FIRST + timedelta(DAYS - 1))


def day_of(n: int) -> date:
    return FIRST + timedelta(days=n)


def _planted() -> Iterator[tuple[int, str, int, dict]]:
    """Yield day, topic, outlet and what is odd about each article of the planted peaks."""
    for n in range(14):
        yield 40, "plain", n % 5, {}
        yield 41, "plain", n % 5, {}
        yield 42, "weak", n % 5, {"confidence": 0.7}
        yield 44, "late", n % 5, {"fetched_after": 9}
        yield 46, "alone", 0 if n < 12 else n % 5, {}
        yield 48, "redated", n % 5, {"group": 900 + n}
        yield 10, "nothing", n % 5, {"group": 900 + n}  # the same texts, five weeks before
        yield 52, "wire", n % 5, {}
        yield 52, "wire", n % 5, {"group": 800}
        yield 52, "wire", (n + 1) % 5, {"group": 800}
        yield 54, "few", 3 * (n % 2), {}  # the two that name all topics on that day anyway
        yield 58, "joined", 5, {}
    for n in range(
        144
    ):  # one outlet publishes 37 times as much, one in twelve on the topic as ever
        yield 56, "burst" if n % 12 == 0 else "nothing", 1, {}


def _usual() -> Iterator[tuple[int, str, int, dict]]:
    """Yield four articles a day of each outlet; of two outlets a day one names all topics."""
    for day in range(DAYS):
        for outlet in range(5):
            for n in range(4):
                names = " ".join(TOPICS) if n == 0 and (day + outlet) % 3 == 0 else "nothing"
                yield day, names, outlet, {}


def _write(number: int, day: int, names: str, outlet: int, odd: dict) -> Written:
    fetched = datetime.combine(day_of(day + odd.get("fetched_after", 0)), time(20), UTC)
    paper = [*OUTLETS, Outlet("new", "New Paper", "new.example", "GB", "en")][outlet]
    title = f"{names.title()} spoken of again in town {number}" if number % 2 else f"Day {number}"
    one = article(
        number,
        on_day(day_of(day), odd.get("confidence", 0.97)),
        outlet=paper,
        title=title,
        text=f"{names.upper()} and number {number}.",
        fetched_at=fetched,
    )
    return replace(naming(one, *NAMES), syndication_id=odd.get("group"))


def write_peaks(path: Path) -> Path:
    """Write the store and return `path`."""
    planned = [*_usual(), *_planted()]
    written = [_write(number, *one) for number, one in enumerate(planned)]
    return build(
        path,
        written,
        topics=[(one, one.capitalize()) for one in TOPICS],
        now=datetime(2015, 7, 1, tzinfo=UTC),
    )
