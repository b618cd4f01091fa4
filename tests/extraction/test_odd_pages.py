"""Pages that are no usual article: each ends as a document or as a named refusal."""

import json
import random

import pytest

from pipelines.article import Capture, Document, Extraction, Form, Zone
from pipelines.errors import NoArticle, Quarantined, Unsupported
from pipelines.extraction import extract

_SENTENCE = (
    "The ferry to the outer islands ran again on Monday after the crew had waited nine days for a "
    "part of the rudder that a yard on the mainland cast anew from old drawings. "
)


_LINKS = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(60))
both = pytest.mark.parametrize("extraction", list(Extraction))


def paragraph(number: int) -> str:
    """Return a paragraph that differs from all others in most of its words."""
    loads = random.Random(number).sample(range(1000), k=12)
    carried = ", ".join(f"{load} crates from yard {load * number}" for load in loads)
    return f"<p>The ferry carried {carried}, as the harbour had planned.</p>"


def prose(paragraphs: int = 5) -> str:
    return "".join(map(paragraph, range(paragraphs)))


def read(markup: str | bytes, extraction: Extraction = Extraction.CASCADE) -> Document:
    content = markup if isinstance(markup, bytes) else markup.encode()
    return extract(Capture("test", "page.html", Form.PAGE, content), extraction)


def body(document: Document) -> str:
    wanted = (Zone.LEDE, Zone.BODY, Zone.SUBHEAD)
    return "".join(document.text[z.start : z.end] for z in document.zones if z.zone in wanted)


@both
def test_article_among_links_is_found_without_them(extraction: Extraction):
    document = read(
        f"<title>Ferry</title><ul>{_LINKS}</ul><article>{prose()}</article>", extraction
    )
    assert body(document).count("The ferry") == 5
    assert "Section" not in document.text


@both
def test_page_of_nearly_ten_megabytes_keeps_its_article(extraction: Extraction):
    filler = "<script>" + "var a = 0;" * 900_000 + "</script>"
    document = read(f"<title>Ferry</title>{filler}<article>{prose()}</article>", extraction)
    assert body(document).count("The ferry") == 5


def test_page_of_many_megabytes_of_text_is_read():
    document = read(f"<title>Ferry</title><article>{prose(10_000)}</article>")
    assert body(document).count("The ferry") == 10_000


def test_page_of_more_than_ten_megabytes_is_quarantined():
    with pytest.raises(Quarantined, match="more than the 10,000,000 allowed"):
        read("<p>" + "a" * 10_000_001)


def test_ten_thousand_nested_elements_are_quarantined():
    with pytest.raises(Quarantined, match="nested more than 250 deep"):
        read("<div>" * 10_000 + prose() + "</div>" * 10_000)


@both
def test_line_of_five_megabytes_is_read(extraction: Extraction):
    line = prose(25_000).replace("<p>", "").replace("</p>", " ")[:5_000_000]
    document = read(f"<title>Ferry</title><article><p>{line}</p></article>", extraction)
    assert len(body(document)) > 4_900_000


@pytest.mark.parametrize("markup", ["", "<html><body></body></html>", "<script>var a</script>"])
def test_page_without_text_is_no_article(markup: str):
    with pytest.raises(NoArticle):
        read(markup)


@both
def test_empty_body_leaves_the_title(extraction: Extraction):
    document = read("<title>Ferry runs again</title><body></body>", extraction)
    assert document.text == "Ferry runs again"


@both
def test_page_of_navigation_only_has_no_body(extraction: Extraction):
    document = read(f"<title>Front</title><nav><ul>{_LINKS}</ul></nav>", extraction)
    assert body(document) == ""
    assert document.title == "Front"


@both
def test_paywall_stub_keeps_its_first_paragraph(extraction: Extraction):
    offer = '<div class="paywall"><p>Subscribe to read on.</p><a href="/buy">Buy</a></div>'
    stub = f"<article><h1>Ferry</h1><p>{_SENTENCE}</p>{offer}</article><ul>{_LINKS}</ul>"
    assert body(read(f"<title>Ferry</title>{stub}", extraction)).startswith("The ferry")


@both
def test_video_page_keeps_what_is_said_of_the_video(extraction: Extraction):
    player = '<video controls><source src="a.mp4">Your browser cannot play this.</video>'
    page = f"<title>Ferry</title><main><h1>Ferry</h1>{player}<p>{_SENTENCE}</p></main>"
    document = read(page, extraction)
    assert "The ferry" in document.text
    assert "Your browser" not in document.text


@both
def test_live_blog_keeps_its_posts(extraction: Extraction):
    posts = "".join(
        f'<article class="post"><time>1{n}:00</time><h2>Update {n}</h2>{paragraph(n)}</article>'
        for n in range(8)
    )
    document = read(f"<title>Live</title><main>{posts}</main><ul>{_LINKS}</ul>", extraction)
    assert body(document).count("The ferry") >= 7


@both
def test_gallery_ends_as_a_document_with_its_title(extraction: Extraction):
    pictures = "".join(
        f'<figure><img src="{n}.jpg"><figcaption>Picture {n}: {_SENTENCE}</figcaption></figure>'
        for n in range(6)
    )
    document = read(f"<title>Ferry in pictures</title><main>{pictures}</main>", extraction)
    assert document.title == "Ferry in pictures"
    assert "Section" not in document.text


def test_binary_rubbish_is_quarantined():
    with pytest.raises(Quarantined, match="no text in any encoding"):
        read(random.Random(0).randbytes(20_000))


def test_picture_is_unsupported():
    with pytest.raises(Unsupported, match="a PNG picture"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(1000))


@both
def test_wrong_charset_is_read_as_far_as_it_can_be(extraction: Extraction):
    title = "Fähre fährt früher über Nacht"
    page = f'<meta charset="utf-8"><title>{title}</title><article>{prose()}</article>'
    document = read(page.encode("cp1252"), extraction)
    assert document.title == title
    assert body(document).count("The ferry") == 5


@both
def test_text_of_json_ld_stands_in_for_an_empty_page(extraction: Extraction):
    data = json.dumps({"@type": "NewsArticle", "headline": "F", "articleBody": _SENTENCE * 3})
    script = f'<script type="application/ld+json">{data}</script><div id="app"></div>'
    assert body(read(script, extraction)).startswith("The ferry")


def test_hidden_copy_of_the_text_is_not_kept_twice():
    text = prose().replace("<p>", "").replace("</p>", " ")
    copy = f'<div hidden class="article-body"><p>{text}</p></div>'
    document = read(f"<title>F</title><article>{prose()}</article>{copy}", Extraction.FAST)
    assert body(document).count("The ferry") == 5
