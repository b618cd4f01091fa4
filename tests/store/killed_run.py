"""One run of the line in a process of its own, to be killed; imported once by a fork server."""

import os
import signal
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pipelines.article import Capture, Form
from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.reading.reader import Reader
from pipelines.retag import refresh_tags
from pipelines.sources import read_source
from pipelines.store import open_writer, writer
from pipelines.store.writing import passes
from pipelines.tagging import Taggers, TopicTagger, find_mentions, make_taggers
from pipelines.tagging.topics import read_topics

# Made once in the fork server, so that a run is reading and writing and little else.
_TOPICS = read_topics(("default",))
TAGGERS = make_taggers(_TOPICS)
READER = Reader(read_outlets(("default",)))
_NOW = datetime(2015, 7, 1, tzinfo=UTC)


def run(folder: Path, store: Path, dies_at_sync: int = 0) -> None:
    """Read `folder` into `store`, with a commit every 20 rows.

    With `dies_at_sync` the process kills itself in place of that call of fsync: between the tables
    of a commit, or just before or after the commit itself.
    """
    writer.BATCH = 20
    if dies_at_sync:
        _die_at(dies_at_sync)
    with open_writer(store, now=_NOW) as opened:
        refresh_tags(opened, TAGGERS, _TOPICS)
        stream = read_source(SourceConfig(location=str(folder)))
        ingest(stream, opened, READER, taggers=TAGGERS)


def apply(topics: Path, store: Path, dies_at_sync: int = 0) -> None:
    """Tag `store` again by the topics of a file, some texts a part; see `run` for the end."""
    passes.PART = 20
    if dies_at_sync:
        _die_at(dies_at_sync)
    wanted = read_topics((str(topics),))
    taggers = Taggers((*TAGGERS.in_order[:-1], TopicTagger(wanted)))
    with open_writer(store, now=_NOW) as opened:
        refresh_tags(opened, taggers, wanted)


def _die_at(number: int) -> None:
    calls, sync = count(1), os.fsync

    def sync_or_die(descriptor: int) -> None:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        sync(descriptor)

    os.fsync = sync_or_die


def _warm() -> None:
    """Load the tables that the stages load when first asked: a second of a run of two.

    Only what starts no threads: they would not live on in a process that is forked.
    """
    text = "Talks on Syria. Lavrov spoke of Ukraine, and nobody in Geneva answered him.\n" * 3
    capture = Capture("files", "warm.txt", Form.TEXT, text.encode())
    READER.prepare()
    find_mentions(READER.article(capture), TAGGERS)


_warm()
