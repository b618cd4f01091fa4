"""Names that no table knows, counted, so that the user can promote those worth following."""

import pandas as pd

from pipelines.query import Query
from pipelines.store import Store, read_names


def candidates(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return type, name, frequency, articles, texts, outlets, first_day, last_day, tag.

    Most articles first. A name is what the articles have; who is meant is not known, and two people
    of one name are one row.
    """
    rows = read_names(store, query, limit=limit)
    parts = [tag.partition(":") for tag in rows["tag"]]
    return pd.DataFrame(
        {
            "type": pd.Series([kind for kind, _, _ in parts], dtype="str", index=rows.index),
            "name": pd.Series([name for _, _, name in parts], dtype="str", index=rows.index),
            "frequency": rows["mentions"],
            "articles": rows["articles"],
            "texts": rows["texts"],
            "outlets": rows["outlets"],
            "first_day": rows["first_day"],
            "last_day": rows["last_day"],
            "tag": rows["tag"],
        }
    )
