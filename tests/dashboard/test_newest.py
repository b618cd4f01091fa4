"""The newest commit is known without a look through all of them, and never an old one for long."""

import os
from pathlib import Path

import pytest

from dashboard.data.newest import newest_key
from pipelines.errors import StoreMissing


def _commit(store: Path, version: int, *, at: int) -> None:
    folder = store / "commits"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{version:08}.json").write_text("{}", encoding="utf-8")
    os.utime(folder, ns=(at, at))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    _commit(tmp_path, 1, at=1_000_000_000)
    return tmp_path


def test_a_new_commit_is_seen_though_the_last_was_long_known(store: Path):
    assert newest_key(store, None)[1] == newest_key(store, None)[1] == 1
    _commit(store, 2, at=2_000_000_000)
    assert newest_key(store, None)[1] == 2
    assert newest_key(store, 1)[1] == 1


def test_commits_of_the_same_moment_are_told_apart_while_it_is_fresh(store: Path):
    now = (store / "commits").stat().st_ctime_ns
    for version in (2, 3):
        _commit(store, version, at=now)
        assert newest_key(store, None)[1] == version


def test_a_folder_without_a_commit_is_no_store(tmp_path: Path):
    with pytest.raises(StoreMissing, match="no store"):
        newest_key(tmp_path, None)
