"""Zone what stands around a body: the page's tree and the body's parts in, all parts out.

1. The parts of the body are found again among the page's blocks (`placing.py`). They keep text,
   order and zone; what stands between them comes in where it stands.
2. Kept is what the innermost element of the article holds (`surroundings.py`), and all between
   headline and body. Of the rest of the page only related stories are.
3. A link to another article is related, and so is what stands in its card.
4. Elsewhere the names of elements decide, the nearest first (`page_marks.py`): comments of readers,
   furniture, related boxes, tags, captions, bylines.
5. Where no name speaks, place and shape do: between headline and body, dates and names are the
   byline, a sentence or heading is the standfirst; a paragraph among those of the body is body.
   What an earlier version had wrong counts wherever the article says it.
6. Lines that were taken for body and are none are set right (`strays.py`).
7. Everything else is furniture.
"""

from collections.abc import Sequence
from enum import Enum, auto
from itertools import dropwhile

from lxml import etree

from pipelines.article import Zone
from pipelines.date_formats import parse_date
from pipelines.extraction.around import tag_lines
from pipelines.extraction.around.headline import headline_at
from pipelines.extraction.around.lost_lines import (
    end_of_table,
    is_pictured,
    lost_zone,
    quoted_zone,
)
from pipelines.extraction.around.margin_words import (
    CAPTION_WORDS,
    is_correction,
    is_stamp,
    pictured_zone,
    says_when,
)
from pipelines.extraction.around.next_article import before_next_article
from pipelines.extraction.around.page_lines import Block, blocks_of, key_of
from pipelines.extraction.around.page_marks import Mark
from pipelines.extraction.around.placing import cut, place
from pipelines.extraction.around.standfirst import is_named_summary, standfirst
from pipelines.extraction.around.story_links import leads_on
from pipelines.extraction.around.strays import (
    BYLINE_WORDS,
    OF_THE_PAGE,
    leading_zone,
    strays,
)
from pipelines.extraction.around.surroundings import Page, names_in
from pipelines.extraction.claims.metadata import PageClaims
from pipelines.extraction.lines.cues import begins_with_length
from pipelines.extraction.lines.roles import Role, n_words, role_of, says_read_also
from pipelines.extraction.zones import Part
from pipelines.urls import domain_of

_KICKERS = 2
_KICKER_WORDS = 4
_DECK_WORDS = 6
_TEASER_WORDS = 4
_OTHERS = (Mark.OFFER, Mark.INDEX, Mark.RELATED, Mark.ARTICLE)  # the nearest tells what a card is
_OF_SITE = (Mark.OFFER, Mark.INDEX)
_FOREIGN = frozenset({Mark.COMMENTS, *_OF_SITE, Mark.RELATED, Mark.ARTICLE, Mark.CHROME})
_STAMP = frozenset({Role.CLOCK, Role.BYLINE})


class _Area(Enum):
    """Where a block stands, seen from headline and body."""

    ABOVE = auto()
    KICKER = auto()  # right above the headline
    HEADLINE = auto()
    HEAD = auto()  # between headline and body
    INSIDE = auto()
    TAIL = auto()


def with_margins(tree: etree._Element, body: Sequence[Part], claims: PageClaims) -> list[Part]:
    """Return the body's parts and those of its surroundings in reading order.

    Without a body nothing says where the article is, and nothing is added.
    """
    title = key_of(claims.title)
    own = [part for part in body if not title or key_of(part.text) != title]
    if not own:
        return []
    blocks, keys = blocks_of(tree), [key_of(part.text) for part in own]
    placed = place([block.key for block in blocks], keys)
    own, placed = before_next_article(blocks, placed, own, title)
    own, placed = _cut_at_breaks(blocks, placed, own)
    keys = [key_of(part.text) for part in own]
    names, site = names_in(claims.author), domain_of(claims.url)
    page = Page(blocks, placed, title, names, site, address=claims.url)
    page.decks = _decks(page, claims)
    for number, stray in strays(page, own, keys).items():
        own[number] = Part(own[number].text, stray)
    return _in_order(page, own, _margins(page))


def _cut_at_breaks(
    blocks: Sequence[Block], placed: Sequence[int | None], own: Sequence[Part]
) -> tuple[list[Part], list[int | None]]:
    """Return the body with its paragraphs cut where a line break cuts them on the page."""
    found: list[Part] = []
    starts: list[int] = []
    nth: dict[int, int] = {}  # of a block in its paragraph
    keys = [block.key for block in blocks], [key_of(part.text) for part in own]
    for part, ats in zip(own, cut(*keys, placed), strict=True):
        starts.append(len(found))
        nth |= {at: number for number, at in enumerate(ats)}
        found += [Part(blocks[at].text, part.zone) for at in ats] or [part]
    return found, [
        None if number is None else starts[number] + nth.get(at, 0)
        for at, number in enumerate(placed)
    ]


def _decks(page: Page, claims: PageClaims) -> frozenset[etree._Element]:
    """Return the elements of the standfirst, what else stands above the running text passed by."""
    told = (b for b, part in zip(page.blocks, page.placed, strict=True) if part is not None)
    running = dropwhile(lambda block: leading_zone(page, block) is not None, told)
    return standfirst(list(running), claims.descriptions)


def _in_order(page: Page, body: list[Part], margins: Sequence[Zone | None]) -> list[Part]:
    """Return the body's parts with the kept blocks between them."""
    found: list[Part] = []
    upto = 0  # parts of the body that are written
    for block, part, zone in zip(page.blocks, page.placed, margins, strict=True):
        if zone is not None:
            found.append(Part(block.text, zone))
        elif part is not None and part >= upto:
            found += body[upto : part + 1]
            upto = part + 1
    return found + body[upto:]


def _margins(page: Page) -> list[Zone | None]:
    """Return the zone of each block that is not body; None for body and for what is not kept."""
    areas = _areas(page)
    zones: list[Zone | None] = []
    signed = False  # whether the byline stood there; what follows it is no standfirst
    for at, (block, part, area) in enumerate(zip(page.blocks, page.placed, areas, strict=True)):
        zone = None if part is not None else _zone(page, at, area)
        late = signed and area is _Area.HEAD and block.element.tag != "li"  # "in brief"
        if late and zone is Zone.SUBHEAD and not _is_deck_or_note(page, block):
            zone = Zone.FURNITURE
        signed = signed or (area is _Area.HEAD and zone is Zone.BYLINE)
        zones.append(zone)
    below = sum(area is _Area.ABOVE for area in areas)
    for at in tag_lines.listed_tags(page, below):
        zones[at] = Zone.TAGS
    return zones


def _is_deck_or_note(page: Page, block: Block) -> bool:
    """Say whether a line is named as a standfirst, or says what an earlier version had wrong."""
    around = (block.element, block.element.getparent())
    named = any(node is not None and is_named_summary(node) for node in around)
    return named or Mark.DECK in page.marks(block.element) or is_correction(block.text)


def _areas(page: Page) -> list[_Area]:
    """Return where each block stands."""
    body_at = [at for at, part in enumerate(page.placed) if part is not None]
    if not body_at:
        return [_Area.ABOVE] * len(page.blocks)
    own = (at for at in body_at if leading_zone(page, page.blocks[at]) is None)
    first, last = next(own, body_at[0]), end_of_table(page, body_at[-1])
    headline = headline_at(page, first)
    if headline is None:
        areas = [_Area.ABOVE] * first
    else:
        areas = [_Area.ABOVE] * headline + [_Area.HEADLINE] + [_Area.HEAD] * (first - headline - 1)
        near = [at for at in range(max(0, headline - _KICKERS), headline)]
        for at in near:
            areas[at] = _Area.KICKER
    areas += [_Area.INSIDE] * (last - first + 1)
    return areas + [_Area.TAIL] * (len(page.blocks) - len(areas))


def _zone(page: Page, at: int, area: _Area) -> Zone | None:
    block = page.blocks[at]
    if area is _Area.HEADLINE:
        return Zone.HEADLINE
    near = area is _Area.HEAD or page.is_at_home(block)
    if near or area is _Area.KICKER:
        zone = _zone_nearby(page, at, area, near=near)
        return (zone or Zone.FURNITURE) if near else _kept(zone)
    if page.tells_of_others(block) and (zone := _kept(_related_zone(page, block))) is not None:
        return zone
    return _far_zone(page, block) if area is _Area.TAIL else None


def _far_zone(page: Page, block: Block) -> Zone | None:
    """Return tags and byline for what below the article's element is the article's own."""
    marks = page.marks(block.element)
    if _FOREIGN.intersection(marks) or _is_of_page(block):
        return None
    if tag_lines.is_tagged(block, marks):
        told = not tag_lines.is_label(block) and not tag_lines.is_of_index(page, block)
        return Zone.TAGS if told else None
    boxed = marks[:1] == (Mark.BYLINE,) and page.is_in_box_of_author(block)
    return Zone.BYLINE if boxed or _is_signed(page, block) else None


def _zone_nearby(page: Page, at: int, area: _Area, *, near: bool) -> Zone | None:
    """Return the zone of a block near the article; a byline in the head is the article's own."""
    block = page.blocks[at]
    if near and is_correction(block.text) and not _FOREIGN.intersection(page.marks(block.element)):
        return Zone.SUBHEAD if area is _Area.HEAD else Zone.BODY  # above the text it is no lede
    signed = area is _Area.HEAD and page.marks(block.element)[:1] == (Mark.BYLINE,)
    zone = None if signed else _related_zone(page, block)
    return zone or _zone_in_place(page, at, area, near=near)


def _kept(zone: Zone | None) -> Zone | None:
    """Return the zone of a block far from the article, None where it is not kept."""
    return zone if zone in (Zone.RELATED, Zone.TAGS) else None


def _is_signed(page: Page, block: Block) -> bool:
    """Say whether a line below the text is an author's name or begins by naming one."""
    return page.is_named(block) or page.is_by_author(block)


def _is_of_page(block: Block) -> bool:
    """Say whether a line is in words of the page."""
    return role_of(block.text) in OF_THE_PAGE


def _zone_in_place(page: Page, at: int, area: _Area, *, near: bool) -> Zone | None:
    """Return what names, shape and place say of a block near the body."""
    block = page.blocks[at]
    zone = _zone_within(page, block, area) if near else None
    if zone is None and area in (_Area.KICKER, _Area.HEAD):
        zone = _kicker_zone(page, block, area, near=near)
    if zone is None and area is _Area.HEAD:
        zone = _shaped_zone(page, block)
    if zone is None and area is _Area.INSIDE:
        zone = lost_zone(page, at)
    if zone is None and area is _Area.TAIL and _is_signed(page, block):
        zone = Zone.BYLINE
    return zone


def _zone_within(page: Page, block: Block, area: _Area) -> Zone | None:
    """Return what a quotation around a block of the article, or names of elements, say of it."""
    quoted = quoted_zone(page, block) if area is _Area.INSIDE else None
    return quoted or _named_zone(page, block, area)


def _related_zone(page: Page, block: Block) -> Zone | None:
    """Return what the page's own lines, cards and related boxes say of a block."""
    marks = page.marks(block.element)
    if _is_of_site(page, block, marks):
        return Zone.FURNITURE
    if page.is_in_card(block) or Mark.ARTICLE in marks:
        return Zone.RELATED
    if Mark.RELATED not in marks or tag_lines.is_tagged(block, marks):
        return None
    if _is_teaser(page, block, marks):
        return Zone.RELATED
    return None if _is_of_article(page, block, marks) else Zone.FURNITURE


def _is_of_article(page: Page, block: Block, marks: Sequence[Mark]) -> bool:
    """Say whether a line in an aside without stories is the article's date, name or picture's."""
    pictured = marks[0] is Mark.CAPTION and page.is_at_home(block)  # as in "teaser-image"
    return pictured or is_stamp(block.text) or page.is_named(block)


def _is_of_site(page: Page, block: Block, marks: Sequence[Mark]) -> bool:
    """Say whether a block is a comment, an offer, or in words of the page."""
    if Mark.COMMENTS in marks or next(filter(_OTHERS.__contains__, marks), None) in _OF_SITE:
        return True
    listed = len(block.links) > 1 and page.is_story(block)  # headlines that run on
    return _is_of_page(block) and not listed


def _is_teaser(page: Page, block: Block, marks: Sequence[Mark]) -> bool:
    """Say whether a line in a related box is a link, a date, or the title of another article."""
    role = role_of(block.text)
    if block.linked > 0.5 and len(block.links) == 1 and n_words(block.text) >= _TEASER_WORDS:
        return leads_on(block) and page.is_like_page(block)
    titled = marks[0] is Mark.RELATED and role is Role.TITLE and page.is_at_home(block)
    if titled or page.is_heading_of_row(block):  # led on by script, or by a button
        return True
    return role is Role.CLOCK and page.is_beside_story(block)


def _named_zone(page: Page, block: Block, area: _Area) -> Zone | None:
    """Return what the names of elements say of a block, the nearest first."""
    if area is _Area.HEAD and is_stamp(block.text):
        return Zone.BYLINE
    if area in (_Area.HEAD, _Area.TAIL) and says_when(block.text):
        return Zone.BYLINE
    if tag_lines.says_filed(block):
        return Zone.TAGS
    for mark in page.marks(block.element):
        if (zone := _ZONE_OF_MARK[mark](block, area)) is not None:
            return zone
    return _linked_zone(block, area)


def _linked_zone(block: Block, area: _Area) -> Zone | None:
    """Return tags for links to pages of topics, or for several short links beside the article."""
    several = area in (_Area.KICKER, _Area.HEAD, _Area.TAIL)
    return Zone.TAGS if tag_lines.is_linked(block, several=several) else None


def _tags_zone(block: Block, area: _Area) -> Zone | None:
    if not tag_lines.is_brief(block):
        return None
    return Zone.FURNITURE if tag_lines.is_label(block) else Zone.TAGS


def _caption_zone(block: Block, area: _Area) -> Zone | None:
    if role_of(block.text) is Role.CLOCK:
        return None
    if says_read_also(block.text) or begins_with_length(block.text):
        return Zone.RELATED  # videos with a title of their own are mostly of other stories
    return pictured_zone(block.text) or Zone.CAPTION


def _byline_zone(block: Block, area: _Area) -> Zone | None:
    if role_of(block.text) is Role.FURNITURE and not block.text.startswith("@"):
        return Zone.FURNITURE
    brief = area is not _Area.INSIDE or n_words(block.text) <= BYLINE_WORDS
    return Zone.BYLINE if brief else None


def _deck_zone(block: Block, area: _Area) -> Zone | None:
    told = area is _Area.HEAD and n_words(block.text) >= CAPTION_WORDS
    return Zone.SUBHEAD if told else None


def _furniture_zone(block: Block, area: _Area) -> Zone | None:
    return Zone.FURNITURE


_ZONE_OF_MARK = {
    Mark.COMMENTS: _furniture_zone,
    Mark.ARTICLE: _furniture_zone,
    Mark.RELATED: _furniture_zone,
    Mark.OFFER: _furniture_zone,
    Mark.INDEX: _furniture_zone,
    Mark.CHROME: _furniture_zone,
    Mark.TAGS: _tags_zone,
    Mark.CAPTION: _caption_zone,
    Mark.BYLINE: _byline_zone,
    Mark.DECK: _deck_zone,
}


def _kicker_zone(page: Page, block: Block, area: _Area, *, near: bool) -> Zone | None:
    """Return tags for a section's or topic's name right above the headline, or a link below it."""
    if near and is_stamp(block.text):
        return Zone.BYLINE
    brief = n_words(block.text) <= _KICKER_WORDS and not any(map(str.isdecimal, block.text))
    linked = block.linked >= 0.8 and leads_on(block)
    told = (near and area is _Area.KICKER) or linked
    return Zone.TAGS if told and brief and block.key and not page.marks(block.element) else None


def _shaped_zone(page: Page, block: Block) -> Zone | None:
    """Return what the shape of a block between headline and body says."""
    if (zone := pictured_zone(block.text)) is not None:
        return zone
    if is_pictured(page, block):
        return Zone.CAPTION
    words = n_words(block.text)
    dated = any(map(str.isdecimal, block.text)) and parse_date(block.text) is not None
    stamp = role_of(block.text) in _STAMP
    if stamp or (words <= BYLINE_WORDS and (dated or page.is_named(block))):
        return Zone.BYLINE
    return Zone.SUBHEAD if block.linked < 0.3 and words >= _DECK_WORDS else None
