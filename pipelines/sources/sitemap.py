"""A news sitemap in, one capture per address with a title out (the title is all there is to read).

A plain sitemap lists addresses without titles; it is not read, and the log says so.
"""

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.article import (
    Capture,
    DateEvidence,
    DateRole,
    DateSource,
    Fetch,
    FetchStatus,
    Form,
    TextSource,
)
from pipelines.errors import SourceError
from pipelines.sources.feed_entry import plain_title
from pipelines.sources.raw import Raw
from pipelines.sources.xml_bytes import mended, prepared

_END = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>")


def read_sitemap(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield the `Fetch` of the sitemap, then a capture for every titled address."""
    content = raw.whole()
    try:
        root, reason = _parse(prepared(content, raw.encoding))
    except SourceError as error:
        yield raw.failed(str(error), content)
        return
    if _name(root) == "sitemapindex":
        some = ", ".join(_locations(root)[:3])
        reason = f"an index of sitemaps; name those that hold news as sources ({some} ...)"
        yield raw.fetch(FetchStatus.UNSUPPORTED, reason=reason)
        return
    captures = [
        raw.claim(_capture(url, f"{raw.locator}#{number}"))
        for number, url in enumerate(root.iter("{*}url"), 1)
    ]
    titled = [capture for capture in captures if capture.title]
    if captures and not titled:
        yield raw.fetch(
            FetchStatus.UNSUPPORTED,
            reason=f"a plain sitemap of addresses without titles ({len(captures)}); "
            "name the site's news sitemap or feed",
        )
        return
    untitled = len(captures) - len(titled)
    left_out = f"addresses without a news title, left out: {untitled}" if untitled else ""
    yield raw.fetch(reason="; ".join(part for part in (reason, left_out) if part))
    yield from titled


def _parse(content: bytes) -> tuple[etree._Element, str]:
    """Return the root, and a remark where the XML broke off; SourceError where none is left."""
    root, reason = _lenient(content)
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        raise SourceError("this is no sitemap; name the address of the site's news sitemap or feed")
    urls = list(root.iter("{*}url"))
    if reason and urls and not _END.search(content):
        parent = urls[-1].getparent()
        if parent is not None:  # recovery keeps also the entry that was cut in half
            parent.remove(urls[-1])
    return root, reason


def _lenient(content: bytes) -> tuple[etree._Element | None, str]:
    """Return the root, read as strictly as it can be, and what was wrong."""
    try:
        return etree.fromstring(content, _parser(recover=False)), ""
    except etree.XMLSyntaxError as error:
        why = error.msg
    content = mended(content)
    try:
        root = etree.fromstring(content, _parser(recover=False))
        return root, f"the sitemap is not well formed, read leniently: {why}"
    except etree.XMLSyntaxError as error:
        why = error.msg
    try:
        root = etree.fromstring(content, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None, ""
    return root, f"the sitemap is damaged, whole entries kept: {why}"


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _capture(url: etree._Element, locator: str) -> Capture:
    keywords = _text(url, "keywords").split(",")
    return Capture(
        source="",
        locator=locator,
        form=Form.TEXT,
        content=b"",
        text_source=TextSource.SUMMARY,
        encoding="utf-8",
        url=_text(url, "loc"),
        outlet=plain_title(_text(url, "name")),
        title=plain_title(_text(url, "title")),
        language=_text(url, "language"),
        tags=tuple(name for raw in keywords if (name := plain_title(raw))),
        dates=(
            *_date(url, "publication_date", DateRole.PUBLISHED),
            *_date(url, "lastmod", DateRole.MODIFIED),
        ),
    )


def _date(url: etree._Element, name: str, role: DateRole) -> tuple[DateEvidence, ...]:
    raw = _text(url, name)
    return (DateEvidence(DateSource.SITEMAP, raw, role, where=name),) if raw else ()


def _text(url: etree._Element, name: str) -> str:
    """Return the text of the first such element of the address itself or of its news.

    Pictures and videos of the address have a `title` and `loc` too, so these are passed over.
    """
    for element in url.iter("{*}" + name):
        space = str(element.tag).rpartition("}")[0]
        if "image" in space or "video" in space:
            continue
        if text := "".join(map(str, element.itertext())).strip():
            return text
    return ""


def _locations(root: etree._Element) -> list[str]:
    return [element.text.strip() for element in root.iter("{*}loc") if element.text]


def _name(root: etree._Element) -> str:
    return str(root.tag).rpartition("}")[2].lower()
