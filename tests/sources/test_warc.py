"""WARC files as crawlers write them, and as disks and networks leave them."""

import gzip
import zlib
from pathlib import Path

import pytest

from pipelines.article import Capture, Fetch, FetchStatus
from pipelines.config import SourceConfig
from pipelines.sources import read_source


def record(number: int, *, status: str = "200 OK", headers: str = "", body: bytes = b"") -> bytes:
    page = body or b"<html><p>Page %d</p></html>" % number
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2015-06-02T11:00:00Z\r\n"
        f"WARC-Target-URI: https://courier.example.org/{number}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def read(folder: Path, content: bytes) -> tuple[list[str], str]:
    """Return which pages came out and what the log says of the rest."""
    path = folder / "a.warc.gz"
    path.write_bytes(content)
    records = list(read_source(SourceConfig(str(path))))
    pages = [r.url.rpartition("/")[2] for r in records if isinstance(r, Capture)]
    return pages, "; ".join(r.reason for r in records if isinstance(r, Fetch))


THREE = [record(1), record(2), record(3)]


def test_packed_and_plain_files_are_read_alike(tmp_path: Path) -> None:
    assert read(tmp_path, packed(*THREE)) == (["1", "2", "3"], "")
    assert read(tmp_path, b"".join(THREE)) == (["1", "2", "3"], "")
    assert read(tmp_path, gzip.compress(b"".join(THREE))) == (["1", "2", "3"], "")


@pytest.mark.parametrize("size", [50, 100, 300, 500])
def test_members_that_end_within_a_record_are_joined(tmp_path: Path, size: int) -> None:
    whole = b"".join(THREE)
    pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
    assert read(tmp_path, packed(*pieces)) == (["1", "2", "3"], "")


def test_what_stands_behind_the_last_record_is_told_with_its_place(tmp_path: Path) -> None:
    pages, reason = read(tmp_path, THREE[0] + b"junk at the end")
    assert (pages, reason) == (
        ["1"],
        f"offset {len(THREE[0])}: 15 bytes belong to no record; the rest is kept",
    )


@pytest.mark.parametrize("length", ["²", "9" * 5000, "-1", "١٢"])
def test_a_length_that_is_no_number_costs_one_record(tmp_path: Path, length: str) -> None:
    odd = THREE[1].replace(b"Content-Length: ", f"Content-Length: {length}".encode())
    assert read(tmp_path, THREE[0] + odd + THREE[2])[0] == ["1", "3"]


def test_a_record_that_lacks_its_end_leaves_the_members_behind_it(tmp_path: Path) -> None:
    pages, reason = read(tmp_path, packed(THREE[0], THREE[1][:-60], THREE[2]))
    assert pages == ["1", "3"]
    assert "cut off" in reason


@pytest.mark.parametrize("cut", [1, 20, 100])
def test_a_cut_off_file_keeps_what_is_whole(tmp_path: Path, cut: int) -> None:
    whole = packed(*THREE)
    pages, reason = read(tmp_path, whole[: len(packed(*THREE[:2])) + cut])
    assert pages == ["1", "2"]
    assert f"offset {len(packed(*THREE[:2]))}: this gzip member is cut off" in reason


@pytest.mark.parametrize("position", range(0, 200, 7))
def test_a_damaged_member_leaves_the_others(tmp_path: Path, position: int) -> None:
    first, second, third = map(gzip.compress, THREE)
    position %= len(second)
    damaged = second[:position] + bytes([second[position] ^ 0xFF]) + second[position + 1 :]
    pages, reason = read(tmp_path, first + damaged + third)
    assert pages in (["1", "3"], ["1", "2", "3"])  # some bytes of a gzip header mean nothing
    assert "offset" in reason or pages == ["1", "2", "3"]


def test_a_damaged_beginning_leaves_the_rest(tmp_path: Path) -> None:
    first, second, third = map(gzip.compress, THREE)
    pages, reason = read(tmp_path, first[:12] + b"\xff" * 30 + second + third)
    assert pages == ["2", "3"]
    assert "offset 0" in reason


def test_junk_between_members_is_passed_over(tmp_path: Path) -> None:
    first, second, third = map(gzip.compress, THREE)
    pages, reason = read(tmp_path, first + b"\x1f\x8b\x08 junk" * 9 + second + third)
    assert pages == ["1", "2", "3"]
    assert "damaged" in reason


@pytest.mark.parametrize("length", [b"9", b"99999", b"many", b"-1"])
def test_a_wrong_length_costs_one_record(tmp_path: Path, length: bytes) -> None:
    right = THREE[1].split(b"Content-Length: ")[1].split(b"\r\n")[0]
    wrong = THREE[1].replace(b"Content-Length: " + right, b"Content-Length: " + length, 1)
    for content in (b"".join([THREE[0], wrong, THREE[2]]), packed(THREE[0], wrong, THREE[2])):
        pages, reason = read(tmp_path, content)
        assert pages == ["1", "3"]
        assert "cut off or its length is wrong" in reason


def test_a_file_without_a_readable_page_has_failed(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed(THREE[0])[:-30])
    (fetch,) = read_source(SourceConfig(str(path)))
    assert isinstance(fetch, Fetch)
    assert fetch.status is FetchStatus.FAILED


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(b"<p>Text</p>", mtime=0)),
        ("Content-Encoding: gzip\r\n", b"<p>Text</p>"),
        ("Content-Encoding: deflate\r\n", zlib.compress(b"<p>Text</p>")),
        ("Transfer-Encoding: chunked\r\n", b"b;x=y\r\n<p>Text</p>\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"<p>Text</p>"),
    ],
    ids=["gzip", "gzip by name only", "deflate", "chunked", "chunked by name only"],
)
def test_bodies_are_unpacked(tmp_path: Path, headers: str, body: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(1, headers=headers, body=body))
    capture = list(read_source(SourceConfig(str(path))))[1]
    assert isinstance(capture, Capture)
    assert capture.content == b"<p>Text</p>"


def test_a_body_that_cannot_be_unpacked_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(1, headers="Content-Encoding: br\r\n", body=b"\x0b\x02"))
    capture = list(read_source(SourceConfig(str(path))))[1]
    assert isinstance(capture, Capture)
    assert "'br'" in capture.problem


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    pages, reason = read(tmp_path, packed(record(1), record(2, status="404 Not Found")))
    assert pages == ["1"]
    assert reason == "left out: answers with status 404 (1)"
