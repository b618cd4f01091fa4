"""One entry of a feed, whatever the dialect: what all feed parsers fill in, and its capture."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from pipelines.article import Capture, DateEvidence, DateRole, DateSource, Form, TextSource
from pipelines.sources.encoding import storable

_WHOLE = ("https://", "http://")  # most are; urljoin takes 7 µs to say so, this .2
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_NAME_AND_MAIL = re.compile(r"[^\s@]+@[^\s@]+\s+\((.+)\)|(\S.*?)\s+\([^\s@()]+@[^\s@()]+\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says of itself; `content` and `summary` are HTML unless `plain`."""

    title: str = ""  # plain text
    url: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    outlet: str = ""  # of an aggregator's entry: who published it
    language: str = ""  # empty: the feed's
    tags: tuple[str, ...] = ()
    dates: tuple[DateEvidence, ...] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """All entries of one feed, and what was odd about it."""

    entries: tuple[Entry, ...]
    language: str = ""
    base: str = ""  # the site's address, for entries with relative links
    reason: str = ""


def entry_capture(entry: Entry, feed: Parsed, locator: str) -> Capture:
    """Return the capture of one entry.

    The text is the feed's full text where it is at least as long as the summary (many feeds carry
    the same text in both), else the summary.
    """
    full = bool(entry.content) and len(entry.content) >= len(entry.summary)
    text = entry.content if full else entry.summary
    return Capture(
        source="",
        locator=locator,
        form=Form.TEXT if entry.plain else Form.FRAGMENT,
        content=storable(text).encode(),
        text_source=TextSource.FEED_TEXT if full else TextSource.SUMMARY,
        encoding="utf-8",
        url=resolved(feed.base, entry.url) if entry.url else "",
        outlet=entry.outlet,
        title=entry.title,
        author=entry.author,
        language=entry.language or feed.language,
        tags=entry.tags,
        dates=entry.dates,
    )


def resolved(base: str, url: str) -> str:
    """Return an address that may be relative as a whole one, of none the base.

    Where either is broken it stays as it is.
    """
    if not base or url.startswith(_WHOLE):
        return url
    try:
        return urljoin(base, url)
    except ValueError:  # "http://[x/"
        return url


def plain_title(raw: str) -> str:
    """Return a title as plain text: tags out, entities resolved, one line.

    Feeds escape their titles once or twice and nothing says which, so both are undone.
    """
    if "<" in raw:
        raw = _TAG.sub("", raw)
    if "&" in raw:
        raw = html.unescape(raw)
    # Before spaces are joined: the no-break space may be half a letter that was encoded twice.
    return " ".join(storable(raw).split())


def plain_author(raw: str) -> str:
    """Return an author's name; of "mail (name)", and of "name (mail)", the name."""
    name = plain_title(raw)
    match = _NAME_AND_MAIL.fullmatch(name)
    return (match[1] or match[2]) if match else name


def publisher(url: str, name: str, base: str) -> str:
    """Return the `<source>` of an entry that an aggregator took from another site, else nothing."""
    return plain_title(name) if url and base and _host(url) != _host(base) else ""


def _host(url: str) -> str:
    return url.split("://")[-1].split("/")[0].removeprefix("www.").lower()


def claims(
    published: str, where: str, modified: str = "", modified_where: str = ""
) -> tuple[DateEvidence, ...]:
    """Return a feed's dates as evidence, as written: reading them is the resolver's duty.

    An entry that has only a date of change gets it as publication, under its own name: at the
    first fetch the two are nearly always the same, and without it the entry would be undated.
    """
    published, modified = published.strip(), modified.strip()
    found = []
    if published:
        found.append(DateEvidence(DateSource.FEED, published, DateRole.PUBLISHED, where=where))
    if modified:
        role = DateRole.MODIFIED if published else DateRole.PUBLISHED
        found.append(DateEvidence(DateSource.FEED, modified, role, where=modified_where))
    return tuple(found)
