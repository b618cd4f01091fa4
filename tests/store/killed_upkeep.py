"""Upkeep of a store in a process of its own, to be killed; imported once by a fork server."""

import os
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

from pipelines.store.upkeep.compaction import compact
from pipelines.store.upkeep.retention import Rule, vacuum
from tests.store.build import NOW


def join(store: Path, dies_at: int = 0) -> None:
    """Join all small files; with `dies_at` the process kills itself before that step."""
    _die_at(dies_at)
    compact(store, now=NOW, most_files=1)


def clean(store: Path, dies_at: int = 0) -> None:
    """Remove all versions but the newest two and the pinned; see `join` for the end."""
    _die_at(dies_at)
    vacuum(store, Rule(last=2), lambda plan: True)


def _die_at(number: int) -> None:
    """Kill the process in place of a call of fsync, link or unlink, which change a store."""
    if not number:
        return
    calls = count(1)

    def or_die(step: Callable[..., None]) -> Callable[..., None]:
        def taken(*arguments: object, **more: object) -> None:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            step(*arguments, **more)

        return taken

    os.fsync, os.link, os.unlink = or_die(os.fsync), or_die(os.link), or_die(os.unlink)
