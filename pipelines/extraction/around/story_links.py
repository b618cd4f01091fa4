"""Say what a line's links lead to: a block and addresses in, story or none out.

A link may lead to another article, to a page of the site that is none, to a place to share or to
sign in, or to a picture. Only its address and the length of its text tell.
"""

import re
from collections.abc import Sequence

from pipelines.extraction.around.page_lines import Block
from pipelines.extraction.around.page_marks import Mark
from pipelines.extraction.lines.roles import ends_sentence, n_words

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEM_WORDS = 20
_STORY_WORDS = 7  # a line of so many words is a headline whatever its link looks like
_STORY_LINK = re.compile(
    r"[^/-]+-[^/-]+-[^/]*/?(?:[?#].*)?$|\d{4}|\.(?:s?html?|php|aspx?)\b|[?&]\w*id="
)
_NO_LINK = re.compile(
    r"^(?:#|javascript:|mailto:|tel:|$)|(?:^|[/.])(?:facebook|twitter|whatsapp|t|x)\.(?:com|me|co)/"
    r"|^https?://(?:plus\.google|www\.instagram|www\.youtube)\.com/"
    r"|\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34])(?:[?#]|$)"
    r"|/(?:log-?in|sign-?(?:in|up)|regist\w*|subscri\w*|abo|account|member\w*|newsletters?)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?:)?//([^/?#:]+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")
_SLUG = re.compile(r"(?:[^/-]+-){3}")


def leads_on(block: Block) -> bool:
    """Say whether the links of a block lead to other pages, none to a place to share or sign in."""
    return bool(block.links) and not any(map(_NO_LINK.search, block.links))


def looks_like_story(block: Block) -> bool:
    """Say whether a line is long enough for a headline, or its link looks like an article's."""
    return n_words(block.text) >= _STORY_WORDS or _STORY_LINK.search(block.links[0]) is not None


def least_words(block: Block, marks: Sequence[Mark]) -> int:
    """Return how many words a headline has here; an entry of a menu is long at times."""
    return (3 if block.element.tag in HEADINGS else 4) + 4 * (Mark.CHROME in marks)


def is_linked(block: Block) -> bool:
    """Say whether a line is a link, or an item of a list with a kicker before its link."""
    if not block.links or block.linked >= 0.8:
        return bool(block.links)
    item = block.element.tag == "li" and block.linked >= 0.4
    return item and n_words(block.text) <= _ITEM_WORDS and not ends_sentence(block.text)


def is_numbered(address: str) -> bool:
    """Say whether an address has an article's number in it."""
    return _NUMBER.search(address) is not None


def is_numbered_or_worded(address: str) -> bool:
    """Say whether an address has an article's number or its headline in it."""
    return is_numbered(address) or _SLUG.search(address) is not None


def host_of(address: str) -> str:
    """Return the host of an address as it is written; "" where it has none."""
    found = _HOST.match(address)
    return found[1].lower() if found else ""


def owner(domain: str) -> list[str]:
    """Return the labels of a domain that its owner registered, as far as their lengths tell."""
    labels = domain.split(".")
    return labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:]
