"""Group copies of one text: each article gets the id of its text, shared by all its copies.

The rules, in the order they are asked:

1. An article keeps its group through all its versions. An id once given is never changed, since
   reports rest on it; so two groups that a later article joins together stay two.
2. *Exact*: the counted text below the headline is that of a stored article, word for word (case,
   punctuation and spacing aside).
3. *Near* or *update*: it shares much of its text with a stored article published at most 14 days
   before or after, where both days are known (`matching.py` says how much). It joins the group with
   which it shares most, the older on a tie. It is near where little of it is its own; an update
   where it has grown or changed beyond that.
4. Otherwise it begins a group under its own id.

A text under 20 words, such as a feed's one line, is nobody's copy: such texts are alike by chance.
The level is that of an article to what was stored before it, so it depends on the order of arrival.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from pipelines.article import COUNTED_ZONES, Article, CopyLevel, Sketch, Zone
from pipelines.hashing import hash63
from pipelines.querylang import tokens
from pipelines.syndication.index import CopyIndex
from pipelines.syndication.sketch import METHOD, sketch_of

__all__ = [
    "METHOD",
    "MINIMUM_WORDS",
    "CopyIndex",
    "Placement",
    "assign",
    "make_sketch",
    "text_hash",
    "words_of",
]

MINIMUM_WORDS = 20
_BELOW = COUNTED_ZONES - {Zone.HEADLINE}


class Placement(NamedTuple):
    """The group an article belongs to, and what makes it a member."""

    syndication_id: int
    level: CopyLevel


def text_hash(words: Sequence[str]) -> int:
    """Return the 63-bit hash that copies share, 0 for a text too short to be told from others."""
    if len(words) < MINIMUM_WORDS:
        return 0
    return hash63(*words)


def make_sketch(words: Sequence[str]) -> Sketch | None:
    """Return what near copies are found by, None for a text too short to be told from others."""
    return sketch_of(words) if len(words) >= MINIMUM_WORDS else None


def words_of(article: Article) -> list[str]:
    """Return the forms of the counted words below the headline: what copies are compared by."""
    parts = (article.text[z.start : z.end] for z in article.zones if z.zone in _BELOW)
    return [token.form for token in tokens("\n".join(parts))]


class Groups(Protocol):
    """The groups of stored articles, by the hash of their text."""

    def get(self, text_hash: int, /) -> int | None:
        """Return the group of a text, None where it has none."""
        ...


def assign(
    article: Article, ids_by_text: Groups, own_id: int | None, index: CopyIndex
) -> Placement:
    """Return the group of `article` and its level.

    `own_id` is the id an earlier version of the article was given, None for a new article;
    `ids_by_text` maps the text hash of stored articles to their group, `index` finds near copies.
    """
    if own_id is not None:
        return Placement(own_id, CopyLevel.NONE)
    if (group := ids_by_text.get(article.text_hash)) is not None and article.text_hash:
        return Placement(group, CopyLevel.EXACT)
    if article.sketch is not None:
        match = index.find(article.sketch, article.publication.published_day)
        if match is not None:
            return Placement(*match)
    return Placement(article.article_id, CopyLevel.NONE)
