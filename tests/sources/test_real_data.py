"""Real collections of real feeds and exports, read whole; skipped where they are not at hand."""

import io
import tarfile
import warnings
from collections import Counter
from pathlib import Path

import feedparser
import pytest

from pipelines.article import Capture, Fetch, FetchStatus, TextSource
from pipelines.config import SourceConfig
from pipelines.errors import SourceError
from pipelines.sources import read_source
from pipelines.sources.feed import parse_feed

PATTERN = r"(\d{4}-\d\d-\d\dT\d{6}_0000)"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "snapshots"), [("state", 844), ("whitehouse", 888)])
def test_every_snapshot_of_a_real_feed_is_read(
    shared_data: Path, tmp_path: Path, name: str, snapshots: int
) -> None:
    packed = shared_data / "feeds" / "us_gov_rss" / f"{name}_before_2022-02-18.tar.xz"
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
    times = []
    entries = 0
    for record in read_source(SourceConfig(str(tmp_path), fetched_at_pattern=PATTERN)):
        if isinstance(record, Fetch):
            assert (record.status, record.reason) == (FetchStatus.OK, "")
            times.append(record.fetched_at)
        else:
            entries += 1
            assert record.url
            assert record.title
            assert record.dates
            assert record.text_source is TextSource.FEED_TEXT
    assert len(times) == snapshots
    assert times == sorted(time for time in times if time)
    assert entries == 10 * snapshots


def test_a_real_gdelt_file_is_read(shared_data: Path) -> None:
    path = shared_data / "gdelt" / "20230702153000.gkg.csv.zip"
    records = list(read_source(SourceConfig(str(path))))
    captures = [record for record in records if isinstance(record, Capture)]
    assert len(captures) == 951
    assert {str(capture.fetched_at) for capture in captures} == {"2023-07-02 15:30:00+00:00"}
    assert not any(capture.problem for capture in captures)
    assert sum(bool(capture.dates) for capture in captures) == 460


def test_real_articles_in_csv_are_read(shared_data: Path, tmp_path: Path) -> None:
    with tarfile.open(shared_data / "articles" / "wikinews_2019_2020.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    kinds = Counter(
        "capture" if isinstance(r, Capture) else r.status.value
        for r in read_source(SourceConfig(str(tmp_path)))
    )
    assert kinds == {"capture": 295, "ok": 2, "unsupported": 2}


def test_the_seed_is_a_clipping(shared_data: Path) -> None:
    fetch, capture = read_source(SourceConfig(str(shared_data / "seed")))
    assert isinstance(capture, Capture)
    assert (fetch.kind, capture.form) == ("clipping", "clipping")  # type: ignore[union-attr]
    assert capture.content.startswith(b"22:23 GMT27 January 2021")


def test_all_real_pages_are_recognised_as_pages(shared_data: Path) -> None:
    folder = shared_data / "pages" / "scrapinghub-aeb" / "html"
    fetches = [r for r in read_source(SourceConfig(str(folder))) if isinstance(r, Fetch)]
    assert len(fetches) > 150
    assert {fetch.kind.value for fetch in fetches} == {"page"}


def test_a_packed_feed_is_read(shared_data: Path) -> None:
    path = shared_data / "feeds" / "cases" / "wp_current_events.rss.xz"
    assert len(list(read_source(SourceConfig(str(path))))) == 1 + 15


@pytest.mark.slow
def test_feedparsers_own_corpus_is_read_with_as_many_entries(shared_data: Path) -> None:
    """2,131 feeds made to break parsers: none breaks ours, and feedparser finds no entry more.

    Two exceptions: entries cut off in the middle, which we leave out.
    """
    fewer = []
    with tarfile.open(shared_data / "feeds" / "feedparser-tests" / "tests.tar.gz") as archive:
        members = [member for member in archive if member.name.endswith(".xml")]
        for member in members:
            content = archive.extractfile(member).read()  # type: ignore[union-attr]  # a file
            try:
                ours = len(parse_feed(content).entries)
            except SourceError:
                ours = 0
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                theirs = len(feedparser.parse(io.BytesIO(content)).entries)
            if ours < theirs:
                fewer.append(member.name)
    assert len(members) > 2000
    assert fewer == ["illformed/rss_incomplete_cdata.xml"]
