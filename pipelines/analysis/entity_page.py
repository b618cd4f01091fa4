"""All that the dashboard shows of one entity, as frames."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from pipelines.analysis.comentions import comentions
from pipelines.analysis.countries import countries
from pipelines.analysis.outlets import outlets
from pipelines.analysis.quotes import quotes
from pipelines.query import Query
from pipelines.store import Store, read_seen

_ROWS = 20


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity under the filters of a query.

    `first_day` and `last_day` are of placed articles of all dates under the other filters,
    `first_article` the id of the earliest; all None where there is none. The frames are those of
    the analysis of the same name, cut to 20 rows; `mentioned` and `about` are countries.
    """

    query: Query  # of this entity alone, as every number here is counted
    articles: int
    first_day: date | None
    last_day: date | None
    first_article: int | None
    companions: pd.DataFrame
    mentioned: pd.DataFrame
    about: pd.DataFrame
    outlets: pd.DataFrame
    quotes: pd.DataFrame


def entity_page(store: Store, query: Query, entity_id: str) -> EntityPage:
    """Return the page of an entity; the topics, texts and entities of `query` are left out."""
    own = replace(query, topics=(), entities=(entity_id,), text="")
    every = replace(own, entities=())
    ever = replace(own, start=None, end=None, last="", placement=None)
    seen = read_seen(store, ever, "entity", [entity_id])
    first = None if seen.empty else seen.iloc[0]
    return EntityPage(
        query=own,
        articles=store.article_count(own),
        first_day=None if first is None else pd.Timestamp(first["first_day"]).date(),
        last_day=None if first is None else pd.Timestamp(first["last_day"]).date(),
        first_article=None if first is None else int(first["first_article"]),
        companions=comentions(store, every, "entity", entity_id, limit=_ROWS),
        mentioned=countries(store, own, "mentioned").head(_ROWS),
        about=countries(store, own, "about").head(_ROWS),
        outlets=outlets(store, own, limit=_ROWS),
        quotes=quotes(store, every, speakers=(entity_id,), limit=_ROWS),
    )
