"""A writer keeps its tables open, and what it adds is there whoever wrote in between."""

import os
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import StoreError
from pipelines.store.files.entries import entry_path
from pipelines.store.files.open_tables import OpenTables
from pipelines.store.files.schema import TABLES
from pipelines.store.files.tables import append, files_of, parts_of, remove


def _rows(*ids):
    return pa.table({"article_id": pa.array(ids, pa.int64())})


def _ids(path):
    return sorted(DeltaTable(str(path)).to_pyarrow_table()["article_id"].to_pylist())


_STEPS = st.lists(st.sampled_from(["ours", "others", "replace", "remove"]), min_size=1, max_size=6)


@settings(max_examples=15)
@given(_STEPS)
def test_every_row_is_there_whoever_wrote_in_between(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("table") / "articles"
    kept, expected, versions = OpenTables(), [], []
    for number, step in enumerate(["ours", *steps]):
        if step == "remove":
            versions.append(remove(path, [expected.pop()] if expected else [-1]))
        else:
            write = append if step == "others" else kept.append
            versions.append(write(path, _rows(number), replace=step == "replace"))
            expected = [*([] if step == "replace" else expected), number]
        assert sorted(expected) == _ids(path)
    assert versions == sorted(versions)
    assert len(files_of(path, versions[-1])) == len(expected)


def test_a_table_goes_on_after_rows_that_do_not_fit(tmp_path):
    path, kept = tmp_path / "articles", OpenTables()
    kept.append(path, _rows(1))
    kept.append(path, _rows(2))
    with pytest.raises(StoreError, match="cannot write the table articles"):
        kept.append(path, pa.table({"other": ["x"]}))
    assert kept.append(path, _rows(3)) == 2
    assert _ids(path) == [1, 2, 3]


@pytest.mark.parametrize("name", TABLES)
def test_a_file_written_by_hand_has_the_columns_that_the_library_writes(tmp_path, name):
    path, schema = tmp_path / name, TABLES[name]
    row = pa.Table.from_pylist([dict.fromkeys(schema.names)], schema=schema)
    append(path, row)
    kept = OpenTables()
    assert kept.append(path, row) == 1
    (theirs,) = files_of(path, 0)
    (ours,) = set(files_of(path, 1)) - {theirs}
    columns = [str(pq.ParquetFile(one).schema).splitlines()[2:] for one in (theirs, ours)]
    assert columns[0] == columns[1]
    assert pq.read_table(ours).equals(pq.read_table(theirs))
    assert [part.rows for part in parts_of(path, 1)] == [1, 1]


def test_a_version_without_rows_has_no_file(tmp_path):
    path, kept = tmp_path / "articles", OpenTables()
    kept.append(path, _rows(1))
    assert kept.append(path, _rows()) == 1
    assert files_of(path, 1) == files_of(path, 0)


def test_the_log_is_written_down_in_one_file_every_hundred_versions(tmp_path):
    path, kept = tmp_path / "articles", OpenTables()
    kept.append(path, _rows(0))
    old = time.time() - 90 * 24 * 3600
    for number in range(1, 202):
        kept.append(path, _rows(number))
        os.utime(entry_path(path, number), (old, old))
    log = entry_path(path, 0).parent
    written = sorted(one.name for one in log.glob("*.checkpoint.parquet"))
    assert written == [f"{version:020d}.checkpoint.parquet" for version in (100, 200)]
    assert DeltaTable(str(path)).version() == 201
    assert [len(files_of(path, version)) for version in (5, 99, 100, 150, 201)] == [
        6,
        100,
        101,
        151,
        202,
    ]
    assert len(list(log.glob("0*.json"))) == 202  # older versions can still be opened
