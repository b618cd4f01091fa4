"""Who writes about whom: outlet countries beside the countries that articles name, as a frame."""

import pandas as pd

from pipelines.query import Query
from pipelines.store.reader import Store

_PAIRS = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT article_id, outlet_country FROM narrowed JOIN article USING (article_id)
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
total AS (SELECT outlet_country, count(*) AS total FROM chosen GROUP BY outlet_country),
pair AS (SELECT outlet_country, tag AS country, count(*) AS articles
         FROM chosen JOIN article_tag USING (article_id) WHERE kind = ?
         GROUP BY outlet_country, tag)
SELECT outlet_country, country, articles, total FROM pair JOIN total USING (outlet_country)
ORDER BY total DESC, outlet_country, articles DESC, country
"""


def read_country_pairs(store: Store, query: Query, kind: str) -> pd.DataFrame:
    """Return outlet_country, country, articles, total: one row per pair that occurs.

    `kind` is "country" (named) or "about"; `total` counts the query's articles of the outlet
    country, with or without a country. An unknown outlet country is "".
    """
    return store.ask(_PAIRS, query, (kind,))
