"""Names by two conditional random fields of our own, one after the other; English only.

A document is cut into words (`words.py`), each word described (`features.py`), and read twice: the
first model's labels are features of the second (`second_pass.py`). How they were made, of what, and
how good they are: docs/names-model.md. For a text in another language, or of one that could not be
told, the answer is no names: what the models learned of English words would be wrong there.
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files

import pycrfsuite

from pipelines.tagging.spans.features import Describer, Features
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.second_pass import add_first_labels
from pipelines.tagging.spans.span import Span, SpanKind
from pipelines.tagging.spans.words import Word, sentences_of

FIRST, SECOND = "english_first.crfsuite", "english.crfsuite"
KINDS = {
    "PER": SpanKind.PERSON,
    "ORG": SpanKind.ORGANISATION,
    "LOC": SpanKind.PLACE,
}
_OUTSIDE = "O"


class CrfSpans:
    """Finds names in English text."""

    def __init__(self) -> None:
        """Read the tables and the models, a third of a second."""
        self._describer = Describer(read_lexicon())
        folder = files("pipelines.tagging.spans")
        self._first = Model((folder / FIRST).read_bytes())
        self._second = Model((folder / SECOND).read_bytes())

    def spans(self, text: str, lang: str) -> list[Span]:
        """Return the names of an English text in order of their place; none in other languages."""
        if lang != "en":
            return []
        sentences = [words for words in sentences_of(text) if _capital(words)]
        features = self._describer.document(sentences)
        add_first_labels(sentences, features, self._first.labels(features))
        labels = self._second.labels(features)
        return [
            span
            for words, said in zip(sentences, labels, strict=True)
            for span in spans_of(words, said)
        ]


class Model:
    """A fitted model: features in, labels out."""

    def __init__(self, content: bytes) -> None:
        """Open the model whose file holds `content`."""
        self._content = content  # the tagger reads from it and does not keep it alive
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(content)

    def labels(self, features: Sequence[Features]) -> list[list[str]]:
        """Return the label of each word of each sentence: "O", or "B-" or "I-" and a kind."""
        return [self._tagger.tag(described) for described in features]


def spans_of(words: Sequence[Word], labels: Sequence[str]) -> Iterator[Span]:
    """Yield the names that the labels of a sentence make; an "I-" of another kind begins one."""
    first, before = 0, _OUTSIDE
    for place, label in enumerate([*labels, _OUTSIDE]):
        goes_on = label[:1] == "I" and label[2:] == before[2:]
        if before != _OUTSIDE and not goes_on:
            yield Span(words[first].start, words[place - 1].end, KINDS[before[2:]])
        if label != _OUTSIDE and not goes_on:
            first = place
        before = label


def _capital(words: Sequence[Word]) -> bool:
    return any(word.text[0].isupper() for word in words)
