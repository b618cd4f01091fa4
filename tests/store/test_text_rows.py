"""Which versions the files of texts hold is read of each large file once, and never wrong."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.store.files import text_rows as files
from pipelines.store.files.text_rows import text_rows


@pytest.fixture
def texts(tmp_path, monkeypatch) -> list[str]:
    """Return two files of three texts and one; the first is large enough to be kept."""
    monkeypatch.setattr(files, "KEPT_FROM", 3)
    folder = tmp_path / "tables" / "texts"
    folder.mkdir(parents=True)
    for name, ids, versions in (("a", [7, 5, 7], [1, 1, 2]), ("b", [2**62], [1])):
        columns = {
            "article_id": pa.array(ids, pa.int64()),
            "version": pa.array(versions, pa.int32()),
        }
        pq.write_table(pa.table(columns), folder / f"{name}.parquet", row_group_size=2)
    return [str(folder / "b.parquet"), str(folder / "a.parquet")]


def _rows(paths: list[str]) -> list[tuple[int, ...]]:
    with duckdb.connect() as connection:
        found = text_rows(connection, paths)
    return list(zip(*(column.tolist() for column in found), strict=True))


def _notes(path: str) -> list[Path]:
    return sorted(Path(path).parents[2].glob("index/rows/*"))


ROWS = [(2**62, 1, 0, 0), (7, 1, 1, 0), (5, 1, 1, 1), (7, 2, 1, 2)]


def test_rows_are_the_same_read_and_kept(texts):
    assert _rows(texts) == ROWS
    (note,) = _notes(texts[1])
    assert note.name.startswith("a.")
    assert _rows(texts) == ROWS
    assert _rows(texts[::-1])[0] == (7, 1, 0, 0)


def test_what_is_kept_is_not_read_again(texts):
    _rows(texts)
    (note,) = _notes(texts[1])
    kept = np.load(note)
    kept["article_id"] = 9
    np.save(note, kept)
    assert [row[0] for row in _rows(texts)] == [2**62, 9, 9, 9]


def test_a_note_that_was_cut_short_is_made_again(texts):
    _rows(texts)
    (note,) = _notes(texts[1])
    note.write_bytes(note.read_bytes()[:-5])
    assert _rows(texts) == ROWS
    assert len(np.load(note)) == 3


def test_the_note_of_a_file_that_is_gone_goes_with_the_next(texts, monkeypatch):
    _rows(texts)
    Path(texts[1]).unlink()
    monkeypatch.setattr(files, "KEPT_FROM", 1)
    _rows(texts[:1])
    assert [note.name[:2] for note in _notes(texts[0])] == ["b."]


def test_a_file_that_is_gone_is_an_error_though_its_rows_were_kept(texts):
    _rows(texts)
    Path(texts[1]).unlink()
    with pytest.raises((duckdb.Error, OSError)):
        _rows(texts)


def test_rows_come_where_nothing_can_be_written(texts, caplog):
    (Path(texts[0]).parents[2] / "index").write_text("in the way")
    assert _rows(texts) == ROWS
    assert "cannot keep" in caplog.text
