"""Who writes about whom: outlet countries beside the countries that articles name, as a frame."""

import pandas as pd

from pipelines.query import Query
from pipelines.store.asking.select import listed
from pipelines.store.reader import Store

_PAIRS = """
WITH chosen AS ({chosen}),
total AS (SELECT outlet_country, count(*) AS total FROM chosen GROUP BY outlet_country),
pair AS (SELECT outlet_country, country, count(*) AS articles
         FROM (SELECT outlet_country, unnest({ids}) AS country FROM chosen)
         GROUP BY outlet_country, country)
SELECT outlet_country, country::VARCHAR AS country, articles, total
FROM pair JOIN total USING (outlet_country)
ORDER BY total DESC, outlet_country, articles DESC, country
"""


def read_country_pairs(store: Store, query: Query, kind: str) -> pd.DataFrame:
    """Return outlet_country, country, articles, total: one row per pair that occurs.

    `kind` is "country" (named) or "about"; `total` counts the query's articles of the outlet
    country, with or without a country. An unknown outlet country is "".
    """
    ids, _ = listed(kind)
    return store.ask(_PAIRS, query, columns=("outlet_country", ids), ids=ids)
