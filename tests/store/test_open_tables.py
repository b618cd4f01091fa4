"""A writer keeps its tables open, and what it adds is there whoever wrote in between."""

import pyarrow as pa
import pytest
from deltalake import DeltaTable
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import StoreError
from pipelines.store.files.tables import OpenTables, append, files_of, remove


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
