"""What the page of topics writes: a topic changed, made, taken away or put back, and what for."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from dashboard import data
from dashboard.data import of_topics
from pipelines.retag import Progress
from pipelines.tagging.topics import Topic, read_declared
from pipelines.topic_changes.change import Changed, change_topic
from pipelines.topic_changes.files import free_id, place_of, topics_files

_TOLD = ("id", "name", "query", "color", "description")


def counted(topic: str) -> Topic:
    """Return a topic as the newest commit counts it."""
    return topic_of(of_topics.facts(topic, None))


def topic_of(row: Mapping[str, object]) -> Topic:
    """Return a row of `topics` or of its versions as a topic."""
    topic, name, query, color, about = (str(row[key]) for key in _TOLD)
    return Topic(topic, name, query, color, about)


def taken_away() -> dict[str, Topic]:
    """Return the topics that were counted once and are not any more, by id, as they were last."""
    store = data.store()
    gone = store.topic_versions()
    gone = gone[~gone["id"].isin(store.topics()["id"])].drop_duplicates("id", keep="last")
    rows = gone.sort_values("since", ascending=False).astype("object").to_dict("records")
    topics = [topic_of(row) for row in rows]
    return {topic.id: topic for topic in topics}


def file_of(topic: str) -> Path:
    """Return the topics file that a change of a topic is written to; raises ConfigError."""
    config = data.config()
    return place_of(topic, config.topics, config.store)


def id_for(name: str) -> str:
    """Return an id for a new topic of that name that no topic ever had; raises ConfigError."""
    config = data.config()
    declared = read_declared(topics_files(config.topics, config.store))
    return free_id(name, {*declared, *data.store().topic_versions()["id"]})


def changing(
    new: Topic, seen: Topic | None, *, who: str, why: str
) -> Callable[[Progress], Changed]:
    """Return what makes `new` the topic of its id, as `change_topic` does; given where to report.

    `seen` is what the reader made it from, None for a topic that is not counted.
    """
    config = data.config()  # of this session, before a thread of its own does the rest
    do = partial(change_topic, config, config.store, new, seen, who=who, why=why)
    return lambda progress: do(now=datetime.now(UTC), progress=progress)
