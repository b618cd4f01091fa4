"""Under which names an entity is counted, and when: the row of the table, for readers."""

import pandas as pd

from pipelines.analysis.labels import country_label, known_entities
from pipelines.tagging import country_names
from pipelines.tagging.entity_table import Entity, read_entities
from pipelines.tagging.gazetteer import read_table
from pipelines.tagging.offices import Tenure, read_tenures
from pipelines.tagging.state_bodies.table import BASIS, EMBASSY, Body, body_of, words_for

COLUMNS = ("name", "counts")


def names_of(entity_id: str) -> pd.DataFrame:
    """Return name, counts: each name of an entity and when it counts, in words; none if unknown.

    Of a state body also the words that make it one beside a name of its state.
    """
    entity = next((one for one in read_entities() if one.id == entity_id), None)
    body = body_of(entity_id)
    names = dict.fromkeys((entity.name, *entity.aliases, *entity.short)) if entity else {}
    rows = [(one, _when(entity, one)) for one in names if entity]
    if body is not None:
        rows += [(one, _beside(body)) for one in words_for(body) if one not in names]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("str")


def _beside(body: Body) -> str:
    state = f"beside a name or adjective of {country_label(body.code)}"
    if body.kind.id == EMBASSY:
        return f"{state}, with a place in {country_label(body.host)} behind"
    return f"{state}, or alone where it is the only such body that the article names"


def _when(entity: Entity, name: str) -> str:
    full = name == entity.name or name in entity.aliases
    spelling = "written just so" if name in entity.cased else ""
    alone = full or entity.alone
    beside = "" if alone else "where the article also has the full name, or a role of this person"
    if not alone and len(entity.licences) > 1:
        beside = "where the article also has the full name, or one that goes with it"
    return " and ".join(filter(None, [spelling, beside])) or "always"


def roles_of(entity_id: str) -> list[str]:
    """Return the roles the table gives a person, "foreign minister (Russia), from 2004-03-09"."""
    return [_role(one) for one in read_tenures() if one.entity == entity_id]


def _role(tenure: Tenure) -> str:
    of = tenure.of
    owner = country_label(of) if of in country_names() else _name(of) if of else ""
    held = [f"from {tenure.held_from}"] if tenure.held_from else []
    held += [f"to {tenure.held_to}"] if tenure.held_to else []
    return ", ".join([f"{tenure.title} ({owner})" if owner else tenure.title, *held])


def _name(entity_id: str) -> str:
    known = known_entities()
    return known[entity_id].name if entity_id in known else entity_id


def basis_of(entity_id: str) -> str:
    """Return what the table's row rests on; empty where nothing is said."""
    row = _row(entity_id)
    return row.get("basis", "") if row or body_of(entity_id) is None else BASIS


def _row(entity_id: str) -> dict[str, str]:
    rows = (row for row in read_table("entities.csv") if row["entity_id"] == entity_id)
    return next(rows, {})
