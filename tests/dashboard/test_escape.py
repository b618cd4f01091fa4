"""Text from outside stays text."""

import html
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.escape import escape_html, escape_markdown, isolate, web_link, without_isolates
from dashboard.words.wording import title
from pipelines.query import Query

ACTIVE = set("\\`*_{}[]()<>|~$")


@given(some.text())
def test_no_character_with_a_meaning_is_left(text):
    assert not ACTIVE & set(escape_markdown(text))


@given(some.text())
def test_a_reader_sees_what_was_written(text):
    shown = html.unescape(escape_markdown(text)).replace("\u2060", "")
    assert shown == " ".join(html.unescape(text).split()).replace("\u2060", "") or "&" in text


@pytest.mark.parametrize(
    "text",
    ["![x](http://t.example/p.png)", ":red[loud]", "<img src=x>", "$x$", "`code`", "~~a~~"],
)
def test_markup_is_taken_apart(text):
    assert not ACTIVE & set(escape_markdown(text))


@pytest.mark.parametrize("text", ["www.example.com", "http://example.com", "a@example.com"])
def test_a_bare_address_does_not_become_a_link(text):
    assert "\u2060" in escape_markdown(text)


@pytest.mark.parametrize(
    ("text", "start"), [("- a", "&#45;"), ("+ a", "&#43;"), ("1. a", "1&#46;"), ("# a", "&#35;")]
)
def test_a_line_does_not_become_a_list(text, start):
    assert escape_markdown(text).startswith(start)


def test_a_date_stays_readable_in_the_source():
    assert escape_markdown("2015-05-04 to 2015-06-01") == "2015-05-04 to 2015-06-01"


def test_html_is_escaped_with_its_quotes():
    assert escape_html('<a href="x">\'') == "&lt;a href=&quot;x&quot;&gt;&#x27;"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://echo.example/1?a=b", "https://echo.example/1?a=b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://x.example/ onload=1", ""),
        ("//x.example", ""),
    ],
)
def test_only_web_addresses_become_links(url, link):
    assert web_link(url) == link


def test_a_name_from_right_to_left_is_kept_to_itself():
    # Without the isolates a browser writes the date that follows an Arabic word to its left.
    assert isolate("سوريا") == "\u2068سوريا\u2069"
    assert isolate("Сирия, Syria") == "Сирия, Syria"
    said = title(Query(text="سوريا", start=date(2022, 1, 3), end=date(2022, 2, 16)), {})
    assert said == "“\u2068سوريا\u2069”, 2022-01-03 to 2022-02-16"
    assert without_isolates(said) == "“سوريا”, 2022-01-03 to 2022-02-16"
