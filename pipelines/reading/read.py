"""What reading hands on, and what reads: the records and protocols of this folder.

Light to import, because the nursery must set its process up before numpy is loaded.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pipelines.article import Article, Capture, Fetch
from pipelines.errors import CaptureError

Result = Article | CaptureError


@dataclass(frozen=True, slots=True)
class Read:
    """A capture, and what came of reading it: ask `article`; it may still be at work."""

    capture: Capture
    article: Callable[[], Result]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends back for a capture, and whether it takes another one."""

    result: Result
    goes_on: bool = True


class Reads(Protocol):
    """What hands on a stream with all its captures read: a `Reader`, or `Workers`."""

    def read(
        self, stream: Iterable[Fetch | Capture], wanted: Callable[[Capture], bool]
    ) -> Iterator[Fetch | Read]:
        """Yield the stream in its order; captures that are not `wanted` are read when asked."""
        ...


class OneByOne(Protocol):
    """What a worker does: `Reader` is the one."""

    def prepare(self) -> None:
        """Load what is needed, once for all workers."""
        ...

    def article(self, capture: Capture) -> Article:
        """Return the article of a capture, or raise."""
        ...


def attempt(reader: OneByOne, capture: Capture) -> Result:
    """Return the article of a capture, or the error that is its end."""
    try:
        return reader.article(capture)
    except CaptureError as error:
        return error
