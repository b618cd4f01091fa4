"""Print the precision and the recall of the shipped topics on articles judged by a reader.

Usage: python -m tests.quality.topics [../shared/data] [half]

`gold/topics/keys.json` says for real articles whether they are about a topic as its description
has it; `gold/topics/GUIDELINE.md` says how they were drawn and judged.

- Precision: of the judged articles that the topic matches now, the share that is about it.
- Recall: of the drawn hits and near misses that are about it, the share that it matches now. Near
  misses are drawn more densely than hits, so this compares two versions of a query; it is not the
  share of all articles in the world that is found. The draw `new` is left out: all of it was
  matched by the mended queries when it was drawn.

A key whose text is read otherwise than when it was judged (`changed`) still counts: the judgement
is about the article.
"""

import hashlib
import json
import sys
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.analysis.attention import wilson
from pipelines.article import Tags
from pipelines.tagging.topics import Topic, TopicTagger, read_topics
from tests.quality.topic_texts import article_of, read_texts

GOLD = Path(__file__).resolve().with_name("gold") / "topics"
_DIGITS = 16  # of a SHA-256


@dataclass(frozen=True, slots=True)
class Key:
    """A judged article: where it stands, which place was read, and whether the topic is right."""

    topic: str
    draw: str  # "hits", "misses" or "new": see GUIDELINE.md
    corpus: str
    unit: str
    language: str
    digest: str  # of the article's text
    start: int
    end: int
    alias: str  # the term of the query that marked the place
    right: bool


@dataclass(frozen=True, slots=True)
class TopicScore:
    """What a topic makes of one judged article."""

    publisher: str
    topic: str
    draw: str
    half: str
    language: str
    right: bool
    matched: bool
    changed: bool  # the text is no longer what was judged


def read_keys() -> list[Key]:
    """Return all judgements in the order of the file."""
    rows = json.loads((GOLD / "keys.json").read_text(encoding="utf-8"))
    return [Key(*row) for row in rows]


def digest_of(text: str) -> str:
    """Return by which the text of an article is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def scores(data: Path) -> list[TopicScore]:
    """Return what the shipped topics make of every judged article."""
    return scores_of(read_keys(), data, read_topics(("default",)))


def tested(data: Path, every: int) -> list[TopicScore]:
    """Return the same of every n-th judged article of the half "test"; no other is read."""
    topics = read_topics(("default",))
    return scores_of(read_keys(), data, topics, frozenset({"test"}), every)


def scores_of(
    judged: Sequence[Key],
    data: Path,
    topics: Sequence[Topic],
    halves: Set[str] = frozenset({"dev", "test"}),
    every: int = 1,
) -> list[TopicScore]:
    """Return what `topics` make of the articles of these keys, of these halves every n-th."""
    keys: dict[tuple[str, str], list[Key]] = {}
    for key in judged:
        keys.setdefault((key.corpus, key.unit), []).append(key)
    tagger = TopicTagger(topics)
    found: list[TopicScore] = []
    number = -1
    for text in read_texts(data, frozenset(corpus for corpus, _ in keys)):
        own = []
        for key in keys.pop((text.corpus, text.unit), ()) if text.half in halves else ():
            number += 1
            if number % every == 0:
                own.append(key)
        article = article_of(text) if own else None
        matched = () if article is None else tagger.find(article, Tags()).topics
        now = "" if article is None else digest_of(article.text)
        found += [
            TopicScore(
                text.publisher,
                key.topic,
                key.draw,
                text.half,
                key.language,
                key.right,
                key.topic in matched,
                changed=now != key.digest,
            )
            for key in own
        ]
    return found


def precision(found: Sequence[TopicScore]) -> float:
    """Return the share of right ones among the judged articles that match; 0 where none does."""
    matched = [score.right for score in found if score.matched]
    return sum(matched) / len(matched) if matched else 0.0


def recall(found: Sequence[TopicScore]) -> float:
    """Return the share of matching ones among the hits and near misses that are right."""
    right = [score.matched for score in found if score.right and score.draw != "new"]
    return sum(right) / len(right) if right else 0.0


def report(found: Sequence[TopicScore]) -> list[str]:
    """Return a line for each topic and one for all of them."""
    names = sorted({score.topic for score in found})
    parts = [(name, [score for score in found if score.topic == name]) for name in names]
    return [_line(name, part) for name, part in [*parts, ("all", list(found))]]


def _line(name: str, found: Sequence[TopicScore]) -> str:
    matched = [score.right for score in found if score.matched]
    low, high = wilson(pd.Series([float(sum(matched))]), pd.Series([float(len(matched))]))
    right = sum(score.right and score.draw != "new" for score in found)
    return (
        f"{name:17} precision {precision(found):6.1%} ({low[0]:.0%} to {high[0]:.0%}) "
        f"of {len(matched)}, recall {recall(found):6.1%} of {right}, "
        f"{sum(score.changed for score in found)} texts changed"
    )


if __name__ == "__main__":
    everything = scores(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
    for half in sys.argv[2:] or ("dev", "test"):
        print(half)
        print("\n".join(report([score for score in everything if score.half == half])))
