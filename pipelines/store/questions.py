"""What a reader asks its tables, as SQL; in braces what `select` makes of a `Query`."""

ROWS = """
WITH narrowed AS ({narrowed}), hits AS ({hits}),
chosen AS (SELECT article_id, sum(n)::INT AS mentions, sum(n_headline)::INT AS headline_mentions
           FROM hits GROUP BY article_id),
tags AS (
    SELECT article_id, list(tag ORDER BY n DESC, tag) FILTER (kind = 'topic') AS topics,
        list(tag ORDER BY n DESC, tag) FILTER (kind = 'entity') AS entities,
        list(tag ORDER BY n DESC, tag) FILTER (kind = 'country') AS countries
    FROM article_tag GROUP BY article_id)
SELECT article_id, version, url, outlet, outlet_name, outlet_domain, outlet_country, language,
    title, author, published_at, narrowed.day AS published_day, date_precision, date_source,
    article.date_confidence, placement, fetched_at, first_seen_at, text_source, n_words,
    article.syndication_id, copy_of, copy_level, versions, coalesce(topics, []) AS topics,
    coalesce(entities, []) AS entities, coalesce(countries, []) AS countries,
    coalesce(about, []) AS about, dateline, mentions, headline_mentions
FROM narrowed JOIN chosen USING (article_id) JOIN article USING (article_id)
LEFT JOIN tags USING (article_id)
WHERE {placements}
ORDER BY narrowed.day DESC NULLS LAST, published_at DESC NULLS LAST, article_id
LIMIT {limit} OFFSET {offset}
"""

COUNTS = """
WITH narrowed AS ({narrowed}), hits AS ({hits})
SELECT series, placement, bucket, count(*) AS articles, sum(n)::BIGINT AS mentions,
    count(DISTINCT syndication_id) AS texts,
    count(*) FILTER (date_confidence < {sure}) AS weak
FROM narrowed JOIN hits USING (article_id)
GROUP BY series, placement, bucket ORDER BY series, placement, bucket
"""

TOTALS = """
SELECT placement, bucket, count(*) AS articles, count(DISTINCT syndication_id) AS texts
FROM ({corpus}) GROUP BY placement, bucket ORDER BY placement, bucket
"""

DAYS = """
SELECT day, count(*) AS articles FROM ({corpus}) WHERE placement = 'placed'
GROUP BY day ORDER BY day
"""

MENTIONS = """
WITH narrowed AS ({narrowed}), spans AS ({spans})
SELECT article_id, narrowed.day AS day, outlet_name, outlet_country, kind, tag, zone,
    spans.start, spans.end, surface, sentence, why, url, title
FROM spans JOIN narrowed USING (article_id) JOIN article USING (article_id)
WHERE {placements}
ORDER BY narrowed.day DESC NULLS LAST, article_id, kind, tag, spans.start
"""

OPENED = """
WITH narrowed AS ({narrowed}), chosen AS ({chosen})
SELECT article_id FROM narrowed JOIN article USING (article_id)
WHERE article_id IN (SELECT article_id FROM chosen) AND {placements}
ORDER BY narrowed.day DESC NULLS LAST, published_at DESC NULLS LAST, article_id
LIMIT {limit}
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
