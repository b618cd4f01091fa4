"""Who is named, with whom, and who said what: reads of a store as frames.

Every read speaks of the articles that `Store.articles` gives for the same query.
"""

from collections.abc import Sequence

import pandas as pd

from pipelines.query import Query
from pipelines.store.reader import Store

_QUOTES = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
said AS (SELECT quote.* FROM quote WHERE article_id IN (SELECT article_id FROM chosen)
         AND (? OR list_contains(?, speaker)) AND (? OR certain))
SELECT article_id, day, outlet_name, outlet_country, said.kind, speaker, speaker_name, certain,
    said.start, said."end", speaker_start, speaker_end, said.zone, said.why, url, title,
    coalesce((SELECT list(DISTINCT mention.tag ORDER BY mention.tag) FROM mention
              WHERE mention.article_id = said.article_id AND mention.kind = 'topic'
              AND mention.start >= said.start AND mention."end" <= said."end"), []) AS topics
FROM said JOIN chosen USING (article_id) JOIN article USING (article_id)
ORDER BY day DESC NULLS LAST, published_at DESC NULLS LAST, article_id, said.start, said."end" DESC
LIMIT {limit} OFFSET {offset}
"""

_SPEAKERS = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
said AS (SELECT quote.*, syndication_id,
         count(*) OVER (PARTITION BY speaker, speaker_name) AS so_called
         FROM quote JOIN chosen USING (article_id))
SELECT speaker, arg_max(speaker_name, {{'n': so_called, 'name': speaker_name}}) AS speaker_name,
    count(*) AS quotes, count(*) FILTER (certain) AS certain,
    count(*) FILTER (kind = 'direct') AS direct,
    count(DISTINCT article_id) AS articles, count(DISTINCT syndication_id) AS texts
FROM said GROUP BY speaker
ORDER BY articles DESC, quotes DESC, speaker
"""

_NAMES = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
named AS (SELECT article_id, version, unnest(names) AS name FROM annotations
          WHERE article_id IN (SELECT article_id FROM chosen))
SELECT name.id AS tag, sum(name.n)::BIGINT AS mentions, count(*) AS articles,
    count(DISTINCT chosen.syndication_id) AS texts, count(DISTINCT outlet) AS outlets,
    min(day) AS first_day, max(day) AS last_day
FROM named JOIN article USING (article_id, version) JOIN chosen USING (article_id)
GROUP BY tag ORDER BY articles DESC, mentions DESC, tag LIMIT {limit}
"""

_PAIRS = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
tagged AS (SELECT article_id, syndication_id, tag FROM article_tag JOIN chosen USING (article_id)
           WHERE kind = ?),
own AS (SELECT article_id, syndication_id FROM article_tag JOIN chosen USING (article_id)
        WHERE kind = ? AND tag = ?),
companion AS (
    SELECT tag, count(DISTINCT syndication_id) AS texts,
        count(*) FILTER (article_id IN (SELECT article_id FROM own)) AS together,
        count(DISTINCT syndication_id) FILTER (article_id IN (SELECT article_id FROM own))
            AS texts_together
    FROM tagged GROUP BY tag)
SELECT tag, together, texts_together, texts,
    (SELECT count(*) FROM own) AS own_articles,
    (SELECT count(DISTINCT syndication_id) FROM own) AS own_texts,
    (SELECT count(DISTINCT syndication_id) FROM chosen) AS all_texts
FROM companion WHERE together > 0 ORDER BY together DESC, texts, tag
"""

_SEEN = """
WITH narrowed AS ({narrowed}), hits AS ({hits})
SELECT article_tag.tag, min(day) AS first_day, max(day) AS last_day,
    arg_min(article_id, (day, published_at, article_id)) AS first_article
FROM article_tag JOIN narrowed USING (article_id) JOIN article USING (article_id)
WHERE article_id IN (SELECT article_id FROM hits) AND placement = 'placed'
    AND article_tag.kind = ? AND list_contains(?, article_tag.tag)
GROUP BY article_tag.tag ORDER BY article_tag.tag
"""


def read_quotes(
    store: Store,
    query: Query,
    *,
    speakers: Sequence[str] = (),
    uncertain: bool = True,
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return one row for each quote in the query's articles, newest article first.

    Columns: article_id, day, outlet_name, outlet_country, kind, speaker (tag), speaker_name,
    certain, start, end, speaker_start, speaker_end, zone, why, url, title, topics (named in the
    quote itself), quote, beside (the words that stand for the speaker there). `speakers` are tags;
    without `uncertain` only quotes whose speaker is certain.
    """
    values = (not speakers, list(speakers), uncertain)
    rows = store.ask(_QUOTES, query, values, limit=_limit(limit), offset=int(offset))
    texts = store.current_texts(rows["article_id"].tolist())
    for name, first, last in (
        ("quote", "start", "end"),
        ("beside", "speaker_start", "speaker_end"),
    ):
        places = zip(rows["article_id"], rows[first], rows[last], strict=True)
        words = [texts[article_id][start:end] for article_id, start, end in places]
        rows[name] = pd.Series(words, dtype="str", index=rows.index)
    return rows


def read_speakers(store: Store, query: Query) -> pd.DataFrame:
    """Return speaker (tag), speaker_name, quotes, certain, direct, articles, texts.

    Of the quotes in the query's articles; those of nobody known stand under the empty tag.
    """
    return store.ask(_SPEAKERS, query)


def read_names(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return tag, mentions, articles, texts, outlets, first_day, last_day of unknown names.

    These are names that no table has ("person:Jane Doe"), most articles first.
    """
    return store.ask(_NAMES, query, limit=_limit(limit))


def read_companions(
    store: Store, query: Query, kind: str, tag: str, *, of_kind: str
) -> pd.DataFrame:
    """Return tag, together, texts_together, texts, own_articles, own_texts, all_texts.

    One row for each companion of `tag` (of `kind`) among the tags of `of_kind`: the query's
    articles and distinct texts that have both, the distinct texts that have the companion; then, in
    each row the same, what has `tag`, and all distinct texts. The tag itself is among its
    companions where the kinds are the same.
    """
    return store.ask(_PAIRS, query, (of_kind, kind, tag))


def read_seen(store: Store, query: Query, kind: str, tags: Sequence[str]) -> pd.DataFrame:
    """Return tag, first_day, last_day, first_article of tags named in placed articles."""
    return store.ask(_SEEN, query, (kind, list(tags)))


def _limit(limit: int | None) -> object:
    return "ALL" if limit is None else int(limit)
