"""Which addresses may be asked, without asking any."""

import ipaddress

import pytest

from pipelines.errors import FetchRefused
from pipelines.sources._addresses import check_url, literal, may_ask


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/feed",
        "https://example.org:8443/feed?a=b#c",
        "http://8.8.8.8/",
        "http://[2606:4700:4700::1111]/",
        "http://пример.испытание/лента",
        "HTTPS://EXAMPLE.ORG/",
    ],
)
def test_an_address_of_the_open_internet_passes(url: str) -> None:
    assert check_url(url).hostname


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/feed",
        "example.org/feed",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org /",
        "http://example.org/a\r\nHost: evil",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://0/",
        "http://0.0.0.0/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://08.8.8.8/",
        "http://127.0.0.1%2f/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fc00::1]/",
        "http://[ff02::1]/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused):
        check_url(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/"])
def test_a_private_address_passes_by_an_explicit_setting(url: str) -> None:
    assert check_url(url, allow_private=True)


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/", "http://[fe80::1]/", "http://0.0.0.0/", "http://a:b@10.0.0.1"],
)
def test_some_addresses_are_refused_even_then(url: str) -> None:
    with pytest.raises(FetchRefused):
        check_url(url, allow_private=True)


def test_every_notation_of_an_ip_address_is_read_as_resolvers_do() -> None:
    same = ["8.8.4.4", "134743044", "0x08080404", "010.8.4.4", "8.525316"]
    assert {str(literal(host)) for host in same} == {"8.8.4.4"}
    assert literal("example.org") is None


def test_an_address_packed_into_another_is_unpacked() -> None:
    assert may_ask(ipaddress.ip_address("64:ff9b::808:808"))
    assert not may_ask(ipaddress.ip_address("64:ff9b::a00:1"))


def test_a_password_is_not_repeated_in_the_message() -> None:
    with pytest.raises(FetchRefused) as caught:
        check_url("http://user:secret@example.org/")
    assert "secret" not in str(caught.value)
