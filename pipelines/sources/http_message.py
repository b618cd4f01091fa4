"""A stored HTTP answer (status line, headers, body as sent) in, its parts out."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from pipelines.errors import SourceError
from pipelines.sources.encoding import is_known
from pipelines.sources.inflate import inflate

MAX_BODY = 50_000_000


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """One answer; header names in lower case, the body without transfer or content encoding."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_message(content: bytes) -> HttpMessage:
    """Return the parts of a stored answer; SourceError where it is none or its body is damaged."""
    head, _, body = content.partition(b"\r\n\r\n")
    if not body and b"\n\n" in content:
        head, _, body = content.partition(b"\n\n")
    status_line, *lines = head.decode("latin-1").splitlines() or [""]
    words = status_line.split()
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdigit():
        raise SourceError("no status line where an HTTP answer was expected")
    headers = read_headers(lines)
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    encoding = headers.get("content-encoding", "")
    if encoding and not _is_decoded(body, encoding):
        body = inflate(body, encoding, MAX_BODY)
    return HttpMessage(int(words[1]), headers, body)


def read_headers(lines: list[str]) -> dict[str, str]:
    """Return headers by lower-case name; a line without a colon belongs to the one before."""
    headers: dict[str, str] = {}
    last = ""
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and not line[:1].isspace():
            last = name.strip().lower()
            headers[last] = value.strip()
        elif last:
            headers[last] += " " + line.strip()
    return headers


def media_type(header: str) -> tuple[str, str]:
    """Return the media type in lower case and the charset of a Content-Type, empty if unknown."""
    message = Message()
    message["Content-Type"] = header.replace("\n", " ").replace("\r", " ")
    charset = str(message.get_param("charset", "") or "").strip("'\" ")
    kind = message.get_content_type() if header else ""
    return kind, charset if charset and is_known(charset) else ""


def _is_decoded(body: bytes, encoding: str) -> bool:
    """Crawlers keep the header and store the body already decompressed."""
    return "gzip" in encoding.lower() and not body.startswith(b"\x1f\x8b")


def _dechunked(body: bytes) -> bytes:
    """Return a chunked body in one piece; one that is not chunked after all as it is."""
    parts: list[bytes] = []
    position = 0
    while True:
        end = body.find(b"\r\n", position)
        size = body[position : end if end >= 0 else position].split(b";")[0].strip()
        try:
            length = int(size, 16)
        except ValueError:
            return body if not parts else b"".join(parts)
        if length <= 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        position = end + 2 + length + 2
