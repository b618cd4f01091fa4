"""Commands that change the store: ingest and set-date."""

import argparse
import getpass
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from pipelines.article import Capture, Fetch, Outcome
from pipelines.cli.filters import day, language
from pipelines.cli.run import Run, add_places
from pipelines.config import SourceConfig
from pipelines.errors import ConfigError, SourceError, StoreError
from pipelines.hashing import id_number, id_text
from pipelines.ingest import IngestReport, ingest
from pipelines.outlets import read_outlets
from pipelines.retag import refresh_tags
from pipelines.sources import Http, read_collection, read_source
from pipelines.sources.fetch_time import user_instant
from pipelines.store import open_writer, set_date
from pipelines.tagging import make_taggers
from pipelines.tagging.topics import read_topics

_SHOWN_PROBLEMS = 20
_FAILURES = (Outcome.FAILED, Outcome.QUARANTINED, Outcome.UNSUPPORTED)


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ingest and set-date."""
    parser = commands.add_parser("ingest", help="read sources into the store")
    parser.add_argument(
        "locations",
        nargs="*",
        metavar="FILE|FOLDER|ADDRESS",
        help="what to read; kinds are recognised by content (default: the settings' sources)",
    )
    add_places(parser)
    group = parser.add_argument_group("what the text does not say")
    group.add_argument("--outlet", default="", help="who published it")
    group.add_argument("--url", default="", help="where it was published")
    group.add_argument("--date", type=_when, help="when: 2015-06-02 or 2015-06-02T22:23Z")
    group.add_argument("--fetched-at", type=_instant, help="when it was collected, as an instant")
    group.add_argument("--lang", type=language, help="its language, as two letters")
    group.add_argument("--sidecar", default="", metavar="CSV", help="the same for each file")
    parser.add_argument(
        "--collection", action="append", default=[], help="a shipped list of real feeds"
    )
    parser.set_defaults(run=_ingest)

    parser = commands.add_parser("set-date", help="say when an article was published")
    parser.add_argument("article", type=_article_id, help="its id, as `articles` prints it")
    parser.add_argument("day", nargs="?", type=day, help="2015-06-02; without it, take back")
    parser.add_argument("--why", default="", help="how you know; kept with the date")
    add_places(parser)
    parser.set_defaults(run=_set_date)


def _when(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        wanted = "a day such as 2015-06-02 nor an instant such as 2015-06-02T22:23Z"
        raise argparse.ArgumentTypeError(f"{text!r} is neither {wanted}") from error
    return text


def _instant(text: str) -> str:
    try:
        user_instant(text)
    except SourceError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _article_id(text: str) -> int:
    try:
        return id_number(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an id as `articles` prints it"
        ) from error


def _ingest(run: Run) -> int:
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


def ingest_sources(run: Run, sources: list[SourceConfig]) -> tuple[IngestReport, int]:
    """Read `sources` into the store; return what became of them and how many were tagged again."""
    topics = read_topics(run.config.topics)
    outlets = read_outlets(run.config.outlets)
    taggers = make_taggers(topics)
    with ExitStack() as stack:
        http = stack.enter_context(Http(run.config.http))
        writer = stack.enter_context(open_writer(run.store, now=run.now))
        retagged = refresh_tags(writer, taggers, topics)

        def stream() -> Iterator[Fetch | Capture]:
            for source in sources:
                etag, last_modified = writer.validators(source.id)
                spec = replace(source, etag=etag, last_modified=last_modified)
                yield from outside(run.store, read_source(spec, http))

        report = ingest(stream(), writer, outlets=outlets, taggers=taggers, progress=_show_progress)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return report, retagged


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


def print_report(report: IngestReport, retagged: int) -> None:
    """Print the table of outcomes, which adds up to the captures read, and what went wrong."""
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        print(f"{problem.outcome}: {problem.locator}: {problem.reason}", file=sys.stderr)
    if len(report.problems) > _SHOWN_PROBLEMS:
        more = len(report.problems) - _SHOWN_PROBLEMS
        print(f"... and {more} more; `sources` shows the log", file=sys.stderr)
    if retagged:
        print(f"topics or names changed: {retagged} stored versions tagged again")
    for outcome in Outcome:
        if report.outcomes[outcome]:
            print(f"{outcome.value.replace('_', ' '):<12}{report.outcomes[outcome]:>8}")
    print(f"{'captures':<12}{sum(report.outcomes.values()):>8}")


def _set_date(run: Run) -> int:
    day: date | None = run.options.day
    try:
        set_date(
            run.store,
            run.options.article,
            day,
            who=getpass.getuser(),
            now=run.now,
            why=run.options.why,
        )
    except KeyError as error:
        raise StoreError(f"{error.args[0]}; `articles` prints the ids") from error
    said = f"is published on {day}, set by user" if day else "has its own date again"
    print(f"article {id_text(run.options.article)} {said}")
    return 0
