"""An article in, the people, organisations and places of `names/entities.csv` named in it out.

The rules, which an analyst can review:

- A full name or other alias always counts. A short name (a surname, "IS") counts alone where the
  table says so; else only if the article also has the full name, or the short name with a role that
  is its bearer's ("Prime Minister May"), or where the table says so another entity ("Security
  Council" needs the United Nations).
- Of several bearers of a short name it is the one last named in full before it, else the first
  one named in full after it; somebody whom the table does not know may be one of them ("Michelle
  Obama"), and then it is nobody's, unless somebody for whom it counts alone was named before him.
  Of several who held a role it is who held it at the time.
- After "National", or a state, a council is another council ("Russian Security Council"), and so is
  one of the United Nations' before somebody else: "Security Council of Russia".
- A role and a name are one mention, of the person: "Russian Foreign Minister Sergei Lavrov". A body
  within the role ("NATO Secretary-General ...") keeps a mention of its own.
- A role that stands alone ("the Russian foreign minister") is a mention of who held it when the
  article was published: see `offices.py` for when, and `roles.py` for what stands alone. A year
  before his time in the same sentence makes it nobody's.
- A name and its abbreviation in brackets are one mention: "United Nations Security Council (UNSC)".

`why` says which alias or role, what let a short name count, and how many bearers there were.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from pipelines.article import Article, Mention, TagKind, Tags
from pipelines.tagging.bodies import place_of_name
from pipelines.tagging.declension import variants
from pipelines.tagging.entity_table import ORGANISATION, PERSON, Entity, tenures_of
from pipelines.tagging.gazetteer import Gazetteer, Hit, Line, Name, lines_of, read_names
from pipelines.tagging.linking import nearest
from pipelines.tagging.offices import Days, Offices, days_of, earlier_year
from pipelines.tagging.roles import (
    FoundRole,
    Role,
    RoleFinder,
    before_name,
    given_by,
    stands_alone,
)

_OTHER_COUNCILS = re.compile("(inter)?national|supreme|(russia|iran|ukraine)n?|ukrainian|higher")
_OF_ANOTHER = re.compile(
    r" of (?:the )?(?!UN\b|U\.N|United Nations)[A-Z]| (?:РФ|России|Ирана|Украины|Турции)\b"
)


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
    held: frozenset[str] = frozenset()  # who held the role at the time, of several bearers
    rival: bool = False  # somebody else's, whom the table does not know

    @property
    def start(self) -> int:
        return self.line.offset + self.line.words[self.first].start

    def word_behind(self) -> int:
        """Return the first word behind the name, and behind its bracket."""
        word, words = self.hit.stop, self.line.words
        while word < len(words) and self.line.offset + words[word].end <= self.end:
            word += 1
        return word

    def bearers(self) -> list[_Alias]:
        """Return whom this place names beyond doubt, nobody if there is a doubt."""
        full = [alias for alias in self.hit.values if not alias.short]
        if full or self.role is None:
            return full
        given = [one for one in self.hit.values if given_by(self.role, one.entity.own_roles)]
        if len(given) > 1:
            given = [one for one in given if one.entity.id in self.held]
        return given if len(given) == 1 else []


@dataclass(frozen=True, slots=True)
class _Naming:
    """A place where somebody is named in full."""

    start: int
    text: str  # the alias


_RIVAL = "?"  # before a short name: somebody else of that name is named
_SEEN = "="  # before a short name: it stands there alone, where it may
_Named = dict[str, list[_Naming]]  # by the id of an entity, or by one of the two


class EntityTagger:
    """Finds the mentions of known entities in an article."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        """Take the entities to find; roles and the given names of other people are read."""
        self._names = Gazetteer(name for entity in entities for name in _names_of(entity))
        tenures = list(tenures_of(entities))
        bodies = {tenure.of for tenure in tenures}
        self._offices = Offices(tenures)
        self._roles = RoleFinder(
            (Role(title, tenure.of) for tenure in tenures for title in tenure.spellings()),
            (name for one in entities if one.id in bodies for name in _names_of_body(one)),
        )
        self._role_starts = frozenset(self._roles.starts)
        self._starts = frozenset(self._names.starts | self._role_starts)
        self._seconds = {
            form: after
            for form, after in self._names.seconds().items()
            if form not in self._role_starts
        }
        self._given = _given_names(entities)

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions in order of their place; `found` is not looked at."""
        days = days_of(article.publication)
        candidates: list[_Candidate] = []
        alone: list[Mention] = []
        for line in lines_of(article):
            for one in self._in_line(line, days):
                candidates.append(one) if isinstance(one, _Candidate) else alone.append(one)
        named = _places(candidates, alone)
        mentions = [
            _mention(candidate, *chosen)
            for candidate in candidates
            if (chosen := _choose(candidate, named)) is not None
        ]
        if alone:
            mentions = sorted([*mentions, *alone], key=attrgetter("start", "end"))
        return Tags(tuple(mentions))

    def _in_line(self, line: Line, days: Days | None) -> Iterator[_Candidate | Mention]:
        free = 0  # the first word behind the last name
        for word in self._beginnings(line):
            if word < free:
                continue
            roles = self._roles_at(line, word)
            candidate = self._at(line, word, roles, days)
            if days and (candidate is None or candidate.role is None):
                yield from self._alone(line, roles, days)
            if candidate is None:
                continue
            yield from self._within_role(line, word, candidate.hit.first)
            rival = candidate.role is None and self._somebody_else(line, candidate.hit)
            if rival is not None:
                yield replace(candidate, rival=True) if rival else candidate
            free = candidate.word_behind()

    def _beginnings(self, line: Line) -> Iterator[int]:
        """Yield where a name or role may begin, by this word and the next: it is quick."""
        forms = line.forms
        for word in line.beginning(self._starts):
            after = self._seconds.get(forms[word])
            if after is None or (word + 1 < len(forms) and forms[word + 1] in after):
                yield word

    def _roles_at(self, line: Line, word: int) -> tuple[FoundRole, ...]:
        return self._roles.at(line, word) if line.words[word].form in self._role_starts else ()

    def _at(
        self, line: Line, word: int, roles: tuple[FoundRole, ...], days: Days | None
    ) -> _Candidate | None:
        """Return what begins at `word`: the longer of a name and of a role with a name."""
        hit = self._names.longest(line, word)
        candidate = self._with_role(line, roles, days)
        if hit and (candidate is None or hit.stop >= candidate.hit.stop):  # "Pope Francis"
            return _with_initial(line, hit) or _bracketed(line, hit, self._names)
        return candidate

    def _with_role(
        self, line: Line, roles: tuple[FoundRole, ...], days: Days | None
    ) -> _Candidate | None:
        for role in roles:
            hit = self._names.longest(line, role.stop) if before_name(line, role) else None
            if hit is not None and any(alias.entity.type == PERSON for alias in hit.values):
                end = line.offset + line.words[hit.stop - 1].end
                held = self._offices.holders(role.roles, days) if len(hit.values) > 1 else ()
                return _Candidate(line, role.first, hit, end, role, frozenset(held))
        return None

    def _alone(self, line: Line, roles: tuple[FoundRole, ...], days: Days) -> Iterator[Mention]:
        """Yield the mention of the holder of a role that stands alone, nothing if in doubt."""
        for role in roles:
            tenure = self._offices.holder(role.roles, days)
            if tenure is None or not stands_alone(line, role):
                continue
            start = line.words[role.first].start
            end = line.words[role.stop - 1].end
            if self._named_behind(line, role) or earlier_year(line.text, start, end, tenure):
                return
            surface = line.text[start:end]
            yield Mention(
                kind=TagKind.ENTITY,
                tag=tenure.entity,
                start=line.offset + start,
                end=line.offset + end,
                surface=surface,
                zone=line.zone,
                why=f"role '{surface}', held {tenure.held_from} to {tenure.held_to or 'now'}",
            )
            return

    def _named_behind(self, line: Line, role: FoundRole) -> bool:
        """Return whether a name of the table follows, with or without a comma."""
        if role.stop == len(line.words) or line.gap(role.stop) not in (" ", ", "):
            return False
        return self._names.longest(line, role.stop) is not None

    def _within_role(self, line: Line, word: int, stop: int) -> Iterator[_Candidate]:
        while word < stop:
            hit = self._names.longest(line, word)
            if hit is not None and hit.stop <= stop:
                yield _Candidate(line, word, hit, line.offset + line.words[hit.stop - 1].end)
                word = hit.stop
            else:
                word += 1

    def _somebody_else(self, line: Line, hit: Hit[_Alias]) -> bool | None:
        """Return whether another person of that surname is named; None: another body is."""
        if not all(alias.short for alias in hit.values):
            return False
        end = line.words[hit.stop - 1].end
        if "united-nations" in hit.values[0].entity.licences and _OF_ANOTHER.match(line.text, end):
            return None
        if hit.first == 0:
            return False
        before = line.words[hit.first - 1].form
        if hit.values[0].entity.type == PERSON:
            own = {_given_name(alias.entity) for alias in hit.values}
            return before in self._given and before not in own and line.gap(hit.first) == " "
        return None if _OTHER_COUNCILS.fullmatch(before) else False


def _given_names(entities: Sequence[Entity]) -> frozenset[str]:
    """Return the given names of the people of the table and of others, and "lady"."""
    people = [one for one in entities if one.type == PERSON and " " in one.name]
    own = {given for person in people if len(given := _given_name(person)) > 2}  # not "to"
    others = {name.casefold() for name in read_names("given_names.txt").split()}
    return frozenset(own | others | {"lady"})  # "First Lady Obama"


def _names_of(entity: Entity) -> Iterator[Name[_Alias]]:
    for text in [*entity.full, *(name for name in entity.short if name not in entity.full)]:
        alias = _Alias(entity, text, text not in entity.full)
        for form in variants(text):
            yield Name(form, alias, cased=text in entity.cased)


def _names_of_body(entity: Entity) -> Iterator[Name[str]]:
    for text in [*entity.full, *entity.short]:
        for form in variants(text):
            yield Name(form, entity.id, cased=text in entity.cased)


def _given_name(person: Entity) -> str:
    return person.name.split()[0].casefold()


def _with_initial(line: Line, hit: Hit[_Alias]) -> _Candidate | None:
    """Return a surname with given name and middle initial before it as the full name it is."""
    first = hit.first - 2
    if first < 0 or len(line.words[first + 1].form) > 1 or line.gap(first + 1) != " ":
        return None
    if line.gap(hit.first) not in (". ", " ") or not line.capital(first + 1):
        return None
    given = line.words[first].form
    full = tuple(
        _Alias(alias.entity, alias.entity.name, short=False)
        for alias in hit.values
        if alias.short and alias.entity.type == PERSON and _given_name(alias.entity) == given
    )
    if len(full) != 1:
        return None
    end = line.offset + line.words[hit.stop - 1].end
    return _Candidate(line, first, Hit(first, hit.stop, full), end)


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


def _places(candidates: Sequence[_Candidate], alone: Sequence[Mention]) -> _Named:
    """Return where each entity is named beyond doubt, and where others of its name may be."""
    named: _Named = {}
    for candidate in candidates:
        short = candidate.hit.values[0].text
        for alias in candidate.bearers():
            naming = _Naming(candidate.start, alias.text)
            named.setdefault(alias.entity.id, []).append(naming)
        if candidate.rival:
            named.setdefault(_RIVAL + short, []).append(_Naming(candidate.start, ""))
        elif any(alias.entity.alone for alias in candidate.hit.values):
            named.setdefault(_SEEN + short, []).append(_Naming(candidate.start, ""))
    for mention in alone:
        named.setdefault(mention.tag, []).append(_Naming(mention.start, mention.surface))
    return named


def _choose(candidate: _Candidate, named: _Named) -> tuple[_Alias, str] | None:
    """Return whose name it is and what let it count; None if it is nobody's in the table."""
    if candidate.rival:
        return None
    aliases = candidate.hit.values
    if candidate.role:
        aliases = tuple(alias for alias in aliases if alias.entity.type == PERSON)
    sure = {alias.entity for alias in candidate.bearers()}
    if certain := [alias for alias in aliases if alias.entity in sure]:
        return certain[0], ""
    return _linked(candidate.start, aliases, named)


def _linked(start: int, aliases: Sequence[_Alias], named: _Named) -> tuple[_Alias, str] | None:
    """Return the bearer of a short name whom the article names in full, or who needs no naming."""
    alone = [alias for alias in aliases if alias.entity.alone]
    whose = _licensed(aliases, named)
    bearers = [*whose, *_rivals(aliases, alone, named)]
    if not bearers:
        return (alone[0], "") if len(alone) == 1 else None
    places = {one: [naming.start for naming in named[one]] for one in bearers}
    chosen = nearest(start, places)
    if chosen not in whose:
        return None
    alias = whose[chosen]
    if alias.entity.alone and len(places) == 1:
        return alias, ""
    return alias, _licence(start, named[chosen], len(places))


def _licensed(aliases: Sequence[_Alias], named: _Named) -> dict[str, _Alias]:
    """Return who is named in full and lets a short name count, and whose name it then is."""
    found: dict[str, _Alias] = {}
    for alias in aliases:
        for licence in alias.entity.licences:
            if licence in named:
                found.setdefault(licence, alias)
    return found


def _rivals(aliases: Sequence[_Alias], alone: Sequence[_Alias], named: _Named) -> list[str]:
    """Return the key of somebody else of that name who may be meant, nothing if there is none."""
    rival = _RIVAL + aliases[0].text if aliases else ""
    if rival not in named:
        return []
    known = [_SEEN + aliases[0].text, *(alias.entity.id for alias in alone)]
    return [] if alone and _comes_first(known, rival, named) else [rival]


def _comes_first(known: Sequence[str], rival: str, named: _Named) -> bool:
    """Return whether who is known by the short name is named before anybody else of that name."""
    return any(one in named and named[one][0].start < named[rival][0].start for one in known)


def _licence(start: int, namings: Sequence[_Naming], bearers: int) -> str:
    """Return which full name let a short name at `start` count, and how many bearers there were."""
    by_place = {naming.start: naming.text for naming in namings}
    place = nearest(start, {place: [place] for place in by_place})
    several = f"; of {bearers} bearers the one named nearest" if bearers > 1 else ""
    return f" {'after' if place <= start else 'before'} '{by_place[place]}'{several}"


def _mention(candidate: _Candidate, alias: _Alias, licence: str) -> Mention:
    line = candidate.line
    rule = "role + name" if candidate.role else "alias"
    start, end = candidate.start - line.offset, candidate.end - line.offset
    if alias.entity.type == ORGANISATION:
        start, end = place_of_name(line.text, start, end, alias.entity)
    elif alias.text.endswith(".") and line.text.startswith(".", end):  # "Joseph R. Biden Jr."
        end += 1
    return Mention(
        kind=TagKind.ENTITY,
        tag=alias.entity.id,
        start=line.offset + start,
        end=line.offset + end,
        surface=line.text[start:end],
        zone=line.zone,
        why=f"{rule} '{alias.text}'{licence}",
    )
