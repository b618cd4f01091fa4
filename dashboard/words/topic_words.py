"""Changes of topics in, sentences out."""

from pipelines.retag import Retag
from pipelines.tagging.topics import Topic


def changed(new: Topic, version: int, done: Retag) -> str:
    """Return what came of a change; `version` is the number of the definition that counts now."""
    if not new.counted:
        return f"“{new.name}” is not counted any more. “New topic” puts it back."
    if not done.topics and not done.everything:
        return f"“{new.name}” is saved. Every number stays."
    said = f"“{new.name}” counts like this from now on, as version {version}"
    others = [topic for topic in done.topics if topic != new.id]
    if done.versions:
        said += f"; {done.versions:,} stored versions of articles were tagged again"
    if done.everything:
        return f"{said}, for all tags, because names or code had changed."
    if others:
        return f"{said}, also for what else had changed in the topics files: {', '.join(others)}."
    return f"{said}."
