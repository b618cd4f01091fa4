"""What a reader asks its tables, as SQL; in braces what `select` makes of a `Query`."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int32]

# Distinct texts: the articles without a copy, and the groups of those that have one.
TEXTS = "count(*) FILTER (shared IS NULL) + count(DISTINCT shared) FILTER (shared IS NOT NULL)"


def _most_named(kind: str) -> str:
    """Return the tags of an article, the most frequent one first."""
    pairs = f"list_zip([-n FOR n IN {kind}_ns], {kind}_ids::VARCHAR[])"
    return f"coalesce([one[2] FOR one IN list_sort({pairs})], [])"


_ROWS = f"""
SELECT current.article_id, version, url, outlet, outlet_name, outlet_domain, outlet_country,
    language, title, author, published_at, page.day AS published_day, date_precision, date_source,
    date_confidence, placement, fetched_at, first_seen_at, text_source, n_words,
    syndication_id, copy_of, copy_level, versions, {_most_named("topic")} AS topics,
    {_most_named("entity")} AS entities, {_most_named("country")} AS countries,
    coalesce(about, []) AS about, dateline, mentions, headline_mentions
FROM page JOIN current USING (number) WHERE {{where}}
ORDER BY page.day DESC NULLS LAST, published_at DESC NULLS LAST, current.article_id
"""
_NEAR = 250_000  # two groups of rows of a table


def rows(numbers: Numbers) -> str:
    """Return the question for whole rows of the articles in the table `page`, by their numbers.

    The numbers of the newest articles are near each other, and so are all of many; a list of some
    far apart spares reading what lies between (of fifty, 4 ms, their range 1).
    """
    where = "true"
    if len(numbers):
        least, most = int(numbers.min()), int(numbers.max())
        where = f"current.number BETWEEN {least} AND {most}"
        if most - least > _NEAR > 100 * len(numbers):
            where = f"current.number IN ({', '.join(map(str, numbers.tolist()))})"
    return _ROWS.format(where=where)


HITS = """
SELECT article_id, syndication_id, language, day, placement FROM ({chosen})
ORDER BY day DESC NULLS LAST, article_id
"""

_SPANS = """
WITH spans AS ({spans})
SELECT {columns}
FROM spans JOIN shown USING (number) JOIN current USING (number)
WHERE spans.number BETWEEN {least} AND {most} AND current.number BETWEEN {least} AND {most}
ORDER BY {order}
"""
_MENTION = """spans.article_id, shown.day AS day, outlet_name, outlet_country, kind, tag, zone,
    spans.start, spans.end, surface, sentence, why, url, title"""
_NEWEST_FIRST = "shown.day DESC NULLS LAST, spans.article_id, kind, tag, spans.start"
_PLACE = "spans.article_id, spans.start, spans.end, why"


def mentions(spans: str, numbers: Numbers) -> str:
    """Return the question for whole rows of the spans of the articles in the table `shown`."""
    return _in_range(_SPANS, numbers, spans=spans, columns=_MENTION, order=_NEWEST_FIRST)


def places(spans: str, numbers: Numbers) -> str:
    """Return the question for where the spans of the articles in the table `shown` are."""
    order = "spans.article_id, spans.start"
    return _in_range(_SPANS, numbers, spans=spans, columns=_PLACE, order=order)


def _in_range(template: str, numbers: Numbers, **parts: str) -> str:
    least, most = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, -1)
    return template.format(least=least, most=most, **parts)


OUTLET_COUNTS = """
SELECT outlet AS value, any_value(outlet_name) AS label, count(*) AS articles
FROM ({chosen}) GROUP BY outlet ORDER BY articles DESC, value
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
