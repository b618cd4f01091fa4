"""Undo a content encoding piece by piece, with a cap: a bomb is stopped before it grows."""

import zlib

from pipelines.errors import SourceError

KNOWN = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class Inflater:
    """Takes the pieces of one body and gathers what they decompress to, up to `cap` bytes.

    Raises SourceError for an encoding we did not ask for, for damage and for a body over the cap.
    """

    def __init__(self, encoding: str, cap: int) -> None:
        """Take the Content-Encoding of the body and the most bytes it may have."""
        self._encoding = encoding.strip().lower()
        if self._encoding not in KNOWN:
            raise SourceError(
                f"the answer is encoded as {encoding!r}, which we do not ask for; "
                "the server disregards Accept-Encoding, name another feed of it"
            )
        self._cap = cap
        self._parts: list[bytes] = []
        self._size = 0
        self._machine: zlib._Decompress | None = None
        self._ended = True

    def feed(self, piece: bytes) -> None:
        """Take in the next piece of the body."""
        if self._encoding in {"", "identity"}:
            self._keep(piece)
            return
        try:
            while piece:
                piece = self._step(piece)
        except zlib.error as error:
            raise SourceError(f"the answer's compression is damaged: {error}; ask again") from error

    def _step(self, piece: bytes) -> bytes:
        """Decompress at most what the cap leaves room for; return what is left of the piece."""
        if self._machine is None:
            self._machine = _machine(self._encoding, piece)
            self._ended = False
        self._keep(self._machine.decompress(piece, self._cap - self._size + 1))
        if self._machine.eof:  # gzip may hold several members; anything else behind it is padding
            rest, self._machine, self._ended = self._machine.unused_data, None, True
            return rest if rest.startswith(b"\x1f\x8b") else b""
        return self._machine.unconsumed_tail

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._cap:
            raise SourceError(
                f"the answer is larger than {self._cap:,} bytes (http.max_bytes); "
                "raise the limit if it is meant to be"
            )
        self._parts.append(part)

    def finish(self) -> bytes:
        """Return the whole body; SourceError where its compression ended too early."""
        if not self._ended:
            raise SourceError("the answer's compression breaks off before its end; ask again")
        return b"".join(self._parts)


def _machine(encoding: str, piece: bytes) -> "zlib._Decompress":
    if encoding != "deflate":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    # "deflate" means zlib by the standard and raw deflate by half of all servers.
    wrapped = piece[0] & 0x0F == 8 and (len(piece) < 2 or (piece[0] * 256 + piece[1]) % 31 == 0)
    return zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def inflate(body: bytes, encoding: str, cap: int) -> bytes:
    """Return a whole body with its content encoding undone."""
    inflater = Inflater(encoding, cap)
    inflater.feed(body)
    return inflater.finish()
