"""The table of state bodies in, ids and names of the body of each state out.

`names/state_bodies.toml` has the kinds ("foreign ministry") and what they are called; which states
there are says `names/countries.csv`. Joined, they make one id for each body: `kenyan-parliament`,
"Kenyan Parliament". A body that `names/entities.csv` has keeps its id and name there (`known`). An
embassy is one of two states: `us-embassy-in-iraq`.

A `[[kind]]` has an `id`, a `name` and its forms by language; `*` in a form is where an adjective
may stand, `|` ends the part of a form in Cyrillic that changes with the case. `cased` forms must be
written just so; with `capital` the first letter must be a capital. `only` and `not` say which
states have such a body. Bodies of one `group` share the words that stand for them later ("the
ministry"). Several rows of one id are one kind, with different words in different states.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pipelines.tagging.entity_table import ORGANISATION, EntityName
from pipelines.tagging.gazetteer import read_names, read_table, split_names

FILE = "state_bodies.toml"
LANGUAGES = ("en", "ru", "uk", "fr", "es", "de")
EMBASSY, GOVERNMENT, UN_MISSION = "embassy", "government", "un-mission"
# "in the United States"
_WITH_ARTICLE = frozenset(split_names("AE|BS|CD|CF|CG|DO|GM|KM|MH|MV|NL|PH|SB|SC|US|GB"))
_IN = f"-{EMBASSY}-in-"
_NO_LETTER = re.compile("[^a-z0-9]+")
BASIS = (
    "composed of a kind of state body and a state, both written by us from general knowledge: "
    "state_bodies.toml, countries.csv"
)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One row of the table: a kind of body, and how it is called in some states or all."""

    id: str
    name: str
    group: str
    only: frozenset[str]  # codes; empty: all
    without: frozenset[str]
    known: Mapping[str, str]  # code -> id in `entities.csv`
    capital: bool
    forms: Mapping[str, tuple[str, ...]]  # by language; "cased" as written

    def admits(self, code: str) -> bool:
        """Return whether the state of this code has such a body under these words."""
        if self.id == UN_MISSION:
            return code in self.known
        return code not in self.without and (not self.only or code in self.only)

    @property
    def key(self) -> str:
        """Return what bodies must share for the one kind's name to mean either of them."""
        return f"{self.group}: {self.id}" if self.group in GENERIC else self.group or self.id


GENERIC = frozenset({"ministry", "department"})  # groups of several kinds


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one state, or of one state in another."""

    id: str
    kind: Kind
    code: str
    host: str = ""  # of an embassy


@dataclass(frozen=True, slots=True)
class StateBodies:
    """The table as it is read."""

    kinds: tuple[Kind, ...]
    generic: tuple[Kind, ...]  # their id is empty
    called: Mapping[str, str]  # code -> adjective, of every state
    no_names: frozenset[str]  # of `countries.csv`

    def body(self, kind: Kind, code: str, host: str = "") -> Body:
        """Return the body of this kind in a state that admits it."""
        known = kind.known.get(code)
        own = slug(self.called[code])
        if host:
            return Body(f"{own}{_IN}{slug(_countries()[host])}", kind, code, host)
        return Body(known or f"{own}-{kind.id}", kind, code)


@cache
def state_bodies() -> StateBodies:
    """Return the shipped table."""
    rows = tomllib.loads(read_names(FILE))
    no_states = frozenset(rows["words"]["no_states"].split())
    unfit = frozenset(rows["words"]["no_names"])
    called = {
        row["code"]: rows["called"].get(row["code"]) or _adjective(row, unfit)
        for row in read_table("countries.csv")
        if row["code"] not in no_states
    }
    return StateBodies(
        tuple(_kind(row) for row in rows["kind"]),
        tuple(_kind({"id": "", "name": "", **row}) for row in rows["generic"]),
        MappingProxyType(called),
        unfit,
    )


def _adjective(row: Mapping[str, str], unfit: frozenset[str]) -> str:
    fit = [one for one in split_names(row["adjectives"]) if one not in unfit]
    return fit[0] if fit and fit[0].isascii() else row["name"]


def _kind(row: Mapping[str, object]) -> Kind:
    def _texts(key: str) -> tuple[str, ...]:
        found = row.get(key, ())
        return tuple(map(str, found)) if isinstance(found, Sequence) else ()

    known = row.get("known", {})
    return Kind(
        id=str(row["id"]),
        name=str(row["name"]),
        group=str(row.get("group", "")),
        only=frozenset(_texts("only")),
        without=frozenset(_texts("not")),
        known=MappingProxyType(dict(known) if isinstance(known, Mapping) else {}),
        capital=bool(row.get("capital", False)),
        forms=MappingProxyType({key: _texts(key) for key in (*LANGUAGES, "cased")}),
    )


def slug(name: str) -> str:
    """Return a name as a part of an id: small letters without accents, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'", ""))
    return _NO_LETTER.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")


@cache
def _countries() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in read_table("countries.csv")}


@cache
def known_bodies() -> Mapping[str, Body]:
    """Return the bodies that `entities.csv` has, by id."""
    found: dict[str, Body] = {}
    for kind in state_bodies().kinds:
        for code, known in kind.known.items():
            found.setdefault(known, Body(known, kind, code))
    return MappingProxyType(found)


@cache
def composed_names() -> Mapping[str, EntityName]:
    """Return the names of the composed bodies by id, embassies left out: of those are too many."""
    return MappingProxyType(
        {one: EntityName(one, _name(body), ORGANISATION) for one, body in _composed().items()}
    )


@cache
def _composed() -> Mapping[str, Body]:
    """Return every composed body by id; of two rows that have it, that of the fewer states."""
    table = state_bodies()
    bodies: dict[str, Body] = {}
    for kind in sorted(table.kinds, key=lambda one: bool(one.only)):
        if kind.id in (EMBASSY, UN_MISSION):
            continue
        for code in table.called:
            if kind.admits(code) and code not in kind.known:
                body = table.body(kind, code)
                bodies[body.id] = body
    return MappingProxyType(bodies)


def _name(body: Body) -> str:
    called = state_bodies().called[body.code]
    if body.host:
        the = "the " if body.host in _WITH_ARTICLE else ""
        return f"{called} Embassy in {the}{_countries()[body.host]}"
    return f"{called} {body.kind.name}"


def embassy_of(entity_id: str) -> Body | None:
    """Return the embassy of this id, None where it is none."""
    sender, _, host = entity_id.partition(_IN)
    code, at = _codes().get(sender, ""), _hosts().get(host, "")
    if not (code and at):
        return None
    kind = next(kind for kind in state_bodies().kinds if kind.id == EMBASSY)
    return state_bodies().body(kind, code, at)


def embassy_name(entity_id: str) -> EntityName | None:
    """Return the name of the embassy of this id, None where it is none."""
    body = embassy_of(entity_id)
    return EntityName(entity_id, _name(body), ORGANISATION) if body else None


@cache
def _codes() -> Mapping[str, str]:
    return {slug(called): code for code, called in state_bodies().called.items()}


@cache
def _hosts() -> Mapping[str, str]:
    return {slug(name): code for code, name in _countries().items()}


def body_of(entity_id: str) -> Body | None:
    """Return the body that an id stands for, None where it is no state body."""
    listed = known_bodies().get(entity_id) or _composed().get(entity_id)
    return listed or embassy_of(entity_id)


def words_for(body: Body) -> list[str]:
    """Return the words that make a body of its kind beside a name of its state, in any language."""
    forms = (
        text.replace(" * ", " ").replace("|", " ")
        for kind in state_bodies().kinds
        if kind.id == body.kind.id and kind.admits(body.code)
        for texts in kind.forms.values()
        for text in texts
    )
    return list(dict.fromkeys(forms))


class BodyNames(Mapping[str, EntityName]):
    """Names by id that also know every embassy when asked for it; none is listed."""

    def __init__(self, listed: Mapping[str, EntityName]) -> None:
        """Take the names that are listed."""
        self._listed = listed

    def __getitem__(self, entity_id: str) -> EntityName:
        """Return the name of an entity; raise KeyError for what is none."""
        found = self._listed.get(entity_id) or embassy_name(entity_id)
        if found is None:
            raise KeyError(entity_id)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the ids that are listed."""
        return iter(self._listed)

    def __len__(self) -> int:
        """Return how many are listed."""
        return len(self._listed)
