"""Our reading of the names models: the labels that CRFsuite's own tagger gives, summed or not."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pycrfsuite
import pytest

from pipelines.tagging.spans.best_path import best_path
from pipelines.tagging.spans.crf import FIRST, SECOND, CrfSpans, spans_of
from pipelines.tagging.spans.features import Describer
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.model import read_model
from pipelines.tagging.spans.second_pass import add_first_labels
from pipelines.tagging.spans.words import sentences_of

TEXT = (
    "ADEYEMI TO LEAVE THE CENTRAL BANK\n"
    "Ngozi Adeyemi, who has led the Central Bank of Nigeria since 2019, told reporters in Kaduna "
    "on Monday that she will go. Mrs. Adeyemi gave no reason. “I am tired,” she said.\n"
    "President Chen Shui-bian met J. P. Reed of the U.N. The talks in New South Wales went on.\n"
    "MS. REED: Nothing (NOTHING) was said about Hoa Binh University's U.S.-led aid.\n"
    "They came. ²Ⓐ ·"
)


def content(name: str) -> bytes:
    return (files("pipelines.tagging.spans") / name).read_bytes()


def crfsuite_labels(name: str, features: list[list[list[str]]]) -> Iterator[list[str]]:
    kept = content(name)  # the tagger reads from it and does not keep it alive
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(kept)
    yield from (tagger.tag(words) for words in features)


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_model_gives_the_labels_that_crfsuite_gives(name: str) -> None:
    features = Describer(read_lexicon()).document(list(sentences_of(TEXT)))
    assert read_model(content(name)).labels(features) == list(crfsuite_labels(name, features))


def test_names_are_those_of_the_two_models_one_after_the_other() -> None:
    sentences = [
        words for words in sentences_of(TEXT) if any(word.text[0].isupper() for word in words)
    ]
    features = Describer(read_lexicon()).document(sentences)
    add_first_labels(sentences, features, list(crfsuite_labels(FIRST, features)))
    labels = crfsuite_labels(SECOND, features)
    expected = [
        span
        for words, said in zip(sentences, labels, strict=True)
        for span in spans_of(words, said)
    ]
    assert len(expected) > 8
    assert CrfSpans().spans(TEXT, "en") == expected


def test_the_best_path_is_the_best_of_all() -> None:
    draw = np.random.default_rng(0)
    lengths, labels = [3, 1, 5, 5, 2], 3
    scores, moves = draw.normal(size=(sum(lengths), labels)), draw.normal(size=(labels, labels))
    expected: list[int] = []
    for start, size in zip(np.cumsum([0, *lengths]), lengths, strict=False):
        paths = list(np.ndindex(*[labels] * size))
        worth = [
            sum(scores[start + place, one] for place, one in enumerate(path))
            + sum(moves[a, b] for a, b in pairwise(path))
            for path in paths
        ]
        expected += paths[int(np.argmax(worth))]
    assert best_path(scores, lengths, moves) == expected


def test_a_forgotten_form_is_summed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = CrfSpans()
    before = finder.spans(TEXT, "en")
    monkeypatch.setattr("pipelines.tagging.spans.forms._MOST", 10)
    finder.spans("Other people left Kaduna Ltd. for Hoa Binh.", "en")
    assert finder.spans(TEXT, "en") == before
