"""Print which weights find best what the train texts are about, and how they do on the dev texts.

Usage: python -m tests.quality.fit_focus [../shared/data]

The best by F1 of the set and, at half its weight, by how often the main country is right.
`pipelines/tagging/focus.py` has the choice.
"""

import json
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from pipelines.article import Tags
from pipelines.tagging import find_mentions, make_taggers
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.focus import FocusTagger, Weights, states_of
from tests.quality.countries import CountryScore, Labelled, f1, main_country, news
from tests.quality.news_agreement import GOLD

_GRID = {
    "headline": (1.0, 2.0, 3.0, 4.0),
    "person": (0.0, 0.5, 1.0, 2.0),
    "first": (0.0, 1.0, 2.0, 3.0),
    "least": (1.0, 2.0, 3.0),
    "share": (0.15, 0.2, 0.25, 0.35, 0.5),
}
_SHOWN = 10
Read = tuple[Labelled, Tags]


def scores(texts: Sequence[Read], weights: Weights) -> list[CountryScore]:
    """Return what the texts are about and what is found with these weights."""
    tagger = FocusTagger(states_of(read_entities()), weights)
    return [
        CountryScore(one.id, one.half, one.about or (), tagger.find(one.article, found).about)
        for one, found in texts
    ]


def main(data: Path) -> None:
    """Print the best weights of the grid."""
    splits = {
        row["id"]: row["split"]
        for row in json.loads((GOLD / "documents.json").read_text(encoding="utf-8"))
    }
    taggers = make_taggers(())
    texts = [(one, find_mentions(one.article, taggers)) for one in news(data)]
    train, dev = (
        [text for text in texts if splits[text[0].id] == split] for split in ("train", "dev")
    )
    tried = []
    for values in product(*_GRID.values()):
        weights = Weights(*values)
        found = scores(train, weights)
        tried.append((f1(found), main_country(found), values))
    tried.sort(key=lambda one: one[0] + 0.5 * one[1], reverse=True)
    print(f"{', '.join(_GRID)}: train F1, main; dev F1, main")
    for f1_train, main_train, values in tried[:_SHOWN]:
        found = scores(dev, Weights(*values))
        print(f"{values}: {f1_train:.3f}, {main_train:.3f}; {f1(found):.3f}, ", end="")
        print(f"{main_country(found):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
