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
         AND (? OR list_contains(?, speaker)) AND (? OR certain) AND {naming})
SELECT article_id, day, outlet_name, outlet_country, said.kind, speaker, speaker_name, certain,
    said.start, said."end", speaker_start, speaker_end, said.zone, said.why, url, title,
    published_at, published_day, date_precision, date_source, article.date_confidence,
    coalesce((SELECT list(DISTINCT mention.tag ORDER BY mention.tag) FROM mention
              WHERE mention.article_id = said.article_id AND mention.kind = 'topic'
              AND mention.start >= said.start AND mention."end" <= said."end"), []) AS topics
FROM said JOIN chosen USING (article_id) JOIN article USING (article_id)
ORDER BY day DESC NULLS LAST, published_at DESC NULLS LAST, article_id, said.start, said."end" DESC
LIMIT {limit} OFFSET {offset}
"""

_QUOTE_COUNT = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements})
SELECT count(*) AS quotes FROM quote WHERE article_id IN (SELECT article_id FROM chosen)
    AND (? OR list_contains(?, speaker)) AND (? OR certain) AND {naming}
"""

# A topic is named in a quote where a span of it lies within.
_NAMING = """EXISTS (
    SELECT 1 FROM mention WHERE mention.article_id = quote.article_id AND mention.kind = 'topic'
    AND list_contains(?, mention.tag) AND mention.start >= quote.start
    AND mention."end" <= quote."end")"""

_SPEAKERS_ON_TOPICS = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
said AS (SELECT DISTINCT article_id, quote.start, quote."end", speaker, certain, mention.tag
         FROM quote JOIN chosen USING (article_id) JOIN mention USING (article_id)
         WHERE speaker <> '' AND mention.kind = 'topic' AND mention.start >= quote.start
         AND mention."end" <= quote."end")
SELECT speaker, tag AS topic, count(*) AS quotes, count(*) FILTER (certain) AS certain
FROM said GROUP BY speaker, topic ORDER BY quotes DESC, speaker, topic LIMIT {limit}
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

_BUCKETS = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements})
SELECT tag, bucket, count(*) AS articles
FROM chosen JOIN article_tag USING (article_id)
WHERE kind = ? AND tag IN (SELECT unnest(?)) AND bucket IS NOT NULL
GROUP BY tag, bucket ORDER BY tag, bucket
"""

_MATRIX = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT narrowed.* FROM narrowed
           WHERE article_id IN (SELECT article_id FROM hits) AND {placements}),
tagged AS (SELECT article_id, syndication_id, tag FROM article_tag JOIN chosen USING (article_id)
           WHERE kind = ? AND tag IN (SELECT unnest(?)))
SELECT one.tag, other.tag AS other, count(*) AS articles,
    count(DISTINCT one.syndication_id) AS texts,
    (SELECT count(DISTINCT syndication_id) FROM chosen) AS all_texts
FROM tagged AS one JOIN tagged AS other USING (article_id)
GROUP BY one.tag, other.tag ORDER BY one.tag, other.tag
"""

_SEEN = """
WITH narrowed AS ({narrowed}), hits AS ({hits})
SELECT article_tag.tag, min(day) AS first_day, max(day) AS last_day,
    arg_min(article_id, (day, published_at, article_id)) AS first_article
FROM article_tag JOIN narrowed USING (article_id) JOIN article USING (article_id)
WHERE article_id IN (SELECT article_id FROM hits) AND placement = 'placed'
    AND article_tag.kind = ? AND article_tag.tag IN (SELECT unnest(?))
GROUP BY article_tag.tag ORDER BY article_tag.tag
"""


def read_quotes(
    store: Store,
    query: Query,
    *,
    speakers: Sequence[str] = (),
    uncertain: bool = True,
    naming: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return one row for each quote in the query's articles, newest article first.

    Columns: article_id, day, outlet_name, outlet_country, kind, speaker (tag), speaker_name,
    certain, start, end, speaker_start, speaker_end, zone, why, url, title, published_at,
    published_day, date_precision, date_source, date_confidence, topics (named in the quote itself),
    quote, beside (the words that stand for the speaker there). `speakers` are tags; without
    `uncertain` only quotes whose speaker is certain; with `naming` only quotes that name one of
    these topics themselves.
    """
    clause, values = _said(speakers, uncertain, naming)
    rows = store.ask(_QUOTES, query, values, naming=clause, limit=_limit(limit), offset=int(offset))
    texts = store.current_texts(rows["article_id"].tolist())
    for name, first, last in (
        ("quote", "start", "end"),
        ("beside", "speaker_start", "speaker_end"),
    ):
        places = zip(rows["article_id"], rows[first], rows[last], strict=True)
        words = [texts[article_id][start:end] for article_id, start, end in places]
        rows[name] = pd.Series(words, dtype="str", index=rows.index)
    return rows


def read_quote_count(
    store: Store,
    query: Query,
    *,
    speakers: Sequence[str] = (),
    uncertain: bool = True,
    naming: Sequence[str] = (),
) -> int:
    """Return how many rows `read_quotes` has without a limit."""
    clause, values = _said(speakers, uncertain, naming)
    return int(store.ask(_QUOTE_COUNT, query, values, naming=clause)["quotes"].iloc[0])


def _said(
    speakers: Sequence[str], uncertain: bool, naming: Sequence[str]
) -> tuple[str, tuple[object, ...]]:
    values = (not speakers, list(speakers), uncertain)
    return (_NAMING, (*values, list(naming))) if naming else ("true", values)


def read_speakers_on_topics(
    store: Store, query: Query, *, limit: int | None = None
) -> pd.DataFrame:
    """Return speaker (tag), topic, quotes, certain: quotes that name a topic, most first.

    Speakers that nobody knows by name are left out.
    """
    return store.ask(_SPEAKERS_ON_TOPICS, query, limit=_limit(limit))


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


def read_tag_buckets(store: Store, query: Query, kind: str, tags: Sequence[str]) -> pd.DataFrame:
    """Return tag, bucket (its first day), articles: placed articles, no row where there is none."""
    return store.ask(_BUCKETS, query, (kind, list(tags)))


def read_matrix(store: Store, query: Query, kind: str, tags: Sequence[str]) -> pd.DataFrame:
    """Return tag, other, articles, texts, all_texts: the query's articles that have both.

    A tag with itself is what has the tag; pairs that no article has are no rows. `all_texts`, the
    same in each row, are the distinct texts of the query.
    """
    return store.ask(_MATRIX, query, (kind, list(tags)))


def read_seen(store: Store, query: Query, kind: str, tags: Sequence[str]) -> pd.DataFrame:
    """Return tag, first_day, last_day, first_article of tags named in placed articles."""
    return store.ask(_SEEN, query, (kind, list(tags)))


def _limit(limit: int | None) -> object:
    return "ALL" if limit is None else int(limit)
