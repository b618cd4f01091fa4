"""The summary over the running text: told from its first paragraph by more than one sign."""

import pytest

from pipelines.article import Capture, Document, Form, Zone
from pipelines.extraction import extract

_SUMMARY = "Two storms have closed the northern quay, and nobody in Peru will pay for the wall."
_PARAGRAPHS = [
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for.",
    "Engineers went down at low water and counted nine stones that no longer touch their "
    "neighbours, which is four more than the last time anybody had looked at the wall.",
    "Until it is mended the ferries will land at the fish market, where the stalls have been moved "
    "closer together and the first boat has been told to come an hour later.",
]
_TEXT = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
_BOLD_INTRO = f"<div class=intro><strong><p>{_SUMMARY}</p></strong></div>"
_DESCRIBED = f'<meta name="description" content="{_SUMMARY}">'


def read(body: str, head: str = "") -> Document:
    markup = f"<head><title>Quay closed</title>{head}</head><body><article>{body}</article></body>"
    return extract(Capture("test", "page.html", Form.PAGE, markup.encode()))


def zone_of(document: Document, text: str) -> Zone | None:
    at = document.text.find(text)
    return next((z.zone for z in document.zones if z.start <= at < z.end), None)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<header><h1>Quay closed</h1><p>{_SUMMARY}</p></header>{_TEXT}", ""),
        (f"<h1>Quay closed</h1><p class=article-intro>{_SUMMARY}</p><div>{_TEXT}</div>", ""),
        (f"<h1>Quay closed</h1><div><p class=x1>{_SUMMARY}</p>{_TEXT}</div>", _DESCRIBED),
        (f"<h1>Quay closed</h1><div><p><b>{_SUMMARY}</b></p>{_TEXT}</div>", _DESCRIBED),
        (f"<h1>Quay closed</h1><div><p class=font-medium>{_SUMMARY}</p>{_TEXT}</div>", ""),
        (f"<h1>Quay closed</h1><div>{_BOLD_INTRO}{_TEXT}</div>", ""),
    ],
    ids=[
        *("in the header", "by its name", "as described", "bold and described", "bold class"),
        "bold in an element of its name",
    ],
)
def test_summary_over_the_running_text_is_the_standfirst(body: str, head: str):
    document = read(body, head)
    assert zone_of(document, _SUMMARY) is Zone.SUBHEAD
    assert zone_of(document, _PARAGRAPHS[0]) is Zone.LEDE


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<h1>Quay closed</h1><div><p>{_SUMMARY}</p>{_TEXT}</div>", _DESCRIBED),
        (f"<h1>Quay closed</h1><div><p class=first>{_SUMMARY}</p>{_TEXT}</div>", ""),
        (f"<h1>Quay closed</h1><div><p><b>{_SUMMARY}</b></p>{_TEXT}</div>", ""),
        (f"<h1>Quay closed</h1><div><p>{_SUMMARY}</p></div><div>{_TEXT}</div>", ""),
        (f"<header><h1>Quay closed</h1><p>{_SUMMARY}</p>{_TEXT}</header>", ""),
        (f"<h1>Quay closed</h1><p class=speakable-summary>{_SUMMARY}</p><div>{_TEXT}</div>", ""),
    ],
    ids=["described", "first", "bold", "wrapped", "all in the header", "for reading aloud"],
)
def test_one_sign_alone_does_not_make_a_first_paragraph_the_standfirst(body: str, head: str):
    assert zone_of(read(body, head), _SUMMARY) is Zone.LEDE


def test_points_of_a_summary_are_the_standfirst():
    points = "".join(f"<li>Storm number {n} has reached the harbour of Peru.</li>" for n in "123")
    document = read(f"<h1>Quay closed</h1><div><ul class=summary-list>{points}</ul>{_TEXT}</div>")
    assert zone_of(document, "Storm number 2") is Zone.SUBHEAD
    assert zone_of(document, _PARAGRAPHS[0]) is Zone.LEDE


def test_summary_without_running_text_is_the_lede():
    document = read(f"<h1>Quay closed</h1><p class=intro>{_SUMMARY}</p>", _DESCRIBED)
    assert zone_of(document, _SUMMARY) is Zone.LEDE


def test_list_over_the_running_text_is_the_article_in_brief():
    points = [f"The quay is closed to ship number {n}." for n in (1, 2)]
    brief = "<h2>In brief</h2><ul>" + "".join(f"<li>{point}</li>" for point in points) + "</ul>"
    document = read(f"<h1>Quay closed</h1><div>{brief}{_TEXT}<p>{_SUMMARY}</p></div>")
    assert [zone_of(document, point) for point in points] == [Zone.SUBHEAD, Zone.SUBHEAD]
    assert zone_of(document, _PARAGRAPHS[0]) is Zone.LEDE


def test_paragraph_with_a_dateline_is_no_standfirst():
    dated = f"LIMA - {_SUMMARY}"
    document = read(f"<h1>Quay closed</h1><p class=article-intro>{dated}</p><div>{_TEXT}</div>")
    assert zone_of(document, dated) is Zone.LEDE
