"""Processes that answer questions beside this one, where readers have to wait for each other.

Python works in one thread at a time: with twenty sessions that ask something new every two seconds
a second core stood idle, and each waited 2.8 s in the median. A process takes some 150 MB and two
seconds to begin, so none is begun before somebody has waited; a single reader never has them.
"""

import atexit
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from dashboard.answering.process import Answer, Question

_ROOT = str(Path(__file__).resolve().parents[2])  # where `dashboard` and `pipelines` are found
_PATH = [given] if (given := os.environ.get("PYTHONPATH", "")) else []
_MOST_LOST = 5  # processes that ended by themselves, after which no more are begun
_ENDED = (OSError, EOFError, pickle.UnpicklingError)
_log = logging.getLogger(__name__)


class NotAnswered(Exception):
    """No process answered: there is none, all are busy, or it ended; whoever asks does it here."""


class _Process:
    """One process that answers, a question at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            # -P: no folder of that name where we were started is taken for ours.
            [sys.executable, "-P", "-m", "dashboard.answering.process"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([_ROOT, *_PATH])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin is not None  # both are pipes
        assert self._process.stdout is not None
        self._questions, self._answers = self._process.stdin, self._process.stdout

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, question: bytes) -> Answer:
        """Return the answer to a pickled question; raises one of `_ENDED` where there is none."""
        self._questions.write(question)
        self._questions.flush()
        return self.heard()

    def heard(self) -> Answer:
        """Return the next answer: the first says that the process is ready. Raises as `ask`."""
        answer: Answer = pickle.load(self._answers)
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._answers.close()
        with suppress(BrokenPipeError):  # half a question was left to be sent
            self._questions.close()


class Apart:
    """Some processes that answer, begun when they are first wanted."""

    def __init__(self, wanted: Callable[[], int], patience: float) -> None:
        """Begin as many as are `wanted` then; who asks waits so many seconds for one."""
        self._wanted, self._patience = wanted, patience
        self._free: SimpleQueue[_Process] = SimpleQueue()
        self._all: set[_Process] = set()
        self._lock = Lock()
        self._begun = self._ended = False
        self._lost = 0

    @property
    def pids(self) -> list[int]:
        """Return the numbers of the processes that answer now."""
        with self._lock:
            return sorted(process.pid for process in self._all)

    def begin(self) -> None:
        """Begin the processes unless they are; until they answer everything is done here."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
        atexit.register(self.end)
        for _ in range(self._wanted()):
            Thread(target=self._begin_one, daemon=True).start()

    def ask(self, question: Question) -> object:
        """Return what a process found; raises NotAnswered where this process has to do it."""
        asked = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
        process = self._one_free()
        try:
            answer = process.ask(asked)
        except _ENDED as error:
            self._replace(process)
            raise NotAnswered("the process ended") from error
        self._free.put(process)
        if answer.refused:
            raise NotAnswered(answer.refused)
        return answer.found

    def end(self) -> None:
        """End all processes; none is begun again."""
        with self._lock:
            self._begun = self._ended = True
            ended, self._all = self._all, set()
        for process in ended:
            process.end()

    def _one_free(self) -> _Process:
        if not self._all:
            raise NotAnswered("no process has begun")
        try:
            return self._free.get(timeout=self._patience)
        except Empty:
            raise NotAnswered("all processes are busy") from None

    def _begin_one(self) -> None:
        """Begin a process, and count it in once it answers: to begin it takes seconds."""
        process = _Process()
        try:
            process.heard()
        except _ENDED as error:
            process.end()
            _log.warning("a process that answers questions ended as it began: %s", error)
            return
        with self._lock:
            if not self._ended:
                self._all.add(process)
                self._free.put(process)
                return
        process.end()  # all were ended meanwhile

    def _replace(self, process: _Process) -> None:
        """Begin another process in place of one that has ended, unless too many did."""
        process.end()
        with self._lock:
            self._all.discard(process)
            self._lost += 1
            if self._ended:
                return
            goes_on = self._lost <= _MOST_LOST
        _log.warning(
            "a process that answers questions ended by itself; %s",
            "another one begins" if goes_on else "no more are begun, this process answers all",
        )
        if goes_on:
            Thread(target=self._begin_one, daemon=True).start()
