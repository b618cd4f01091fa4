"""Who is named, with whom, and who said what: reads of a store as frames.

Every read speaks of the articles that `Store.articles` gives for the same query.
"""

from collections.abc import Sequence

import pandas as pd

from pipelines.query import Query
from pipelines.store.asking.questions import TEXTS
from pipelines.store.asking.select import listed
from pipelines.store.reader import Store

_DATED = ("published_at",)

_SAID = """said AS (
    SELECT quote.*, day, published_at FROM quote JOIN chosen USING (number)
    WHERE (? OR list_contains(?, speaker)) AND (? OR certain) AND {naming})"""

# The topics within a quote, and what else takes long, are looked up for one page.
_QUOTES = f"""
WITH chosen AS ({{chosen}}), {_SAID},
page AS (SELECT * FROM said
         ORDER BY day DESC NULLS LAST, published_at DESC NULLS LAST, article_id, start, "end" DESC
         LIMIT {{limit}} OFFSET {{offset}}),
inside AS (SELECT page.number, page.start, page."end", list(DISTINCT tag ORDER BY tag) AS topics
           FROM page JOIN mention USING (number)
           WHERE mention.kind = 'topic' AND mention.start >= page.start
               AND mention."end" <= page."end"
           GROUP BY page.number, page.start, page."end")
SELECT page.article_id, page.day, outlet_name, outlet_country, page.kind, speaker, speaker_name,
    certain, page.start, page."end", speaker_start, speaker_end, page.zone, page.why, url, title,
    current.published_at, published_day, date_precision, date_source, date_confidence,
    coalesce(topics, []) AS topics
FROM page JOIN current USING (number)
LEFT JOIN inside ON inside.number = page.number AND inside.start = page.start
    AND inside."end" = page."end"
ORDER BY page.day DESC NULLS LAST, current.published_at DESC NULLS LAST, page.article_id,
    page.start, page."end" DESC
"""

_QUOTE_COUNT = f"WITH chosen AS ({{chosen}}), {_SAID} SELECT count(*) AS quotes FROM said"

# A topic is named in a quote where a span of it lies within.
_NAMING = """EXISTS (
    SELECT 1 FROM mention WHERE mention.number = quote.number AND mention.kind = 'topic'
    AND list_contains(?, mention.tag) AND mention.start >= quote.start
    AND mention."end" <= quote."end")"""

_SPEAKERS_ON_TOPICS = """
WITH chosen AS ({chosen}),
said AS (SELECT DISTINCT quote.number, quote.start, quote."end", speaker, certain, mention.tag
         FROM quote JOIN chosen USING (number) JOIN mention USING (number)
         WHERE speaker <> '' AND mention.kind = 'topic' AND mention.start >= quote.start
         AND mention."end" <= quote."end")
SELECT speaker, tag AS topic, count(*) AS quotes, count(*) FILTER (certain) AS certain
FROM said GROUP BY speaker, topic ORDER BY quotes DESC, speaker, topic LIMIT {limit}
"""

_SPEAKERS = """
WITH chosen AS ({chosen}),
said AS (SELECT speaker, speaker_name, certain, kind, number, coalesce(shared, number) AS text
         FROM quote JOIN chosen USING (number)),
called AS (SELECT speaker, arg_max(speaker_name, {{'n': n, 'name': speaker_name}}) AS speaker_name
           FROM (SELECT speaker, speaker_name, count(*) AS n FROM said GROUP BY ALL)
           GROUP BY speaker)
SELECT speaker, any_value(called.speaker_name) AS speaker_name,
    count(*) AS quotes, count(*) FILTER (certain) AS certain,
    count(*) FILTER (kind = 'direct') AS direct,
    count(DISTINCT number) AS articles, count(DISTINCT text) AS texts
FROM said JOIN called USING (speaker) GROUP BY speaker
ORDER BY articles DESC, quotes DESC, speaker
"""

_NAMES = f"""
WITH chosen AS ({{chosen}}),
named AS (SELECT unnest(names) AS name, shared, outlet, day FROM chosen)
SELECT name.id AS tag, sum(name.n)::BIGINT AS mentions, count(*) AS articles,
    {TEXTS} AS texts, count(DISTINCT outlet) AS outlets,
    min(day) AS first_day, max(day) AS last_day
FROM named GROUP BY tag ORDER BY articles DESC, mentions DESC, tag LIMIT {{limit}}
"""

_PAIRS = """
WITH chosen AS ({chosen}),
own AS (SELECT number FROM article_tag WHERE kind = ? AND tag = ?),
marked AS (SELECT *, number IN (SELECT number FROM own) AS has FROM chosen),
companion AS (
    SELECT tag, {texts} AS texts, count(*) FILTER (has) AS together,
        count(*) FILTER (has AND shared IS NULL)
            + count(DISTINCT shared) FILTER (has AND shared IS NOT NULL) AS texts_together
    FROM (SELECT unnest({ids}) AS tag, shared, has FROM marked) GROUP BY tag),
sums AS (SELECT count(*) FILTER (has) AS own_articles,
             count(DISTINCT coalesce(shared, number)) FILTER (has) AS own_texts,
             {texts} AS all_texts FROM marked)
SELECT tag::VARCHAR AS tag, together, texts_together, texts, own_articles, own_texts, all_texts
FROM companion, sums WHERE together > 0 ORDER BY together DESC, texts, tag
"""

_BUCKETS = """
SELECT tag, bucket, count(*) AS articles
FROM ({chosen}) JOIN article_tag USING (number)
WHERE kind = ? AND tag IN (SELECT unnest(?)) AND bucket IS NOT NULL
GROUP BY tag, bucket ORDER BY tag, bucket
"""

_MATRIX = """
WITH chosen AS ({chosen}),
tagged AS (SELECT number, shared, tag FROM article_tag JOIN chosen USING (number)
           WHERE kind = ? AND tag IN (SELECT unnest(?)))
SELECT one.tag, other.tag AS other, count(*) AS articles,
    count(DISTINCT coalesce(one.shared, number)) AS texts,
    (SELECT count(DISTINCT coalesce(shared, number)) FROM chosen) AS all_texts
FROM tagged AS one JOIN tagged AS other USING (number)
GROUP BY one.tag, other.tag ORDER BY one.tag, other.tag
"""

_SEEN = """
WITH chosen AS ({anywhere})
SELECT article_tag.tag, min(day) AS first_day, max(day) AS last_day,
    arg_min(chosen.article_id, (day, published_at, chosen.article_id)) AS first_article
FROM article_tag JOIN chosen USING (number)
WHERE placement = 'placed' AND article_tag.kind = ? AND article_tag.tag IN (SELECT unnest(?))
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
    rows = store.ask(
        _QUOTES,
        query,
        values,
        naming=clause,
        columns=_DATED,
        limit=_limit(limit),
        offset=int(offset),
    )
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
    return int(
        store.ask(_QUOTE_COUNT, query, values, columns=_DATED, naming=clause)["quotes"].iloc[0]
    )


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
    return store.ask(_NAMES, query, columns=("names", "outlet"), limit=_limit(limit))


def read_companions(
    store: Store, query: Query, kind: str, tag: str, *, of_kind: str
) -> pd.DataFrame:
    """Return tag, together, texts_together, texts, own_articles, own_texts, all_texts.

    One row for each companion of `tag` (of `kind`) among the tags of `of_kind`: the query's
    articles and distinct texts that have both, the distinct texts that have the companion; then, in
    each row the same, what has `tag`, and all distinct texts. The tag itself is among its
    companions where the kinds are the same.
    """
    ids, _ = listed(of_kind)
    return store.ask(_PAIRS, query, (kind, tag), columns=(ids,), ids=ids, texts=TEXTS)


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
    return store.ask(_SEEN, query, (kind, list(tags)), columns=_DATED)


def _limit(limit: int | None) -> object:
    return "ALL" if limit is None else int(limit)
