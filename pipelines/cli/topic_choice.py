"""Which definition of which topic is meant: in force, an older one, of a file, or just a query."""

import pandas as pd

from pipelines.analysis.topic_subject import Subject, subject_of
from pipelines.cli.filters import topic_ids
from pipelines.cli.run import Run
from pipelines.errors import ConfigError
from pipelines.store import Store
from pipelines.tagging.topics import Topic, read_topics
from pipelines.topic_changes.files import topics_files


def in_force(store: Store, name: str) -> Subject:
    """Return the definition the store was tagged with; ConfigError for an unknown topic."""
    (topic,) = topic_ids(store, [name])
    return subject_of(store, topic)


def versions_of(store: Store, name: str) -> pd.DataFrame:
    """Return all that a topic ever was, also one that is gone; ConfigError for an unknown one."""
    versions, wanted = store.topic_versions(), name.casefold()
    is_named = [versions[column].str.casefold() == wanted for column in ("id", "name")]
    ids = versions.loc[is_named[0] | is_named[1], "id"]
    if ids.empty:
        in_force(store, name)  # says what there is
    return versions[versions["id"].isin(ids)]


def older(store: Store, name: str, version: int) -> Subject:
    """Return an older definition of a topic, also of one that is gone."""
    rows = versions_of(store, name)
    found = rows[rows["version"] == version]
    if found.empty:
        last = int(rows["version"].max())
        raise ConfigError(
            f"{name} has no version {version}; `topics history {name}` has 1 to {last}"
        )
    row = found.iloc[-1]
    spoken = f"{row['name']} ({row['id']}, version {version})"
    return Subject(str(row["id"]), spoken, str(row["query"]), is_tagged=bool(row["in_force"]))


def declared(run: Run, name: str, file: str = "") -> Topic | None:
    """Return the topic as the settings' files, or `file`, have it now; None where they have not."""
    files = (file,) if file else topics_files(run.config.topics, run.store)
    topics = read_topics(files)
    wanted = name.casefold()
    found = [one for one in topics if wanted in (one.id.casefold(), one.name.casefold())]
    return found[0] if found else None


def from_file(run: Run, name: str, file: str = "") -> Subject:
    """Return the definition in the settings' files or in `file`; ConfigError where it is not."""
    topic = declared(run, name, file)
    if topic is None:
        where = file or ", ".join(topics_files(run.config.topics, run.store))
        raise ConfigError(f"there is no topic {name!r} in {where}; `topics` lists those in force")
    return Subject(topic.id, f"{topic.name} ({topic.id}, of the file)", topic.query)


def choose(run: Run, store: Store, name: str) -> Subject:
    """Return the definition in force, or of a topic the store does not have that of its file."""
    known = store.topics()
    names = {*known["id"].str.casefold(), *known["name"].str.casefold()}
    if name.casefold() not in names and declared(run, name) is not None:
        return from_file(run, name)
    return in_force(store, name)
