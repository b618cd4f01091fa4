"""Fit the two models of names: labelled texts in, `pipelines/tagging/spans/*.crfsuite` out.

Usage: python -m tests.quality.fit_names ../shared/data

The first model is fitted to GMB, whose labels hold mistakes; the second to texts labelled with
care, each word with what the first says of it: the training side of our own gold, WikiGold and
the interviews of GUM (`names_corpora.py`), news of the world and news that we wrote ourselves
(`world_texts.py`). The news of GUM is left to measure with. Every eighth
text is also used with its first line in capitals, as headlines may be. The same data make the
same files. What was tried and did not help is in docs/names-model.md.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from pipelines.tagging.spans.crf import FIRST, SECOND
from pipelines.tagging.spans.features import Describer, Features
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.model import Model, read_model
from pipelines.tagging.spans.second_pass import add_first_labels
from pipelines.tagging.spans.words import Word, sentences_of
from tests.quality.names_corpora import (
    Name,
    NamedText,
    gmb_texts,
    gold_texts,
    gum_texts,
    wikigold_texts,
)
from tests.quality.world_texts import world_gold, written_texts

FOLDER = Path("pipelines/tagging/spans")
SILVER_EVERY = 3  # a third of GMB: more of it made no difference and the file larger
Sentences = list[list[Word]]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a model is fitted: weights of the L1 and L2 penalties, rounds."""

    c1: float
    c2: float
    rounds: int = 80
    fewest: int = 1  # a feature seen less often is left out


AS_FIRST = Fit(c1=0.1, c2=0.05, rounds=60, fewest=2)
AS_SECOND = Fit(c1=0.0, c2=2.0)


def labels_for(sentences: Sentences, names: Sequence[Name]) -> list[list[str]]:
    """Return the label of each word: "O", or "B-" or "I-" and the kind of the name it is of."""
    labels = []
    for words in sentences:
        row = ["O"] * len(words)
        for start, end, kind in names:
            inside = [n for n, word in enumerate(words) if start <= word.start and word.end <= end]
            for number, place in enumerate(inside):
                row[place] = ("I-" if number else "B-") + kind
        labels.append(row)
    return labels


def described(
    texts: Iterable[NamedText], describer: Describer, first: Model | None = None
) -> Iterator[tuple[Sentences, list[Features], list[list[str]]]]:
    """Yield the words, features and labels of each text."""
    for one in texts:
        sentences = list(sentences_of(one.text))
        features = describer.document(sentences)
        if first is not None:
            add_first_labels(sentences, features, first.labels(features))
        yield sentences, features, labels_for(sentences, one.names)


def fit(texts: Iterable[NamedText], how: Fit, first: Model | None = None) -> bytes:
    """Return a model of these texts."""
    describer = Describer(read_lexicon())
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for _, features, labels in described(texts, describer, first):
        for words, said in zip(features, labels, strict=True):
            trainer.append(words, said)
    trainer.set_params(
        {
            "c1": how.c1,
            "c2": how.c2,
            "max_iterations": how.rounds,
            "feature.minfreq": how.fewest,
            "feature.possible_transitions": True,
        }
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def silver(data: Path) -> list[NamedText]:
    """Return what the first model is fitted to."""
    return list(gmb_texts(data))[::SILVER_EVERY]


def careful(data: Path) -> list[NamedText]:
    """Return what the second model is fitted to."""
    interviews = [one for one in gum_texts(data) if "_interview_" in one.id]
    return with_capitals(
        [
            *gold_texts(data, "train"),
            *wikigold_texts(data),
            *interviews,
            *written_texts(),
            *world_gold(data, "train"),
        ]
    )


def with_capitals(texts: Sequence[NamedText]) -> list[NamedText]:
    """Return the texts, and every eighth again with its first line in capitals."""
    return [*texts, *(_in_capitals(one) for one in texts[::8])]


def _in_capitals(one: NamedText) -> NamedText:
    line, rest = one.text.partition("\n")[0], one.text[len(one.text.partition("\n")[0]) :]
    upper = line.upper()
    return replace(one, text=upper + rest) if len(upper) == len(line) else one


def main(data: Path) -> None:
    """Write both models."""
    first = fit(silver(data), AS_FIRST)
    (FOLDER / FIRST).write_bytes(first)
    second = fit(careful(data), AS_SECOND, read_model(first))
    (FOLDER / SECOND).write_bytes(second)
    print(f"{FIRST}: {len(first)} bytes, {SECOND}: {len(second)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
