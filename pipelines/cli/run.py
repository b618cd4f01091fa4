"""What every command is given: settings, store, the time, and its options."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.config import Config


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the command line; the only place where the clock was read."""

    config: Config
    store: Path
    now: datetime  # UTC
    options: argparse.Namespace


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_places(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add the options every command knows: which settings and which store.

    A command below another is given `argparse.SUPPRESS`, so that it leaves alone what was said
    before its name.
    """
    settings, store = "settings (default: ./wirewatch.toml)", "the store (default: as they say)"
    parser.add_argument("--config", metavar="FILE", default=default, help=settings)
    parser.add_argument("--store", metavar="DIR", default=default, help=store)


def add_below(
    below: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    about: str,
    run: Callable[[Run], int],
) -> argparse.ArgumentParser:
    """Add a command below another one, and return its parser."""
    parser = below.add_parser(name, help=about, description=about)
    add_places(parser, argparse.SUPPRESS)
    parser.set_defaults(run=run)
    return parser
