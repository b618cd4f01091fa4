"""What there is to choose from: the values of every filter, with how many articles each has."""

from dataclasses import dataclass

import pandas as pd

from pipelines.analysis.labels import country_label, known_entities
from pipelines.query import Query
from pipelines.store import Store
from pipelines.store.asking.select import UNKNOWN


@dataclass(frozen=True, slots=True)
class Options:
    """One frame a filter: id, label, articles; most articles first (topics as in their file)."""

    topics: pd.DataFrame
    entities: pd.DataFrame
    outlets: pd.DataFrame
    outlet_countries: pd.DataFrame
    mentioned: pd.DataFrame
    about: pd.DataFrame
    dateline: pd.DataFrame
    languages: pd.DataFrame


def filter_options(store: Store) -> Options:
    """Return every value the filters of the store can take."""
    every = Query()
    topics, entities = store.topics(), known_entities()
    counts = store.tag_counts(every, "topic").set_index("tag")["articles"]
    named = store.tag_counts(every, "entity")
    outlets = store.group_counts(every, "outlet")
    homes = store.group_counts(every, "outlet_country")
    languages = store.group_counts(every, "language")
    return Options(
        topics=_options(topics["id"], topics["name"], counts.reindex(topics["id"], fill_value=0)),
        entities=_options(
            named["tag"],
            [entities[tag].name if tag in entities else tag for tag in named["tag"]],
            named["articles"],
        ),
        outlets=_options(outlets["value"], outlets["label"], outlets["articles"]),
        outlet_countries=_options(
            homes["value"].replace("", UNKNOWN),
            [country_label(code) for code in homes["value"]],
            homes["articles"],
        ),
        mentioned=_countries(store, "country"),
        about=_countries(store, "about"),
        dateline=_countries(store, "dateline"),
        languages=_options(languages["value"], languages["value"], languages["articles"]),
    )


def _countries(store: Store, kind: str) -> pd.DataFrame:
    found = store.tag_counts(Query(), kind)
    return _options(found["tag"], [country_label(code) for code in found["tag"]], found["articles"])


def _options(ids: pd.Series, labels: object, articles: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {"id": list(ids), "label": list(labels), "articles": list(articles)}  # type: ignore[call-overload]  # any sequence
    )
