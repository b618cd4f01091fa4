"""The dates of all rows of a file, looked at together: pieces in, pieces with a remark out.

Another row may show whether the day or the month comes first. Then the file is gone through once
more before the first row that needs it goes out, so that none has to wait in memory.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from pipelines.article import DateEvidence, DateSource
from pipelines.date_evidence import is_read_in_order, read
from pipelines.date_formats import numeric_dates
from pipelines.date_order import DateOrder, Item
from pipelines.errors import SourceError
from pipelines.sources.chunks import Piece
from pipelines.sources.raw import STREAM_ERRORS


def with_dates(pieces: Callable[[], Iterator[Piece]], of: str) -> Iterator[Piece]:
    """Yield the pieces of a file, dates in one order where it shows it, and what was not read.

    `pieces` begins anew whenever it is called; `of` is what a person calls the file.
    """
    order = DateOrder(of, lambda: _items(pieces()))
    dates = _Dates(order)
    for piece in pieces():
        if isinstance(piece, str):
            yield piece
            continue
        number, capture = piece
        told = order.told(capture.dates)
        dates.count(told)
        yield number, capture if told == capture.dates else replace(capture, dates=told)
    yield from dates.said()


def _items(pieces: Iterator[Piece]) -> Iterator[Item]:
    with suppress(SourceError, *STREAM_ERRORS):  # who reads on meets them
        for piece in pieces:
            if not isinstance(piece, str):
                yield piece[1].dates, piece[1].fetched_at


class _Dates:
    """Counts the rows whose dates cannot be read, or only by another row's."""

    def __init__(self, order: DateOrder) -> None:
        """Begin with no row."""
        self._order = order
        self._rows = self._unread = self._in_order = 0
        self._example: DateEvidence | None = None
        self._read_as = ""

    def count(self, claims: tuple[DateEvidence, ...]) -> None:
        """Take in a row; one without a filled date column is none of them."""
        claims = tuple(claim for claim in claims if claim.source is DateSource.ROW)
        self._rows += bool(claims)
        if claims and all(read(claim).precision is None for claim in claims):
            self._unread += 1
            self._example = self._example or claims[0]
        elif told := next(filter(is_read_in_order, claims), None):
            self._in_order += 1
            self._read_as = self._read_as or f"{told.raw[:40]!r}, are read {_order(told)}"

    def said(self) -> Iterator[str]:
        """Yield how many dates were read by another row's, and how many not at all; one of each."""
        if self._in_order:
            yield f"{self._in_order} of {self._rows} dates, such as {self._read_as}"
        if self._example is not None:
            yield (
                f"{self._unread} of {self._rows} dates, such as {self._example.raw[:40]!r}, "
                f"{self._why(self._example)}; write them as 2015-06-04"
            )

    def _why(self, claim: DateEvidence) -> str:
        found = next(numeric_dates(claim.raw[:200]), None)
        if found is None or len(found.days) != 2:
            return "cannot be read"
        other = self._order.contradiction(claim)
        return "may be day and month or month and day" + (other and f" ({other})")


def _order(claim: DateEvidence) -> str:
    return claim.where.rpartition("; ")[2]
