"""News sitemaps as publishers write them; the plain cases stand in tests/golden/sitemap."""

import io

import pytest

from pipelines.article import Capture, Fetch, FetchStatus, SourceKind
from pipelines.config import SourceConfig
from pipelines.sources.raw import Raw
from pipelines.sources.sitemap import read_sitemap

_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def read(title: str, spaces: str = _NEWS, beside: str = "") -> tuple[Fetch, list[Capture]]:
    news = f"<news:news><news:title>{title}</news:title></news:news>"
    url = f"<url><loc>https://a.example/1</loc>{beside}{news}</url>"
    return read_bytes(f"<urlset {spaces}>{url}</urlset>".encode())


def read_bytes(content: bytes) -> tuple[Fetch, list[Capture]]:
    spec = SourceConfig("news.xml", kind=SourceKind.SITEMAP)
    raw = Raw(spec, SourceKind.SITEMAP, "news.xml", lambda: io.BytesIO(content))
    fetch, *captures = read_sitemap(raw)
    assert isinstance(fetch, Fetch)
    return fetch, [capture for capture in captures if isinstance(capture, Capture)]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Trade & aid", "Trade & aid"),
        ("Council&nbsp;meets", "Council meets"),
        ("Caf&eacute; &bogus; &LT;", "Café &bogus; <"),
        ("Trade &#38; aid &#xD800;&#0;&#1114112; &", "Trade & aid \ufffd\ufffd\ufffd &"),
        ("Coun<!-- x -->cil", "Council"),
        ("<![CDATA[Trade & aid &nbsp;]]>", "Trade & aid"),
        ("<b>Council</b> meets", "Council meets"),
        ("Council\x0b meets & votes", "Council meets & votes"),
    ],
)
def test_a_title_is_whole_also_where_the_xml_is_not_well_formed(written: str, title: str) -> None:
    _, (capture,) = read(written)
    assert (capture.title, capture.url) == (title, "https://a.example/1")


def test_a_prefix_without_its_namespace_is_what_it_says() -> None:
    image = "<image:image><image:loc>1.jpg</image:loc><image:title>A picture</image:title>"
    fetch, (capture,) = read("Council", spaces="", beside=f"{image}</image:image>")
    assert (capture.title, capture.url) == ("Council", "https://a.example/1")
    assert "not well formed" in fetch.reason


def test_an_encoding_that_is_none_of_texts_is_not_asked() -> None:
    head = b'<?xml version="1.0" encoding="idna"?>'
    _, (capture,) = read_bytes(head + b"<urlset><url><title>Trade & aid</title></url></urlset>")
    assert capture.title == "Trade & aid"


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8"])
def test_letters_that_are_none_cost_no_more_than_themselves(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    title = "<title>Совет &amp; x &</title>".encode(encoding).replace(b"x", b"\xed\xa0\x98")
    fetch, (capture,) = read_bytes(head + b"<urlset><url>" + title + b"</url></urlset>")
    assert capture.title.startswith("Совет & ")
    assert fetch.status is FetchStatus.OK


def test_a_name_that_is_none_ends_no_run() -> None:
    fetch, _ = read_bytes(b"<a:b:urlset><url><title>x</title></url>")
    assert fetch.status is FetchStatus.FAILED
