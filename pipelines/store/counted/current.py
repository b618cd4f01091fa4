"""The SQL that makes the tables a reader counts in: stored rows in, current articles out.

`current` has one row per article, of its current version: the newest from the richest kind of
text, with the corrections people made laid over it (`overlaid.py`). Its date is that of this
version, else that of the version with the surest likely one: a page may not say what its feed said.
One that was read again by later code dates nothing, since what it told may have been the mistake.
Of a group of copies the
earliest article with a likely date is the original. It may have come later than a copy that began
the group: that copy then has the level at which the original joined.

What makes counting quick at ten million articles, each measured in tests/bench/store_speed.py:
`number` numbers the articles by day, so that tables are joined by small numbers and a
period is a part of each of them (what came with a later version has the next free numbers, see
`bringing.py`); `utc_day` is worked out once; the tags of an article stand in lists beside it
(`entity_ids`, `entity_ns` and so on), so that a ranking joins nothing; tags are numbers with names
(enums); `shared` is the group of those articles that have copies, so that distinct texts are the
articles without it and the distinct values of the few with it.

`article_tag` has the same tags the other way round, one row per tag and article (of kind `about`
and `dateline` too: countries), so that one tag is a part of it. Ids of articles, which are random,
took 1.4 of 3.1 GB at ten million; an article is known there by its number. What is only counted is
counted in arrays made of both (`columns_file.py`). In braces stands where the tables go.
"""

from pipelines.article import LIKELY

LISTED = ("topic", "entity", "country", "about")  # kinds of tags in lists beside an article
ORDER = (
    "surely_placed, utc_day, published_at, article_id"  # of articles, in tables laid out at once
)

# Numbers with names, in the order of the names. A topic has no number where it is not in force.
_TYPES = (
    "CREATE TYPE {into}topic_id AS ENUM (SELECT DISTINCT topic FROM in_force ORDER BY topic)",
    """CREATE TYPE {into}entity_id AS ENUM (SELECT DISTINCT id FROM (
        SELECT unnest(list_transform(entities, lambda one: one.id)) AS id FROM annotations)
        ORDER BY id)""",
    """CREATE TYPE {into}country_id AS ENUM (SELECT DISTINCT id FROM (
        SELECT unnest(list_transform(countries, lambda one: one.id)) AS id FROM annotations)
        ORDER BY id)""",
)

# Narrow columns first: at ten million articles whole rows would not fit into memory.
_NEWEST = """
CREATE TEMP TABLE newest AS
SELECT article_id, version, seen_first, versions FROM (
    SELECT article_id, version, row_number() OVER (
        PARTITION BY article_id
        ORDER BY list_position(['summary', 'feed_text', 'file', 'page'], text_source) DESC,
                 coalesce(fetched_at, first_seen_at) DESC, version DESC) AS place,
        min(first_seen_at) OVER (PARTITION BY article_id) AS seen_first,
        count(*) OVER (PARTITION BY article_id) AS versions
    FROM corrected_articles)
WHERE place = 1
"""

# Few articles have several versions, and few of these a current one without a date.
_DATED_BY = f"""
CREATE TEMP TABLE dated_by AS
WITH read_again AS (
    SELECT article_id, read_version AS version FROM rereads WHERE version IS NOT NULL
    UNION ALL
    SELECT article_id, version FROM rereads WHERE version IS NOT NULL
    QUALIFY version < max(version) OVER (PARTITION BY capture_id, read_version)
)
SELECT newest.article_id, other.version AS dated_version
FROM newest JOIN corrected_articles AS own USING (article_id, version)
JOIN corrected_articles AS other ON other.article_id = newest.article_id
ANTI JOIN read_again
    ON other.article_id = read_again.article_id AND other.version = read_again.version
WHERE versions > 1 AND (own.date_confidence >= {LIKELY}) IS NOT TRUE
    AND other.date_confidence >= {LIKELY}
QUALIFY row_number() OVER (
    PARTITION BY newest.article_id
    ORDER BY other.date_confidence DESC, other.published_day, other.published_at, other.version) = 1
"""

_NUMBERED = f"""
CREATE TEMP TABLE numbered AS
WITH set_by_hand AS (
    SELECT article_id, value::DATE AS day FROM overlays WHERE field = 'published_day'
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY made_at DESC) = 1
), dated AS (
    SELECT newest.*, annotations.syndication_id,
        CASE WHEN set_by_hand.day IS NULL THEN published_at END AS published_at,
        coalesce(set_by_hand.day, published_day) AS published_day,
        CASE WHEN set_by_hand.day IS NULL THEN date_precision ELSE 'day' END AS date_precision,
        CASE WHEN set_by_hand.day IS NULL THEN date_source ELSE 'set by user' END AS date_source,
        CASE WHEN set_by_hand.day IS NULL THEN date_confidence ELSE 1.0 END AS date_confidence
    FROM newest
    LEFT JOIN dated_by USING (article_id)
    JOIN corrected_articles AS said ON said.article_id = newest.article_id
        AND said.version = coalesce(dated_version, newest.version)
    JOIN annotations ON annotations.article_id = newest.article_id
        AND annotations.version = newest.version
    LEFT JOIN set_by_hand ON set_by_hand.article_id = newest.article_id
)
SELECT (row_number() OVER (ORDER BY {ORDER}) - 1)::INT
    AS number, *
FROM (SELECT *, coalesce(published_at::DATE, published_day) AS utc_day,
          (date_confidence >= {LIKELY} AND date_precision NOT IN ('month', 'year')) IS TRUE
              AS surely_placed
      FROM dated)
"""

_COPIED = f"""
CREATE TEMP TABLE copied AS
WITH levels AS (
    SELECT article_id, nullif(max(copy_level), '') AS level FROM copies GROUP BY article_id
), several AS (
    SELECT syndication_id, min(number) AS shared FROM numbered GROUP BY syndication_id
    HAVING count(*) > 1
)
SELECT number, shared, nullif(original, article_id) AS copy_of,
    CASE WHEN original = article_id THEN '' ELSE coalesce(level, original_level, 'exact') END
        AS copy_level
FROM (
    SELECT number, article_id, shared, level, first_value(article_id) OVER earliest AS original,
        first_value(level) OVER earliest AS original_level
    FROM numbered JOIN several USING (syndication_id) LEFT JOIN levels USING (article_id)
    WINDOW earliest AS (
        PARTITION BY syndication_id
        ORDER BY date_confidence >= {LIKELY} DESC, utc_day NULLS LAST,
                 published_at NULLS LAST, seen_first, article_id))
"""

# An older row of a topic that was tagged again does not count, a newer one does.
_TOPICS = """
CREATE TEMP TABLE topic_tags AS
WITH stored AS (
    SELECT article_id, version, tagged_in, unnest(topics) AS tag FROM annotations
), counted AS (
    SELECT article_id, version, tag.id AS tag, tag.n AS n, tag.n_headline AS n_headline
    FROM stored JOIN in_force ON tag.id = topic AND tagged_in >= generation
    UNION ALL
    SELECT article_id, version, topic, n, retagged.n_headline
    FROM retagged JOIN in_force USING (topic)
    JOIN annotations USING (article_id, version)
    WHERE retagged.tagged_in = generation AND annotations.tagged_in < generation
)
SELECT number, list(tag::{into}topic_id ORDER BY tag) AS topic_ids,
    list(n ORDER BY tag) AS topic_ns, list(n_headline ORDER BY tag) AS topic_heads
FROM counted JOIN numbered USING (article_id, version) GROUP BY number
"""

_CURRENT = """
CREATE TABLE {into}current AS
SELECT numbered.number, corrected_articles.* EXCLUDE (first_seen_at, published_at, published_day,
        date_precision, date_source, date_confidence, date_evidence),
    seen_first AS first_seen_at, versions, numbered.published_at, numbered.published_day,
    numbered.date_precision, numbered.date_source, numbered.date_confidence,
    numbered.syndication_id, about, dateline, copy_of, coalesce(copy_level, '') AS copy_level,
    shared, utc_day, surely_placed, names,
    topic_ids, topic_ns, topic_heads,
    [one.id FOR one IN entities]::{into}entity_id[] AS entity_ids,
    [one.n FOR one IN entities] AS entity_ns, [one.n_headline FOR one IN entities] AS entity_heads,
    [one.id FOR one IN countries]::{into}country_id[] AS country_ids,
    [one.n FOR one IN countries] AS country_ns,
    [one.n_headline FOR one IN countries] AS country_heads,
    [one.id FOR one IN countries IF list_contains(about, one.id)]::{into}country_id[] AS about_ids,
    [one.n FOR one IN countries IF list_contains(about, one.id)] AS about_ns,
    [one.n_headline FOR one IN countries IF list_contains(about, one.id)] AS about_heads
FROM corrected_articles JOIN numbered USING (article_id, version)
JOIN annotations USING (article_id, version)
LEFT JOIN copied USING (number) LEFT JOIN topic_tags USING (number)
ORDER BY number
"""

# Kind by kind, since sorting numbers is cheaper than sorting names.
_TAGS_OF_A_KIND = """
SELECT number, '{kind}' AS kind, tag::VARCHAR AS tag, n, n_headline
FROM (SELECT number, unnest({kind}_ids) AS tag, unnest({kind}_ns) AS n,
          unnest({kind}_heads) AS n_headline FROM current ORDER BY tag, number)
"""
_DATELINES = """
SELECT number, 'dateline', dateline, 1, 0 FROM current
WHERE dateline <> '' ORDER BY dateline, number
"""
TAGGED = (
    "CREATE TABLE {into}article_tag AS " + _TAGS_OF_A_KIND.replace("{kind}", LISTED[0]),
    *(
        "INSERT INTO {into}article_tag " + _TAGS_OF_A_KIND.replace("{kind}", kind)
        for kind in LISTED[1:]
    ),
    "INSERT INTO {into}article_tag " + _DATELINES,
)

_FURNITURE_SPAN = """
SELECT article_id, version, start, "end" FROM lines JOIN furniture USING (line_key)
WHERE NOT counts
"""

_MENTION = """
SELECT number, mentions.* FROM mentions JOIN current USING (article_id, version)
"""
_QUOTE = """
SELECT number, quotes.* FROM quotes JOIN current USING (article_id, version)
"""

DRAFTS = ("newest", "dated_by", "numbered", "copied", "topic_tags")
CURRENT = (*_TYPES, _NEWEST, _DATED_BY, _NUMBERED, _COPIED, _TOPICS, _CURRENT)
SPANS = {"mention": _MENTION, "quote": _QUOTE}  # evidence of current articles
LAID_OVER = {"furniture_span": _FURNITURE_SPAN}  # parts of texts that do not count
TYPES: dict[str, tuple[str, ...]] = {  # the columns of `current` of each
    "topic_id": ("topic_ids",),
    "entity_id": ("entity_ids",),
    "country_id": ("country_ids", "about_ids"),
}

# What others than this package's own questions see of an article: one plain row.
ARTICLE = """
CREATE VIEW article AS
SELECT * EXCLUDE (shared, utc_day, surely_placed, names, {lists}) FROM current
""".format(lists=", ".join(f"{k}_{of}" for k in LISTED for of in ("ids", "ns", "heads")))

# Tags of a topic that changed are stale until it was tagged again.
MENTIONS = """
CREATE VIEW mentions AS
SELECT stored.* FROM stored_mentions AS stored LEFT JOIN in_force ON tag = topic
WHERE kind <> 'topic' OR tagged_in >= generation
"""
