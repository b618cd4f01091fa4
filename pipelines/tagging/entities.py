"""An article in, the people, organisations and places of `names/entities.csv` named in it out.

The rules, which an analyst can review:

- A full name or other alias always counts. A short name (a surname, "IS") counts alone where the
  table says so; else only if the article also has the full name, or the short name with a role that
  is its bearer's ("Prime Minister May"), or where the table says so another entity ("Security
  Council" needs the United Nations).
- Of several bearers of a short name it is the one last named in full before it, else the first
  one named in full after it.
- After somebody else's given name a surname is somebody else's ("Michelle Obama"); after
  "National", or a state, a council is another council ("Russian Security Council").
- A role and a name are one mention, of the person: "Russian Foreign Minister Sergei Lavrov". A body
  within the role ("NATO Secretary-General ...") keeps a mention of its own.
- A name and its abbreviation in brackets are one mention: "United Nations Security Council (UNSC)".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType

from pipelines.article import Article, Mention, TagKind, Tags
from pipelines.tagging.declension import variants
from pipelines.tagging.gazetteer import (
    Gazetteer,
    Hit,
    Line,
    Name,
    lines_of,
    read_names,
    read_table,
    split_names,
)
from pipelines.tagging.roles import FoundRole, Role, RoleFinder, given_by, read_roles

PERSON = "person"
_ALWAYS_CASED = 3  # letters; abbreviations up to this length are words too often
_OTHER_COUNCILS = re.compile("(inter)?national|supreme|(russia|iran|ukraine)n?|ukrainian|higher")


@dataclass(frozen=True, slots=True)
class EntityName:
    """What to call an entity: id (a slug), display name, type (person, organisation, place)."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One row of the table; an entity is equal to itself only."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]  # besides the name
    cased: frozenset[str]  # names that must be written just so
    short: tuple[str, ...]
    alone: bool  # a short name counts by itself
    licences: tuple[str, ...]  # entities whose full name lets a short name count
    own_roles: Mapping[str, frozenset[str]]  # title -> states, empty for bodies
    hides_country: bool  # a country in its name is not meant


@dataclass(frozen=True, slots=True)
class _Alias:
    entity: Entity
    text: str
    short: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name found: where, whose it may be, and the role before it."""

    line: Line
    first: int  # word, of the role if there is one
    hit: Hit[_Alias]
    end: int  # offset in the article, behind a closing bracket if there is one
    role: FoundRole | None = None

    @property
    def start(self) -> int:
        return self.line.offset + self.line.words[self.first].start

    def bearers(self) -> list[Entity]:
        """Return the entity that this place names beyond doubt, none if there is a doubt."""
        full = [alias.entity for alias in self.hit.values if not alias.short]
        if full or self.role is None:
            return full
        held = [one.entity for one in self.hit.values if given_by(self.role, one.entity.own_roles)]
        return held if len(held) == 1 else []


def read_entities() -> tuple[Entity, ...]:
    """Return the rows of `names/entities.csv`."""
    states = {row["code"] for row in read_table("countries.csv")}
    return tuple(_entity(row, states) for row in read_table("entities.csv"))


def _entity(row: Mapping[str, str], states: set[str]) -> Entity:
    own: dict[str, frozenset[str]] = {}
    for role in read_roles(row["roles"], states):
        own[role.title] = own.get(role.title, frozenset()) | {role.state}
    aliases, short = split_names(row["aliases"]), split_names(row["short"])
    cased = split_names(row["cased"])
    names = [row["name"], *aliases, *cased, *short]
    return Entity(
        id=row["entity_id"],
        name=row["name"],
        type=row["type"],
        aliases=tuple(dict.fromkeys([*aliases, *(name for name in cased if name not in short)])),
        cased=frozenset(cased) | {name for name in names if _is_short_abbreviation(name)},
        short=tuple(short),
        alone=row["alone"] == "yes",
        licences=(row["entity_id"], *split_names(row["alone"].partition(":")[2])),
        own_roles=MappingProxyType(own),
        hides_country=row["hides_country"] == "yes",
    )


def _is_short_abbreviation(name: str) -> bool:
    return name.isupper() and sum(letter.isalpha() for letter in name) <= _ALWAYS_CASED


class EntityTagger:
    """Finds the mentions of known entities in an article."""

    def __init__(self) -> None:
        """Read the table of entities and the given names of other people."""
        entities = read_entities()
        people = [entity for entity in entities if entity.type == PERSON]
        self._names = Gazetteer(name for entity in entities for name in _names_of(entity))
        self._roles = RoleFinder(
            Role(title, state)
            for person in people
            for title, states in person.own_roles.items()
            for state in states
        )
        self._starts = frozenset(self._names.starts | self._roles.starts)
        first_names = {person.name.split()[0].casefold() for person in people if " " in person.name}
        self._given = first_names | {
            name.casefold() for name in read_names("given_names.txt").split()
        }

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions in order of their place; `found` is not looked at."""
        candidates = [one for line in lines_of(article) for one in self._candidates(line)]
        named: dict[str, list[int]] = {}
        for candidate in candidates:
            for entity in candidate.bearers():
                named.setdefault(entity.id, []).append(candidate.start)
        mentions = (
            _mention(candidate, alias)
            for candidate in candidates
            if (alias := _choose(candidate, named)) is not None
        )
        return Tags(tuple(mentions))

    def _candidates(self, line: Line) -> Iterator[_Candidate]:
        word = 0
        while word < len(line.words):
            candidate = None
            if line.words[word].form in self._starts:
                candidate = self._at(line, word)
            if candidate is None:
                word += 1
                continue
            yield from self._within_role(line, word, candidate.hit.first)
            if candidate.role or not self._somebody_else(line, candidate.hit):
                yield candidate
            word = candidate.hit.stop
            while word < len(line.words) and line.offset + line.words[word].end <= candidate.end:
                word += 1

    def _at(self, line: Line, word: int) -> _Candidate | None:
        """Return what begins at `word`: the longer of a name and of a role with a name."""
        hit = self._names.longest(line, word)
        candidate = self._with_role(line, word)
        if hit and (candidate is None or hit.stop >= candidate.hit.stop):  # "Pope Francis"
            return _bracketed(line, hit, self._names)
        return candidate

    def _with_role(self, line: Line, word: int) -> _Candidate | None:
        for role in self._roles.at(line, word):
            hit = self._names.longest(line, role.stop)
            if hit is not None and any(alias.entity.type == PERSON for alias in hit.values):
                end = line.offset + line.words[hit.stop - 1].end
                return _Candidate(line, word, hit, end, role)
        return None

    def _within_role(self, line: Line, word: int, stop: int) -> Iterator[_Candidate]:
        while word < stop:
            hit = self._names.longest(line, word)
            if hit is not None and hit.stop <= stop:
                yield _Candidate(line, word, hit, line.offset + line.words[hit.stop - 1].end)
                word = hit.stop
            else:
                word += 1

    def _somebody_else(self, line: Line, hit: Hit[_Alias]) -> bool:
        if hit.first == 0 or not all(alias.short for alias in hit.values):
            return False
        before = line.words[hit.first - 1].form
        if hit.values[0].entity.type == PERSON:
            own = {alias.entity.name.split()[0].casefold() for alias in hit.values}
            return before in self._given and before not in own and line.gap(hit.first) == " "
        return bool(_OTHER_COUNCILS.fullmatch(before))


def _names_of(entity: Entity) -> Iterator[Name[_Alias]]:
    full = dict.fromkeys([entity.name, *entity.aliases])
    for text in [*full, *(name for name in entity.short if name not in full)]:
        alias = _Alias(entity, text, text not in full)
        for form in variants(text):
            yield Name(form, alias, cased=text in entity.cased)


def _bracketed(line: Line, hit: Hit[_Alias], names: Gazetteer[_Alias]) -> _Candidate:
    """Return the name found, with the bracket behind it if that has another name of the same."""
    end = line.words[hit.stop - 1].end
    if line.text.startswith(" (", end) and hit.stop < len(line.words):
        inner = names.longest(line, hit.stop)
        ids = {alias.entity.id for alias in hit.values}
        if inner is not None and any(alias.entity.id in ids for alias in inner.values):
            behind = line.words[inner.stop - 1].end
            if line.text.startswith(")", behind):
                end = behind + 1
    return _Candidate(line, hit.first, hit, line.offset + end)


def _choose(candidate: _Candidate, named: Mapping[str, list[int]]) -> _Alias | None:
    """Return whose name it is, None if that cannot be said or it is nobody's in the table."""
    aliases = candidate.hit.values
    if candidate.role:
        aliases = tuple(alias for alias in aliases if alias.entity.type == PERSON)
    sure = set(candidate.bearers())
    if certain := [alias for alias in aliases if alias.entity in sure]:
        return certain[0]
    licensed = [
        (_distance(candidate.start, named[licence]), alias)
        for alias in aliases
        for licence in alias.entity.licences
        if licence in named
    ]
    if licensed:
        return min(licensed, key=itemgetter(0))[1]
    alone = [alias for alias in aliases if alias.entity.alone]
    return alone[0] if len(alone) == 1 else None


def _distance(start: int, places: list[int]) -> tuple[bool, int]:
    """Return how far the nearest place before is; places behind come after all before."""
    before = [start - place for place in places if place <= start]
    return (False, min(before)) if before else (True, min(places) - start)


def _mention(candidate: _Candidate, alias: _Alias) -> Mention:
    line = candidate.line
    why = f"role + name '{alias.text}'" if candidate.role else f"alias '{alias.text}'"
    return Mention(
        kind=TagKind.ENTITY,
        tag=alias.entity.id,
        start=candidate.start,
        end=candidate.end,
        surface=line.text[candidate.start - line.offset : candidate.end - line.offset],
        zone=line.zone,
        why=why,
    )
