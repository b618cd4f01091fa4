"""A process that answers questions: reads them from its input, writes what it found to its output.

It is started by `apart.py` and ends with its input, so also when who started it is killed. What
goes over the two pipes are pickles: only the two processes hold their ends.
"""

import gc
import pickle
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from pipelines import store as stores
from pipelines.analysis.labels import show_countries_as, show_entities_of
from pipelines.errors import WirewatchError
from pipelines.store import Store


@dataclass(frozen=True, slots=True)
class Labels:
    """How the settings want countries and entities to be called."""

    countries: Mapping[str, str]
    entities: tuple[str, ...]  # files of names


@dataclass(frozen=True, slots=True)
class Question:
    """What to work out of which commit; `make` is a function of a module, called by its name."""

    make: Callable[..., object]
    path: str
    version: int
    stamp: str  # tells a store that was deleted and filled again from the one before
    labels: Labels
    asked: tuple[object, ...]

    def answer(self) -> object:
        """Return what `make` finds; raises StoreMissing where the commit is gone."""
        show_countries_as(self.labels.countries)
        show_entities_of(self.labels.entities)
        return self.make(_opened(self.path, self.version, self.stamp), *self.asked)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question; `refused` says why nothing did."""

    found: object = None
    refused: str = ""


def open_for_long(path: str, version: int) -> Store:
    """Return a commit of a store, past which no later collection of garbage has to walk."""
    opened = stores.open_store(path, snap=version)
    gc.collect()
    gc.freeze()
    return opened


@lru_cache(maxsize=2)  # the newest commit, and one that a session still looks at
def _opened(path: str, version: int, stamp: str) -> Store:
    return open_for_long(path, version)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Say that we are ready, then answer one question after the other until there are no more."""
    _send(Answer(), answers)
    while True:
        try:
            question = pickle.load(questions)
        except EOFError:
            return
        try:
            answer = Answer(question.answer())
        except (WirewatchError, ValueError, LookupError) as error:
            # Who asked does it again, and sees it raised; what nobody raises on purpose ends us.
            answer = Answer(refused=f"{type(error).__name__}: {error}")
        _send(answer, answers)


def _send(answer: Answer, answers: BinaryIO) -> None:
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started us, who then ends us
    output, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing that prints may garble an answer
    # Run as a script this module would be another one than that whose names the pickles hold.
    # What questions call is loaded before the first comes.
    from dashboard.answering import process, questions  # noqa: F401

    process.serve(sys.stdin.buffer, output)
