"""Find what a body's reader took for body and is none: the `Page` and the body in, zones out.

- Before the running text: a repeat of the headline, a date, a name, a credit, a standfirst.
- Within it: "read also", links to other stories, captions, headings of related boxes, offers of
  newsletters, short lines in an aside, credits and the page's own words; a quotation pulled out or
  set apart that says again what was told, and whose it is.
- After it: the author's biography, and what site or sender says of itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from pipelines.article import Zone
from pipelines.extraction.around.margin_words import (
    is_indexed,
    is_name,
    is_of_the_house,
    is_stamp,
    names_contributors,
    pictured_zone,
)
from pipelines.extraction.around.page_lines import Block, key_of
from pipelines.extraction.around.page_marks import Mark
from pipelines.extraction.around.standfirst import is_bold
from pipelines.extraction.around.story_links import HEADINGS, leads_on
from pipelines.extraction.around.surroundings import Page
from pipelines.extraction.lines import roles
from pipelines.extraction.lines.roles import Role, n_words, role_of
from pipelines.extraction.lines.standing_text import presents_sender
from pipelines.extraction.zones import Part

BYLINE_WORDS = 25
OF_THE_PAGE = frozenset({Role.BOUNDARY, Role.FURNITURE, Role.COMMENTS})
_LISTED = frozenset({"td", "th", "li"})
_PROMOTED_WORDS = 4
_SUBHEAD_WORDS = range(2, 13)
_HEADING_WORDS = 15
_LABEL_WORDS = 6
_HEADLINE_WORDS = 3
_CREDIT_WORDS = 4
_TITLE_LETTERS, _MOST_OF_TITLE = 15, 0.6  # of a title without the site's name
_MOST_OF_SITE = 0.3  # of the body's words
_WHOSE = re.compile(r"[—–-]\s*\w")
_PULLED = re.compile(r"pull-?_?quote", re.IGNORECASE)
_NEAR_ELEMENTS = 3  # from a paragraph outwards
_PIECE = 15  # letters
_MOST_PIECES = 0.6
_QUOTED_LETTERS = 30  # that two texts do not share by chance
_MOST_QUOTATIONS = 50  # that are looked for in every paragraph; of 3,000 it took two thirds of 6 s


def strays(page: Page, body: Sequence[Part], keys: Sequence[str]) -> dict[int, Zone]:
    """Return the zones of the body's parts that are not body, by their numbers."""
    found: dict[int, Zone] = {}
    labels = _repeated_labels(page)
    last: tuple[Block, int] | None = None
    begun = False  # whether the running text has begun
    for block, part in zip(page.blocks, page.placed, strict=True):
        if part is None or block.key != keys[part]:
            continue
        zone = None if begun else leading_zone(page, block)
        begun = begun or zone is None
        if (zone := zone or _stray_zone(page, block, body[part], labels)) is not None:
            found[part] = zone
        last = block, part
    if last is not None and begun and page.is_by_author(last[0]):
        found[last[1]] = Zone.BYLINE
    idle = (*_told_of_site(page, body), *_retold(page, keys), *_pulled(page, keys))
    return found | dict.fromkeys(idle, Zone.FURNITURE)


def _repeated_labels(page: Page) -> frozenset[str]:
    """Return what stands before several links of the body, such as "More on this |"."""
    own = (b for b, part in zip(page.blocks, page.placed, strict=True) if part is not None)
    labels = Counter(label for block in own if (label := _label_of(block)))
    return frozenset(label for label, times in labels.items() if times > 1)


def _label_of(block: Block) -> str:
    """Return the key of a line's words before the link that is most of it; "" where none are."""
    label, sign, _ = block.text.partition("|") if "|" in block.text else block.text.partition(":")
    told = sign and 0.3 < block.linked < 0.95 and leads_on(block)
    listed = block.element.tag in _LISTED or roles.ends_sentence(block.text)
    return key_of(label) if told and not listed and n_words(label) <= _LABEL_WORDS else ""


def _told_of_site(page: Page, body: Sequence[Part]) -> range:
    """Return the parts at the end of a body from where site or sender tells what it is."""
    left, first = _MOST_OF_SITE * sum(n_words(part.text) for part in body), len(body)
    for number in range(len(body) - 1, 0, -1):
        text = body[number].text
        below = body[number + 1].text if number + 1 < len(body) else ""
        told = roles.presents_site(text, page.site) or presents_sender(text, below, page.site)
        if (left := left - n_words(text)) < 0 or (first < len(body) and not told):
            break
        first = number if told else first
    return range(first, len(body))


def _retold(page: Page, keys: Sequence[str]) -> list[int]:
    """Return the parts of quotations that another paragraph has word for word.

    Only of those with a dash and a name below: others are a writer's way to set a sentence apart.
    """
    quoted: dict[etree._Element, list[tuple[int, str]]] = defaultdict(list)
    for block, part in zip(page.blocks, page.placed, strict=True):
        if part is not None and (quotation := _quotation_of(block)) is not None:
            quoted[quotation].append((part, block.text))
    named = [told for told in quoted.values() if len(told) > 1 and _WHOSE.match(told[-1][1])]
    again = [[part for part, _ in told] for told in named[:_MOST_QUOTATIONS]]
    return [part for parts in again if _is_told_elsewhere(parts, keys) for part in parts]


def _pulled(page: Page, keys: Sequence[str]) -> list[int]:
    """Return the parts in elements named as pulled quotations that say again what others say.

    Such a quotation is often shortened, or has its speaker put behind it.
    """
    placed = zip(page.blocks, page.placed, strict=True)
    pulled = [part for block, part in placed if part is not None and _is_pulled(block)]
    others = "".join(key for number, key in enumerate(keys) if number not in pulled)
    return [part for part in pulled if _is_in_pieces_of(keys[part], others)]


def _is_pulled(block: Block) -> bool:
    nodes = islice((block.element, *block.element.iterancestors()), _NEAR_ELEMENTS)
    return any(_PULLED.search(node.get("class") or "") for node in nodes)


def _is_in_pieces_of(key: str, told: str) -> bool:
    """Say whether most pieces of a key stand in another text."""
    pieces = [key[at : at + _PIECE] for at in range(0, len(key) - _PIECE + 1, _PIECE)]
    return bool(pieces) and sum(piece in told for piece in pieces) >= _MOST_PIECES * len(pieces)


def _is_told_elsewhere(parts: Sequence[int], keys: Sequence[str]) -> bool:
    first = keys[parts[0]]
    others = (key for number, key in enumerate(keys) if number not in parts)
    return len(first) >= _QUOTED_LETTERS and any(first in key for key in others)


def _quotation_of(block: Block) -> etree._Element | None:
    around = (block.element, *block.element.iterancestors())
    return next((node for node in around if node.tag == "blockquote"), None)


def leading_zone(page: Page, block: Block) -> Zone | None:
    """Return where a line belongs that was taken for the beginning of the running text."""
    if is_headline(page, block):
        return Zone.HEADLINE
    if is_stamp(block.text) or role_of(block.text) is Role.BYLINE:
        return Zone.BYLINE
    if (zone := pictured_zone(block.text)) is not None:
        return zone
    mark = next(iter(page.marks(block.element)), None)
    if mark is Mark.DECK or block.element in page.decks:
        return Zone.SUBHEAD
    return Zone.BYLINE if _is_name(block, mark) else None


def _is_name(block: Block, mark: Mark | None) -> bool:
    """Say whether a line over the running text is a name, by its shape or by its element."""
    if block.element.tag not in HEADINGS and block.linked < 0.5 and is_name(block.text):
        return True
    return mark is Mark.BYLINE and n_words(block.text) <= BYLINE_WORDS


def _stray_zone(page: Page, block: Block, part: Part, labels: frozenset[str]) -> Zone | None:
    """Return where a line of the body belongs that is none of it; None for the others."""
    if part.zone is Zone.CAPTION:
        return None
    if (zone := _worded_zone(block, labels)) is not None:
        return zone
    marks = page.marks(block.element)
    if marks[:1] == (Mark.CAPTION,):
        return Zone.CAPTION
    if page.is_story(block):
        return Zone.RELATED if page.is_among_stories(block) else None
    if _is_boxed(block, part, marks) or _is_of_the_page(page, block):
        return Zone.FURNITURE
    return Zone.SUBHEAD if part.zone is Zone.BODY and _is_set_as_heading(block, marks) else None


def _is_set_as_heading(block: Block, marks: Sequence[Mark]) -> bool:
    """Say whether a paragraph is in the element of a heading, or in bold and a phrase.

    Bold and short are also what an interviewer asks, and the names of speakers.
    """
    if block.element.tag in HEADINGS or marks[:1] == (Mark.DECK,):
        return n_words(block.text) <= _HEADING_WORDS
    brief = block.element.tag in ("p", "div") and n_words(block.text) in _SUBHEAD_WORDS
    phrase = not roles.ends_sentence(block.text) and not block.text.endswith((":", "："))
    return brief and phrase and any(map(str.isalpha, block.text)) and is_bold(block)


def _worded_zone(block: Block, labels: frozenset[str]) -> Zone | None:
    """Return what the words of a line say: an offer, the way to a story, or who reported."""
    if roles.offers_the_house(block.text):  # often a link to the front page, so ahead of stories
        return Zone.FURNITURE
    if _is_listed_story(block, labels):
        return Zone.RELATED
    return Zone.BYLINE if names_contributors(block.text) else None


def _is_listed_story(block: Block, labels: frozenset[str]) -> bool:
    """Say whether a line sends the reader to another article, or names its source in brackets."""
    if _label_of(block) in labels:
        return True
    if block.linked > 0.4 and roles.says_read_also(block.text):
        return True
    return leads_on(block) and is_indexed(block.text) and not roles.ends_sentence(block.text)


def _is_promoted(page: Page, block: Block) -> bool:
    """Say whether a line is a link to a page of the site that is no story, and nothing else."""
    listed = block.element.tag in _LISTED | HEADINGS
    whole = block.linked >= 0.95 and n_words(block.text) >= _PROMOTED_WORDS and not listed
    return whole and page.leads_home(block)


def _is_boxed(block: Block, part: Part, marks: Sequence[Mark]) -> bool:
    """Say whether a line is an offer, the heading of a related box, or short and in an aside.

    A long paragraph in an aside may explain the story and is left to the body's reader.
    """
    if marks[:1] == (Mark.OFFER,) or (part.zone is Zone.SUBHEAD and Mark.RELATED in marks):
        return True
    brief = marks[:1] == (Mark.RELATED,) and n_words(block.text) <= BYLINE_WORDS
    return brief and any(node.tag == "aside" for node in block.element.iterancestors())


def _is_of_the_page(page: Page, block: Block) -> bool:
    """Say whether a line is furniture by its words, or all a link to a page of the site.

    The cells of a table and the items of a list may be numbers, addresses or calls to the reader.
    """
    if block.element.tag in _LISTED or block.text.startswith("http"):
        return False
    credit = n_words(block.text) <= _CREDIT_WORDS and roles.is_credit(block.text)
    told = any(map(str.isalpha, block.text)) and role_of(block.text) in OF_THE_PAGE
    return credit or told or is_of_the_house(block.text) or _is_promoted(page, block)


def is_headline(page: Page, block: Block) -> bool:
    """Say whether a block is a heading of the first rank, or the claimed title, and no link."""
    alone = block.linked < 0.5 and n_words(block.text) >= _HEADLINE_WORDS
    tags = {str(node.tag) for node in (block.element, *block.element.iterancestors())}
    second = block.element.tag == "h2" and ("hgroup" in tags or has_title(page, block))
    ranked = "h1" in tags or second
    return alone and ranked and not page.marks(block.element)


def has_title(page: Page, block: Block) -> bool:
    """Say whether a line is the claimed title, or all of it but the name of the site behind it."""
    if not page.title or not page.title.startswith(block.key):
        return False
    return len(block.key) >= max(_TITLE_LETTERS, _MOST_OF_TITLE * len(page.title)) or (
        block.key == page.title
    )
