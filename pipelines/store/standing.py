"""How the articles of a query stand: dated or not, original or copy, as a frame."""

import pandas as pd

from pipelines.query import Query
from pipelines.store.reader import Store

_STANDING = """
WITH narrowed AS ({narrowed}), hits AS ({hits})
SELECT placement, count(*) AS articles, count(*) FILTER (copy_of IS NOT NULL) AS copies,
    count(*) FILTER (article.date_confidence >= {sure}) AS sure
FROM narrowed JOIN article USING (article_id)
WHERE article_id IN (SELECT article_id FROM hits) GROUP BY placement ORDER BY placement
"""


def read_standing(store: Store, query: Query) -> pd.DataFrame:
    """Return placement, articles, copies (of another article), sure (of their date).

    One row per placement that occurs; copies count in whichever placement they stand.
    """
    return store.ask(_STANDING, query)
