"""What a reader asks its tables, as SQL; in braces what `select` makes of a `Query`."""

# Distinct texts: the articles without a copy, and the groups of those that have one.
TEXTS = "count(*) FILTER (shared IS NULL) + count(DISTINCT shared) FILTER (shared IS NOT NULL)"


def _most_named(kind: str) -> str:
    """Return the tags of an article, the most frequent one first."""
    pairs = f"list_zip([-n FOR n IN {kind}_ns], {kind}_ids::VARCHAR[])"
    return f"coalesce([one[2] FOR one IN list_sort({pairs})], [])"


# What takes long to bring is brought for the rows of the page alone.
ROWS = f"""
WITH chosen AS ({{chosen}}), hits AS ({{hits}}),
page AS (SELECT ordinal, day, placement FROM chosen
         ORDER BY day DESC NULLS LAST, published_at DESC NULLS LAST, article_id
         LIMIT {{limit}} OFFSET {{offset}}),
named AS (SELECT ordinal, sum(n)::INT AS mentions, sum(n_headline)::INT AS headline_mentions
          FROM hits WHERE ordinal IN (SELECT ordinal FROM page) GROUP BY ordinal)
SELECT article_id, version, url, outlet, outlet_name, outlet_domain, outlet_country, language,
    title, author, published_at, page.day AS published_day, date_precision, date_source,
    date_confidence, placement, fetched_at, first_seen_at, text_source, n_words,
    syndication_id, copy_of, copy_level, versions, {_most_named("topic")} AS topics,
    {_most_named("entity")} AS entities, {_most_named("country")} AS countries,
    coalesce(about, []) AS about, dateline, mentions, headline_mentions
FROM page JOIN current USING (ordinal) JOIN named USING (ordinal)
ORDER BY page.day DESC NULLS LAST, published_at DESC NULLS LAST, article_id
"""

HITS = """
SELECT article_id, syndication_id, language, day, placement FROM ({chosen})
ORDER BY day DESC NULLS LAST, article_id
"""

COUNTS = f"""
SELECT series, placement, bucket, count(*) AS articles, sum(n)::BIGINT AS mentions,
    {TEXTS} AS texts, count(*) FILTER (date_confidence < {{sure}}) AS weak
FROM ({{counted}}) GROUP BY series, placement, bucket ORDER BY series, placement, bucket
"""

TOTALS = f"""
SELECT placement, bucket, count(*) AS articles, {TEXTS} AS texts
FROM ({{corpus}}) GROUP BY placement, bucket ORDER BY placement, bucket
"""

DAYS = """
SELECT day, count(*) AS articles FROM ({corpus}) WHERE placement = 'placed'
GROUP BY day ORDER BY day
"""

MENTIONS = """
WITH narrowed AS ({narrowed}), spans AS ({spans})
SELECT spans.article_id, narrowed.day AS day, outlet_name, outlet_country, kind, tag, zone,
    spans.start, spans.end, surface, sentence, why, url, title
FROM spans JOIN narrowed USING (ordinal) JOIN current USING (ordinal)
WHERE {placements}
ORDER BY narrowed.day DESC NULLS LAST, spans.article_id, kind, tag, spans.start
"""

SPANS = """
WITH narrowed AS ({narrowed}), spans AS ({spans})
SELECT spans.article_id, spans.start, spans.end, why FROM spans JOIN narrowed USING (ordinal)
WHERE {placements} ORDER BY spans.article_id, spans.start
"""

OPENED = """
SELECT article_id, ordinal FROM ({chosen})
ORDER BY day DESC NULLS LAST, published_at DESC NULLS LAST, article_id
LIMIT {limit}
"""

TAG_COUNTS = f"""
WITH named AS (SELECT unnest({{ids}}) AS tag, unnest({{ns}}) AS n, shared FROM ({{chosen}})),
counted AS (SELECT tag, sum(n)::BIGINT AS mentions, count(*) AS articles, {TEXTS} AS texts
            FROM named GROUP BY tag)
SELECT tag::VARCHAR AS tag, mentions, articles, texts FROM counted
ORDER BY articles DESC, mentions DESC, tag
"""

GROUP_COUNTS = """
SELECT {column} AS value, any_value({label}) AS label, count(*) AS articles
FROM ({chosen}) GROUP BY {column} ORDER BY articles DESC, value
"""

FACTS = """
SELECT article_id, language, outlet_name AS outlet, published_day AS date, url, title
FROM article WHERE list_contains(?, article_id) ORDER BY article_id
"""

FURNITURE = """
WITH learned AS (
    SELECT line_key, outlet, since, counts, count(DISTINCT article_id) AS articles,
        min_by({'article_id': article_id, 'version': version, 'start': start, 'end': "end"},
               {'day': day, 'article_id': article_id, 'version': version}) AS place
    FROM furniture JOIN lines USING (line_key, outlet)
    WHERE (len(?) = 0 OR list_contains(?, outlet))
        AND article_id IN (SELECT article_id FROM article) GROUP BY ALL),
corrected AS (SELECT article_id AS line_key, max_by(who, made_at) AS who FROM overlays
              WHERE field = 'line' GROUP BY article_id)
SELECT line_key, learned.outlet, outlet_name, articles, since,
    CASE WHEN counts THEN who END AS counts_by,
    rtrim(substring(text, place.start + 1, place."end" - place.start), chr(10)) AS line
FROM learned LEFT JOIN corrected USING (line_key)
JOIN texts ON texts.article_id = place.article_id AND texts.version = place.version
JOIN article ON article.article_id = place.article_id
ORDER BY articles DESC, learned.outlet, line_key
"""

TROUBLE = """
SELECT fetched_at, source, outcome, reason, locator FROM captures
WHERE outcome IN ('quarantined', 'failed', 'unsupported')
ORDER BY fetched_at DESC NULLS LAST, source, locator LIMIT ?
"""
