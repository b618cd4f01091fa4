"""Turn a `Query` into SQL over the resident tables of a reader; values travel as parameters.

Three relations, each built on the one before:

    corpus    articles under the corpus filters, each with its day, placement and bucket
    narrowed  those that also meet the content conditions (countries but the outlet's, `within`)
    hits      (series, article_id, n, n_headline): which series name which article, how often

Placement, first rule that fits: no date at all is *undated*; a confidence below .6 is a *guess*
(unless guesses are asked for); a month or year known only as such is *too coarse* for a finer
interval; the rest is *placed*. A period cuts only placed articles, so the other three stay what
they are: articles that match everything else.
"""

from dataclasses import dataclass
from datetime import date

from pipelines.article import LIKELY
from pipelines.query import Interval, Placement, Query

UNKNOWN = "unknown"  # the filter option for an outlet without a known home country
ALL = "all"  # the series of a query that names none

_FINENESS = {Interval.DAY: 0, Interval.WEEK: 0, Interval.MONTH: 1, Interval.YEAR: 2}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values for its question marks, in order."""

    text: str
    values: tuple[object, ...] = ()


def corpus(query: Query, *, only: str = "true") -> Sql:
    """Select article_id, day, placement, bucket, date_confidence, syndication_id of the corpus.

    `only` is a further condition on the article.
    """
    interval = query.interval or Interval.DAY
    filters = _outlet_filters(query)
    if query.languages:
        filters["language"] = list(query.languages)
    where = " AND ".join(f"list_contains(?, {column})" for column in filters) or "true"
    period, ends = _period(query, interval)
    text = f"""
        SELECT * EXCLUDE (coarse),
            CASE WHEN placement = 'placed' THEN {_trunc(interval, "day")} END AS bucket
        FROM (
            SELECT article_id, syndication_id, date_confidence,
                coalesce(date_precision, '') IN ('month', 'year') AS coarse,
                CASE WHEN published_at IS NULL THEN published_day
                     ELSE (published_at AT TIME ZONE ?)::DATE END AS day,
                CASE WHEN date_precision IS NULL THEN 'undated'
                     WHEN date_confidence < {LIKELY} AND NOT ? THEN 'guess'
                     WHEN date_precision = 'month' AND {_FINENESS[interval]} < 1 THEN 'too coarse'
                     WHEN date_precision = 'year' AND {_FINENESS[interval]} < 2 THEN 'too coarse'
                     ELSE 'placed' END AS placement
            FROM article WHERE {where} AND {only}
        ) WHERE {period}"""
    return Sql(text, (query.tz, query.guesses, *filters.values(), *ends))


def _outlet_filters(query: Query) -> dict[str, list[str]]:
    """Return column -> wanted values of the filters that choose outlets."""
    countries = ["" if code == UNKNOWN else code for code in query.outlet_countries]
    wanted = {"outlet": list(query.outlets), "outlet_country": countries}
    return {column: values for column, values in wanted.items() if values}


def _trunc(interval: Interval, day: str) -> str:
    return f"date_trunc('{interval.value}', {day})::DATE"


def _period(query: Query, interval: Interval) -> tuple[str, tuple[date, ...]]:
    """Return the condition that cuts placed articles to the period.

    A month or year known only as such stands at its first day; it belongs to a period that begins
    within it.
    """
    parts: list[str] = []
    values: list[date] = []
    if query.start:
        parts.append(f"day >= CASE WHEN coarse THEN {_trunc(interval, '?::DATE')} ELSE ? END")
        values += [query.start, query.start]
    if query.end:
        parts.append("day <= ?")
        values.append(query.end)
    return f"(placement <> 'placed' OR ({' AND '.join(parts) or 'true'}))", tuple(values)


def narrowed(query: Query, *, hit: bool = False) -> Sql:
    """Select the corpus rows that meet the query's content conditions.

    With `hit`, for who joins them with `hits` anyway: rows without a hit may be left out, so that
    no date is worked out for a million articles of which a free text names a hundred.
    """
    alone = hit and query.text and not (query.topics or query.entities)
    only = "article_id IN (SELECT article_id FROM text_hit)" if alone else "true"
    inner = corpus(query, only=only)
    text, values = f"SELECT * FROM ({inner.text}) WHERE true", inner.values
    tags = (("country", query.mentioned), ("about", query.about), ("dateline", query.dateline))
    for kind, codes in tags:
        if codes:
            text += (
                f" AND article_id IN (SELECT article_id FROM article_tag"
                f" WHERE kind = '{kind}' AND list_contains(?, tag))"
            )
            values = (*values, list(codes))
    if query.within:
        text += " AND article_id IN (SELECT article_id FROM within_hit)"
    return Sql(text, values)


def series_of(query: Query) -> list[tuple[str, str, str]]:
    """Return (series, kind, tag) of all the query counts; one pseudo series if it names none."""
    named = [(f"topic:{tag}", "topic", tag) for tag in query.topics]
    named += [(f"entity:{tag}", "entity", tag) for tag in query.entities]
    if query.text:
        named.append((f"query:{query.text}", "query", query.text))
    return named or [(ALL, ALL, "")]


def hits(query: Query) -> Sql:
    """Select series, article_id, n, n_headline for every series of the query."""
    parts: list[Sql] = []
    for series, kind, tag in series_of(query):
        if kind == ALL:
            parts.append(
                Sql(f"SELECT '{ALL}' AS series, article_id, 0 AS n, 0 AS n_headline FROM article")
            )
        elif kind == "query":
            parts.append(
                Sql("SELECT ? AS series, article_id, n, n_headline FROM text_hit", (series,))
            )
        else:
            parts.append(
                Sql(
                    "SELECT ? AS series, article_id, n, n_headline FROM article_tag "
                    "WHERE kind = ? AND tag = ?",
                    (series, kind, tag),
                )
            )
    text = " UNION ALL ".join(part.text for part in parts)
    return Sql(text, tuple(value for part in parts for value in part.values))


def wanted_placements(query: Query) -> Sql:
    """Select on `placement` as the query says; without a word: placed in a period, else all."""
    placement = query.placement
    if placement is None:
        placement = Placement.PLACED if query.start or query.end else None
    if placement is None:
        return Sql("true")
    return Sql("placement = ?", (placement.value,))


def asked_of_texts(query: Query) -> str:
    """Return which free text of the query has spans among its evidence: text, within or none."""
    if query.text:
        return "text"
    return "within" if query.within and not (query.topics or query.entities) else ""


def spoken_of(query: Query) -> Sql:
    """Select the article_id of all that may have evidence: more than those that have is right."""
    if not (query.topics or query.entities or query.text):
        return Sql("SELECT article_id FROM article")
    inner = hits(query)
    return Sql(f"SELECT article_id FROM ({inner.text})", inner.values)


def spans(query: Query, *, shown: bool = False) -> Sql:
    """Select article_id, kind, tag, zone, start, end, surface, why, sentence: the spans counted.

    Those of its series; without series those of `within`, else of the countries it names. The
    sentence is empty where the span is stored. With `shown`, only of the articles in that table.
    """
    parts: list[Sql] = []
    stored = (
        'SELECT article_id, kind, tag, zone, start, "end", surface, why, NULL AS sentence '
        "FROM mention WHERE kind = ? AND list_contains(?, tag)"
    )
    for kind, tags in (("topic", query.topics), ("entity", query.entities)):
        if tags:
            parts.append(Sql(stored, (kind, list(tags))))
    if asked := asked_of_texts(query):
        parts.append(_found_spans(asked, getattr(query, asked)))
    if not parts:
        parts.append(Sql(stored, ("country", [*query.mentioned, *query.about])))
    text = " UNION ALL ".join(part.text for part in parts)
    if shown:
        text = f"SELECT * FROM ({text}) WHERE article_id IN (SELECT article_id FROM shown)"
    return Sql(text, tuple(value for part in parts for value in part.values))


def _found_spans(name: str, text: str) -> Sql:
    return Sql(
        "SELECT article_id, 'query' AS kind, ? AS tag, zone, start, \"end\", surface, why, "
        f"sentence FROM {name}_span",
        (text,),
    )


def fetches(query: Query) -> Sql:
    """Select the collection log under the outlet filters of the query, oldest first."""
    filters = _outlet_filters(query)
    where = " AND ".join(f"list_contains(?, {column})" for column in filters) or "true"
    due = "true"
    if filters:
        due = f"""owner IN (SELECT outlet FROM article WHERE {where})
            OR owner = '' AND source IN (SELECT source FROM article WHERE {where})"""
    text = f"""
        WITH owner AS (SELECT source, max(outlet) AS owner FROM fetches GROUP BY source)
        SELECT fetches.*, owner FROM fetches JOIN owner USING (source)
        WHERE {due}
        ORDER BY fetched_at NULLS FIRST, locator"""
    return Sql(text, (*filters.values(), *filters.values()))
