"""What cannot be read is a record with a reason, never an exception and never silence."""

import gzip
import io
import lzma
import os
import time
import zipfile
from pathlib import Path

import pytest

from pipelines.article import Capture, Fetch, FetchStatus, SourceKind
from pipelines.config import SourceConfig
from pipelines.sources import read_source

RSS = (
    b'<rss version="2.0"><channel><title>x</title><link>https://courier.example.org/</link>'
    b"<item><title>One</title><link>https://courier.example.org/1</link></item></channel></rss>"
)


def only_fetch(path: Path, **words: object) -> Fetch:
    """Return the one record of a file that brings nothing."""
    records = list(read_source(SourceConfig(str(path), **words)))  # type: ignore[arg-type]  # table
    assert len(records) == 1, records
    assert isinstance(records[0], Fetch)
    return records[0]


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", [None, *SourceKind])
def test_an_empty_file_has_failed(tmp_path: Path, kind: SourceKind | None) -> None:
    fetch = only_fetch(written(tmp_path, "feed.rss", b""), kind=kind)
    assert fetch.status is FetchStatus.FAILED
    assert fetch.reason == "it is empty, not a byte in it"


@pytest.mark.parametrize("kind", list(SourceKind))
@pytest.mark.parametrize(
    "content",
    [b"\x00\xff\xfe\x01" * 500, b"   \n\n", b"<", b"{", b'"', b"<a" * 3000, "текст".encode() * 99],
    ids=["binary", "blank", "tag", "brace", "quote", "open tags", "Cyrillic"],
)
def test_no_reader_falls_over_what_is_not_of_its_kind(
    tmp_path: Path, kind: SourceKind, content: bytes
) -> None:
    records = list(read_source(SourceConfig(str(written(tmp_path, "x", content)), kind=kind)))
    assert isinstance(records[0], Fetch)
    assert records[0].kind is kind
    for record in records[1:]:
        assert isinstance(record, Capture)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "a PDF"),
        ("a.png", b"\x89PNG\r\n", "a PNG picture"),
        ("a.parquet", b"PAR1....", "Parquet"),
        ("a.dat", b"\x01\x00\x02\x00" * 100, "binary data"),
        ("a.arc", b"filedesc://a.arc 127.0.0.1 20140216050221 text/plain 75\n", "make a WARC"),
        ("a.py", b"import this\n", "kind = 'clipping'"),
        ("a.xml", b"<opml version='1.0'><body/></opml>", "a list of feeds"),
        ("b.xml", b"<vector><path/></vector>", "neither a feed"),
        ("a.eml", b"Received: x\r\nSubject: y\r\nMIME-Version: 1.0\r\n\r\nHello", "a mail; save"),
        ("b.eml", b"From: A <a@b.example>\nSubject: y\n\nHello", "a mail; save"),
        (
            "Inbox",
            b"From - Mon Jun  1 00:00:00 2015\nX-A: b\nReturn-Path: <a@b>\n\nHello",
            "a mail",
        ),
        ("a.gz", gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), "compressed twice"),
    ],
)
def test_a_file_of_another_kind_is_unsupported_with_a_way_out(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    fetch = only_fetch(written(tmp_path, name, content))
    assert fetch.status is FetchStatus.UNSUPPORTED
    assert reason in fetch.reason


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("feed", b"<html><body>Not found</body></html>", "not a feed"),
        ("feed", b"<rss><channel><item><title>cut", "before its first whole entry"),
        ("feed", b"<rss><channel>" + b"<a>" * 2000 + b"</channel></rss>", "nested"),
        ("feed", b"<rss><channel>&" + b"x" * 5_100_000 + b"</channel></rss>", "5,000,000"),
        ("feed", b'{"version": "https://jsonfeed.org/version/1", "items": 7}', "not a feed"),
        ("feed", b"just words", "not a feed"),
        ("feed", b"<!-- nothing -->", "not a feed"),
        ("sitemap", b"<rss/>", "no sitemap"),
        ("sitemap", b"no xml", "no sitemap"),
        ("table", b"a,b\n1,2\n", "found are a, b"),
        ("jsonl", b'{"a": 1, "b": 2}\n', "found are a, b"),
        ("warc", b"WARC/1.0\r\nContent-Length: 99\r\n\r\nshort", "no page"),
        ("page", gzip.compress(b"<html>" * 9999, mtime=0)[:-20], "to its end"),
        ("clipping", lzma.compress(b"text" * 9999)[:-20], "to its end"),
    ],
)
def test_what_cannot_be_read_as_its_kind_has_failed(
    tmp_path: Path, kind: str, content: bytes, reason: str
) -> None:
    fetch = only_fetch(written(tmp_path, "x", content), kind=SourceKind(kind))
    assert fetch.status is FetchStatus.FAILED
    assert reason in fetch.reason


def test_the_bytes_of_a_failed_feed_are_kept(tmp_path: Path) -> None:
    fetch = only_fetch(written(tmp_path, "x", b"just words"), kind=SourceKind.FEED)
    assert fetch.content == b"just words"


_KINDS = (SourceKind.FEED, SourceKind.SITEMAP)
_OPEN = b"<![CDATA[" * 100_000


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("feed", b"<rss><channel><item><title>a & b</title></item></channel></rss>" + _OPEN),
        ("sitemap", b"<urlset><url><title>a & b</title></url></urlset>" + _OPEN),
        ("gdelt", b"\t".join([b"2"] * 26 + [b"<PAGE_TITLE>" * 100_000])),
    ],
)
def test_what_is_opened_again_and_again_takes_no_time(
    tmp_path: Path, kind: str, content: bytes
) -> None:
    spec = SourceConfig(str(written(tmp_path, "x", content)), kind=SourceKind(kind))
    began = time.monotonic()
    assert list(read_source(spec))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "message",
    [
        "<br />\n<b>Warning</b>: no memory in <b>/x.php</b><br />\n",
        "<p>Notice: no memory</p>",
        "Warning: no memory in /x.php\n",
        "This XML file does not appear to have any style information.\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n",
        "\u200b",
    ],
)
def test_a_feed_or_sitemap_behind_a_message_is_one(tmp_path: Path, message: str) -> None:
    urls = "<urlset><url><title>One</title></url></urlset>"
    for number, content in enumerate((RSS.decode(), urls)):
        path = written(tmp_path, str(number), (message + content).encode())
        fetch, capture = read_source(SourceConfig(str(path)))
        assert isinstance(fetch, Fetch)
        assert isinstance(capture, Capture)
        assert (fetch.kind, capture.title) == (_KINDS[number], "One")


def test_a_text_about_feeds_is_a_text(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"A feed begins with <rss version='2.0'> and ends.\n" * 3)
    fetch, _ = read_source(SourceConfig(str(path)))
    assert isinstance(fetch, Fetch)
    assert fetch.kind is SourceKind.CLIPPING


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_without_a_mark_are_markup(tmp_path: Path, encoding: str) -> None:
    feed = written(tmp_path, "feed.rss", RSS.decode().encode(encoding))
    fetch, capture = read_source(SourceConfig(str(feed)))
    assert isinstance(fetch, Fetch)
    assert isinstance(capture, Capture)
    assert (fetch.kind, capture.title) == (SourceKind.FEED, "One")


def test_a_json_feed_is_known_also_with_its_strokes_escaped(tmp_path: Path) -> None:
    feed = rb'{"version": "https:\/\/jsonfeed.org\/version\/1.1", "items": []}'
    fetch = only_fetch(written(tmp_path, "x.json", feed))
    assert (fetch.kind, fetch.status) == (SourceKind.FEED, FetchStatus.OK)


def test_a_feed_without_entries_is_a_good_fetch_of_nothing(tmp_path: Path) -> None:
    empty = b'<rss version="2.0"><channel><title>x</title></channel></rss>'
    assert only_fetch(written(tmp_path, "x.rss", empty)).status is FetchStatus.OK


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ({"fetched_at": "yesterday"}, "write it as"),
        ({"fetched_at_pattern": "("}, "cannot use fetched_at_pattern"),
        ({"fetched_at_pattern": r"\d+"}, "no group"),
        ({"sidecar": "nowhere.csv"}, "cannot read the sidecar"),
        ({"columns": {"titel": "a"}, "kind": SourceKind.TABLE}, "nearest is 'title'"),
        ({"columns": {"title": "Headline"}, "kind": SourceKind.TABLE}, "found are url, name"),
    ],
)
def test_a_setting_that_cannot_be_used_is_a_reason(
    tmp_path: Path, setting: dict[str, object], reason: str
) -> None:
    written(tmp_path, "a.csv", b"url,name\n")
    fetch = only_fetch(tmp_path, **setting)
    assert fetch.status is FetchStatus.FAILED
    assert reason in fetch.reason


def test_a_missing_column_is_answered_with_the_mapping_to_write(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", b"Fundort,Betreff\nhttps://courier.example.org/1,Rat\n")
    assert "columns = { title = 'Headline'" in only_fetch(path).reason
    mapped = SourceConfig(str(path), columns={"title": "Betreff", "url": "Fundort"})
    capture = list(read_source(mapped))[1]
    assert isinstance(capture, Capture)
    assert (capture.title, capture.url) == ("Rat", "https://courier.example.org/1")


def test_a_place_that_is_not_there_is_a_reason(tmp_path: Path) -> None:
    assert "is not there" in only_fetch(tmp_path / "nowhere").reason


def test_an_address_without_a_connection_is_a_reason() -> None:
    (fetch,) = read_source(SourceConfig("https://courier.example.org/feed"))
    assert isinstance(fetch, Fetch)
    assert "without a connection" in fetch.reason


def test_a_pipe_is_not_read_from(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in only_fetch(tmp_path).reason


def test_a_damaged_archive_is_a_reason(tmp_path: Path) -> None:
    assert "cannot be opened" in only_fetch(written(tmp_path, "a.zip", b"PK\x03\x04junk")).reason


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        (["[Content_Types].xml", "word/document.xml"], "a Word document; save it as text"),
        (["[Content_Types].xml", "xl/workbook.xml"], "an Excel workbook; save it as CSV"),
        (["mimetype", "OEBPS/ch1.xhtml"], "an e-book; save its text"),
    ],
    ids=["docx", "xlsx", "epub"],
)
def test_a_document_that_is_a_zip_archive_is_one_thing(
    tmp_path: Path, members: list[str], reason: str
) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        for name in members:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "<x/>")
    fetch = only_fetch(tmp_path / "a")
    assert fetch.status is FetchStatus.UNSUPPORTED
    assert reason in fetch.reason


def test_a_saved_page_without_a_page_in_it_is_a_reason(tmp_path: Path) -> None:
    content = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n"
    assert "holds no HTML" in only_fetch(written(tmp_path, "a.mht", content)).reason


@pytest.mark.parametrize(
    "date", [f"Tue, 02 Jun 2015{'0' * 20} 11:00:00 +0000", "Fri, 31 Dec 9999 23:00:00 -1400"]
)
def test_a_saved_page_of_an_impossible_time_is_read(tmp_path: Path, date: str) -> None:
    head = f"From: <Saved by Blink>\r\nDate: {date}\r\nMIME-Version: 1.0\r\n"
    page = f"{head}Content-Type: text/html\r\n\r\n<html><p>Text</p></html>".encode()
    _, capture = read_source(SourceConfig(str(written(tmp_path, "a.mht", page))))
    assert isinstance(capture, Capture)
    assert (capture.fetched_at, b"Text" in capture.content) == (None, True)


def test_a_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.rss", RSS)
        archive.writestr("b.rss", RSS.replace(b"One", b"Two"))
    broken = buffer.getvalue().replace(b"<title>One", b"<title>0ne", 1)
    records = list(read_source(SourceConfig(str(written(tmp_path, "a.zip", broken)))))
    fetches = [record for record in records if isinstance(record, Fetch)]
    assert [fetch.status for fetch in fetches] == [FetchStatus.FAILED, FetchStatus.OK]
    assert len(records) == 3


def test_a_packed_table_that_breaks_off_keeps_its_rows(tmp_path: Path) -> None:
    rows = "".join(
        f"https://courier.example.org/{n},Title {os.urandom(9).hex()}\n" for n in range(4000)
    )
    packed = gzip.compress(f"url,title\n{rows}".encode())
    records = list(read_source(SourceConfig(str(written(tmp_path, "a.csv.gz", packed[:-5000])))))
    fetches = [record for record in records if isinstance(record, Fetch)]
    captures = len(records) - len(fetches)
    assert 3000 < captures < 4000
    assert "cut off or damaged after" in fetches[-1].reason
    assert fetches[-1].status is FetchStatus.FAILED
    assert {fetch.reason for fetch in fetches[:-1]} == {""}


def test_an_unclosed_quote_is_one_problem_and_not_silence(tmp_path: Path) -> None:
    table = b'url,title\n/1,One\n/2,"Two\n/3,Three\n'
    *_, last = read_source(SourceConfig(str(written(tmp_path, "a.csv", table))))
    assert isinstance(last, Capture)
    assert "check its quotes" in last.problem


def test_a_text_longer_than_the_csv_modules_limit_is_read(tmp_path: Path) -> None:
    table = b"title,text\nOne," + b"x" * 300_000 + b"\n"
    capture = list(read_source(SourceConfig(str(written(tmp_path, "a.csv", table)))))[1]
    assert isinstance(capture, Capture)
    assert len(capture.content) == 300_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1251"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    for name, text in [
        ("a.csv", "title,text\nСовет,Текст\n"),
        ("a.jsonl", '{"title": "Совет", "text": "Текст"}\n'),
    ]:
        path = written(tmp_path, name, (mark + text).encode(encoding))
        said = encoding if encoding == "windows-1251" else ""
        _, capture = read_source(SourceConfig(str(path), encoding=said))
        assert isinstance(capture, Capture)
        assert (capture.title, capture.content.decode()) == ("Совет", "Текст")


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "title\nDürre\n".encode("windows-1252"))
    fetch, capture = read_source(SourceConfig(str(path)))
    assert isinstance(fetch, Fetch)
    assert isinstance(capture, Capture)
    assert "not UTF-8, read as windows-1252" in fetch.reason
    assert capture.title == "Dürre"


@pytest.mark.parametrize("line", ["[" * 100_000, '{"a": ' * 100_000, "9" * 5000, "null", "NaN"])
def test_hostile_json_is_a_problem_of_one_line(tmp_path: Path, line: str) -> None:
    good = '{"title": "Good"}\n'
    path = written(tmp_path, "a.jsonl", f"{good}{line}\n{good}".encode())
    records = list(read_source(SourceConfig(str(path))))
    problems = [bool(r.problem) for r in records if isinstance(r, Capture)]
    assert problems == [False, True, False]
