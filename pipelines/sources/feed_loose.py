"""Feeds that are not well formed, read with feedparser behind limits.

feedparser forgives nearly everything, but 50,000 entries or 200,000 nested tags hang it; neither
occurs in a news feed, so both are cut off or refused here.
"""

import io
import re

import feedparser

from pipelines.errors import SourceError
from pipelines.sources.feed_entry import (
    Entry,
    Parsed,
    claims,
    plain_author,
    plain_title,
    publisher,
    resolved,
)

MAX_BYTES = 5_000_000
MAX_ENTRIES = 2_000
_MAX_DEPTH = 500
# What feedparser has been seen or is reported to raise on damaged input, instead of `bozo`.
_ITS_OWN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_NO_LETTER = re.compile(rb"&#(?:x[0-9a-f]{6,}|\d{7,});?", re.IGNORECASE)  # an OverflowError each
_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_TAG = re.compile(rb"<(/?)[a-zA-Z][^<>]*?(/?)>")
_ADDRESS = re.compile(r"\w+://|/")
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
    content, reason = _cut(_NO_LETTER.sub(b"", content))
    try:
        # A stream, not the bytes: feedparser would try a string as an address first.
        feed = feedparser.parse(
            io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False
        )
    except _ITS_OWN as error:
        raise SourceError(f"the feed is not well formed and cannot be read: {error!r}") from error
    if not feed.get("version") and not feed.entries:
        raise SourceError("this is not a feed; name the address of its RSS or Atom feed")
    return Parsed(
        entries=tuple(_entry(entry, _base(feed.feed)) for entry in feed.entries),
        language=str(feed.feed.get("language", "")),
        base=_base(feed.feed),
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


def _base(feed: feedparser.FeedParserDict) -> str:
    own, site = (next(iter(_links(feed, rel)), "") for rel in ("self", "alternate"))
    return resolved(own, site)


def _links(part: feedparser.FeedParserDict, rel: str) -> list[str]:
    links = dict.get(part, "links") or ()
    return [str(link.get("href")) for link in links if link.get("rel") == rel and link.get("href")]


def _entry(entry: feedparser.FeedParserDict, base: str) -> Entry:
    contents = dict.get(entry, "content") or [{}]
    source = dict.get(entry, "source") or {}
    labels = (tag.get("label") or tag.get("term") for tag in dict.get(entry, "tags") or ())
    tags = (plain_title(str(label)) for label in labels if label)
    return Entry(
        title=plain_title(_said(entry, "title")),
        url=_url(entry),
        summary=_summary(entry, contents),
        content=_said(contents[0], "value"),
        author=_author(entry),
        outlet=publisher(str(source.get("href") or ""), str(source.get("title") or ""), base),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        dates=claims(_said(entry, "published"), "pubDate", _said(entry, "updated"), "updated"),
    )


def _url(entry: feedparser.FeedParserDict) -> str:
    """Return an entry's address; an identifier that is none is no link, as it is to feedparser."""
    if original := _said(entry, "feedburner_origlink"):
        return original
    link = _said(entry, "link")
    return next(iter(_links(entry, "alternate")), link if _ADDRESS.match(link) else "")


def _author(entry: feedparser.FeedParserDict) -> str:
    authors = dict.get(entry, "authors") or ()
    if len(authors) < 2:  # of one it has the name better as a whole than in parts
        return plain_author(_said(entry, "author"))
    names = (str(author.get("name") or author.get("email") or "") for author in authors)
    return "; ".join(dict.fromkeys(filter(None, map(plain_author, names))))


def _said(entry: dict[str, object], key: str) -> str:
    # dict.get: FeedParserDict answers "published" when asked for a missing "updated".
    return str(dict.get(entry, key) or "").strip()


def _summary(entry: feedparser.FeedParserDict, contents: list[dict[str, object]]) -> str:
    summary = _said(entry, "summary")
    # feedparser copies the content into an empty summary
    return "" if summary == _said(contents[0], "value") else summary
