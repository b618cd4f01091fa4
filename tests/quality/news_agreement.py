"""Print how far two annotators of the news texts agree: two files of keys in, F1 of each label out.

Usage: python -m tests.quality.news_agreement

The second annotator's labels are taken for found and the first's for true, which makes no
difference to F1. Only texts that both labelled count. Ids of speakers whom the text does not name
(`?the police`, `?police`) are each annotator's own, so they agree less than the places do.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

GOLD = Path(__file__).with_name("gold") / "news"
Row = dict[str, Any]

LABELS: dict[str, Callable[[Row], Iterable[object]]] = {
    "names: span and kind": lambda row: [tuple(name[:3]) for name in row["entities"]],
    "names: also the id": lambda row: [tuple(name) for name in row["entities"]],
    "countries named, placed or meant": lambda row: row["countries"],
    "countries: also how": lambda row: row["countries"].items(),
    "what it is about": lambda row: row["focus"],
    "quotes: span and kind": lambda row: [tuple(quote[:3]) for quote in row["quotes"]],
    "quotes: also the speaker's place": lambda row: [tuple(quote[:5]) for quote in row["quotes"]],
    "quotes: also the speaker's id": lambda row: [
        (*quote[:3], quote[5]) for quote in row["quotes"]
    ],
}


def read_keys(path: Path) -> dict[str, Row]:
    """Return the labels of each text by its id."""
    return {row["id"]: row for row in json.loads(path.read_text(encoding="utf-8"))}


def f1(
    first: dict[str, Row], second: dict[str, Row], of: Callable[[Row], Iterable[object]]
) -> float:
    """Return F1 over the labels of the texts in both; 1 where neither has any."""
    both = first.keys() & second.keys()
    ones = {(text, label) for text in both for label in of(first[text])}
    others = {(text, label) for text in both for label in of(second[text])}
    return 2 * len(ones & others) / (len(ones) + len(others)) if ones or others else 1.0


if __name__ == "__main__":
    keys, again = read_keys(GOLD / "keys.json"), read_keys(GOLD / "second_keys.json")
    print(f"{len(keys.keys() & again.keys())} texts labelled twice")
    for title, of in LABELS.items():
        print(f"{title:34} {f1(keys, again, of):.3f}")
