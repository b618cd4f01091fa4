"""Who writes about it: outlets and languages of a query's articles, as parts of all of them."""

import pandas as pd

from pipelines.query import Query
from pipelines.store import Store

OTHER = "(other)"


def outlets(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return source, count, outlet (id), ratio; those after `limit` are one last row "(other)"."""
    rows = store.group_counts(query, "outlet")
    parts = _parts(rows, "source", limit)
    ids = rows["value"].reindex(parts.index).mask(parts["source"] == OTHER, "")
    return parts.assign(outlet=ids)


def languages(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return language, count, ratio; the languages after `limit` are one last row "(other)"."""
    return _parts(store.group_counts(query, "language"), "language", limit)


def _parts(rows: pd.DataFrame, name: str, limit: int | None) -> pd.DataFrame:
    parts = pd.DataFrame({name: rows["label"].replace("", "unknown"), "count": rows["articles"]})
    total = parts["count"].sum()
    if limit is not None and len(parts) > limit:
        other = pd.DataFrame({name: [OTHER], "count": [parts["count"].iloc[limit:].sum()]})
        parts = pd.concat([parts.head(limit), other], ignore_index=True)
    return parts.assign(ratio=parts["count"] / total)
