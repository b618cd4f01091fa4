"""Who writes about whom: the press of one country beside the countries it names or is about.

An article may name several countries, so the cells of a row add up to more than its total.
"""

import pandas as pd

from pipelines.analysis.labels import country_label
from pipelines.query import Query
from pipelines.store import Store, read_country_pairs

_KINDS = {"mentioned": "country", "about": "about"}


def country_matrix(store: Store, query: Query, sense: str) -> pd.DataFrame:
    """Return outlet_country, outlet_label, country, label, sense, articles, row_total, share.

    One row per pair that occurs. `row_total` is the query's articles of the outlet country and
    `share` their part that has the country in `sense` ("mentioned" or "about"). Largest outlet
    country first, then its largest country. Raises ValueError for another sense.
    """
    if sense not in _KINDS:
        raise ValueError(f"no matrix of {sense!r}: known are {', '.join(_KINDS)}")
    rows = read_country_pairs(store, query, _KINDS[sense])
    return pd.DataFrame(
        {
            "outlet_country": rows["outlet_country"],
            "outlet_label": [country_label(code) for code in rows["outlet_country"]],
            "country": rows["country"],
            "label": [country_label(code) for code in rows["country"]],
            "sense": sense,
            "articles": rows["articles"],
            "row_total": rows["total"],
            "share": (rows["articles"] / rows["total"]).astype("float64"),
        }
    )
