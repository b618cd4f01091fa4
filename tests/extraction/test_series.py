"""Headings that count on, and lists behind a colon."""

import pytest

from pipelines.article import Capture, Form, Zone
from pipelines.extraction import extract
from pipelines.extraction.lines.roles import Line, role_of
from pipelines.extraction.lines.series import introduced, numbered_headings

_PROSE = "The harbour authority closed the northern quay after two storms had broken its wall."


def lines(*texts: str) -> list[Line]:
    return [Line(n, text, role_of(text)) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    "headings",
    [
        ("1. Close the quay", "2. Mend the wall", "3. Open the quay"),
        ("Tipp 1: Kai sperren", "Tipp 2: Mauer flicken", "Tipp 3: Kai öffnen"),
        ("#3 – The old quay", "#2 – The market", "#1 – The lighthouse"),
    ],
    ids=["numbers", "a word and numbers", "counted down"],
)
def test_headings_that_count_on_over_prose_are_found(headings: tuple[str, ...]):
    texts = [text for heading in headings for text in (heading, _PROSE)]
    assert numbered_headings(lines(_PROSE, *texts)) == {1, 3, 5}


@pytest.mark.parametrize(
    "texts",
    [
        ("1. Museum of ferries reopens", "2. Why the baker stays", "3. A new road"),
        ("28. Oktober 2023", _PROSE, "29. Oktober 2023", _PROSE),
        ("1. Close the quay.", _PROSE, "Tip 2: Mend the wall", _PROSE),
    ],
    ids=["most read", "dates", "two kinds"],
)
def test_other_numbers_are_no_headings_of_the_article(texts: tuple[str, ...]):
    assert not numbered_headings(lines(_PROSE, *texts))


def test_items_below_a_paragraph_with_a_colon_are_introduced():
    found = introduced(
        lines(f"{_PROSE[:-1]}, which is:", "The wall", "Two cranes", "A road", _PROSE)
    )
    assert found == {1, 2, 3}
    assert not introduced(lines("Also in here:", "The wall", "Two cranes", "A road", _PROSE))


def test_numbered_heading_between_paragraphs_is_a_subhead_and_counts():
    long = "2. Mend the wall that Norway gave to the island before the storms of last winter"
    first, second = (
        "Two cranes fell into the sea.",
        "The ferries land at the fish market until May.",
    )
    texts = [_PROSE, "1. Close the quay", first, long, second]
    document = extract(Capture("test", "c", Form.CLIPPING, "\n".join(texts).encode()))
    found = [
        document.text[z.start : z.end].strip() for z in document.zones if z.zone is Zone.SUBHEAD
    ]
    assert found == ["1. Close the quay", long]
