"""Tables of names in, entities out: the shipped `names/entities.csv`, and files of the user's own.

A file of one's own has the columns of the shipped one, of which `entity_id`, `name` and `type` must
be there. A row with an id that is known takes the place of the known one; its roles stay. Where
`short` is empty, the last word of a person's name counts as such.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pipelines.config import DEFAULT
from pipelines.errors import ConfigError, why
from pipelines.tagging.gazetteer import read_table, split_names
from pipelines.tagging.offices import Tenure, read_tenures

PERSON = "person"
ORGANISATION = "organisation"
TYPES = (PERSON, "organisation", "place")
COLUMNS = (
    "entity_id",
    "name",
    "type",
    "aliases",
    "cased",
    "short",
    "alone",
    "hides_country",
    "basis",
)
_NEEDED = COLUMNS[:3]
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ALONE = re.compile(r"yes|linked(?::[a-z0-9|-]+)?|")
_ALWAYS_CASED = 3  # letters; abbreviations up to this length are words too often

Row = Mapping[str, str]


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
    own_roles: Mapping[str, frozenset[str]]  # title -> states and bodies
    hides_country: bool  # a country in its name is not meant

    @property
    def full(self) -> tuple[str, ...]:
        """Return the names that always count, without repetition."""
        return tuple(dict.fromkeys([self.name, *self.aliases]))


def read_entities(paths: Sequence[str] = (DEFAULT,)) -> tuple[Entity, ...]:
    """Return the entities of all files; the path "default" is the shipped table.

    A later row of a known id replaces it. Raises ConfigError for a file that cannot be read, an
    unknown column (naming the nearest), and a row that is none, naming its line.
    """
    rows: dict[str, Row] = {}
    for path in paths:
        rows |= _shipped() if path == DEFAULT else _rows_of(Path(path))
    roles = _roles_by_entity()
    return tuple(_entity(row, roles.get(id_, {})) for id_, row in rows.items())


@cache
def _shipped() -> dict[str, Row]:
    return {row["entity_id"]: row for row in read_table("entities.csv")}


@cache
def _roles_by_entity() -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for tenure in read_tenures():
        own = found.setdefault(tenure.entity, {})
        for title in tenure.spellings():
            own[title] = own.get(title, frozenset()) | {tenure.of}
    return found


def _entity(row: Row, roles: Mapping[str, frozenset[str]]) -> Entity:
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
        own_roles=MappingProxyType(dict(roles)),
        hides_country=row["hides_country"] == "yes",
    )


def _is_short_abbreviation(name: str) -> bool:
    return name.isupper() and sum(letter.isalpha() for letter in name) <= _ALWAYS_CASED


def _rows_of(file: Path) -> dict[str, Row]:
    """Return the rows of a file of the user's by id, every column there."""
    try:
        text = file.read_text(encoding="utf-8-sig")  # spreadsheets begin with a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the names in {file}: {why(error)}") from error
    reader = csv.DictReader(io.StringIO(text))
    _check_header(file, reader.fieldnames or ())
    rows: dict[str, Row] = {}
    for row in reader:
        where = f"{file}, line {reader.line_num}"
        if None in row:  # more cells than columns
            raise ConfigError(f"{where} has more cells than the file has columns")
        full = {column: (row.get(column) or "").strip() for column in COLUMNS}
        _check(full, where)
        if full["entity_id"] in rows:
            raise ConfigError(f"{where}: the id `{full['entity_id']}` is given twice; rename one")
        rows[full["entity_id"]] = _with_surname(full)
    return rows


def _check_header(file: Path, header: Iterable[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1, cutoff=0.0)[0]
            raise ConfigError(f"{file}: unknown column `{column}`; the nearest known is `{near}`")
    for column in _NEEDED:
        if column not in header:
            raise ConfigError(f"{file}: the column `{column}` is missing")


def _check(row: Row, where: str) -> None:
    for column in _NEEDED:
        if not row[column]:
            raise ConfigError(f"{where}: `{column}` is empty")
    if not _SLUG.fullmatch(row["entity_id"]):
        raise ConfigError(
            f"{where}: the id `{row['entity_id']}` must be small letters, digits and hyphens: "
            "`jane-doe`"
        )
    if row["type"] not in TYPES:
        near = difflib.get_close_matches(row["type"], TYPES, n=1, cutoff=0.0)[0]
        raise ConfigError(
            f"{where}: `type` must be one of {', '.join(TYPES)}, not {row['type']!r}; "
            f"the nearest is {near}"
        )
    if not _ALONE.fullmatch(row["alone"]):
        raise ConfigError(f"{where}: `alone` must be yes, linked or empty, not {row['alone']!r}")
    if row["hides_country"] not in ("", "yes"):
        raise ConfigError(f"{where}: `hides_country` must be yes or empty")


def _with_surname(row: Row) -> Row:
    *before, last = row["name"].split()
    if row["type"] != PERSON or row["short"] or not before:
        return row
    return {**row, "short": last}


def tenures_of(entities: Iterable[Entity]) -> Iterator[Tenure]:
    """Yield the rows of `names/roles.csv` of these entities."""
    known = {entity.id for entity in entities}
    return (tenure for tenure in read_tenures() if tenure.entity in known)
