"""`ingest` itself: sources down the line into the store, and the table of outcomes.

Apart from `write.py`, so that commands that only read need not load what reading pages and
addresses takes (a third of their time to start, measured).
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from pipelines.article import Capture, Extraction, Fetch, Outcome
from pipelines.cli.run import Run
from pipelines.config import Config, SourceConfig
from pipelines.errors import ConfigError
from pipelines.ingest import IngestReport, ingest
from pipelines.outlets import read_outlets
from pipelines.reading.read import Reads
from pipelines.reading.reader import Reader
from pipelines.reading.workers import Workers
from pipelines.retag import Retag, refresh_tags
from pipelines.sources import Http, read_collection, read_source
from pipelines.store import open_writer
from pipelines.tagging import make_taggers
from pipelines.tagging.topics import read_topics

_SHOWN_PROBLEMS = 20
_FAILURES = (Outcome.FAILED, Outcome.QUARANTINED, Outcome.UNSUPPORTED)


def run_ingest(run: Run) -> int:
    """Ingest what the command line or the settings name; return the exit code."""
    config, options = run.config, run.options
    if options.fast:
        config = replace(config, extraction=Extraction.FAST)
    if options.processes is not None:
        config = replace(config, reading=replace(config.reading, processes=options.processes))
    run = replace(run, config=config)
    report, retagged = ingest_sources(run, wanted_sources(run))
    print_report(report, retagged)
    return 1 if any(report.outcomes[outcome] for outcome in _FAILURES) else 0


def wanted_sources(run: Run) -> list[SourceConfig]:
    """Return the sources named on the command line, else those of the settings."""
    options = run.options
    names = options.collection or ([] if options.locations else list(run.config.collections))
    sources = [source for name in names for source in read_collection(name)]
    if not options.locations and not options.collection:
        sources += run.config.sources
    sources += [_named(location, options) for location in options.locations]
    if not sources:
        raise ConfigError(
            "nothing to ingest: name a file, a folder or an address, or list [[source]] tables in "
            "wirewatch.toml (docs/config.md)"
        )
    return sources


def _named(location: str, options: argparse.Namespace) -> SourceConfig:
    return SourceConfig(
        location=location,
        outlet=options.outlet,
        language=options.lang or "",
        url=options.url,
        published=options.date or "",
        fetched_at=options.fetched_at or "",
        sidecar=options.sidecar,
    )


def ingest_sources(run: Run, sources: list[SourceConfig]) -> tuple[IngestReport, Retag]:
    """Read `sources` into the store; return what became of them and what was tagged again."""
    with ExitStack() as stack:
        reader = stack.enter_context(open_reader(run.config))  # loads while we go on
        topics = read_topics(run.config.topics)
        taggers = make_taggers(topics, run.config.names)
        http = stack.enter_context(Http(run.config.http))
        writer = stack.enter_context(open_writer(run.store, now=run.now))
        retagged = refresh_tags(writer, taggers, topics, progress=show_retag)

        def stream() -> Iterator[Fetch | Capture]:
            for source in sources:
                etag, last_modified = writer.validators(source.id)
                spec = replace(source, etag=etag, last_modified=last_modified)
                yield from outside(run.store, read_source(spec, http))

        report = ingest(
            stream(),
            writer,
            reader,
            taggers=taggers,
            progress=_show_progress,
        )
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return report, retagged


@contextmanager
def open_reader(config: Config) -> Iterator[Reads]:
    """Yield what reads captures: worker processes, or where none are wanted this one."""
    reader = Reader(read_outlets(config.outlets), config.extraction)
    if config.reading.processes == 0:
        yield reader
    else:
        with Workers(reader, config.reading) as workers:
            yield workers


def outside(store: Path, stream: Iterable[Fetch | Capture]) -> Iterator[Fetch | Capture]:
    """Yield what does not come from the store's own folder: `ingest .` may well hold that too."""
    ours, inside = store.resolve(), False
    for item in stream:
        if isinstance(item, Fetch):
            inside = Path(item.locator).resolve().is_relative_to(ours)
        if not inside:
            yield item


def _show_progress(report: IngestReport) -> None:
    if sys.stderr.isatty():
        done = sum(report.outcomes.values())
        print(f"\r{done} captures from {report.fetches} fetches", end="", file=sys.stderr)


def show_retag(done: int, versions: int) -> None:
    """Show on a terminal how far tagging again is."""
    if sys.stderr.isatty():
        end = "\n" if done == versions else ""
        print(f"\r{done} of {versions} stored versions tagged again", end=end, file=sys.stderr)


def retag_line(retagged: Retag) -> str:
    """Return in words what was tagged again."""
    what = f"topics changed ({', '.join(retagged.topics)})"
    if retagged.everything:
        what = "names or code changed"
    return f"{what}: {retagged.versions} stored versions tagged again"


def print_report(report: IngestReport, retagged: Retag) -> None:
    """Print the table of outcomes, which adds up to the captures read, and what went wrong."""
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        where = problem.locator.removeprefix(f"{Path.cwd()}/")
        print(f"{problem.outcome}: {where}: {problem.reason}", file=sys.stderr)
    if len(report.problems) > _SHOWN_PROBLEMS:
        more = len(report.problems) - _SHOWN_PROBLEMS
        print(f"... and {more} more; `sources` shows the log", file=sys.stderr)
    if retagged.versions:
        print(retag_line(retagged))
    if report.retagged:
        print(f"repeated lines learned: {report.retagged} stored versions tagged again")
    for outcome in Outcome:
        if report.outcomes[outcome]:
            print(f"{outcome.value.replace('_', ' '):<12}{report.outcomes[outcome]:>8}")
    print(f"{'captures':<12}{sum(report.outcomes.values()):>8}")
