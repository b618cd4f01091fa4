"""A process that makes worker processes: a reader in, forks of it that read captures within limits.

The nursery loads once what reading needs and forks a worker of it when asked: 14 ms, where a new
process takes a second. It has one thread, as who forks must. It and its workers are a process
group of their own, so that Ctrl+C in a terminal reaches the main process only, and so that one
signal ends them all: the nursery sends it when the main process has gone, however that ended.

A worker that reads a capture

- is killed by the system after `seconds` of processor time, also inside a library in C, and after
  ten times as long by the clock (a reader that waits takes no processor time);
- answers that the capture is too large where the process then holds `megabytes` more than at its
  start, and ends. The system gives it no more than twice as much (on Linux; macOS has no such
  limit).
"""

import contextlib
import gc
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from typing import NoReturn

from pipelines.article import Capture
from pipelines.config import ReadingConfig
from pipelines.errors import Quarantined
from pipelines.reading.link import Link, receive, send
from pipelines.reading.read import Answer, OneByOne, Result, attempt

_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from pipelines.reading.nursery import serve; serve(int(sys.argv[1]))"
)
_CLOCK = 10  # times the limit of processor time
_NUMBER = 4  # bytes of a worker's number, and of an exit code
_MEGABYTE = 1_000_000


class Nursery:
    """The main process's side: starts and ends the nursery, and asks it for workers."""

    def __init__(self, reader: OneByOne, config: ReadingConfig) -> None:
        """Start the nursery; it goes on loading while we do something else."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, str(theirs.fileno()), *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,
            )
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:
            pickle.dump((reader, config), pipe)

    def worker(self, number: int) -> Link:
        """Have a worker made and return the link to it; raises ConnectionError where that failed.

        It takes captures and gives an `Answer` for each.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [number.to_bytes(_NUMBER)], [theirs.fileno()])
            except ConnectionError:
                ours.close()
                raise
        return Link(ours)

    def exit_code(self, number: int) -> int:
        """Return how a worker ended, negative for a signal; it must have closed its link."""
        self._control.sendall(number.to_bytes(_NUMBER))
        answer = self._control.recv(_NUMBER, socket.MSG_WAITALL)
        if len(answer) < _NUMBER:
            raise ConnectionError("the nursery has gone")
        return int.from_bytes(answer, signed=True)

    def stop(self) -> None:
        """End the nursery and all its workers at once."""
        self._control.close()
        if (
            self._process.returncode is None
        ):  # it was not waited for, so the number is still its own
            with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS, where all ended
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def serve(control_fd: int) -> NoReturn:
    """Be the nursery: make workers as the main process asks, until it has gone."""
    # The threads of numpy's library would not outlive a fork; it reads this when it is loaded.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    reader, config = pickle.load(sys.stdin.buffer)
    reader.prepare()
    gc.freeze()  # keeps the collector of each worker from copying what all share
    control = socket.socket(fileno=control_fd)
    pids: dict[int, int] = {}
    ended: dict[int, int] = {}
    while True:
        message, ends, _, _ = socket.recv_fds(control, _NUMBER, 1)
        if not message:
            os.killpg(0, signal.SIGKILL)
        number = int.from_bytes(message)
        ended |= _ended()
        if not ends:
            pid = pids.pop(number)
            code = ended.pop(pid) if pid in ended else _code(os.waitpid(pid, 0)[1])
            control.sendall(code.to_bytes(_NUMBER, signed=True))
            continue
        pids[number] = os.fork()
        if not pids[number]:
            control.close()
            _be_worker(reader, config, socket.socket(fileno=ends[0]))
        os.close(ends[0])


def _ended() -> dict[int, int]:
    """Return the exit codes, by process id, of the workers that have ended since."""
    codes = {}
    with contextlib.suppress(ChildProcessError):  # there is no worker
        while (state := os.waitpid(-1, os.WNOHANG))[0]:
            codes[state[0]] = _code(state[1])
    return codes


def _code(status: int) -> int:
    return os.waitstatus_to_exitcode(status)


def _be_worker(reader: OneByOne, config: ReadingConfig, end: socket.socket) -> NoReturn:
    """Read captures until there is none; never return into what the nursery was doing."""
    code = 1
    try:
        most = most_megabytes() + config.megabytes if config.megabytes else sys.maxsize
        _set_limits(most)
        inbox = end.makefile("rb")
        goes_on = True
        while goes_on:
            capture = receive(inbox)
            assert isinstance(capture, Capture)
            with _timed(config.seconds):
                result = _within_memory(reader, capture, most)
            goes_on = result is not None
            send(end, Answer(result or too_large(capture, config.megabytes), goes_on))
        code = 0
    except (EOFError, ConnectionError):  # the main process has done with this worker
        code = 0
    finally:
        if code:
            traceback.print_exc()  # a fault of ours or of a library, which the capture's end names
        os._exit(code)


def _set_limits(megabytes: float) -> None:
    for timer in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(timer, signal.SIG_DFL)  # to end the process
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if megabytes < sys.maxsize:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
            resource.setrlimit(resource.RLIMIT_AS, (int(2 * megabytes * _MEGABYTE), most))


@contextlib.contextmanager
def _timed(seconds: float) -> Iterator[None]:
    """Have the system end this process where the block takes longer."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, _CLOCK * seconds)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _within_memory(reader: OneByOne, capture: Capture, megabytes: float) -> Result | None:
    """Return what came of a capture, None where the process has held more than it may.

    That is asked after a good end too: libraries take the want of memory for a fault of the page,
    and would answer with a part of it.
    """
    try:
        result = attempt(reader, capture)
    except MemoryError:
        return None
    return result if most_megabytes() <= megabytes else None


def most_megabytes() -> float:
    """Return the most memory this process has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE


def too_large(capture: Capture, megabytes: int) -> Quarantined:
    """Return the end of a capture that takes too much memory."""
    return Quarantined(
        f"reading {capture.locator}: it takes more than {megabytes} MB of memory; if it is an "
        "article, raise `megabytes` under [reading] in wirewatch.toml and ingest it into a new "
        "store"
    )


def is_over_limit(code: int) -> bool:
    """Return whether a worker was ended because a capture took too much processor time."""
    return code == -signal.SIGPROF


def end_of(capture: Capture, code: int, seconds: float) -> Quarantined:
    """Return the end of a capture whose worker ended with an exit code, negative for a signal."""
    if code in (-signal.SIGPROF, -signal.SIGALRM):
        limit = f"{seconds:g} seconds of processor time"
        if code == -signal.SIGALRM:
            limit = f"{_CLOCK * seconds:g} seconds by the clock, ten times `seconds`"
        return Quarantined(
            f"reading {capture.locator}: it takes more than {limit}; if it is an article, raise "
            "`seconds` under [reading] in wirewatch.toml and ingest it into a new store"
        )
    how = f"signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"exit code {code}"
    return Quarantined(
        f"reading {capture.locator}: it ended the process that read it, twice, with {how}; this is "
        "a fault of Wirewatch or of a library: please report it, with what was printed and the file"
    )
