"""A tag or a name in, whether it is a person's and which pronoun may stand for them out."""

from collections.abc import Mapping
from functools import cache, lru_cache

from pipelines.tagging.entity_table import Entity, read_entities
from pipelines.tagging.gazetteer import read_table
from pipelines.tagging.quotes.words import word_set

PERSON = "person"
_ENDINGS = {  # Russian patronymics and surnames, also as they are written in Latin script
    "f": (
        "овна",
        "евна",
        "ова",
        "ева",
        "ёва",
        "ина",
        "ская",
        "цкая",
        "ovna",
        "ova",
        "eva",
        "skaya",
    ),
    "m": ("ович", "евич", "ов", "ев", "ёв", "ский", "цкий", "ovich", "evich", "sky", "skiy"),
}
_TITLES = {
    "m": word_set(
        """mr sir lord king prince pope father spokesman chairman congressman businessman imam
        sheikh brother monsignor cardinal archbishop"""
    ),
    "f": word_set(
        """mrs ms miss lady queen princess sister spokeswoman chairwoman congresswoman
        businesswoman actress baroness duchess"""
    ),
}


@cache
def _entities() -> Mapping[str, Entity]:
    return {entity.id: entity for entity in read_entities()}


@lru_cache(maxsize=4096)
def kind_of(tag: str) -> str:
    """Return "person", "organisation" or "place"."""
    kind, colon, _ = tag.partition(":")
    if colon:
        return kind
    entity = _entities().get(tag)
    return entity.type if entity is not None else ""


def name_of(tag: str) -> str:
    """Return the name in a candidate's tag, or the display name of an entity."""
    _, colon, name = tag.partition(":")
    entity = None if colon else _entities().get(tag)
    return entity.name if entity is not None else name or tag


@cache
def _given_names() -> Mapping[str, str]:
    return {row["name"].casefold(): row["gender"] for row in read_table("say_given_names.csv")}


@lru_cache(maxsize=4096)
def gender_of(name: str, title: str = "") -> str:
    """Return "m" or "f" by the word before a name and the name itself, "" where neither says."""
    for gender, titles in _TITLES.items():
        if title in titles:
            return gender
    parts = name.casefold().split()
    if parts and (known := _given_names().get(parts[0].strip("."), "")):
        return known
    if len(parts) > 1:
        for gender, endings in _ENDINGS.items():
            if parts[-1].endswith(endings):
                return gender
    return ""
