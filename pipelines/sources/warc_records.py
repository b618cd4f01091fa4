"""The records of a WARC file, plain or compressed: what is whole comes out, damage is reported.

In a compressed file every record is a gzip member of its own, so after damage reading goes on at
the next member; in a plain one at the next line that begins with `WARC/`.
"""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.sources.http_message import read_headers

MAX_MEMBER = 100_000_000  # bytes of one record, decompressed
_MAGIC = b"\x1f\x8b\x08"
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Record:
    """One whole record and where it begins in the file as stored."""

    offset: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that could not be read, and where."""

    offset: int
    reason: str


def read_records(stored: BinaryIO) -> Iterator[Record | Damage]:
    """Yield the records of a WARC file in order, and a Damage for every stretch passed over."""
    head = stored.read(len(_MAGIC))
    stored.seek(0)
    if head != _MAGIC:
        yield from _in_stream(stored, lambda position: position)
        return
    offset: int | None = 0
    while offset is not None:
        content, end, problem = _member(stored, offset)
        yield from _in_stream(io.BytesIO(content), _always(offset), whole=not problem)
        if problem:
            yield Damage(offset, problem)
            offset = _next_member(stored, offset + 1)
        else:
            offset = end if _has_more(stored, end) else None


def _always(offset: int) -> Callable[[int], int]:
    return lambda _: offset


def _has_more(stored: BinaryIO, offset: int) -> bool:
    stored.seek(offset)
    return bool(stored.read(1))


def _member(stored: BinaryIO, offset: int, limit: int = MAX_MEMBER) -> tuple[bytes, int, str]:
    """Return a gzip member's content, where it ends in the file, and what is wrong with it."""
    stored.seek(offset)
    machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    parts: list[bytes] = []
    size, position = 0, offset
    while not machine.eof:
        piece = machine.unconsumed_tail
        if not piece:
            piece = stored.read(_PIECE)
            position += len(piece)
        if not piece:
            return b"".join(parts), position, "this gzip member is cut off"
        try:
            part = machine.decompress(piece, limit - size + 1)
        except zlib.error as error:
            return b"".join(parts), position, f"this gzip member is damaged ({error})"
        parts.append(part)
        size += len(part)
        if size > limit:
            return b"".join(parts), position, f"this gzip member holds over {limit:,} bytes"
    return b"".join(parts), position - len(machine.unused_data), ""


def _next_member(stored: BinaryIO, start: int) -> int | None:
    """Return where the next gzip member begins that opens a record, or None."""
    stored.seek(start)
    base, window = start, stored.read(_PIECE)
    while window:
        at = window.find(_MAGIC)
        while at >= 0:
            if _member(stored, base + at, limit=5)[0].startswith(b"WARC/"):
                return base + at
            at = window.find(_MAGIC, at + 1)
        stored.seek(base + len(window))
        more = stored.read(_PIECE)
        keep = len(_MAGIC) - 1 if more else 0  # the magic may lie across two windows
        base, window = base + len(window) - keep, window[len(window) - keep :] + more
        if not more:
            return None
    return None


def _in_stream(
    stream: BinaryIO, offset_of: Callable[[int], int], *, whole: bool = True
) -> Iterator[Record | Damage]:
    """Yield the records of decompressed bytes; where they are not `whole`, damage is known."""
    quiet = not whole
    while True:
        start, skipped = _seek_version(stream)
        if skipped and not quiet:
            yield Damage(offset_of(start - skipped), f"{skipped} bytes belong to no record")
        quiet = not whole
        if start < 0:
            return
        headers = _headers(stream)
        begin = stream.tell()
        content = _content(stream, headers.get("content-length", ""))
        if content is not None:
            yield Record(offset_of(start), headers, content)
            continue
        if whole:
            yield Damage(offset_of(start), "this record is cut off or its length is wrong")
        stream.seek(begin)
        quiet = True


def _seek_version(stream: BinaryIO) -> tuple[int, int]:
    """Move behind the next version line; return where it begins (-1: none), and bytes skipped."""
    skipped = 0
    while line := stream.readline(_PIECE):
        if line.startswith(b"WARC/"):
            return stream.tell() - len(line), skipped
        skipped += len(line) if line.strip() else 0
    return -1, skipped


def _headers(stream: BinaryIO) -> dict[str, str]:
    lines: list[str] = []
    while (line := stream.readline(_PIECE)).strip() and len(lines) < 1000:
        lines.append(line.decode("utf-8", "replace").rstrip("\r\n"))
    return read_headers(lines)


def _content(stream: BinaryIO, length: str) -> bytes | None:
    """Return a record's content; None where its length is wrong or more than is there."""
    if not length.isdigit() or int(length) > MAX_MEMBER:
        return None
    content = stream.read(int(length))
    if len(content) < int(length):
        return None
    after = stream.read(4)
    if after.strip():  # a record ends with two line ends, so the length is not what it says
        return None
    return content
