"""How often a place in a news text gets the id of the state body that is meant there.

The places are those of `gold/bodies`, one a text. Found is what a user gets there: a mention of an
entity that is a state body. `python -m tests.quality.state_body_ids ../shared/data dev` prints the
figures, and the mistakes.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.article import TagKind
from pipelines.language import detect
from pipelines.tagging import Taggers, find_mentions, make_taggers
from pipelines.tagging.state_bodies.table import body_of
from tests.quality.names import as_article
from tests.quality.news_texts import news_texts
from tests.quality.world_texts import ChangedText, sha256, world_texts

KEYS = Path(__file__).with_name("gold") / "bodies" / "keys.json"
_OTHERS = frozenset({"us-homeland-security"})  # of the curated table, and of no kind
_SHOWN = 80  # characters around a mistake


@dataclass(frozen=True, slots=True)
class BodyIdScore:
    """What is meant at a place, and the state bodies found there."""

    publisher: str  # the document
    wanted: str  # empty: none
    found: frozenset[str]
    around: str = ""


def body_id_scores(
    data: Path, splits: Sequence[str], taggers: Taggers | None = None, *, every: int = 1
) -> list[BodyIdScore]:
    """Return a score for every n-th labelled place of these halves."""
    chosen = taggers or make_taggers(())
    scores = []
    texts = _texts(data)
    rows = json.loads(KEYS.read_text(encoding="utf-8"))
    for row in [row for row in rows if row["split"] in splits][::every]:
        text = texts[row["id"]]
        if sha256(text) != row["sha256"]:
            raise ChangedText(f"{row['id']} is not the text that was labelled")
        start, end, wanted = row["body"]
        found = frozenset(_found(text, (start, end), chosen))
        around = text[max(0, start - _SHOWN) : end + _SHOWN]
        scores.append(BodyIdScore(row["id"], wanted, found, around))
    return scores


def body_precision(scores: Sequence[BodyIdScore]) -> float:
    """Return the share of the bodies found that are meant."""
    found = sum(len(one.found) for one in scores)
    return _right(scores) / found if found else 0.0


def body_recall(scores: Sequence[BodyIdScore]) -> float:
    """Return the share of the bodies meant that are found."""
    wanted = sum(bool(one.wanted) for one in scores)
    return _right(scores) / wanted if wanted else 0.0


def _right(scores: Sequence[BodyIdScore]) -> int:
    return sum(one.wanted in one.found for one in scores)


def _texts(data: Path) -> Mapping[str, str]:
    """Return the texts by id; a text of Wikinews is the longer one of the two that are labelled."""
    return {**dict(world_texts(data)), **{one.id: one.text for one in news_texts(data)}}


def _found(text: str, place: tuple[int, int], taggers: Taggers) -> Iterator[str]:
    read = replace(as_article(text), language=detect(text))
    start, end = place
    for one in find_mentions(read, taggers).mentions:
        here = one.kind is TagKind.ENTITY and one.start < end and start < one.end
        if here and (body_of(one.tag) is not None or one.tag in _OTHERS):
            yield one.tag


def main(arguments: Sequence[str]) -> None:
    """Print precision and recall of the halves named; of `dev` also the mistakes."""
    data, *splits = arguments
    scores = body_id_scores(Path(data), splits)
    for one in scores if splits == ["dev"] else ():
        if one.found - {one.wanted} or (one.wanted and one.wanted not in one.found):
            print(one.wanted or "-", sorted(one.found), " ".join(one.around.split()), sep=" | ")
    print(
        f"state bodies: P {body_precision(scores):.3f}, R {body_recall(scores):.3f}, "
        f"{len(scores)} places"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
