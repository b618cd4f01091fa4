"""One address for one article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.urls import canonical, domain_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.Example.ORG:80/A", "https://www.example.org/A"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&fbclid=y&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/a?ref=7&source=8", "https://example.org/a?ref=7&source=8"),
        ("https://me:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/%7Ea/%d0%bf", "https://example.org/~a/%D0%BF"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        (" https://example.org/a\n", "https://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("http://localhost:8000/a", "http://localhost:8000/a"),
        ("http://127.0.0.1/a", "http://127.0.0.1/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_address_has_one_canonical_form(url: str, expected: str):
    assert canonical(url) == expected


def test_http_and_https_are_the_same_article():
    assert canonical("http://example.org/a") == canonical("https://example.org/a")


@pytest.mark.parametrize(
    "url",
    [
        *("", "ftp://a.org/x", "mailto:a@b.org", "javascript:alert(1)", "data:text/html,x", "/a/b"),
        *("https://", "https://[::1", "https://a.org:99999/", "file:///etc/passwd", "https://a{}/"),
    ],
)
def test_anything_but_http_is_no_address(url: str):
    assert canonical(url) == ""


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("http://news.example.org:8080/", "news.example.org"),
        ("mailto:a@example.org", ""),
        ("", ""),
    ],
)
def test_domain_is_the_host_without_www(url: str, domain: str):
    assert domain_of(url) == domain


_urls = st.builds(
    "{}://{}{}/{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["a.org", "WWW.a.org", "localhost", "пример.рф", "[::1]", "1.2.3.4"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(max_size=30),
    st.text(max_size=20).map("?{}".format),
)


@given(st.one_of(st.text(), _urls))
def test_canonical_form_is_its_own_canonical_form(url: str):
    once = canonical(url)
    assert canonical(once) == once
    assert domain_of(once) == domain_of(url) or once == ""
