"""Commands that make a report, check an old one, and ask its question again."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipelines.cli.correct import tell_hidden
from pipelines.cli.filters import add_filters, add_time, make_query, with_time
from pipelines.cli.run import Run, add_below, add_places
from pipelines.errors import ConfigError
from pipelines.query import Query
from pipelines.reports.bundle import FILES, Report, make_report
from pipelines.reports.verify import Doubt, read_report, verify_report
from pipelines.store import Store, open_store


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add report with the commands below it."""
    about = "hand out everything a question shows as one zip, verify one, ask it again"
    parser = commands.add_parser("report", help=about, description=about)
    add_places(parser)
    parser.set_defaults(run=lambda run: _usage(parser))
    below = parser.add_subparsers(title="commands", metavar="COMMAND")
    make = add_below(below, "make", "write a report", _make)
    make.add_argument("file", metavar="FILE", help="the zip to write")
    make.add_argument(
        "--only", action="append", default=[], choices=list(FILES), help="these files"
    )
    add_filters(make)
    verify = add_below(below, "verify", "check a report against its store", _verify)
    verify.add_argument("file", metavar="FILE", help="the zip to check")
    redo = add_below(below, "redo", "ask a report's question of the newest store", _redo)
    redo.add_argument("file", metavar="OLD", help="the zip to take the question from")
    redo.add_argument("new", metavar="NEW", help="the zip to write")
    add_time(redo)


def _usage(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


def _make(run: Run) -> int:
    with closing(open_store(run.store, snap=run.options.snap)) as store:
        only = run.options.only or list(FILES)
        return _write(run, store, make_query(run, store), file=run.options.file, only=only)


def _replace(file: Path, content: bytes) -> None:
    """Write a file so that the one that is there stays where the disk is full."""
    file = file.resolve()
    if file.exists() and not file.is_file():  # /dev/stdout; a folder is an error of the system
        file.write_bytes(content)
        return
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _write(run: Run, store: Store, query: Query, *, file: str, only: Sequence[str]) -> int:
    report = make_report(store, query, now=run.now, files=only, name=Path(file).name)
    try:
        _replace(Path(file), report.content)
    except OSError as error:
        raise ConfigError(f"cannot write the report to {file}: {error.strerror}") from error
    _tell(report, file)
    return 0


def _tell(report: Report, file: str) -> None:
    files = report.manifest["files"]
    rows = {entry["name"]: entry["rows"] for entry in files}  # type: ignore[attr-defined]  # a list
    print(f"{report.manifest['heading']}")
    print("; ".join(f"{name} {n} rows" for name, n in rows.items()))
    print(f"{file}: store version {report.manifest['store_version']}")
    tell_hidden(int(str(report.manifest["hidden"])))


def _verify(run: Run) -> int:
    report = read_report(Path(run.options.file))
    findings = verify_report(report, run.store)
    faults = [one for one in findings if one.doubt is not Doubt.CODE]
    for one in findings:
        print(f"{one.file}: {one.what}", file=sys.stderr)
    if faults:
        print(f"does not hold: {len(faults)} of its files or numbers")
        return 1
    print(f"holds: every file is as made, and store version {report.query.snap} gives its numbers")
    return 0


def _redo(run: Run) -> int:
    old = read_report(Path(run.options.file))
    with closing(open_store(run.store, snap=run.options.snap)) as store:
        query = with_time(run, replace(old.query, snap=None))
        known = set(store.topics()["id"])
        if gone := [topic for topic in query.topics if topic not in known]:
            raise ConfigError(
                f"the store has no topic {gone[0]!r} any more; put it back, then redo"
            )
        return _write(run, store, query, file=run.options.new, only=old.kinds)
