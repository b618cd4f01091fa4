"""Have captures read ahead by worker processes: a stream in, the same stream in the same order out.

The rules:

1. Up to 32 items a process are taken from the stream ahead of need, and up to 32 MB; one more each
   time one is handed on, so a source is asked for little more than was used.
2. A worker is given a few captures at once, so that it need not wait for us: 32 of together 64 kB,
   or two. It is renewed after `renew_after` captures, because libraries leave memory behind.
3. A capture that is over a limit is quarantined with that reason, at the first time.
4. A worker that ends in another way may have been ended from outside, so the capture it was
   reading is read once more; when that ends its worker too, it is quarantined. What else the worker
   had been given is read by others.
5. Nothing that was read depends on the number of workers or on who was quicker.
"""

import os
import select
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

from pipelines.article import Capture, Fetch
from pipelines.config import ReadingConfig
from pipelines.errors import WorkersLost
from pipelines.reading.link import Link
from pipelines.reading.nursery import Nursery, end_of, is_over_limit
from pipelines.reading.read import Answer, OneByOne, Read, Result

AHEAD = 32  # items a process
_AHEAD_BYTES = 32_000_000
_GIVEN, _GIVEN_BYTES = 32, 65_536  # small captures are read in less time than we come round
_USEFUL = 6  # processes: beyond it they wait for us, who take 10 ms a page where they take 59
_MOST_LOST = 3


def wanted_processes(config: ReadingConfig) -> int:
    """Return how many worker processes the settings ask for, 0 for none."""
    return _usable_processes() if config.processes is None else config.processes


def _usable_processes() -> int:
    """Return how many worker processes are of use on this machine."""
    if sys.platform == "linux":  # which may have given this process some of its cores only
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return min(cores, _USEFUL)


@dataclass(slots=True, eq=False)
class _Place:
    """A capture's place in the line, and what came of it."""

    capture: Capture
    is_asked: bool = False
    result: Result | None = None
    deaths: int = 0  # of workers that were reading it

    @property
    def size(self) -> int:
        return len(self.capture.content)


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, and the captures it was given and has not answered, the one it reads first."""

    number: int
    link: Link
    places: deque[_Place] = field(default_factory=deque)
    given: int = 0

    def give(self, place: _Place) -> None:
        self.places.append(place)
        self.given += 1
        self.link.put(place.capture)

    def takes(self, place: _Place) -> bool:
        if len(self.places) < 2:
            return True
        size = place.size + sum(other.size for other in self.places)
        return len(self.places) < _GIVEN and size <= _GIVEN_BYTES


class Workers:
    """Worker processes that read captures; a context, at whose end they are gone."""

    def __init__(self, reader: OneByOne, config: ReadingConfig) -> None:
        """Begin to load what the workers need, in another process."""
        self._reader, self._config = reader, config
        self._processes = wanted_processes(config)
        self._renew_after = config.renew_after or sys.maxsize
        self._line: deque[Fetch | _Place] = deque()
        self._waiting: deque[_Place] = deque()  # in the line, asked, and not given to a worker
        self._bytes = 0  # in the line
        self._workers: list[_Worker] = []
        self._numbers = 0
        self._lost = 0  # nurseries since the last answer
        self._nursery = Nursery(reader, config)

    def __enter__(self) -> Self:
        """Return these workers."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End all processes at once, whatever they are doing."""
        self._nursery.stop()
        for worker in self._workers:
            worker.link.close()

    def read(
        self, stream: Iterable[Fetch | Capture], wanted: Callable[[Capture], bool]
    ) -> Iterator[Fetch | Read]:
        """Yield the stream in its order; captures that are not `wanted` are read when asked.

        Raises WorkersLost where no process can be had.
        """
        items, more = iter(stream), True
        while more or self._line:
            if more and self._has_room():
                item = next(items, None)
                more = item is not None
                if item is not None:
                    self._queue(item, wanted)
            self._serve(wait=False)
            if self._line and (not more or not self._has_room() or _is_ready(self._line[0])):
                item_or_place = self._line.popleft()
                if isinstance(item_or_place, Fetch):
                    yield item_or_place
                else:
                    self._bytes -= item_or_place.size
                    yield Read(item_or_place.capture, partial(self._result, item_or_place))

    def _has_room(self) -> bool:
        return len(self._line) < AHEAD * self._processes and self._bytes < _AHEAD_BYTES

    def _queue(self, item: Fetch | Capture, wanted: Callable[[Capture], bool]) -> None:
        if isinstance(item, Fetch):
            self._line.append(item)
            return
        place = _Place(item)
        self._line.append(place)
        self._bytes += place.size
        if wanted(item):
            self._ask(place)

    def _ask(self, place: _Place) -> None:
        place.is_asked = True
        self._waiting.append(place)

    def _result(self, place: _Place) -> Result:
        if not place.is_asked:
            self._ask(place)
        while place.result is None:
            self._serve(wait=True)
        return place.result

    def _serve(self, *, wait: bool) -> None:
        """Hand out what waits and take in what was read; `wait` for something to happen."""
        try:
            self._hand_out()
            for worker in self._stirring(wait=wait):
                self._take_in(worker)
        except ConnectionError as error:
            self._begin_again(error)

    def _hand_out(self) -> None:
        while self._waiting:
            worker = self._worker_for(self._waiting[0])
            if worker is None:
                return
            worker.give(self._waiting.popleft())

    def _worker_for(self, place: _Place) -> _Worker | None:
        """Return the least busy worker that takes a capture, a new one where all have work."""
        fresh = [w for w in self._workers if w.given < self._renew_after]
        worker = min(fresh, key=lambda w: len(w.places), default=None)
        if (worker is None or worker.places) and len(fresh) < self._processes:
            self._numbers += 1
            worker = _Worker(self._numbers, self._nursery.worker(self._numbers))
            self._workers.append(worker)
        return worker if worker and worker.takes(place) else None

    def _stirring(self, *, wait: bool) -> list[_Worker]:
        """Return the workers that have answered or ended; send on what others could not take."""
        if not self._workers:
            return []
        by_fd = {worker.link.fileno(): worker for worker in self._workers}
        poll = select.poll()
        for fd, worker in by_fd.items():
            poll.register(fd, select.POLLIN | (select.POLLOUT if worker.link.unsent else 0))
        stirring = []
        for fd, what in poll.poll(None if wait else 0):
            if what & select.POLLOUT:
                by_fd[fd].link.push()
            if what & ~select.POLLOUT:
                stirring.append(by_fd[fd])
        return stirring

    def _take_in(self, worker: _Worker) -> None:
        answers, is_open = worker.link.take()
        goes_on = True
        self._lost = 0 if answers else self._lost
        for answer in answers:
            assert isinstance(answer, Answer)
            worker.places.popleft().result, goes_on = answer.result, answer.goes_on
        if not is_open or not goes_on:
            self._bury(worker, blame=goes_on)
        elif worker.given >= self._renew_after and not worker.places:
            self._dismiss(worker)

    def _bury(self, worker: _Worker, *, blame: bool) -> None:
        """Take leave of a worker that has ended; others read what it was given."""
        code = self._nursery.exit_code(worker.number) if blame and worker.places else 0
        self._dismiss(worker)
        if blame and worker.places:
            culprit = worker.places[0]
            culprit.deaths += 1
            if culprit.deaths > 1 or is_over_limit(code):
                culprit.result = end_of(culprit.capture, code, self._config.seconds)
                worker.places.popleft()
        self._waiting.extendleft(reversed(worker.places))

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.link.close()

    def _begin_again(self, error: ConnectionError) -> None:
        """Have all that was given out read by the workers of a new nursery: the old one is gone."""
        self._lost += 1
        self._nursery.stop()
        for worker in reversed(self._workers):
            worker.link.close()
            self._waiting.extendleft(reversed(worker.places))
        self._workers = []
        if self._lost > _MOST_LOST:
            raise WorkersLost(
                "cannot read in worker processes: they end again and again from outside, or cannot "
                "be started; look for messages above, free memory, or set `processes = 0` under "
                "[reading] in wirewatch.toml"
            ) from error
        self._nursery = Nursery(self._reader, self._config)


def _is_ready(head: Fetch | _Place) -> bool:
    return isinstance(head, Fetch) or not head.is_asked or head.result is not None
