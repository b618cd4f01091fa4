"""What a quote's card says of its speaker."""

import pytest

from dashboard.parts.quote_cards import speaker_in_words

LONG = "The Supreme Court rejected an executive order that the president had signed in January"


@pytest.mark.parametrize(
    ("speaker", "beside", "words"),
    [
        ("Ann Lee", "she", "speaker uncertain: she, perhaps Ann Lee"),
        ("Ann Lee", "President Ann Lee", "speaker uncertain: Ann Lee"),
        ("the mayor", "the mayor", "speaker uncertain: the mayor"),
        ("Ann Lee", "", "speaker uncertain: Ann Lee"),
        ("", "", "speaker uncertain: not named"),
    ],
)
def test_an_uncertain_speaker_is_named_once(speaker: str, beside: str, words: str) -> None:
    quote = {"speaker": speaker, "beside": beside, "speaker_certain": False}
    assert speaker_in_words(quote) == words


def test_a_clause_that_stands_for_a_speaker_is_cut() -> None:
    quote = {"speaker": LONG, "beside": LONG, "speaker_certain": False}
    assert speaker_in_words(quote) == (
        "speaker uncertain: The Supreme Court rejected an executive order that the…"
    )


def test_a_certain_speaker_is_the_name_alone() -> None:
    quote = {"speaker": "Ann Lee", "beside": "she", "speaker_certain": True}
    assert speaker_in_words(quote) == "Ann Lee"
