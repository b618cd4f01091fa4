"""What a first model says of a document, as features for the second: beside each word, and by vote.

The first model has learned from much text with many mistakes in its labels, the second from little
text labelled with care, so the second weighs what the first says (the "PRED" of Daumé III, 2007).
The vote is the kind that the first model gives a word most often in the document: a surname that it
knows in one sentence helps in the others.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from pipelines.tagging.spans.features import POOR, Features
from pipelines.tagging.spans.words import Word

FIRST, LAST = "^", "$"  # stand for the label before the first word, and behind the last
ALWAYS = "!"
Key = TypeVar("Key", bound=Hashable)


def add_first_labels(
    sentences: Sequence[Sequence[Word]],
    features: Sequence[Features],
    labels: Sequence[Sequence[str]],
) -> None:
    """Add to the features of each word (in place) what the first model's labels tell."""
    votes = votes_of(
        (word.text, label)
        for words, said in zip(sentences, labels, strict=True)
        for word, label in zip(words, said, strict=True)
        if word.text[0].isupper()
    )
    for words, described, said in zip(sentences, features, labels, strict=True):
        padded = [FIRST, *said, LAST]
        for place, (word, told) in enumerate(zip(words, described, strict=True)):
            if len(told) > POOR:
                told += by_labels(*padded[place : place + 3])
                vote = votes.get(word.text)
                if vote is not None:
                    told += by_vote(vote, said[place])


def by_labels(before: str, label: str, behind: str) -> tuple[str, ...]:
    """Return what the first labels of a word and of its neighbours tell."""
    return f"A={label}", f"A-={before}|{label}", f"A+={label}|{behind}"


def by_vote(vote: str, label: str) -> tuple[str, ...]:
    """Return what the vote on a word and its first label tell."""
    return f"Ad={vote}", f"Ad={vote.rstrip(ALWAYS)}|{label}"


def kind_of(label: str) -> str:
    """Return the kind in a label, or "O"."""
    return label[2:] or label


def votes_of(labelled: Iterable[tuple[Key, str]]) -> Mapping[Key, str]:
    """Return the kind most often given to each word that stands in the document more than once.

    `ALWAYS` behind it says that it was given at every place. Only words that begin with a capital
    may be asked about.
    """
    said: dict[Key, list[str]] = {}
    for word, label in labelled:
        said.setdefault(word, []).append(kind_of(label))
    return {word: _vote(kinds) for word, kinds in said.items() if len(kinds) > 1}


def _vote(kinds: Sequence[str]) -> str:
    if kinds.count(kinds[0]) == len(kinds):
        return kinds[0] + ALWAYS
    return Counter(kinds).most_common(1)[0][0]
