"""An article in, everything named in it out: `find_mentions`.

The taggers run in the order of `TAGGERS`; each sees what those before it found, so that countries
know the names of entities and topics may ask for both. A new tagger is one file with a class that
has `find`, and one line in `TAGGERS`.
"""

import atexit
import gc
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from pipelines.article import Article, Mention, Tags
from pipelines.config import DEFAULT
from pipelines.tagging.countries import CountryTagger, country_names
from pipelines.tagging.dateline import DatelineTagger
from pipelines.tagging.entities import EntityTagger
from pipelines.tagging.entity_table import EntityName, read_entities
from pipelines.tagging.focus import FocusTagger, states_of
from pipelines.tagging.names import NameTagger
from pipelines.tagging.quotation import quoted_spans
from pipelines.tagging.quotes import QuoteTagger
from pipelines.tagging.spans import CRF, make_spans
from pipelines.tagging.state_bodies import StateBodyTagger
from pipelines.tagging.state_bodies.table import BodyNames, composed_names
from pipelines.tagging.topics import Found, Topic, TopicTagger, read_topics

__all__ = [
    "TAGGERS",
    "Definitions",
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


@dataclass(frozen=True, slots=True)
class Definitions:
    """What the user defines.

    Topics; files of names ("default" is the shipped table); what finds the names of no table.
    """

    topics: Sequence[Topic]
    entities: Sequence[str] = (DEFAULT,)
    names: str = CRF


TAGGERS: Mapping[str, Callable[[Definitions], Tagger]] = {
    "entities": lambda defined: EntityTagger(read_entities(defined.entities)),
    "bodies": lambda _: StateBodyTagger(),
    "names": lambda defined: NameTagger(make_spans(defined.names)),
    "countries": lambda defined: CountryTagger(
        [entity.id for entity in read_entities(defined.entities) if entity.hides_country]
    ),
    "dateline": lambda _: DatelineTagger(),
    "focus": lambda defined: FocusTagger(states_of(read_entities(defined.entities))),
    "quotes": lambda defined: QuoteTagger(
        read_entities([path for path in defined.entities if path != DEFAULT])
    ),
    "topics": lambda defined: TopicTagger(defined.topics),
}


@dataclass(frozen=True, slots=True)
class Taggers:
    """One tagger of each kind, in the order they run.

    `files` are the user's own files of names and `names` is what finds others: made of other ones,
    the taggers find something else. `definitions` are what another process can make them of.
    """

    in_order: tuple[Tagger, ...]
    files: tuple[str, ...] = ()
    names: str = CRF
    definitions: Definitions | None = None


def make_taggers(
    topics: Sequence[Topic], entities: Sequence[str] = (DEFAULT,), names: str = CRF
) -> Taggers:
    """Read the tables of names and parse the topics' queries, once for a run.

    `entities` are files of names, see `entity_table.py`, `names` is the setting of that name, see
    `spans/`; raises ConfigError where one is wrong or cannot be had.
    """
    defined = Definitions(topics, entities, names)
    files = tuple(path for path in entities if path != DEFAULT)
    is_shipped = not files and names == CRF
    in_order = (
        _shipped(kind) if is_shipped and kind != "topics" else make(defined)
        for kind, make in TAGGERS.items()
    )
    return Taggers(tuple(in_order), files, names, defined)


@cache  # reading tables and models takes two seconds, and a process may make several runs
def _shipped(kind: str) -> Tagger:
    """Return the tagger of one kind for what is shipped; it keeps nothing of the texts it sees."""
    tagger = TAGGERS[kind](Definitions(()))
    gc.freeze()  # it stays; walking it again and again took a tenth of a changed topic's time
    return tagger


atexit.register(gc.unfreeze)  # else DuckDB, which is frozen too, writes forty lines about leaks


def find_mentions(article: Article, taggers: Taggers) -> Tags:
    """Return all that the counted zones of an article name, by tagger and then by place."""
    found = Tags()
    for tagger in taggers.in_order:
        found += tagger.find(article, found)
    return replace(found, mentions=_with_quotes(found.mentions, article.text))


def find_topics(article: Article, tagger: TopicTagger, beside: Found) -> Tags:
    """Return what `find_mentions` says of topics, where what else it found is known by its ids."""
    found = tagger.find_beside(article, beside)
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
def entity_names(files: tuple[str, ...] = (DEFAULT,)) -> Mapping[str, EntityName]:
    """Return the names of all entities of these files by id; without any, of the shipped table.

    State bodies that no file has are among them, embassies only where asked for by id.
    """
    own = {one.id: EntityName(one.id, one.name, one.type) for one in read_entities(files)}
    return BodyNames({**composed_names(), **own})
