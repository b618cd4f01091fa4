"""RSS 2.0, RSS 1.0 and Atom that are well formed XML, read strictly and fast with lxml.

No entity is resolved, nothing is loaded, no huge tree is built. A document type never gets here:
`feed.py` takes it out first, because lxml would end a title at its first entity without a word.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from pipelines.article import DateEvidence
from pipelines.sources.encoding import storable
from pipelines.sources.feed_entry import (
    Entry,
    Parsed,
    claims,
    plain_author,
    plain_title,
    publisher,
    resolved,
)

_PREFIXES = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_OF_ATOM = frozenset({"feed", "entry", "author"})
_SPACES_OF_ITEMS = frozenset({"", "atom:", "?:"})
_AUTHORS_PAGE = frozenset({"atom:uri", "atom:url", "url"})
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:/)?/\S+", re.IGNORECASE)
_OF_LETTERS = re.compile(r"^text/|[/+]xml$|^(?:html|xhtml)|/(?:html|xhtml|json)", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="[^"]*"')
Found = dict[str, list[etree._Element]]


class NotAFeed(ValueError):
    """The XML is well formed and something else."""


def parse_xml(content: bytes) -> Parsed:
    """Return the entries of a feed; XMLSyntaxError where it is not well formed, NotAFeed."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(content, parser)
    if etree.QName(root).localname.lower() not in _ROOTS:
        raise NotAFeed(etree.QName(root).localname)
    head = _children(root)
    if "channel" in head:
        head = {**_children(head["channel"][0]), **head}
    base = resolved(resolved(_link(head, "self"), _link(head)), root.base or "")
    items = filter(_is_item, root.iter("{*}item", "{*}entry"))
    return Parsed(
        entries=tuple(_entry(_children(item), base, item.get(_LANG, "")) for item in items),
        language=_text(head, "language", "dc:language") or root.get(_LANG, ""),
        base=base,
    )


def _is_item(element: etree._Element) -> bool:
    """Tell items from those of RSS 1.0's content module, which are the forms of one item's text."""
    space = str(element.tag).rpartition("}")[0]
    return _PREFIXES.get(space[1:].lower(), "?:") in _SPACES_OF_ITEMS


@lru_cache(maxsize=1024)
def _key(tag: str, parent: str) -> str:
    """Return "dc:creator" for a qualified tag; names are compared in lower case (`<pubdate>`).

    A namespace that is not known, or none, means what the element around it is: some feeds have the
    wrong one, or none, and are else what they seem.
    """
    space, _, name = tag.rpartition("}")
    own, _, kind = parent.rpartition("}")
    known = _PREFIXES.get(space[1:].lower(), "?:")
    if space == own and known in {"", "?:"}:
        known = "atom:" if kind.lower() in _OF_ATOM else ""
    return known + name.lower()


def _children(element: etree._Element) -> Found:
    found: Found = {}
    parent = str(element.tag)
    for child in element:
        found.setdefault(_key(str(child.tag), parent), []).append(child)
    return found


def _entry(found: Found, base: str, language: str) -> Entry:
    content, plain = _body(
        found,
        ("content:encoded", "atom:content", "xhtml:body", "xhtml:div", "body", "fullitem"),
    )
    summary, plain_summary = _body(
        found,
        ("description", "atom:summary", "itunes:summary", "media:description", "dc:description"),
    )
    if not summary and "media:group" in found:
        summary, plain_summary = _body(_children(found["media:group"][0]), ("media:description",))
    return Entry(
        title=_title(found),
        url=_link(found),
        summary=summary,
        content=content,
        author=_author(found),
        outlet=_publisher(found, base),
        language=language or _text(found, "dc:language"),
        tags=_tags(found),
        dates=_dates(found),
        plain=plain if content else plain_summary,
    )


def _all_text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def _text(found: Mapping[str, list[etree._Element]], *keys: str) -> str:
    for key in keys:
        for element in found.get(key, ()):
            text = _all_text(element)
            if text and (text := text.strip()):
                return text
    return ""


def _title(found: Found) -> str:
    for element in found.get("atom:title", ()):
        if _is_packed(element):
            return plain_title(_unpacked(element.text or ""))
        if element.get("type", "text") in {"text", "xhtml"}:  # not escaped: "AT&lt;T" stays
            return " ".join(storable(_all_text(element)).split())
    return plain_title(_text(found, "title", "atom:title", "media:title", "dc:title"))


def _body(found: Found, keys: tuple[str, ...]) -> tuple[str, bool]:
    """Return the first body that has text, and whether it is plain text and not HTML."""
    for key in keys:
        for element in found.get(key, ()):
            body = _inner(element).strip()
            if key.startswith("atom:") and _is_packed(element):
                body = _unpacked(body)
            if body:
                plain = key.startswith("atom:") and element.get("type", "text") in {
                    "text",
                    "text/plain",
                }
                # Atom 0.3 says `mode`, and feeds leave out type="html" often enough.
                return body, plain and not len(element) and "</" not in body
    return "", False


def _is_packed(element: etree._Element) -> bool:
    """Tell whether an element of Atom is in base64: it says so, or is neither text nor XML."""
    kind = element.get("type", "")
    return element.get("mode") == "base64" or ("/" in kind and not _OF_LETTERS.search(kind))


def _unpacked(text: str) -> str:
    """Return the text that is packed in base64; of a picture or a document nothing."""
    packed = "".join(text.split())
    if not _BASE64.fullmatch(packed):
        return text
    try:
        return base64.b64decode(packed).decode().strip()
    except ValueError:  # also of bytes that are no UTF-8
        return ""


def _inner(element: etree._Element) -> str:
    if not len(element):
        return element.text or ""
    for part in element.iter():
        if isinstance(part.tag, str):
            part.tag = etree.QName(part).localname  # <xhtml:p> is no HTML
    parts = [etree.tostring(child, encoding="unicode") for child in element]
    return (element.text or "") + _NAMESPACE.sub("", "".join(parts))


def _link(found: Found, rel: str = "alternate") -> str:
    """Return an entry's address: the original's before a feed service's, else its identifier."""
    links = [
        (e, e.get("href", "").strip())
        for e in found.get("atom:link", ())
        if e.get("rel", "alternate") == rel
    ]
    if rel == "alternate":
        if original := _text(found, "feedburner:origlink", "?:origlink"):
            return original
        plain = ((e, (e.text or "").strip() or e.get("href", "")) for e in found.get("link", ()))
        links = [*plain, *links, *_permalinks(found)]
    return next((resolved(e.base or "", url) for e, url in links if url), "")


def _permalinks(found: Found) -> Iterator[tuple[etree._Element, str]]:
    """Yield an entry's identifiers that are addresses and not declared to be none."""
    for element in (*found.get("guid", ()), *found.get("atom:id", ())):
        url = (element.text or "").strip()
        declared = element.get("isPermaLink", "").lower()
        pattern = _ADDRESS if declared == "true" else _URL
        if declared != "false" and pattern.fullmatch(url):
            yield element, url


def _author(found: Found) -> str:
    for key in ("dc:creator", "author", "atom:author", "dc:author"):
        names = dict.fromkeys(filter(None, map(_name, found.get(key, ()))))
        if names:
            return "; ".join(names)
    return plain_author(_text(found, "itunes:author", "media:credit"))


def _name(element: etree._Element) -> str:
    """Return the name of an author; of Atom's, which is in parts, never the address."""
    inside = _children(element)
    if name := _text(inside, "atom:name", "name") or _text(inside, "atom:email", "email"):
        return plain_author(name)
    return "" if _AUTHORS_PAGE & inside.keys() else plain_author(_all_text(element))


def _publisher(found: Found, base: str) -> str:
    for element in found.get("source", ()):
        if name := publisher(element.get("url", ""), element.text or "", base):
            return name
    return ""


def _tags(found: Found) -> tuple[str, ...]:
    names = [element.text for element in found.get("category", ())]
    names += [e.get("label") or e.get("term") for e in found.get("atom:category", ())]
    names += [element.text for element in found.get("dc:subject", ())]
    for key in ("media:keywords", "itunes:keywords"):
        names += _text(found, key).split(",") if key in found else ()
    return tuple(dict.fromkeys(name for raw in names if raw and (name := plain_title(raw))))


def _first(found: Found, keys: tuple[str, ...]) -> tuple[str, str]:
    for key, elements in _in_order(found, keys):
        for element in elements:
            if text := _date_in(element):
                # named as written in the feed, so that a person finds it: pubDate, dc:date
                name = etree.QName(element).localname
                return text, name if ":" not in key else key.replace("atom:", "")
    return "", ""


def _date_in(element: etree._Element) -> str:
    """Return a date as written; of Drupal's, in a `<time>` of its own, what that is sure of."""
    exact = (str(child.get("datetime") or "") for child in element)
    return next(filter(None, exact), "") or _all_text(element).strip()


def _in_order(found: Found, keys: tuple[str, ...]) -> Iterator[tuple[str, list[etree._Element]]]:
    return ((key, found[key]) for key in keys if key in found)


def _dates(found: Found) -> tuple[DateEvidence, ...]:
    published, where = _first(
        found,
        ("pubdate", "atom:published", "atom:issued", "dc:date", "dcterms:issued", "published"),
    )
    modified, modified_where = _first(
        found, ("atom:updated", "atom:modified", "dcterms:modified", "updated", "modified")
    )
    return claims(published, where, modified, modified_where)
