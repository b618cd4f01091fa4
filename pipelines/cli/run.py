"""What every command is given: settings, store, the time, and its options."""

import argparse
import getpass
import os
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


def user_name() -> str:
    """Return who runs this, or the number of a user that has no name, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # OSError from Python 3.13 on
        return f"user {os.getuid()}"


def reason(text: str) -> str:
    """Return a reason that was given with `--why`; an empty one is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("say in a few words how you know")
    return text


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
