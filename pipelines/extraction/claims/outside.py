"""Say which part of a page an element stands in: margin, site header or the article.

What stands in an aside, footer, comment or teaser belongs to another story; a date in the site's
own header or navigation is the page's clock. An article may keep its own date in an aside or
footer: `is_of_another_story` lets those pass that are named as such.
"""

import re

from lxml import etree

_FOOT = r"footer"
_ANOTHER = (
    r"related|recommend|sidebar|comment|promo|teaser|widget|newsletter|breaking|ticker|popular"
    r"|trending|latest|more-?(?:stories|news)|read-?(?:also|next)|carousel|advert"
)
_OUTSIDE = re.compile(rf"{_FOOT}|{_ANOTHER}", re.IGNORECASE)
_ANOTHER_STORY = re.compile(_ANOTHER, re.IGNORECASE)
_ENTRY_OF_A_LIST = re.compile(r"(?:^|[\s_-])(?:comment|teaser|card|related)(?:$|[\s_-])", re.I)
_OWN_DATA = re.compile(r"(?:^|[\s_-])(?:meta|info|byline|author|date|posted)", re.IGNORECASE)
_SITE_HEAD = re.compile(
    r"(?:^|[\s_-])(?:site|page|top|main|global|master|nav)?-?(?:header|masthead|topbar|top-bar|navbar"
    r"|navigation|nav|menu)(?:$|[\s_-])|today|current-?date|clock",
    re.IGNORECASE,
)

_FEWEST_WORDS = 3  # of a headline; a logo has fewer


def label_of(element: etree._Element) -> str:
    """Return the class and id of an element as one string."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def is_outside(element: etree._Element) -> bool:
    """Say whether the element stands in the page's margins: aside, footer, comments, teasers."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("aside", "footer"):
            return True
        if node.tag in ("article", "main", "body"):
            return False
        if _OUTSIDE.search(label_of(node)):
            return True
    return False


def is_of_another_story(element: etree._Element, *, marked: bool = False) -> bool:
    """Say whether a date standing there is another story's, or a comment's.

    An aside of the article named `meta` or `byline` is not, nor is its footer where the element is
    `marked` as the date of publication. An entry of a list that links to a headline is.
    """
    for node in (element, *element.iterancestors()):
        label = label_of(node)
        if node.tag == "article":
            return bool(_ENTRY_OF_A_LIST.search(label))
        if node.tag in ("main", "body"):
            return False
        margin = _ANOTHER_STORY if marked else _OUTSIDE
        if margin.search(label) or _is_margin(node, label, marked=marked):
            return True
    return False


def _is_margin(node: etree._Element, label: str, *, marked: bool) -> bool:
    if node.tag == "aside":
        return not _OWN_DATA.search(label)
    if node.tag == "footer":
        return not marked
    return node.tag == "li" and _announces(node)


def _announces(entry: etree._Element) -> bool:
    """Say whether an entry of a list links to a headline and does not hold the page's own."""
    links = any(len(text_of(link).split()) > _FEWEST_WORDS for link in entry.iter("a"))
    return links and next(entry.iter("h1"), None) is None


def is_site_head(element: etree._Element) -> bool:
    """Say whether the element stands in the site's header or navigation, not the article's."""
    if any(node.tag == "article" for node in element.iterancestors()):
        return False
    for node in (element, *element.iterancestors()):
        if node.tag in ("main", "body"):
            return False
        if node.tag in ("nav", "header") or _SITE_HEAD.search(label_of(node)):
            return not any(len(text_of(h1).split()) >= _FEWEST_WORDS for h1 in node.iter("h1"))
    return False


def text_of(element: etree._Element) -> str:
    """Return the text of an element, its spaces folded."""
    return " ".join(" ".join(map(str, element.itertext())).split())
