"""One topic changed for good: its file written and the stored articles tagged again, as one step.

The store's lock is held for all of it. What takes long comes first and leaves nothing behind when
it fails or is killed; then the file is written, and at once the commit. A run that is killed
between these two has changed the file only, and the next `ingest` does the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.config import DEFAULT, Config
from pipelines.errors import ConfigError, StoreBehind, StoreError
from pipelines.reading.workers import wanted_processes
from pipelines.retag import Progress, Retag, is_outdated, refresh_tags
from pipelines.store import Writer, open_writer
from pipelines.store.files.commits import read_commit
from pipelines.store.writing.definitions import Signed
from pipelines.tagging import Taggers, make_taggers
from pipelines.tagging.topics import Topic
from pipelines.topic_changes.files import Draft, make_draft

_BEHIND = (
    "{} has the change, but bringing the store to it was not finished: {}; the next `ingest` or "
    "`topics apply` does that"
)


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
    nothing has changed then. StoreBehind says that the file has, and the store not or not wholly.
    """
    read_commit(store)  # there must be a store; a writer would make one
    if seen is not None and new == seen:
        raise ConfigError(f"nothing of `{new.id}` is to be changed")
    drafts: list[Draft] = []
    try:
        with open_writer(store, now=now) as writer:
            draft = make_draft(config.topics, store, new, seen)
            drafts.append(draft)
            retagged = refresh_tags(
                writer,
                _taggers(config, writer, draft.topics),
                draft.topics,
                processes=wanted_processes(config.reading),
                progress=progress,
                signed=Signed(new.id, who, why),
                before_commit=draft.write,
            )
    except (OSError, StoreError) as error:
        for draft in drafts:
            if draft.is_written:
                raise StoreBehind(_BEHIND.format(draft.file, error)) from error
        raise
    return Changed(draft.file, retagged)


def _taggers(config: Config, writer: Writer, topics: Sequence[Topic]) -> Taggers:
    """Return taggers for a change of topics: without any, unless all tags are to be made anew.

    Tables and models of names take a second to load and 110 MB, which a dashboard can do without.
    """
    files = tuple(path for path in config.entities if path != DEFAULT)
    if is_outdated(writer, files, config.names):
        return make_taggers(topics, config.entities, config.names)
    return Taggers((), files, config.names)
