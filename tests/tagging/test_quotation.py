"""Quotation marks of all styles, also within one another and without a partner."""

import pytest

from pipelines.tagging.quotation import quoted_spans


def between(text: str) -> list[str]:
    """Return what stands between the marks."""
    return [text[start:end] for start, end in quoted_spans(text)]


@pytest.mark.parametrize(
    "text",
    ['"so it is"', "\u201cso it is\u201d", "\u201eso it is\u201c", "\u00abso it is\u00bb"],
)
def test_double_marks_of_all_styles_quote(text: str) -> None:
    assert between(f"He said {text}.") == ["so it is"]


def test_marks_within_marks_belong_to_the_words_around() -> None:
    assert between('"The play "The Wall" was good", he said.') == ['The play "The Wall" was good']


def test_two_quotes_of_one_line_are_two() -> None:
    assert between('"One," he said, "and two."') == ["One,", "and two."]


def test_a_mark_of_inches_does_not_open_a_quote() -> None:
    assert between('A 5" pipe and "a long one" broke.')[-1:] != ["a long one broke."]


def test_an_open_mark_at_the_beginning_quotes_to_the_end_of_the_line() -> None:
    assert between('"One and two\nand three') == ["One and two"]


def test_an_open_mark_within_a_line_quotes_nothing() -> None:
    assert between('One "and two') == []


def test_single_marks_quote_where_the_words_end_in_punctuation() -> None:
    assert between("'It isn't late,' he said.") == ["It isn't late,"]


@pytest.mark.parametrize("text", ["the boys' house, and the girls' house", "rock 'n' roll, it's"])
def test_apostrophes_quote_nothing(text: str) -> None:
    assert between(text) == []
