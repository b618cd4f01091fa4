"""Which entities the articles of a query name most."""

import pandas as pd

from pipelines.analysis.labels import known_entities
from pipelines.query import Query
from pipelines.store import Store
from pipelines.tagging import EntityName


def top_entities(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return type, name, frequency, articles, texts, entity_id, ratio; most articles first.

    `frequency` counts mentions; `ratio` is the share of the query's articles that name the entity.
    """
    return named(store.tag_counts(query, "entity").head(limit), store.article_count(query))


def named(rows: pd.DataFrame, total: int) -> pd.DataFrame:
    """Return counts of entities (`Store.tag_counts`) among `total` articles as `top_entities`."""
    known = known_entities()
    names = [known.get(tag, EntityName(tag, tag, "")) for tag in rows["tag"]]
    return pd.DataFrame(
        {
            "type": [name.type for name in names],
            "name": [name.name for name in names],
            "frequency": rows["mentions"],
            "articles": rows["articles"],
            "texts": rows["texts"],
            "entity_id": rows["tag"],
            "ratio": rows["articles"] / total if total else rows["articles"].astype("float64"),
        }
    )
