"""Whole pages: what counts as body, whose title wins, and pages that are none."""

import gzip
import json
from pathlib import Path

import pytest

from pipelines.article import Capture, Document, Form, Zone
from pipelines.errors import NoArticle, Quarantined, Unsupported
from pipelines.extraction import extract

_PARAGRAPH = (
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for. "
)
_BODY = "".join(f"<p>{_PARAGRAPH}Part {n}.</p>" for n in range(4))


def page(markup: str, **said: str) -> Document:
    return extract(Capture("test", "page.html", Form.PAGE, markup.encode(), **said))  # type: ignore[arg-type]  # strings only


def zone_text(document: Document, zone: Zone) -> str:
    return "".join(document.text[z.start : z.end] for z in document.zones if z.zone is zone)


def test_claimed_title_wins_over_the_pages():
    document = page(f"<title>Other</title><article><h1>Other</h1>{_BODY}", title="Quay closed")
    assert document.title == "Quay closed"
    assert zone_text(document, Zone.HEADLINE) == "Quay closed\n"


def test_window_title_loses_the_name_of_the_site():
    markup = '<title>Quay closed | The Quay Gazette</title><meta property="og:site_name" '
    assert page(f'{markup} content="The Quay Gazette">{_BODY}').title == "Quay closed"


def test_title_with_a_dash_keeps_it_where_no_site_is_named():
    assert page(f"<title>Storm - the sequel</title>{_BODY}").title == "Storm - the sequel"


def test_headline_in_the_body_is_not_counted_twice():
    document = page(f"<title>Quay closed</title><article><h1>Quay closed</h1>{_BODY}</article>")
    assert "".join(document.counted()).count("Quay closed") == 1


def test_same_page_read_often_gives_the_same_text():
    markup = f"<title>Quay closed</title><article>{_BODY}</article>"
    assert len({page(markup).text for _ in range(6)}) == 1


def test_page_of_links_is_an_article_of_its_title_only():
    document = page("<title>Front</title><ul>" + "<li><a href=x>Link</a></li>" * 50)
    assert document.title == "Front"
    assert zone_text(document, Zone.HEADLINE).strip() == "Front"


@pytest.mark.parametrize("markup", ["", "   ", "<!-- nothing -->", "<html><body></body></html>"])
def test_page_without_text_and_title_is_no_article(markup: str):
    with pytest.raises(NoArticle, match="neither article text nor title"):
        page(markup)


def test_title_of_the_capture_makes_an_empty_page_an_article():
    assert page("", title="Quay closed").text == "Quay closed"


def test_deep_nesting_is_quarantined():
    with pytest.raises(Quarantined, match="nested more than 250 deep"):
        page("<div>" * 3000 + "text" + "</div>" * 3000)


def test_reported_problem_is_quarantined_with_its_reason():
    with pytest.raises(Quarantined, match="line 3 is no JSON"):
        extract(Capture("t", "a.jsonl:3", Form.TEXT, b"{", problem="line 3 is no JSON"))


def test_pdf_under_a_page_address_is_unsupported():
    with pytest.raises(Unsupported, match="a PDF"):
        extract(Capture("t", "x", Form.PAGE, b"%PDF-1.4"))


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://m.quay.example/a", "https://m.quay.example/a"),
        ("/a", "https://quay.example/a"),
        ("https://quay.example/", ""),
        ("https://other.example/a", ""),
        ("http://[broken/a", ""),
    ],
    ids=["subdomain", "relative", "front page", "another site", "broken"],
)
def test_canonical_link_is_kept_only_if_it_can_be_this_page(link: str, kept: str):
    markup = f'<title>T</title><link rel="canonical" href="{link}">{_BODY}'
    assert page(markup, url="https://quay.example/a?ref=x").url == kept


def test_broken_json_ld_is_passed_over():
    script = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    assert page(f"<title>Quay closed</title>{script}{_BODY}").title == "Quay closed"


def test_article_body_of_json_ld_stands_in_for_a_page_drawn_by_script():
    data = json.dumps({"@type": "NewsArticle", "headline": "Quay", "articleBody": _PARAGRAPH * 3})
    document = page(f'<script type="application/ld+json">{data}</script><div id="app"></div>')
    assert _PARAGRAPH.strip() in document.text


def test_real_pages_have_text_a_title_and_a_date(shared_data: Path):
    files = sorted((shared_data / "pages" / "fundus-parsers").glob("*/*.html.gz"))[::13]
    documents = [
        extract(Capture("real", file.name, Form.PAGE, gzip.decompress(file.read_bytes())))
        for file in files
    ]
    assert all(document.title for document in documents)
    assert sum(len(document.text) > 500 for document in documents) >= 0.9 * len(documents)
    assert sum(any(e.role == "published" for e in d.dates) for d in documents) >= len(files) - 1
