"""Which topics file a change belongs in, and how it is written there.

- A topic that a file of the settings has, of the user's own, is changed there.
- A new one, and a shipped one that is to be otherwise, goes into the first file of the user's own;
  where the settings name none, into `topics.toml` in the store's folder. Whoever opens that store
  reads it behind the settings' files, so the next `ingest` has it whatever settings it is given.
- A topic is taken away by `counted = false`: what the file says of it stays, to be put back.
- What comes out the same as a shipped topic is no topic of the user's: its table is removed.

What comes with Wirewatch is never written. A file is replaced whole or not at all, and only where
it is still as it was when it was read.
"""

import codecs
import os
import tempfile
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import category

from pipelines.errors import ConfigError, why
from pipelines.store.files.entries import sync
from pipelines.tagging.promotion import free_slug, slug_of
from pipelines.tagging.topics import (
    Declared,
    Topic,
    checked,
    is_shipped,
    read_declared,
    read_topics,
)
from pipelines.tagging.transliteration import to_latin
from pipelines.topic_changes import text as texts

OWN = "topics.toml"  # in the folder of a store
_MOST = {"name": 200, "description": 2000}  # characters
_SHOWN = ("name", "query", "description", "color")  # what the store has of a topic
_LONGEST_ID = 60
_BEGIN = """\
# Topics of this store, written by the dashboard and by `topics set`, and read behind the files that
# the settings name. It may be edited by hand, too: the next `ingest` counts by it.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A topics file as it is to be, and the topics that are counted with it."""

    file: Path
    before: bytes | None  # what it was made of; None: there is no such file yet
    after: bytes
    topics: tuple[Topic, ...]

    @property
    def is_written(self) -> bool:
        """Return whether the file is as it is to be."""
        return self.after != self.before and _bytes_of(self.file) == self.after

    def write(self) -> None:
        """Put the file in its place, whole and durably.

        Raises ConfigError where it is not any more what the draft was made of, or cannot be
        written; it is then as it was.
        """
        if _bytes_of(self.file) != self.before:
            raise ConfigError(
                f"{self.file} was changed by somebody else meanwhile, so nothing was written; look "
                "at the topic again"
            )
        try:
            _replace(self.file, self.after)
        except OSError as error:
            raise ConfigError(_cannot(self.file, why(error))) from error


def topics_files(settings: Sequence[str], store: Path) -> tuple[str, ...]:
    """Return the topics files in force for a store: those of the settings, and its own."""
    own = store / OWN
    if not own.exists() or own.resolve() in {Path(path).resolve() for path in settings}:
        return tuple(settings)
    return (*settings, str(own))


def topics_in_force(settings: Sequence[str], store: Path) -> tuple[Topic, ...]:
    """Return the topics that are counted in a store; raises ConfigError as `read_topics` does."""
    return read_topics(topics_files(settings, store))


def last_said(topic: str, settings: Sequence[str], store: Path) -> Topic | None:
    """Return what the files say of a topic (id), also of one that was taken away."""
    paths = topics_files(settings, store)
    there = read_declared(paths).get(topic)
    if there is None or there.topic.query:
        return there.topic if there is not None else None
    shipped = read_declared([path for path in paths if is_shipped(path)]).get(topic)
    return replace(shipped.topic, counted=False) if shipped is not None else there.topic


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id for a new topic of that name, in whatever script it is written."""
    return free_slug(slug_of(to_latin(name))[:_LONGEST_ID].strip("-") or "topic", taken)


def place_of(topic: str, settings: Sequence[str], store: Path) -> Path:
    """Return the file that a change of a topic (id) is written to.

    Raises ConfigError where a file cannot be read, or this one not be written.
    """
    paths = topics_files(settings, store)
    file = Path(_place(read_declared(paths).get(topic), paths, store))
    _refuse_read_only(file)
    return file


def make_draft(settings: Sequence[str], store: Path, new: Topic, seen: Topic | None) -> Draft:
    """Return the topics file with `new` in the place of the topic of its id.

    `seen` is what the change was made from, None for a new topic. Raises ConfigError where that is
    another by now, where `new` cannot be a topic, and where the file cannot be read or written.
    """
    paths = topics_files(settings, store)
    there = read_declared(paths).get(new.id)
    path = _place(there, paths, store)
    file = Path(os.path.realpath(path))  # a link stays one
    before = _bytes_of(file)
    _refuse_read_only(file)
    text = _BEGIN if before is None else before.decode("utf-8-sig")  # it was read just now
    paths = paths if path in paths else (*paths, path)
    found = read_declared(paths, {path: text})  # of these very bytes
    _refuse_another(new.id, found.get(new.id), seen)
    others = [one.topic for one in found.values() if one.topic.id != new.id and one.topic.counted]
    _refuse_unfit(new, others)
    ours = read_declared([path for path in paths if is_shipped(path)])
    changed, wanted = _changed(text, path, new, (found.get(new.id), ours.get(new.id)))
    after = read_declared(paths, {path: changed})
    if after != {**found, new.id: wanted}:
        raise ConfigError(
            f"cannot change `{new.id}` in {path} without changing more than that; change it by "
            "hand and run `topics apply`"
        )
    counted = tuple(one.topic for one in after.values() if one.topic.counted)
    return Draft(file, before, _encoded(changed, before), counted)


def _place(there: Declared | None, paths: Sequence[str], store: Path) -> str:
    if there is not None and not is_shipped(there.path):
        return there.path
    return next((path for path in paths if not is_shipped(path)), str(store / OWN))


def _changed(
    text: str, path: str, new: Topic, known: tuple[Declared | None, Declared | None]
) -> tuple[str, Declared]:
    """Return the text with the topic, and what is to be read of it then.

    `known` are the topic of that id as it is declared, and as it is shipped.
    """
    there, shipped = known
    if there is None or there.path != path:
        # Examples are for who edits the file, so they stay where they are.
        told = replace(new, examples=())
        wanted = told if new.counted else Topic(new.id, new.id, "", counted=False)
        return texts.with_new_topic(text, wanted), Declared(wanted, path)
    wanted = replace(new, examples=there.topic.examples)
    if shipped is not None and replace(shipped.topic, examples=wanted.examples) == wanted:
        return texts.without_topic(text, new.id), shipped
    return texts.with_changed_topic(text, there.topic, wanted), Declared(wanted, path)


def _refuse_another(topic: str, there: Declared | None, seen: Topic | None) -> None:
    """Raise ConfigError where the files do not say of a topic what the change was made from."""
    now = there.topic if there is not None and there.topic.counted else None
    if now is None and seen is not None:
        raise ConfigError(f"the topics files have no `{topic}` any more: somebody took it away")
    if now is None or there is None:
        return
    if seen is None:
        raise ConfigError(f"there is a topic `{topic}` already, in {there.path}")
    if any(getattr(now, key) != getattr(seen, key) for key in _SHOWN):
        raise ConfigError(
            f"{there.path} has another `{topic}` by now than the one that was changed here; bring "
            "the store to it with `topics apply`, and look again"
        )


def _refuse_unfit(new: Topic, others: Sequence[Topic]) -> None:
    """Raise ConfigError for what a file could say but nobody should have to read."""
    checked(new, "the topic")
    for key, most in _MOST.items():
        if len(getattr(new, key)) > most:
            raise ConfigError(f"the {key} of `{new.id}` has more than {most:,} characters")
    # Not `isprintable`: Persian names have joiners, which are not.
    if not new.name.strip() or any(category(one) in ("Cc", "Zl", "Zp") for one in new.name):
        raise ConfigError(f"the name of `{new.id}` must be words on one line")
    for one in others:
        if new.counted and one.name.casefold() == new.name.casefold():
            raise ConfigError(
                f"the topic `{one.id}` is called {one.name!r} already; choose another"
            )


def _refuse_read_only(file: Path) -> None:
    # Whoever may write to the folder could replace it all the same, and root may do anything.
    if file.exists() and not (file.stat().st_mode & 0o222 and os.access(file, os.W_OK)):
        raise ConfigError(_cannot(file, "it is read-only"))


def _cannot(file: Path, reason: str) -> str:
    return (
        f"cannot change the topics in {file}: {reason}; have the user that runs Wirewatch allowed "
        "to write it, or change it by hand and run `topics apply`"
    )


def _bytes_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(_cannot(file, why(error))) from error


def _encoded(text: str, before: bytes | None) -> bytes:
    mark = codecs.BOM_UTF8 if before is not None and before.startswith(codecs.BOM_UTF8) else b""
    try:
        return mark + text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ConfigError("the topic has characters that no text can have; type it anew") from error


def _replace(file: Path, content: bytes) -> None:
    """Put `content` in the place of `file`, with its owner and rights."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        _take_rights(draft, file)
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)  # gone where it took its place
    sync(file.parent)


def _take_rights(draft: Path, file: Path) -> None:
    """Give a draft, which only its owner may read, the rights of the file or those of a new one."""
    if file.exists():
        kept = file.stat()
        draft.chmod(kept.st_mode & 0o777)
        with suppress(PermissionError):  # only root gives files away
            os.chown(draft, kept.st_uid, kept.st_gid)
    else:
        draft.chmod(0o644)
