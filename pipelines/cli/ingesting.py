"""`ingest` itself: sources down the line into the store, and the table of outcomes.

Apart from `write.py`, so that commands that only read need not load what reading pages and
addresses takes (a third of their time to start, measured).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.article import Extraction, Outcome
from pipelines.cli.run import Run
from pipelines.config import SourceConfig
from pipelines.errors import ConfigError
from pipelines.gather import gather
from pipelines.ingest import IngestReport
from pipelines.retag import Retag
from pipelines.sources import read_collection
from pipelines.store import lay_out

_SHOWN_PROBLEMS = 20
_SHOWN_REASONS = 5  # of the problems beyond
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
    lay_out(run.store)
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
    if not location.strip():
        # An empty path is the working folder, which a variable that is not set must not read.
        raise ConfigError("an empty name was given; name a file, a folder or an address")
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
    report, retagged = gather(
        run.config,
        run.store,
        sources,
        now=run.now,
        progress=_show_progress,
        retagging=show_retag,
    )
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return report, retagged


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
    _print_first([(str(one.outcome), one.locator, one.reason) for one in report.problems])
    if not report.fetches:
        print("note: no file was found; hidden ones are skipped", file=sys.stderr)
    _print_first([("note", one.locator, one.reason) for one in report.remarks])
    if retagged.versions:
        print(retag_line(retagged))
    if report.retagged:
        print(f"repeated lines learned: {report.retagged} stored versions tagged again")
    for outcome in Outcome:
        if report.outcomes[outcome]:
            print(f"{outcome.value.replace('_', ' '):<12}{report.outcomes[outcome]:>8}")
    print(f"{'captures':<12}{sum(report.outcomes.values()):>8}")


def _print_first(lines: Sequence[tuple[str, str, str]]) -> None:
    """Print what was said of the first captures or fetches, and of how many more."""
    for kind, locator, reason in lines[:_SHOWN_PROBLEMS]:
        where = locator.removeprefix(f"{Path.cwd()}/")
        print(f"{kind}: {where}: {reason}", file=sys.stderr)
    if rest := lines[_SHOWN_PROBLEMS:]:
        counts = Counter(f"{kind}: {reason}" for kind, _, reason in rest)
        print(f"... and {len(rest)} more, most often:", file=sys.stderr)
        for words, number in counts.most_common(_SHOWN_REASONS):
            print(f"{number:>8}  {words}", file=sys.stderr)
