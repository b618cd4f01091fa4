"""An article in, everything named in it out: `find_mentions`.

The taggers run in the order of `TAGGERS`; each sees what those before it found, so that countries
know the names of entities and topics may ask for both. A new tagger is one file with a class that
has `find`, and one line in `TAGGERS`.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Protocol

from pipelines.article import Article, Mention, Tags
from pipelines.tagging.countries import CountryTagger, country_names
from pipelines.tagging.entities import EntityName, EntityTagger, read_entities
from pipelines.tagging.names import NameTagger
from pipelines.tagging.quotation import quoted_spans
from pipelines.tagging.spans import CRF, make_spans
from pipelines.tagging.topics import Topic, TopicTagger, read_topics

__all__ = [
    "TAGGERS",
    "EntityName",
    "Tagger",
    "Taggers",
    "Topic",
    "TopicTagger",
    "country_names",
    "entity_names",
    "find_mentions",
    "find_topics",
    "make_taggers",
    "read_topics",
]


class Tagger(Protocol):
    """Finds one kind of tag."""

    def find(self, article: Article, found: Tags) -> Tags:
        """Return what the tagger finds; `found` is what those before it found."""
        ...


Maker = Callable[[Sequence[Topic]], Tagger]
TAGGERS: Mapping[str, Maker] = {
    "entities": lambda _: EntityTagger(),
    "names": lambda _: NameTagger(make_spans(CRF)),
    "countries": lambda _: CountryTagger(
        [entity.id for entity in read_entities() if entity.hides_country]
    ),
    "topics": TopicTagger,
}


@dataclass(frozen=True, slots=True)
class Taggers:
    """One tagger of each kind, in the order they run, and what finds the names (a setting)."""

    in_order: tuple[Tagger, ...]
    names: str = CRF


def make_taggers(topics: Sequence[Topic], names: str = CRF) -> Taggers:
    """Read the tables of names and parse the topics' queries, once for a run.

    `names` is the setting of that name; ConfigError where it cannot be had.
    """
    spans = make_spans(names)
    makers: dict[str, Maker] = {**TAGGERS, "names": lambda _: NameTagger(spans)}
    return Taggers(tuple(make(topics) for make in makers.values()), names)


def find_mentions(article: Article, taggers: Taggers) -> Tags:
    """Return all that the counted zones of an article name, by tagger and then by place."""
    found = Tags()
    for tagger in taggers.in_order:
        found += tagger.find(article, found)
    return replace(found, mentions=_with_quotes(found.mentions, article.text))


def find_topics(
    article: Article, tagger: TopicTagger, entities: Collection[str], countries: Collection[str]
) -> Tags:
    """Return what `find_mentions` says of topics, where what else it found is known by its ids."""
    found = tagger.find_beside(article, entities, countries)
    return replace(found, mentions=_with_quotes(found.mentions, article.text))


def _with_quotes(mentions: tuple[Mention, ...], text: str) -> tuple[Mention, ...]:
    quoted = quoted_spans(text)
    if not quoted:
        return mentions
    starts = [start for start, _ in quoted]
    marked = []
    for mention in mentions:
        place = bisect_right(starts, mention.start) - 1
        inside = place >= 0 and mention.end <= quoted[place][1]
        marked.append(replace(mention, in_quote=True) if inside else mention)
    return tuple(marked)


@cache
def entity_names() -> Mapping[str, EntityName]:
    """Return the names of all known entities by id."""
    return MappingProxyType(
        {entity.id: EntityName(entity.id, entity.name, entity.type) for entity in read_entities()}
    )
