"""Put the rows of one large file behind a log record for every 500, in constant memory.

A file that breaks off keeps the rows before the break; a record of its own says that it failed.
"""

from collections.abc import Iterator
from dataclasses import replace

from pipelines.article import Capture, Fetch, SourceKind
from pipelines.errors import SourceError
from pipelines.sources.raw import STREAM_ERRORS, Raw

CHUNK = 500
# These files are records of requests, so the time of a row is the time of its request.
_CRAWL_LOGS = frozenset({SourceKind.WARC, SourceKind.GDELT})

Piece = tuple[int, Capture] | str
"""A row with its number in the file, or a remark for the log record of its chunk."""


def in_chunks(raw: Raw, pieces: Iterator[Piece], size: int = CHUNK) -> Iterator[Fetch | Capture]:
    """Yield for every `size` captures one `Fetch` (locator "file:1-500") and then the captures.

    A SourceError or a damaged stream ends the file with a FAILED `Fetch`, so that a run that lost
    rows does not end as one that lost none. `Fetch.size` is the file's, in the first only.
    """
    rows: list[tuple[int, Capture]] = []
    remarks: list[str] = []
    first = True
    damage = ""
    for piece in _until_damage(raw, pieces):
        if isinstance(piece, tuple):
            rows.append(piece)
        elif isinstance(piece, SourceError):
            damage = str(piece)
        else:
            remarks.append(piece)
        if len(rows) == size:
            yield from _chunk(raw, rows, remarks, first=first)
            first, rows, remarks = False, [], []
    yield from _end(raw, rows, remarks, damage, first=first)


def _end(
    raw: Raw, rows: list[tuple[int, Capture]], remarks: list[str], damage: str, *, first: bool
) -> Iterator[Fetch | Capture]:
    if damage and first and not rows:
        yield raw.failed("; ".join([*remarks, damage]))
        return
    if rows or remarks or first:
        yield from _chunk(raw, rows, remarks or ([] if rows else ["no rows"]), first=first)
    if damage:
        yield replace(raw.failed(damage), size=0)


def _until_damage(raw: Raw, pieces: Iterator[Piece]) -> Iterator[Piece | SourceError]:
    last = 0
    try:
        for piece in pieces:
            if not isinstance(piece, str):
                last = piece[0]
            yield piece
    except SourceError as error:
        yield error
    except STREAM_ERRORS as error:
        yield SourceError(
            f"it is cut off or damaged after {last or 'its beginning'}: {error}; "
            "what came before is kept"
        )


def _chunk(
    raw: Raw, rows: list[tuple[int, Capture]], remarks: list[str], *, first: bool
) -> Iterator[Fetch | Capture]:
    span = f":{rows[0][0]}-{rows[-1][0]}" if rows else ""
    fetch = raw.fetch(reason="; ".join(remarks))
    if raw.kind in _CRAWL_LOGS and rows and not fetch.fetched_at:
        fetch = replace(fetch, fetched_at=rows[0][1].fetched_at)
    yield replace(fetch, locator=raw.locator + span, size=raw.size if first else 0)
    for _, capture in rows:
        yield capture
