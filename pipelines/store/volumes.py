"""How much each outlet published in each bucket, of every series and in all, as one frame.

Counted are distinct texts: in a bucket a text counts once, for the outlet that had it first there,
in a series as in the whole. So the copies of a wire story raise neither, and the texts of a series
are a part of the outlet's texts.
"""

from collections.abc import Sequence

import pandas as pd

from pipelines.query import Query
from pipelines.store.reader import Store
from pipelines.store.select import corpus

LATE_DAYS = 2  # between the day of publication and the day of the fetch
REDATED_DAYS = 14  # between the first copy of a text and this one; as near copies are apart at most

_ODD = f"""date_confidence < {{sure}} AS weak,
    (fetched_at::DATE > day + {LATE_DAYS}) IS TRUE AS late"""

_VOLUMES = f"""
WITH narrowed AS ({{narrowed}}), hits AS ({{hits}}), corpus AS ({{corpus}}),
placed AS (
    SELECT corpus.article_id, corpus.bucket, corpus.syndication_id, outlet,
        corpus.{_ODD}, row_number() OVER (PARTITION BY corpus.bucket, corpus.syndication_id
            ORDER BY day, published_at NULLS LAST, corpus.article_id) AS place
    FROM corpus JOIN article USING (article_id) WHERE placement = 'placed'
), text AS (
    SELECT bucket, syndication_id, outlet, weak, late FROM placed WHERE place = 1
), hit AS (
    SELECT series, placed.bucket, placed.syndication_id, count(*) AS articles,
        bool_and(weak) AS weak, bool_and(late) AS late
    FROM narrowed JOIN hits USING (number) JOIN placed USING (article_id)
    GROUP BY series, placed.bucket, placed.syndication_id
)
SELECT series, bucket, outlet, count(*) AS texts, sum(articles)::BIGINT AS articles,
    count(*) FILTER (hit.weak) AS weak, count(*) FILTER (hit.late) AS late
FROM hit JOIN text USING (bucket, syndication_id) GROUP BY series, bucket, outlet
UNION ALL
SELECT '' AS series, bucket, outlet, count(*), count(*),
    count(*) FILTER (weak), count(*) FILTER (late) FROM text GROUP BY bucket, outlet
"""

_HELD = f"""
WITH narrowed AS ({{narrowed}}), hits AS ({{hits}}),
held AS MATERIALIZED (
    SELECT series, bucket, article_id, syndication_id, day, date_confidence
    FROM narrowed JOIN hits USING (number)
    WHERE placement = 'placed' AND list_contains(?, series || ' ' || bucket::VARCHAR)
), first AS (
    SELECT syndication_id, min(published_day) AS first_day FROM article
    WHERE date_confidence >= {{sure}} AND syndication_id IN (SELECT syndication_id FROM held)
    GROUP BY syndication_id
)
SELECT series, bucket, article_id, held.syndication_id, outlet, outlet_name, title, day,
    published_at, held.{_ODD},
    (first_day + {REDATED_DAYS} < bucket) IS TRUE AS redated,
    (first_day < bucket) IS NOT TRUE AS new
FROM held JOIN article USING (article_id)
LEFT JOIN first ON first.syndication_id = held.syndication_id
ORDER BY series, bucket, day, published_at NULLS LAST, article_id
"""


def read_text_volumes(store: Store, query: Query) -> pd.DataFrame:
    """Return series, bucket, outlet, texts, articles, weak, late: one row where there is a text.

    The rows of series "" are all texts of the corpus. `articles` counts the series' copies, `weak`
    its texts without a sure date, `late` those fetched over two days after they were published.
    """
    whole = corpus(query)
    return store.ask(_VOLUMES, query, whole.values, corpus=whole.text)


def read_held_articles(
    store: Store, query: Query, places: Sequence[tuple[str, str]]
) -> pd.DataFrame:
    """Return the series' articles in some buckets, each a (series, first day as text).

    Columns series, bucket, article_id, syndication_id, outlet, outlet_name, title, day,
    published_at, weak, late, redated (a copy of the text was out over two weeks before the bucket)
    and new (none was out before it).
    """
    return store.ask(_HELD, query, ([f"{series} {first}" for series, first in places],))
