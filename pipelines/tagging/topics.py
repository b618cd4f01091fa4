"""Topics are saved queries: read them from TOML, and find which of them an article matches.

- Each merged span of a topic's query is a mention; `why` is the term that made it.
- A topic may ask for what was tagged before it: `entity:`, `mentioned:`, `about:` and `speaker:`
  are the entities, countries and quotes found in this article. It may not ask for `topic:`: the
  answer would hang on the order.
- A file of the user's may say a shipped topic anew, or that it is not counted: theirs holds.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pipelines.article import Article, Mention, Quote, TagKind, Tags, Zone, ZoneSpan
from pipelines.config import DEFAULT
from pipelines.errors import ConfigError, QueryError, why
from pipelines.querylang import (
    Candidates,
    ParsedQuery,
    Searchable,
    SoughtByLanguage,
    make_searchable,
    parse,
)

_SHIPPED = Path(__file__).with_name("names") / "topics.toml"
_SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Topic:
    """A saved query. The id is a stable slug; name and color may change."""

    id: str
    name: str
    query: str
    color: str = ""  # "#1f77b4"; empty: given by the chart
    description: str = ""
    examples: tuple[str, ...] = ()  # sentences that match, for whoever edits the query
    counted: bool = True  # false: not a topic of this store, whatever another file says


@dataclass(frozen=True, slots=True)
class Declared:
    """A topic, and the file of the settings that has it ("default" is the shipped one)."""

    topic: Topic
    path: str


def is_shipped(path: str) -> bool:
    """Return whether a topics file came with Wirewatch and so is nobody's to change."""
    file = Path(path).resolve()
    return path == DEFAULT or file == _SHIPPED.resolve() or file.is_relative_to(_SAMPLE)


def read_topics(paths: Sequence[str]) -> tuple[Topic, ...]:
    """Return the topics of all files that are counted, in order, as `read_declared` does."""
    return tuple(one.topic for one in read_declared(paths).values() if one.topic.counted)


def read_declared(
    paths: Sequence[str], texts: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Declared]:
    """Return the topics of all files by id, in order; the path "default" is the shipped file.

    A topic of another file stands in the place of a shipped one of its id. `texts` has, by path,
    what is to be read in place of a file.

    Raises ConfigError for a file that cannot be read, an unknown key (naming the nearest), an id
    given twice or a query that cannot be parsed (naming the topic and the position).
    """
    found: dict[str, Declared] = {}
    for path in paths:
        file = _SHIPPED if path == DEFAULT else Path(path)
        text = texts[path] if path in texts else _text_of(file)
        for number, entry in enumerate(_entries(file, text), 1):
            topic = _topic(entry, f"{path}: topic {number}")
            before = found.get(topic.id)
            if before is None or (is_shipped(before.path) and not is_shipped(path)):
                found[topic.id] = Declared(topic, path)
            elif is_shipped(before.path) == is_shipped(path):
                also = f" ({before.path} has it too)" if before.path != path else ""
                raise ConfigError(
                    f"{path}: the topic id `{topic.id}` is given twice{also}; rename or remove one"
                )
    return found


def _text_of(file: Path) -> str:
    try:
        # -sig: Windows' Notepad begins a file with a byte order mark.
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the topics in {file}: {why(error)}") from error


def _entries(file: Path, text: str) -> list[object]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"cannot read the topics in {file}: {why(error)}") from error
    for key in table.keys() - {"topic"}:
        raise ConfigError(f"{file}: unknown setting `{key}`; the nearest known is `[[topic]]`")
    entries = table.get("topic", [])
    if not isinstance(entries, list):
        raise ConfigError(f"{file}: write each topic as a `[[topic]]` table of its own")
    return entries


def _topic(entry: object, where: str) -> Topic:
    if not isinstance(entry, dict):
        raise ConfigError(f"{where} must be a table with `id`, `name` and `query`")
    _refuse_keys(entry, where)
    counted = entry.get("counted", True)
    if not isinstance(counted, bool):
        raise ConfigError(f"{where}: `counted` must be true or false, not {counted!r}")
    for key in ("id", "query") if counted else ("id",):
        if not entry.get(key):
            raise ConfigError(f"{where}: `{key}` is missing")
    return checked(
        Topic(
            id=entry["id"],
            name=entry.get("name") or entry["id"],
            query=" ".join(entry.get("query", "").split()),
            color=entry.get("color", ""),
            description=entry.get("description", ""),
            examples=_examples(entry.get("examples", []), where),
            counted=counted,
        ),
        where,
    )


def _refuse_keys(entry: Mapping[str, object], where: str) -> None:
    known = [field.name for field in fields(Topic)]
    for key, value in entry.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise ConfigError(f"{where}: unknown setting `{key}`; the nearest known is `{near}`")
        if key not in ("examples", "counted") and not isinstance(value, str):
            raise ConfigError(f"{where}: `{key}` must be a text, not {value!r}")


def _examples(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(example, str) for example in value):
        return tuple(value)
    raise ConfigError(f"{where}: `examples` must be a list of texts")


def checked(topic: Topic, where: str) -> Topic:
    """Return `topic`; raise ConfigError, naming the place, where it cannot be one."""
    if not _SLUG.fullmatch(topic.id):
        raise ConfigError(
            f"{where}: the id `{topic.id}` must be small letters, digits and hyphens: `north-korea`"
        )
    if topic.color and not _COLOR.fullmatch(topic.color):
        raise ConfigError(f"{where}: the color `{topic.color}` must be written as `#1f77b4`")
    try:
        if topic.counted or topic.query:
            parse_topic(topic.query)
    except QueryError as error:
        raise ConfigError(f"{where} (`{topic.id}`): {error}") from error
    return topic


def parse_topic(query: str) -> ParsedQuery:
    """Return the parsed query of a topic; QueryError where it cannot be one."""
    parsed = parse(query)
    if "topic" in parsed.fields:
        raise QueryError(
            "a topic cannot ask for `topic:`; repeat the other's query",
            position=max(query.casefold().find("topic:"), 0),
        )
    return parsed


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in an article before its topics: ids, countries as ISO alpha-2, quotes."""

    entities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    quotes: tuple[Quote, ...] = ()


class TopicTagger:
    """Finds the topics of an article; the queries are parsed once."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        """Parse the queries of `topics`; QueryError for one that `read_topics` would refuse."""
        self._ids = [topic.id for topic in topics]
        queries = [parse(topic.query) for topic in topics]
        self._candidates = Candidates(queries)
        self._sought = SoughtByLanguage(queries)

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions of all topics, and the ids of the topics that match, in order.

        `found` is what the taggers before this one found. A topic may match without a mention.
        """
        entities, countries = (
            frozenset(mention.tag for mention in found.mentions if mention.kind is kind)
            for kind in (TagKind.ENTITY, TagKind.COUNTRY)
        )
        about = frozenset(found.about)
        return self.find_beside(article, Found(entities, countries, about, found.quotes))

    def find_beside(self, article: Article, beside: Found) -> Tags:
        """Return the same where of what was found before only this is known."""
        zones = self._sought.narrowed(article.text, article.zones, article.language)
        searchable = _searchable(article, zones, beside)
        mentions: list[Mention] = []
        matched: list[str] = []
        for place, spans in self._candidates.matches(searchable):
            topic = self._ids[place]
            matched.append(topic)
            mentions += [
                Mention(
                    kind=TagKind.TOPIC,
                    tag=topic,
                    start=span.start,
                    end=span.end,
                    surface=article.text[span.start : span.end],
                    zone=_zone_at(article, span.start),
                    why=span.term,
                )
                for span in spans
            ]
        return Tags(tuple(mentions), tuple(matched))


def _searchable(article: Article, zones: Sequence[ZoneSpan], beside: Found) -> Searchable:
    return make_searchable(
        article.text,
        zones,
        outlet=article.outlet.id,
        outlet_name=article.outlet.name,
        domain=article.outlet.domain,
        outlet_country=article.outlet.country,
        language=article.language,
        published_day=_published_day(article),
        seen_day=article.fetched_at.date() if article.fetched_at else None,
        entities=beside.entities,
        mentioned=beside.countries,
        about=beside.about,
        quotes=beside.quotes,
    )


def _published_day(article: Article) -> date | None:
    # The publisher's own day, which the store keeps: a text tagged again has no other.
    return article.publication.published_day


def _zone_at(article: Article, offset: int) -> Zone:
    return next(span.zone for span in article.zones if span.start <= offset < span.end)
