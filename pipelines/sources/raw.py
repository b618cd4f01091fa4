"""One file or one answer, not yet read: how to open it, and what the user and the transport say.

Readers take a `Raw` and hand out a `Fetch`, then the captures it brought. Compression by gzip, xz
or bzip2 is recognised by content and undone here.
"""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO, cast

from pipelines.article import Capture, DateEvidence, DateSource, Fetch, FetchStatus, SourceKind
from pipelines.config import SourceConfig
from pipelines.errors import SourceError, why
from pipelines.sources.encoding import encoding_of

MAX_WHOLE = 50_000_000  # bytes of one page, clipping or feed; larger ones are not of that kind
_BLOCK = 16_384
_ASCII_BLOCKS = 4_000  # 64 MB; what is ASCII until then is not looked at further
STREAM_ERRORS = (  # of a file that is damaged, compressed or not
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,  # a zip member's way of compression
)


@dataclass(frozen=True, slots=True)
class Raw:
    """What a reader reads. The words of a sidecar row are already in `spec` and `title`."""

    spec: SourceConfig
    kind: SourceKind
    locator: str
    opener: Callable[[], BinaryIO]  # the bytes as stored, still compressed
    size: int = 0
    fetched_at: datetime | None = None
    title: str = ""
    encoding: str = ""  # as the user or the transport says
    url: str = ""  # the address that answered, after redirects
    http_status: int | None = None
    etag: str = ""
    last_modified: str = ""
    remark: str = ""  # what was odd before reading began; goes into `Fetch.reason`

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """Open the bytes for reading, decompressed."""
        with ExitStack() as stack:
            stored = stack.enter_context(self.opener())
            yield stack.enter_context(_decompressed(stored))

    def head(self, size: int) -> bytes:
        """Return the first bytes, decompressed: of a damaged file those before the damage.

        Raises what the damage raises where there are none.
        """
        head = b""
        with self.stream() as stream:
            try:
                # In small steps, because a read that meets damage returns nothing of its own.
                while len(head) < size and (piece := cast(io.BytesIO, stream).read1(1024)):
                    head += piece
            except STREAM_ERRORS:
                if not head:
                    raise
        return head

    def text_encoding(self) -> tuple[str, str]:
        """Return the encoding to read the file as text in, and a remark where it was guessed.

        The first letters beyond ASCII tell it, and they may stand far down in the file.
        """
        block = b""
        with self.stream() as stream, suppress(*STREAM_ERRORS):  # whoever reads on meets them
            for _ in range(_ASCII_BLOCKS):
                if not (more := stream.read(_BLOCK)):
                    break
                block = more
                if not block.isascii():
                    break
        name = encoding_of(block, self.encoding)
        if self.encoding or name in {"utf-8", "utf-8-sig", "utf-16", "utf-32"}:
            return name, ""
        return name, f"not UTF-8, read as {name}; if that is wrong, set `encoding` of the source"

    def whole(self) -> bytes:
        """Return all bytes, decompressed; SourceError where they are too many or damaged."""
        try:
            with self.stream() as stream:
                content = stream.read(MAX_WHOLE + 1)
        except STREAM_ERRORS as error:
            what = f"cannot read {self.locator} to its end: {said_of(error)}"
            raise SourceError(what) from error
        if len(content) > MAX_WHOLE:
            raise SourceError(
                f"{self.locator} holds more than {MAX_WHOLE:,} bytes, too many for one "
                f"{self.kind}; split it, or name its kind in wirewatch.toml"
            )
        return content

    def fetch(self, status: FetchStatus = FetchStatus.OK, *, reason: str = "") -> Fetch:
        """Return the log record of having read this; readers `replace` what differs."""
        return Fetch(
            source=self.spec.id,
            kind=self.kind,
            locator=self.locator,
            status=status,
            fetched_at=self.fetched_at,
            http_status=self.http_status,
            size=self.size,
            reason="; ".join(part for part in (self.remark, reason) if part),
            outlet=self.spec.outlet,
            etag=self.etag,
            last_modified=self.last_modified,
            complete_from=self.spec.complete_from,
            complete_to=self.spec.complete_to,
        )

    def failed(self, reason: str, content: bytes = b"") -> Fetch:
        """Return the log record of something that could not be read, with its bytes."""
        return replace(self.fetch(FetchStatus.FAILED, reason=reason), content=content)

    def claim(self, capture: Capture) -> Capture:
        """Return `capture` with the words of the user put in: they win over the item's own.

        `spec.url` is not among them: given to many items it would make them versions of one
        article. The readers of single items use it themselves.
        """
        spec = self.spec
        said = user_dates(spec)
        fetched_at = self.fetched_at if spec.fetched_at else capture.fetched_at or self.fetched_at
        return replace(
            capture,
            source=spec.id,
            fetched_at=fetched_at,
            outlet=spec.outlet or capture.outlet,
            language=spec.language or capture.language,
            dates=said + capture.dates,
        )


def said_of(error: Exception) -> str:
    """Return what kept a file from being read, and what to do."""
    if isinstance(error, PermissionError):
        return "this user may not read it; change its permissions"
    return f"{why(error)}; collect it again"


def user_dates(spec: SourceConfig) -> tuple[DateEvidence, ...]:
    """Return the user's own word on the publication date as evidence, if there is one."""
    if not spec.published:
        return ()
    return (DateEvidence(DateSource.SET_BY_USER, spec.published, where="published"),)


def _decompressed(stored: BinaryIO) -> BinaryIO:
    head = stored.read(6)
    stored.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stored))
    if head.startswith(b"\xfd7zXZ\x00"):
        return cast(BinaryIO, lzma.LZMAFile(stored))
    if head.startswith(b"BZh"):
        return cast(BinaryIO, bz2.BZ2File(stored))
    return stored
