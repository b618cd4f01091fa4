"""Which topics file a change goes into, how it is written, and when it is refused."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.errors import ConfigError
from pipelines.tagging.topics import Topic, read_declared, read_topics
from pipelines.topic_changes.files import last_said, make_draft, place_of, topics_files

MINE = '# Ours.\n[[topic]]\nid = "mali"\nname = "Mali"\nquery = "Mali"\nexamples = ["Mali."]\n'
MALI = Topic("mali", "Mali", "Mali", examples=("Mali.",))
SHIPPED = {topic.id: topic for topic in read_topics(["default"])}
SYRIA = SHIPPED["syria"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the folder of a store, and a topics file of the user's beside it."""
    (tmp_path / "mine.toml").write_text(MINE)
    (tmp_path / "store").mkdir()
    return tmp_path / "store"


@pytest.fixture
def settings(store: Path) -> tuple[str, ...]:
    return ("default", str(store.parent / "mine.toml"))


def change(settings, store: Path, new: Topic, seen: Topic | None) -> dict[str, Topic]:
    """Write a change; return the topics that are counted then, which the draft foretold."""
    draft = make_draft(settings, store, new, seen)
    draft.write()
    counted = read_topics(topics_files(settings, store))
    assert counted == draft.topics
    return {topic.id: topic for topic in counted}


def test_a_topic_of_the_users_file_is_changed_there(store: Path, settings):
    new = replace(MALI, query="Mali OR Malian*")
    assert change(settings, store, new, MALI)["mali"] == new
    assert (store.parent / "mine.toml").read_text().startswith("# Ours.\n")
    assert not (store / "topics.toml").exists()


@pytest.mark.parametrize("new", [Topic("chad", "Chad", "Chad"), replace(SYRIA, query="Syria")])
def test_without_a_file_of_the_users_the_stores_own_has_it(store: Path, new: Topic):
    topics = change(("default",), store, new, SHIPPED.get(new.id))
    assert topics[new.id].query == new.query
    assert len(topics) == len({**SHIPPED, new.id: new})
    assert place_of(new.id, ("default",), store) == store / "topics.toml"


def test_a_shipped_topic_changed_keeps_its_place_and_going_back_leaves_nothing(
    store: Path, settings
):
    before = (store.parent / "mine.toml").read_text()
    new = replace(SYRIA, query="Syria", name="Syrien")
    assert list(change(settings, store, new, SYRIA)) == [*SHIPPED, "mali"]
    topics = change(settings, store, SYRIA, new)
    assert topics["syria"] == SYRIA
    assert (store.parent / "mine.toml").read_text().rstrip() == before.rstrip()


def test_a_name_may_have_what_its_script_needs(store: Path, settings):
    persian = "جمهوری\u200cخواهان"
    assert change(settings, store, replace(MALI, name=persian), MALI)["mali"].name == persian


@pytest.mark.parametrize("topic", [SYRIA, MALI], ids=["shipped", "own"])
def test_a_topic_taken_away_is_not_counted_and_can_be_put_back(store: Path, settings, topic: Topic):
    gone = replace(topic, counted=False)
    assert topic.id not in change(settings, store, gone, topic)
    assert last_said(topic.id, settings, store) == gone
    assert change(settings, store, topic, None)[topic.id] == topic


def test_what_came_with_wirewatch_is_never_written(store: Path):
    sample = Path(__file__).parents[2] / "sample_data" / "topics.toml"
    settings, was = ("default", str(sample)), sample.read_bytes()
    grain = read_declared(settings)["black-sea-grain"].topic
    topics = change(settings, store, replace(grain, query="grain"), grain)
    assert topics["black-sea-grain"].query == "grain"
    assert sample.read_bytes() == was
    assert (store / "topics.toml").is_file()


def test_two_files_of_the_users_may_not_have_the_same_topic(store: Path, settings):
    (store / "topics.toml").write_text(MINE)
    with pytest.raises(ConfigError, match=r"given twice \(.*mine.toml has it too\)"):
        read_topics(topics_files(settings, store))


def test_a_file_that_changed_since_it_was_read_is_left_alone(store: Path, settings):
    draft = make_draft(settings, store, replace(MALI, query="Bamako"), MALI)
    (store.parent / "mine.toml").write_text(MINE + "# Bob was here\n")
    with pytest.raises(ConfigError, match="changed by somebody else meanwhile"):
        draft.write()
    assert (store.parent / "mine.toml").read_text() == MINE + "# Bob was here\n"


def test_a_new_file_that_somebody_else_made_first_is_left_alone(store: Path):
    draft = make_draft(("default",), store, Topic("chad", "Chad", "Chad"), None)
    (store / "topics.toml").write_text(MINE)
    with pytest.raises(ConfigError, match="meanwhile"):
        draft.write()
    assert (store / "topics.toml").read_text() == MINE


@pytest.mark.parametrize(
    ("seen", "new", "said"),
    [
        (replace(MALI, query="Bamako"), MALI, "has another `mali` by now"),
        (Topic("chad", "Chad", "Chad"), Topic("chad", "Chad", "N'Djamena"), "took it away"),
        (None, MALI, "there is a topic `mali` already"),
        (MALI, replace(MALI, query="(Mali"), "cannot read the query"),
        (MALI, replace(MALI, query="topic:syria"), "cannot ask for `topic:`"),
        (MALI, replace(MALI, description="\udcff"), "characters that no text can have"),
        (MALI, replace(MALI, name=" "), "must be words on one line"),
        (MALI, replace(MALI, name="a\nb"), "must be words on one line"),
        (MALI, replace(MALI, name="x" * 10_000), "more than 200 characters"),
        (MALI, replace(MALI, name="syria"), "`syria` is called 'Syria' already"),
        (None, Topic("Chad!", "Chad", "Chad"), "the id `Chad!`"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    store: Path, settings, seen: Topic | None, new: Topic, said: str
):
    with pytest.raises(ConfigError) as error:
        make_draft(settings, store, new, seen)
    assert said in str(error.value)
    assert (store.parent / "mine.toml").read_text() == MINE


def test_a_read_only_file_is_refused_with_what_to_do(store: Path, settings):
    (store.parent / "mine.toml").chmod(0o444)
    with pytest.raises(ConfigError, match="it is read-only; have the user that runs Wirewatch"):
        make_draft(settings, store, replace(MALI, query="Bamako"), MALI)


def test_a_folder_that_takes_no_file_is_refused_and_the_file_stays(store: Path, settings):
    draft = make_draft(settings, store, replace(MALI, query="Bamako"), MALI)
    long = replace(draft, file=store.parent / ("x" * 250), before=None)  # no draft fits beside it
    with pytest.raises(ConfigError, match="File name too long; have the user"):
        long.write()
    assert sorted(path.name for path in store.parent.iterdir()) == ["mine.toml", "store"]


def test_a_broken_file_is_named_and_left_alone(store: Path, settings):
    (store.parent / "mine.toml").write_text("[[topic]\n")
    with pytest.raises(ConfigError, match="cannot read the topics in"):
        make_draft(settings, store, Topic("chad", "Chad", "Chad"), None)
    assert (store.parent / "mine.toml").read_text() == "[[topic]\n"


def test_a_link_stays_a_link_and_rights_and_byte_order_mark_stay(store: Path, settings):
    real, link = store.parent / "real.toml", store.parent / "mine.toml"
    real.write_text(MINE, encoding="utf-8-sig")
    real.chmod(0o640)
    link.unlink()
    link.symlink_to(real)
    change(settings, store, replace(MALI, query="Мали"), MALI)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_bytes().startswith(b"\xef\xbb\xbf# Ours.")
    assert os.listdir(store) == []
