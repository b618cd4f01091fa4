"""The laws of numbers, over random stores and random filters."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.period import useful_period
from pipelines.article import Publication, TagKind
from pipelines.query import Interval, Placement, Query, Unit
from pipelines.reports.csv_report import to_csv
from pipelines.store import Store, open_store
from tests.store.build import (
    HERALD,
    LENTA,
    NOWHERE,
    Written,
    article,
    at,
    build,
    in_month,
    naming,
    on_day,
)

_FIRST = date(2015, 5, 20)
_FIRST_HOUR = datetime(2015, 5, 20, tzinfo=UTC)
_days = st.integers(0, 40).map(lambda n: _FIRST + timedelta(days=n))
_PUBLICATIONS = (
    lambda random: Publication(),
    lambda random: on_day(_FIRST + timedelta(days=random.randint(0, 40))),
    lambda random: on_day(_FIRST + timedelta(days=random.randint(0, 40)), 0.3),
    lambda random: in_month(date(2015, random.randint(5, 7), 1)),
    lambda random: at(_FIRST_HOUR + timedelta(hours=random.randint(0, 40 * 24))),
)
_NAMES = [
    (TagKind.TOPIC, "syria", "Syria"),
    (TagKind.TOPIC, "ukraine", "Ukraine"),
    (TagKind.ENTITY, "sergei-lavrov", "Lavrov"),
    (TagKind.COUNTRY, "SY", "Syria"),
    (TagKind.COUNTRY, "UA", "Ukraine"),
]


def _written(random: Random) -> list[Written]:
    """Return up to 60 articles with random dates, outlets, languages and names in their text."""
    made = []
    for number in range(random.randint(0, 60)):
        words = random.choices(["Syria", "Ukraine", "Lavrov", "nothing", "talks."], k=6)
        one = article(
            number,
            random.choice(_PUBLICATIONS)(random),
            outlet=random.choice([HERALD, LENTA, NOWHERE]),
            text=" ".join(["Body", *words[: random.randint(0, 6)]]),
            language=random.choice(["en", "ru", ""]),
        )
        copies = random.choice([None, None, 1, 2])
        made.append(replace(naming(one, *_NAMES), syndication_id=copies))
    return made


_queries = st.builds(
    Query,
    topics=st.lists(st.sampled_from(["syria", "ukraine"]), unique=True).map(tuple),
    entities=st.sampled_from([(), ("sergei-lavrov",)]),
    text=st.sampled_from(["", "talks", "Syria OR Ukraine"]),
    within=st.sampled_from(["", "Lavrov", "NOT talks"]),
    outlet_countries=st.sampled_from([(), ("RU",), ("GB", "unknown")]),
    mentioned=st.sampled_from([(), ("SY",), ("SY", "UA")]),
    languages=st.sampled_from([(), ("en",)]),
    outlets=st.sampled_from([(), ("herald",)]),
    start=st.one_of(st.none(), _days),
    end=st.one_of(st.none(), _days),
    interval=st.sampled_from(list(Interval)),
    unit=st.sampled_from(list(Unit)),
    tz=st.sampled_from(["UTC", "America/New_York", "Asia/Tokyo"]),
    guesses=st.booleans(),
).filter(lambda query: not (query.start and query.end) or query.start <= query.end)


@pytest.fixture(scope="module")
def stores() -> Iterator[list[Store]]:
    """Open a few random stores; the seeds are fixed, the queries are not."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        paths = [build(Path(folder) / str(n), _written(Random(n))) for n in range(6)]
        yield [stack.enter_context(closing(open_store(path))) for path in paths]


_asked = given(number=st.integers(0, 5), query=_queries)
_examples = settings(max_examples=20, deadline=None)


@_asked
@_examples
def test_placed_guess_coarse_and_undated_add_up_to_the_total(stores, number, query):
    store = stores[number]
    query = useful_period(store, query)
    frame = attention_over_time(store, query)
    for series, rows in frame.groupby("series"):
        total = sum(store.placements(_only(query, series)).values())
        assert rows["articles"].fillna(0).sum() == total


@_asked
@_examples
def test_distinct_units_among_the_evidence_are_the_count(stores, number, query):
    store = stores[number]
    query = replace(useful_period(store, query), unit=Unit.ARTICLES)
    frame = attention_over_time(store, query)
    named = frame[(frame["series"] != "all") & frame["articles"].gt(0)]
    for row in named.head(12).itertuples():
        evidence = store.mentions(_bucket(_only(query, row.series), row))
        assert evidence["article_id"].nunique() == row.articles
        assert len(evidence) == row.mentions


@_asked
@_examples
def test_csv_holds_the_counts_of_the_chart(stores, number, query):
    frame = attention_over_time(stores[number], query)
    rows = pd.read_csv(BytesIO(to_csv(frame, "attention")))
    assert rows["count"].astype("Int64").tolist() == frame["count"].tolist()
    assert rows["date"].tolist() == frame["date"].tolist()


@_asked
@_examples
def test_article_rows_are_as_many_as_the_count_says(stores, number, query):
    for placement in [None, *Placement]:
        asked = replace(query, placement=placement)
        assert len(stores[number].articles(asked)) == stores[number].article_count(asked)


@_asked
@_examples
def test_a_week_is_the_sum_of_its_days(stores, number, query):
    whole = replace(query, start=date(2015, 5, 18), end=date(2015, 7, 5))
    days = attention_over_time(stores[number], replace(whole, interval=Interval.DAY))
    weeks = attention_over_time(stores[number], replace(whole, interval=Interval.WEEK))
    for name in ("articles", "mentions"):
        by_day = _placed(days)
        monday = by_day["day"] - pd.to_timedelta(by_day["day"].dt.day_of_week, unit="D")
        expected = by_day.assign(day=monday).groupby(["series", "day"])[name].sum()
        found = _placed(weeks).set_index(["series", "day"])[name].fillna(0)
        assert (found == expected.reindex(found.index)).all()


@_asked
@_examples
def test_outlets_add_up_to_the_total(stores, number, query):
    free = replace(query, outlets=())
    parts = [replace(free, outlets=(outlet.id,)) for outlet in (HERALD, LENTA, NOWHERE)]
    total = stores[number].article_count(free)
    assert sum(stores[number].article_count(part) for part in parts) == total


@_asked
@_examples
@pytest.mark.parametrize(
    "added", [{"languages": ("en",)}, {"mentioned": ("SY",)}, {"within": "Lavrov"}], ids=str
)
def test_adding_a_filter_never_raises_a_count(stores, number, query, added):
    name = next(iter(added))
    free = replace(query, **{name: type(added[name])()})
    narrow = replace(free, **added)
    assert stores[number].article_count(narrow) <= stores[number].article_count(free)


def _only(query: Query, series: str) -> Query:
    kind, _, tag = series.partition(":")
    empty = replace(query, topics=(), entities=(), text="")
    if kind == "all":
        return replace(empty, placement=None)
    name = {"topic": "topics", "entity": "entities", "query": "text"}[kind]
    return replace(empty, **{name: tag if name == "text" else (tag,)})


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame[frame["bucket_end"].notna()]
    return rows.assign(day=pd.to_datetime(rows["date"]))


def _bucket(query: Query, row: tuple) -> Query:
    """Return the query that opens one row of a chart."""
    if row.date in set(Placement):
        return replace(query, placement=Placement(row.date))
    return replace(
        query,
        start=max(date.fromisoformat(row.date), query.start),
        end=min(date.fromisoformat(row.bucket_end), query.end),
        placement=Placement.PLACED,
    )
