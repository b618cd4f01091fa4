"""A topic changed for good: file and store together or not at all, and no ingest takes it back."""

import fcntl
import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.config import Config, SourceConfig, load_config
from pipelines.errors import ConfigError, StoreBehind, StoreBusy, StoreMissing
from pipelines.gather import gather
from pipelines.query import Query
from pipelines.store import last_version, open_store
from pipelines.tagging.topics import Topic
from pipelines.topic_changes import opening
from pipelines.topic_changes.change import change_topic
from pipelines.topic_changes.files import topics_in_force

NOW = datetime(2015, 7, 1, tzinfo=UTC)
TEXTS = ("Talks on Syria went on.", "Envoys met in Geneva.", "It rained in Damascus.")
SYRIA = Topic("syria", "Syria", "Syria")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Return settings of a store with three articles and one topic."""
    (tmp_path / "mine.toml").write_text('# Ours.\n[[topic]]\nid = "syria"\nquery = "Syria"\n')
    (tmp_path / "wirewatch.toml").write_text('topics = "mine.toml"\nstore = "store"\n')
    settings = load_config(tmp_path / "wirewatch.toml", {"WIREWATCH_PROCESSES": "0"})
    lines = [
        json.dumps({"url": f"https://a.example/{n}", "title": f"Note {n}", "text": text})
        for n, text in enumerate(TEXTS)
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines))
    ingest(settings, str(tmp_path / "rows.jsonl"))
    return replace(settings)


SEEN = replace(SYRIA, name="syria")


def ingest(config: Config, *locations: str) -> None:
    gather(config, config.store, [SourceConfig(one) for one in locations], now=NOW)


def change(config: Config, new: Topic, seen: Topic | None, **how: object):
    return change_topic(
        config, config.store, new, seen, **{"who": "Ann", "why": "noise", "now": NOW, **how}
    )


def counted(config: Config) -> dict[str, int]:
    with closing(open_store(config.store)) as store:
        topics = store.topics()["id"]
        return {key: store.article_count(Query(topics=(key,))) for key in topics}


def versions(config: Config) -> list[list[object]]:
    with closing(open_store(config.store)) as store:
        return store.topic_versions()[["id", "version", "is_removed", "who", "why"]].values.tolist()


def test_a_change_counts_at_once_and_the_next_ingest_keeps_it(config: Config):
    change(config, replace(SEEN, query="Syria OR Damascus"), SEEN)
    version = last_version(config.store)
    assert counted(config) == {"syria": 2}
    ingest(config)
    assert counted(config) == {"syria": 2}
    assert last_version(config.store) == version
    assert versions(config) == [
        ["syria", 1, False, "", ""],
        ["syria", 2, False, "Ann", "noise"],
    ]


def test_a_topic_the_settings_do_not_know_of_survives_an_ingest_with_any_settings(config: Config):
    shipped = replace(config, topics=())
    change(shipped, Topic("geneva", "Geneva", "Geneva"), None)
    assert (config.store / "topics.toml").is_file()
    ingest(shipped)
    assert counted(config) == {"geneva": 1}
    ingest(config)
    assert counted(config) == {"syria": 1, "geneva": 1}


def test_a_topic_taken_away_keeps_its_history_and_comes_back(config: Config):
    change(config, replace(SEEN, counted=False), SEEN)
    ingest(config)
    assert counted(config) == {}
    change(config, SEEN, None, who="Bob", why="needed")
    assert counted(config) == {"syria": 1}
    assert versions(config) == [
        ["syria", 1, False, "", ""],
        ["syria", 1, True, "Ann", "noise"],
        ["syria", 1, False, "Bob", "needed"],
    ]


def test_a_new_name_reads_no_article_again(config: Config):
    done = change(config, replace(SEEN, name="Syrien"), SEEN)
    assert done.retagged.versions == 0
    with closing(open_store(config.store)) as store:
        assert store.topics()["name"].tolist() == ["Syrien"]


def test_while_another_run_writes_neither_file_nor_store_is_changed(config: Config):
    before = (config.store.parent / "mine.toml").read_bytes()
    with (config.store / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy, match="another run is writing"):
            change(config, replace(SEEN, query="Damascus"), SEEN)
    assert (config.store.parent / "mine.toml").read_bytes() == before


def test_a_file_that_changes_while_articles_are_tagged_stops_all_of_it(config: Config):
    file, version = config.store.parent / "mine.toml", last_version(config.store)

    def edit(done: int, all: int) -> None:
        file.write_text('[[topic]]\nid = "syria"\nquery = "Homs"\n')

    with pytest.raises(ConfigError, match="changed by somebody else meanwhile"):
        change(config, replace(SEEN, query="Damascus"), SEEN, progress=edit)
    assert "Homs" in file.read_text()
    assert last_version(config.store) == version
    assert counted(config) == {"syria": 1}
    ingest(config)
    assert counted(config) == {"syria": 0}  # as the file says


def test_a_commit_that_fails_behind_the_file_says_so_and_the_next_ingest_does_the_rest(
    config: Config,
):
    commits, version = config.store / "commits", last_version(config.store)
    taken = commits / f"{version + 1:08d}.json"

    def take(done: int, all: int) -> None:
        taken.write_bytes((commits / f"{version:08d}.json").read_bytes())

    with pytest.raises(StoreBehind, match="has the change, but bringing the store to it"):
        change(config, replace(SEEN, query="Syria OR Damascus"), SEEN, progress=take)
    taken.unlink()
    assert counted(config) == {"syria": 1}
    ingest(config)
    assert counted(config) == {"syria": 2}


def test_a_run_that_ends_while_it_tags_leaves_file_and_store_as_they_were(config: Config):
    before, version = (config.store.parent / "mine.toml").read_bytes(), last_version(config.store)

    def stop(done: int, all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change(config, replace(SEEN, query="Damascus"), SEEN, progress=stop)
    assert (config.store.parent / "mine.toml").read_bytes() == before
    assert last_version(config.store) == version
    change(config, replace(SEEN, query="Damascus"), SEEN)
    assert counted(config) == {"syria": 1}


def test_an_ingest_that_read_the_files_before_a_change_does_not_take_it_back(
    config: Config, monkeypatch: pytest.MonkeyPatch
):
    reads = iter([topics_in_force(config.topics, config.store)])
    change(config, replace(SEEN, query="Syria OR Damascus"), SEEN)
    monkeypatch.setattr(
        opening, "topics_in_force", lambda *files: next(reads, None) or topics_in_force(*files)
    )
    ingest(config)
    assert counted(config) == {"syria": 2}


def test_without_a_store_none_is_made(tmp_path: Path):
    with pytest.raises(StoreMissing):
        change(Config(store=tmp_path / "none"), SYRIA, None)
    assert not (tmp_path / "none").exists()
