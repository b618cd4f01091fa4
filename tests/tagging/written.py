"""Articles written for the tests of tagging, and what is found in them."""

from functools import cache

from pipelines.article import (
    Article,
    Mention,
    Outlet,
    Publication,
    TagKind,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.tagging import Taggers, find_mentions, make_taggers


def article(*parts: str | tuple[Zone, str], language: str = "en") -> Article:
    """Return an article of these paragraphs, body unless a zone is given."""
    text, zones = "", []
    for number, part in enumerate(parts, 1):
        zone, words = (Zone.BODY, part) if isinstance(part, str) else part
        words += "\n" if number < len(parts) else ""
        zones.append(ZoneSpan(len(text), len(text) + len(words), zone))
        text += words
    return Article(
        article_id=1,
        outlet=Outlet("example", "Example"),
        url="",
        title="",
        text=text,
        zones=tuple(zones),
        raw_text=text,
        language=language,
        publication=Publication(),
        text_source=TextSource.PAGE,
        content_hash=0,
        text_hash=0,
        n_words=len(text.split()),
    )


@cache
def taggers() -> Taggers:
    """Return the taggers without topics; reading the tables takes most of a second."""
    return make_taggers(())


def mentions(kind: TagKind, *parts: str | tuple[Zone, str], language: str = "en") -> list[Mention]:
    """Return the mentions of one kind in such an article."""
    tags = find_mentions(article(*parts, language=language), taggers())
    return [mention for mention in tags.mentions if mention.kind is kind]
