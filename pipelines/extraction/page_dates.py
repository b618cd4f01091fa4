"""Find the dates a page states: its tree, meta elements and JSON-LD in, `DateEvidence` out, raw.

From the most formal to the least: JSON-LD, meta elements, microdata, `<time>`, and what elements
named as dates or bylines show. A date in the site's own header or navigation is a page clock, one
in the margins (teasers, comments, footer) belongs to another story and is left out.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from pipelines.article import DateEvidence, DateRole, DateSource
from pipelines.date_formats import parse_date
from pipelines.extraction import structured
from pipelines.extraction.lines import is_clock
from pipelines.extraction.text_dates import stamp

_PUBLISHED_META = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *("article.published", "publishdate", "publish-date", "publish_date", "publication_date"),
    *("published-date", "published_date", "published_at", "pubdate", "bt:pubdate", "article_date"),
    *("article_date_original", "originalpublicationdate", "sailthru.date", "parsely-pub-date"),
    *(
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
        "citation_date",
        "rnews:datepublished",
    ),
    *("dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date"),
    *(
        "dcterms.date",
        "dc:date",
        "date",
        "ptime",
        "displaydate",
        "article:published",
        "release_date",
    ),
)
_MODIFIED_META = (
    *("article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "lastmod"),
    *("last-modified", "dcterms.modified", "dc.date.modified", "revised", "article:modified"),
)
_OUTSIDE = re.compile(
    r"related|recommend|sidebar|footer|comment|promo|teaser|widget|newsletter|breaking|ticker|popular"
    r"|trending|latest|more-?(?:stories|news)|read-?(?:also|next)|carousel|advert",
    re.IGNORECASE,
)
_SITE_HEAD = re.compile(
    r"(?:^|[\s_-])(?:site|page|top|main|global|master|nav)?-?(?:header|masthead|topbar|top-bar|navbar"
    r"|navigation|nav|menu)(?:$|[\s_-])|today|current-?date|clock",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(
    r"date|byline|dateline|publi|posted|timestamp|time-?stamp|entry-meta|post-meta|article-?(?:meta|info)"
    r"|datum|fecha|zeit",
    re.IGNORECASE,
)
_LONGEST_STAMP = 140
_ENOUGH_STAMPS = 3


def page_dates(
    tree: etree._Element, meta: Mapping[str, list[str]], node: structured.Node
) -> Iterator[DateEvidence]:
    """Yield every date the page states, the most formal first; `meta` has lower-case keys."""
    kind = structured.type_of(node)
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if raw := structured.text_of(node.get(key)):
            yield DateEvidence(DateSource.JSON_LD, raw, where=f"{kind}.{key}")
            break
    if raw := structured.text_of(node.get("dateModified")):
        yield DateEvidence(DateSource.JSON_LD, raw, DateRole.MODIFIED, where=f"{kind}.dateModified")
    for names, role in ((_PUBLISHED_META, DateRole.PUBLISHED), (_MODIFIED_META, DateRole.MODIFIED)):
        for name in names:
            for raw in meta.get(name, ())[:1]:
                yield DateEvidence(DateSource.META, raw, role, where=name)
    yield from _microdata(tree)
    yield from _time_elements(tree)
    yield from _shown(tree)


def _microdata(tree: etree._Element) -> Iterator[DateEvidence]:
    roles = {"datePublished": DateRole.PUBLISHED, "dateModified": DateRole.MODIFIED}
    for name, role in roles.items():
        for element in tree.iterfind(f".//*[@itemprop='{name}']"):
            raw = element.get("content") or element.get("datetime") or _line(element)
            if raw and not is_outside(element):
                yield DateEvidence(DateSource.MICRODATA, raw, role, where=f"itemprop={name}")
                break


def _time_elements(tree: etree._Element) -> Iterator[DateEvidence]:
    """Yield the first `<time>` of the article, and the first that says it is a modification."""
    seen: set[DateRole] = set()
    for element in tree.iter("time"):
        raw = element.get("datetime") or _line(element)
        if not raw or is_outside(element) or parse_date(raw) is None:
            continue
        if _is_site_head(element):
            yield DateEvidence(
                DateSource.PAGE_CLOCK, raw, DateRole.UPPER_BOUND, where="site header"
            )
            continue
        label = f"{element.get('class') or ''} {element.get('itemprop') or ''} {_line(element)}"
        updated = re.search(r"updat|modif|aktualisiert", label, re.I)
        role = DateRole.MODIFIED if updated else DateRole.PUBLISHED
        if role not in seen:
            seen.add(role)
            yield DateEvidence(DateSource.TIME_TAG, raw, role, where="time")


def _shown(tree: etree._Element) -> Iterator[DateEvidence]:
    """Yield the dates shown in elements that are named as dates or bylines."""
    found = 0
    for element in tree.iter("span", "div", "p", "li", "td", "small", "em", "b", "i", "font", "a"):
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if found == _ENOUGH_STAMPS or not _DATE_CLASS.search(label):
            continue
        line = _line(element)
        if not line or parse_date(line) is None or is_outside(element):
            continue
        if _is_site_head(element):
            if is_clock(line):
                yield stamp(line, "site header", below_headline=False)
            continue
        found += 1
        yield stamp(line, f"class {label.strip()[:40]}", below_headline=True)


def _line(element: etree._Element) -> str:
    """Return the text of a small element as one line; "" for a large one."""
    if len(element) > 12:
        return ""
    line = " ".join(" ".join(map(str, element.itertext())).split())
    return line if len(line) <= _LONGEST_STAMP else ""


def is_outside(element: etree._Element) -> bool:
    """Say whether the element stands in the page's margins: aside, footer, comments, teasers."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("aside", "footer"):
            return True
        if node.tag in ("article", "main", "body"):
            return False
        if _OUTSIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
    return False


def _is_site_head(element: etree._Element) -> bool:
    """Say whether the element stands in the site's header or navigation, not the article's."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("article", "main", "body"):
            return False
        if node.tag in ("nav", "header"):
            return node.find(".//h1") is None
        if _SITE_HEAD.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return node.find(".//h1") is None
    return False
