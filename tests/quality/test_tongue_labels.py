"""The labels of quotes in Spanish, Ukrainian, Turkish and Arabic, and how they are counted."""

import hashlib
from dataclasses import replace

import pytest

from pipelines.article import Quote, QuoteKind, Zone
from tests.quality.quotes_marked import is_speaker
from tests.quality.quotes_tongues import LANGUAGES, labels, right_label
from tests.quality.tongue_texts import TongueText, joined, tongue_texts

FOUND = Quote(10, 30, QuoteKind.DIRECT, Zone.BODY, "", "Karl Weber", 0, 4, True, "rule")


@pytest.mark.parametrize("kind", ["texts", "pages"])
def test_each_text_is_labelled_once_and_in_a_known_language(kind: str) -> None:
    names = [str(key.get("id") or key["unit"]) for key in labels(kind)]
    assert len(set(names)) == len(names)
    assert {key["language"] for key in labels(kind)} <= set(LANGUAGES)


def test_the_half_of_a_page_is_decided_by_its_hash() -> None:
    for page in labels("pages"):
        digest = hashlib.sha256(f"{page['corpus']} {page['unit']}".encode()).digest()
        assert page["half"] == ("kept" if digest[0] % 2 else "open")


def test_the_half_of_a_text_is_decided_by_its_name() -> None:
    halves = {TongueText("bruk", str(number), "uk", "").half for number in range(20)}
    assert halves == {"open", "kept"}
    text = TongueText("bruk", "name", "uk", "text")
    assert text.half == replace(text, text="another").half


def test_each_label_of_a_text_has_a_span_and_a_speaker() -> None:
    for key in labels("texts"):
        assert all(0 <= start < end and speaker for start, end, speaker in key["quotes"])


def test_words_that_stand_apart_are_joined_as_they_are_written() -> None:
    words = ["dijo", ":", '"', "No", ",", "gracias", '"', "(", "Madrid", ")", "."]
    assert joined(words) == 'dijo: "No, gracias" (Madrid).'


def test_a_folder_without_the_corpora_has_no_texts(tmp_path) -> None:
    assert tongue_texts(tmp_path) == {}


def test_any_of_the_names_of_a_label_is_right() -> None:
    assert is_speaker("el presidente", "Pedro Sánchez|presidente")
    assert is_speaker("Pedro Sánchez", "Sánchez|presidente")
    assert not is_speaker("Yolanda Díaz", "Pedro Sánchez|presidente")


def test_a_part_of_a_labelled_quote_is_that_quote() -> None:
    assert right_label(FOUND, [[0, 40, "Karl Weber"]]) == 0
    assert right_label(FOUND, [[25, 60, "Karl Weber"]]) is None
    assert right_label(FOUND, [[0, 40, "Ada Lind"]]) is None
