"""Asking real servers on loopback that behave as badly as those on the Internet."""

import gzip
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path

import pytest
from loopback import Loopback, Request, answer, drip, loopback, one_after_the_other, silence

from pipelines.config import HttpConfig
from pipelines.errors import FetchRefused, SourceError
from pipelines.sources import Http, RequestFailed

CONFIG = HttpConfig(
    allow_private=True, timeout_seconds=3.0, per_host_delay_seconds=0.0, max_bytes=200_000
)


class Sleeps(list[float]):
    """Takes the waits down instead of waiting."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
def http(sleeps: Sleeps) -> Iterator[Http]:
    with Http(CONFIG, sleep=sleeps, jitter=lambda: 0.0) as http:
        yield http


def failure(http: Http, url: str, **conditions: str) -> str:
    """Return why an address cannot be read, which must be known before the deadline and some."""
    began = time.monotonic()
    with pytest.raises(SourceError) as caught:
        http.get(url, **conditions)
    assert time.monotonic() - began < CONFIG.timeout_seconds + 2
    return str(caught.value)


def cut_off(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")


def endless(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 10_000)


def endless_headers(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Header: " + b"x" * 4000 + b"\r\n")


def test_a_good_answer_comes_with_its_facts(http: Http) -> None:
    page = answer(
        "Привет".encode("windows-1251"),
        "Content-Type: text/html; charset=windows-1251",
        'ETag: "7"',
        "Last-Modified: Tue, 02 Jun 2015 10:00:00 GMT",
    )
    with loopback({"/": page}) as server:
        got = http.get(server.url("/"))
    assert got.body.decode(got.encoding) == "Привет"
    assert (got.status, got.etag, got.last_modified[:16]) == (200, '"7"', "Tue, 02 Jun 2015")
    assert got.fetched_at.utcoffset() is not None


def test_we_say_who_we_are_and_what_we_understand() -> None:
    with loopback({"/": answer(b"x")}) as server, Http(replace(CONFIG, contact="me@x.org")) as http:
        http.get(server.url("/"))
    headers = server.requests[-1].headers
    assert headers["user-agent"] == "Wirewatch/0.1 (media monitoring; me@x.org)"
    assert headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"text", mtime=0)),
        ("gzip", gzip.compress(b"te", mtime=0) + gzip.compress(b"xt", mtime=0)),
        ("deflate", zlib.compress(b"text")),
        ("deflate", zlib.compress(b"text")[2:-4]),
        ("identity", b"text"),
    ],
    ids=["gzip", "gzip in two members", "deflate", "raw deflate", "identity"],
)
def test_compressed_answers_are_unpacked(http: Http, encoding: str, body: bytes) -> None:
    with loopback({"/": answer(body, f"Content-Encoding: {encoding}")}) as server:
        assert http.get(server.url("/")).body == b"text"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (drip, "did not answer within 3 s"),
        (silence, "did not answer within 3 s"),
        (endless, "larger than 200,000 bytes"),
        (answer(b"x" * 300_000), "larger than 200,000 bytes"),
        (
            answer(gzip.compress(b"0" * 50_000_000, mtime=0), "Content-Encoding: gzip"),
            "larger than 200,000 bytes",
        ),
        (answer(gzip.compress(b"text", mtime=0)[:-6], "Content-Encoding: gzip"), "breaks off"),
        (answer(b"no gzip at all", "Content-Encoding: gzip"), "compression is damaged"),
        (answer(b"text", "Content-Encoding: br"), "we do not ask for"),
        (answer(b"text", "Content-Encoding: gzip, gzip"), "we do not ask for"),
        (cut_off, "cut off"),
        (b"", "no answer came"),
        (b"\x00\x01\x02 nonsense\r\n\r\n", "cannot read"),
        (endless_headers, "cannot read"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx", "cannot read"),
        (answer(status="206 Partial Content"), "status 206"),
        (answer(status="304 Not Modified"), "status 304"),
        (answer(status="404 Not Found"), "nothing there"),
        (answer(status="410 Gone"), "take the source out"),
        (answer(status="403 Forbidden"), "ask the publisher"),
        (answer(status="500 Oh"), "status 500"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_answer_is_a_reason(http: Http, behaviour: bytes, reason: str) -> None:
    with loopback({"/feed": behaviour}) as server:
        assert reason in failure(http, server.url("/feed"))


def test_a_body_longer_than_its_length_is_cut_and_spoils_no_later_answer(http: Http) -> None:
    long = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntextHTTP/1.1 200 OK\r\n\r\nforged"
    with loopback({"/": long, "/2": answer(b"second")}) as server:
        assert http.get(server.url("/")).body == b"text"
        assert http.get(server.url("/2")).body == b"second"


def test_an_empty_answer_is_an_answer_without_a_byte(http: Http) -> None:
    with loopback({"/": answer(b"")}) as server:
        assert http.get(server.url("/")).body == b""


def test_an_unchanged_feed_is_not_sent_again(http: Http) -> None:
    with loopback({"/": answer(status="304 Not Modified")}) as server:
        got = http.get(server.url("/"), etag='"7"', last_modified="Tue, 02 Jun 2015 10:00:00 GMT")
    assert (got.status, got.body) == (304, b"")
    assert server.requests[-1].headers["if-none-match"] == '"7"'
    assert server.requests[-1].headers["if-modified-since"] == "Tue, 02 Jun 2015 10:00:00 GMT"


def test_a_redirect_is_followed_and_its_end_is_named(http: Http) -> None:
    moved = answer(b"", "Location: /new", status="301 Moved")
    with loopback({"/old": moved, "/new": answer(b"here")}) as server:
        got = http.get(server.url("/old"))
        assert (got.url, got.body) == (server.url("/new"), b"here")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://10.0.0.1/", "open Internet"),
        ("http://169.254.169.254/latest/meta-data/", "no setting allows it"),
        ("http://[::ffff:169.254.169.254]/", "no setting allows it"),
        ("http://0x0a000001/", "open Internet"),
        ("http://localhost/", "open Internet"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("http://user:secret@example.org/", "name or password"),
        ("", "in a circle"),
        ("http://[::1/", "no address"),
    ],
)
def test_a_redirect_into_the_house_is_refused(http: Http, target: str, reason: str) -> None:
    moved = answer(b"", f"Location: {target}", status="302 Found")
    with loopback({"/": moved}) as server:
        assert reason in failure(http, server.url("/"))


def test_redirects_in_a_circle_end(http: Http) -> None:
    to_b = answer(b"", "Location: /b", status="302 Found")
    to_a = answer(b"", "Location: /a", status="302 Found")
    with loopback({"/a": to_b, "/b": to_a}) as server:
        assert "in a circle" in failure(http, server.url("/a"))
        assert server.paths == ["/a", "/b"]


def test_an_endless_chain_of_redirects_ends(http: Http) -> None:
    chain = {f"/{n}": answer(b"", f"Location: /{n + 1}", status="302 Found") for n in range(20)}
    with loopback(chain) as server:
        assert "more than 5 times" in failure(http, server.url("/0"))
        assert len(server.paths) == 6


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]",
     "[::1]", "localhost"],
)  # fmt: skip
def test_this_machine_is_not_asked_without_permission(host: str) -> None:
    with (
        loopback({"/": answer(b"secret")}) as server,
        Http(replace(CONFIG, allow_private=False)) as http,
    ):
        assert "open Internet" in failure(http, server.url("/", host=host))
        assert server.requests == []


def test_robots_txt_is_obeyed_and_asked_once(http: Http) -> None:
    robots = answer(b"User-agent: Wirewatch\nDisallow: /private\n")
    with loopback({"/robots.txt": robots, "/feed": answer(b"x")}) as server:
        http.get(server.url("/feed"))
        with pytest.raises(FetchRefused, match=r"robots\.txt forbids"):
            http.get(server.url("/private/feed"))
        http.get(server.url("/feed"))
    assert [request.path for request in server.requests] == ["/robots.txt", "/feed", "/feed"]


def test_robots_txt_is_obeyed_behind_a_redirect(http: Http) -> None:
    moved = answer(b"", "Location: /private", status="302 Found")
    robots = answer(b"User-agent: *\nDisallow: /private\n")
    with loopback({"/robots.txt": robots, "/": moved, "/private": answer(b"x")}) as server:
        assert "robots.txt forbids" in failure(http, server.url("/"))


def test_a_host_whose_robots_txt_fails_is_not_asked(http: Http) -> None:
    down = answer(status="503 Down")
    with loopback({"/robots.txt": down, "/feed": answer(b"x")}) as server:
        assert "before its robots.txt" in failure(http, server.url("/feed"))
        assert server.paths == []


def test_robots_txt_can_be_set_aside_by_a_setting() -> None:
    robots = answer(b"User-agent: *\nDisallow: /\n")
    with (
        loopback({"/robots.txt": robots, "/": answer(b"x")}) as server,
        Http(replace(CONFIG, respect_robots=False)) as http,
    ):
        assert http.get(server.url("/")).body == b"x"


def test_a_host_is_not_asked_again_within_its_delay(sleeps: Sleeps) -> None:
    config = replace(CONFIG, per_host_delay_seconds=7.0, respect_robots=False)
    with (
        loopback({"/": answer(b"x")}) as server,
        Http(config, sleep=sleeps) as http,
    ):
        http.get(server.url("/"))
        http.get(server.url("/"))
    assert [round(wait) for wait in sleeps] == [7]


def test_the_crawl_delay_of_robots_txt_is_kept_within_reason(http: Http, sleeps: Sleeps) -> None:
    robots = answer(b"User-agent: *\nCrawl-delay: 3600\n")
    with loopback({"/robots.txt": robots, "/": answer(b"x")}) as server:
        http.get(server.url("/"))
        http.get(server.url("/"))
    assert [round(wait) for wait in sleeps] == [10]


def test_a_passing_failure_is_asked_again_with_growing_waits(http: Http, sleeps: Sleeps) -> None:
    down, up = answer(status="503 Down"), answer(b"up")
    with loopback({"/": one_after_the_other(down, b"", up)}) as server:
        assert http.get(server.url("/")).body == b"up"
    assert sleeps == [0.5, 1.0]


@pytest.mark.parametrize("behaviour", [answer(status="502 Bad"), b""], ids=["502", "hung up"])
def test_two_repeats_are_enough(http: Http, behaviour: bytes) -> None:
    with loopback({"/": behaviour}) as server:
        assert "it is asked again" in failure(http, server.url("/"))
        assert len(server.paths) == 3


def test_retry_after_is_waited_for(http: Http, sleeps: Sleeps) -> None:
    busy = answer(b"", "Retry-After: 2", status="429 Too Many")
    with loopback({"/": one_after_the_other(busy, answer(b"ok"))}) as server:
        assert http.get(server.url("/")).body == b"ok"
    assert sleeps == [2.0]


@pytest.mark.parametrize(
    ("header", "wait"),
    [("3600", 3600.0), ("31536000", 86_400.0), ("9" * 400, 86_400.0), ("soon", 0.0)],
)
def test_a_long_retry_after_is_reported_and_capped(http: Http, header: str, wait: float) -> None:
    busy = answer(b"", f"Retry-After: {header}", status="429 Too Many")
    with loopback({"/": busy}) as server, pytest.raises(RequestFailed) as caught:
        http.get(server.url("/"))
    assert (caught.value.status, caught.value.wait) == (429, wait)


def test_a_retry_after_date_is_read(http: Http) -> None:
    at = format_datetime(http.now().replace(microsecond=0, year=http.now().year + 1))
    busy = answer(b"", f"Retry-After: {at}", status="503 Down")
    with loopback({"/": busy}) as server, pytest.raises(RequestFailed) as caught:
        http.get(server.url("/"))
    assert caught.value.wait == 86_400.0


def test_a_host_that_speaks_no_tls_is_a_reason(http: Http) -> None:
    with loopback({"/": answer(b"x")}) as server:
        assert "does not speak TLS" in failure(http, server.url("/", scheme="https"))


def test_a_self_signed_certificate_is_not_accepted(http: Http, tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here to make a certificate with")
    pair = tmp_path / "pair.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout"
    files = [str(pair), "-out", str(tmp_path / "c.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "c.pem", pair)
    with loopback({"/": answer(b"x")}, tls=tls) as server:
        assert "no valid TLS certificate" in failure(http, server.url("/", scheme="https"))


def test_a_host_that_does_not_exist_is_a_reason(http: Http) -> None:
    assert "is not known" in failure(http, "http://no-such-host.invalid/feed")


def test_a_closed_port_is_a_reason(http: Http) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert "cannot" in failure(http, f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///feed", "http://exa mple.org/", "http://[::1/", "http://x:99999/",
     "http://a..b/", "http://" + "a" * 300 + ".org/"],
)  # fmt: skip
def test_a_broken_address_is_a_reason(http: Http, url: str) -> None:
    assert failure(http, url)


def test_a_slow_request_leaves_the_next_one_unharmed(http: Http, server_of_two: Loopback) -> None:
    failure(http, server_of_two.url("/slow"))
    assert http.get(server_of_two.url("/fast")).body == b"fast"


@pytest.fixture
def server_of_two() -> Iterator[Loopback]:
    with loopback({"/slow": drip, "/fast": answer(b"fast")}) as server:
        yield server
