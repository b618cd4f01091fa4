"""The article's own text, as rows of data carry it."""

import pytest

from pipelines.article import Capture, DateSource, Document, Form, Zone
from pipelines.errors import NoArticle
from pipelines.extraction import extract

_PROSE = "The harbour authority closed the northern quay after two storms."


def text(content: str, title: str = "") -> Document:
    return extract(Capture("t", "row", Form.TEXT, content.encode(), title=title))


def test_first_line_is_not_promoted_to_a_headline():
    document = text(f"Quay closed after storms\n{_PROSE}")
    assert document.title == ""
    assert [z.zone for z in document.zones] == [Zone.LEDE, Zone.BODY]


def test_heading_between_paragraphs_is_a_subhead():
    document = text(f"{_PROSE}\nRepairs until autumn\n{_PROSE}", title="Quay")
    assert [z.zone for z in document.zones] == [
        Zone.HEADLINE,
        Zone.LEDE,
        Zone.SUBHEAD,
        Zone.BODY,
    ]


def test_dateline_is_found_below_a_repeated_headline():
    document = text(f"Quay closed\nMOSCOW, June 2, 2015 (Agency) - {_PROSE}", title="Quay closed")
    assert [(e.source, e.raw) for e in document.dates] == [(DateSource.DATELINE, "June 2, 2015")]


def test_neither_text_nor_title_is_no_article():
    with pytest.raises(NoArticle):
        text(" \n\u200b\n")
