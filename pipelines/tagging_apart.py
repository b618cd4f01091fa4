"""Articles in, all that they name out: found in this process, or in several at once.

All tags of a million articles are hours of work for one core. A process that tags makes its taggers
itself, which takes two seconds and some 200 MB, so few articles are tagged where they are read.
What comes out depends neither on the number of processes nor on which was quicker.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeAlias

from pipelines.article import Article, Tags
from pipelines.errors import WorkersLost
from pipelines.furniture import without_furniture
from pipelines.tagging import Definitions, Taggers, find_mentions, make_taggers

WORTH_IT = 4000  # articles: some 20 s of work, where processes take three to begin
_TOGETHER = 16  # articles that are handed over at once

FindAll: TypeAlias = Callable[[Iterable[Article]], Iterator[Tags]]


@contextmanager
def tagging(
    taggers: Taggers, furniture: frozenset[int], *, articles: int, processes: int
) -> Iterator[FindAll]:
    """Yield what finds all that articles name but for their `furniture`, in their order.

    `articles` is how many there will be, `furniture` the keys of learned lines. Raises WorkersLost
    where a process ends before its work does.
    """
    if taggers.definitions is None or processes < 2 or articles < WORTH_IT:
        yield lambda some: (_found(article, taggers, furniture) for article in some)
        return
    context = get_context("spawn")  # this process has threads, which a fork does not survive
    begin = partial(_begin, taggers.definitions, furniture)
    with ProcessPoolExecutor(processes, mp_context=context, initializer=begin) as pool:
        try:
            yield partial(_in_processes, pool)
        finally:
            pool.shutdown(cancel_futures=True)


def _found(article: Article, taggers: Taggers, furniture: frozenset[int]) -> Tags:
    return find_mentions(without_furniture(article, furniture), taggers)


def _in_processes(pool: ProcessPoolExecutor, some: Iterable[Article]) -> Iterator[Tags]:
    try:
        yield from pool.map(_found_here, some, chunksize=_TOGETHER)
    except BrokenProcessPool as error:
        raise WorkersLost(
            "cannot tag in several processes: one was ended from outside or crashed; what was done "
            "is kept, so free memory and run again, or set `processes = 0` under [reading] in "
            "wirewatch.toml"
        ) from error


_here: list[tuple[Taggers, frozenset[int]]] = []  # of a process that tags


def _begin(definitions: Definitions, furniture: frozenset[int]) -> None:
    """Make a process ready to tag."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started us, who then ends us
    Thread(target=_end_with_parent, daemon=True).start()
    made = make_taggers(definitions.topics, definitions.entities, definitions.names)
    _here.append((made, furniture))


def _end_with_parent() -> None:
    """End this process when the one that started it has gone: it would wait for work for ever."""
    parent = parent_process()
    assert parent is not None  # we were started by one
    parent.join()
    os._exit(1)


def _found_here(article: Article) -> Tags:
    ((taggers, furniture),) = _here
    return _found(article, taggers, furniture)
