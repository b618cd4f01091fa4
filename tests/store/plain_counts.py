"""What a store should answer, counted in the plainest way from what was drawn for it.

One article after another is asked whether it counts, and where; then pandas counts. Nothing here is
taken from `pipelines/store`: the rules are those of docs/, in words of Python.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.article import DatePrecision, TagKind
from pipelines.query import Interval, Query
from tests.store.build import Written

# What the free texts of the tests look for, and the words that their mentions are.
TEXTS = {
    "talks": (lambda words: "talks" in words, ["talks"]),
    "Syria OR Ukraine": (
        lambda words: "syria" in words or "ukraine" in words,
        ["syria", "ukraine"],
    ),
    "Lavrov": (lambda words: "lavrov" in words, ["lavrov"]),
    "NOT talks": (lambda words: "talks" not in words, []),
}


def words_of(one: Written) -> list[str]:
    return re.findall(r"\w+", one.article.text.lower())


def group_of(one: Written) -> int:
    return one.syndication_id or one.article.article_id


def tags_of(one: Written, kind: TagKind) -> list[str]:
    return [mention.tag for mention in one.tags.mentions if mention.kind is kind]


def countries_of(one: Written, sense: str) -> set[str]:
    """Return the countries of an article in one of the four senses."""
    if sense == "outlet":
        return {one.article.outlet.country or "unknown"}
    if sense == "about":
        return set(one.tags.about)
    if sense == "dateline":
        return set(tags_of(one, TagKind.DATELINE)[:1])
    return set(tags_of(one, TagKind.COUNTRY))


def day_of(one: Written, query: Query) -> date | None:
    """Return the day: of an instant the one in the query's time zone, else the publisher's."""
    said = one.article.publication
    if said.published_at is not None:
        return said.published_at.astimezone(ZoneInfo(query.tz)).date()
    return said.published_day


def bucket_of(day: date, interval: Interval | None) -> date:
    """Return the first day of the day, week (from Monday), month or year that holds a day."""
    if interval is Interval.WEEK:
        return day - timedelta(days=day.weekday())
    if interval is Interval.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if interval is Interval.YEAR else day


def placement_of(one: Written, query: Query) -> str:
    said = one.article.publication
    if said.precision is None:
        return "undated"
    if said.confidence < 0.6 and not query.guesses:
        return "guess"
    is_fine = query.interval in (None, Interval.DAY, Interval.WEEK)
    if said.precision is DatePrecision.MONTH and is_fine:
        return "too coarse"
    if said.precision is DatePrecision.YEAR and query.interval is not Interval.YEAR:
        return "too coarse"
    return "placed"


def in_corpus(one: Written, query: Query) -> bool:
    """Return whether outlet, its country, language and period are those asked for."""
    made = one.article
    return (
        (not query.outlets or made.outlet.id in query.outlets)
        and (not query.outlet_countries or bool(_asked(one, "outlet", query.outlet_countries)))
        and (not query.languages or made.language in query.languages)
        and (placement_of(one, query) != "placed" or _in_period(one, query))
    )


def _in_period(one: Written, query: Query) -> bool:
    """Return whether the day lies between both ends, these included.

    What is known to the month or year stands at its first day; it is in a period that begins in it.
    """
    day, start, known = day_of(one, query), query.start, one.article.publication.precision
    if start and known in (DatePrecision.MONTH, DatePrecision.YEAR):
        start = start.replace(day=1, month=1 if known is DatePrecision.YEAR else start.month)
    return (not start or day >= start) and (not query.end or day <= query.end)


def _asked(one: Written, sense: str, codes: tuple[str, ...]) -> set[str]:
    return countries_of(one, sense) & set(codes)


def meets(one: Written, query: Query) -> bool:
    """Return whether the article has a country of each sense asked for, and what `within` says."""
    return (
        (not query.mentioned or bool(_asked(one, "mentioned", query.mentioned)))
        and (not query.about or bool(_asked(one, "about", query.about)))
        and (not query.dateline or bool(_asked(one, "dateline", query.dateline)))
        and (not query.within or TEXTS[query.within][0](words_of(one)))
    )


def series_of(one: Written, query: Query) -> Iterator[tuple[str, int]]:
    """Yield each series of the query that the article is in, with its mentions."""
    for name, kind, tags in (
        ("topic", TagKind.TOPIC, query.topics),
        ("entity", TagKind.ENTITY, query.entities),
    ):
        for tag in tags:
            if count := tags_of(one, kind).count(tag):
                yield f"{name}:{tag}", count
    if query.text:
        holds, marked = TEXTS[query.text]
        words = words_of(one)
        if holds(words):
            yield f"query:{query.text}", sum(words.count(word) for word in marked)
    if not (query.topics or query.entities or query.text):
        yield "all", 0


def corpus(drawn: list[Written], query: Query) -> pd.DataFrame:
    """Return one row for each article of the denominator, with its place on the axis."""
    rows = [
        (one.article.article_id, group_of(one), *_place(one, query))
        for one in drawn
        if in_corpus(one, query)
    ]
    return pd.DataFrame(rows, columns=["article_id", "text", "placement", "bucket"])


def _place(one: Written, query: Query) -> tuple[str, date | None]:
    placement = placement_of(one, query)
    day = day_of(one, query)
    return placement, bucket_of(day, query.interval) if placement == "placed" else None


def hits(drawn: list[Written], query: Query) -> pd.DataFrame:
    """Return one row for each series an article is in, with its place and its mentions."""
    rows = [
        (series, one.article.article_id, group_of(one), *_place(one, query), mentions)
        for one in drawn
        if in_corpus(one, query) and meets(one, query)
        for series, mentions in series_of(one, query)
    ]
    columns = ["series", "article_id", "text", "placement", "bucket", "mentions"]
    return pd.DataFrame(rows, columns=columns)


def chosen(drawn: list[Written], query: Query) -> list[Written]:
    """Return the articles that the query opens: placed ones where it names a period, else all."""
    wanted = query.placement or ("placed" if query.start or query.end else None)
    ids = set(hits(drawn, query)["article_id"])
    return [
        one
        for one in drawn
        if one.article.article_id in ids and wanted in (None, placement_of(one, query))
    ]
