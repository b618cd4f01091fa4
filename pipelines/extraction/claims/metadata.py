"""Read what a page says about itself: its tree in, a `PageClaims` out.

JSON-LD, OpenGraph and other meta elements, headings and the canonical link. Every date found
(`page_dates.py`) becomes `DateEvidence`, raw; weighing is `dates.py`'s duty.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pipelines.article import DateEvidence
from pipelines.extraction.claims import structured
from pipelines.extraction.claims.outside import is_outside
from pipelines.extraction.claims.page_dates import page_dates
from pipelines.extraction.lines.roles import author_in
from pipelines.extraction.zones import same_line_key
from pipelines.querylang import clean
from pipelines.urls import domain_of


@dataclass(frozen=True, slots=True)
class PageClaims:
    """What a page says about itself; empty where it says nothing."""

    title: str = ""
    author: str = ""
    url: str = ""
    site_name: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    body: str = ""  # JSON-LD articleBody
    descriptions: tuple[str, ...] = ()
    dates: tuple[DateEvidence, ...] = ()


def read_metadata(tree: etree._Element, url: str = "") -> PageClaims:
    """Return the claims of a page; `url` is where it was found, for relative and foreign links."""
    meta = _meta(tree)
    canonical = _canonical_link(tree, meta, url)
    node = structured.main_article(tree, canonical or url)
    site_name = _first(meta, "og:site_name") or structured.text_of(node.get("publisher"))
    keywords = structured.texts_of(node.get("keywords"))
    for name in ("article:tag", "news_keywords", "keywords"):
        keywords = keywords or [
            piece.strip() for value in meta.get(name, ()) for piece in value.split(",")
        ]
    language = (
        tree.get("lang") or tree.get("xml:lang") or _first(meta, "og:locale", "content-language")
    )
    described = [*meta.get("description", ()), *meta.get("og:description", ())]
    described.append(structured.text_of(node.get("description")))
    return PageClaims(
        title=_title(tree, meta, node, site_name),
        author=_author(tree, meta, node),
        url=canonical,
        site_name=plain(site_name or _first(meta, "application-name")),
        language=language or structured.text_of(node.get("inLanguage")),
        tags=tuple(dict.fromkeys(filter(None, map(plain, keywords)))),
        body=html.unescape(structured.text_of(node.get("articleBody"))),
        descriptions=tuple(dict.fromkeys(filter(None, map(plain, described)))),
        dates=tuple(dict.fromkeys(page_dates(tree, meta, node))),
    )


def plain(text: str) -> str:
    """Return a claim as one line of text, entities read (some pages escape twice)."""
    return clean(html.unescape(html.unescape(text))).replace("\n", " ")


def _meta(tree: etree._Element) -> dict[str, list[str]]:
    """Return the contents of all meta elements by lower-case name."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "http-equiv"):
            if content and (name := element.get(key)):
                found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _canonical_link(tree: etree._Element, meta: Mapping[str, list[str]], url: str) -> str:
    """Return the page's own address; "" for one that names another site or only the front page.

    Broken templates give every page the front page as its canonical link, and a syndicated copy
    names the original; either would make this article another one.
    """
    shared = _first(meta, "og:url")
    links = [
        element.get("href") or ""
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    found = _joined(url or shared, next(filter(None, links), shared))
    domain = domain_of(found)
    if not domain or (url and not _same_site(domain, domain_of(url))):
        return ""
    return "" if _is_front_page(found) and not _is_front_page(url) else found


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip()) if link else ""
    except ValueError:  # a link with a broken host
        return ""


def _same_site(one: str, other: str) -> bool:
    """Say whether two hosts share their last two labels at least (m.example.org, example.org)."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _title(
    tree: etree._Element, meta: Mapping[str, list[str]], node: structured.Node, site_name: str
) -> str:
    """Return the headline: the one heading of the page if the metadata bear it out, else theirs."""
    shared = _first(meta, "og:title", "twitter:title", "dc.title")
    window = " ".join(map(_text, list(tree.iter("title"))[:1]))
    stated = [plain(structured.text_of(node.get("headline")))]
    stated += [_without_site(plain(title), site_name) for title in (shared, window)]
    claims = list(filter(None, stated))
    headings = [plain(_text(h)) for h in tree.iter("h1") if not is_outside(h)]
    for heading in filter(None, headings):
        if any(_alike(heading, claim) for claim in claims):
            return heading
    return (claims or (headings if len(headings) == 1 else [""]))[0]


def _text(element: etree._Element) -> str:
    return " ".join(map(str, element.itertext()))


def _alike(one: str, other: str) -> bool:
    """Say whether one title is the beginning of the other or they share most words."""
    a, b = same_line_key(one), same_line_key(other)
    if min(len(a), len(b)) >= 10 and (a.startswith(b) or b.startswith(a)):
        return True
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) >= 0.6 * max(len(words), len(others))


def _without_site(title: str, site_name: str) -> str:
    """Return a window title without the site's name at its end or beginning."""
    site = same_line_key(site_name)
    pieces = re.split(r"\s+[|\-–—·»:•]+\s+|\s*\|\s*", title)
    if len(pieces) < 2 or not site:
        return title
    for edge, rest in (
        (pieces[-1], title[: title.rfind(pieces[-1])]),
        (pieces[0], title[len(pieces[0]) :]),
    ):
        key = same_line_key(edge)
        if key and (key in site or site in key) and len(rest) > len(edge) // 2:
            return rest.strip(" |-–—·»:•")
    return title


def _author(tree: etree._Element, meta: Mapping[str, list[str]], node: structured.Node) -> str:
    value = node.get("author")
    stated = structured.texts_of([value] if isinstance(value, dict) else value)
    stated = stated or [_first(meta, "author", "article:author", "dc.creator", "parsely-author")]
    names = [name for name in map(plain, stated) if name and not name.startswith("http")]
    if names:
        return ", ".join(dict.fromkeys(author_in(name) or name for name in names))[:200]
    return next(filter(None, map(author_in, _byline_texts(tree))), "")


def _byline_texts(tree: etree._Element) -> Iterator[str]:
    """Yield the lines of small elements that are named as author or byline."""
    for element in tree.iter("a", "span", "p", "div"):
        label = " ".join(element.get(name) or "" for name in ("rel", "class", "itemprop"))
        if len(element) < 12 and re.search(r"author|byline", label, re.I):
            line = plain(_text(element))
            if 3 < len(line) < 80:
                yield line
