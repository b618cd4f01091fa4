"""Send sources down the line into a store, or only show what the line would make of them.

What the command line and the dashboard share: here the reader, the taggers, the connection and the
store's writer are opened for one run.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from pipelines.article import Article, Capture, DateEvidence, DateSource, Fetch, FetchStatus, Tags
from pipelines.config import Config, SourceConfig
from pipelines.errors import CaptureError, StoreBusy
from pipelines.ingest import IngestReport, ingest
from pipelines.outlets import read_outlets
from pipelines.reading.read import Reads
from pipelines.reading.read_by import read_by
from pipelines.reading.reader import Reader
from pipelines.reading.workers import Workers, wanted_processes
from pipelines.reprocess import Reprocessed, preview, reprocess
from pipelines.retag import Retag, refresh_tags
from pipelines.sources import Http, read_source
from pipelines.store.files.commits import read_commit
from pipelines.store.files.tables import files_of
from pipelines.store.upkeep.compaction import JOIN_AFTER, compact, has_many_files
from pipelines.store.writing.known import load_known
from pipelines.tagging import find_mentions, make_taggers
from pipelines.topic_changes.files import topics_in_force
from pipelines.topic_changes.opening import open_tagging

Stream = Iterable[Fetch | Capture]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of one capture: outlet (name or id) and day of publication."""

    outlet: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What the line makes of one capture, or why it makes nothing of it."""

    locator: str
    article: Article | None = None
    tags: Tags = field(default_factory=Tags)
    reason: str = ""


def gather(
    config: Config,
    store: Path,
    sources: Sequence[SourceConfig],
    *,
    now: datetime,
    change: Callable[[Stream], Stream] = lambda stream: stream,
    progress: Callable[[IngestReport], None] = lambda report: None,
    retagging: Callable[[int, int], None] = lambda done, all: None,
) -> tuple[IngestReport, Retag]:
    """Read `sources` into the store; return what became of them and what was tagged again.

    `now` is the time of this run (UTC), `change` may correct the stream before it is read. Raises
    StoreBusy where another run is writing.
    """
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(config, now))  # loads while we go on
        http = stack.enter_context(Http(config.http))
        code = read_by(config.extraction, config.outlets)
        opened = open_tagging(config, store, now=now, read_by=code)
        writer, topics, taggers = stack.enter_context(opened)
        processes = wanted_processes(config.reading)
        retagged = refresh_tags(writer, taggers, topics, processes=processes, progress=retagging)

        def stream() -> Iterator[Fetch | Capture]:
            for source in sources:
                etag, last_modified = writer.validators(source.id)
                spec = replace(source, etag=etag, last_modified=last_modified)
                yield from outside(store, read_source(spec, http))

        report = ingest(change(stream()), writer, reader, taggers=taggers, progress=progress)
    _join_files(store, now)
    return report, retagged


def read_again(
    config: Config,
    store: Path,
    *,
    now: datetime,
    is_trial: bool = False,
    progress: Callable[[Reprocessed], None] = lambda report: None,
) -> Reprocessed:
    """Read the kept captures of a store again by today's code; return what became of each.

    As a trial only what would. Raises StoreMissing, and StoreBusy where another run is writing.
    """
    code, commit = read_by(config.extraction, config.outlets), read_commit(store)
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(config, now))
        if is_trial:
            heads = commit.tables.items()
            files = {name: files_of(store / "tables" / name, version) for name, version in heads}
            return preview(files, load_known(files), reader, read_by=code, progress=progress)
        opened = open_tagging(config, store, now=now, read_by=code)
        writer, topics, taggers = stack.enter_context(opened)
        refresh_tags(writer, taggers, topics, processes=wanted_processes(config.reading))
        report = reprocess(writer, reader, taggers=taggers, progress=progress)
    _join_files(store, now)
    return report


def _join_files(store: Path, now: datetime) -> None:
    """Join the small files of the store once there are many."""
    if has_many_files(store, JOIN_AFTER):
        with suppress(StoreBusy):  # another run came first; the next one will see to it
            compact(store, now=now)


def understand(
    config: Config,
    sources: Sequence[SourceConfig],
    *,
    now: datetime,
    change: Callable[[Stream], Stream] = lambda stream: stream,
) -> Iterator[Understood]:
    """Yield what the line would make of each capture of `sources`; nothing is stored.

    What an outlet's repeated lines are, only a store knows: they are not taken out here.
    """
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(config, now))
        topics = topics_in_force(config.topics, config.store)
        taggers = make_taggers(topics, config.entities, config.names)
        http = stack.enter_context(Http(config.http))
        stream = (item for source in sources for item in read_source(source, http))
        for read in reader.read(change(stream), lambda capture: True):
            if isinstance(read, Fetch):
                if read.status in (FetchStatus.FAILED, FetchStatus.UNSUPPORTED):
                    yield Understood(read.locator, reason=read.reason)
                continue
            article = read.article()
            locator = read.capture.locator
            if isinstance(article, CaptureError):
                yield Understood(locator, reason=str(article).removeprefix(f"reading {locator}: "))
            else:
                yield Understood(locator, article, find_mentions(article, taggers))


@contextmanager
def open_reader(config: Config, now: datetime) -> Iterator[Reads]:
    """Yield what reads captures: worker processes, or where none are wanted this one."""
    reader = Reader(read_outlets(config.outlets), config.extraction, now)
    if not wanted_processes(config.reading):
        yield reader
    else:
        with Workers(reader, config.reading) as workers:
            yield workers


def outside(store: Path, stream: Stream) -> Iterator[Fetch | Capture]:
    """Yield what does not come from the store's own folder: `ingest .` may well hold that too."""
    ours, inside = store.resolve(), False
    for item in stream:
        if isinstance(item, Fetch):
            # Not Path.resolve: it raises for a link that leads to itself.
            inside = Path(os.path.realpath(item.locator)).is_relative_to(ours)
        if not inside:
            yield item


def corrected(stream: Stream, corrections: Mapping[str, Correction]) -> Iterator[Fetch | Capture]:
    """Yield the stream with what a person says of some captures, by locator, put in.

    A day becomes evidence "set by user"; the dates the capture has stay beside it.
    """
    for item in stream:
        said = corrections.get(item.locator) if isinstance(item, Capture) else None
        if said is None or isinstance(item, Fetch):
            yield item
            continue
        dates = item.dates
        if said.day is not None:
            day = DateEvidence(DateSource.SET_BY_USER, said.day.isoformat(), where="added by hand")
            dates = (day, *(one for one in dates if one.source is not DateSource.SET_BY_USER))
        yield replace(item, outlet=said.outlet or item.outlet, dates=dates)
