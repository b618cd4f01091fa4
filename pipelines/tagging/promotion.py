"""A candidate name in, a row in a file of names of the user's own out: `promote`."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import ConfigError
from pipelines.tagging.entity_table import COLUMNS, Entity, read_entities

_MOVED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "Ł": "l"})


def promote(
    file: Path, name: str, kind: str, aliases: Sequence[str], known: Sequence[Entity]
) -> str:
    """Append a row to `file`, which is made where there is none; return the new id.

    Raises ConfigError where one of the names is a known entity's already, where the name has
    nothing to make an id of, and where the file cannot be read or written.
    """
    rows = read_entities([str(file)]) if file.exists() else ()
    owners = {text.casefold(): one.id for one in (*known, *rows) for text in one.full}
    for text in (name, *aliases):
        if text.casefold() in owners:
            raise ConfigError(f"{text!r} is `{owners[text.casefold()]}` already: nothing was added")
    new = _free_id(name, {one.id for one in (*known, *rows)})
    columns = _columns(file) if rows else list(COLUMNS)
    if aliases and "aliases" not in columns:
        raise ConfigError(
            f"{file} has no column `aliases` for {aliases[0]!r}: add one to its header"
        )
    row = {"entity_id": new, "name": name, "type": kind, "aliases": "|".join(aliases)}
    row["basis"] = "promoted from the names of articles"
    try:
        ends = not rows or file.read_bytes().endswith(b"\n")
        with file.open("a", encoding="utf-8", newline="") as opened:
            opened.write("" if ends else "\n")
            writer = csv.DictWriter(opened, columns, extrasaction="ignore", lineterminator="\n")
            if not rows and not file.stat().st_size:
                writer.writeheader()
            writer.writerow(row)
    except OSError as error:
        raise ConfigError(f"cannot add {name!r} to {file}: {error}") from error
    return new


def _columns(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened).fieldnames or ())


def _free_id(name: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_MOVED))
    plain = plain.encode("ascii", "ignore").decode().lower().replace("'", "").replace(".", "")
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if not slug:
        raise ConfigError(
            f"{name!r} has no Latin letter to make an id of: give the name in Latin letters and "
            "this one as an alias"
        )
    number = 1
    while (free := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return free
