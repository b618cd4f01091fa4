"""Invented articles of the last 100 days, with what is true of each, read in by the real command.

Four outlets of four countries, one article a day each. Which topic an article names goes by day
and outlet, so that every count can be told without the store; one day is a spike of Syria.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from serving import ROOT

DAYS = 100  # up to yesterday
SPIKE = 40  # days ago
OUTLETS = {"RU": "Vestnik", "GB": "Daily Echo", "US": "The Ledger", "DE": "Der Bote"}
WORDS = {
    "syria": "Syria",
    "ukraine": "Ukraine",
    "unsc": "UN Security Council",
    "yemen": "Yemen",
    "": "the harvest",
}


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of an article because it was made so."""

    day: date
    country: str
    topic: str
    title: str
    text: str
    quoted: bool = False

    def as_row(self, number: int) -> Mapping[str, str]:
        """Return the article as a row of JSON lines."""
        outlet = OUTLETS[self.country]
        domain = f"{outlet.lower().replace(' ', '-')}.example"
        return {
            "url": f"https://{domain}/{self.day}/{number}",
            "title": self.title,
            "text": self.text,
            "publish_date": self.day.isoformat(),
            "media_name": outlet,
            "outlet_country": self.country,
            "language": "en",
        }


def articles(today: date) -> Iterator[Truth]:
    """Yield all articles, the oldest first."""
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        for place, country in enumerate(OUTLETS):
            yield _article(day, country, list(WORDS)[(ago + place) % 5], f"{ago} {place}")
        if ago == SPIKE:
            for number in range(12):
                yield _article(day, list(OUTLETS)[number % 4], "syria", f"{ago} extra {number}")


def _article(day: date, country: str, topic: str, mark: str) -> Truth:
    words = WORDS[topic]
    quoted = topic == "ukraine" and country == "RU"
    said = f'"The talks on Ukraine stand at {mark}," Sergei Lavrov said on the day. '
    body = (
        f"Note {mark} of {OUTLETS[country]} tells what was heard of {words} that day. "
        f"{said if quoted else ''}"
        f"Nobody asked for number {mark} expected more to come of it before the week was over."
    )
    return Truth(day, country, topic, f"Talks on {words}, number {mark}", body, quoted)


def ingest(folder: Path, rows: list[Mapping[str, str]], store: Path, name: str = "pile") -> None:
    """Bring rows into `store` with `python -m pipelines ingest`."""
    pile = folder / f"{name}.jsonl"
    pile.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command(store, "ingest", str(pile))


def command(store: Path, *arguments: str) -> str:
    """Run a command on `store` and return what it printed."""
    start = [sys.executable, "-m", "pipelines", *arguments, "--store", str(store)]
    done = subprocess.run(start, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
