"""docs/config.md has a row for every setting and none for another; its examples are read."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipelines.config import Config, HttpConfig, ReadingConfig, SourceConfig, load_config
from pipelines.errors import ConfigError
from pipelines.events import read_events
from pipelines.outlets import COLUMNS, read_outlets
from pipelines.tagging.entity_table import COLUMNS as NAME_COLUMNS
from pipelines.tagging.entity_table import read_entities
from pipelines.tagging.topics import Topic, read_topics

DOC = (Path(__file__).resolve().parents[1] / "docs" / "config.md").read_text(encoding="utf-8")
NOT_SET_BY_USERS = {"etag", "last_modified"}  # the store fills them


def section(title: str) -> str:
    return DOC.split(f"\n## {title}\n")[1].split("\n## ")[0]


def keys(title: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", section(title), re.MULTILINE)


def example(title: str) -> str:
    return section(title).split("```")[1].partition("\n")[2]


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (Config, "Top level"),
        (HttpConfig, "`[http]`"),
        (ReadingConfig, "`[reading]`"),
        (SourceConfig, "`[[source]]`"),
        (Topic, "`topics.toml`"),
    ],
)
def test_every_field_has_one_row_and_every_row_is_a_field(record: type, title: str) -> None:
    known = {field.name for field in fields(record)} - NOT_SET_BY_USERS
    documented = keys(title)
    assert known - set(documented) == set(), f"add these rows to docs/config.md, {title}"
    assert set(documented) - known == set(), f"no such setting: take these rows out of {title}"
    assert len(documented) == len(set(documented))


def test_every_column_of_an_outlets_file_has_a_row() -> None:
    assert keys("`outlets.csv`") == list(COLUMNS)


def test_every_column_of_a_file_of_names_has_a_row() -> None:
    assert keys("`entities.csv`") == list(NAME_COLUMNS)


def test_every_variable_of_the_environment_has_a_row() -> None:
    with pytest.raises(ConfigError) as refused:
        load_config(None, {"WIREWATCH_STRORE": "x"})
    named = re.findall(r"WIREWATCH_\w+", str(refused.value).split("known are")[1])
    assert keys("Environment") == named


@pytest.mark.parametrize("record", [Config, HttpConfig, ReadingConfig])
def test_the_documented_defaults_are_the_ones_used(record: type) -> None:
    rows = {line.split("`")[1]: line for line in DOC.splitlines() if line.startswith("| `")}
    for field in fields(record):
        default = field.default
        if isinstance(default, bool | int | float):
            assert f"| `{str(default).lower()}` |" in rows[field.name], field.name


def test_the_example_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_text(example("Example"), encoding="utf-8")
    config = load_config(path)
    assert [source.name for source in config.sources] == ["ledger", "old feeds", "archive"]
    assert config.store == tmp_path / "news"


def test_the_example_of_country_names_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wirewatch.toml"
    path.write_text(example("`[country_names]`"), encoding="utf-8")
    assert load_config(path).country_names["XK"] == "Kosovo*"


def test_the_example_event_is_read(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text(example("`events.csv`"), encoding="utf-8")
    assert [event.source for event in read_events([str(events)])] == ["UN News"]


def test_the_example_topic_outlet_and_name_are_read(tmp_path: Path) -> None:
    topics, outlets = tmp_path / "topics.toml", tmp_path / "outlets.csv"
    names = tmp_path / "my_names.csv"
    names.write_text(example("`entities.csv`"), encoding="utf-8")
    assert [entity.id for entity in read_entities([str(names)])] == ["jane-doe"]
    topics.write_text(example("`topics.toml`"), encoding="utf-8")
    outlets.write_text(example("`outlets.csv`"), encoding="utf-8")
    assert [topic.id for topic in read_topics([str(topics)])] == ["black-sea-grain"]
    assert read_outlets([outlets]).find(name="Harbor Ledger").country == "US"
