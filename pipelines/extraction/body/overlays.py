"""Take out of a page what comes and goes with visits: markup in, markup and tree without it out.

A banner stands in a page on one visit and not on the next, so whatever reads the page must not see
it: prose of a banner is longer than many an article's paragraph, shifts what is known of all
others, and a body's reader may choose it. A box is an overlay where

1. it is a dialog and no menu that opens as one, or is fixed to the window by its own style, or
2. it is named after cookies or consent, or as a platform for consent names its elements, or
3. it stands beside the article, not in it, and speaks of cookies and personal data: there is a word
   of these in every so many of its words, and few of its words are links, or
4. it is named as an advert's slot and has hardly any text, or as a newsletter's and has a form.

What holds an `<article>` or the page's main part is never one: pages wear such names on the element
around everything. Nor is what holds half of the page's text, unless it speaks of consent and is
named so, or the article is marked elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, cast

from lxml import etree
from lxml import html as lxml_html

from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.lines.roles import n_words

_NAMED = re.compile(
    r"cookie(?!-?cutter)|consent|gdpr|dsgvo|rgpd|ccpa|lgpd|onetrust|didomi|qc-?cmp|usercentrics"
    r"|sp_message|iubenda|cmplz|truste|tarteaucitron|borlabs|axeptio|klaro"
    r"|^(?:cky|fc-(?:consent|dialog)|cc-(?:window|banner|revoke)|uc-banner|uc-main|cmp(?:box|wrapper)"
    r"|cli-modal|ot-sdk)",
    re.IGNORECASE,
)
_FILED = re.compile(r"^(?:tag|category|hashtag|topic)-", re.IGNORECASE)  # what a post is about
_COOKIES = re.compile(
    r"cookie|ciastecz|куки|çerez|الارتباط|كوكيز|クッキー|쿠키|kakor\b|evästee|süti|informasjonskaps"
    r"|slapuk|sīkdat|küpsis|kolačić|колачић|piškot|бисквитк|עוגיות|कुकी|คุกกี้|vafrak"
)
_PRIVACY = re.compile(
    r"privacy|personal data|datenschutz|privatsphäre|personenbezogen|einwilligung"
    r"|données personnelles|vie privée|confidentialité|datos personales|privacidad|dati personali"
    r"|dados pessoais|dan(?:e|ych) osobow|prywatno[śs]|персональн\w+ дан|конф[иі]денц|приватн"
    r"|kişisel veri|gizlilik|الخصوصية|خصوصيت|البيانات الشخصية|persoonsgegevens"
    r"|ιδιωτικότητ|προσωπικ(?:ά|ών) δεδομ|confidențialit|osobní\w* údaj|soukromí|személyes adat"
    r"|adatvédel|personuppgift|personopplysning|personvern|privatliv|henkilötie|yksityisyy"
    r"|privatnos|osobn\w+ podat|лични данни|privasi|data pribadi|quyền riêng tư|פרטיות|गोपनीयता"
    r"|個人データ|プライバシー|個人情報|개인정보|个人信息|隐私"
)
_SLOT = re.compile(
    r"^(?:div-gpt-ad|google_ads?|dfp-|ad-?(?:slot|unit|container|wrapper|box|label)|adsbygoogle|advert)"
    r"|(?:^|[_-])(?:ad-?slot|advertisement)(?:$|[_-])",
    re.IGNORECASE,
)
_ASKS = re.compile(r"newsletter|(?:^|[_-])(?:sign-?up|subscribe)(?:$|[_-])", re.IGNORECASE)
_ASKED = ("input", "form")
_SLOT_LETTERS, _ASKS_LETTERS = 120, 800
_FIXED = re.compile(r"position\s*:\s*fixed", re.IGNORECASE)
_DIALOGS = frozenset({"dialog", "alertdialog"})
_ARTICLE = ("article", "main")
_UNREAD = frozenset({"script", "style", "noscript", "template"})
_NEVER = frozenset({"body", "article", "main"}) | _UNREAD
_BOXES = frozenset({"div", "section", "aside", "form", "span", "center"})
_ASIDE = frozenset({"nav", "header", "footer"})  # larger than some articles
_MOST = 0.5  # of the page's text
_LETTERS = range(40, 8_000)
_WORDS_A_SIGN = 40
_SIGNS = 2  # where none is of cookies: one may be the link to the site's policy
_LINKED = 0.5
# Elements that can be told by their attributes, found in C: half of all have none.
_MARKED = etree.XPath(
    "descendant::*[@class or @id or @role or @style or @aria-modal or self::dialog]"
)
_TRUNK = 0.3  # of the text around that the largest part holds, if the article is in it


def without_overlays(markup: str) -> tuple[str, lxml_html.HtmlElement | None]:
    """Return a page without its overlays, as markup and as a tree; None as `parse_html` does."""
    tree = parse_html(markup)
    body = None if tree is None else tree.find("body")
    if tree is None or body is None:
        return markup, tree
    overlays = _overlays(body)
    for node in overlays:
        _take_out(node)
    # A page without any keeps the bytes it was written in.
    return (str(lxml_html.tostring(tree, encoding="unicode")) if overlays else markup), tree


def _overlays(body: etree._Element) -> list[etree._Element]:
    sizes = _sizes(body)
    most = _MOST * sizes[body]
    found = [
        node
        for node in cast(list[etree._Element], _MARKED(body))
        if (_is_named(node, sizes) and (sizes[node] <= most or _speaks(node, sizes)))
        or _is_offer(node, sizes)
    ]
    sure = _holds_article(body)
    found += [node for node in _spoken(body, sizes) if sure or sizes[node] <= most]
    return [node for node in found if not _holds_article(node)]


def _holds_article(node: etree._Element) -> bool:
    return next(node.iter(*_ARTICLE), None) is not None


def _sizes(body: etree._Element) -> dict[etree._Element, int]:
    """Return how many letters of text each element holds, about."""
    sizes: dict[etree._Element, int] = dict.fromkeys(body.iter(), 0)
    for node in reversed(sizes):
        if node.tag in _UNREAD or not isinstance(node.tag, str):
            sizes[node] = 0
        elif node.text:
            sizes[node] += len(node.text.strip())
        if node is body or (around := node.getparent()) is None:
            continue
        sizes[around] += sizes[node] + (len(node.tail.strip()) if node.tail else 0)
    return sizes


def _is_linked(node: etree._Element, sizes: Mapping[etree._Element, int]) -> bool:
    return sum(sizes[link] for link in node.iter("a")) > _LINKED * sizes[node]


def _is_named(node: etree._Element, sizes: Mapping[etree._Element, int]) -> bool:
    """Say whether an element is named after consent, fixed to the window, or a dialog.

    A menu that opens as a dialog is none.
    """
    if node.tag in _NEVER:
        return False
    style = node.get("style")
    if _signs_of(node).consent or (style is not None and _FIXED.search(style)):
        return True
    shown = node.tag == "dialog" or node.get("role") in _DIALOGS or node.get("aria-modal") == "true"
    return shown and not _is_linked(node, sizes)


def _is_offer(node: etree._Element, sizes: Mapping[etree._Element, int]) -> bool:
    if node.tag not in _BOXES:
        return False
    signs = _signs_of(node)
    if signs.slot and sizes[node] <= _SLOT_LETTERS:
        return True
    return (
        signs.asks and sizes[node] <= _ASKS_LETTERS and next(node.iter(*_ASKED), None) is not None
    )


class _Signs(NamedTuple):
    consent: bool
    slot: bool
    asks: bool


def _signs_of(node: etree._Element) -> _Signs:
    return _signs(f"{node.get('class') or ''} {node.get('id') or ''}")


@lru_cache(maxsize=1 << 14)  # the same names stand all over the pages of a publisher
def _signs(names: str) -> _Signs:
    listed = names.split()
    consent = any(_NAMED.search(name) and not _FILED.match(name) for name in listed)
    return _Signs(consent, any(map(_SLOT.search, listed)), any(map(_ASKS.search, listed)))


def _spoken(body: etree._Element, sizes: Mapping[etree._Element, int]) -> Iterator[etree._Element]:
    """Yield the elements beside the article that speak of consent.

    The article is on the way from the body's element inwards, each time to the part that holds an
    `<article>`, else to the largest.
    """
    trunk = body
    while trunk.tag != "article":
        parts = [part for part in trunk.iterchildren("*") if part.tag not in _ASIDE]
        inner = max(parts, key=lambda part: (_holds_article(part), sizes[part]), default=None)
        if inner is None:
            return
        if trunk.tag == "main" and inner.tag != "article":
            return
        if sizes[inner] < _TRUNK * sizes[trunk] and not _holds_article(inner):
            return
        yield from (part for part in parts if part is not inner and _speaks(part, sizes))
        trunk = inner


def _speaks(node: etree._Element, sizes: Mapping[etree._Element, int]) -> bool:
    if node.tag not in _BOXES or sizes[node] not in _LETTERS:
        return False
    text = "".join(_pieces(node)).casefold()
    cookies = len(_COOKIES.findall(text))
    signs = cookies + len(_PRIVACY.findall(text))
    if signs < (1 if cookies else _SIGNS) or signs * _WORDS_A_SIGN < n_words(text):
        return False
    return not _is_linked(node, sizes)


def _take_out(node: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    around, before = node.getparent(), node.getprevious()
    if around is None:  # taken out with another
        return
    if before is not None:
        before.tail = f"{before.tail or ''}{node.tail or ''}" or None
    else:
        around.text = f"{around.text or ''}{node.tail or ''}" or None
    around.remove(node)


def _pieces(node: etree._Element) -> Iterator[str]:
    """Yield the text that is read of an element."""
    events = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, inner in events:
        if event == "start":
            if inner.tag in _UNREAD:
                events.skip_subtree()
            elif inner.text:
                yield inner.text
        elif inner is not node and inner.tail:
            yield inner.tail
