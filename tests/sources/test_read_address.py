"""Addresses read through the whole of `read_source`: one request, one log record, its captures."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import answer, loopback

from pipelines.article import Capture, Fetch, FetchStatus, SourceKind
from pipelines.config import HttpConfig, SourceConfig
from pipelines.sources import Http, read_source

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FEED = (GOLDEN / "feed" / "rss2.rss").read_bytes()


@pytest.fixture
def http() -> Iterator[Http]:
    config = HttpConfig(allow_private=True, timeout_seconds=3.0, per_host_delay_seconds=0.0)
    with Http(config) as http:
        yield http


def read(body: bytes, http: Http, **words: str) -> tuple[Fetch, list[Capture]]:
    with loopback({"/news": body}) as server:
        fetch, *captures = read_source(SourceConfig(server.url("/news"), **words), http)  # type: ignore[arg-type]  # table
    assert isinstance(fetch, Fetch)
    return fetch, [capture for capture in captures if isinstance(capture, Capture)]


def test_a_feed_is_logged_with_its_time_and_validators(http: Http) -> None:
    fetch, captures = read(answer(FEED, 'ETag: "7"', "Last-Modified: then"), http)
    assert (fetch.status, fetch.http_status, fetch.size) == (FetchStatus.OK, 200, len(FEED))
    assert (fetch.etag, fetch.last_modified) == ('"7"', "then")
    assert fetch.fetched_at is not None
    assert {capture.fetched_at for capture in captures} == {fetch.fetched_at}
    assert len(captures) == 5


def test_an_unchanged_feed_is_logged_and_brings_nothing(http: Http) -> None:
    fetch, captures = read(answer(status="304 Not Modified"), http, etag='"7"')
    assert (fetch.status, fetch.http_status, captures) == (FetchStatus.NOT_MODIFIED, 304, [])


def test_a_feed_that_answers_with_zero_bytes_has_failed(http: Http) -> None:
    fetch, captures = read(answer(b""), http)
    assert (fetch.status, fetch.http_status, captures) == (FetchStatus.FAILED, 200, [])
    assert "not a byte in it; an empty answer is a failed fetch" in fetch.reason


def test_a_failed_request_is_logged_with_its_status_and_time(http: Http) -> None:
    fetch, captures = read(answer(status="404 Not Found"), http)
    assert (fetch.status, fetch.http_status, captures) == (FetchStatus.FAILED, 404, [])
    assert fetch.fetched_at is not None


def test_a_refused_address_is_logged(http: Http) -> None:
    (fetch,) = read_source(SourceConfig("file:///etc/passwd"), http)
    assert isinstance(fetch, Fetch)
    assert "only http and https" in fetch.reason


def test_a_page_carries_its_address_and_the_servers_charset(http: Http) -> None:
    page = answer(b"<html><p>Text</p></html>", "Content-Type: text/html; charset=koi8-r")
    fetch, (capture,) = read(page, http)
    assert fetch.kind is SourceKind.PAGE
    assert (capture.url, capture.encoding) == (fetch.locator, "koi8-r")


def test_a_packed_sitemap_is_unpacked(http: Http) -> None:
    packed = gzip.compress((GOLDEN / "sitemap" / "news.xml").read_bytes())
    fetch, captures = read(answer(packed, "Content-Type: application/gzip"), http)
    assert (fetch.kind, len(captures)) == (SourceKind.SITEMAP, 1)


def test_a_page_where_a_feed_was_expected_has_failed(http: Http) -> None:
    fetch, captures = read(answer(b"<html><p>Sorry</p></html>"), http, kind=SourceKind.FEED)
    assert (fetch.status, captures) == (FetchStatus.FAILED, [])
    assert "not a feed" in fetch.reason
