"""What is stored does not depend on how many processes read, nor on whether any did."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.config import load_config
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.reading.reader import Reader
from pipelines.reading.workers import Workers
from pipelines.sources import read_source
from pipelines.store import open_writer
from pipelines.tagging import make_taggers, read_topics

_SETTINGS = Path(__file__).resolve().parents[2] / "sample_data" / "wirewatch.toml"
_NOW = datetime(2025, 1, 1, tzinfo=UTC)
_LONG = (
    "archive",
    "tables/",
    "collected",
    "feeds/g",
    "feeds/t",
)  # of sources: more of what others have too
CONFIG = load_config(_SETTINGS)
READER = Reader(read_outlets(CONFIG.outlets), CONFIG.extraction)
TAGGERS = make_taggers(read_topics(CONFIG.topics)[:3])


def fill(store: Path, reader) -> tuple[dict[str, list[dict]], object]:
    """Read the sample data, then part of it once more; return all rows of the store, in order."""
    sources = [s for s in CONFIG.sources if not any(word in s.name for word in _LONG)]
    stream = (item for s in [*sources, sources[-3]] for item in read_source(s))
    with open_writer(store, now=_NOW) as writer:
        report = ingest(stream, writer, reader, taggers=TAGGERS)
        files = writer.files()
    rows = {
        name: [
            row
            for path in sorted(paths, key=os.path.getmtime)
            for row in pq.read_table(path).to_pylist()
        ]
        for name, paths in files.items()
    }
    return rows, report


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Return what this process alone makes of the sample data."""
    return fill(tmp_path_factory.mktemp("alone") / "store", READER)


@pytest.mark.parametrize("processes", [1, 3])
def test_the_store_is_the_same_however_many_processes_read(processes, expected, tmp_path):
    config = replace(CONFIG.reading, processes=processes, renew_after=100)
    with Workers(READER, config) as workers:
        rows, report = fill(tmp_path / "store", workers)
    assert report == expected[1]
    assert rows.keys() == expected[0].keys()
    for name in rows:
        assert rows[name] == expected[0][name], name
