"""What every command is given: settings, store, the time, and its options."""

import argparse
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


def add_places(parser: argparse.ArgumentParser) -> None:
    """Add the options every command knows: which settings and which store."""
    parser.add_argument("--config", metavar="FILE", help="settings (default: ./wirewatch.toml)")
    parser.add_argument("--store", metavar="DIR", help="the store (default: as the settings say)")
