"""Marked text: every span is marked, every character of the outside is escaped."""

import html
import re

from hypothesis import given
from hypothesis import strategies as some

from dashboard.marking import Marked, marked_html, sentences_html
from pipelines.article import Zone, ZoneSpan

TEXT = "Vote on Syria\nLavrov said <no>.\nRelated: Syria again"
ZONES = (
    ZoneSpan(0, 14, Zone.HEADLINE),
    ZoneSpan(14, 32, Zone.BODY),
    ZoneSpan(32, len(TEXT), Zone.RELATED),
)


def _marks(content: str) -> list[str]:
    return re.findall(r'<mark title="([^"]*)"[^>]*>([^<]*)</mark>', content)


def test_a_span_is_marked_with_its_name():
    assert _marks(marked_html(TEXT, ZONES, [Marked(8, 13, "Syria")])) == [("Syria", "Syria")]


def test_overlapping_spans_become_marks_that_name_both():
    marks = [Marked(0, 13, "topic: votes"), Marked(8, 13, "country: Syria")]
    assert _marks(marked_html(TEXT, ZONES, marks)) == [
        ("topic: votes", "Vote on "),
        ("topic: votes, country: Syria", "Syria"),
    ]


def test_a_span_across_zones_is_marked_in_both():
    content = marked_html(TEXT, ZONES, [Marked(8, 20, "x")])
    assert [text for _, text in _marks(content)] == ["Syria", "Lavrov"]


def test_parts_that_never_count_are_pale():
    paragraphs = marked_html(TEXT, ZONES, []).split("<p ")[1:]
    assert ["opacity" in one for one in paragraphs] == [False, False, True]


def test_markup_of_the_text_is_shown():
    assert "&lt;no&gt;" in marked_html(TEXT, ZONES, [])


@given(some.text(), some.lists(some.tuples(some.integers(0, 30), some.integers(1, 9))))
def test_no_character_is_lost_or_let_through(text, spans):
    marks = [Marked(start, start + size, "<tag>") for start, size in spans]
    content = marked_html(text, [], marks)
    bare = re.sub(r"<(?:/?(?:div|p|mark)\b[^>]*|br)>", "", content)
    assert "<" not in bare
    assert html.unescape(bare).replace("\n", "") == html.unescape(
        html.escape(text.rstrip("\n"))
    ).replace("\n", "")


def test_a_sentence_has_its_words_marked_and_its_reason_below():
    content = sentences_html([("Syria & co met.", "Syria", "Syria (topic), in the body")])
    assert _marks(content) == [("Syria", "Syria")]
    assert "&amp; co met." in content
    assert "in the body" in content


def test_a_sentence_without_words_is_escaped_all_the_same():
    assert "&lt;b&gt;" in sentences_html([("<b>", "", "")])
