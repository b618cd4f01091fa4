"""A whole store passes; each kind of damage is found, named, and told how to mend."""

import json
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.errors import StoreMissing
from pipelines.store.counted.layout import lay_out_tables
from pipelines.store.files.commits import commit_path, read_commit
from pipelines.store.files.tables import files_of
from pipelines.store.fulltext import folder_of
from pipelines.store.upkeep.checking import check
from pipelines.store.upkeep.laws import LAWS, breaches
from pipelines.store.upkeep.pins import pin
from tests.store.build import NOW
from tests.store.many_commits import make
from tests.store.old import make_old


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make(tmp_path_factory.mktemp("many") / "store", commits=3)


@pytest.fixture
def store(template, tmp_path):
    return shutil.copytree(template, tmp_path / "store")


def _files(store, table, version=None):
    return files_of(store / "tables" / table, read_commit(store, version).tables[table])


def _only_in(store, table, version):
    """Return the file of a table that came with a version."""
    (path,) = set(_files(store, table, version)) - set(_files(store, table, version - 1))
    return Path(path)


def test_a_store_is_whole(store):
    checked = check(store)
    assert checked.versions == (1, 2, 3)
    assert checked.findings == ()
    assert checked.files > 20


@pytest.mark.parametrize("schema", [1, 3])
def test_a_store_of_an_earlier_wirewatch_is_whole(store, schema):
    make_old(store, schema)
    assert check(store).findings == ()


def test_only_the_newest_and_the_pinned_are_looked_at_on_request(store):
    pin(store, 1, why="", who="me", now=NOW)
    assert check(store, every=False).versions == (1, 3)


@pytest.mark.parametrize(
    ("table", "how"), [("captures", "gone"), ("mentions", "cut"), ("quotes", "zeroed")]
)
def test_a_damaged_file_is_named_with_the_way_back(store, table, how):
    path = _only_in(store, table, 3)
    content = path.read_bytes()
    match how:
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "zeroed":
            path.write_bytes(content[:60] + bytes(len(content) - 560) + content[-500:])
    (finding,) = check(store).findings
    assert path.name in finding.what
    assert finding.versions == (3,)
    assert f"go back to version 2: rm {commit_path(store, 3)}" in finding.mend


def test_where_no_version_is_whole_only_a_backup_helps(store):
    path = _files(store, "articles", 1)[0]
    Path(path).unlink()
    (finding,) = check(store).findings
    assert finding.versions == (1, 2, 3)
    assert "backup" in finding.mend
    assert "go back" not in finding.mend


def test_damage_in_an_old_version_only_is_told_as_such(store):
    (store / "tables" / "topics" / "_delta_log" / f"{0:020d}.json").write_text("{")
    commit_path(store, 1).write_text("{")
    versions = {finding.versions for finding in check(store).findings}
    assert (1,) in versions or (1, 2, 3) in versions


def test_a_damaged_part_of_the_text_index_is_named_with_its_command(store):
    path = next(folder_of(store).glob("0*/low.bin"))
    path.write_bytes(bytes(path.stat().st_size))
    (finding,) = check(store).findings
    assert str(path.parent) in finding.what
    assert finding.mend == "python -m pipelines index --anew"


def test_a_pin_on_nothing_is_told(store):
    pin(store, 2, why="", who="me", now=NOW)
    commit_path(store, 2).unlink()
    (finding,) = check(store).findings
    assert "version 2 is pinned and is not there" in finding.what
    assert "store unpin 2" in finding.mend


def test_no_store_is_said(tmp_path):
    with pytest.raises(StoreMissing):
        check(tmp_path)


BREACHES = {  # of each law: a change that breaks it
    "versions that are twice in articles": "INSERT INTO articles FROM articles LIMIT 1",
    "versions that are twice in texts": "INSERT INTO texts FROM texts LIMIT 1",
    "versions that are twice in annotations": "INSERT INTO annotations FROM annotations LIMIT 1",
    "fetches that are twice in the log": "INSERT INTO stored_fetches FROM stored_fetches LIMIT 1",
    "versions without their text": "DELETE FROM texts WHERE version = 2",
    "texts without their article": "DELETE FROM articles WHERE version = 2",
    "versions without their tags": "DELETE FROM annotations WHERE version = 2",
    "captures whose article is not there": "UPDATE captures SET version = 77 WHERE version = 2",
    "mentions outside their text": 'UPDATE stored_mentions SET "end" = 100000 WHERE version = 2',
    "quotes outside their text": "UPDATE quotes SET start = -1 WHERE version = 2",
    "lines outside their text": "UPDATE lines SET start = 9999 WHERE version = 2",
    "fetches whose outcomes do not add up": "UPDATE stored_fetches SET stored = 50",
    "rows of annotations from a later version": "UPDATE annotations SET tagged_in = 50",
    "rows of retagged without their article": (
        "INSERT INTO retagged VALUES (1, 1, 'syria', 1, 0, 1)"
    ),
    **{
        f"rows of {name} without their article": f"UPDATE {table} SET version = 77"
        for name, table in {
            **{name: name for name in ("annotations", "quotes", "lines", "copies")},
            "mentions": "stored_mentions",
        }.items()
    },
}


@pytest.fixture(scope="module")
def loaded(template):
    """Return the newest commit, and its tables in memory, to be changed."""
    commit = read_commit(template)
    with duckdb.connect() as connection:
        files = {name: _files(template, name) for name in commit.tables}
        lay_out_tables(connection, files, commit.schema)
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal")
        for (view,) in views.fetchall():
            connection.execute(f"CREATE TABLE copy_of_it AS FROM {view}; DROP VIEW {view}")
            connection.execute(f"ALTER TABLE copy_of_it RENAME TO {view}")
        yield commit, connection


@pytest.mark.parametrize("law", BREACHES)
def test_a_law_that_does_not_hold_is_told(loaded, law):
    commit, connection = loaded
    assert breaches(connection, commit) == []
    connection.execute("BEGIN")
    try:
        connection.execute(BREACHES[law])
        assert [said for said in breaches(connection, commit) if said.startswith(f"{law}: ")]
    finally:
        connection.execute("ROLLBACK")


def test_every_law_is_tested():
    assert set(LAWS) <= set(BREACHES)


def test_a_breach_is_found_in_the_files_of_a_commit(store):
    path = _only_in(store, "annotations", 3)
    pq.write_table(pq.read_table(path).slice(1), path)
    (finding,) = check(store, every=False).findings
    assert finding.what.startswith("versions without their tags: 1, such as ")
    assert finding.versions == (3,)
    assert "without --newest says which version" in finding.mend


def test_a_topic_without_its_definition_is_told(store):
    path = commit_path(store, 3)
    commit = json.loads(path.read_text())
    path.write_text(json.dumps({**commit, "definitions": {**commit["definitions"], "syria": 9}}))
    (finding,) = check(store).findings
    assert "topic syria has no definition 9" in finding.what
