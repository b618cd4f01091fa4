"""Say in words what a query asks: names of series, and filters as one sentence."""

from pipelines.query import Query
from pipelines.store import Store
from pipelines.store.select import ALL, UNKNOWN, series_of
from pipelines.tagging import country_names, entity_names


def series_names(store: Store, query: Query) -> dict[str, str]:
    """Return series id -> display name for every series of the query."""
    topics = dict(zip(*(store.topics()[name] for name in ("id", "name")), strict=True))
    entities = entity_names()
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


def country_label(code: str) -> str:
    """Return a country's English name; "unknown" for none, the code where it is not listed."""
    return country_names().get(code, code) if code and code != UNKNOWN else UNKNOWN


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
