"""How much each outlet published in each bucket, of every series and in all, as one frame.

Counted are distinct texts: in a bucket a text counts once, for the outlet that had it first there,
in a series as in the whole. So the copies of a wire story raise neither, and the texts of a series
are a part of the outlet's texts.
"""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import pandas as pd
import pyarrow as pa

from pipelines.article import SURE
from pipelines.query import Query
from pipelines.store.counted.columns import Column
from pipelines.store.counted.resident import as_frame
from pipelines.store.counted.text_volumes import LATE_DAYS, NO_LAG, held, text_volumes
from pipelines.store.reader import Store

REDATED_DAYS = 14  # between the first copy of a text and this one; as near copies are apart at most

_LAGS = f"""
SELECT CASE WHEN fetched_at IS NULL OR utc_day IS NULL THEN {NO_LAG}
    ELSE greatest(least(fetched_at::DATE - utc_day, 100), -100) END::TINYINT AS lag
FROM current ORDER BY number
"""
_HELD = f"""
WITH first AS (
    SELECT syndication_id, min(CASE WHEN published_at IS NULL THEN published_day
        ELSE (published_at AT TIME ZONE ?)::DATE END) AS first_day FROM current
    WHERE date_confidence >= {SURE} AND number IN (SELECT number FROM copy) GROUP BY syndication_id
)
SELECT series, bucket, article_id, current.syndication_id, outlet, outlet_name, title, held.day,
    published_at, date_confidence < {SURE} AS weak,
    (fetched_at::DATE > held.day + {LATE_DAYS}) IS TRUE AS late,
    (first_day + {REDATED_DAYS} < bucket) IS TRUE AS redated,
    (first_day < bucket) IS NOT TRUE AS new
FROM held JOIN current USING (number)
LEFT JOIN first ON first.syndication_id = current.syndication_id
ORDER BY series, bucket, held.day, published_at NULLS LAST, article_id
"""


_KEPT: WeakKeyDictionary[Store, Column] = WeakKeyDictionary()


def read_text_volumes(store: Store, query: Query) -> pd.DataFrame:
    """Return series, bucket, outlet, texts, articles, weak, late: one row where there is a text.

    The rows of series "" are all texts of the corpus. `articles` counts the series' copies, `weak`
    its texts without a sure date, `late` those fetched over two days after they were published.
    """
    if store not in _KEPT:
        lags = store.look_up(_LAGS)["lag"].to_numpy()
        _KEPT[store] = store.columns.by_ordinal(lags)
    return as_frame(text_volumes(store.columns, _KEPT[store], store.counting.placed(query)))


def read_held_articles(
    store: Store, query: Query, places: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """Return the series' articles in some buckets, each a (series, first day as text).

    Columns series, bucket, article_id, syndication_id, outlet, outlet_name, title, day,
    published_at, weak, late, redated (a copy of the text was out over two weeks before the bucket)
    and new (none was out before it).
    """
    found, copies = held(store.columns, store.counting.placed(query), places)
    return store.look_up(_HELD, query.tz, held=found, copy=pa.table({"number": copies}))
