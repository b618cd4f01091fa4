"""Print how fast everything named in a text is found, by part, with few topics and with many.

Usage: python -m tests.bench.tagging_speed [../shared/data] [rounds]

Texts of 500 words (`matching_speed.py`), each in paragraphs of 50; CPU time, turn and turn about;
trust the ratios. The topics are those that ship, and 1,000 drawn from names and words of the texts.
The names model is also asked as its makers would: each word described by strings, CRFsuite's own
tagger, the same labels.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import pycrfsuite

from pipelines.article import Article, Tags, Zone
from pipelines.config import DEFAULT
from pipelines.tagging import TAGGERS, Taggers, Topic, find_mentions, make_taggers, read_topics
from pipelines.tagging.spans.crf import FIRST, SECOND, CrfSpans
from pipelines.tagging.spans.features import Describer, Features
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.second_pass import add_first_labels
from pipelines.tagging.spans.words import sentences_of
from tests.bench.interleaved import Speed, compare, to_line
from tests.bench.matching_speed import queries, texts
from tests.tagging.written import article

_TEXTS = 75
_MANY = 1_000
_PARAGRAPH = 50  # words


def articles(data: Path) -> list[Article]:
    """Return articles of 500 words: a headline, and the rest in paragraphs."""
    made = []
    for text in texts(data)[:_TEXTS]:
        words = text.split()
        starts = range(0, len(words), _PARAGRAPH)
        headline, *body = (" ".join(words[n : n + _PARAGRAPH]) for n in starts)
        made.append(article((Zone.HEADLINE, headline), *body))
    return made


def taggers_of(data: Path) -> tuple[Taggers, Taggers]:
    """Return the taggers with the topics that ship, and with many that were drawn."""
    drawn = queries(_MANY, texts(data))
    topics = [Topic(f"drawn-{n}", f"Drawn {n}", one.text) for n, one in enumerate(drawn)]
    return make_taggers(read_topics((DEFAULT,))), make_taggers(topics)


def of_many(read: Sequence[Article], few: Taggers, many: Taggers, *, rounds: int = 3) -> Speed:
    """Return our speed with many topics beside that with those that ship: at least three fifths."""
    return compare(
        f"tagging with {_MANY:,} topics",
        lambda: [find_mentions(one, many) for one in read],
        (
            f"{len(read_topics((DEFAULT,)))} topics",
            lambda: [find_mentions(one, few) for one in read],
        ),
        unit="texts",
        units=len(read),
        aim=0.6,
        rounds=rounds,
    )


def of_names(read: Sequence[Article], *, rounds: int = 3) -> Speed:
    """Return the speed of the names model beside CRFsuite's tagger with the same models."""
    finder = CrfSpans()
    return compare(
        "names of no table",
        lambda: [finder.spans(one.text, "en") for one in read],
        ("CRFsuite's tagger", by_crfsuite(read)),
        unit="texts",
        units=len(read),
        aim=1.2,
        rounds=rounds,
    )


def by_crfsuite(read: Sequence[Article]) -> Callable[[], object]:
    """Return the labelling of all texts by CRFsuite's own tagger."""
    describer = Describer(read_lexicon())
    contents = [(files("pipelines.tagging.spans") / name).read_bytes() for name in (FIRST, SECOND)]
    first, second = pycrfsuite.Tagger(), pycrfsuite.Tagger()
    first.open_inmemory(contents[0])
    second.open_inmemory(contents[1])

    def _labels(tagger: pycrfsuite.Tagger, features: Sequence[Features]) -> list[list[str]]:
        return [tagger.tag(words) for words in features]

    def _work() -> int:
        words = 0
        for one in read:
            sentences = list(sentences_of(one.text))
            features = describer.document(sentences)
            add_first_labels(sentences, features, _labels(first, features))
            words += sum(map(len, _labels(second, features)))
        return len(contents) and words  # the taggers read from `contents`

    return _work


def parts(read: Sequence[Article], chosen: Taggers, *, rounds: int = 3) -> dict[str, float]:
    """Return the share of each tagger in the time of all, after one round that is thrown away."""
    spent: Counter[str] = Counter()
    for number in range(rounds + 1):
        for one in read:
            found = Tags()
            for name, tagger in zip(TAGGERS, chosen.in_order, strict=True):
                began = time.process_time()
                found += tagger.find(one, found)
                spent[name] += time.process_time() - began if number else 0.0
    return {name: seconds / spent.total() for name, seconds in spent.most_common()}


def main(data: Path, rounds: int) -> None:
    """Print the comparisons and the shares."""
    read = articles(data)
    few, many = taggers_of(data)
    print(to_line(of_many(read, few, many, rounds=rounds)), flush=True)
    for title, chosen in (("topics that ship", few), (f"{_MANY:,} topics", many)):
        shares = parts(read, chosen, rounds=rounds)
        print(f"{title}: " + ", ".join(f"{name} {share:.0%}" for name, share in shares.items()))
    print(to_line(of_names(read, rounds=rounds)))


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    main(folder, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
