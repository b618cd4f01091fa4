"""Find the dates a page shows its readers: its tree in, `DateEvidence` out, likeliest first.

1. A short line beside the headline that holds a date is the article's, whatever its element is
   called: among the texts just before the headline in the same block, or the first ones after it.
   A line with more than a few words beside the date is a caption or a teaser.
2. So is the line of an element that is named as a date or byline, and
3. a line that says what it is ("Published: 2 June 2015"), wherever it stands.
4. The window's title may end with it ("Headline | Site | 02.06.2015").
5. In the site's own header it is a page clock; in the margins it belongs to another story.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from pipelines.article import DateEvidence, DatePrecision
from pipelines.date_formats import parse_date
from pipelines.extraction.claims.outside import is_of_another_story, is_site_head, label_of, text_of
from pipelines.extraction.claims.text_dates import says_modified, says_published, stamp
from pipelines.extraction.lines.roles import Role, is_clock, role_of
from pipelines.extraction.zones import same_line_key

_DATE_CLASS = re.compile(
    r"date|byline|dateline|publi|posted|time-?(?:stamp|data)|entry-?meta|post-?meta"
    r"|article-?(?:meta|info)|datum|fecha|tarih|zeit",
    re.IGNORECASE,
)
_LONGEST_STAMP = 140
_ENOUGH_STAMPS = 3
_MOST_LOOKED_AT = 60  # where an element stands takes time on a page of 10 MB
_TEXTS_BEFORE, _TEXTS_AFTER = 4, 14  # a lede, an author and share buttons may stand between
_PROSE_AFTER = 2
_BLOCKS_BEFORE = 2  # the headline's own block and the one around it
_STAMPED = ("span", "div", "p", "li", "td", "dd", "small", "em", "b", "i", "strong", "font", "a")
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "select", "button", "title"}
    | {"figcaption"}
)
_INLINE = ("span", "b", "strong", "em", "i", "small", "label")
_HEADINGS = ("h1", "h2", "h3")
_NOT_OF_THE_ARTICLE = re.compile(
    r"regist|joined|member since|mitglied seit|last post|letzter beitrag|dernier message"
    r"|expir|valid until|gültig bis"
    r"|(?:deadline|event(?: date)?|einsendeschluss|date limite|fecha límite|scadenza)\s*:",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_WORDS_BESIDE = 7  # "Tuesday, 2 June 2015, 10:15, Ann Other"
_SHORTEST_TITLE = 10
_LONGEST_LABEL = 40  # "Dernière mise à jour le"


def shown_dates(tree: etree._Element) -> Iterator[DateEvidence]:
    """Yield the dates shown beside the headline, in elements named for it, or with a label."""
    beside = _beside_headline(tree)
    found = 0 if beside is None else 1
    if beside is not None:
        yield stamp(beside, "beside the headline", below_headline=True)
    for element, line in _stamps(tree):
        if is_site_head(element):
            if is_clock(line):
                yield stamp(line, "site header", below_headline=False)
        elif line != beside:
            found += 1
            yield stamp(line, _where(element), below_headline=True)
        if found == _ENOUGH_STAMPS:
            return
    last = "" if found else _end_of_title(tree)
    if last:
        yield stamp(last, "end of the title", below_headline=True)


def _stamps(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements that are named as dates, or say that they are, with their line."""
    for element, line in islice(_candidates(tree), _MOST_LOOKED_AT):
        if not is_of_another_story(element, marked=says_published(line)):
            yield element, line


def _candidates(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in tree.iter(*_STAMPED):
        named = _DATE_CLASS.search(label_of(element))
        line = line_of(element) if named else _labelled(element)
        if line and parse_date(line) is not None and not _NOT_OF_THE_ARTICLE.search(line):
            yield element, line


def _where(element: etree._Element) -> str:
    label = label_of(element).strip()
    return f"class {label[:40]}" if label else f"labelled, <{element.tag}>"


def _end_of_title(tree: etree._Element) -> str:
    """Return the date that ends the window's title; "" where there is none."""
    title = next(map(text_of, tree.iter("title")), "")
    last = re.split(r"\s[|–—·-]\s", title)[-1]
    parsed = parse_date(last) if is_clock(last) else None
    return last if parsed is not None and parsed.precision is DatePrecision.DAY else ""


def line_of(element: etree._Element) -> str:
    """Return the text of a small element as one line; "" for a large one."""
    if len(element) > 12:
        return ""
    line = text_of(element)
    return line if len(line) <= _LONGEST_STAMP else ""


def label_before(element: etree._Element) -> str:
    """Return the few words right before an element: "Updated" of `Updated <time>`; else ""."""
    before, parent = element.getprevious(), element.getparent()
    beside = parent.text if before is None and parent is not None else ""
    beside = before.tail if before is not None else beside
    text = " ".join((beside or "").split())
    if not text and before is not None and before.tag in _INLINE:
        text = text_of(before)
    return text if len(text) <= _LONGEST_LABEL and parse_date(text) is None else ""


def _labelled(element: etree._Element) -> str:
    """Return the line of an element that says that it is the date of publication; else ""."""
    own = _own_text(element)
    return own if own and len(own) <= _LONGEST_STAMP and says_published(own) else ""


def _own_text(element: etree._Element) -> str:
    """Return the text of an element without that of its children."""
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(pieces).split())


def _beside_headline(tree: etree._Element) -> str | None:
    headline = _headline(tree)
    if headline is None or is_of_another_story(headline):
        return None
    return _first_stamp(_texts_after(headline)) or _first_stamp(_texts_before(headline))


def _headline(tree: etree._Element) -> etree._Element | None:
    """Return the heading that the window's title repeats, else the first of some words."""
    title = " ".join(same_line_key(text_of(node)) for node in list(tree.iter("title"))[:1])
    for level in _HEADINGS:
        for heading in tree.iter(level):
            key = same_line_key(text_of(heading))
            if len(key) >= _SHORTEST_TITLE and key in title:
                return heading
    return next((h for h in tree.iter("h1") if len(text_of(h).split()) >= 3), None)


def _first_stamp(texts: Iterator[tuple[etree._Element, str]]) -> str | None:
    prose = 0
    for element, text in texts:
        if len(text) > _LONGEST_STAMP or role_of(text) is Role.PROSE:
            prose += 1
            if prose > _PROSE_AFTER:
                return None
        elif _may_be_stamp(element, text) and _is_fine(text) and _is_inside(element):
            labelled = f"{label_before(element)} {text}".strip()
            return labelled if says_modified(labelled) else text
    return None


def _is_inside(element: etree._Element) -> bool:
    return not is_of_another_story(element) and not is_site_head(element)


def _is_fine(text: str) -> bool:
    """Say whether the text names a day."""
    parsed = parse_date(text)
    return parsed is not None and parsed.precision in (DatePrecision.DAY, DatePrecision.INSTANT)


def _may_be_stamp(element: etree._Element, text: str) -> bool:
    """Say whether a text has a digit, few words, and is not about a user's account."""
    if not any(map(str.isdecimal, text)) or len(_WORD.findall(text)) > _MOST_WORDS_BESIDE:
        return False
    parent = element.getparent()
    around = "" if parent is None else line_of(parent)  # <dt>Joined:</dt><dd>2 June 2015</dd>
    return not _NOT_OF_THE_ARTICLE.search(f"{around} {text}")


def _texts_after(headline: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Return the first texts after the headline with their elements, in reading order."""
    return islice(_texts_of(_after(headline)), _TEXTS_AFTER)


def _texts_before(headline: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Return the last texts before the headline in the same block, the nearest first."""
    return islice(_texts_of(_before(headline)), _TEXTS_BEFORE)


def _texts_of(elements: Iterator[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    for element in elements:
        if element.tag not in _SILENT and (text := _own_text(element)):
            yield element, text


def _after(headline: etree._Element) -> Iterator[etree._Element]:
    node: etree._Element | None = headline
    while node is not None and node.tag != "body":
        for sibling in node.itersiblings():
            yield from sibling.iter("*")
        node = node.getparent()


def _before(headline: etree._Element) -> Iterator[etree._Element]:
    node: etree._Element | None = headline
    for _ in range(_BLOCKS_BEFORE):
        if node is None or node.tag == "body":
            return
        for sibling in node.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter("*")))
        node = node.getparent()
