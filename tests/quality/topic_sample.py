"""Print articles to judge topics by: hits, or near misses; one draw for each topic and half.

Usage: python -m tests.quality.topic_sample ../shared/data hits|misses|new KEYS.json [topic ...]

Hits are articles that a topic matches. Near misses are articles that it does not match and that
have a telling word of `gold/topics/near_misses.toml`. New are hits that no key knows, after a query
was changed. Each draw takes turns over languages and over corpora within them, in an order that a
seed shuffles. Of texts that share half their runs of ten words only the first is drawn from.

What is printed is for the reader's eyes. KEYS.json gets the same articles without their text, as
rows of `gold/topics/keys.json` with `right` left null.
"""

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.article import Article, Mention, Tags
from pipelines.tagging.topics import Topic, TopicTagger, read_topics
from tests.quality.topic_texts import Text, article_of, read_texts
from tests.quality.topics import GOLD, digest_of, read_keys

SIZES = {"hits": 25, "misses": 16, "new": 10}  # of each half
_SEED = 4
_RUN = 10  # words
_AROUND = 110  # characters shown on either side of a mention


@dataclass(frozen=True, slots=True)
class Hit:
    """A text with its article, and where a topic stands in it."""

    text: Text
    article: Article
    mentions: tuple[Mention, ...] = ()


def read_distinct(data: Path) -> Iterator[Hit]:
    """Yield the articles of all texts, each text once."""
    known: set[int] = set()
    for text in read_texts(data):
        article = article_of(text)
        if article is not None:
            words = article.text.split()
            places = range(max(1, len(words) - _RUN + 1))
            runs = [hash(tuple(words[at : at + _RUN])) for at in places]
            if 2 * sum(run in known for run in runs) < len(runs):
                yield Hit(text, article)
            known.update(runs)


def drawn_from(kind: str) -> list[Topic]:
    """Return the topics whose hits are drawn from: the shipped ones, or what narrowly misses."""
    shipped = read_topics(("default",))
    if kind != "misses":
        return list(shipped)
    near = {topic.id: topic.query for topic in read_topics((str(GOLD / "near_misses.toml"),))}
    return [Topic(one.id, one.name, f"({near[one.id]}) NOT ({one.query})") for one in shipped]


def draw(hits: Sequence[Hit], topic: str, kind: str) -> Iterator[tuple[Hit, Mention]]:
    """Yield the hits of each half that are drawn, and the mention of each that is read."""
    judged = {(key.corpus, key.unit) for key in read_keys() if key.topic == topic}
    for half in ("dev", "test"):
        order = random.Random(f"{_SEED} {topic} {kind} {half}")
        own = [hit for hit in hits if hit.text.half == half]
        if kind == "new":
            own = [hit for hit in own if (hit.text.corpus, hit.text.unit) not in judged]
        for hit in _in_turns(own, order)[: SIZES[kind]]:
            yield hit, order.choice(hit.mentions)


def _in_turns(hits: Iterable[Hit], order: random.Random) -> list[Hit]:
    """Return the hits one language and one corpus after the other."""
    piles: dict[str, dict[str, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    for hit in hits:
        piles[hit.article.language][hit.text.corpus].append(hit)
    lines = []
    for corpora in piles.values():
        for pile in corpora.values():
            order.shuffle(pile)
        lines.append(_round_robin(list(corpora.values())))
    return _round_robin(lines)


def _round_robin(piles: Sequence[list[Hit]]) -> list[Hit]:
    longest = max(map(len, piles), default=0)
    return [pile[at] for at in range(longest) for pile in piles if at < len(pile)]


def _row(topic: str, kind: str, hit: Hit, read: Mention) -> list[str | int | None]:
    """Return a key as `gold/topics/keys.json` has it, without the judgement."""
    where: list[str | int | None] = [topic, kind, hit.text.corpus, hit.text.unit]
    text = hit.article
    return [*where, text.language, digest_of(text.text), read.start, read.end, read.why, None]


def _shown(hit: Hit, read: Mention) -> str:
    text = hit.article.text
    before, after = text[max(0, read.start - _AROUND) : read.start], text[read.end :][:_AROUND]
    place = f"{before}[[{read.surface}]]{after}".replace("\n", " | ")
    return f"{hit.text.half} {hit.text.corpus} {hit.article.language} {place}"


def _main(data: Path, kind: str, keys: Path, only: Sequence[str]) -> None:
    topics = [topic for topic in drawn_from(kind) if not only or topic.id in only]
    tagger = TopicTagger(topics)
    hits: dict[str, list[Hit]] = {topic.id: [] for topic in topics}
    for read in read_distinct(data):
        tags = tagger.find(read.article, Tags())
        for topic in tags.topics:
            own = tuple(mention for mention in tags.mentions if mention.tag == topic)
            hits[topic].append(Hit(read.text, read.article, own))
    rows = []
    for topic, found in hits.items():
        print(f"# {topic}: {len(found)} articles")
        for number, (hit, mention) in enumerate(draw(found, topic, kind), 1):
            print(number, _shown(hit, mention))
            rows.append(json.dumps(_row(topic, kind, hit, mention), ensure_ascii=False))
    keys.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
