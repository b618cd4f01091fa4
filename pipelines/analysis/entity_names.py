"""Under which names an entity is counted, and when: the row of the table, for readers."""

import pandas as pd

from pipelines.analysis.labels import country_label
from pipelines.tagging import country_names
from pipelines.tagging.entity_table import Entity, read_entities
from pipelines.tagging.gazetteer import read_table, split_names

COLUMNS = ("name", "counts")


def names_of(entity_id: str) -> pd.DataFrame:
    """Return name, counts: each name of an entity and when it counts, in words; none if unknown."""
    entity = next((one for one in read_entities() if one.id == entity_id), None)
    if entity is None:
        return pd.DataFrame({column: pd.Series(dtype="str") for column in COLUMNS})
    names = dict.fromkeys((entity.name, *entity.aliases, *entity.short))
    return pd.DataFrame({"name": list(names), "counts": [_when(entity, one) for one in names]})


def _when(entity: Entity, name: str) -> str:
    full = name == entity.name or name in entity.aliases
    spelling = "written just so" if name in entity.cased else ""
    alone = full or entity.alone
    beside = "" if alone else "where the article also has the full name, or a role of this person"
    if not alone and len(entity.licences) > 1:
        beside = "where the article also has the full name, or one that goes with it"
    return " and ".join(filter(None, [spelling, beside])) or "always"


def roles_of(entity_id: str) -> list[str]:
    """Return the roles the table gives a person, "Foreign Minister (Russia)", in its order."""
    states = country_names()
    roles = []
    for text in split_names(_row(entity_id).get("roles", "")):
        state, _, title = text.partition(" ")
        roles.append(f"{title} ({country_label(state)})" if state in states else text)
    return roles


def basis_of(entity_id: str) -> str:
    """Return what the table's row rests on; empty where nothing is said."""
    return _row(entity_id).get("basis", "")


def _row(entity_id: str) -> dict[str, str]:
    rows = (row for row in read_table("entities.csv") if row["entity_id"] == entity_id)
    return next(rows, {})
