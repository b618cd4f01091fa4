"""Count, per source and outlet, what its dates have to do with the time of collection: SQL only.

Judging the counts is the duty of `pipelines/analysis/date_quality.py`. An article counts once, in
its current version. What the calendar of a publisher shows at an instant is unknown here, so the
publisher's day of a fetch is any that some place between eight hours behind UTC and thirteen ahead
has.
"""

COLUMNS = (
    *("source", "outlet", "outlet_name", "articles", "dated", "sure", "undated"),
    *("fetched", "on_fetch_day", "on_local_fetch_day"),  # of dated articles with a fetch time
    *("timed", "at_fetch", "same_instant"),  # of those dated to the instant
    *("whole_days", "whole_days_on_fetch_day"),  # of those dated to the day only
    *("fetch_days", "busiest_day", "usual_day"),  # days of collection, articles on them
    *("future", "refused", "median_age_hours"),
)

SOURCE_DATES = """
WITH narrowed AS ({narrowed}), seen AS (
    SELECT source, outlet, outlet_name, published_at, published_day, date_precision, fetched_at,
        article.date_confidence, coalesce(fetched_at, first_seen_at) AS seen_at,
        fetched_at IS NOT NULL AND published_day IS NOT NULL AS both_known,
        (fetched_at::DATE = published_day) IS TRUE AS on_day,
        (published_day BETWEEN (fetched_at - INTERVAL 8 HOUR)::DATE
                           AND (fetched_at + INTERVAL 13 HOUR)::DATE) IS TRUE AS on_local_day,
        coalesce(published_at, published_day::TIMESTAMPTZ + INTERVAL 12 HOUR) AS about,
        contains(date_evidence, 'rejected: in the future') AS is_refused
    FROM article JOIN narrowed USING (article_id)
    JOIN (SELECT article_id, version, date_evidence FROM articles) USING (article_id, version)
), instants AS (
    SELECT source, outlet, sum(n)::BIGINT AS same_instant FROM (
        SELECT source, outlet, count(*) AS n FROM seen WHERE published_at IS NOT NULL
        GROUP BY source, outlet, published_at HAVING n >= 5)
    GROUP BY source, outlet
), days AS (
    SELECT source, outlet, count(*) AS fetch_days, max(n) AS busiest_day, median(n) AS usual_day
    FROM (SELECT source, outlet, count(*) AS n FROM seen
          WHERE date_precision = 'day' AND fetched_at IS NOT NULL
          GROUP BY source, outlet, fetched_at::DATE)
    GROUP BY source, outlet
)
SELECT source, outlet, any_value(outlet_name) AS outlet_name, count(*) AS articles,
    count(published_day) AS dated,
    count(*) FILTER (date_confidence >= {sure}) AS sure,
    count(*) FILTER (published_day IS NULL) AS undated,
    count(*) FILTER (both_known) AS fetched,
    count(*) FILTER (both_known AND on_day) AS on_fetch_day,
    count(*) FILTER (both_known AND on_local_day) AS on_local_fetch_day,
    count(*) FILTER (both_known AND published_at IS NOT NULL) AS timed,
    count(*) FILTER (abs(epoch(fetched_at) - epoch(published_at)) <= 120) AS at_fetch,
    coalesce(any_value(instants.same_instant), 0) AS same_instant,
    count(*) FILTER (both_known AND date_precision = 'day') AS whole_days,
    count(*) FILTER (date_precision = 'day' AND on_local_day) AS whole_days_on_fetch_day,
    coalesce(any_value(days.fetch_days), 0) AS fetch_days,
    coalesce(any_value(days.busiest_day), 0) AS busiest_day,
    coalesce(any_value(days.usual_day), 0) AS usual_day,
    count(*) FILTER (published_at > seen_at + INTERVAL 1 HOUR
        OR published_at IS NULL AND published_day > (seen_at + INTERVAL 13 HOUR)::DATE) AS future,
    count(*) FILTER (is_refused) AS refused,
    median((epoch(fetched_at) - epoch(about)) / 3600) AS median_age_hours
FROM seen LEFT JOIN instants USING (source, outlet) LEFT JOIN days USING (source, outlet)
GROUP BY source, outlet ORDER BY articles DESC, source, outlet
"""
