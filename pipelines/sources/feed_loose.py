"""Feeds that are not well formed, read with feedparser behind limits.

feedparser forgives nearly everything, but 50,000 entries or 200,000 nested tags hang it; neither
occurs in a news feed, so both are cut off or refused here.
"""

import io
import re

import feedparser

from pipelines.errors import SourceError
from pipelines.sources.feed_entry import Entry, Parsed, claims, plain_author, plain_title

MAX_BYTES = 5_000_000
MAX_ENTRIES = 2_000
_MAX_DEPTH = 500
_CDATA = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TAG = re.compile(rb"<(/?)[a-zA-Z][^<>]*?(/?)>")
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


def parse_loose(content: bytes) -> Parsed:
    """Return what can be read of a damaged feed; SourceError where it is none or too large."""
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"the feed is not well formed and has {len(content):,} bytes; damaged feeds are read "
            f"up to {MAX_BYTES:,}. Ask its publisher, or name another feed"
        )
    if _depth(content) > _MAX_DEPTH:
        raise SourceError("the feed is not well formed and nested without end; name another feed")
    content, reason = _cut(content)
    # A stream, not the bytes: feedparser would try a string as an address first.
    feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise SourceError("this is not a feed; name the address of its RSS or Atom feed")
    return Parsed(
        entries=tuple(_entry(entry) for entry in feed.entries),
        language=str(feed.feed.get("language", "")),
        base=str(feed.feed.get("link", "")),
        reason=reason,
    )


def _depth(content: bytes) -> int:
    """Return roughly how deep tags are nested, outside CDATA."""
    depth = deepest = 0
    for match in _TAG.finditer(_CDATA.sub(b"", content)):
        if not match[2]:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _cut(content: bytes) -> tuple[bytes, str]:
    ends = [match.end() for match in _END.finditer(content)]
    if len(ends) <= MAX_ENTRIES:
        return content, "not well formed, read leniently"
    return content[: ends[MAX_ENTRIES - 1]], (
        f"not well formed, read leniently; the first {MAX_ENTRIES} of {len(ends)} entries only"
    )


def _entry(entry: feedparser.FeedParserDict) -> Entry:
    # dict.get: FeedParserDict answers "published" when asked for a missing "updated".
    contents = dict.get(entry, "content") or [{}]
    link = dict.get(entry, "feedburner_origlink") or dict.get(entry, "link") or ""
    return Entry(
        title=plain_title(str(dict.get(entry, "title") or "")),
        url=str(link),
        summary=_summary(entry, contents),
        content=str(dict.get(contents[0], "value") or "").strip(),
        author=plain_author(str(dict.get(entry, "author") or "")),
        tags=tuple(
            dict.fromkeys(
                name
                for tag in dict.get(entry, "tags") or ()
                if (name := plain_title(str(tag.get("label") or tag.get("term") or "")))
            )
        ),
        dates=claims(
            str(dict.get(entry, "published") or ""),
            "pubDate",
            str(dict.get(entry, "updated") or ""),
            "updated",
        ),
    )


def _summary(entry: feedparser.FeedParserDict, contents: list[dict[str, str]]) -> str:
    summary = str(dict.get(entry, "summary") or "").strip()
    # feedparser copies the content into an empty summary
    return "" if summary == str(contents[0].get("value") or "").strip() else summary
