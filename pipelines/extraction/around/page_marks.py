"""Say what the names on a page's elements tell of the text inside: an element in, its `Mark`s out.

Publishers name the parts of their pages in tags, classes and ids, alike in all languages, since
they are written for programmers. A name is a hint; what a block looks like decides as well
(`margins.py`).
"""

import re
from enum import StrEnum
from functools import lru_cache

from lxml import etree


class Mark(StrEnum):
    """What an element is named as."""

    ARTICLE = "article"  # another one, unless it holds the body
    RELATED = "related"
    COMMENTS = "comments"
    OFFER = "offer"  # a newsletter, a subscription, a donation, jobs, events
    INDEX = "index"  # of the site: archives, categories; and the controls of a player
    CHROME = "chrome"  # navigation, sharing, adverts, forms
    BYLINE = "byline"
    TAGS = "tags"
    CAPTION = "caption"
    DECK = "deck"


_TAGS = {
    "nav": Mark.CHROME,
    "footer": Mark.CHROME,
    "form": Mark.CHROME,
    "dialog": Mark.CHROME,
    "time": Mark.BYLINE,
    "address": Mark.BYLINE,
    "figcaption": Mark.CAPTION,
    "article": Mark.ARTICLE,
    "aside": Mark.RELATED,
}
# In this order: a name that says several things says the first ("related-tags" is related).
_NAMES = (
    (
        Mark.COMMENTS,
        r"(?<!recent)(?<!recent[_-])comments?(?!ary)|kommentar|commentaire|comentario|disqus|livefyre|respond\b",
    ),
    (
        Mark.INDEX,
        r"widget_(?:archives?|categor\w+|nav_menu|meta|tag_cloud|search|calendar|pages|links)"
        r"|(?:^|[_-])cat-?item|(?:^|[_-])vjs-|^video-?js$",
    ),
    (
        Mark.RELATED,
        r"related|recommend|recirc|relacionad|correlat|verwandt|similar|teaser|most-?(?:read|popular"
        r"|viewed|shared)|popular|trending|also-?(?:read|like)|read-?(?:also|next|more)|up-?next"
        r"|more-?(?:stories|news|on|from|articles)|latest|outbrain|taboola|plista|sidebar|ticker"
        r"|onward|suggest|(?:prev|next)-?(?:post|article)|post-?navigation|promo(?!t)|carousel"
        r"|headline-?list|recent[_-]?(?:posts?|entries|comments?|articles?)|widget_rss"
        r"|inline-?(?:link|article)|meistgelesen|lire-?aussi|leggi-?anche",
    ),
    (
        Mark.OFFER,
        r"(?:^|[_-])advertorial|affiliate|(?:^|[_-])(?:job|event)-?(?:market|board|list|offers?|item"
        r"|widget)|stellen(?:markt|angebote?)"
        r"|(?:^|[_-])(?:jobs|seminars?|webinars?|vouchers?|gutscheine?|coupons?|shop)(?:$|[_-])"
        r"|newsletter|(?:^|[_-])(?:subscri(?:be|ption)s?|sign-?up|donat(?:e|ion)s?)(?:$|[_-])",
    ),
    (
        Mark.CHROME,
        r"(?:^|[_-])(?:share|sharing|social|menu|nav|navbar|navigation|breadcrumbs?|ads?|advert\w*"
        r"|cookies?|consent|subscri\w*|paywall|login|signin|registration|modal"
        r"|popup|toolbar|footer|masthead|search|print|copyright|disclaimer|banner|follow"
        r"|sponsor\w*|skip|pagination|pager|player|app-?promo)(?:$|[_-])|addtoany"
        r"|breadcrumb|site-?(?:header|footer)|socialshare|share-?(?:bar|button|tool|link)|paywall",
    ),
    (
        Mark.TAGS,
        r"(?:^|[_-])(?:tags?|tag-?(?:list|box|cloud|links|s-links)|topic-?tags|post-?tags?|article-?tags?|keywords?"
        r"|topics?|article-?topics?|hashtags?|genre|articlesection|schlagw\w+|themen|temas|etiquetas)(?:$|[_-])",
    ),
    (
        Mark.CAPTION,
        r"caption|bildunterschrift|bildtext|legende?(?:$|[_-])|image-?(?:text|description)|didascalia"
        r"|photo-?(?:text|description)|pie-?(?:de-?)?foto|media[_-]*(?:text|title|description)",
    ),
    (
        Mark.DECK,
        r"standfirst|(?:^|[_-])(?:deck|dek|excerpt|synopsis|vorspann|chapo|entradilla|sommario)$"
        r"|sub-?(?:title|head\w*)$|sous-?titre|sottotitolo|occhiello|teaser-?text",
    ),
    (
        Mark.BYLINE,
        r"by-?lines?|author|autor|auteur|writer|redact|contributor|date-?line|dateline|publi(?:sh|c)"
        r"|posted|timestamp|time-?stamp|(?:^|[_-])(?:date|datum|fecha|time|bio)(?:$|[_-])|-date"
        r"|(?:entry|post|article|story)-?(?:meta|info|data|details)|reading-?time|last-?updated",
    ),
)
_ORDER = [mark for mark, _ in _NAMES]
_NAMED = re.compile(
    "|".join(f"(?P<{mark.name}>{names})" for mark, names in _NAMES), flags=re.IGNORECASE
)


_MENU = re.compile(r"(?<=[a-z])(?=Nav(?:$|[A-Z_-]))")  # "mainNav"


def mark_of(element: etree._Element) -> Mark | None:
    """Return what an element's tag, class, id and the like say; None where they say nothing."""
    found = _TAGS.get(str(element.tag))
    # What an aside is for, its name says better; it may hold the date.
    if not element.attrib or (found is not None and element.tag != "aside"):
        return found
    return named_mark(element) or found


def named_mark(element: etree._Element) -> Mark | None:
    """Return what an element's class, id and the like say; None where they say nothing."""
    rel = element.get("rel") or ""
    if rel in ("author", "tag"):
        return Mark.BYLINE if rel == "author" else Mark.TAGS
    values = (element.get(name) for name in ("class", "id", "itemprop", "role"))
    names = " ".join(filter(None, values)).split()
    marks = {mark for name in names if (mark := _mark_of_name(name)) is not None}
    return min(marks, key=_ORDER.index, default=None)


@lru_cache(maxsize=1 << 14)  # the same names stand all over the pages of a publisher
def _mark_of_name(name: str) -> Mark | None:
    marks = {match.lastgroup for match in _NAMED.finditer(_MENU.sub("-", name))}
    return next((mark for mark in _ORDER if mark.name in marks), None)
