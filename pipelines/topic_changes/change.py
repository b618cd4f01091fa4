"""One topic changed for good: its file written and the stored articles tagged again, as one step.

The store's lock is held for all of it. What takes long comes first and leaves nothing behind when
it fails or is killed; then the file is written, and at once the commit. A run that is killed
between these two has changed the file only, and the next `ingest` does the rest.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.config import Config
from pipelines.errors import ConfigError
from pipelines.reading.workers import wanted_processes
from pipelines.retag import Progress, Retag, refresh_tags
from pipelines.store import open_writer
from pipelines.store.files.commits import read_commit
from pipelines.store.writing.definitions import Signed
from pipelines.tagging import make_taggers
from pipelines.tagging.topics import Topic
from pipelines.topic_changes.files import make_draft


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done: the file that says so now, and what was tagged again."""

    file: Path
    retagged: Retag


def change_topic(
    config: Config,
    store: Path,
    new: Topic,
    seen: Topic | None,
    *,
    who: str,
    why: str,
    now: datetime,
    progress: Progress = lambda done, all: None,
) -> Changed:
    """Make `new` the topic of its id; not `counted`, it is taken away.

    `seen` is what the change was made from, None for a topic that is new or was taken away. Raises
    StoreMissing, StoreBusy where another run is writing, and ConfigError as `make_draft` does;
    nothing has changed then.
    """
    read_commit(store)  # there must be a store; a writer would make one
    if seen is not None and new == seen:
        raise ConfigError(f"nothing of `{new.id}` is to be changed")
    with open_writer(store, now=now) as writer:
        draft = make_draft(config.topics, store, new, seen)
        retagged = refresh_tags(
            writer,
            make_taggers(draft.topics, config.entities, config.names),
            draft.topics,
            processes=wanted_processes(config.reading),
            progress=progress,
            signed=Signed(new.id, who, why),
            before_commit=draft.write,
        )
    return Changed(draft.file, retagged)
