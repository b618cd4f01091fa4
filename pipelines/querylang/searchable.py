"""An article's text, zones and facts in, a `Searchable` out: split once, asked by many queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.article import COUNTED_ZONES, Quote, Zone, ZoneSpan
from pipelines.querylang.quoted import Quoted, quoted
from pipelines.querylang.words_of import Words, words_of


@dataclass(frozen=True, slots=True)
class Searchable:
    """All that a query can ask about one article."""

    words: Words  # of the zones that count
    tags: Words  # searched by `tags:` only
    outlet: str = ""
    outlet_name: str = ""
    domain: str = ""
    outlet_country: str = ""
    language: str = ""
    published_day: date | None = None
    seen_day: date | None = None
    topics: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    quotes: tuple[Quoted, ...] = ()


def make_searchable(
    text: str,
    zones: Sequence[ZoneSpan],
    *,
    outlet: str = "",
    outlet_name: str = "",
    domain: str = "",
    outlet_country: str = "",
    language: str = "",
    published_day: date | None = None,
    seen_day: date | None = None,
    topics: Iterable[str] = (),
    entities: Iterable[str] = (),
    mentioned: Iterable[str] = (),
    about: Iterable[str] = (),
    quotes: Iterable[Quote] = (),
    tags_text: str = "",
) -> Searchable:
    """Return the article as queries see it; `text` and `zones` as stored, offsets stay theirs.

    `outlet` is the outlet's id, countries are ISO 3166-1 alpha-2, topics and entities are ids;
    `tags_text` adds to what stands in the tags zone.
    """
    tagged = [text[span.start : span.end] for span in zones if span.zone is Zone.TAGS]
    tags = "\n".join([*tagged, tags_text])
    words = words_of(text, [span for span in zones if span.zone in COUNTED_ZONES])
    return Searchable(
        words=words,
        tags=words_of(tags, [ZoneSpan(0, len(tags), Zone.TAGS)]),
        outlet=outlet.casefold(),
        outlet_name=outlet_name,
        domain=domain.casefold().removeprefix("www."),
        outlet_country=outlet_country.upper(),
        language=language.lower(),
        published_day=published_day,
        seen_day=seen_day,
        topics=frozenset(topics),
        entities=frozenset(entities),
        mentioned=frozenset(code.upper() for code in mentioned),
        about=frozenset(code.upper() for code in about),
        quotes=quoted(words, quotes),
    )
