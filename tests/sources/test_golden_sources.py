"""Every kind of source read from a small file, compared with the records written beside it.

After a change that is meant, write the expectations anew with `WIREWATCH_GOLDEN=write pytest
tests/sources/test_golden_sources.py` and read the difference before you commit it.
"""

import json
import os
from pathlib import Path

import pytest
from records import as_rows, dumped

from pipelines.article import Capture, SourceKind
from pipelines.config import SourceConfig
from pipelines.sources import READERS, read_source

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
INPUTS = sorted(p.with_suffix("") for p in GOLDEN.glob("*/*.records") if p.parent.name in READERS)
SPECS = {"german.csv": {"columns": {"title": "Titel", "url": "Adresse"}}}


def spec_of(path: Path) -> SourceConfig:
    return SourceConfig(str(path), **SPECS.get(path.name, {}))  # type: ignore[arg-type]  # table


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_source_is_read_as_written_beside_it(path: Path) -> None:
    rows = as_rows(read_source(spec_of(path)), path.parent)
    expected = path.with_name(path.name + ".records")
    if os.environ.get("WIREWATCH_GOLDEN") == "write":
        expected.write_text(dumped(rows), encoding="utf-8")
    assert json.loads(dumped(rows)) == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_source_is_recognised_by_its_content(path: Path) -> None:
    fetch = next(read_source(spec_of(path)))
    assert fetch.kind == path.parent.name


def test_every_kind_has_a_golden_pair() -> None:
    assert {path.parent.name for path in INPUTS} == set(READERS) == set(SourceKind)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_words_of_the_user_win(path: Path) -> None:
    spec = SourceConfig(
        str(path),
        outlet="Ours",
        language="xx",
        published="2020-01-02",
        fetched_at="2020-01-03T04:05:06Z",
        **SPECS.get(path.name, {}),  # type: ignore[arg-type]  # table
    )
    for record in read_source(spec):
        assert record.outlet == "Ours"
        assert record.fetched_at is not None
        assert record.fetched_at.isoformat() == "2020-01-03T04:05:06+00:00"
        if isinstance(record, Capture):
            assert record.language == "xx"
            assert (record.dates[0].source, record.dates[0].raw) == ("set by user", "2020-01-02")
