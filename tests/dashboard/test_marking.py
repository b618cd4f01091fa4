"""Marked text: every span is marked, every character of the outside is escaped."""

import html
import re

from hypothesis import given
from hypothesis import strategies as some

from dashboard.words.marking import Marked, marked_html, sentences_html
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


def test_long_margins_are_folded_away_and_a_short_one_is_not():
    lines = [f"Teaser {n}" for n in range(9)]
    text = "\n".join(["Body.", *lines, "Body.", "Tag"])
    end = len("\n".join(["Body.", *lines])) + 1
    zones = (
        ZoneSpan(0, 6, Zone.BODY),
        ZoneSpan(6, end, Zone.RELATED),
        ZoneSpan(end, end + 6, Zone.BODY),
        ZoneSpan(end + 6, len(text), Zone.TAGS),
    )
    content = marked_html(text, zones, [])
    folded = re.findall(r"<details.*?</details>", content)
    assert len(folded) == 1
    assert "9 lines" in folded[0]
    assert all(line in folded[0] for line in lines)
    assert "Tag" in content.replace(folded[0], "")


def test_neighbouring_margins_are_folded_together():
    text = "\n".join(f"line {n}" for n in range(8))
    zones = (ZoneSpan(0, 28, Zone.RELATED), ZoneSpan(28, len(text), Zone.FURNITURE))
    content = marked_html(text, zones, [])
    assert content.count("<details") == 1
    assert "Related stories, page furniture: 8 lines, not counted" in content


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
