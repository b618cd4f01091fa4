"""Pages in, a WARC file out, and a news sitemap. The bytes are the same on every machine.

The gzip members hold stored blocks: compressed ones differ between versions of zlib.
"""

import struct
import uuid
import zlib
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from tests.sample.compose import Story
from tests.sample.pages import page

_SPACE = uuid.UUID("6f0e9a5c-2f50-4f0e-9d53-0d1f5f6c2a11")
_HEADER = b"\x1f\x8b\x08\x00" + b"\x00\x00\x00\x00" + b"\x00\xff"  # no name, time 0, unknown system
_BLOCK = 0xFFFF


def warc(stories: Sequence[Story]) -> bytes:
    """Return a compressed WARC 1.0 file with one response for each story."""
    about = b"software: invented for Wirewatch's sample data\r\nformat: WARC File Format 1.0\r\n"
    info = _record(
        ["WARC-Type: warcinfo", _id("info"), "WARC-Date: 2024-12-31T00:00:00Z"],
        "application/warc-fields",
        about,
    )
    return b"".join([info, *(_response(story) for story in stories)])


def _response(story: Story) -> bytes:
    body = page(story).encode()
    fetched = story.published.replace(hour=22, minute=0, second=0)
    head = (
        "HTTP/1.1 200 OK\r\n"
        f"Date: {format_datetime(fetched, usegmt=True)}\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    about = [
        "WARC-Type: response",
        _id(story.url),
        f"WARC-Date: {fetched:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Target-URI: {story.url}",
    ]
    return _record(about, "application/http; msgtype=response", head + body)


def _id(key: str) -> str:
    return f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(_SPACE, key)}>"


def _record(about: Sequence[str], media: str, block: bytes) -> bytes:
    lines = ["WARC/1.0", *about, f"Content-Type: {media}", f"Content-Length: {len(block)}"]
    return _gzip("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n")


def _gzip(content: bytes) -> bytes:
    blocks = []
    for start in range(0, len(content), _BLOCK):
        piece = content[start : start + _BLOCK]
        last = start + _BLOCK >= len(content)
        blocks.append(struct.pack("<BHH", last, len(piece), len(piece) ^ 0xFFFF) + piece)
    return _HEADER + b"".join(blocks) + struct.pack("<II", zlib.crc32(content), len(content))


def sitemap(stories: Sequence[Story]) -> str:
    """Return a news sitemap that lists the stories."""
    entries = "".join(
        f"<url>\n<loc>{escape(story.url)}</loc>\n<news:news>\n<news:publication>"
        f"<news:name>{escape(story.outlet.name)}</news:name>"
        f"<news:language>{story.outlet.language}</news:language></news:publication>\n"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>\n"
        f"<news:title>{escape(story.title, quote=False)}</news:title>\n"
        "</news:news>\n</url>\n"
        for story in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"{entries}</urlset>\n"
    )
