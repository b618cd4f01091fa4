"""What of a folder is read, in which order, and with whose words."""

import gzip
import io
import lzma
import os
import zipfile
from pathlib import Path

import pytest

from pipelines.article import Capture, Fetch, FetchStatus
from pipelines.config import SourceConfig
from pipelines.sources import read_source

TEXT = b"The Security Council will meet on Syria on Thursday, its president said.\n"


def make(folder: Path, *names: str, content: bytes = TEXT) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def places(spec: SourceConfig, kind: type[Fetch] | type[Capture] = Capture) -> list[str]:
    records = (record for record in read_source(spec) if isinstance(record, kind))
    return [record.locator.replace(f"{spec.location}/", "") for record in records]


def captures(spec: SourceConfig) -> dict[str, Capture]:
    records = [record for record in read_source(spec) if isinstance(record, Capture)]
    return {record.locator.replace(f"{spec.location}/", ""): record for record in records}


def test_a_folder_is_walked_in_order_and_hidden_files_are_skipped(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/y.txt", ".hidden.txt", ".git/c.txt", "10", "9")
    assert places(SourceConfig(str(tmp_path))) == ["10", "9", "a/y.txt", "a/z.txt", "b.txt"]


def test_a_note_about_the_folder_is_logged_and_not_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "README.md", "LICENSE", "licence-note.txt", "readmission.txt")
    spec = SourceConfig(str(tmp_path))
    assert places(spec) == ["a.txt", "readmission.txt"]
    assert len(places(spec, Fetch)) == 5
    named = SourceConfig(str(tmp_path / "licence-note.txt"))
    assert len(captures(named)) == 1


def test_a_fetch_comes_before_what_it_brought(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    records = list(read_source(SourceConfig(str(tmp_path))))
    assert [type(record) for record in records] == [Fetch, Capture, Fetch, Capture]


def test_files_of_many_kinds_in_one_folder_are_each_recognised(tmp_path: Path) -> None:
    golden = Path(__file__).resolve().parents[1] / "golden"
    names = ["clipping/scraped.txt", "page/saved.html", "jsonl/ours.jsonl", "feed/rss2.rss"]
    names += ["table/mediacloud.csv", "sitemap/news.xml", "warc/crawl.warc", "gdelt/rows.gkg.csv"]
    for name in names:  # without the ending, so that only content tells
        make(tmp_path, name.split("/")[0], content=(golden / name).read_bytes())
    found = {r.kind.value for r in read_source(SourceConfig(str(tmp_path))) if isinstance(r, Fetch)}
    assert found == {name.split("/")[0] for name in names}


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.txt.xz", lzma.compress), ("a.txt", gzip.compress)],
)
def test_packed_files_are_read(tmp_path: Path, name: str, pack) -> None:
    make(tmp_path, name, content=pack(TEXT))
    assert captures(SourceConfig(str(tmp_path)))[name].content == TEXT


def test_the_members_of_a_zip_archive_are_read_in_order(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ["b.txt", "a.txt", ".hidden", "__MACOSX/a.txt", "README"]:
            archive.writestr(name, TEXT)
    make(tmp_path, "a.zip", content=buffer.getvalue())
    spec = SourceConfig(str(tmp_path / "a.zip"))
    assert places(spec) == ["a.txt", "b.txt"]
    assert places(spec, Fetch)[0] == "README"


def test_files_are_read_in_the_order_of_their_collection(tmp_path: Path) -> None:
    make(tmp_path, "b-2021-07-30T180418_0000.txt", "a-2021-07-31T000000_0000.txt", "z.txt")
    spec = SourceConfig(str(tmp_path), fetched_at_pattern=r"(\d{4}-\d\d-\d\dT\d{6}_0000)")
    fetches = [record for record in read_source(spec) if isinstance(record, Fetch)]
    assert [str(fetch.fetched_at) for fetch in fetches] == [
        "2021-07-30 18:04:18+00:00",
        "2021-07-31 00:00:00+00:00",
        "None",
    ]
    assert "does not match" in fetches[-1].reason


def test_the_time_of_a_file_is_never_its_modification_time(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    for record in read_source(SourceConfig(str(tmp_path / "a.txt"))):
        assert record.fetched_at is None


def test_a_sidecar_says_what_the_files_do_not(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "sub/b.txt", "c.txt")
    rows = (
        "file,url,outlet,date,fetched_at,title\n"
        "a.txt,https://courier.example.org/1,The Courier,2015-06-02,2015-06-03T10:00:00Z,Council\n"
        "sub/b.txt,https://courier.example.org/2,,,,\n"
    )
    make(tmp_path, "sidecar.csv", content=rows.encode("utf-8-sig"))
    found = captures(SourceConfig(str(tmp_path), outlet="Default"))
    assert list(found) == ["a.txt", "c.txt", "sub/b.txt"]
    first = found["a.txt"]
    assert (first.url, first.outlet) == ("https://courier.example.org/1", "The Courier")
    assert (first.title, first.dates[0].raw) == ("Council", "2015-06-02")
    assert str(first.fetched_at) == "2015-06-03 10:00:00+00:00"
    assert (found["sub/b.txt"].url[-1], found["sub/b.txt"].outlet) == ("2", "Default")


def test_a_file_the_sidecar_names_in_vain_is_logged(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    make(tmp_path, "words.csv", content=b"file,url\ngone.txt,https://courier.example.org/1\n")
    spec = SourceConfig(str(tmp_path), sidecar=str(tmp_path / "words.csv"))
    *_, last = read_source(spec)
    assert isinstance(last, Fetch)
    assert last.status is FetchStatus.FAILED
    assert "not in the folder" in last.reason


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("file,url\na.txt,/1\na.txt,/2\n", "twice"),
        ("name,url\na.txt,/1\n", "needs `file`"),
        ("file,published\na.txt,2015\n", "needs `file`"),
        ("file,fetched_at\na.txt,soon\n", "write it as"),
        ('file,url\n"a.txt,/1\n', "check its quotes"),
    ],
)
def test_a_sidecar_that_is_unclear_stops_the_folder(tmp_path: Path, rows: str, reason: str) -> None:
    make(tmp_path, "a.txt")
    make(tmp_path, "sidecar.csv", content=rows.encode())
    (fetch,) = read_source(SourceConfig(str(tmp_path)))
    assert isinstance(fetch, Fetch)
    assert reason in fetch.reason


def test_one_url_is_not_given_to_all_files_of_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    spec = SourceConfig(str(tmp_path), url="https://courier.example.org/1")
    assert {capture.url for capture in captures(spec).values()} == {""}
    assert "use a sidecar" in next(iter(read_source(spec))).reason  # type: ignore[union-attr]


def test_the_users_url_is_that_of_a_single_file(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    spec = SourceConfig(str(tmp_path / "a.txt"), url="https://courier.example.org/1")
    assert [c.url for c in captures(spec).values()] == ["https://courier.example.org/1"]


def test_a_linked_folder_is_logged_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "a/a.txt")
    (tmp_path / "a" / "circle").symlink_to(tmp_path)
    spec = SourceConfig(str(tmp_path))
    assert places(spec) == ["a/a.txt"]
    reasons = [record.reason for record in read_source(spec) if isinstance(record, Fetch)]
    assert any("a link to a folder" in reason for reason in reasons)


def test_a_large_table_is_logged_in_chunks_of_500_rows(tmp_path: Path) -> None:
    make(tmp_path, "a.jsonl", content=b"".join(b'{"title": "%d"}\n' % n for n in range(1200)))
    fetches = places(SourceConfig(str(tmp_path)), Fetch)
    assert fetches == ["a.jsonl:1-500", "a.jsonl:501-1000", "a.jsonl:1001-1200"]
    sizes = [r.size for r in read_source(SourceConfig(str(tmp_path))) if isinstance(r, Fetch)]
    assert sizes == [(tmp_path / "a.jsonl").stat().st_size, 0, 0]


def test_our_own_export_is_read_back(tmp_path: Path) -> None:
    header = (
        "id,indexed_date,language,media_name,media_url,publish_date,title,url,published_at,"
        "media_pub_country,about_countries\r\n"
    )
    row = (
        "1,2015-06-03T01:02:03Z,en,The Courier,courier.example.org,2015-06-02,Council,"
        "https://courier.example.org/1,2015-06-02T10:00:00Z,US,\r\n"
    )
    make(tmp_path, "a.csv", content=(header + row).encode("utf-8-sig"))
    (capture,) = captures(SourceConfig(str(tmp_path))).values()
    assert (capture.outlet, capture.outlet_country) == ("The Courier", "US")
    assert [d.where for d in capture.dates] == ["published_at", "publish_date"]


def test_a_folder_that_cannot_be_listed_is_logged(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Council met on Monday.")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # a path longer than the system takes, which stops root as well
        os.mkdir("d" * 250, dir_fd=here)
        deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    fetches = [r for r in read_source(SourceConfig(str(tmp_path))) if isinstance(r, Fetch)]
    assert [fetch.status for fetch in fetches] == [FetchStatus.OK, FetchStatus.FAILED]
    assert "cannot be opened" in fetches[1].reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_this_user_may_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "file.txt").touch(mode=0)
    fetches = [r for r in read_source(SourceConfig(str(tmp_path))) if isinstance(r, Fetch)]
    (tmp_path / "closed").chmod(0o700)
    assert "this user may not list" in fetches[0].reason
    assert "this user may not read it" in fetches[1].reason


def test_a_place_that_cannot_be_looked_at_is_a_reason(tmp_path: Path) -> None:
    (fetch,) = read_source(SourceConfig(str(tmp_path / ("d" * 5000))))
    assert isinstance(fetch, Fetch)
    assert "cannot be opened: File name too long" in fetch.reason


def test_a_sidecar_given_to_a_file_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    fetch = next(read_source(SourceConfig(str(tmp_path / "a.txt"), sidecar="words.csv")))
    assert isinstance(fetch, Fetch)
    assert "`sidecar` is about the files of a folder" in fetch.reason
