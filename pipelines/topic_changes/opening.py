"""Settings and a store in, its writer with the topics in force and taggers made for them out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipelines.config import Config
from pipelines.store import Writer, open_writer
from pipelines.tagging import Taggers, make_taggers
from pipelines.tagging.topics import Topic
from pipelines.topic_changes.files import topics_in_force


@contextmanager
def open_tagging(
    config: Config, store: Path, *, now: datetime, read_by: str = ""
) -> Iterator[tuple[Writer, tuple[Topic, ...], Taggers]]:
    """Hold the store's lock; yield its writer, the topics of the files, and taggers for them.

    `read_by` is as in `open_writer`. Raises ConfigError where the files cannot be used, before a
    store is made, and as `open_writer` does.
    """
    topics = topics_in_force(config.topics, store)
    taggers = make_taggers(topics, config.entities, config.names)
    with open_writer(store, now=now, read_by=read_by) as writer:
        # Until the lock was ours somebody may have changed a topic; by what we read it would be
        # taken back in the store, and the file would say otherwise.
        current = topics_in_force(config.topics, store)
        if current != topics:
            taggers = make_taggers(current, config.entities, config.names)
        yield writer, current, taggers
