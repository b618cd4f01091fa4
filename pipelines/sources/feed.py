"""A feed in any dialect in, one capture per entry out: strict and fast first, lenient when needed.

Rules: zero bytes are a failed fetch, whatever the status said; a valid feed without entries is a
good fetch of nothing; of a feed that breaks off the whole entries are kept and the log says so.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pipelines.article import Capture, Fetch
from pipelines.errors import SourceError
from pipelines.sources.encoding import encoding_of, is_known
from pipelines.sources.feed_entry import Parsed, entry_capture
from pipelines.sources.feed_json import parse_json
from pipelines.sources.feed_loose import parse_loose
from pipelines.sources.feed_xml import NotAFeed, parse_xml
from pipelines.sources.raw import Raw

_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_DECLARATION = re.compile(rb"^<\?xml[^>]*?\?>")
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:\w+:)?(?:rss|feed|rdf))[\s>]", re.IGNORECASE)
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)


def read_feed(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield the `Fetch` of the feed, then a capture for every entry (locator "feed.rss#3")."""
    content = raw.whole()
    try:
        feed = parse_feed(content, raw.encoding)
    except SourceError as error:
        yield raw.failed(str(error), content)
        return
    if raw.url and not feed.base:
        feed = replace(feed, base=raw.url)
    yield raw.fetch(reason=feed.reason)
    for number, entry in enumerate(feed.entries, 1):
        yield raw.claim(entry_capture(entry, feed, f"{raw.locator}#{number}"))


def parse_feed(content: bytes, encoding: str = "") -> Parsed:
    """Return the entries of a feed of any dialect; SourceError where there is none to read."""
    content = content.strip()
    if not content:
        raise SourceError("the feed is empty: an answer without a byte is a failed fetch")
    if content.startswith((b"{", b"\xef\xbb\xbf{")):
        return parse_json(content)
    content = _prepared(content, encoding)
    try:
        feed = parse_xml(content)
    except NotAFeed as error:
        raise SourceError(
            f"this is a document <{error}> and not a feed; name the address of the RSS or Atom feed"
        ) from error
    except etree.XMLSyntaxError as error:
        return _mended(content) or _lenient(content, str(error))
    if not feed.entries and _ENTRY.search(content):
        return _lenient(content, "no entry where one was expected")
    return feed


def _prepared(content: bytes, encoding: str) -> bytes:
    """Return the XML in an encoding the parser knows and without its document type."""
    wide = encoding_of(content)
    if content[:2] in {b"<\x00", b"\x00<"}:  # UTF-16 without a byte order mark
        wide = "utf-16-le" if content.startswith(b"<") else "utf-16-be"
    if wide.startswith(("utf-16", "utf-32")):
        content = _recoded(content, wide)
    elif wide == "utf-8-sig":
        content = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    elif encoding and is_known(encoding) and not _DECLARED.match(content):
        content = _recoded(content, encoding)
    # Entities it declares could multiply without end, and one that is left unresolved cuts a text.
    root = _ROOT.search(content)
    end = root.start() if root else len(content)
    return _DOCTYPE.sub(b"", content[:end]) + content[end:]


def _recoded(content: bytes, encoding: str) -> bytes:
    text = content.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return _DECLARATION.sub(b"", text.encode("utf-8", "replace"))


def _mended(content: bytes) -> Parsed | None:
    """Return the whole entries of a feed that breaks off; None where it does not, or has none."""
    root = _ROOT.search(content)
    if not root or re.search(rb"</\s*" + root[1] + rb"\s*>", content):
        return None
    ends = [match.end() for match in _ENTRY_END.finditer(content)]
    if not ends:
        raise SourceError("the feed is truncated before its first whole entry; collect it again")
    close = b"</channel>" if root[1].lower().endswith(b"rss") else b""
    try:
        feed = parse_xml(content[: ends[-1]] + close + b"</" + root[1] + b">")
    except (etree.XMLSyntaxError, NotAFeed):
        return None
    return replace(
        feed, reason=f"the feed is truncated; its {len(feed.entries)} whole entries kept"
    )


def _lenient(content: bytes, why: str) -> Parsed:
    feed = parse_loose(content)
    return replace(feed, reason=f"{feed.reason}: {why}")
