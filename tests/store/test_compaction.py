"""Joining small files changes no answer, no old version and no row, only the number of files."""

import shutil
from contextlib import closing

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.article import Tags
from pipelines.errors import StoreBusy, StoreDamaged, StoreMissing
from pipelines.query import Query
from pipelines.store import last_version, open_store, open_writer
from pipelines.store.files.commits import read_commit
from pipelines.store.files.schema import SCHEMA_VERSION, TABLES
from pipelines.store.files.tables import files_of, parts_of
from pipelines.store.upkeep import compaction
from pipelines.store.upkeep.compaction import compact, has_many_files
from pipelines.store.writing import copies
from tests.store.build import NOW
from tests.store.many_commits import add_commit, make, said_by
from tests.store.old import make_old


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make(tmp_path_factory.mktemp("many") / "store")


@pytest.fixture
def store(template, tmp_path):
    return shutil.copytree(template, tmp_path / "store")


def _files(store, version=None):
    commit = read_commit(store, version)
    return {name: files_of(store / "tables" / name, at) for name, at in commit.tables.items()}


def _content(store, version=None):
    """Return of each table how many rows it has, and a sum that any other row would change."""
    sql = "SELECT count(*), sum(hash(t)) FROM (SELECT {} FROM read_parquet(?)) t"
    with duckdb.connect() as connection:
        return {
            name: connection.execute(
                sql.format(", ".join(f'"{column}"' for column in TABLES[name].names)), [files]
            ).fetchall()
            for name, files in _files(store, version).items()
        }


def test_every_answer_and_every_row_is_the_same_from_fewer_files(store):
    before, rows, version = said_by(store), _content(store), last_version(store)
    joined = {one.table: one for one in compact(store, now=NOW, most_files=3)}
    assert {"articles", "texts", "mentions", "quotes", "captures", "copies"} <= set(joined)
    assert {one.files_after for one in joined.values()} == {1}
    assert last_version(store) == version + 1
    assert said_by(store) == before
    assert _content(store) == rows


def test_old_versions_keep_their_files_and_their_answers(store):
    versions = (2, last_version(store))
    before = {version: (_files(store, version), said_by(store, version)) for version in versions}
    compact(store, now=NOW, most_files=3)
    for version, (files, said) in before.items():
        assert _files(store, version) == files
        assert said_by(store, version) == said


def test_the_commit_keeps_which_definitions_and_which_code_made_the_tags(store):
    before = read_commit(store)
    compact(store, now=NOW, most_files=3)
    after = read_commit(store)
    for name in ("definitions", "generations", "tags_hash", "schema"):
        assert getattr(after, name) == getattr(before, name)


def test_a_writer_goes_on_behind_it_and_may_take_rows_out(store):
    compact(store, now=NOW, most_files=3)
    articles = len(_articles(store))
    add_commit(store, 4)
    assert len(_articles(store)) == articles + 2
    with open_writer(store, now=NOW) as writer:
        article_id = int(_articles(store)["article_id"].iloc[0])
        for version in writer.known.versions[article_id]:
            writer.retag(article_id, version.version, Tags())
    with closing(open_store(store)) as opened:
        assert len(opened.article(article_id).mentions) == 0
    assert len(_articles(store)) == articles + 2


def _articles(store):
    with closing(open_store(store)) as opened:
        return opened.articles(Query())


def test_the_text_index_covers_all_texts_before_the_next_writer_comes(store):
    with closing(open_store(store)) as opened:
        assert opened.indexed() == opened.article_count(Query()) > 0
    for most_files in (3, 1):  # the second time a joined file is joined again
        compact(store, now=NOW, most_files=most_files)
        with closing(open_store(store)) as opened:
            assert opened.indexed() == opened.article_count(Query())
        add_commit(store, 4 + most_files)
    shutil.rmtree(store / "index" / "moved")
    with closing(open_store(store)) as opened:
        assert opened.indexed() < opened.article_count(Query())
    before = said_by(store)
    with open_writer(store, now=NOW):
        pass  # brings the index up to date
    with closing(open_store(store)) as opened:
        assert opened.indexed() == opened.article_count(Query())
    assert said_by(store) == before


def test_the_kept_arrays_of_copies_stay_of_use(store, monkeypatch):
    monkeypatch.setattr(copies, "KEEP_FROM", 5)
    files = _files(store)
    copies.load_index(store, files)
    assert copies.kept_files(store) == {path.rsplit("/")[-1] for path in files["copies"]}
    add_commit(store, 4)
    compact(store, now=NOW, most_files=3)
    monkeypatch.setattr(copies, "KEEP_FROM", 10**6)
    kept, after = copies.kept_files(store), _files(store)["copies"]
    assert len(after) == 2
    assert kept < {path.rsplit("/")[-1] for path in after}
    index = copies.load_index(store, _files(store))
    assert index.count == _content(store)["copies"][0][0]


def test_few_files_are_left_alone(store):
    version = last_version(store)
    assert not has_many_files(store, 8)
    assert compact(store, now=NOW) == []
    assert last_version(store) == version


def test_a_file_much_larger_than_the_others_together_is_not_written_again(store, monkeypatch):
    compact(store, now=NOW, most_files=1)
    large = set(_files(store)["texts"])
    for number in (4, 5, 6):
        add_commit(store, number)
    monkeypatch.setattr(compaction, "_MUCH", 0)
    compact(store, now=NOW, most_files=2)
    assert large < set(_files(store)["texts"])
    assert len(_files(store)["texts"]) == 2


def test_a_table_larger_than_a_file_may_be_becomes_several(store, monkeypatch):
    monkeypatch.setattr(compaction, "FULL", 8_000)
    monkeypatch.setitem(compaction._GROUPS, "texts", 2)
    before = said_by(store)
    compact(store, now=NOW, most_files=1)
    assert len(_files(store)["texts"]) > 1
    assert said_by(store) == before
    with closing(open_store(store)) as opened:
        assert opened.indexed() == opened.article_count(Query())


def test_texts_stay_in_small_groups_of_rows_and_mentions_stand_by_tag(store, monkeypatch):
    monkeypatch.setitem(compaction._GROUPS, "texts", 4)
    compact(store, now=NOW, most_files=1)
    (path,) = _files(store)["texts"]
    file = pq.ParquetFile(path)
    groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert set(groups[:-1]) == {4}
    (path,) = _files(store)["mentions"]
    tags = pq.read_table(path)["tag"].to_pylist()
    assert tags == sorted(tags)


def test_a_damaged_file_stops_it_and_nothing_is_committed(store):
    version, (path, *_) = last_version(store), _files(store)["mentions"]
    with open(path, "r+b") as file:
        file.truncate(100)
    with pytest.raises(StoreDamaged, match=path.rsplit("/")[-1]):
        compact(store, now=NOW, most_files=1)
    assert last_version(store) == version
    assert not (store / "staging" / "joining").exists()


def test_a_store_of_an_earlier_wirewatch_is_brought_to_this_one_first(store):
    make_old(store, 3)
    compact(store, now=NOW, most_files=3)
    assert read_commit(store).schema == SCHEMA_VERSION
    assert len(_files(store)["texts"]) == 1


def test_it_waits_for_no_other_writer_and_makes_no_store(store, tmp_path):
    with open_writer(store, now=NOW), pytest.raises(StoreBusy):
        compact(store, now=NOW)
    with pytest.raises(StoreMissing):
        compact(tmp_path / "nothing", now=NOW)


def test_sizes_and_rows_are_those_of_the_files(store):
    compact(store, now=NOW, most_files=1)
    version = read_commit(store).tables["mentions"]
    (part,) = parts_of(store / "tables" / "mentions", version)
    path = store / "tables" / "mentions" / part.name
    assert (part.size, part.rows) == (path.stat().st_size, pq.read_metadata(path).num_rows)
