"""Say in words what a query asks: names of series, and filters as one sentence.

Countries are called as the user says in `country_names` of the settings, else by their English
names; people, organisations and places as the shipped table says and the user's own files of names.
Names are only shown: what is stored, compared and linked are codes and ids.
"""

from collections.abc import Mapping, Sequence

from pipelines.config import DEFAULT
from pipelines.query import Query
from pipelines.store import Store
from pipelines.store.asking.select import ALL, UNKNOWN, series_of
from pipelines.tagging import EntityName, country_names, entity_names


def series_names(store: Store, query: Query) -> dict[str, str]:
    """Return series id -> display name for every series of the query."""
    topics = dict(zip(*(store.topics()[name] for name in ("id", "name")), strict=True))
    entities = known_entities()
    names = {}
    for series, kind, tag in series_of(query):
        if kind == ALL:
            names[series] = "All articles"
        elif kind == "topic":
            names[series] = topics.get(tag, tag)
        elif kind == "entity":
            names[series] = entities[tag].name if tag in entities else tag
        else:
            names[series] = tag
    return names


_shown: dict[str, str] = {}  # set once, when a process has read its settings


def show_countries_as(names: Mapping[str, str]) -> None:
    """Call countries by these names from now on, by code; the others by their English names."""
    _shown.clear()
    _shown.update(names)


def countries_shown_as() -> dict[str, str]:
    """Return the names that `show_countries_as` was given last, by code."""
    return dict(_shown)


_files: list[str] = [DEFAULT]  # set once, as above


def show_entities_of(files: Sequence[str]) -> None:
    """Name entities by these files of names from now on ("default" is the shipped table)."""
    _files[:] = files


def known_entities() -> Mapping[str, EntityName]:
    """Return the name and type of every known entity by id."""
    return entity_names(tuple(_files))


def entity_labels(*asked: str) -> dict[str, str]:
    """Return what entities are called, by id; embassies are too many, so only those asked for."""
    known = known_entities()
    named = {entity_id: entity.name for entity_id, entity in known.items()}
    return named | {one: known[one].name for one in asked if one in known}


def country_labels() -> dict[str, str]:
    """Return what every known country is called, by code."""
    return {**country_names(), **_shown}


def country_label(code: str) -> str:
    """Return what a country is called; "unknown" for none, the code where it is not listed."""
    if not code or code == UNKNOWN:
        return UNKNOWN
    return _shown.get(code) or country_names().get(code, code)


def filters_in_words(store: Store, query: Query) -> str:
    """Return the query's filters as text: "published in Russia; mentions Syria"; empty if none."""
    outlets = {}
    if query.outlets:
        rows = store.group_counts(Query(), "outlet")
        outlets = dict(zip(rows["value"], rows["label"], strict=True))
    parts = [
        ("published in", [country_label(code) for code in query.outlet_countries]),
        ("about", [country_label(code) for code in query.about]),
        ("filed from", [country_label(code) for code in query.dateline]),
        ("mentions", [country_label(code) for code in query.mentioned]),
        ("language", list(query.languages)),
        ("outlet", [outlets.get(outlet, outlet) for outlet in query.outlets]),
        ("within", [query.within] if query.within else []),
        ("guessed dates placed", [""] if query.guesses else []),
    ]
    return "; ".join(f"{words} {' or '.join(names)}".strip() for words, names in parts if names)
