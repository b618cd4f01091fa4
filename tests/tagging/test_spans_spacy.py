"""A spaCy package in place of our own model: small ones made here are loaded and asked."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.errors import ConfigError
from pipelines.tagging.spans import SpanKind, make_spans

Maker = Callable[..., str]


@pytest.fixture
def model(tmp_path: Path) -> Maker:
    """Return what makes a folder with a model of rules, as (label, words), and its choice."""
    spacy = pytest.importorskip("spacy")

    def make(*patterns: tuple[str, str], lang: str = "en") -> str:
        nlp = spacy.blank(lang)
        if patterns:
            ruler = nlp.add_pipe("entity_ruler")
            ruler.add_patterns([{"label": label, "pattern": words} for label, words in patterns])
        nlp.to_disk(tmp_path / "model")
        return f"spacy:{tmp_path / 'model'}"

    return make


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("PERSON", SpanKind.PERSON),
        ("PER", SpanKind.PERSON),
        ("ORG", SpanKind.ORGANISATION),
        ("GPE", SpanKind.PLACE),
        ("LOC", SpanKind.PLACE),
        ("FAC", SpanKind.PLACE),
    ],
)
def test_labels_of_the_usual_schemes_are_kinds_of_ours(
    model: Maker, label: str, kind: SpanKind
) -> None:
    spans = make_spans(model((label, "Kestrel Bay"))).spans("Near Kestrel Bay.", "en")
    assert [(one.start, one.end, one.kind) for one in spans] == [(5, 16, kind)]


def test_other_labels_are_left_out(model: Maker) -> None:
    assert make_spans(model(("DATE", "Monday"))).spans("On Monday.", "en") == []


def test_a_package_answers_only_in_its_language(model: Maker) -> None:
    finder = make_spans(model(("ORG", "Kestrel")))
    assert finder.spans("Kestrel", "en")
    assert finder.spans("Kestrel", "de") == []


def test_a_package_for_many_languages_answers_in_all(model: Maker) -> None:
    assert make_spans(model(("ORG", "Kestrel"), lang="xx")).spans("Kestrel", "de")


def test_a_trained_model_is_asked_too(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    text, labels = "Ngozi Adeyemi spoke .", {"entities": [(0, 13, "PERSON")]}
    examples = [Example.from_dict(nlp.make_doc(text), labels)]
    nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples)
    nlp.to_disk(tmp_path / "model")
    spans = make_spans(f"spacy:{tmp_path / 'model'}").spans(text, "en")
    assert [(text[one.start : one.end], one.kind) for one in spans] == [
        ("Ngozi Adeyemi", SpanKind.PERSON)
    ]


def test_a_package_without_names_is_an_error(model: Maker) -> None:
    with pytest.raises(ConfigError, match="it has none of ner, entity_ruler"):
        make_spans(model())


def test_a_missing_package_is_an_error_with_the_command() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(ConfigError, match="`python -m spacy download en_no_such_model`"):
        make_spans("spacy:en_no_such_model")


def test_missing_spacy_is_an_error_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ConfigError, match="`pip install spacy`"):
        make_spans("spacy:en_core_web_sm")
