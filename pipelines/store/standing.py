"""How the articles of a query stand: dated or not, original or copy, as a frame."""

import pandas as pd

from pipelines.query import Query
from pipelines.store.reader import Store

_STANDING = """
SELECT placement, count(*) AS articles, count(*) FILTER (copy_of IS NOT NULL) AS copies,
    count(*) FILTER (date_confidence >= {sure}) AS sure
FROM ({anywhere}) GROUP BY placement ORDER BY placement
"""


def read_standing(store: Store, query: Query) -> pd.DataFrame:
    """Return placement, articles, copies (of another article), sure (of their date).

    One row per placement that occurs; copies count in whichever placement they stand.
    """
    return store.ask(_STANDING, query, columns=("copy_of",))
