"""The command line: the dashboard's words for people and scripts.

Exit codes: 0 done, 1 done with failures, 2 wrong usage. Results go to standard output, all else to
standard error, so that `> file.csv` holds the file and nothing more.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipelines.analysis.labels import show_countries_as, show_entities_of
from pipelines.cli import (
    correct,
    demo,
    doctor,
    edits,
    furniture,
    index,
    promote,
    read,
    report,
    store,
    topics,
    write,
)
from pipelines.cli.run import Run
from pipelines.config import load_config
from pipelines.errors import ConfigError, QueryError, StoreMissing, WirewatchError
from pipelines.store import last_version_at

_WRONG_USAGE = (ConfigError, QueryError, StoreMissing)
_ABOUT = """Wirewatch counts who writes about what, and opens every number.

first steps:
  python -m pipelines ingest my-folder          read a folder of scraped text, pages, feeds, tables
  python -m pipelines attention --topic syria   articles on Syria over time
  python -m pipelines demo                      the same with sample data, and the dashboard
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parser = make_parser()
    if not arguments:
        parser.print_help()
        return 0
    options = parser.parse_args(arguments)
    _show_what_can_be_shown()
    try:
        code = _run(options)
        sys.stdout.flush()  # here, where a closed pipe is expected; Python's own flush is too late
        return code
    except _WRONG_USAGE as error:
        print(error, file=sys.stderr)
        return 2
    except WirewatchError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # `... | head` closed our output: not our failure
        _close_output()
        return 0
    except OSError as error:  # of a file of ours it is one of the errors above
        _close_output()
        where = f" ({error.filename})" if error.filename else ""
        print(f"stopped by the system: {error.strerror or error}{where}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; what was committed stays, run again to go on", file=sys.stderr)
        return 1


def _show_what_can_be_shown() -> None:
    """Print question marks where a terminal has no letter; CSV and JSON are UTF-8 in any case."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_output() -> None:
    """Point standard output at nothing, so that Python's own flush at the end does not fail too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    for option in ("config", "store"):
        if getattr(options, option) == "":
            # A variable that is not set must not lead to the settings or the store that are here.
            raise ConfigError(f"--{option} was given an empty name; name a place, or leave it out")
    path = options.config or os.environ.get("WIREWATCH_CONFIG")
    if path is None and Path("wirewatch.toml").is_file():
        path = "wirewatch.toml"
    config = load_config(Path(path) if path else None, os.environ)
    show_countries_as(config.country_names)
    show_entities_of(config.entities)
    folder = Path(options.store) if options.store else config.store
    if getattr(options, "as_of", None):
        options.snap = last_version_at(folder, options.as_of)  # from here on one of the versions
    run = Run(config=config, store=folder, now=datetime.now(UTC), options=options)
    command: Callable[[Run], int] = options.run
    return command(run)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; documented in docs/commands.md."""
    parser = argparse.ArgumentParser(
        prog="python -m pipelines",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in (
        *(write, read, report, topics, promote, edits, furniture),
        *(index, store, correct, demo, doctor),
    ):
        module.add_commands(commands)
    return parser
