"""JSON Feed 1.0 and 1.1 in, entries out."""

import json

from pipelines.errors import SourceError
from pipelines.sources.feed_entry import Entry, Parsed, claims, plain_title, resolved
from pipelines.sources.rows import as_text


def parse_json(content: bytes) -> Parsed:
    """Return the entries of a JSON Feed; SourceError where it is none."""
    try:
        feed = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"the JSON Feed cannot be read: {error}; collect it again") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise SourceError("this JSON is not a feed; read it as kind = 'jsonl'")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    odd = len(feed["items"]) - len(items)
    return Parsed(
        entries=tuple(_entry(item) for item in items),
        language=as_text(feed.get("language")),
        base=resolved(as_text(feed.get("feed_url")), as_text(feed.get("home_page_url"))),
        reason=f"items that are no objects, left out: {odd}" if odd else "",
    )


def _entry(item: dict[str, object]) -> Entry:
    html = as_text(item.get("content_html"))
    text = as_text(item.get("content_text"))
    tags = item.get("tags")
    return Entry(
        title=plain_title(as_text(item.get("title"))),
        url=_url(item),
        summary=as_text(item.get("summary")),
        content=html or text,
        author=as_text(item.get("authors")) or as_text(item.get("author")),
        language=as_text(item.get("language")),
        tags=tuple(filter(None, map(as_text, tags))) if isinstance(tags, list) else (),
        dates=claims(
            as_text(item.get("date_published")),
            "date_published",
            as_text(item.get("date_modified")),
            "date_modified",
        ),
        plain=not html,
    )


def _url(item: dict[str, object]) -> str:
    """Return an item's address; of one without, its identifier where that is an address."""
    for key in ("url", "external_url"):
        if url := as_text(item.get(key)):
            return url
    identifier = as_text(item.get("id"))
    return identifier if identifier.startswith(("http://", "https://")) else ""
