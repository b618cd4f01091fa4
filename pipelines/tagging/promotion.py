"""A candidate name in, a row in a file of names of the user's own out: `promote`."""

import csv
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import ConfigError, why
from pipelines.tagging.entity_table import COLUMNS, Entity, read_entities

_MOVED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Ł": "l"})


@dataclass(frozen=True, slots=True)
class Promoted:
    """A name that is to become an entity."""

    name: str
    type: str  # person, organisation, place
    aliases: tuple[str, ...] = ()


def promote(file: Path, new: Promoted, known: Sequence[Entity]) -> str:
    """Append a row to `file`, which is made where there is none; return the new id.

    Raises ConfigError where one of the names is a known entity's already, where the name has
    nothing to make an id of, and where the file cannot be read or written.
    """
    rows = read_entities([str(file)]) if file.exists() else ()
    everyone = (*known, *rows)
    _refuse_known(new, everyone)
    entity_id = _free_id(new.name, {one.id for one in everyone})
    row = {
        "entity_id": entity_id,
        "name": new.name,
        "type": new.type,
        "aliases": "|".join(new.aliases),
        "basis": "promoted from the names of articles",
    }
    try:
        _append(file, row)
    except OSError as error:
        raise ConfigError(f"cannot add {new.name!r} to {file}: {why(error)}") from error
    return entity_id


def _refuse_known(new: Promoted, everyone: Sequence[Entity]) -> None:
    owners = {text.casefold(): one.id for one in everyone for text in one.full}
    for text in (new.name, *new.aliases):
        if text.casefold() in owners:
            raise ConfigError(f"{text!r} is `{owners[text.casefold()]}` already: nothing was added")


def _append(file: Path, row: dict[str, str]) -> None:
    columns = _columns(file) if file.exists() else []
    if columns and row["aliases"] and "aliases" not in columns:
        raise ConfigError(f"{file} has no column `aliases`: add one to its header")
    ends = not columns or file.read_bytes().endswith(b"\n")
    with file.open("a", encoding="utf-8", newline="") as opened:
        opened.write("" if ends else "\n")
        names = columns or list(COLUMNS)
        writer = csv.DictWriter(opened, names, extrasaction="ignore", lineterminator="\n")
        if not columns:
            writer.writeheader()
        writer.writerow(row)


def _columns(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened).fieldnames or ())


def _free_id(name: str, taken: set[str]) -> str:
    slug = slug_of(name)
    if not slug:
        raise ConfigError(
            f"{name!r} has no Latin letter to make an id of: give the name in Latin letters and "
            "this one as an alias"
        )
    return free_slug(slug, taken)


def slug_of(name: str) -> str:
    """Return a name as the small Latin letters, digits and hyphens of an id; empty without any."""
    plain = unicodedata.normalize("NFKD", name.translate(_MOVED))
    plain = plain.encode("ascii", "ignore").decode().lower().replace("'", "").replace(".", "")
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def free_slug(slug: str, taken: Collection[str]) -> str:
    """Return `slug`, with a number behind it where it is taken."""
    number = 1
    while (free := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return free
