"""The records of a WARC file, plain or compressed: what is whole comes out, damage is reported.

In a compressed file every record is a gzip member of its own, so after damage reading goes on at
the next member; in a plain one at the next line that begins with `WARC/`. Some tools end members
within records: what is left of one is put before the next member where no record begins there.
"""

import io
import re
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pipelines.sources.http_message import read_headers

MAX_MEMBER = 100_000_000  # bytes of one record, decompressed
_MAGIC = b"\x1f\x8b\x08"
_PIECE = 65_536
_VERSION = b"WARC/"
_LENGTH = re.compile(r"[0-9]{1,12}")


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
    cut_at: int | None = None  # where the record begins of which the stream lacks the end


def read_records(stored: BinaryIO) -> Iterator[Record | Damage]:
    """Yield the records of a WARC file in order, and a Damage for every stretch passed over."""
    head = stored.read(len(_MAGIC))
    stored.seek(0)
    if head != _MAGIC:
        yield from _in_stream(stored, lambda position: position)
        return
    offset: int | None = 0
    left, left_at = b"", 0
    while offset is not None:
        content, end, problem = _member(stored, offset)
        content = left + content
        place = _place(len(left), left_at, offset)
        cut = yield from _but_cut(_in_stream(io.BytesIO(content), place, whole=not problem))
        left = b""
        if cut and _goes_on(stored, end, len(content)):
            left, left_at = content[cut.cut_at :], cut.offset
        elif cut:
            yield cut
        if problem:
            yield Damage(offset, problem)
            offset = _next_member(stored, offset + 1)
        else:
            offset = end if _has_more(stored, end) else None


def _but_cut(items: Iterator[Record | Damage]) -> Generator[Record | Damage, None, Damage | None]:
    """Yield what is in a member; return its last, where that is a record without its end."""
    cut: Damage | None = None
    for item in items:
        if cut:
            yield cut
        cut = item if isinstance(item, Damage) and item.cut_at is not None else None
        if not cut:
            yield item
    return cut


def _place(left: int, left_at: int, offset: int) -> Callable[[int], int]:
    """Return where in the file what is at a position of a member lies, `left` bytes put before."""
    return lambda position: left_at if position < left else offset


def _goes_on(stored: BinaryIO, end: int, size: int) -> bool:
    """Tell whether there is a next member and it begins within a record."""
    if size > MAX_MEMBER or not _has_more(stored, end):
        return False
    return not _member(stored, end, limit=5)[0].startswith(_VERSION)


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
            too_large = f"this gzip member holds over {limit:,} bytes; unpack the file with gunzip"
            return b"".join(parts), position, too_large
    return b"".join(parts), position - len(machine.unused_data), ""


def _next_member(stored: BinaryIO, start: int) -> int | None:
    """Return where the next gzip member begins that opens a record, or None."""
    stored.seek(start)
    base, window = start, stored.read(_PIECE)
    while window:
        at = window.find(_MAGIC)
        while at >= 0:
            if _member(stored, base + at, limit=5)[0].startswith(_VERSION):
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
            yield _junk(stream, start, skipped, offset_of)
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
            cut_at = None if stream.read(1) else start
            reason = "this record is cut off or its length is wrong"
            yield Damage(offset_of(start), reason, cut_at)
        stream.seek(begin)
        quiet = True


def _junk(stream: BinaryIO, start: int, skipped: int, offset_of: Callable[[int], int]) -> Damage:
    begins = (start if start >= 0 else stream.tell()) - skipped
    # Fewer bytes at the end may be the beginning of a version line.
    cut_at = begins if start < 0 and skipped < len(_VERSION) else None
    return Damage(offset_of(begins), f"{skipped} bytes belong to no record", cut_at)


def _seek_version(stream: BinaryIO) -> tuple[int, int]:
    """Move behind the next version line; return where it begins (-1: none), and bytes skipped."""
    skipped = 0
    while line := stream.readline(_PIECE):
        if line.startswith(_VERSION):
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
    if not _LENGTH.fullmatch(length) or int(length) > MAX_MEMBER:
        return None
    content = stream.read(int(length))
    if len(content) < int(length):
        return None
    after = stream.read(4)
    if after.strip():  # a record ends with two line ends, so the length is not what it says
        return None
    return content
