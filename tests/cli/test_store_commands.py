"""The commands for the upkeep of the store, as a person types them."""

import json

import pytest

from pipelines.store.files.commits import read_commit
from pipelines.store.files.tables import files_of
from tests.store.many_commits import make


@pytest.fixture
def filled(commands):
    make(commands.store, commits=3)
    return commands


def test_stats_name_tables_versions_and_pins(filled):
    assert filled.run("store", "pin", 1, "--why", "a link sent to all") == 0
    assert filled.run("store", "stats") == 0
    rows = {line.split()[0]: line.split() for line in filled.out.splitlines() if line}
    assert rows["articles"][1:3] == ["9", "3"]
    assert rows["all"][4].isdecimal()
    assert "3 versions kept: 1 of 2015-07-01 to 3 of 2015-07-01" in filled.out
    assert "7 articles; text index: 7 of them" in filled.out
    assert "pinned: 1 by " in filled.out
    assert filled.out.rstrip().endswith(": a link sent to all")


def test_verify_tells_damage_with_its_mend_and_ends_with_one(filled):
    assert filled.run("store", "verify") == 0
    assert filled.out.startswith("whole: 3 versions, ")
    path = max(
        (filled.store / "tables" / "quotes").glob("*.parquet"), key=lambda p: p.stat().st_mtime
    )
    path.write_bytes(b"")
    assert filled.run("store", "verify") == 1
    assert path.name in filled.err
    assert "(version 3)" in filled.err
    assert "go back to version 2: rm " in filled.err
    assert filled.out == "damaged: 1 findings in 3 versions, 29 files\n"


def test_vacuum_says_what_goes_and_asks_what_to_keep(filled):
    assert filled.run("store", "vacuum") == 2
    assert "--keep-days N, --keep-last N" in filled.err
    assert filled.run("store", "vacuum", "--keep-last", 1, "--dry-run") == 0
    assert filled.out.startswith("would remove 2 of 3 versions, ")
    assert filled.run("store", "vacuum", "--keep-days", 100_000) == 0
    assert filled.out.startswith("removing 0 of 3 versions, ")
    assert filled.run("store", "vacuum", "--keep-days", 1) == 0
    assert filled.out.startswith("removing 2 of 3 versions, ")
    assert filled.run("articles", "--snap", 2) == 2
    assert "version 2 of the store" in filled.err
    assert "was removed" in filled.err


@pytest.mark.parametrize("value", ["0", "-1", "two"])
def test_a_number_that_is_none_is_refused(commands, value):
    with pytest.raises(SystemExit):
        commands.run("store", "vacuum", "--keep-last", value)


def test_compact_and_unpin_say_what_they_did(filled):
    assert filled.run("store", "compact") == 0
    assert filled.out.startswith("nothing to do")
    assert filled.run("store", "pin", 2) == 0
    assert filled.run("store", "pin", 2) == 1
    assert "(no reason given)" in filled.err
    assert filled.run("store", "unpin", 2) == 0
    assert filled.run("store", "unpin", 2) == 2


def test_an_ingest_joins_files_once_there_are_many(commands, tmp_path, monkeypatch):
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"url": "https://a.example/1", "title": "One", "text": "Words."}))
    make(commands.store, commits=9)
    assert _files(commands.store, "articles") == 9
    monkeypatch.setattr("pipelines.gather.JOIN_AFTER", 9)
    assert commands.run("ingest", path) == 0
    assert _files(commands.store, "articles") == 1
    assert _files(commands.store, "topics") == 1


def _files(store, table):
    return len(files_of(store / "tables" / table, read_commit(store).tables[table]))
