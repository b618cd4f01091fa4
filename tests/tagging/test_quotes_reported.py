"""A clause that says what somebody said is a quote, and what was not said is none."""

import pytest

from pipelines.article import Zone
from tests.tagging.spoken import direct, quotes_in, reported

CLAUSE = "the talks had failed"
PETROVA = "Anna Petrova"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Anna Petrova said that {CLAUSE}.",
        f"Anna Petrova said {CLAUSE}.",
        f"On Monday, Anna Petrova told reporters that {CLAUSE}.",
        f"Anna Petrova told Acme Bank on Monday {CLAUSE}.",
        f"Anna Petrova said at a press conference on Monday that {CLAUSE}.",
        f"Anna Petrova, who lives in Norland, has repeatedly claimed {CLAUSE}.",
        f"Anna Petrova left Norland and said {CLAUSE}.",
        f"Anna Petrova left Norland, saying {CLAUSE}.",
        f"Anna Petrova made clear that {CLAUSE}.",
        f"As Anna Petrova said on Monday, {CLAUSE}.",
        f"According to Anna Petrova, {CLAUSE}.",
        f"According to a report by Anna Petrova, {CLAUSE}.",
    ],
)
def test_the_clause_is_what_was_said(sentence: str) -> None:
    assert reported(sentence) == [(CLAUSE, PETROVA)]


@pytest.mark.parametrize(
    "behind",
    ["Anna Petrova said", "said Anna Petrova", "Anna Petrova told reporters", "says Anna Petrova"],
)
def test_the_clause_may_stand_first(behind: str) -> None:
    assert reported(f"The talks had failed, {behind}.") == [("The talks had failed", PETROVA)]


def test_according_to_may_stand_last() -> None:
    found = reported("The talks have failed, according to Anna Petrova.")
    assert found == [("The talks have failed", PETROVA)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Petrova announced a plan for peace in Norland.",
        "Anna Petrova did not say that the talks had failed.",
        "Anna Petrova would say that the talks had failed.",
        "Anna Petrova wants to say that the talks had failed.",
        "Anna Petrova was told that the talks had failed.",
        "Anna Petrova explained why the talks had failed.",
        "Anna Petrova said nothing.",
        "Anna Petrova read the report that the talks had failed.",
        "The claims court opened in Norland.",
        "Makers of, say, electric cars have failed.",
        "It was reported that the talks had failed.",
    ],
)
def test_what_nobody_said_is_no_quote(sentence: str) -> None:
    assert reported(sentence) == []


def test_went_on_to_say_is_said() -> None:
    found = reported(f"Anna Petrova went on to say that {CLAUSE}.")
    assert found == [(CLAUSE, PETROVA)]


@pytest.mark.parametrize(
    "rest",
    [", adding that Norland would sign", " and said Norland would sign", "; Norland has signed"],
)
def test_the_clause_ends_where_the_next_statement_begins(rest: str) -> None:
    assert reported(f"Anna Petrova said {CLAUSE}{rest}.")[0] == (CLAUSE, PETROVA)


def test_a_clause_with_words_between_marks_is_both() -> None:
    sentence = 'Anna Petrova said the talks had "failed for a second time".'
    assert reported(sentence) == [('the talks had "failed for a second time"', PETROVA)]
    assert direct(sentence) == [("failed for a second time", PETROVA)]


def test_words_between_marks_alone_are_direct_only() -> None:
    assert reported('Anna Petrova said: "The talks have failed again."') == []


def test_a_headline_with_a_name_and_colon_is_reported() -> None:
    found = reported((Zone.HEADLINE, "Anna Petrova: the talks have failed"))
    assert found == [("the talks have failed", PETROVA)]


@pytest.mark.parametrize(
    "headline",
    [
        "Anna Petrova: a life",
        "Norland: the talks have failed again",
        "Anna Petrova: has she failed?",
    ],
    ids=["no clause", "a place", "a question"],
)
def test_other_headlines_with_a_colon_report_nothing(headline: str) -> None:
    assert reported((Zone.HEADLINE, headline)) == []


def test_a_colon_behind_a_name_in_the_body_reports_nothing() -> None:
    assert reported("Anna Petrova: the talks have failed") == []


def test_officials_speak_without_a_tag() -> None:
    (found,) = quotes_in("Health officials said the talks had failed.")
    assert (found.speaker, found.speaker_name) == ("", "Health officials")


def test_who_responds_with_something_reports_nothing() -> None:
    sentence = "In the notable exceptions when the court has not, Petrova has responded with scorn."
    assert reported(sentence) == []
