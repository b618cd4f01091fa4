"""Statistical names: which finder is chosen, and what the model of our own finds and leaves."""

import pytest

from pipelines.errors import ConfigError
from pipelines.tagging.spans import SpanKind, make_spans
from pipelines.tagging.spans.crf import spans_of
from pipelines.tagging.spans.span import Span
from pipelines.tagging.spans.words import Word, sentences_of

CRF = make_spans("crf")


def found(text: str, lang: str = "en") -> list[tuple[str, str]]:
    return [(text[one.start : one.end], str(one.kind)) for one in CRF.spans(text, lang)]


def words(text: str) -> list[list[str]]:
    return [[word.text for word in sentence] for sentence in sentences_of(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The bank's chief economist, Ngozi Adeyemi, told reporters in Kaduna on Monday.",
            [("Ngozi Adeyemi", "person"), ("Kaduna", "place")],
        ),
        (
            "Mr. Tran Van Duc joined Hoa Binh University in 2019.",
            [("Tran Van Duc", "person"), ("Hoa Binh University", "organisation")],
        ),
        ("The talks were held on Monday and the war went on.", []),
        ("Russian troops left.", []),
    ],
    ids=["person and place", "names of Asia", "days", "peoples"],
)
def test_names_are_found_in_english(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("lang", ["de", "ru", ""], ids=["German", "Russian", "not known"])
def test_nothing_is_said_of_texts_in_other_languages(lang: str) -> None:
    assert found("Ngozi Adeyemi told reporters in Kaduna.", lang) == []


def test_a_headline_in_capitals_has_the_names_that_the_text_has() -> None:
    text = "ADEYEMI LEAVES CENTRAL BANK\nNgozi Adeyemi left the bank. Mrs. Adeyemi gave no reason."
    assert ("ADEYEMI", "person") in found(text)


def test_a_text_without_capitals_or_words_has_no_names() -> None:
    assert found("") == found("\n\n") == found("nothing here but small letters") == []


@pytest.mark.parametrize("text", ["\ufffc\u2060 \xa0", "((((", "A" * 5000, "İstanbul İ"])
def test_odd_characters_do_no_harm(text: str) -> None:
    assert all(text[one.start : one.end].strip() for one in CRF.spans(text, "en"))


def test_the_same_text_has_the_same_names_after_others() -> None:
    text = "Ngozi Adeyemi told reporters in Kaduna."
    before = found(text)
    found("ADEYEMI WINS\nOther people spoke to Kaduna Ltd.")
    assert found(text) == before


def test_initials_hyphens_and_possessives_are_words() -> None:
    assert words("J. P. Reed's U.S.-led aid.") == [
        ["J.", "P.", "Reed", "'s", "U.S.", "-", "led", "aid", "."]
    ]


def test_a_sentence_ends_at_a_stop_but_not_behind_a_title() -> None:
    assert len(words("Mr. Reed came. He left.")) == 2
    assert len(words("One line\nand another")) == 2
    assert len(words("They left the U.S. The talks went on.")) == 2


def test_labels_make_spans_also_where_none_begins() -> None:
    sentence = [Word(letter, n, n + 1) for n, letter in enumerate("abcde")]
    labels = ["I-PER", "I-PER", "B-PER", "I-ORG", "O"]
    assert list(spans_of(sentence, labels)) == [
        Span(0, 2, SpanKind.PERSON),
        Span(2, 3, SpanKind.PERSON),
        Span(3, 4, SpanKind.ORGANISATION),
    ]


def test_none_finds_nothing() -> None:
    assert make_spans("none").spans("Ngozi Adeyemi", "en") == []


@pytest.mark.parametrize("choice", ["CRF", "spacy", "spacy:", "stanza:en", "gliner:small", ""])
def test_an_unknown_finder_is_an_error_that_names_the_known_ones(choice: str) -> None:
    with pytest.raises(ConfigError, match="'crf', 'none' or 'spacy:'"):
        make_spans(choice)
