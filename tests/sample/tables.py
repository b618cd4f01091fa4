"""Stories in, rows out: JSON lines, CSV and a GDELT file."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone

from tests.sample.compose import Story
from tests.sample.truth import NOT_ASSERTED, Truth


@dataclass(frozen=True, slots=True)
class Manner:
    """What a file calls its columns and how it writes what is odd about some rows."""

    source: str
    names: tuple[str, ...]  # url, title, text, date, outlet, language, fetched_at
    day_only: bool = False
    by_month: frozenset[str] = frozenset()  # keys of stories dated by month
    wrong_year: frozenset[str] = frozenset()  # keys of stories dated 2030


_FIELDS = ("url", "title", "text", "date", "outlet", "language", "fetched_at")


def row(story: Story, manner: Manner) -> dict[str, str]:
    """Return the row of a story."""
    fetched = story.published.replace(hour=23, minute=55, second=0)
    values = {
        "url": story.url,
        "title": story.title,
        "text": story.text,
        "date": _claimed(story, manner),
        "outlet": story.outlet.name,
        "language": story.outlet.language,
        "fetched_at": fetched.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return {name: values[field] for field, name in zip(_FIELDS, manner.names, strict=True) if name}


def take_down(story: Story, manner: Manner, truth: Truth) -> None:
    """Take down what a row comes to."""
    if story.kind == "explainer":
        truth.stored(manner.source, story, precision="")
    elif story.key in manner.by_month:
        truth.stored(manner.source, story, day=f"{story.day:%Y-%m}", precision="month")
    elif story.key in manner.wrong_year:
        truth.stored(manner.source, story, day=NOT_ASSERTED, precision=NOT_ASSERTED)
    else:
        precision = "day" if manner.day_only else "instant"
        truth.stored(manner.source, story, day=story.day, precision=precision)


def _claimed(story: Story, manner: Manner) -> str:
    if story.kind == "explainer":
        return ""
    if story.key in manner.by_month:
        return f"{story.day:%Y-%m}"
    if story.key in manner.wrong_year:
        return "2030-01-15T08:00:00Z"
    if manner.day_only:
        return story.day.isoformat()
    if story.outlet.offset:
        return story.published.astimezone(
            timezone(timedelta(hours=story.outlet.offset))
        ).isoformat()
    return story.published.strftime("%Y-%m-%dT%H:%M:%SZ")


def jsonl(stories: Sequence[Story], manner: Manner, truth: Truth) -> list[str]:
    """Return the lines of a JSON lines file."""
    lines = []
    for story in stories:
        take_down(story, manner, truth)
        lines.append(_json(row(story, manner)))
    return lines


def repeats(stories: Sequence[Story], manner: Manner, truth: Truth) -> list[str]:
    """Return lines that bring nothing new: two said again, three under a second address."""
    lines = []
    for story in stories[:2]:
        truth.outcome(manner.source, "unchanged")
        lines.append(_json(row(story, manner)))
    for story in stories[2:5]:
        truth.outcome(manner.source, "duplicate")
        again = row(story, manner)
        again[manner.names[0]] = f"https://www.{story.outlet.domain}/mobile/{_last(story.url)}"
        lines.append(_json(again))
    return lines


def broken(lines: list[str], manner: Manner, file: str, truth: Truth) -> list[str]:
    """Return the lines with some put in between that are no articles."""
    bad = (
        (40, lines[40][:180], "quarantined", "the line breaks off: it is not JSON"),
        (90, "<html><body>502 Bad Gateway</body></html>", "quarantined", "not JSON but HTML"),
        (140, _json(dict.fromkeys(filter(None, manner.names), "")), "no_article", "all empty"),
    )
    for number, (place, text, outcome, why) in enumerate(bad):
        lines.insert(place + number, text)
        truth.problem(manner.source, f"{file}:{place + number + 1}", outcome, why)
    return lines


def table(stories: Sequence[Story], manner: Manner, truth: Truth) -> str:
    """Return a CSV file with a header."""
    stored = io.StringIO()
    names = [name for name in manner.names if name]
    writer = csv.DictWriter(stored, names, lineterminator="\n")
    writer.writeheader()
    for story in stories:
        take_down(story, manner, truth)
        writer.writerow(row(story, manner))
    return stored.getvalue()


def gdelt(stories: Sequence[Story], source: str, truth: Truth) -> str:
    """Return a GDELT GKG 2.1 file: 27 columns, a title, and the time of the crawl as DATE."""
    lines = []
    for number, story in enumerate(stories):
        stamp = story.published.strftime("%Y%m%d")
        crawled = f"{stamp}234500"
        extras = f"<PAGE_TITLE>{story.title}</PAGE_TITLE>"
        dated = number % 2 == 0
        if dated:
            said = story.published.strftime("%Y%m%d%H%M%S")
            extras = f"<PAGE_PRECISEPUBTIMESTAMP>{said}</PAGE_PRECISEPUBTIMESTAMP>{extras}"
        cells = [""] * 27
        cells[0:5] = [f"{crawled}-{number}", crawled, "1", story.outlet.domain, story.url]
        cells[15] = "0.5,2.0,1.5,3.5,20.0,0.5,110"
        cells[26] = extras
        lines.append("\t".join(cells))
        day = story.day if dated else None
        precision = "instant" if dated else ""
        truth.stored(source, story, texts=(story.title,), day=day, precision=precision)
        # A headline alone is too short to tell its language for sure.
        truth.articles[story.url]["language"] = NOT_ASSERTED
    return "\n".join(lines) + "\n"


def _last(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _json(values: dict[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False)
