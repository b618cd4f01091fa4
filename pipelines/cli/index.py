"""Command for the text index: bring it to the store, or make it anew."""

import argparse
import sys

from pipelines.cli.run import Run, add_places
from pipelines.store import last_version, open_store, rebuild_index


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add index."""
    parser = commands.add_parser("index", help="bring the text index to the store, or make it anew")
    parser.add_argument("--anew", action="store_true", help="drop it and make it from all texts")
    add_places(parser)
    parser.set_defaults(run=_index)


def _index(run: Run) -> int:
    if last_version(run.store) is None:
        open_store(run.store)  # says that there is none, and how to make one
    added = rebuild_index(run.store, anew=run.options.anew, progress=_show_progress)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"text index: {added} stored versions added")
    return 0


def _show_progress(done: int, wanted: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {wanted} stored versions", end="", file=sys.stderr)
