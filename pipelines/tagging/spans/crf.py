"""Names by two conditional random fields of our own, one after the other; English only.

A document is cut into words (`words.py`), each word described (`features.py`), and read twice:
the first model's labels are features of the second (`second_pass.py`); where names end is mended
by rules (`edges.py`). How they were made, of what, and how good they are: docs/names-model.md.
For a text in another language, or of one that could not be told, the answer is no names: what the
models learned of English words would be wrong there.
"""

from collections.abc import Iterator, Sequence
from importlib.resources import files

from pipelines.tagging.spans.best_path import best_path
from pipelines.tagging.spans.edges import Edges
from pipelines.tagging.spans.features import Describer
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.model import read_model
from pipelines.tagging.spans.scores import Scores
from pipelines.tagging.spans.span import Span, SpanKind
from pipelines.tagging.spans.words import Word, cut

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
        """Read the tables and the models, half a second."""
        folder = files("pipelines.tagging.spans")
        self._first = read_model((folder / FIRST).read_bytes())
        self._second = read_model((folder / SECOND).read_bytes())
        lexicon = read_lexicon()
        self._describer, self._edges = Describer(lexicon), Edges(lexicon)
        self._scores = Scores(self._first, self._second, self._describer.forms)

    def spans(self, text: str, lang: str) -> list[Span]:
        """Return the names of an English text in order of their place; none in other languages."""
        if lang != "en":
            return []
        sentences = [one for one in cut(text) if _capital(one.texts)]
        if not sentences:
            return []
        labels = self._labels([one.texts for one in sentences])
        found = (
            span
            for one, said in zip(sentences, labels, strict=True)
            if said.count(_OUTSIDE) < len(said)
            for span in spans_of(one.words(), said)
        )
        return self._edges.mended(text, found)

    def _labels(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return the second model's labels of the words of each sentence."""
        if self._describer.forms.forget():
            self._scores.forget()
        described = self._describer.describe(sentences)
        lengths = [len(words) for words in sentences]
        first, second = self._scores.document(described)
        label = best_path(first, lengths, self._first.moves)
        told = self._scores.told_by_first(described, label)
        best = iter(best_path(second + told, lengths, self._second.moves))
        return [[self._second.names[next(best)] for _ in words] for words in sentences]


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


def _capital(words: Sequence[str]) -> bool:
    return any(word[0].isupper() for word in words)
