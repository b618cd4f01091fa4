"""Find the dates a page states: its tree, meta elements and JSON-LD in, `DateEvidence` out, raw.

From the most formal to the least: JSON-LD, meta elements, microdata, `<time>`, and what elements
named as dates or bylines show. A date in the site's own header or navigation is a page clock, one
in the margins (teasers, comments, footer) belongs to another story and is left out.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice

from lxml import etree

from pipelines.article import DateEvidence, DateRole, DateSource
from pipelines.date_formats import parse_date
from pipelines.extraction.claims import structured
from pipelines.extraction.claims.outside import is_of_another_story, is_site_head
from pipelines.extraction.claims.shown_dates import label_before, line_of, shown_dates
from pipelines.extraction.claims.text_dates import says_modified, says_published

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
_SEPARATORS = str.maketrans("", "", ":._-")
_MOST_TIMES = 60  # a live blog has many; the article's own is among the first
_UPDATED = re.compile(r"updat|modif", re.IGNORECASE)


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
    yield from _meta_dates(meta)
    yield from _microdata(tree)
    yield from _time_elements(tree)
    yield from shown_dates(tree)


def _meta_dates(meta: Mapping[str, list[str]]) -> Iterator[DateEvidence]:
    """Yield the dates of meta elements; `article:published:time` is `article:published_time`."""
    by_letters = {name.translate(_SEPARATORS): values for name, values in meta.items()}
    for names, role in ((_PUBLISHED_META, DateRole.PUBLISHED), (_MODIFIED_META, DateRole.MODIFIED)):
        seen: set[str] = set()
        for name in names:
            letters = name.translate(_SEPARATORS)
            if letters not in seen:
                seen.add(letters)
                for raw in by_letters.get(letters, ())[:1]:
                    yield DateEvidence(DateSource.META, raw, role, where=name)


def _microdata(tree: etree._Element) -> Iterator[DateEvidence]:
    roles = {"datePublished": DateRole.PUBLISHED, "dateModified": DateRole.MODIFIED}
    for name, role in roles.items():
        for element in tree.iterfind(f".//*[@itemprop='{name}']"):
            raw = element.get("content") or element.get("datetime") or line_of(element)
            if raw and not is_of_another_story(element, marked=True):
                yield DateEvidence(DateSource.MICRODATA, raw, role, where=f"itemprop={name}")
                break


def _time_elements(tree: etree._Element) -> Iterator[DateEvidence]:
    """Yield the first `<time>` of the article, and the first that says it is a modification."""
    seen: set[DateRole] = set()
    for element in islice(tree.iter("time"), _MOST_TIMES):
        raw = element.get("datetime") or line_of(element)
        if not raw or is_of_another_story(element) or parse_date(raw) is None:
            continue
        if is_site_head(element):
            yield DateEvidence(
                DateSource.PAGE_CLOCK, raw, DateRole.UPPER_BOUND, where="site header"
            )
            continue
        raw, role = _as_shown(element, raw)
        if role not in seen:
            seen.add(role)
            yield DateEvidence(DateSource.TIME_TAG, raw, role, where="time")


def _as_shown(element: etree._Element, raw: str) -> tuple[str, DateRole]:
    """Return what a `<time>` says to its readers where that contradicts its attribute."""
    line = line_of(element)
    if says_published(line):
        inside, shown = parse_date(raw), parse_date(line)
        if inside and shown and abs(inside.day - shown.day) > timedelta(days=1):
            return line, DateRole.PUBLISHED
        return raw, DateRole.PUBLISHED
    label = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    updated = _UPDATED.search(label) or says_modified(f"{label_before(element)} {line}")
    updated = updated and not re.search("publi", label, re.IGNORECASE)
    return raw, DateRole.MODIFIED if updated else DateRole.PUBLISHED
