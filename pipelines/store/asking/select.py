"""Turn a `Query` into SQL over the counting tables of a reader; values travel as parameters.

Relations, each built on the one before:

    corpus    articles under the corpus filters, each with its day, placement and bucket
    narrowed  those that also meet the content conditions (countries but the outlet's, `within`)
    hits      (series, number, n, n_headline): which series name which article
    chosen    those of narrowed that a series names, of the placement that is asked for

Placement, first rule that fits: no date at all is *undated*; a confidence below .6 is a *guess*
(unless guesses are asked for); a month or year known only as such is *too coarse* for a finer
interval; the rest is *placed*. A period cuts only placed articles, so the other three stay what
they are: articles that match everything else.

`number` and `utc_day` are those of `counted/current.py`: tables are joined by the one, and where
only a period counts, the other leaves the rest of the table unread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.article import LIKELY
from pipelines.query import Interval, Placement, Query
from pipelines.store.counted.current import LISTED

UNKNOWN = "unknown"  # the filter option for an outlet without a known home country
ALL = "all"  # the series of a query that names none

_FINENESS = {Interval.DAY: 0, Interval.WEEK: 0, Interval.MONTH: 1, Interval.YEAR: 2}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and the values for its question marks, in order."""

    text: str
    values: tuple[object, ...] = ()


def corpus(query: Query, *, only: str = "true", columns: Sequence[str] = ()) -> Sql:
    """Select number, article_id, day, placement, bucket, date_confidence, syndication_id, shared.

    Of the corpus; `only` is a further condition on the article, `columns` are further ones of it.
    """
    interval = query.interval or Interval.DAY
    filters = _outlet_filters(query)
    if query.languages:
        filters["language"] = list(query.languages)
    where = " AND ".join(f"list_contains(?, {column})" for column in filters) or "true"
    period, ends = _period(query)
    day, tz = _day(query)
    text = f"""
        SELECT * EXCLUDE (known_to),
            CASE WHEN placement = 'placed' THEN {_trunc(interval, "day")} END AS bucket
        FROM (
            SELECT {"".join(f"{column}, " for column in columns)}
                number, article_id, syndication_id, shared, date_confidence,
                date_precision AS known_to, {day} AS day,
                CASE WHEN surely_placed THEN 'placed'
                     WHEN date_precision IS NULL THEN 'undated'
                     WHEN date_confidence < {LIKELY} AND NOT ? THEN 'guess'
                     WHEN date_precision = 'month' AND {_FINENESS[interval]} < 1 THEN 'too coarse'
                     WHEN date_precision = 'year' AND {_FINENESS[interval]} < 2 THEN 'too coarse'
                     ELSE 'placed' END AS placement
            FROM current WHERE {where} AND {only}
        ) WHERE {period}"""
    return Sql(text, (*tz, query.guesses, *filters.values(), *ends))


def _day(query: Query) -> tuple[str, tuple[str, ...]]:
    """Return the day of an article in the query's time zone; that of UTC is worked out already."""
    if query.tz == "UTC":
        return "utc_day", ()
    return (
        "CASE WHEN published_at IS NULL THEN published_day "
        "ELSE (published_at AT TIME ZONE ?)::DATE END",
        (query.tz,),
    )


def _outlet_filters(query: Query) -> dict[str, list[str]]:
    """Return column -> wanted values of the filters that choose outlets."""
    countries = ["" if code == UNKNOWN else code for code in query.outlet_countries]
    wanted = {"outlet": list(query.outlets), "outlet_country": countries}
    return {column: values for column, values in wanted.items() if values}


def _trunc(interval: Interval, day: str) -> str:
    if interval is Interval.DAY:
        return day
    return f"date_trunc('{interval.value}', {day})::DATE"


def _period(query: Query) -> tuple[str, tuple[date, ...]]:
    """Return the condition that cuts placed articles to the period.

    A month or year known only as such stands at its first day; it belongs to a period that begins
    within it.
    """
    parts: list[str] = []
    values: list[date] = []
    if query.start:
        parts.append("day >= CASE known_to WHEN 'year' THEN ? WHEN 'month' THEN ? ELSE ? END")
        month = query.start.replace(day=1)
        values += [month.replace(month=1), month, query.start]
    if query.end:
        parts.append("day <= ?")
        values.append(query.end)
    return f"(placement <> 'placed' OR ({' AND '.join(parts) or 'true'}))", tuple(values)


def narrowed(query: Query, *, hit: bool = False, columns: Sequence[str] = ()) -> Sql:
    """Select the corpus rows that meet the query's content conditions.

    With `hit`, for who joins them with `hits` anyway: rows without a hit may be left out, so that
    no date is worked out for a million articles of which a free text names a hundred.
    """
    alone = hit and query.text and not (query.topics or query.entities)
    only = "number IN (SELECT number FROM text_hit)" if alone else "true"
    return _narrowed(query, only, columns)


def _narrowed(query: Query, only: str, columns: Sequence[str]) -> Sql:
    inner = corpus(query, only=only, columns=columns)
    text, values = f"SELECT * FROM ({inner.text}) WHERE true", inner.values
    tags = (("country", query.mentioned), ("about", query.about), ("dateline", query.dateline))
    for kind, codes in tags:
        if codes:
            text += (
                f" AND number IN (SELECT number FROM article_tag"
                f" WHERE kind = '{kind}' AND list_contains(?, tag))"
            )
            values = (*values, list(codes))
    if query.within:
        text += " AND number IN (SELECT number FROM within_hit)"
    return Sql(text, values)


def chosen(query: Query, columns: Sequence[str] = (), *, anywhere: bool = False) -> Sql:
    """Select the rows of `narrowed` that the query counts, with further columns of the article.

    With `anywhere` those of every placement.
    """
    wanted = Sql("true") if anywhere else wanted_placements(query)
    only = _period_of_table(query) if wanted.values == (Placement.PLACED.value,) else "true"
    inner = _narrowed(query, only, columns)
    text = f"SELECT * FROM ({inner.text}) WHERE {wanted.text}"
    values = (*inner.values, *wanted.values)
    if names_series(query):
        named = hits(query)
        text += f" AND number IN (SELECT number FROM ({named.text}))"
        values = (*values, *named.values)
    return Sql(text, values)


def _period_of_table(query: Query) -> str:
    """Return a condition on the stored day that all articles placed in the period fulfil.

    No time zone is more than a day from UTC, and what is known to the month or the year only stands
    on its first day; a week begins at most six days before.
    """
    parts = []
    if query.start:
        year, month, _ = query.start.timetuple()[:3]
        first = date(year, 1 if query.interval is Interval.YEAR else month, 1).toordinal() - 7
        parts.append(f"utc_day >= DATE '{date.fromordinal(max(first, 1))}'")
    if query.end:
        last = min(query.end.toordinal() + 1, date.max.toordinal())
        parts.append(f"utc_day <= DATE '{date.fromordinal(last)}'")
    return " AND ".join(parts) or "true"


def names_series(query: Query) -> bool:
    """Return whether the query counts anything but all articles."""
    return bool(query.topics or query.entities or query.text)


def listed(kind: str) -> tuple[str, str]:
    """Return the columns of `current` with the tags of a kind and how often each is named."""
    if kind == "dateline":
        filed = "CASE WHEN dateline <> '' THEN [{}] ELSE [] END AS dateline_{}"
        return filed.format("dateline", "ids"), filed.format("1", "ns")
    if kind not in LISTED:
        raise ValueError(f"articles have no list of tags of kind {kind!r}")
    return f"{kind}_ids", f"{kind}_ns"


def series_of(query: Query) -> list[tuple[str, str, str]]:
    """Return (series, kind, tag) of all the query counts; one pseudo series if it names none."""
    named = [(f"topic:{tag}", "topic", tag) for tag in query.topics]
    named += [(f"entity:{tag}", "entity", tag) for tag in query.entities]
    if query.text:
        named.append((f"query:{query.text}", "query", query.text))
    return named or [(ALL, ALL, "")]


def hits(query: Query) -> Sql:
    """Select series, number, n, n_headline for every series of the query."""
    parts: list[Sql] = []
    columns = "number, n, n_headline"
    for series, kind, tag in series_of(query):
        if kind == ALL:
            nothing = "number, 0 AS n, 0 AS n_headline"
            parts.append(Sql(f"SELECT '{ALL}' AS series, {nothing} FROM current"))
        elif kind == "query":
            parts.append(Sql(f"SELECT ? AS series, {columns} FROM text_hit", (series,)))
        else:
            text = f"SELECT ? AS series, {columns} FROM article_tag WHERE kind = ? AND tag = ?"
            parts.append(Sql(text, (series, kind, tag)))
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


def spans(query: Query) -> Sql:
    """Select number, article_id, kind, tag, zone, start, end, surface, why, sentence: the spans.

    Those of its series; without series those of `within`, else of the countries it names. The
    sentence is empty where the span is stored.
    """
    parts: list[Sql] = []
    stored = (
        'SELECT number, article_id, kind, tag, zone, start, "end", surface, why, NULL AS sentence '
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
    return Sql(text, tuple(value for part in parts for value in part.values))


def _found_spans(name: str, text: str) -> Sql:
    return Sql(
        "SELECT number, article_id, 'query' AS kind, ? AS tag, zone, start, \"end\", surface, "
        f"why, sentence FROM {name}_span",
        (text,),
    )


def fetches(query: Query) -> Sql:
    """Select the collection log under the outlet filters of the query, oldest first.

    A fetch names the outlet of what it brought, and none where it brought several; the `owner` of a
    source is the outlet that all of its fetches name.
    """
    filters = _outlet_filters(query)
    where = " AND ".join(f"list_contains(?, {column})" for column in filters) or "true"
    due = "true"
    if filters:
        due = f"""owner IN (SELECT outlet FROM article WHERE {where})
            OR owner = '' AND source IN (SELECT source FROM article WHERE {where})"""
    text = f"""
        WITH owner AS (
            SELECT source, CASE WHEN count(DISTINCT outlet) FILTER (outlet <> '' OR stored > 0) = 1
                THEN max(outlet) ELSE '' END AS owner
            FROM fetches GROUP BY source)
        SELECT fetches.*, owner FROM fetches JOIN owner USING (source)
        WHERE {due}
        ORDER BY fetched_at NULLS FIRST, locator"""
    return Sql(text, (*filters.values(), *filters.values()))
