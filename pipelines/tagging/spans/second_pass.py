"""What a first model says of a document, as features for the second: beside each word, and by vote.

The first model has learned from much text with many mistakes in its labels, the second from little
text labelled with care, so the second weighs what the first says (the "PRED" of Daumé III, 2007).
The vote is the kind that the first model gives a word most often in the document: a surname that it
knows in one sentence helps in the others.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipelines.tagging.spans.features import POOR, Features
from pipelines.tagging.spans.words import Word


def add_first_labels(
    sentences: Sequence[Sequence[Word]],
    features: Sequence[Features],
    labels: Sequence[Sequence[str]],
) -> None:
    """Add to the features of each word (in place) what the first model's labels tell."""
    votes = _votes(sentences, labels)
    for words, described, said in zip(sentences, features, labels, strict=True):
        last = len(said) - 1
        for place, (word, told) in enumerate(zip(words, described, strict=True)):
            if len(told) <= POOR:
                continue
            label = said[place]
            told.append(f"A={label}")
            told.append(f"A-={said[place - 1] if place else '^'}|{label}")
            told.append(f"A+={label}|{said[place + 1] if place < last else '$'}")
            vote = votes.get(word.text)
            if vote is not None:
                told.append(f"Ad={vote}")
                told.append(f"Ad={vote.rstrip('!')}|{label}")


def _votes(
    sentences: Sequence[Sequence[Word]], labels: Sequence[Sequence[str]]
) -> Mapping[str, str]:
    """Return the kind most often given to each word that stands in the document more than once.

    A "!" behind it says that it was given at every place.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for words, said in zip(sentences, labels, strict=True):
        for word, label in zip(words, said, strict=True):
            if word.text[0].isupper():
                counts[word.text][label[2:] or label] += 1
    votes = {}
    for form, count in counts.items():
        total = count.total()
        if total > 1:
            kind, number = count.most_common(1)[0]
            votes[form] = kind + ("!" if number == total else "")
    return votes
