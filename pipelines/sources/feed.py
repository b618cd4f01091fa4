"""A feed in any dialect in, one capture per entry out: strict and fast first, lenient when needed.

Rules: zero bytes are a failed fetch, whatever the status said; a valid feed without entries is a
good fetch of nothing; of a feed that breaks off the whole entries are kept and the log says so.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from pipelines.article import Capture, Fetch
from pipelines.date_order import DateOrder
from pipelines.errors import SourceError
from pipelines.sources.feed_entry import Parsed, entry_capture, resolved
from pipelines.sources.feed_json import parse_json
from pipelines.sources.feed_loose import parse_loose
from pipelines.sources.feed_xml import NotAFeed, parse_xml
from pipelines.sources.raw import Raw
from pipelines.sources.xml_bytes import prepared

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
    feed = replace(feed, base=resolved(raw.url, feed.base))
    yield raw.fetch(reason=feed.reason)
    order = DateOrder("feed", lambda: ((e.dates, raw.fetched_at) for e in feed.entries))
    for number, entry in enumerate(feed.entries, 1):
        told = replace(entry, dates=order.told(entry.dates))
        yield raw.claim(entry_capture(told, feed, f"{raw.locator}#{number}"))


def parse_feed(content: bytes, encoding: str = "") -> Parsed:
    """Return the entries of a feed of any dialect; SourceError where there is none to read."""
    content = content.strip()
    if not content:
        raise SourceError("the feed is empty: an answer without a byte is a failed fetch")
    if content.startswith((b"{", b"\xef\xbb\xbf{")):
        return parse_json(content)
    content = prepared(content, encoding)
    try:
        feed = parse_xml(content)
    except NotAFeed as error:
        raise SourceError(
            f"this is a document <{error}> and not a feed; name the address of the RSS or Atom feed"
        ) from error
    except etree.XMLSyntaxError as error:
        return _mended(content) or _lenient(content, error.msg)
    if not feed.entries and _ENTRY.search(content):
        return _lenient(content, "no entry where one was expected")
    return feed


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
    return replace(feed, reason=f"the feed is truncated; whole entries kept: {len(feed.entries)}")


def _lenient(content: bytes, why: str) -> Parsed:
    feed = parse_loose(content)
    return replace(feed, reason=f"{feed.reason}: {why}")
